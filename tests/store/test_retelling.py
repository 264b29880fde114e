"""Edits of single tellings: what they claim changes, and their incident follows where no more tellings object."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import pytest

from dateline.core import (
    Anchor,
    Argument,
    Claim,
    Count,
    Document,
    Entity,
    Event,
    EventPlace,
    EventTime,
    Incident,
    IncidentCount,
    IncidentPlace,
    Mention,
    Party,
    Place,
    Reading,
    Scalar,
    Span,
    Telling,
    Verdict,
    Voice,
)
from dateline.store import Store
from dateline.store.retelling import RULE

TOWNS = {
    "Karan": Place("g1", "Karan", "town", 10.0, 20.0, "ML", "Mopti"),
    "Lodora": Place("g2", "Lodora", "town", 11.0, 21.0, "ML", "Mopti"),
}


def day(number: int) -> EventTime:
    return EventTime(f"2026-03-{number:02}", f"2026-03-{number:02}", "day")


def reading(id: str, killed: int, on: int, town: str, who: str, event: str = "x") -> Reading:
    """One report that tells one killing."""
    text = f"{who} killed {killed} herders near {town} on {on} March, police of {id} said."
    start = text.index("killed")
    figure = Span(start + 7, start + 7 + len(str(killed)))
    voices = (Voice("v1", f"Paper {id}", "outlet", ("v1",)), Voice("v2", f"police of {id}", "official", ("v1", "v2")))
    told = Event(
        f"{event}{id}", Span(start, start + 6), "ASSAULT", "firearms", (Argument("actor", "m1"),),
        EventPlace(TOWNS[town].id, None), day(on), (Count("killed", killed, killed, killed, figure, "herders"),),
        "asserted", "certain", False, None, "v2", (Span(0, len(text)),),
    )  # fmt: skip
    return Reading(
        Document.of(text, id=id, published="2026-03-09", outlet=f"Paper {id}"), (), voices, (), (), (), (TOWNS[town],),
        (Mention("m1", Span(0, len(who)), Span(0, len(who)), "group", "name", "e1"),), (Entity("e1", who, "group"),),
        (told,), (),
    )  # fmt: skip


def linked(id: str, *readings: Reading) -> Incident:
    """What the linker would make of reports of one happening: the first one's values, all claims."""
    tellings = tuple(Telling(r.document.id, r.events[0].id, tuple(v.name for v in r.voices)) for r in readings)
    claims, parties = [], {}
    for telling, r in zip(tellings, readings, strict=True):
        count, entity = r.events[0].counts[0], r.entities[0]
        claim = Claim((count.low, count.high), telling.voice, telling.voice[-1], telling.document, count.span)
        claims.append(dataclasses.replace(claim, reported="2026-03-09", best=count.best))
        parties.setdefault(entity.name, []).append(
            Claim((entity.name,), telling.voice, telling.voice[-1], telling.document, r.mentions[0].span)
        )
    figures = [claim.best or 0 for claim in claims]
    first = readings[0].events[0]
    town = readings[0].places[0]
    killed = IncidentCount(min(figures), max(set(figures), key=figures.count), max(figures), "ucdp", tuple(claims))
    return Incident(
        id=id, type="ASSAULT", mode="firearms", documents=tuple(t.document for t in tellings), events=tellings,
        time=first.time, place=IncidentPlace(town.name, town.lat, town.lon, town.country, town.admin1, 5.0, "town"),
        parties=tuple(Party("actor", f"n{name}", name, tuple(held)) for name, held in parties.items()),
        counts={"killed": killed},
        origins=len(readings), disagreements=(), labels=(), summary="a killing",
    )  # fmt: skip


