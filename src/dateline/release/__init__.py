"""A version of a store, frozen: its records, what made them, and what changed since the last one.

The command line imports ``commands`` from here at every start: the rest is imported when it is asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.release.freezing import Frozen, freeze
    from dateline.release.last_one import Earlier, earlier

__all__ = ["Earlier", "Frozen", "earlier", "freeze"]
_HOMES = {"Earlier": "last_one", "Frozen": "freezing", "earlier": "last_one", "freeze": "freezing"}


def __getattr__(name: str) -> object:
    """Import what is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
