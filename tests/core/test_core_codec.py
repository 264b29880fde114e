"""Any record goes to JSON and comes back the same, and the JSON fits the published schema."""

from __future__ import annotations

import dataclasses
import json
import pickle
import types
import typing
from collections.abc import Mapping
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import codec
from dateline.core import (
    Attribution,
    Count,
    Document,
    Event,
    Failure,
    Incident,
    Medium,
    Passage,
    Reading,
    Span,
    Toponym,
    Verdict,
    encode,
)

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 5000))
    return Span(start, draw(st.integers(start + 1, 6000)))


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Any:
        return JSON
    if kind is type(None):
        return st.none()
    if kind is Span:
        return spans()
    if origin in (typing.Union, types.UnionType):
        return st.one_of([anything(argument) for argument in arguments])
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(anything(arguments[0]), max_size=2).map(tuple)
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(TEXT, anything(arguments[1]), max_size=2)
    if dataclasses.is_dataclass(kind):
        return records(kind)
    plain = {str: TEXT, bool: st.booleans(), int: st.integers()}
    return plain.get(kind, st.floats(allow_nan=False, allow_infinity=False))


def records(kind: Any) -> st.SearchStrategy[Any]:
    """Records of a kind, whatever their fields say."""
    hints = typing.get_type_hints(kind)
    fields = {field.name: anything(hints[field.name]) for field in dataclasses.fields(kind)}
    if kind is Count:
        fields["low"] = st.integers(0, 50)
        fields["high"] = st.none() | st.integers(50, 100)
    return st.builds(kind, **fields)


ANY = st.sampled_from([Reading, Incident, Document, Event, Medium, Passage, Attribution, Verdict, Failure]).flatmap(
    records
)
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@QUIET
@given(ANY)
def test_core_any_record_round_trips(record: object) -> None:
    line = codec.to_json(record)
    assert "\n" not in line
    assert codec.from_json(type(record), line) == record
    assert codec.to_json(codec.from_json(type(record), line)) == line


@QUIET
@given(records(Reading) | records(Incident))
def test_core_json_fits_its_schema(record: Reading | Incident) -> None:
    name = type(record).__name__.lower()
    jsonschema.Draft202012Validator(codec.schema(name)).validate(record.to_dict())


@QUIET
@given(records(Reading))
def test_core_records_travel_between_processes(record: Reading) -> None:
    assert pickle.loads(pickle.dumps(record)) == record


@pytest.mark.parametrize("name", ["reading", "incident"])
def test_core_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(codec.schema(name))


def test_core_unknown_keys_are_passed_over() -> None:
    data = {"id": "l1", "start": 3, "end": 5, "place": None, "shape": "round"}
    assert codec.from_dict(Toponym, data) == Toponym("l1", Span(3, 5), None)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"id": "l1", "start": 3, "place": None}, r"Toponym\.span"),
        ({"id": 7, "start": 3, "end": 5, "place": None}, r"Toponym\.id: 7 is not str"),
        ({"start": 3, "end": 5, "place": None}, "Toponym: id is missing"),
        ({"id": "l1", "start": True, "end": 5, "place": None}, r"start: True is not int"),
        ({"id": "l1", "start": 5, "end": 5, "place": None}, "not a span"),
        ([], "not an object"),
    ],
)
def test_core_misfits_name_the_field(data: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        codec.from_json(Toponym, json.dumps(data))


def test_core_only_records_are_written() -> None:
    with pytest.raises(TypeError, match="not a record"):
        codec.to_dict([1])
    with pytest.raises(TypeError):
        encode(object())
