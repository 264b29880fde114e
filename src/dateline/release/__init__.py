"""A version of a store, frozen: its records, what made them, and what changed since the last one."""

from dateline.release.earlier import Earlier, earlier
from dateline.release.freezing import Frozen, freeze

__all__ = ["Earlier", "Frozen", "earlier", "freeze"]
