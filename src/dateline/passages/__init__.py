"""Which part of a text is what, and whose voice it is."""

from dateline.passages.media import Media
from dateline.passages.step import Passages

__all__ = ["Media", "Passages"]
