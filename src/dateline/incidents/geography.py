"""Whether two places can be the same spot, as knowledge/geography.py tells it."""

from dateline.knowledge.geography import fit, kilometres, specific

__all__ = ["fit", "kilometres", "specific"]
