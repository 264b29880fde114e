"""Hand-made readings and incidents of invented happenings, for the tests of every format."""

from __future__ import annotations

import re

import pytest

from dateline.core import (
    Argument,
    Attribution,
    Claim,
    Count,
    Disagreement,
    Document,
    Entity,
    Event,
    EventPlace,
    EventTime,
    Incident,
    IncidentCount,
    IncidentLabel,
    IncidentPlace,
    Label,
    Medium,
    Mention,
    Party,
    Passage,
    Place,
    Reading,
    Span,
    Telling,
    Timex,
    Toponym,
    Voice,
)
from dateline.knowledge.ontology import ontology

HEADLINE = "Mortar fire kills nine in Kirkuk market, officials say"
NARRATION = (
    "At least nine people were killed on Tuesday when mortar rounds hit a market in Kirkuk, "
    "police officials told Wire North. The fighters of the Red Banner Front fled, witnesses said."
)
STATEMENT = (
    "Our forces did not fire on civilians. The militants will answer for last year's bombing in Basra, "
    "which wounded dozens of pilgrims."
)
POST = "Protesters are burning tyres outside the mayor's office #Kirkuk — Zagros Watch (@zagroswatch) March 5, 2024"
TEXT = "\n\n".join((HEADLINE, NARRATION, STATEMENT, POST))


def find(words: str, nth: int = 0, text: str = TEXT) -> Span:
    """The span of the nth occurrence of the words."""
    return [Span(m.start(), m.end()) for m in re.finditer(re.escape(words), text)][nth]


def _mention(id: str, words: str, kind: str, entity: str | None, level: str = "nominal", nth: int = 0) -> Mention:
    span = find(words, nth)
    return Mention(id, span, span, kind, level, entity)  # type: ignore[arg-type]


def _event(id: str, trigger: str, type: str, mode: str | None, evidence: str, **told) -> Event:
    plain = {
        "arguments": (),
        "place": None,
        "time": None,
        "counts": (),
        "status": "asserted",
        "certainty": "certain",
        "background": False,
        "attribution": None,
        "voice": "v1",
    }
    plain["muc4"] = ontology().entry(type, mode).muc4
    return Event(id=id, trigger=find(trigger), type=type, mode=mode, evidence=(find(evidence),), **(plain | told))


def _events() -> tuple[Event, ...]:
    tuesday = EventTime("2024-03-05", "2024-03-05", "day", "t1")
    return (
        _event(
            "x1",
            "killed",
            "ASSAULT",
            "heavy-weapons",
            "At least nine people were killed on Tuesday when mortar rounds hit a market in Kirkuk",
            arguments=(Argument("victim", "m1"), Argument("target", "m2"), Argument("instrument", "m3")),
            place=EventPlace("g1", find("Kirkuk", 1)),
            time=tuesday,
            counts=(Count("killed", 9, 9, None, find("At least nine"), "people", "m1"),),
            attribution="a1",
            voice="v3",
        ),
        _event(
            "x2",
            "fled",
            "RETREAT",
            "withdraw",
            "The fighters of the Red Banner Front fled",
            arguments=(Argument("actor", "m4"),),
            certainty="probable",
            attribution="a2",
            voice="v4",
        ),
        _event(
            "x3",
            "fire on",
            "ASSAULT",
            "firearms",
            "Our forces did not fire on civilians.",
            arguments=(Argument("actor", "m5"), Argument("recipient", "m6")),
            status="denied",
            voice="v5",
        ),
        _event(
            "x4",
            "bombing",
            "ASSAULT",
            "explosives",
            "The militants will answer for last year's bombing in Basra, which wounded dozens of pilgrims.",
            arguments=(Argument("actor", "m7"), Argument("victim", "m8")),
            place=EventPlace("g2", find("Basra")),
            time=EventTime("2023-01-01", "2023-12-31", "year", "t2"),
            counts=(Count("injured", 24, 30, 99, find("dozens of pilgrims"), "pilgrims", "m8"),),
            background=True,
            voice="v5",
        ),
        _event(
            "x5",
            "burning",
            "PROTEST",
            "riot",
            "Protesters are burning tyres outside the mayor's office",
            arguments=(Argument("actor", "m9"), Argument("target", "m10")),
            place=EventPlace("g1", find("#Kirkuk")),
            time=EventTime("2024-03-05", "2024-03-05", "day", None),
            voice="v6",
        ),
    )


