"""Cues of status and certainty."""

from __future__ import annotations

import pytest

from dateline.core import KnowledgeError
from dateline.knowledge.status_cues import read_status_cues, status_cues

HEADER = "# source: a test\n# licence: CC0\n# date: 2026-11-22\ncue\tkind\tstatus\tcertainty\tnote\n"


@pytest.mark.parametrize(
    ("kind", "cue", "status", "certainty"),
    [
        ("modal", "will", "planned", "probable"),
        ("modal", "may", "hypothetical", "possible"),
        ("verb_governor", "try", "attempted", None),
        ("verb_governor", "fail", "negated", "certain"),
        ("verb_governor", "threaten", "threatened", "uncommitted"),
        ("verb_governor", "hop", "hypothetical", "uncommitted"),
        ("verb_governor", "deny", "denied", "certain"),
        ("noun_governor", "ability", "hypothetical", "uncommitted"),
        ("adverb", "allegedly", "asserted", "uncommitted"),
        ("negation", "not", "negated", "certain"),
        ("mark", "in case", "hypothetical", "uncommitted"),
        ("adjective", "future", "planned", "probable"),
        ("determiner", "any", "hypothetical", "uncommitted"),
    ],
)
def test_status_cues_say(kind, cue, status, certainty):
    told = status_cues().of(kind, cue)
    assert told is not None
    assert (told.status, told.certainty) == (status, certainty)


def test_status_cues_know_every_kind():
    kinds = (
        "modal",
        "verb_governor",
        "noun_governor",
        "adverb",
        "negation",
        "mark",
        "adjective",
        "determiner",
        "generic",
    )
    assert all(status_cues().all(kind) for kind in kinds)
    assert status_cues().of("negation", "perhaps") is None


@pytest.mark.parametrize(
    "rows", ["may\tverb", "may\tmodal\tmaybe", "may\tmodal\t\tsure", "May\tmodal", "may\tmodal\nmay\tmodal"]
)
def test_status_cues_are_checked(tmp_path, rows):
    table = tmp_path / "cues.tsv"
    table.write_text(f"{HEADER}{rows}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        read_status_cues(table)
