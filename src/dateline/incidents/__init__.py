"""Tellings of one happening, linked and merged across documents."""

from dateline.incidents.link import PRODUCER, link

__all__ = ["PRODUCER", "link"]
