"""Records ⇄ JSON: the only serializer.

The shape follows the records' own type hints. Two rules: a field named ``span`` is written as
``start`` and ``end`` beside its siblings, and every other span as ``{"start": …, "end": …}``. Keys
that a record does not know are passed over on the way in (additions to the contract are free).
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from dateline.core import Incident, Reading, encode

T = TypeVar("T")
Json = Any
Decoder = Callable[[Json], Any]


class _Misfit(ValueError):
    """A value that does not fit; the path to it is told on the way out."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.path = ""

    def within(self, name: str) -> _Misfit:
        """The same, one field further out."""
        self.path = f".{name}{self.path}"
        return self


def to_dict(record: object) -> dict[str, Json]:
    """A record as the contract's JSON object.

    >>> from dateline.core import Span, Toponym
    >>> to_dict(Toponym("l1", Span(0, 4), None))
    {'id': 'l1', 'start': 0, 'end': 4, 'place': None, 'metonym': False, 'area': None, 'phrase': None}
    """
    encoded = encode(record) if dataclasses.is_dataclass(record) else None
    if not isinstance(encoded, dict):
        raise TypeError(f"not a record: {type(record).__name__}")
    return encoded


def to_json(record: object) -> str:
    """A record as one line of JSON; the same record always gives the same bytes."""
    return json.dumps(to_dict(record), ensure_ascii=False, separators=(",", ":"))


def from_dict(kind: type[T], data: Mapping[str, Json]) -> T:
    """A record of the given kind from a JSON object.

    Raises ValueError that names the kind and field where the data do not fit.

    >>> from dateline.core import Toponym
    >>> from_dict(Toponym, {"id": "l1", "start": 0, "end": 4, "place": None}).span
    Span(start=0, end=4)
    """
    key: Any = kind
    try:
        made: T = _decoder(key)(data)
    except _Misfit as misfit:
        raise ValueError(f"{kind.__name__}{misfit.path}: {misfit}") from None
    return made


def from_json(kind: type[T], line: str) -> T:
    """A record from one line of JSON."""
    return from_dict(kind, json.loads(line))


def schema(name: str) -> dict[str, Json]:
    """The JSON Schema (2020-12) of ``"reading"`` or ``"incident"``.

    >>> schema("reading")["title"]
    'Reading'
    """
    kinds: dict[str, type] = {"reading": Reading, "incident": Incident}
    definitions: dict[str, Json] = {}
    _schema(kinds[name], definitions)
    title = kinds[name].__name__
    top = definitions.pop(title)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **top, "$defs": definitions}


def _fields(kind: Any) -> tuple[tuple[str, Any, bool], ...]:
    """(name, type, has a default) of each field of a record."""
    hints = typing.get_type_hints(kind)
    return tuple(
        (
            f.name,
            hints[f.name],
            f.default is not dataclasses.MISSING or f.default_factory is not dataclasses.MISSING,
        )
        for f in dataclasses.fields(kind)
    )


@functools.cache
def _decoder(kind: Any) -> Decoder:
    """The function that makes a value of a type from JSON, put together once a type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return lambda data: data
    if origin in (typing.Union, types.UnionType):
        return _union_decoder(arguments)
    if origin is typing.Literal:
        return _literal_decoder(arguments)
    if origin is tuple:
        return _tuple_decoder(arguments[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_decoder(arguments[1])
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record_decoder(kind)
    return _plain_decoder(kind)


def _plain_decoder(kind: type) -> Decoder:
    def decode(data: Json) -> Any:
        if type(data) is kind:
            return data
        if kind is float and type(data) is int:
            return float(data)
        raise _Misfit(f"{data!r} is not {kind.__name__}")

    return decode


def _literal_decoder(values: tuple[Any, ...]) -> Decoder:
    known = frozenset(values)

    def decode(data: Json) -> Any:
        if not isinstance(data, str) or data not in known:
            raise _Misfit(f"{data!r} is none of {', '.join(map(str, values))}")
        return data

    return decode


def _tuple_decoder(kind: Any) -> Decoder:
    inner = _decoder(kind)

    def decode(data: Json) -> Any:
        if not isinstance(data, list):
            raise _Misfit("not a list")
        return tuple([inner(item) for item in data])

    return decode


def _mapping_decoder(kind: Any) -> Decoder:
    inner = _decoder(kind)

    def decode(data: Json) -> Any:
        if not isinstance(data, dict):
            raise _Misfit("not an object")
        made, key = {}, ""
        try:
            for key, item in data.items():
                made[key] = inner(item)
        except _Misfit as misfit:
            raise misfit.within(key) from None
        return made

    return decode


def _union_decoder(kinds: tuple[Any, ...]) -> Decoder:
    nullable = type(None) in kinds
    inners = [_decoder(kind) for kind in kinds if kind is not type(None)]

    def decode(data: Json) -> Any:
        if data is None and nullable:
            return None
        problem = ValueError("no value")
        for inner in inners:
            try:
                return inner(data)
            except ValueError as error:
                problem = error
        raise problem

    return decode


def _record_decoder(kind: type) -> Decoder:
    fields = [(name, _decoder(hint), optional) for name, hint, optional in _fields(kind)]

    def decode(data: Json) -> Any:
        if type(data) is not dict and not isinstance(data, Mapping):
            raise _Misfit("not an object")
        made: dict[str, Any] = {}
        name = ""
        try:
            for name, inner, optional in fields:
                if name == "span":
                    start, end = data.get("start"), data.get("end")
                    made[name] = inner(None if start is None or end is None else {"start": start, "end": end})
                elif name in data:
                    made[name] = inner(data[name])
                elif not optional:
                    break
            else:
                return kind(**made)
        except _Misfit as misfit:
            raise misfit.within(name) from None
        raise _Misfit(f"{name} is missing")

    return decode


_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def _schema(kind: Any, definitions: dict[str, Json]) -> Json:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return {}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    return _schema_of_record(kind, definitions)


def _schema_of_record(kind: type, definitions: dict[str, Json]) -> Json:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        properties: dict[str, Json] = {}
        required: list[str] = []
        for field, hint, optional in _fields(kind):
            if field == "span":
                end: Json = {"type": "integer", "minimum": 0}
                if type(None) in typing.get_args(hint):
                    end = {"anyOf": [end, {"type": "null"}]}
                properties |= {"start": end, "end": end}
                required += ["start", "end"]
            else:
                properties[field] = _schema(hint, definitions)
                if not optional:
                    required.append(field)
        about = (kind.__doc__ or "").strip().split("\n\n")[0]
        definitions[name] = {
            "type": "object",
            "description": " ".join(about.split()),
            "properties": properties,
            "required": required,
        }
    return {"$ref": f"#/$defs/{name}"}
