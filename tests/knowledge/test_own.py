"""A user's own tables: checked row by row, laid over those that ship, and gone again when the folder is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import dateline
from dateline.cli import main
from dateline.core import KnowledgeError
from dateline.knowledge.actor_check import CheckedActors, checked_actors
from dateline.knowledge.actor_rows import GROUP_COLUMNS, ORGANISATION_COLUMNS
from dateline.knowledge.actors import registry, shipped_registry
from dateline.knowledge.cues import cue_verbs
from dateline.knowledge.folder import VARIABLE, KnowledgeFolder, use, using
from dateline.knowledge.lexicon import lexicon
from dateline.knowledge.ontology import ontology
from dateline.knowledge.own import looked_through

HEADER = "# source: a test\n# licence: CC0\n# date: 2026-11-22\n"
COLUMNS = {
    "actors.tsv": "\t".join(ORGANISATION_COLUMNS),
    "types.tsv": "type\tmode\tquad\tacled\tucdp\tmuc4\tdefinition",
    "predicates.tsv": "lemma\tpos\tneeds\ttype\tmode\tframe\tcount\tstatus\tnote",
    "cue_verbs.tsv": "lemma\tclass\tframes",
}
PIRACY = "PIRACY\t\tmaterial-conflict\tAttack\t\thijacking\tTakes or robs ships at sea."
BOARD = "board\tv\tobj:tanker,freighter\tPIRACY\t\tattack\t\t\t"
GUARD = "river-guard\tRiver Guard\tRiver Guards\t\tRG\tgroup\tSS\tREB\t2021\t\tour desk"
TEXT = "Gunmen boarded a tanker off Berbera on Sunday."


def write(folder: Path, name: str, *rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    table = folder / name
    table.write_text("\n".join((HEADER + COLUMNS[name], *rows, "")), encoding="utf-8")
    return table


def check(tmp_path: Path, *rows: str) -> CheckedActors:
    return checked_actors(write(tmp_path / "own", "actors.tsv", *rows), shipped_registry())


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever folder a test uses is forgotten after it."""
    for name in (VARIABLE, "DATELINE_GAZETTEER"):
        monkeypatch.delenv(name, raising=False)
    yield
    os.environ.pop(VARIABLE, None)
    use.__globals__["_of_environment"].cache_clear()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (GUARD.replace("group", "gang"), "'gang' is no mention kind"),
        (GUARD.replace("REB", "ABC"), "'ABC' is no PLOVER sector: one of AGR BUS "),
        (GUARD.replace("SS", "XX"), "'XX' is no country"),
        (GUARD.replace("SS", "ss"), "'ss' is no country"),
        (GUARD.replace("2021\t", "2021\t1999"), "it ends in 1999, before it starts in 2021"),
        (GUARD.replace("2021", "21"), "start '21' is no year"),
        (GUARD.replace("2021", "9021"), "start 9021 is no year from 1000 to 2100"),
        (GUARD.replace("our desk", ""), "no source"),
        (GUARD.replace("river-guard", ""), "no key"),
        (GUARD.replace("river-guard", "River_Guard"), "lower-case letters"),
        (GUARD.replace("river-guard", "iraq"), "'iraq' is that of a state"),
        (GUARD.replace("River Guards", "Hamas"), r"'Hamas' is already that of Hamas \(hamas\): name it under weak"),
        (GUARD.replace("River Guards", "Iraqi army"), "'Iraqi army' is already that of .*iraq/army"),
        (GUARD.replace("River Guards", "Peru"), "'Peru' is already that of "),
        (GUARD.replace("River Guards", "!!"), "holds no letter"),
        (GUARD + "\tmore", "12 cells, not 11"),
    ],
)
def test_own_actors_a_wrong_row_is_named(tmp_path: Path, row: str, reason: str) -> None:
    done = check(tmp_path, GUARD.replace("river-guard", "other").replace("River", "Hill").replace("RG", "HG"), row)
    with pytest.raises(KnowledgeError, match=rf"own[/\\]actors\.tsv:6: .*{reason}"):
        raise done.faults[0]
    assert [name.actor.key for name in done.names[:3]] == ["other"] * 3


def test_own_actors_every_wrong_row_is_named(tmp_path: Path) -> None:
    done = check(tmp_path, GUARD, GUARD, GUARD.replace("river-guard", "lake-guard"), "x y\t\t\t\t\tgang\t\tREB\t\t\tz")
    assert [(fault.line, fault.reason) for fault in done.faults] == [
        (6, "the key 'river-guard' stands already in line 5"),
        (7, "the name 'River Guard' stands already in line 5"),
        (7, "the name 'River Guards' stands already in line 5"),
        (8, "no key or no name"),
        (8, "'gang' is no mention kind"),
    ]
    assert done.summary == "4 rows, 2 sound actors, 4 names, 3 wrong lines; 0 in the place of a registered actor"


