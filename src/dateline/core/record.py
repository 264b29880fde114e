"""How a record looks as JSON: what its fields say, and nothing else.

``codec`` does everything else between records and JSON (text, reading back, schemas) and uses this
same function, so there is one shape.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from typing import Any


class Record:
    """What the outward records (Reading, Incident) can do for their holder: give themselves as JSON objects.

    >>> from dateline.core import Document
    >>> isinstance(Document.of("Nine died."), Record)
    True
    """

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON object of this record.

        >>> from dateline.core import Document
        >>> Document.of("Nine died.", id="d1", published="2024-03-05").to_dict()["published"]
        '2024-03-05'
        """
        return encode(self)  # type: ignore[no-any-return]


def encode(value: Any) -> Any:
    """A record (or a value of one) as plain JSON values.

    A field named ``span`` is written as ``start`` and ``end`` beside its siblings, every other span as
    ``{"start": …, "end": …}``.

    >>> from dateline.core import Label, Span
    >>> encode(Label("mob", "v1", Span(0, 3)))
    {'text': 'mob', 'voice': 'v1', 'start': 0, 'end': 3}
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple or kind is list:
        return [item if type(item) in _PLAIN else encode(item) for item in value]
    if not dataclasses.is_dataclass(kind):
        return _other(value)
    out: dict[str, Any] = {}
    for name in _fields(kind):
        item = getattr(value, name)
        if type(item) in _PLAIN and name != "span":
            out[name] = item
        elif name == "span":
            out["start"] = item.start if item else None
            out["end"] = item.end if item else None
        else:
            out[name] = encode(item)
    return out


_PLAIN = frozenset((str, int, float, bool, type(None)))


@functools.cache
def _fields(kind: type) -> tuple[str, ...]:
    """The names of a record's fields."""
    told: Any = kind
    return tuple(field.name for field in dataclasses.fields(told))


def _other(value: Any) -> Any:
    """A value whose type is none of those that are met all the time."""
    if isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    return [encode(item) for item in value]
