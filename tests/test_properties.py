"""What holds of every reading, whatever the text: spans lie in it, ids lead somewhere, numbers have words."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import codec
from dateline.core import Document, Reading, Span
from dateline.pipeline import Pipeline

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SENTENCES = [
    part
    for path in sorted(SAMPLES.glob("*.txt"))
    for part in path.read_text(encoding="utf-8").replace("\n", ". ").split(". ")
    if part.strip()
]
ODD = [
    "\u200f",
    "“",
    "”",
    '"',
    "‘",
    "—",
    "\n\n",
    "\n",
    "🇵🇪",
    "\u200b",
    "\t",
    "((",
    "1,2,3",
    "@a",
    "#",
    "\u0000",
    "İ",
    "é",
]
PIECES = st.lists(st.one_of(st.sampled_from(SENTENCES), st.sampled_from(ODD), st.text(max_size=12)), max_size=8)
DATES = st.sampled_from([None, "2026-05-05", "1990-02-28", "2024-02-29T10:00:00Z"])


def spans(record: Any) -> Iterator[Span]:
    """Every span of a record, nested ones too."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from spans(item)
    elif dataclasses.is_dataclass(record) and not isinstance(record, Document):
        for field in dataclasses.fields(record):
            yield from spans(getattr(record, field.name))


def check(reading: Reading) -> None:
    text = reading.document.text
    assert all(0 <= span.start < span.end <= len(text) for span in spans(reading))
    ends = [(p.span.start, p.span.end) for p in reading.passages]
    assert ends == sorted(ends) and all(a[1] <= b[0] for a, b in itertools.pairwise(ends))
    voices = {v.id for v in reading.voices}
    assert all(set(v.chain) <= voices and v.chain[-1] == v.id for v in reading.voices)
    assert {p.voice for p in reading.passages} | {a.voice for a in reading.attributions} <= voices
    known = {a.id for a in reading.attributions}
    assert {a.within for a in reading.attributions} - {None} <= known
    assert {t.place for t in reading.toponyms} - {None} <= {p.id for p in reading.places}
    assert {m.entity for m in reading.mentions} - {None} <= {e.id for e in reading.entities}
    mentions = {m.id for m in reading.mentions}
    assert len(mentions) == len(reading.mentions) and len({e.id for e in reading.events}) == len(reading.events)
    for event in reading.events:
        assert event.voice in voices and (event.attribution is None or event.attribution in known)
        assert {argument.mention for argument in event.arguments} <= mentions
        assert event.evidence and all(count.low <= (count.best or count.low) for count in event.counts)
        bounds = (event.time.earliest, event.time.latest) if event.time else (None, None)
        assert None in bounds or bounds[0][:10] <= bounds[1][:10]  # type: ignore[index]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PIECES, DATES)
def test_properties_hold_of_any_text(pipeline: Pipeline, pieces: list[str], published: str | None) -> None:
    text = " ".join(pieces)
    check(pipeline(Document.of(text, published=published)))


def test_properties_reading_is_a_function_of_its_document(pipeline: Pipeline) -> None:
    text = ". ".join(SENTENCES)
    first, second = (codec.to_json(pipeline(Document.of(text, published="2026-05-07"))) for _ in range(2))
    assert first == second
    assert codec.from_json(Reading, first) == pipeline(Document.of(text, published="2026-05-07"))


@pytest.mark.parametrize("upper", [True, False])
def test_properties_hold_in_one_case(pipeline: Pipeline, upper: bool) -> None:
    text = "\n\n".join(SENTENCES)
    check(pipeline(Document.of(text.upper() if upper else text.lower(), published="2026-05-07")))
