"""Tellings of one happening, linked and merged across documents."""

from dateline.incidents.link import PRODUCER, link
from dateline.incidents.profiled import profiled, summed_anew
from dateline.incidents.selecting import Wanted, named, selected

__all__ = ["PRODUCER", "Wanted", "link", "named", "profiled", "selected", "summed_anew"]