def test_own_actors_may_replace_and_share_weak_names(tmp_path: Path) -> None:
    hamas = "hamas\tHamas\tHarakat\t\t\tgroup\tPS\tREB\t\t\tz"
    done = check(tmp_path, hamas, GUARD.replace("\tRG\t", "\tELN|Hezbollah\t"))
    assert (done.faults, done.replaced) == ((), {"hamas"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("key\tname\n", "the header lacks # source:, # licence:, # date:"),
        (HEADER + "\t".join(GROUP_COLUMNS[:-1]), "lacks the column source"),
        (HEADER + "\t".join((*GROUP_COLUMNS, "more")), "has an unknown column 'more'"),
        (HEADER + "\t".join(reversed(GROUP_COLUMNS)), "has its columns in another order"),
        ("", "no columns"),
    ],
)
def test_own_actors_a_wrong_head_is_named(tmp_path: Path, text: str, reason: str) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text(text, encoding="utf-8")
    assert reason in str(checked_actors(table, shipped_registry()).faults[0])


def test_own_actors_check_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path / "own", "actors.tsv", GUARD)
    assert main(["actors", "check", str(good)]) == 0
    assert capsys.readouterr().out == (
        f"{good}: 1 row, 1 sound actor, 3 names, 0 wrong lines; 0 in the place of a registered actor\n"
    )
    bad = write(tmp_path / "own", "actors.tsv", GUARD, GUARD)
    assert main(["actors", "check", str(bad)]) == 1
    assert capsys.readouterr().out.startswith(f"{bad}:6: the key ")
    assert main(["actors", "check", str(tmp_path / "none.tsv")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_own_tables_are_laid_over_the_shipped_ones(tmp_path: Path) -> None:
    own = tmp_path / "own"
    write(own, "actors.tsv", GUARD, "hamas\tHarakat\t\t\t\tgroup\tPS\tREB\t\t\tz")
    write(own, "types.tsv", PIRACY, "ASSAULT\tdrone\tmaterial-conflict\tUnmanned strike\t\tattack\tUnmanned.")
    write(own, "predicates.tsv", BOARD, "attack\tv\t\tPIRACY\t\tattack\t\t\t")
    write(own, "cue_verbs.tsv", "radio\tsay\tclause", "say\tclaim\tclause")
    (own / "README.md").write_text("ours")
    (own / "places.csv").write_text("name,lat,lon\n")
    before = (registry(), lexicon(), ontology(), cue_verbs())
    with using(KnowledgeFolder.of(own)):
        assert [actor.key for actor in registry().find("River Guards", 2024)] == ["river-guard"]
        assert registry().get("hamas").name == "Harakat" and not registry().find("Hamas")  # type: ignore[union-attr]
        assert len(registry()) == len(shipped_registry()) + 1
        assert ontology().entry("PIRACY", "none").muc4 == "hijacking"
        assert ontology().entry("ASSAULT", "drone").acled == "Unmanned strike"
        assert ontology().announced("PIRACY") == ontology().refused("PIRACY") == ("PIRACY", None)
        assert lexicon().of("board", "v")[0].line == f"{own / 'predicates.tsv'}:5"
        assert lexicon().of("attack", "v")[-1].type == "PIRACY"
        assert (cue_verbs()["radio"].kind, cue_verbs()["say"].kind) == ("say", "claim")
    assert (registry(), lexicon(), ontology(), cue_verbs()) == before
    assert "PIRACY" not in ontology().types and registry().find("Hamas")


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("actors.tsv", GUARD.replace("REB", "ABC"), "no PLOVER sector"),
        ("predicates.tsv", BOARD, "no type 'PIRACY'"),
        ("predicates.tsv", BOARD.replace("PIRACY", "ASSAULT").replace("obj:", "obj;"), "is not a condition"),
        ("types.tsv", PIRACY.replace("material", "maritime"), "quad is 'maritime-conflict'"),
        ("types.tsv", PIRACY.replace("PIRACY", "Piracy"), "not of capitals"),
        ("types.tsv", PIRACY.replace("PIRACY", "OTHER"), "is taken"),
        ("types.tsv", PIRACY.replace("PIRACY\t", "PIRACY\tboarding"), "must come before its modes"),
        ("cue_verbs.tsv", "radio\tsays\tclause", "is no class of cue"),
        ("cue_verbs.tsv", "radio\tsay\tclauses", "frames clauses are not known"),
    ],
)
def test_own_tables_a_wrong_row_is_named(tmp_path: Path, name: str, row: str, reason: str) -> None:
    write(tmp_path / "own", name, row)
    with (
        using(KnowledgeFolder.of(tmp_path / "own")),
        pytest.raises(KnowledgeError, match=rf"own[/\\]{name}:5: .*{reason}"),
    ):
        looked_through()


