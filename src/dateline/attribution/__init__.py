"""Source, cue and content: who says what, and through whom."""

from dateline.attribution.step import Attributions

__all__ = ["Attributions"]
