"""A store linked on: the same incidents as from scratch, decisions heeded, documents withdrawn, changes told."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from dateline.batch.linking import Relinked, relink
from dateline.cli import main
from dateline.core import (
    Anchor,
    Count,
    Document,
    Event,
    EventPlace,
    EventTime,
    Incident,
    Place,
    Reading,
    Span,
    Verdict,
    Voice,
)
from dateline.exports import INCIDENT_FORMATS
from dateline.incidents import link
from dateline.incidents.cards import Card
from dateline.store import Store

TOWNS = {
    name: Place(f"g{n}", name, "town", 34.0 + n, -2.0 - n, "MA", radius_km=5.0)
    for n, name in enumerate(("Ahfir", "Oujda", "Fez"))
}


def blast(
    id: str,
    town: str = "Ahfir",
    day: int = 2,
    toll: int = 9,
    site: str = "fish market",
    outlet: str | None = None,
    words: str = "",
) -> Reading:
    text = (
        f"A bomb at the {site} of {town} killed {toll} people, doctors said. Stalls at the {site} burned ({id})."
        + 9 * words
    )
    at, iso = Span(2, 6), f"2021-03-{day:02}"
    span = Span(text.index("killed"), text.index(" people"))
    told = Event(
        "x1", at, "ASSAULT", "explosives", (), EventPlace(TOWNS[town].id, None), EventTime(iso, iso, "day", "t1"),
        (Count("killed", toll, toll, toll, span),), "asserted", "certain", False, None, "v1", (at,),
    )  # fmt: skip
    document = Document.of(text, id=id, published=f"2021-03-{day + 1:02}", outlet=outlet)
    return Reading(
        document, (), (Voice("v1", "outlet", "outlet", ("v1",)),), (), (), (), (TOWNS[town],), (), (), (told,), ()
    )


def many(seed: int, size: int = 40) -> list[Reading]:
    chance = random.Random(seed)
    sites = ("fish market", "bus station", "grain silo")
    return [
        blast(f"d{n}", chance.choice(list(TOWNS)), chance.randint(1, 5), chance.randint(1, 9), chance.choice(sites),
              chance.choice((None, "Oujda Post", "Coast Radio")))
        for n in range(size)
    ]  # fmt: skip


def added(store: Store, readings: Iterable[Reading]) -> Relinked:
    store.add_many(readings)
    return relink(store)


def ruled(number: int, left: Reading, right: Reading, answer: str) -> Verdict:
    one, two = (Anchor(r.document.id, r.document.sha256, r.events[0].trigger, r.events[0].type) for r in (left, right))
    return Verdict(
        f"v{number}",
        "i",
        "link",
        "ana",
        f"2026-01-01T00:00:{number:02}Z",
        value={"answer": answer},
        anchors=(one,),
        others=(two,),
    )


def groups(incidents: Sequence[Incident]) -> list[tuple[str, ...]]:
    return sorted(incident.documents for incident in incidents)


@pytest.mark.parametrize("seed", range(3))
def test_relink_in_runs_gives_the_incidents_of_scratch(tmp_path: Path, seed: int) -> None:
    readings = many(seed)
    path = tmp_path / "news.db"
    for at in range(0, len(readings), 12):
        with Store(path) as store:
            done = added(store, readings[at : at + 12])
            assert done.whole == (at == 0)
    with Store(path) as store:
        assert store.incidents() == link(readings)
        gone = [f"d{n}" for n in random.Random(seed).sample(range(40), 9)]
        done = relink(store, withdraw=gone)
        assert store.incidents() == link([r for r in readings if r.document.id not in gone])
        assert done.changes and not {id for change in done.changes for id in change.documents} & set(gone)
        assert not set(store.ids()) & set(gone) and store.reading(gone[0]) is None
        assert relink(store).changes == ()


def test_relink_compares_and_merges_only_what_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "news.db") as store:
        added(store, [blast("a", words="Windows broke."), blast("b", "Fez", 28, 3, "grain silo")])
        before = {incident.id: incident for incident in store.incidents()}
        opened: list[str] = []
        reading = Store.reading
        monkeypatch.setattr(Store, "reading", lambda self, id: opened.append(id) or reading(self, id))
        done = added(store, [blast("c", "Fez", 28, 3, "grain silo")])
        assert sorted(set(opened)) == ["b", "c"]
        (change,) = done.changes
        assert (change.what, change.documents, change.why) == ("grown", ("c",), "c tells it")
        assert change.before == tuple(id for id in before if before[id].documents == ("b",))
        kept = {incident.id: incident for incident in store.incidents() if "c" not in incident.documents}
        assert kept == {id: incident for id, incident in before.items() if incident.documents != ("b",)}


def test_relink_tells_what_changed_and_why() -> None:
    one, two, far = blast("a"), blast("b"), blast("c", "Fez", 4, 2, "grain silo")
    with Store(":memory:") as store:
        assert [(c.what, c.why) for c in added(store, [one, far]).changes] == [
            ("new", "a tells it"),
            ("new", "c tells it"),
        ]
        store.add_verdict(ruled(1, one, far, "same"))
        (joined,) = relink(store).changes
        assert joined.what == "joined" and len(joined.before) == 2 and "one now" in joined.why
        store.add_verdict(Verdict("v2", "v1", "undo", "ana", "2026-01-02T00:00:00Z"))
        assert [change.what for change in relink(store).changes] == ["parted", "parted"]
        assert [change.what for change in added(store, [two]).changes] == ["grown"]
        (shrunk,) = relink(store, withdraw=["a"]).changes
        assert (shrunk.what, shrunk.left, shrunk.why) == ("shrunk", ("a",), "a withdrawn")
        (gone,) = relink(store, withdraw=["b"]).changes
        assert (gone.what, gone.left) == ("gone", ("b",)) and "withdrawn" in gone.why
        assert groups(store.incidents()) == [("c",)]


def test_relink_heeds_decisions_and_lets_the_later_stand() -> None:
    one, two, far = blast("a"), blast("b"), blast("c", "Fez", 4, 2, "grain silo")
    with Store(":memory:") as store:
        store.add_verdict(ruled(1, one, far, "same"))
        store.add_verdict(ruled(2, one, two, "different"))
        done = added(store, [one])
        assert done.overruled == ()
        added(store, [two, far])
        assert groups(store.incidents()) == [("a", "c"), ("b",)]
        store.add_verdict(ruled(3, two, far, "same"))
        done = relink(store)
        assert groups(store.incidents()) in ([("a",), ("b", "c")], [("a", "b", "c")]) and done.overruled
        assert done.overruled == ("v1",) and len(store.verdicts()) == 3
        assert store.incidents() == link(
            [one, two, far], must_link=[(("b", "x1"), ("c", "x1"))], cannot_link=[(("a", "x1"), ("b", "x1"))]
        )


def test_relink_of_an_empty_store_and_of_other_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path / "news.db") as store:
        assert relink(store) == Relinked(0, (), (), True)
        assert added(store, [blast("a")]).incidents == 1
        monkeypatch.setattr("dateline.batch.linking.linking_form", lambda: "other")
        done = relink(store)
        assert (done.whole and done.changes == ()) or [c.what for c in done.changes] == ["told otherwise"]


@pytest.mark.parametrize("spoil", ["card = x'00'", "homes = '[[7, 0]]'", "ties = '[[0, 9, 0, 1.0]]'"])
def test_relink_of_a_spoilt_state_links_all_anew(spoil: str) -> None:
    with Store(":memory:") as store:
        added(store, [blast("a"), blast("b")])
        store._db.execute(f"UPDATE linked SET {spoil} WHERE document = 'b'")
        done = added(store, [blast("c")])
        assert done.whole and groups(store.incidents()) == [("a", "b", "c")]


def test_code_and_withdraw_say_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, changes = str(tmp_path / "news.db"), tmp_path / "changes.jsonl"
    report = tmp_path / "one.txt"
    report.write_text("A bomb killed nine people in Baghdad on Monday, police said.\n", encoding="utf-8")
    assert main(["code", str(report), "--store", path, "--published", "2024-03-05", "--changes", str(changes)]) == 0
    assert "incidents: 1 new" in capsys.readouterr().err
    (row,) = map(json.loads, changes.read_text(encoding="utf-8").splitlines())
    assert row["what"] == "new" and row["why"].endswith("tells it")
    with Store(path) as store:
        (id,) = store.ids()
    assert main(["withdraw", "nothing", "--store", path]) == 2
    assert "holds no document nothing" in capsys.readouterr().err
    assert main(["withdraw", id, "--store", path]) == 0
    assert "1 withdrawn; 0 incidents" in capsys.readouterr().err
    for name in INCIDENT_FORMATS:
        assert main(["export", "--store", path, "--to", name, "-o", str(tmp_path / "out")]) == 0, name


def test_card_is_read_back_as_written() -> None:
    from dateline.incidents.cards import card_of, read, written

    card = card_of(blast("a", outlet="Oujda Post"))
    assert isinstance(card, Card) and read(written(card)) == card and card.told()[0].events == ("x1",)
    for spoilt in (b"", written(card)[:-1], b"[1]\n", b"{}"):
        with pytest.raises(ValueError, match="not a document for linking"):
            read(spoilt)
