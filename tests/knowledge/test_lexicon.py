"""The lexicon of events: its tables hold together, and the most specific row is the first that holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.core import Document, KnowledgeError, Passage, Span
from dateline.knowledge.lemmas import mended
from dateline.knowledge.lexicon import Need, lexicon, read_frames, read_lexicon, read_light_verbs
from dateline.knowledge.ontology import ontology
from dateline.language.spacy_door import SpacyLanguage

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases/predicates.jsonl").read_text().splitlines()]
HEADER = "# source: a test\n# licence: CC0\n# date: 2026-11-22\n"
PREDICATES = HEADER + "lemma\tpos\tneeds\ttype\tmode\tframe\tcount\tstatus\tnote\n"
FRAMES = HEADER + "frame\tactor\trecipient\tvictim\ttarget\tinstrument\tmutual\n"


def holds(need: Need, case) -> bool:
    filled = case["slots"].get(need.slot, [])
    if need.test in ("light", "passive"):
        return bool(case.get(need.test))
    if need.test in ("has", "no"):
        return bool(filled) == (need.test == "has")
    words = filled if need.test == "lemma" else [case.get("kinds", {}).get(word) for word in filled]
    return any(word in need.values for word in words)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join([*case["word"], *map(str, case["slots"].values())]))
def test_lexicon_first_row_that_holds(case):
    rows = lexicon().of(*case["word"])
    row = next((row for row in rows if all(holds(need, case) for need in row.needs)), None)
    told = [row.type, row.mode] if row and row.type else None
    assert told == case["gives"], row


def test_lexicon_is_wide_enough():
    rows = [row for row in lexicon().predicates() if row.type]
    assert len(rows) >= 750
    assert {row.type for row in rows} == {*ontology().types, "OTHER"}
    told = {(row.type, row.mode) for row in rows}
    assert not [
        (type, mode) for type in ontology().types for mode in ontology().modes(type) if (type, mode) not in told
    ]


def test_lexicon_uses_every_frame():
    used = {row.frame.name for row in lexicon().predicates() if row.frame}
    assert set(lexicon().frames) == used


def test_lexicon_counts_stand_on_roles_that_the_frame_fills():
    odd = [
        row.line
        for row in lexicon().predicates()
        for feed in row.counts
        if row.frame is None or not row.frame.slots(feed.role)
    ]
    assert not odd


def test_lexicon_overrides_name_known_crosswalks():
    known = {ontology().entry(t, m).acled for t in ontology().types for m in (None, *ontology().modes(t))}
    known |= {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"}
    known |= {"Disrupted weapons use", "Grenade", "Headquarters or base established", "Mob violence"}
    known |= {"NATURAL_DISASTER", "MAN_MADE_DISASTER", "ORG_CRIME"}
    assert {row.acled for row in lexicon().predicates()} <= known
    assert {row.muc4 for row in lexicon().predicates()} == {None, "arson", "hijacking", "robbery"}


def test_lexicon_phrasal_verbs_stand_under_the_verb():
    rows = lexicon().of("kick", "v")
    assert any(Need("lemma", "prt", frozenset({"out"})) in row.needs for row in rows)
    assert not lexicon().of("kick out", "v")


def test_lexicon_light_verbs_try_the_longest_link_first():
    links = [verb.link for verb in lexicon().light("take")]
    assert links[0] == ("part", "in")
    assert {verb.status for verb in lexicon().light("attempt")} == {"attempted"}
    assert lexicon().light("stag") == lexicon().light("stage") != ()
    assert lexicon().light("condemn") == ()


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("hit\tv\t\tHIT\t\tact", "type"),
        ("hit\tv\t\tASSAULT\t\tnone", "frame"),
        ("hit\tv\t\tASSAULT\tsoft\tact", "mode"),
        ("hit\tv\t\t-\tbeat\t", "mode"),
        ("Hit\tv\t\tASSAULT\t\tact", "lower-case"),
        ("hit\tx\t\tASSAULT\t\tact", "part of speech"),
        ("hit\tv\tsome:thing\tASSAULT\t\tact", "condition"),
        ("hit\tv\tobj@cloud\tASSAULT\t\tact", "kind"),
        ("hit\tv\tobj:$nobody\tASSAULT\t\tact", "condition"),
        ("hit\tv\t\tASSAULT\t\tact\tkilled=bystander", "count"),
        ("hit\tv\t\tASSAULT\t\tact\t\tperhaps", "status"),
        ("hit\tv\t\tASSAULT\t\tact\nhit\tv\t\tCOERCE\t\tact", "already"),
    ],
)
def test_lexicon_errors_name_file_and_line(tmp_path, row, word):
    table = tmp_path / "predicates.tsv"
    table.write_text(f"{PREDICATES}{row}\n", encoding="utf-8")
    frames = tmp_path / "frames.tsv"
    frames.write_text(f"{FRAMES}act\tsubj\tobj\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=word) as caught:
        read_lexicon(frames, [table], "lexicons/light_verbs.tsv", ontology())
    assert caught.value.file == "predicates.tsv"
    assert caught.value.line == 5 + row.count("\n")


@pytest.mark.parametrize("row", ["act\tagent", "act\tsubj\nact\tsubj", "act\tsubj\t\t\t\t\tyes"])
def test_lexicon_frames_are_checked(tmp_path, row):
    table = tmp_path / "frames.tsv"
    table.write_text(f"{FRAMES}{row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        read_frames(table)


def test_lexicon_light_verbs_are_checked(tmp_path):
    table = tmp_path / "light.tsv"
    table.write_text(f"{HEADER}lemma\tprt\tstatus\nplan\t\tsoon\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="soon"):
        read_light_verbs(table)


@pytest.mark.parametrize("text", ["", ":", "obj", "obj:", "obj:a,", "@people", "has:", "light:x", "no:sky", "a:b:c"])
def test_lexicon_odd_conditions_are_refused(text):
    with pytest.raises(ValueError, match="condition"):
        Need.parse(text)


def test_lexicon_lemmas_are_those_of_the_parse():
    """Inflected forms on which the lemmatizer is known to slip, and some on which it is not."""
    forms = {
        "staged": "stage", "raped": "rape", "machinegunned": "machinegun", "waged": "wage", "fined": "fine",
        "shot": "shoot", "beaten": "beat", "overran": "overrun", "slain": "slay", "torched": "torch",
        "dynamited": "dynamite", "hijacked": "hijack", "lynched": "lynch", "withdrawn": "withdraw",
    }  # fmt: skip
    text = " ".join(f"The men were {form} by them." for form in forms)
    document = Document.of(text)
    parse = SpacyLanguage()(document, (Passage("p1", Span(0, len(text)), "narration", "v1"),))
    told = {token.text: token.lemma for sentence in parse for token in sentence}
    for form, lemma in forms.items():
        assert mended(told[form]) == lemma
        assert lexicon().of(told[form], "v") or lexicon().light(told[form]), form