def make_reading() -> Reading:
    """Five events, six voices, two of them heard through others, in four passages."""
    marks = [0, len(HEADLINE) + 2, find(STATEMENT).start, find(POST).start, len(TEXT)]
    roles = (("headline", "v1"), ("narration", "v1"), ("statement", "v5"), ("post", "v6"))
    return Reading(
        document=Document.of(
            TEXT,
            id="made-1",
            published="2024-03-06",
            outlet="The Northern Courier",
            url="https://courier.example/kirkuk",
            title="Mortar fire on Kirkuk market",
        ),
        passages=tuple(
            Passage(f"p{k}", Span(marks[k], marks[k + 1]), role, voice, "2024-03-05")  # type: ignore[arg-type]
            for k, (role, voice) in enumerate(roles)
        ),
        voices=(
            Voice("v1", "outlet", "outlet", ("v1",)),
            Voice("v2", "Wire North", "agency", ("v1", "v2")),
            Voice("v3", "police officials", "official", ("v1", "v2", "v3")),
            Voice("v4", "witnesses", "unnamed", ("v1", "v4")),
            Voice("v5", "Ministry of Defence", "organisation", ("v1", "v5"), "irq-mod"),
            Voice("v6", "Zagros Watch", "post", ("v1", "v6")),
        ),
        attributions=(
            Attribution(
                "a1",
                "v3",
                "indirect",
                find("police officials"),
                find("told"),
                (find("At least nine people were killed on Tuesday when mortar rounds hit a market in Kirkuk"),),
            ),
            Attribution(
                "a2",
                "v4",
                "indirect",
                find("witnesses"),
                find("said", 0),
                (find("The fighters of the Red Banner Front fled"),),
            ),
        ),
        timexes=(
            Timex("t1", find("Tuesday"), "DATE", "2024-03-05", "2024-03-05", "2024-03-05", "day"),
            Timex("t2", find("last year"), "DATE", "2023", "2023-01-01", "2023-12-31", "year"),
        ),
        toponyms=(
            Toponym("l1", find("Kirkuk", 1), "g1"),
            Toponym("l2", find("Basra"), "g2"),
            Toponym("l3", find("Kirkuk", 2), "g1"),
        ),
        places=(
            Place("g1", "Kirkuk", "city", 35.47, 44.39, "IQ", "Kirkuk", 94787, 12.0),
            Place("g2", "Basra", "city", 30.51, 47.78, "IQ", "Basra", 99532, 15.0),
        ),
        mentions=(
            _mention("m1", "nine people", "people", "e1"),
            _mention("m2", "a market in Kirkuk", "facility", "e2"),
            _mention("m3", "mortar rounds", "weapon", None),
            _mention("m4", "The fighters of the Red Banner Front", "people", "e3"),
            _mention("m5", "Our forces", "force", "e4"),
            _mention("m6", "civilians", "people", "e5"),
            _mention("m7", "The militants", "people", "e3"),
            _mention("m8", "dozens of pilgrims", "people", "e6"),
            _mention("m9", "Protesters", "people", "e7"),
            _mention("m10", "the mayor's office", "facility", "e8"),
        ),
        entities=(
            Entity("e1", "nine people", "people"),
            Entity("e2", "market", "facility"),
            Entity(
                "e3",
                "Red Banner Front",
                "group",
                ("RBF",),
                "red-banner-front",
                "IQ",
                "REB",
                (Label("fighters", "v4", find("fighters")), Label("militants", "v5", find("militants"))),
            ),
            Entity("e4", "Iraqi Army", "force", (), "irq-army", "IQ", "MIL"),
            Entity("e5", "civilians", "people"),
            Entity("e6", "pilgrims", "people"),
            Entity("e7", "Protesters", "people", labels=(Label("Protesters", "v6", find("Protesters")),)),
            Entity("e8", "mayor's office", "facility"),
        ),
        events=_events(),
        media=(Medium(find("(@zagroswatch)"), "post", None, "zagroswatch", "2024-03-05"),),
        producers={"events": "rules-events@1", "times": "rules-times@1"},
    )


HOSTILE = (
    '<script>alert("x1")</script> "onmouseover="alert(2)" said Bob <img src=x onerror=alert(3)> & [bold]rockets[/bold] '
    "\x1b[31mhit {{ 7*7 }} {% raw %} the town\u202e </style></script><!-- -->"
)


