"""The town that reports are set in, where no telling names one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from dateline.core import Passage, Place, Reading, Span, Toponym
from dateline.incidents import link

OUJDA = Place("g2", "Oujda", "city", 34.68, -1.91, "MA", "Oriental", radius_km=10.0)
RABAT = Place("g3", "Rabat", "city", 34.01, -6.83, "MA", "Rabat-Salé-Kénitra", radius_km=10.0)
MOROCCO = Place("g4", "Morocco", "country", 32.0, -6.0, "MA", radius_km=700.0)


def _named(reading: Reading, *places: Place, dateline: str = "") -> Reading:
    """The reading with every occurrence of the places' names found, and its first words made a dateline."""
    text = reading.document.text
    toponyms = []
    for place in places:
        at = text.find(place.name)
        while at >= 0:
            toponyms.append(Toponym(f"l{place.id}{at}", Span(at, at + len(place.name)), place.id))
            at = text.find(place.name, at + 1)
    cut = len(dateline)
    passages = (Passage("p1", Span(cut, len(text)), "narration", "v1", None),)
    if dateline:
        passages = (Passage("p0", Span(0, cut), "dateline", "v1", None), *passages)
    known = {place.id: place for place in (*reading.places, *places)}
    return dataclasses.replace(reading, toponyms=tuple(toponyms), passages=passages, places=tuple(known.values()))


def _where(reading: Reading) -> tuple[str, str] | None:
    (incident,) = link([reading])
    return (incident.place.name, incident.place.by) if incident.place else None


def test_incidents_stage_is_the_town_of_the_dateline(report: Callable[..., Any]) -> None:
    made = report("a", "Oujda — A man shot his neighbour over a fence.").event("shot").made()
    assert _where(_named(made, OUJDA, dateline="Oujda — ")) == ("Oujda", "scene")


def test_incidents_stage_is_the_town_named_most(report: Callable[..., Any]) -> None:
    text = "A man shot his neighbour, Oujda police said. He had come from Rabat to Oujda in May."
    assert _where(_named(report("a", text).event("shot").made(), OUJDA, RABAT)) == ("Oujda", "scene")


def test_incidents_stage_abstains_between_two_towns(report: Callable[..., Any]) -> None:
    text = "A man shot his neighbour. Oujda is far from Rabat, but the train from Rabat to Oujda is new."
    assert _where(_named(report("a", text).event("shot").made(), OUJDA, RABAT)) is None


def test_incidents_stage_needs_more_than_one_name(report: Callable[..., Any]) -> None:
    made = report("a", "A man who was born in Oujda shot his neighbour.").event("shot").made()
    assert _where(_named(made, OUJDA)) is None


def test_incidents_stage_gives_way_to_a_told_town(report: Callable[..., Any]) -> None:
    text = "Rabat — A man shot his neighbour in Oujda, the court in Rabat heard."
    made = report("a", text).event("shot", place="Oujda").made()
    assert _where(_named(made, OUJDA, RABAT, dateline="Rabat — ")) == ("Oujda", "told")


def test_incidents_stage_lies_in_the_told_country(report: Callable[..., Any]) -> None:
    text = "Quito — A man shot his neighbour in Morocco, the embassy in Quito said."
    quito = Place("g9", "Quito", "city", -0.2, -78.5, "EC", "Pichincha", radius_km=15.0)
    made = report("a", text).event("shot", place="Morocco").made()
    assert _where(_named(made, quito, MOROCCO, dateline="Quito — ")) == ("Morocco", "told")


def test_incidents_stage_is_for_the_leading_happening(report: Callable[..., Any]) -> None:
    text = "Rabat — A man shot his neighbour in Oujda. Another man stabbed a guard last spring, Rabat heard."
    made = report("a", text).event("shot", place="Oujda", day="2021-03-02").event("stabbed", day="2021-02-10").made()
    places = {i.place.name for i in link([_named(made, OUJDA, RABAT, dateline="Rabat — ")]) if i.place}
    assert places == {"Oujda"}


def test_incidents_stage_is_no_street(report: Callable[..., Any]) -> None:
    text = "A man shot his neighbour on Rabat Avenue. Rabat Avenue was closed."
    assert _where(_named(report("a", text).event("shot").made(), RABAT)) is None


def test_incidents_past_deed_is_dated_where_a_report_looks_back(report: Callable[..., Any]) -> None:
    text = "A man was charged after he shot a clerk in Oujda. The shooting on 20 February closed the shop."
    made = report("a", text).event("charged", type="COERCE", mode="arrest").event("shot", place="Oujda")
    reading = made.event("shooting", day="2021-02-20", place="Oujda", background=True).made()
    days = {i.time.earliest for i in link([_named(reading, OUJDA)]) if i.type == "ASSAULT" and i.time}
    assert days == {"2021-02-20"}


def test_incidents_past_deed_dates_no_new_one(report: Callable[..., Any]) -> None:
    text = "A man shot a clerk in Oujda. A like shooting on 20 February closed a shop. Police arrested nobody."
    made = report("a", text).event("shot", place="Oujda")
    made = made.event("shooting", day="2021-02-20", place="Oujda", background=True)
    reading = made.event("arrested", type="COERCE", mode="arrest", status="negated").made()
    days = [i.time.earliest for i in link([_named(reading, OUJDA)]) if i.type == "ASSAULT" and i.time]
    assert days != ["2021-02-20", "2021-02-20"]