class Desk:
    """A store with three reports of one killing, and the edits that are made in it."""

    def __init__(self, path: Path, *readings: Reading) -> None:
        self.store = Store(path)
        self.readings = readings
        self.store.add_many(readings)
        self.store.replace_incidents([linked("i1", *readings)])
        self.number = 0

    def edit(
        self, document: str, field: str, value: Mapping[str, Scalar], *, was: Mapping[str, Scalar] | None = None
    ) -> str:
        r = next(each for each in self.readings if each.document.id == document)
        anchor = Anchor(document, r.document.sha256, r.events[0].trigger, "ASSAULT")
        self.number += 1
        verdict = Verdict(
            f"v{self.number}", r.events[0].id, "edit", "ana", "2026-03-10T10:00:00Z", field=field, value=value,
            was=was or {}, document=document, words=Span(0, 3), anchors=(anchor,),
        )  # fmt: skip
        assert self.store.add_verdict(verdict)
        return verdict.id

    def undo(self, id: str) -> None:
        self.number += 1
        self.store.add_verdict(Verdict(f"u{self.number}", id, "undo", "ana", "2026-03-10T10:00:00Z"))

    @property
    def incident(self) -> Incident:
        (found,) = self.store.shown_incidents()
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(
        tmp_path / "s.db",
        reading("a", 4, 3, "Karan", "Red Front"),
        reading("b", 4, 3, "Karan", "Red Front"),
        reading("c", 7, 3, "Karan", "Blue Army"),
    )


@pytest.fixture
def alone(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "alone.db", reading("a", 4, 3, "Karan", "Red Front"))


def test_retelling_a_figure_takes_the_place_of_its_claim(desk: Desk) -> None:
    desk.edit("c", "killed", {"low": 5, "best": 6, "high": 9})
    killed = desk.incident.counts["killed"]
    assert [(c.document, c.value, c.edited) for c in killed.claims] == [
        ("a", (4, 4), False), ("b", (4, 4), False), ("c", (5, 9), True),
    ]  # fmt: skip
    assert killed.claims[2].span == Span(0, 3) and killed.claims[2].reported == "2026-03-09"
    assert (killed.low, killed.best, killed.high, killed.rule) == (4, 4, 9, RULE)
    (differ,) = desk.incident.disagreements
    assert differ.field == "killed" and {c.document for c in differ.values} == {"a", "b", "c"}


def test_retelling_a_figure_that_no_more_origins_object_to_is_chosen(desk: Desk) -> None:
    desk.edit("a", "killed", {"low": 7, "best": 7, "high": 7})
    assert desk.incident.counts["killed"].best == 7
    desk.edit("b", "killed", {"low": 7, "best": 7, "high": 7})
    assert desk.incident.disagreements == ()


def test_retelling_a_figure_away_and_back(desk: Desk) -> None:
    before = desk.incident
    gone = desk.edit("c", "killed", {})
    assert {c.document for c in desk.incident.counts["killed"].claims} == {"a", "b"}
    assert desk.incident.counts["killed"].high == 4
    desk.undo(gone)
    assert desk.incident == before


def test_retelling_a_figure_that_was_not_read(desk: Desk) -> None:
    desk.edit("b", "injured", {"low": 2, "best": 2, "high": 2})
    (claim,) = desk.incident.counts["injured"].claims
    assert (claim.value, claim.origin, claim.edited) == ((2, 2), "police of b", True)


@pytest.mark.parametrize(
    ("field", "value", "now"),
    [
        ("time", {"earliest": "2026-03-05", "latest": "2026-03-05", "precision": "day"}, day(5)),
        ("type", {"to": "PROTEST"}, "PROTEST"),
        ("mode", {"to": "explosives"}, "explosives"),
    ],
)
def test_retelling_moves_an_incident_that_it_alone_tells(
    alone: Desk, desk: Desk, field: str, value: dict[str, Scalar], now: object
) -> None:
    before = getattr(desk.incident, field)
    edit = alone.edit("a", field, value)
    assert getattr(alone.incident, field) == now
    alone.undo(edit)
    assert getattr(alone.incident, field) == before
    desk.edit("a", field, value)  # two others say otherwise
    assert getattr(desk.incident, field) == before


