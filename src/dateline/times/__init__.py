"""When: time expressions found and resolved, and the passages' anchor dates."""

from dateline.times.step import Times

__all__ = ["Times"]
