"""Source, cue and content: who says it, and through whom."""