def test_retelling_a_day_tells_the_disagreement(desk: Desk) -> None:
    edit = desk.edit("a", "time", {"earliest": "2026-03-05", "latest": "2026-03-05", "precision": "day"})
    (differ,) = desk.incident.disagreements
    assert differ.field == "time" and [c.edited for c in differ.values] == [True, False, False]
    desk.edit("b", "time", {"earliest": "2026-03-05", "latest": "2026-03-05", "precision": "day"})
    assert desk.incident.time == day(5)  # two of three now
    desk.undo(edit)
    assert desk.incident.time == day(3)


def test_retelling_a_place(alone: Desk) -> None:
    alone.edit("a", "place", {"name": "Lodora", "lat": 11.0, "lon": 21.0})
    place = alone.incident.place
    assert place and (place.name, place.lat) == ("Lodora", 11.0)


def test_retelling_parties(desk: Desk) -> None:
    desk.edit("c", "party.actor", {"remove": "Blue Army"})
    assert [party.name for party in desk.incident.parties] == ["Red Front"]
    desk.edit("c", "party.actor", {"name": "Red Front"})
    (party,) = desk.incident.parties
    assert [(c.document, c.edited) for c in party.claims] == [("a", False), ("b", False), ("c", True)]
    desk.edit("a", "party.actor", {})
    assert [c.document for c in desk.incident.parties[0].claims] == ["b", "c"]
    desk.edit("a", "party.victim", {"name": "herders"})
    assert {(p.role, p.name) for p in desk.incident.parties} == {("actor", "Red Front"), ("victim", "herders")}


def test_retelling_does_not_overrule_what_is_set_on_the_incident(alone: Desk) -> None:
    whole = alone.incident
    edit = Verdict("w1", whole.id, "edit", "ben", "2026-03-10T09:00:00Z", field="killed", value={"best": 5})
    alone.store.add_verdict(edit)
    alone.edit("a", "killed", {"low": 8, "best": 8, "high": 8})
    killed = alone.incident.counts["killed"]
    assert killed.best == 5 and killed.claims[0].value == (8, 8)


def test_retelling_holds_after_a_new_run_with_other_ids(desk: Desk, tmp_path: Path) -> None:
    desk.edit("c", "killed", {"low": 5, "best": 6, "high": 9}, was={"low": 7, "best": 7, "high": 7})
    expected = desk.incident.counts["killed"]
    anew = tuple(
        reading(id, killed, 3, "Karan", who, event="xnew")
        for id, killed, who in (("a", 4, "Red Front"), ("b", 4, "Red Front"), ("c", 7, "Blue Army"))
    )
    with Store(tmp_path / "new.db") as other:
        other.add_many(anew)
        other.replace_incidents([linked("i9", *anew)])
        other.import_verdicts(desk.store.verdicts())
        (shown,) = other.shown_incidents()
        assert shown.counts["killed"] == expected and other.conflicts() == ()


def test_retelling_that_models_read_otherwise_now_is_a_conflict(desk: Desk, tmp_path: Path) -> None:
    desk.edit("c", "killed", {"low": 5, "best": 6, "high": 9}, was={"low": 3, "best": 3, "high": 3})
    (conflict,) = desk.store.conflicts()
    assert conflict.kind == "changed" and "telling" in conflict.about
    assert desk.incident.counts["killed"].claims[2].edited  # it still counts


def test_retelling_goes_along_when_tellings_are_split_off(desk: Desk) -> None:
    desk.edit("c", "killed", {"low": 5, "best": 6, "high": 9})
    ours = [a for v in desk.store.verdicts() for a in v.anchors]
    everyone = tuple(
        dataclasses.replace(ours[0], document=r.document.id, sha256=r.document.sha256, span=r.events[0].trigger)
        for r in desk.readings
    )
    desk.store.add_verdict(
        Verdict("s1", "i1", "split", "ana", "2026-03-10T11:00:00Z", anchors=everyone, others=(ours[0],))
    )
    away = next(each for each in desk.store.shown_incidents() if each.documents == ("c",))
    assert [c.value for c in away.counts["killed"].claims] == [(5, 9)]
