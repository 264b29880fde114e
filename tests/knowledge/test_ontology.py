"""The ontology: sixteen types, their modes and crosswalks, and the documentation's table of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.core import KnowledgeError
from dateline.knowledge.ontology import ontology, read_ontology

ACLED = {
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Armed clash",
    "Excessive force against protesters",
    "Protest with intervention",
    "Peaceful protest",
    "Violent demonstration",
    "Mob violence",
    "Chemical weapon",
    "Air/drone strike",
    "Suicide bomb",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Grenade",
    "Sexual violence",
    "Attack",
    "Abduction/forced disappearance",
    "Agreement",
    "Arrests",
    "Change to group/activity",
    "Disrupted weapons use",
    "Headquarters or base established",
    "Looting/property destruction",
    "Non-violent transfer of territory",
    "Other",
}
MUC4 = {"attack", "bombing", "kidnapping", "arson", "robbery", "hijacking", "forced work stoppage"}
HEADER = "# source: a test\n# licence: CC0\n# date: 2026-11-22\n"
COLUMNS = "type\tmode\tquad\tacled\tucdp\tmuc4\tdefinition\n"


def entries():
    types = ontology()
    return [types.entry(type, mode) for type in types.types for mode in (None, *types.modes(type))]


def test_ontology_has_sixteen_types_in_four_quads():
    assert len(ontology().types) == 16
    quads = [ontology().entry(type, None).quad for type in ontology().types]
    assert [quads.count(quad) for quad in dict.fromkeys(quads)] == [4, 3, 4, 5]


def test_ontology_modes_share_their_types_quad():
    assert all(entry.quad == ontology().entry(entry.type, None).quad for entry in entries())


def test_ontology_crosswalks_name_known_labels():
    assert {entry.acled for entry in entries()} - {None} <= ACLED
    assert {entry.muc4 for entry in entries()} - {None} <= MUC4
    assert {entry.ucdp for entry in entries()} <= {None, "state-based", "non-state", "one-sided"}


def test_ontology_falls_back_to_the_type():
    assert ontology().entry("ASSAULT", "no-such-mode").mode is None
    assert ontology().entry("ASSAULT", "abduct").muc4 == "kidnapping"
    with pytest.raises(KeyError):
        ontology().entry("FIGHT", None)


@pytest.mark.parametrize(
    ("type", "announced", "refused"),
    [
        ("AID", ("AGREE", None), ("REJECT", "assist")),
        ("RETREAT", ("AGREE", None), ("REJECT", "yield")),
        ("ASSAULT", ("ASSAULT", None), ("ASSAULT", None)),
    ],
)
def test_ontology_intentions(type, announced, refused):
    assert (ontology().announced(type), ontology().refused(type)) == (announced, refused)


def test_ontology_intentions_of_a_mode_and_of_no_type():
    assert ontology().announced("COERCE", "arrest") == ("THREATEN", "arrest")
    assert ontology().announced("OTHER") == ("OTHER", None)
    assert ontology().entry("OTHER").acled is None


@pytest.mark.parametrize(
    ("rows", "line", "word"),
    [
        ("AID\t\tkind\t\t\t\tHelps.\n", 5, "quad"),
        ("AID\tgive\tmaterial-cooperation\t\t\t\tHelps.\n", 5, "before its modes"),
        ("AID\t\tmaterial-cooperation\t\t\t\tHelps.\n" * 2, 6, "twice"),
        ("AID\t\tmaterial-cooperation\n", 5, "definition"),
    ],
)
def test_ontology_errors_name_file_and_line(tmp_path, rows, line, word):
    table = tmp_path / "types.tsv"
    table.write_text(HEADER + COLUMNS + rows, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=word) as caught:
        read_ontology(table, "ontology/intentions.tsv")
    assert (caught.value.file, caught.value.line) == ("types.tsv", line)


def test_ontology_needs_the_intentions_of_every_type(tmp_path):
    table = tmp_path / "intentions.tsv"
    columns = "type\tmode\tannounced\tannounced_mode\trefused\trefused_mode\n"
    table.write_text(
        HEADER + columns + "AID\t\tAGREE\t\tREJECT\t\n",
        encoding="utf-8",
    )
    with pytest.raises(KnowledgeError, match="ASSAULT"):
        read_ontology("ontology/types.tsv", table)


def test_ontology_documentation_is_in_step():
    page = Path(__file__).parents[2] / "docs" / "lexicon.md"
    told = page.read_text(encoding="utf-8").split("<!-- types -->\n")[1].split("\n<!-- /types -->")[0]
    assert told == ontology().to_markdown(), "paste what ontology().to_markdown() gives"
