"""Examples of docstrings as blocks of code: between a line ``>>>`` and the next empty line all is one example."""

from __future__ import annotations

import re
from typing import Any

import griffe

_EXAMPLE = re.compile(r"^>>> .*(?:\n(?!\s*$).*)*", re.M)
_ROLE = re.compile(r":\w+:(`+[^`]+`+)")


class Doctests(griffe.Extension):
    """Fences the examples, so that Markdown does not take ``>>>`` for three quotations."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(told: str) -> str:
    """A docstring with its examples in fences.

    >>> print(fenced("Adds.\\n\\n>>> 1 + 1\\n2").replace("`", "'"))
    Adds.
    <BLANKLINE>
    '''pycon
    >>> 1 + 1
    2
    '''
    """
    told = _ROLE.sub(r"\1", told)
    return _EXAMPLE.sub(lambda found: f"```pycon\n{found[0]}\n```", told)
