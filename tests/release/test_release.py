"""Releases: the same store gives the same bytes, and what changed since the last one is told."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import pytest
from tests.exports.conftest import make_incident, make_reading, make_unlocated

from dateline.cli import main
from dateline.codec import from_json
from dateline.commands import NOT_STARTED
from dateline.core import DatelineError, Document, Failure, Incident, Reading, Telling, Verdict
from dateline.release import earlier, freeze
from dateline.release.changes import DocumentLine, document_changes, incident_changes
from dateline.store import Store


def _reading(id="made-1", outlet="The Northern Courier") -> Reading:
    made = make_reading()
    return dataclasses.replace(made, document=dataclasses.replace(made.document, id=id, outlet=outlet))


def _incident(id, *events, **told) -> Incident:
    tellings = tuple(Telling("made-1", event, ("The Northern Courier",)) for event in events)
    return dataclasses.replace(make_incident(), id=id, documents=("made-1",), events=tellings, **told)


def _store(path, readings, incidents):
    with Store(path) as store:
        for reading in readings:
            store.add(reading)
        store.replace_incidents(incidents)
    return path


def _released(path, folder, since=None, **options):
    with Store(path, create=False) as store:
        return freeze(store, folder, since=earlier(since) if since else None, **options)


def _bytes(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture
def october(tmp_path):
    """A release of two documents and three incidents."""
    readings = [_reading(), _reading("made-2")]
    held = [_incident("i1", "x1"), _incident("i2", "x2"), _incident("i3", "x3")]
    _released(_store(tmp_path / "a.db", readings, held), tmp_path / "october")
    return tmp_path / "october"


@pytest.fixture
def november(tmp_path, october):
    """The next: i1 with another toll, i2 grown into i4, i3 gone, i5 new; a document more and one less."""
    killed = dataclasses.replace(make_incident().counts["killed"], best=9)
    held = [
        _incident("i5", "x5", type="PROTEST"),
        _incident("i4", "x2", "x4"),
        _incident("i1", "x1", counts={"killed": killed}),
    ]
    path = _store(tmp_path / "b.db", [_reading("made-3"), _reading(outlet="Evening Post")], held)
    _released(path, tmp_path / "november", october)
    return tmp_path / "november"


def test_release_tells_what_changed(november):
    changes = {each["id"]: each for each in _lines(november / "changes.jsonl") if each["record"] == "incident"}
    assert {id: each["change"] for id, each in changes.items()} == {
        "i1": "changed",
        "i2": "replaced",
        "i3": "withdrawn",
        "i4": "added",
        "i5": "added",
    }
    assert changes["i1"]["fields"] == ["counts"]
    assert (changes["i2"]["now"], changes["i4"]["was"], changes["i5"]["was"]) == (["i4"], ["i2"], [])
    assert changes["i2"]["fields"] == ["events"]
    line = (november / "incidents.jsonl").read_text(encoding="utf-8").split("\n")[0]
    assert changes["i1"]["after"] == hashlib.sha256(line.encode()).hexdigest()


def test_release_tells_what_was_withdrawn_without_its_content(november):
    gone = _lines(november / "withdrawn.jsonl")
    assert [(each["record"], each["id"]) for each in gone] == [
        ("incident", "i2"),
        ("incident", "i3"),
        ("document", "made-2"),
    ]
    assert "Red Banner" not in (november / "withdrawn.jsonl").read_text(encoding="utf-8")


def test_release_tells_changed_documents(november):
    changes = {each["id"]: each for each in _lines(november / "changes.jsonl") if each["record"] == "document"}
    assert {id: each["change"] for id, each in changes.items()} == {
        "made-1": "changed",
        "made-2": "withdrawn",
        "made-3": "added",
    }
    assert changes["made-1"]["fields"] == ["reading", "outlet"]


def test_release_of_the_same_store_is_the_same(tmp_path, october):
    held = [_incident("i1", "x1"), _incident("i2", "x2"), _incident("i3", "x3")]
    other = _store(tmp_path / "other.db", [_reading("made-2"), _reading()], held[::-1])
    _released(other, tmp_path / "again")
    assert _bytes(tmp_path / "again") == _bytes(october)
    _released(other, tmp_path / "next", october)
    assert (tmp_path / "next" / "changes.jsonl").read_bytes() == b""


def test_release_manifest_names_what_made_it(october):
    manifest = json.loads((october / "manifest.json").read_bytes())
    assert manifest["schema"] == "dateline.release/1"
    assert manifest["dateline"]["version"]
    assert len(manifest["dateline"]["source"]) == 64
    assert "ontology/types.tsv" in manifest["knowledge"]
    assert "muc4/weights.tsv" in manifest["models"]
    assert not set(manifest["models"]) & set(manifest["knowledge"])
    assert manifest["own"] == {}
    assert manifest["libraries"]["spacy"].startswith("3.")
    assert manifest["profile"]["rules"] == ["ucdp"]
    assert manifest["producers"]["events"] == {"rules-events@1": 2}
    assert (manifest["incidents"], manifest["documents"], manifest["since"]) == (3, 2, None)


def test_release_sums_are_those_of_the_files(november):
    sums = dict(line.split("  ")[::-1] for line in (november / "SHA256SUMS").read_text().splitlines())
    assert sums == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in november.iterdir()
        if path.name != "SHA256SUMS"
    }
    manifest = json.loads((november / "manifest.json").read_bytes())
    for name, told in manifest["files"].items():
        assert told["sha256"] == sums[name]
        assert told["records"] == len(_lines(november / name))
    assert manifest["since"]["changes"]["incident withdrawn"] == 1


def test_release_holds_the_records_whole(october):
    text = (october / "readings.jsonl").read_text(encoding="utf-8")
    assert [from_json(Reading, line) for line in text.split("\n") if line] == [_reading(), _reading("made-2")]
    assert [each["id"] for each in _lines(october / "incidents.jsonl")] == ["i1", "i2", "i3"]


def test_release_without_texts_holds_none(tmp_path, october):
    _released(tmp_path / "a.db", tmp_path / "bare", texts=False)
    assert not (tmp_path / "bare" / "readings.jsonl").exists()
    assert (tmp_path / "bare" / "documents.jsonl").read_bytes() == (october / "documents.jsonl").read_bytes()
    assert b"mortar rounds hit" not in b"".join(_bytes(tmp_path / "bare").values())


def test_release_is_never_written_over(tmp_path, october):
    before = _bytes(october)
    with pytest.raises(DatelineError, match="never written over"):
        _released(tmp_path / "a.db", october)
    assert _bytes(october) == before


def test_release_cut_short_leaves_nothing(tmp_path, october, monkeypatch):
    def fail(*_):
        raise DatelineError("no")

    monkeypatch.setattr("dateline.release.freezing.makers", fail)
    with pytest.raises(DatelineError, match="no"):
        _released(tmp_path / "a.db", tmp_path / "x" / "broken")
    assert list((tmp_path / "x").iterdir()) == []


def test_release_that_was_altered_is_refused(october):
    path = october / "incidents.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Kirkuk", b"Mosul!"))
    with pytest.raises(DatelineError, match=r"incidents\.jsonl: not the file that was released"):
        earlier(october)


@pytest.mark.parametrize("content", [None, "{", "{}", "[]", '{"files": {"incidents.jsonl": 1}}'])
def test_release_of_something_else_is_refused(content, tmp_path):
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(DatelineError, match="not a release"):
        earlier(tmp_path)


def test_release_hides_who_reviewed(tmp_path):
    path = _store(tmp_path / "a.db", [_reading()], [])
    with Store(path) as store:
        store.add_verdict(Verdict("v1", "i1", "accept", "Ana Ruiz", "2024-03-07", "call Ana"))
        store.add_verdict(Verdict("v2", "i2", "reject", "Bo Lind", "2024-03-08"))
        store.add_verdict(Verdict("v3", "i3", "accept", "Ana Ruiz", "2024-03-09"))
        run = store.start_run(["x"], "0.0.9")
        store.add_failure(Failure("bad", "read", "empty"), run)
    _released(path, tmp_path / "r")
    assert [each["reviewer"] for each in _lines(tmp_path / "r" / "verdicts.jsonl")] == ["r1", "r2", "r1"]
    assert b"Ana" not in b"".join(content for name, content in _bytes(tmp_path / "r").items() if name[0] == "v")
    assert _lines(tmp_path / "r" / "failures.jsonl") == [{"document": "bad", "stage": "read", "error": "empty"}]
    assert json.loads((tmp_path / "r" / "manifest.json").read_bytes())["read_by"] == ["0.0.9"]


def test_release_matches_incidents_by_content_and_by_tellings():
    one, two = _incident("a", "x1"), _incident("b", "x2")
    renamed = incident_changes([one], [dataclasses.replace(one, id="c")])
    assert [(each.change, each.id, each.now, each.was) for each in renamed] == [
        ("renamed", "a", ("c",), ()),
        ("added", "c", (), ("a",)),
    ]
    merged = {each.id: each for each in incident_changes([one, two], [_incident("m", "x1", "x2")])}
    assert merged["m"].was == ("a", "b")
    split = {each.id: each for each in incident_changes([_incident("m", "x1", "x2")], [one, two])}
    assert (split["m"].change, split["m"].now) == ("replaced", ("a", "b"))
    taken = {each.id: each for each in incident_changes([one, two], [dataclasses.replace(one, events=two.events)])}
    assert (taken["a"].change, taken["b"].change, taken["b"].now) == ("changed", "replaced", ("a",))
    assert incident_changes([make_unlocated()], [make_unlocated()]) == ()


def test_release_documents_are_compared_by_text_and_reading():
    line = DocumentLine("d", "0", "r", None, None, None, None, "en")
    assert document_changes([line], [line]) == ()
    (change,) = document_changes([line], [dataclasses.replace(line, sha256="1", reading="s")])
    assert (change.change, change.fields, change.before, change.after) == ("changed", ("sha256", "reading"), "r", "s")


def test_release_survives_hostile_ids(tmp_path):
    odd = "../../x\n\u202e\ud800=1+1"
    made = Reading(Document.of("Two died.", id=odd), (), (), (), (), (), (), (), (), (), ())
    path = tmp_path / "a.db"
    with Store(path) as store:
        store.add(dataclasses.replace(made, document=Document.of("Two died.", id=odd.replace("\ud800", ""))))
    _released(path, tmp_path / "r")
    _released(path, tmp_path / "s", tmp_path / "r")
    assert [each["id"] for each in _lines(tmp_path / "r" / "documents.jsonl")] == [odd.replace("\ud800", "")]
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_dir()) == ["r", "s"]


def test_release_command(tmp_path, october, capsys):
    path = str(tmp_path / "a.db")
    out = str(tmp_path / "r")
    assert main(["release", "--store", path, "-o", out, "--since", str(october), "--profile", "acled"]) == 0
    assert "3 incidents of 2 documents" in capsys.readouterr().err
    assert json.loads((tmp_path / "r" / "manifest.json").read_bytes())["profile"]["name"] == "acled"
    assert main(["release", "--store", path, "-o", out]) == NOT_STARTED
    assert "never written over" in capsys.readouterr().err
    assert main(["release", "--store", path, "-o", out + "2", "--since", str(tmp_path)]) == NOT_STARTED
    assert "not a release" in capsys.readouterr().err
