"""What makes one incident, and what stays apart."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

from dateline.core import Incident, Reading, Span
from dateline.incidents import link

Report = Callable[..., Any]


def market(report: Report, id: str, toll: int = 9, **more: Any) -> Any:
    """A report of a bomb in the market of Ahfir."""
    opening = {
        "a": f"A bomb in the fish market of Ahfir killed {toll} people on Tuesday, the health department said.",
        "b": f"The army said {toll} people died when a bomb went off in Ahfir's fish market on Tuesday morning.",
        "c": f"Ahfir mourned on Tuesday after the bomb at its fish market, in which {toll} people lost their lives.",
    }[id]
    text = opening + " Stalls burned between the old quay and the ice house."
    return report(id, text, **more)


def by_size(incidents: tuple[Incident, ...]) -> list[Incident]:
    return sorted(incidents, key=lambda i: (-len(i.events), i.id))


def two_origins(report: Report, army: int = 9) -> list[Reading]:
    a = market(report, "a")
    a.event("bomb", mode="explosives", day="2021-03-02", place="Ahfir", killed=("9 people", 9, 9),
            voice=a.voice("the health department"))  # fmt: skip
    b = market(report, "b", army)
    b.event("bomb", mode="explosives", day="2021-03-02", place="Ahfir", killed=(f"{army} people", army, army),
            voice=b.voice("The army"))  # fmt: skip
    return [a.made(), b.made()]


def test_incidents_two_reports_of_one_bomb_are_one(report: Report) -> None:
    (incident,) = link(two_origins(report))
    assert incident.documents == ("a", "b")
    assert incident.origins == 2
    assert incident.disagreements == ()
    assert (incident.time.earliest, incident.time.latest) == ("2021-03-02", "2021-03-02")
    assert incident.place is not None and incident.place.name == "Ahfir"
    assert incident.summary == "ASSAULT/explosives in Ahfir, MA, 2021-03-02: 9 killed"
    assert incident.events[0].voice == ("The a Gazette", "the health department")


def test_incidents_day_of_the_next_attack_stays_apart(report: Report) -> None:
    first = market(report, "a").event("bomb", mode="explosives", day="2021-03-02", place="Ahfir")
    again = "A second blast hit Ahfir within a day: on Wednesday a bomb wrecked the bus station, police in Ahfir said."
    second = report("d", again, published="2021-03-04")
    second.event("bomb", mode="explosives", day="2021-03-03", place="Ahfir")
    assert len(link([first.made(), second.made()])) == 2


def test_incidents_two_towns_in_one_round_up_stay_apart(report: Report) -> None:
    text = "Shells fell on Oujda on Tuesday and killed 2 people. In Rabat a gunman shot 3 others the same day."
    made = report("r", text)
    made.event("fell", mode="heavy-weapons", day="2021-03-02", place="Oujda", killed=("2 people", 2, 2))
    made.event("shot", mode="firearms", day="2021-03-02", place="Rabat", killed=("3 others", 3, 3))
    assert len(link([made.made()])) == 2


def test_incidents_month_total_never_joins_the_day(report: Report) -> None:
    text = "A bomb killed 4 people in Ahfir on Tuesday. Bombings in Ahfir have killed 85 this month."
    made = report("r", text)
    made.event("bomb", mode="explosives", day="2021-03-02", place="Ahfir", killed=("4 people", 4, 4))
    made.event("Bombings", mode="explosives", day=("2021-03-01", "2021-03-31"), place="Ahfir", killed=("85", 85, 85))
    day, month = link([made.made()])[::-1]
    assert {day.counts["killed"].best, month.counts["killed"].best} == {4, 85}


def test_incidents_history_stays_apart_from_the_day(report: Report) -> None:
    text = "Gunmen stormed a post in Ahfir on Tuesday. A similar raid in 2016 left 7 soldiers dead."
    made = report("r", text)
    made.event("stormed", mode="firearms", day="2021-03-02", place="Ahfir")
    made.event("raid", day=("2016-01-01", "2016-12-31"), background=True, killed=("7 soldiers", 7, 7))
    assert len(link([made.made()])) == 2


def test_incidents_vague_history_founds_nothing(report: Report) -> None:
    made = report("r", "Gunmen stormed a post in Ahfir on Tuesday. The town has seen raids before.")
    made.event("stormed", mode="firearms", day="2021-03-02", place="Ahfir").event("raids", background=True)
    (incident,) = link([made.made()])
    assert [telling.event for telling in incident.events] == ["x1"]


def test_incidents_plans_and_threats_found_nothing(report: Report) -> None:
    made = report("r", "Unions plan to march on Friday. Rebels threatened to attack. Police did not fire.")
    made.event("march", "PROTEST", status="planned").event("attack", status="threatened")
    made.event("fire", status="negated")
    assert link([made.made()]) == ()


def test_incidents_vague_telling_joins_its_document(report: Report) -> None:
    made = report("r", "Gunmen raided a farm near Oujda on Tuesday. Two brothers were shot dead, neighbours said.")
    made.event("raided", day="2021-03-02", place="Oujda").event("shot", mode="firearms", killed=("Two brothers", 2, 2))
    (incident,) = link([made.made()])
    assert incident.counts["killed"].best == 2 and incident.mode == "firearms"


def test_incidents_speakers_words_join_only_their_own(report: Report) -> None:
    made = report("r", "Amina Tazi condemned the raid. Omar Benali condemned the police. Tazi denounced them.")
    made.event("condemned the raid", "ACCUSE", actor="Amina Tazi").event(
        "condemned the p", "ACCUSE", actor="Omar Benali"
    )
    made.event("denounced", "ACCUSE", actor="Tazi")
    assert len(link([made.made()])) == 3


def test_incidents_arrests_and_words_found_none_beside_the_conflict(report: Report) -> None:
    made = report("r", "Gunmen raided a farm near Oujda. Police arrested two men. Tazi condemned the raid.")
    made.event("raided", day="2021-03-02", place="Oujda").event("arrested", "COERCE", "arrest")
    made.event("condemned", "ACCUSE", actor="Tazi")
    assert [incident.type for incident in link([made.made()])] == ["ASSAULT"]
    alone = report("s", "Police arrested two men in Oujda.").event("arrested", "COERCE", "arrest", place="Oujda")
    assert [incident.type for incident in link([alone.made()])] == ["COERCE"]


def test_incidents_order_of_arrival_does_not_matter(report: Report) -> None:
    readings = two_origins(report, army=12)
    texts = {
        "Oujda": "Bakers marched in Oujda on Monday against the price of flour. Gendarmes detained two of them.",
        "Rabat": "In Rabat a column of nurses walked to the ministry after work; guards held a midwife.",
        "Fez": "Welders from the yard of Fez took to the streets again and threw eggs. Later 4 men were held.",
    }
    for n, (town, text) in enumerate(texts.items()):
        made = report(f"p{n}", text, published=f"2021-03-0{2 + n % 2}")
        made.event(("marched", "walked", "took")[n], "PROTEST", "demo", day="2021-03-01", place=town)
        made.event(("detained", "held", "held")[n], "COERCE", "arrest", place=town)
        readings.append(made.made())
    expected = link(readings)
    assert len(expected) == 4
    for seed in range(8):
        shuffled = random.Random(seed).sample(readings, len(readings))
        assert link(shuffled) == expected
    assert link([*readings, readings[0]]) == expected


def test_incidents_undated_report_still_gives_one(report: Report) -> None:
    made = report("r", "Shots were fired at a bus.", published=None).event("fired", mode="firearms")
    (incident,) = link([made.made()])
    assert incident.time is None and incident.place is None and incident.summary == "ASSAULT/firearms"


def test_incidents_hold_for_any_readings(report: Report) -> None:
    for seed in range(12):
        readings = _any_readings(report, random.Random(seed))
        incidents = link(readings)
        members = [(telling.document, telling.event) for incident in incidents for telling in incident.events]
        assert len(members) == len(set(members))
        assert len({incident.id for incident in incidents}) == len(incidents)
        assert link(random.Random(seed + 99).sample(readings, len(readings))) == incidents
        for incident in incidents:
            assert incident.documents == tuple(sorted({telling.document for telling in incident.events}))
            assert incident.origins >= 1
            for count in incident.counts.values():
                assert count.best is not None and count.low <= count.best
                assert count.high is None or count.best <= count.high
                assert any(not claim.superseded for claim in count.claims)


def _any_readings(report: Report, chance: random.Random) -> list[Reading]:
    stems = ["shot", "raided", "marched", "held", "bombed", "burned", "fled", "met", "warned", "seized", "freed"]
    readings = []
    for n in range(8):
        words = chance.choices(stems, k=chance.randint(1, 12))
        text = " ".join(f"{word}{k} {chance.randint(1, 30)} men{k}." for k, word in enumerate(words))
        made = report(f"d{n}", text, published=chance.choice([None, f"2021-03-{chance.randint(1, 9):02}"]))
        speakers = ["v1", made.voice("The army"), made.voice("police"), made.voice("Wire", "agency")]
        for k, word in enumerate(words):
            low = chance.randint(1, 30)
            made.event(
                f"{word}{k}",
                chance.choice(["ASSAULT", "PROTEST", "COERCE", "ACCUSE", "ODD"]),
                chance.choice([None, "firearms", "aerial", "riot"]),
                day=chance.choice([None, f"2021-03-{chance.randint(1, 9):02}", ("2021-01-01", "2021-03-01")]),
                place=chance.choice([None, "Ahfir", "Rabat", "Morocco"]),
                voice=chance.choice(speakers),
                status=chance.choice(["asserted", "asserted", "denied", "planned", "attempted"]),
                background=chance.random() < 0.2,
                actor=chance.choice([None, f"men{k}"]),
                killed=(f"men{k}", low, chance.choice([None, low, low + 5])),
            )
        readings.append(made.made())
    return readings


def test_incidents_grow_with_the_text_alone(report: Report) -> None:
    def seconds(size: int) -> float:
        text = " ".join(f"shot{n} 3 men{n}." for n in range(size))
        made = report("long", text)
        offsets = made.document.text
        at = 0
        for n in range(size):
            at = offsets.index(f"shot{n} ", at)
            made.span = lambda words, start=at: Span(start, start + 4)
            made.event("shot", mode="firearms", actor="men", killed=("men", 3, 3))
        reading = made.made()
        start = time.process_time()
        link([reading])
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 16 * max(seconds(1000), 0.05)


def test_incidents_other_words_join_by_day_town_and_party(report: Report) -> None:
    a = report(
        "a", "Rebels of the Northern Valleys Front shelled barracks at Ahfir before dawn on 2 March: 9 men fell."
    )
    a.event("shelled", mode="heavy-weapons", day="2021-03-02", place="Ahfir", actor="Northern Valleys Front",
            killed=("9 men", 9, 9))  # fmt: skip
    late = "Nine recruits, among them a cook, were buried with honours; Northern Valleys Front mortars killed all nine."
    b = report("b", late, published="2021-04-20")
    b.event("killed", mode="heavy-weapons", day="2021-03-02", place="Ahfir", actor="Northern Valleys Front",
            killed=("all nine", 9, 9))  # fmt: skip
    c = report("c", "Five thieves emptied a jeweller's shop in Ahfir on 2 March.", published="2021-04-21")
    c.event("emptied", mode="firearms", day="2021-03-02", place="Ahfir")
    first, second = link([a.made(), b.made(), c.made()])
    assert (first.documents, second.documents) == (("a", "b"), ("c",))


def test_incidents_riot_and_stone_throwing_are_one(report: Report) -> None:
    made = report("r", "A crowd stormed the town hall of Ahfir on Tuesday. Youths hurled stones at its windows.")
    made.event("stormed", "PROTEST", "riot", day="2021-03-02", place="Ahfir")
    made.event("hurled", "ASSAULT", "primitive", day="2021-03-02", place="Ahfir")
    assert len(link([made.made()])) == 1