def make_hostile() -> Reading:
    """A reading whose every string tries to break out of the page."""
    hit = find("hit", 0, HOSTILE)
    whole = Span(0, len(HOSTILE))
    attack = '"><script>alert(9)</script>'
    return Reading(
        document=Document.of(
            HOSTILE, id=attack, outlet=attack, title=attack, url="javascript:alert(1)", published="not a date"
        ),
        passages=(Passage("p1", whole, "narration", "v1"),),
        voices=(Voice("v1", "outlet", "outlet", ("v1",)), Voice("v2", attack, "person", ("v1", "v2", "v9"))),
        attributions=(Attribution("a1", "v2", "direct", find("Bob", 0, HOSTILE), find("said", 0, HOSTILE), (whole,)),),
        timexes=(),
        toponyms=(Toponym("l1", find("the town", 0, HOSTILE), "g1"),),
        places=(Place("g1", attack, "city", 10.0, 179.9, "FJ", attack),),
        mentions=(
            Mention("m1", find("[bold]rockets[/bold]", 0, HOSTILE), hit, "weapon", "name", "e1"),
            Mention("m2", find("rockets[/bold] \x1b[31mhit", 0, HOSTILE), hit, "weapon", "name", None),
        ),
        entities=(Entity("e1", attack, "weapon", labels=(Label(attack, "v2", hit),)),),
        events=(
            Event(
                "x1",
                hit,
                attack,
                attack,
                (Argument("actor", "m1"), Argument("target", "m2"), Argument("victim", "gone")),
                EventPlace("g1", find("the town", 0, HOSTILE)),
                EventTime("2024-13-45", "soon", "day", "gone"),
                (Count("killed", 1, None, None, find("1", 0, HOSTILE), attack),),
                "asserted",
                "certain",
                False,
                "a1",
                "v2",
                (whole,),
            ),
        ),
        media=(),
        producers={"events": attack},
    )


def make_incident() -> Incident:
    """One incident with three claims of the dead, one of them superseded, and a disagreement."""
    outlet = "The Northern Courier"
    nine = find("At least nine")
    police = Claim(
        (9, None), (outlet, "Wire North", "police officials"), "police officials", "made-1", nine, "2024-03-06"
    )
    early = Claim((4, 4), (outlet, "medics"), "medics", "made-2", Span(0, 4), "2024-03-05", True)
    late = Claim((11, 11), ("Evening Post", "Red Banner Front"), "Red Banner Front", "made-3", Span(0, 6), "2024-03-07")
    front = Claim(("Red Banner Front",), (outlet, "witnesses"), "witnesses", "made-1", find("Red Banner Front"), None)
    return Incident(
        id="i1",
        type="ASSAULT",
        mode="heavy-weapons",
        documents=("made-1", "made-2", "made-3"),
        events=(
            Telling("made-1", "x1", police.voice),
            Telling("made-2", "y1", early.voice),
            Telling("made-3", "z1", late.voice),
        ),
        time=EventTime("2024-03-05", "2024-03-05", "day"),
        place=IncidentPlace("Kirkuk", 35.47, 44.39, "IQ", "Kirkuk", 12.0, "city"),
        parties=(
            Party("actor", "red-banner-front", "Red Banner Front", (front,), "group"),
            Party("victim", "h1", "people at the market", ()),
        ),
        counts={"killed": IncidentCount(9, 11, 11, "ucdp", (police, early, late))},
        origins=3,
        disagreements=(Disagreement("killed", (police, late)),),
        labels=(IncidentLabel("red-banner-front", "militants", (outlet, "Ministry of Defence")),),
        summary="Mortar rounds on a market in Kirkuk",
    )


def make_unlocated() -> Incident:
    """An incident of which neither place nor time nor figures are known."""
    return Incident(
        id="i2",
        type="PROTEST",
        mode=None,
        documents=("made-1",),
        events=(Telling("made-1", "x5", ("The Northern Courier", "Zagros Watch")),),
        time=None,
        place=None,
        parties=(),
        counts={},
        origins=1,
        disagreements=(),
        labels=(),
    )


@pytest.fixture(scope="session")
def reading() -> Reading:
    return make_reading()


@pytest.fixture(scope="session")
def hostile() -> Reading:
    return make_hostile()


@pytest.fixture(scope="session")
def incidents() -> tuple[Incident, ...]:
    return (make_incident(), make_unlocated())


@pytest.fixture(scope="session")
def by_id(reading: Reading, hostile: Reading) -> dict[str, Reading]:
    return {each.document.id: each for each in (reading, hostile)}
