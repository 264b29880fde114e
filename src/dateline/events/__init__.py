"""Triggers, arguments, counts, status and certainty, time and place of events."""

from dateline.events.step import Events

__all__ = ["Events"]
