"""Verdicts laid over incidents: as a pure function, in the store, undone, replayed after a new run."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from dateline import codec
from dateline.core import (
    Anchor,
    Claim,
    Document,
    Event,
    EventTime,
    Incident,
    IncidentCount,
    Reading,
    Span,
    StoreError,
    Telling,
    Verdict,
    Voice,
)
from dateline.store import Store
from dateline.store.agreement import agreements
from dateline.store.constraints import constraints
from dateline.store.overlay import Overlay, added_id, overlaid, standing
from dateline.store.verdict_lines import verdicts_of

TEXT = "Raiders shot three herders at the ford on Monday. A second band shot two drovers by the mill. Nobody was held."


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def event(id: str, at: int, type: str = "ASSAULT") -> Event:
    return Event(id, Span(at, at + 4), type, None, (), None, None, (), "asserted", "certain", False, None, "v1", ())


FIRST, SECOND = TEXT.index("shot"), TEXT.rindex("shot")


def reading(id: str, first: str, second: str, *, type: str = "ASSAULT") -> Reading:
    text = f"{TEXT} ({id})"
    return Reading(
        Document.of(text, id=id, published="2026-03-02", outlet=f"Outlet {id}", title=f"Raid {id}"),
        (), (Voice("v1", f"Outlet {id}", "outlet", ("v1",)),), (), (), (), (), (), (),
        (event(first, FIRST, type), event(second, SECOND, type)), (),
    )  # fmt: skip


def incident(id: str, *keys: tuple[str, str], killed: int = 3) -> Incident:
    claims = tuple(
        Claim((killed, killed), ("Outlet", key[0]), f"origin {key[0]}", key[0], span("three herders")) for key in keys
    )
    return Incident(
        id=id,
        type="ASSAULT",
        mode=None,
        documents=tuple(sorted({key[0] for key in keys})),
        events=tuple(Telling(*key, ("Outlet", key[0])) for key in keys),
        time=EventTime("2026-03-02", "2026-03-02", "day"),
        place=None,
        parties=(),
        counts={"killed": IncidentCount(killed, killed, killed, "only", claims)},
        origins=len({key[0] for key in keys}),
        disagreements=(),
        labels=(),
        summary=f"raid {id}",
    )


READINGS = (reading("a", "xa1", "xa2"), reading("b", "xb1", "xb2"))
ONE, TWO = incident("i1", ("a", "xa1"), ("b", "xb1")), incident("i2", ("a", "xa2"), ("b", "xb2"), killed=2)
ANCHORS = {
    (r.document.id, e.id): Anchor(r.document.id, r.document.sha256, e.trigger, e.type)
    for r in READINGS
    for e in r.events
}


def anchors(*keys: tuple[str, str]) -> tuple[Anchor, ...]:
    return tuple(ANCHORS[key] for key in keys)


def of(made: Incident) -> tuple[Anchor, ...]:
    return anchors(*((t.document, t.event) for t in made.events))


def verdict(id: str, subject: str, decision: str, who: str = "ana", **more: object) -> Verdict:
    return Verdict(id, subject, decision, who, "2026-03-05T10:00:00Z", **more)  # type: ignore[arg-type]


ACCEPT = verdict("v1", "i1", "accept", anchors=of(ONE))
MERGE = verdict("v2", "i1", "merge", anchors=of(ONE), others=of(TWO))
SPLIT = verdict("v3", "i1", "split", anchors=of(ONE), others=anchors(("b", "xb1")))
EDIT = verdict("v4", "i1", "edit", anchors=of(ONE), field="killed", value={"low": 4, "best": 4, "high": 5},
               was={"low": 3, "best": 3, "high": 3})  # fmt: skip


def laid(*verdicts: Verdict, incidents: tuple[Incident, ...] = (ONE, TWO)) -> Overlay:
    return overlaid(incidents, ANCHORS, verdicts)


def test_overlay_without_verdicts_shows_what_was_linked() -> None:
    assert [each.incident for each in laid().shown] == [ONE, TWO]
    assert {each.state for each in laid().shown} == {"new"}


def test_overlay_votes_make_states() -> None:
    no = verdict("v5", "i1", "reject", "ben", anchors=of(ONE))
    assert laid(ACCEPT).shown[0].state == "accepted"
    assert laid(ACCEPT, no).shown[0].state == "contested"
    assert laid(ACCEPT, no, dataclasses.replace(ACCEPT, id="v6", decision="reject")).shown[0].state == "rejected"


def test_overlay_merges_with_every_claim() -> None:
    (shown,) = laid(MERGE).shown
    assert shown.incident.id == "i1" and len(shown.incident.events) == 4
    killed = shown.incident.counts["killed"]
    assert (killed.low, killed.best, killed.high, len(killed.claims)) == (2, 3, 3, 4)
    assert shown.incident.origins == 2


def test_overlay_splits_into_an_incident_of_its_own() -> None:
    left, _, right = laid(SPLIT).shown
    assert [t.document for t in left.incident.events] == ["a"]
    assert [t.document for t in right.incident.events] == ["b"]
    assert [c.document for c in right.incident.counts["killed"].claims] == ["b"]
    assert (left.incident.origins, right.incident.origins) == (1, 1)


def test_overlay_edits_and_says_so() -> None:
    shown = laid(EDIT).shown[0]
    assert shown.edited == ("killed",)
    assert shown.incident.counts["killed"].best == 4 and len(shown.incident.counts["killed"].claims) == 2


def test_overlay_undo_and_undo_of_undo() -> None:
    undo = verdict("u1", "v2", "undo")
    redo = verdict("u2", "u1", "undo")
    assert len(laid(MERGE, undo).shown) == 2
    assert len(laid(MERGE, undo, redo).shown) == 1
    assert standing((MERGE, undo, redo)) == (MERGE,)


def test_overlay_rejects_a_telling_with_its_claims() -> None:
    no = verdict("v7", "xb1", "reject", document="b", anchors=anchors(("b", "xb1")))
    shown = laid(no).shown[0].incident
    assert [t.event for t in shown.events] == ["xa1"] and len(shown.counts["killed"].claims) == 1
    both = verdict("v8", "xa1", "reject", document="a", anchors=anchors(("a", "xa1")))
    assert laid(no, both).shown[0].state == "rejected"


def test_overlay_adds_a_missed_event() -> None:
    missed = Anchor("a", READINGS[0].document.sha256, span("held"), "ARREST")
    alone = laid(verdict("v9", "a", "add", document="a", anchors=(missed,))).shown
    assert len(alone) == 3 and alone[2].incident.type == "ARREST"
    inside = laid(verdict("v9", "a", "add", document="a", anchors=(missed,), others=of(ONE))).shown
    assert added_id(missed) in [t.event for t in inside[0].incident.events]
    later = verdict("v10", alone[2].incident.id, "accept", anchors=(missed,))
    assert laid(verdict("v9", "a", "add", document="a", anchors=(missed,)), later).shown[2].state == "accepted"


def test_overlay_replays_by_content_when_ids_change() -> None:
    anew = dataclasses.replace(ONE, id="i9")
    assert laid(ACCEPT, incidents=(anew, TWO)).shown[0].state == "accepted"
    assert laid(ACCEPT, incidents=(anew, TWO)).conflicts == ()


def test_overlay_lists_conflicts() -> None:
    (gone,) = laid(ACCEPT, incidents=(TWO,)).conflicts
    assert (gone.verdict, gone.kind) == ("v1", "gone")
    other = dataclasses.replace(ONE, counts={"killed": IncidentCount(9, 9, 9, "only", ())})
    (changed,) = laid(EDIT, incidents=(other, TWO)).conflicts
    assert changed.kind == "changed"
    agreed = dataclasses.replace(ONE, counts={"killed": IncidentCount(4, 4, 5, "only", ())})
    assert laid(EDIT, incidents=(agreed, TWO)).conflicts == ()


def test_overlay_does_not_depend_on_others() -> None:
    whole = {each.incident.id: each for each in laid(ACCEPT, EDIT).shown}
    part = {each.incident.id: each for each in laid(ACCEPT, EDIT, incidents=(ONE,)).shown}
    assert whole["i1"] == part["i1"]


def test_overlay_constraints_for_the_linker() -> None:
    assert {(c.answer, c.left.document, c.right.document) for c in constraints((SPLIT,))} <= {
        ("different", "a", "b"),
        ("different", "b", "a"),
    }
    assert {c.answer for c in constraints((MERGE,))} == {"same"} and len(constraints((MERGE,))) == 3
    assert constraints((MERGE, verdict("u1", "v2", "undo"))) == ()


def test_overlay_agreement() -> None:
    mine = [verdict(f"m{k}", f"i{k}", said, "ana") for k, said in enumerate(("accept", "reject", "accept", "reject"))]
    yours = [verdict(f"y{k}", f"i{k}", said, "ben") for k, said in enumerate(("accept", "reject", "reject", "reject"))]
    (told,) = agreements([*mine, *yours])
    assert (told.first, told.second, told.both, told.raw, told.kappa) == ("ana", "ben", 4, 0.75, 0.5)


# In the store ---------------------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "s.db")
    for each in READINGS:
        made.add(each)
    made.replace_incidents((ONE, TWO))
    return made


def test_overlay_in_the_store_is_the_pure_one(store: Store) -> None:
    store.book()
    given = [ACCEPT, EDIT, SPLIT, MERGE, verdict("u1", "v3", "undo")]
    for number, each in enumerate(given, 1):
        assert store.add_verdict(each)
        expected = {s.incident for s in laid(*given[:number]).shown}
        assert set(store.shown_incidents()) == expected
        assert len(store.book()) == len(expected)
    with Store(store.path) as other:
        assert set(other.shown_incidents()) == expected
        other.replace_incidents((TWO, ONE))
        assert set(other.shown_incidents()) == expected


def test_overlay_in_the_store_lists_conflicts_after_a_new_run(store: Store) -> None:
    store.add_verdict(ACCEPT)
    assert store.conflicts() == ()
    store.replace_incidents((TWO,))
    assert [each.verdict for each in store.conflicts()] == ["v1"]
    store.add_verdict(verdict("u1", "v1", "undo"))
    assert store.conflicts() == ()


def test_overlay_verdicts_go_out_and_in(store: Store, tmp_path: Path) -> None:
    for each in (ACCEPT, EDIT, MERGE):
        store.add_verdict(each)
    lines = "".join(codec.to_json(each) + "\n" for each in store.verdicts())
    assert store.import_verdicts(verdicts_of(lines)) == 0
    with Store(tmp_path / "t.db") as other:
        for each in READINGS:
            other.add(each)
        other.replace_incidents((ONE, TWO))
        assert other.import_verdicts(verdicts_of(lines)) == 3
        assert list(other.shown_incidents()) == list(store.shown_incidents())
        with pytest.raises(StoreError, match="says something else"):
            other.import_verdicts([dataclasses.replace(ACCEPT, note="no")])
    with pytest.raises(ValueError, match="line 2"):
        verdicts_of(lines.split("\n")[0] + "\n{}")


def test_overlay_undo_needs_a_verdict(store: Store) -> None:
    with pytest.raises(StoreError, match="no verdict v99"):
        store.add_verdict(verdict("u1", "v99", "undo"))
