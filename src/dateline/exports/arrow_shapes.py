"""Records as Arrow columns and back, by the records' own type hints: the nested types that Parquet files hold.

The columns are those of the JSON, ``codec``'s objects, with three changes that Arrow needs: a mapping of records is a
map, a mapping of anything is JSON text, and a value that is a number or words is a struct with one field of each.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.core import DatelineError

_NUMBER_OR_WORDS = (int, str)


def arrow() -> Any:
    """The pyarrow module. Raises DatelineError that says what to install where it is missing."""
    try:
        import pyarrow
    except ImportError:
        raise DatelineError("Parquet files need pyarrow: install dateline[parquet]") from None
    return pyarrow


@dataclass(frozen=True, slots=True)
class Shape:
    """An Arrow type, and the ways from a JSON value of the codec to a value of it and back."""

    type: Any
    into: Callable[[Any], Any]
    back: Callable[[Any], Any]


@functools.cache
def shape(kind: Any) -> Shape:
    """The shape of a type hint of a record."""
    pa = arrow()
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    if kind in plain:
        return Shape(plain[kind], _same, _same)
    if origin is typing.Literal:
        return Shape(pa.string(), _same, _same)
    if origin in (typing.Union, types.UnionType):
        return _optional(arguments)
    if origin is tuple:
        return _list(arguments[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(arguments[1])
    return _struct(kind)


def fields_of(kind: type) -> tuple[tuple[str, Shape], ...]:
    """The columns of a record: the name and shape of each, ``span`` as its two ends."""
    hints = typing.get_type_hints(kind)
    number = shape(int)
    found: list[tuple[str, Shape]] = []
    for field in dataclasses.fields(kind):
        if field.name == "span":
            found += [("start", number), ("end", number)]
        else:
            found.append((field.name, shape(hints[field.name])))
    return tuple(found)


def _same(value: Any) -> Any:
    return value


def _optional(kinds: tuple[Any, ...]) -> Shape:
    some = tuple(kind for kind in kinds if kind is not type(None))
    if len(some) == 1:
        inner = shape(some[0])
        return Shape(
            inner.type,
            lambda value: None if value is None else inner.into(value),
            lambda value: None if value is None else inner.back(value),
        )
    if set(some) != set(_NUMBER_OR_WORDS):
        raise TypeError(f"no Arrow type holds {some}")
    pa = arrow()
    return Shape(pa.struct([("number", pa.int64()), ("words", pa.string())]), _parted, _joined)


def _parted(value: int | str | None) -> dict[str, Any]:
    words = isinstance(value, str)
    return {"number": None if words else value, "words": value if words else None}


def _joined(value: Mapping[str, Any]) -> int | str | None:
    chosen: int | str | None = value["words"] if value["words"] is not None else value["number"]
    return chosen


def _list(kind: Any) -> Shape:
    inner = shape(kind)
    return Shape(
        arrow().list_(inner.type),
        lambda values: [inner.into(value) for value in values],
        lambda values: [inner.back(value) for value in values],
    )


def _mapping(kind: Any) -> Shape:
    if kind is Any:
        return Shape(arrow().string(), lambda value: json.dumps(value, ensure_ascii=False), json.loads)
    inner = shape(kind)
    return Shape(
        arrow().map_(arrow().string(), inner.type),
        lambda values: [(key, inner.into(value)) for key, value in values.items()],
        lambda pairs: {key: inner.back(value) for key, value in pairs},
    )


def _struct(kind: type) -> Shape:
    columns = fields_of(kind)
    return Shape(
        arrow().struct([(name, column.type) for name, column in columns]),
        lambda value: {name: column.into(value[name]) for name, column in columns},
        lambda value: {name: column.back(value[name]) for name, column in columns if name in value},
    )
