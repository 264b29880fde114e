"""What leaves a store carries people's decisions: every format, the lists, a release; as linked where that is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.review import fill, made

from dateline.cli import main
from dateline.exports import FILE_FORMATS, INCIDENT_FORMATS
from dateline.review.deciding import decide
from dateline.review.decisions import Decided
from dateline.store import Store

EDITED, RETOLD, REJECTED, SPLIT, LEFT, RIGHT, ADDED = (made(number) for number in range(7))
WORDS = "Two men on a motorbike, say the neighbours"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.db") as held:
        fill(held, 8)

        def say(decision: str, subject: str, **more: object) -> None:
            decide(held, Decided.model_validate({"decision": decision, "subject": subject, **more}), "ana")

        say("edit", EDITED[1].id, field="killed", value={"low": 70, "best": 77, "high": 80})
        say("edit", EDITED[1].id, field="type", value={"to": "COERCE"})
        report = RETOLD[0][0]
        say("edit", report.events[0].id, document=report.document.id, field="killed", value={"low": 66, "best": 66})
        say("reject", REJECTED[1].id)
        say("split", SPLIT[1].id, tellings=[[SPLIT[1].events[1].document, SPLIT[1].events[1].event]])
        say("merge", LEFT[1].id, other=RIGHT[1].id)
        document = ADDED[0][0].document
        start = document.text.index("closed")
        say("add", document.id, document=document.id, type="PROTEST", words={"start": start, "end": start + 6})
        say("edit", ADDED[1].id, field="summary", value={"to": WORDS})
        yield held


def lines(store: Store, tmp_path: Path, *more: str) -> dict[str, dict]:
    out = tmp_path / "out.jsonl"
    assert main(["export", "--store", store.path, "--to", "jsonl", "-o", str(out), *more]) == 0
    return {each["id"]: each for each in map(json.loads, out.read_text(encoding="utf-8").splitlines())}


def test_decided_exports_hold_what_people_decided(store: Store, tmp_path: Path) -> None:
    found = lines(store, tmp_path)
    assert len(found) == 8 - 1 - 1 + 1 + 1  # rejected, merged, split, added
    edited = found[EDITED[1].id]
    assert edited["counts"]["killed"]["best"] == 77 and edited["summary"].startswith("COERCE")
    assert edited["summary"].endswith("77 killed")
    assert any(claim["edited"] for claim in found[RETOLD[1].id]["counts"]["killed"]["claims"])
    assert REJECTED[1].id not in found and RIGHT[1].id not in found
    assert len(found[LEFT[1].id]["events"]) == 4 and len(found[SPLIT[1].id]["events"]) == 1
    assert found[ADDED[1].id]["summary"] == WORDS
    assert {each.id for each in store.shown_incidents()} == set(found)


def test_decided_exports_as_linked_hold_none_of_it(store: Store, tmp_path: Path) -> None:
    found = lines(store, tmp_path, "--as-linked")
    assert len(found) == 8 and found[EDITED[1].id]["counts"]["killed"]["best"] != 77


def test_decided_exports_keep_what_a_person_set_under_another_profile(store: Store, tmp_path: Path) -> None:
    found = lines(store, tmp_path, "--profile", "acled")
    assert found[EDITED[1].id]["counts"]["killed"]["best"] == 77
    assert found[RETOLD[1].id]["counts"]["killed"]["high"] == 66
    assert found[ADDED[1].id]["summary"] == WORDS


@pytest.mark.parametrize("name", [*INCIDENT_FORMATS, *FILE_FORMATS])
def test_decided_exports_can_be_written_in_every_format(store: Store, tmp_path: Path, name: str) -> None:
    out = tmp_path / "made"
    assert main(["export", "--store", store.path, "--to", name, "-o", str(out)]) == 0
    assert out.exists()


def test_decided_lists_and_release_too(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["incidents", "--store", store.path, "--to", "json"]) == 0
    assert "77 killed" in capsys.readouterr().out
    assert main(["show", "--store", store.path, RETOLD[1].id]) == 0
    assert "set by hand" in capsys.readouterr().out
    assert main(["release", "--store", store.path, "-o", str(tmp_path / "first")]) == 0
    held = [
        json.loads(line) for line in (tmp_path / "first" / "incidents.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(held) == 8 and any(each["summary"] == WORDS for each in held)
