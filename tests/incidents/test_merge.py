"""Claims, origins, figures and disagreements of one incident."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from dateline.core import Incident
from dateline.incidents import link

Report = Callable[..., Any]
OPENING = "A bomb in the fish market of Ahfir on Tuesday tore through the stalls between the quay and the ice house."


def told(report: Report, id: str, words: str, **more: Any) -> Any:
    return report(id, f"{OPENING} {words}", **more)


def bomb(made: Any, killed: int, voice: str, high: int | None = -1) -> Any:
    words = f"{killed} dead"
    return made.event("bomb", mode="explosives", day="2021-03-02", place="Ahfir", voice=voice,
                      killed=(words, killed, killed if high == -1 else high))  # fmt: skip


def only(incidents: tuple[Incident, ...]) -> Incident:
    (incident,) = incidents
    return incident


def test_incidents_copies_of_one_wire_are_one_origin(report: Report, filler: str) -> None:
    wire = OPENING + " It left 9 dead." + filler
    texts = {"a": wire, "b": wire + " Schools stay closed.", "c": "AHFIR: " + wire.replace("tore", "ripped")}
    readings = [bomb(report(id, text), 9, "v1").made() for id, text in texts.items()]
    incident = only(link(readings))
    assert incident.documents == ("a", "b", "c")
    assert incident.origins == 1
    assert {claim.origin for claim in incident.counts["killed"].claims} == {"The a Gazette"}


def test_incidents_copies_count_as_their_agency(report: Report, filler: str) -> None:
    wire = OPENING + " It left 9 dead." + filler
    credited, plain = report("a", wire), report("b", wire)
    readings = [bomb(credited, 9, credited.voice("Maghreb Wire", "agency")).made(), bomb(plain, 9, "v1").made()]
    incident = only(link(readings))
    assert incident.origins == 1
    assert {claim.origin for claim in incident.counts["killed"].claims} == {"Maghreb Wire"}


def test_incidents_outlets_that_quote_one_body_are_one_origin(report: Report) -> None:
    a = told(report, "a", "The army counted 9 dead.")
    b = told(report, "b", "There were 9 dead, a spokesman for the army told Maghreb Wire.")
    readings = [
        bomb(a, 9, a.voice("The army")).made(),
        bomb(b, 9, b.voice("a spokesman for the army", through="Maghreb Wire")).made(),
    ]
    incident = only(link(readings))
    assert incident.origins == 1
    assert ("The b Gazette", "Maghreb Wire", "a spokesman for the army") in {t.voice for t in incident.events}


def test_incidents_outlets_own_words_are_its_source_s(report: Report) -> None:
    a = told(report, "a", "It left 9 dead. The army put the toll at 9 dead as well.")
    a.event("bomb", mode="explosives", day="2021-03-02", place="Ahfir", killed=("9 dead. ", 9, 9))
    a.event("toll", day="2021-03-02", killed=("9 dead as", 9, 9), voice=a.voice("The army"))
    incident = only(link([a.made()]))
    assert incident.origins == 1
    assert {claim.origin for claim in incident.counts["killed"].claims} == {"The army"}


def test_incidents_later_figure_of_one_origin_replaces_its_first(report: Report) -> None:
    a = told(report, "a", "The health department counted 9 dead.", published="2021-03-02")
    b = told(report, "b", "The health department now counts 14 dead.", published="2021-03-03")
    readings = [bomb(m, n, m.voice("The health department")).made() for m, n in ((a, 9), (b, 14))]
    count = only(link(readings)).counts["killed"]
    assert (count.low, count.best, count.high, count.rule) == (14, 14, 14, "ucdp")
    assert [(claim.value, claim.superseded) for claim in count.claims] == [((9, 9), True), ((14, 14), False)]
    assert only(link(readings)).disagreements == ()


def test_incidents_reprint_of_an_old_figure_replaces_nothing(report: Report, filler: str) -> None:
    wire = OPENING + " The army counted 9 dead." + filler
    a, c = report("a", wire, published="2021-03-02"), report("c", wire, published="2021-03-05")
    b = told(report, "b", "The army now counts 14 dead.", published="2021-03-03")
    readings = [bomb(m, n, m.voice("The army")).made() for m, n in ((a, 9), (b, 14), (c, 9))]
    assert only(link(readings)).counts["killed"].best == 14


def test_incidents_figures_of_two_origins_disagree(report: Report) -> None:
    a = told(report, "a", "The health department counted 14 dead.")
    b = told(report, "b", "The army put it at 9 dead.")
    c = told(report, "c", "Doctors at the clinic counted 14 dead.")
    readings = [
        bomb(a, 14, a.voice("The health department")).made(),
        bomb(b, 9, b.voice("The army")).made(),
        bomb(c, 14, c.voice("Doctors at the clinic", "person")).made(),
    ]
    incident = only(link(readings))
    count = incident.counts["killed"]
    assert (count.low, count.best, count.high) == (9, 14, 14)
    assert incident.origins == 3
    (dispute,) = incident.disagreements
    assert dispute.field == "killed" and {claim.value for claim in dispute.values} == {(14, 14), (9, 9)}
    assert only(link(readings, rule="acled")).counts["killed"].best == 9


def test_incidents_open_figure_goes_with_a_larger_one(report: Report) -> None:
    a = told(report, "a", "The army spoke of at least 9 dead.")
    b = told(report, "b", "Doctors counted 12 dead.")
    readings = [bomb(a, 9, a.voice("The army"), high=None).made(), bomb(b, 12, b.voice("Doctors")).made()]
    incident = only(link(readings))
    count = incident.counts["killed"]
    assert (count.low, count.best, count.high) == (9, 12, 12)
    assert incident.disagreements == ()


def test_incidents_part_of_a_figure_is_no_rival(report: Report) -> None:
    a = told(report, "a", "The army counted 14 dead, 3 children among them.")
    army = a.voice("The army")
    bomb(a, 14, army).event("counted", killed=("3 children", 3, 3), voice=army)
    b = told(report, "b", "Doctors, too, counted 14 dead.")
    incident = only(link([a.made(), bomb(b, 14, b.voice("Doctors")).made()]))
    assert (incident.counts["killed"].low, incident.counts["killed"].best) == (14, 14)
    assert incident.disagreements == ()


def test_incidents_denial_joins_what_it_denies(report: Report) -> None:
    a = told(report, "a", "The army blamed the Northern Valleys Front. The Front denied having laid it.")
    a.event("bomb", mode="explosives", day="2021-03-02", place="Ahfir", actor="Northern Valleys Front",
            voice=a.voice("The army"))  # fmt: skip
    a.event("laid", mode="explosives", actor="The Front", status="denied", voice=a.voice("The Front", "organisation"))
    incident = only(link([a.made()]))
    assert {telling.event for telling in incident.events} == {"x1", "x2"}
    (dispute,) = incident.disagreements
    assert dispute.field == "responsibility"
    assert [claim.value for claim in dispute.values] == [("Northern Valleys Front",), ("denied: The Front",)]


def test_incidents_denial_in_another_report_joins(report: Report) -> None:
    a = told(report, "a", "The army blamed the Northern Valleys Front.")
    a.event("bomb", mode="explosives", day="2021-03-02", place="Ahfir", actor="Northern Valleys Front",
            voice=a.voice("The army"))  # fmt: skip
    b = told(report, "b", "The Northern Valleys Front said it had nothing to do with it.")
    b.event("bomb", mode="explosives", day="2021-03-02", status="denied", actor="Northern Valleys Front",
            voice=b.voice("Northern Valleys Front", "organisation"))  # fmt: skip
    incident = only(link([a.made(), b.made()]))
    assert [dispute.field for dispute in incident.disagreements] == ["responsibility"]


def test_incidents_parties_and_labels_are_kept_by_voice(report: Report) -> None:
    a = told(report, "a", "The army blamed the Northern Valleys Front, a terrorist gang.")
    a.event("bomb", mode="explosives", actor="Northern Valleys Front", victim="stalls", voice=a.voice("The army"))
    front = a.entities["eNorthern Valleys Front"]
    a.party("Northern Valleys Front", label="a terrorist gang")
    incident = only(link([a.made()]))
    assert [(p.role, p.name, p.kind) for p in incident.parties] == [
        ("actor", front.name, "group"), ("victim", "stalls", "people"),
    ]  # fmt: skip
    assert incident.parties[0].claims[0].origin == "The army"
    assert [(label.text, label.voice) for label in incident.labels] == [("a terrorist gang", ("The a Gazette",))]


def test_incidents_days_and_places_that_differ_are_told(report: Report, filler: str) -> None:
    wire = OPENING + filler
    a, b = report("a", wire + " The army spoke."), report("b", wire + " Doctors spoke.")
    a.event("bomb", day="2021-03-02", place="Ahfir", voice=a.voice("The army"))
    b.event("bomb", day="2021-03-01", place="Rabat", voice=b.voice("Doctors"))
    incident = only(link([a.made(), b.made()]))
    assert [dispute.field for dispute in incident.disagreements] == ["time", "place"]


def test_incidents_head_of_a_body_counts_as_the_body(report: Report) -> None:
    a = told(report, "a", "Dr. Emil Amrani, the head of the provincial health department, counted 9 dead.")
    a.says("Dr. Emil Amrani", "person")
    b = told(report, "b", "The health department of the province spoke of 9 dead.")
    readings = [
        bomb(a, 9, a.voice("Dr. Emil Amrani", "person")).made(),
        bomb(b, 9, b.voice("The health department", "organisation")).made(),
    ]
    incident = only(link(readings))
    assert incident.origins == 1
    assert {claim.origin for claim in incident.counts["killed"].claims} == {"The health department"}


def test_incidents_counts_of_one_event_add_up(report: Report) -> None:
    a = told(report, "a", "The army counted six traders and two guards dead.")
    army = a.voice("The army")
    told_six = a.event("bomb", mode="explosives", day="2021-03-02", place="Ahfir", voice=army, killed=("six", 6, 6))
    made = told_six.made()
    (event,) = [e for e in made.events if e.counts]
    more = dataclasses.replace(event.counts[0], low=2, best=2, high=2, span=a.span("two guards"), of="guards")
    made = dataclasses.replace(
        made, events=tuple(dataclasses.replace(e, counts=(*e.counts, more)) if e.counts else e for e in made.events)
    )
    killed = only(link([made])).counts["killed"]
    assert (killed.low, killed.best, killed.high) == (8, 8, 8)
    assert [(claim.value, claim.part) for claim in killed.claims] == [((6, 6), True), ((8, 8), False), ((2, 2), True)]
    assert {claim.of for claim in killed.claims if claim.part} >= {"guards"}


def test_incidents_same_day_figures_go_by_the_clock(report: Report) -> None:
    a = told(report, "a", "The army counted 9 dead.", published="2021-03-02T18:00:00+01:00")
    b = told(report, "b", "The army counts 14 dead.", published="2021-03-02T18:30:00+00:00")
    c = told(report, "c", "The army counts 11 dead.", published="2021-03-02")
    made = [bomb(m, n, m.voice("The army")).made() for m, n in ((a, 9), (b, 14), (c, 11))]
    claims = only(link(made)).counts["killed"].claims
    assert {claim.value[0]: claim.superseded for claim in claims} == {9: True, 14: False, 11: False}


def test_incidents_repeated_figure_is_not_replaced(report: Report) -> None:
    a = told(report, "a", "The army counted 9 dead.", published="2021-03-02")
    b = told(report, "b", "The army again counts 9 dead.", published="2021-03-04")
    made = [bomb(m, 9, m.voice("The army")).made() for m in (a, b)]
    assert not any(claim.superseded for claim in only(link(made)).counts["killed"].claims)


def test_incidents_words_take_and_lay_the_blame(report: Report) -> None:
    a = told(
        report,
        "a",
        "It left 9 dead. The governor blamed the Coast Brigade for the bombing. The Lantern Party claimed"
        " responsibility. No group has claimed responsibility for others. The Coast Brigade denied any involvement.",
    )
    bomb(a, 9, "v1")
    for words in ("the Coast Brigade", "The Lantern Party", "The Coast Brigade", "No group"):
        a.party(words)
    incident = only(link([a.made()]))
    actors = {p.name: [c.status for c in p.claims] for p in incident.parties if p.role == "actor"}
    assert actors == {"the Coast Brigade": ["accused", "denied"], "The Lantern Party": ["claimed"]}
    assert incident.grade and incident.grade.name == "contested"


def test_incidents_own_claim_confirms(report: Report) -> None:
    a = told(report, "a", "It left 9 dead. The Lantern Party claimed responsibility for the attack.")
    bomb(a, 9, "v1").party("The Lantern Party")
    grade = only(link([a.made()])).grade
    assert grade and (grade.name, grade.why) == ("confirmed by the acting party", "The Lantern Party claims it")


def test_incidents_blame_for_words_is_no_claim(report: Report) -> None:
    a = told(report, "a", "It left 9 dead. The mayor accused the Coast Brigade of lying to the court for years.")
    bomb(a, 9, "v1").party("the Coast Brigade")
    assert [p for p in only(link([a.made()])).parties if p.role == "actor"] == []
