"""Triggers, arguments, counts, status and certainty, time and place of events."""
