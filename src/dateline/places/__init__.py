"""Place names found and resolved."""

from dateline.places.step import Places

__all__ = ["Places"]