def test_own_folder_with_an_unknown_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "verbs.tsv").write_text("")
    with pytest.raises(KnowledgeError, match=r"verbs\.tsv:0: no table of knowledge: one of actors\.tsv, "):
        KnowledgeFolder.of(tmp_path)
    with pytest.raises(KnowledgeError, match="no such folder"):
        KnowledgeFolder.of(tmp_path / "none")


def test_own_folder_is_loaded_anew_when_its_tables_change(tmp_path: Path) -> None:
    own = tmp_path / "own"
    for mode in ("claim", "deny"):
        write(own, "cue_verbs.tsv", f"radio\t{mode}\tclause")
        with using(KnowledgeFolder.of(own)):
            assert cue_verbs()["radio"].kind == mode


def test_own_knowledge_is_read_with(tmp_path: Path) -> None:
    own = tmp_path / "own"
    write(own, "types.tsv", PIRACY)
    write(own, "predicates.tsv", BOARD)
    reading = dateline.read(TEXT, published="2024-03-05", knowledge=own)
    assert [event.type for event in reading.events] == ["PIRACY"]
    assert reading.producers["knowledge"] == KnowledgeFolder.of(own).producer
    write(tmp_path / "bad", "predicates.tsv", BOARD)
    with pytest.raises(KnowledgeError, match="no type 'PIRACY'"):
        dateline.read_many([TEXT], jobs=2, knowledge=tmp_path / "bad")
    plain = dateline.read(TEXT, published="2024-03-05")
    assert "PIRACY" not in {event.type for event in plain.events} and "knowledge" not in plain.producers


@pytest.mark.slow
def test_own_knowledge_reaches_other_processes(tmp_path: Path, environment: None) -> None:
    own = tmp_path / "own"
    write(own, "types.tsv", PIRACY)
    write(own, "predicates.tsv", BOARD)
    (told,) = dateline.read_many([TEXT], jobs=2, knowledge=own)
    assert isinstance(told, dateline.Reading) and [event.type for event in told.events] == ["PIRACY"]
    use(own)
    (told,) = dateline.read_many([TEXT], jobs=2)
    assert isinstance(told, dateline.Reading) and [event.type for event in told.events] == ["PIRACY"]


def test_own_knowledge_option(tmp_path: Path, environment: None, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own"
    write(own, "types.tsv", PIRACY)
    write(own, "predicates.tsv", BOARD)
    (own / "places.csv").write_text("name,lat,lon\n")
    report = tmp_path / "report.txt"
    report.write_text(TEXT)
    assert main(["read", str(report), "--knowledge", str(own)]) == 0
    told = capsys.readouterr()
    assert "PIRACY" in told.out and "dateline gazetteer import" in told.err
    write(own, "predicates.tsv", BOARD.replace("PIRACY", "PIRATE"))
    assert main(["read", str(report), "--knowledge", str(own)]) == 2
    assert "predicates.tsv:5: no type 'PIRATE'" in capsys.readouterr().err
    assert main(["link", str(report), "--knowledge", str(tmp_path / "none")]) == 2


def test_own_knowledge_of_the_documentation_does_what_it_says() -> None:
    docs = Path(__file__).parents[2] / "docs"
    page = (docs / "how_to_add_an_event_type.md").read_text(encoding="utf-8")
    text = page.split("```")[1].strip("\n")
    reading = dateline.read(text, published="2024-03-05", knowledge=docs / "my-knowledge")
    told = [(event.type, event.mode, event.trigger.of(text)) for event in reading.events]
    assert told == [("PIRACY", None, "boarded"), ("THREATEN", None, "threatened"), ("PIRACY", "hijack", "hijack")]
    assert not checked_actors(docs / "my-knowledge" / "actors.tsv", shipped_registry()).faults
    for name in ("types.tsv", "predicates.tsv"):
        rows = (docs / "my-knowledge" / name).read_text(encoding="utf-8").split("\n")
        assert all(row.rstrip("\t") in page for row in rows if not row.startswith("#"))
