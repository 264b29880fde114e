"""Quotation marks in every convention, unbalanced, mixed and without end: nothing breaks, nothing runs away."""

from __future__ import annotations

import random
import time

import pytest

from dateline.attribution import Attributions
from dateline.core import Document, Span
from dateline.language import Parse, paragraphs
from dateline.language.quotations import quotations
from dateline.language.spacy_door import SpacyLanguage
from dateline.passages import Passages

MARKS = ["“", "”", "‘", "’", "«", "»", "„", '"', "'", "''", "``", ""]
CONVENTIONS = [
    ("“", "”"),
    ("‘", "’"),
    ("«", "»"),
    ("»", "«"),
    ("„", "“"),
    ("„", "”"),
    ('"', '"'),
    ("'", "'"),
    ("``", "''"),
]
SAID = "the army said it lost nine men . Berg told us that he fled , they shot and Ana added “ no ”"


@pytest.fixture(scope="module")
def steps():
    return Passages(), SpacyLanguage(), Attributions()


def _read(steps, text: str, parsed: bool = True):
    passages_step, language, step = steps
    document = Document.of(text)
    passages, voices = passages_step(document)
    parse = language(document, passages) if parsed else Parse(())
    return step(document, parse, passages, voices)[0], passages


@pytest.mark.parametrize(("opening", "closing"), CONVENTIONS)
def test_quotation_marks_of_every_convention(steps, opening: str, closing: str) -> None:
    text = f"{opening}We will stay in the town tonight,{closing} Otto Berg said. The river rose in the north."
    (told,), _ = _read(steps, text)
    assert told.source.of(text) == "Otto Berg"
    assert told.content[0].of(text).strip(opening + closing + ",") == "We will stay in the town tonight"
    assert all(span.end < text.index("The river") for span in told.content)


@pytest.mark.parametrize("opening", ["“", '"', "«", "„", "``"])
def test_quotation_that_never_closes_ends_with_its_sentence(steps, opening: str) -> None:
    text = (
        f"Otto Berg said: {opening}We will stay in the town. The river rose in the north. Ships waited.\n\nIt rained."
    )
    told, _ = _read(steps, text)
    assert all(span.end <= text.index("The river") for a in told for span in a.content)


def test_quotation_goes_on_over_paragraphs(steps) -> None:
    text = "The army said: “We hold the town.\n\n“We lost nine men.\n\n“We will stay.”\n\nThe river rose."
    (told,), _ = _read(steps, text)
    assert [span.of(text) for span in told.content] == ["“We hold the town.", "“We lost nine men.", "“We will stay.”"]


def test_quotation_of_the_next_paragraph_keeps_its_own_speaker(steps) -> None:
    text = "“We hold the town,” Berg said. “It is ours.\n\n“We lost nine men,” the mayor said."
    told, _ = _read(steps, text)
    assert [a.source.of(text) for a in told] == ["Berg", "the mayor"]


@pytest.mark.parametrize("seed", range(12))
def test_quotation_marks_at_random(steps, seed: int) -> None:
    pick = random.Random(seed)
    words = [pick.choice(MARKS) + pick.choice(SAID.split()) + pick.choice(MARKS) for _ in range(150)]
    text = "".join(word + pick.choice([" ", " ", " ", ". ", "\n\n"]) for word in words)
    told, passages = _read(steps, text)
    parts = paragraphs(text)
    assert all(any(p.span.holds(span) for p in passages) for a in told for span in a.content)
    assert all(sum(part.overlaps(span) for part in parts) <= 1 for a in told for span in a.content if not a.within)
    assert len({a.id for a in told}) == len(told)


@pytest.mark.parametrize(
    "text",
    [
        "“" * 500 + "We stay" + "”" * 500,
        "".join("“‘"[k % 2] + f"he said {k} " for k in range(500)) + "".join("’”"[k % 2] for k in range(500)),
        "“" + "We hold the town. They shot at us and we fled. " * 40 + "”",
        "\n\n".join("“We hold the town and they said it was lost." for _ in range(60)),
        '"' + " said " * 300,
    ],
    ids=["nested", "nested in turns", "one quotation", "one quotation of many paragraphs", "cues behind a mark"],
)
def test_quotations_that_fill_a_text(steps, text: str) -> None:
    told, _passages = _read(steps, text)
    assert all(span.end <= len(text) for a in told for span in a.content)
    assert all(a.content for a in told)


def _seconds(work, size: int) -> float:
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        work(size)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("unit", ["“", '"', "“no ‘", "'a ", "„x“ «y» ", "he said, “we ", "’s ‘t "])
def test_quotation_marks_take_linear_time(unit: str) -> None:
    def work(size: int) -> None:
        text = unit * size
        quotations(text, Span(0, len(text)))

    # eight times the text: 64 times the time were it quadratic
    assert _seconds(work, 4_000) < 24 * max(_seconds(work, 500), 0.0005)


def test_quotations_are_attached_in_linear_time(steps) -> None:
    passages_step, language, step = steps
    ready = {}
    for size in (12, 96):
        document = Document.of("He said “we go” and ‘they, he added, “stay. " * size)
        passages, voices = passages_step(document)
        ready[size] = (document, language(document, passages), passages, voices)
    assert _seconds(lambda n: step(*ready[n]), 96) < 24 * max(_seconds(lambda n: step(*ready[n]), 12), 0.001)
