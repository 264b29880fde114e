"""Made-up reports, two to an incident, and a store filled with them: for tests and for benchmarks.review_speed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from dateline.core import (
    Argument,
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
    IncidentPlace,
    Mention,
    Party,
    Passage,
    Place,
    Reading,
    Span,
    Telling,
    Voice,
)
from dateline.store import Store

TYPES = (
    ("ASSAULT", "firearms"),
    ("ASSAULT", "explosives"),
    ("PROTEST", "demo"),
    ("SANCTION", "arrest"),
    ("MOBILIZE", None),
)
COUNTRIES = ("PH", "IQ", "CO", "ML", "UA", "MM", "NG", "SD")
NAMES = tuple(
    f"{head}{tail}"
    for head in ("Ka", "Lo", "Mi", "Ru", "Sa", "Te", "Vo", "Za", "Be", "Du")
    for tail in ("ran", "dora", "lita", "mesh", "nova")
)
GROUPS = tuple(f"{name} Front" for name in NAMES) + tuple(f"Army of {name}" for name in NAMES)
OUTLETS = tuple(f"{name} {kind}" for name in NAMES[:20] for kind in ("Courier", "Herald"))
BATCH = 1000


def made(number: int) -> tuple[tuple[Reading, Reading], Incident]:
    """The two reports of an incident, and the incident."""
    rnd = random.Random(number)
    kind, mode = rnd.choices(TYPES, (5, 3, 3, 2, 1))[0]
    town, country = f"{rnd.choice(NAMES)} {rnd.randrange(30)}", rnd.choice(COUNTRIES)
    day = f"{rnd.randrange(2004, 2026)}-{rnd.randrange(1, 13):02}-{rnd.randrange(1, 29):02}"
    place = Place(f"g{number}", town, "town", rnd.uniform(-50, 60), rnd.uniform(-170, 170), country, rnd.choice(NAMES))
    who, killed = rnd.choice(GROUPS), (rnd.randrange(1, 20), rnd.randrange(1, 20))
    readings = tuple(
        _reading(number, side, rnd.choice(OUTLETS), who, killed[side], place, day, kind, mode) for side in (0, 1)
    )
    tellings = tuple(Telling(r.document.id, r.events[0].id, (r.document.outlet or "", "police")) for r in readings)
    claims = tuple(
        Claim((n, n), t.voice, f"{t.voice[0]} police", t.document, r.events[0].counts[0].span, day)
        for n, t, r in zip(killed, tellings, readings, strict=True)
    )
    differ = (Disagreement("killed", claims),) if killed[0] != killed[1] else ()
    party = Party(
        "actor",
        f"n{GROUPS.index(who)}",
        who,
        tuple(Claim((who,), c.voice, c.origin, c.document, c.span, day) for c in claims),
    )
    return (readings[0], readings[1]), Incident(
        id=f"i{number:010x}",
        type=kind,
        mode=mode,
        documents=tuple(r.document.id for r in readings),
        events=tellings,
        time=EventTime(day, day, "day"),
        place=IncidentPlace(town, place.lat, place.lon, country, place.admin1, 5.0, "town"),
        parties=(party,),
        counts={"killed": IncidentCount(min(killed), max(killed), max(killed), "ucdp", claims)},
        origins=rnd.choices((1, 2, 3, 6), (5, 4, 2, 1))[0],
        disagreements=differ,
        labels=(),
        summary=f"{kind} in {town}, {country}, {day}: {max(killed)} killed",
    )


def _reading(
    number: int, side: int, outlet: str, who: str, killed: int, place: Place, day: str, kind: str, mode: str | None
) -> Reading:
    lead = f"{who} killed {killed} people in {place.name} on {day}, police said."
    text = (
        f"{lead} The road north was closed for the night. Report {number} of desk {side}. " + "Shops stayed shut. " * 12
    )
    voices = (Voice("v1", outlet, "outlet", ("v1",)), Voice("v2", "police", "official", ("v1", "v2")))
    first, count = Span(0, len(who)), Span(len(who) + 8, len(who) + 8 + len(str(killed)))
    event = Event(
        f"x{number:08x}{side}", Span(len(who) + 1, len(who) + 7), kind, mode, (Argument("actor", "m1"),),
        EventPlace(place.id, None), EventTime(day, day, "day"),
        (Count("killed", killed, killed, killed, count, "people"),),
        "asserted", "certain", False, None, "v2", (Span(0, len(lead)),),
    )  # fmt: skip
    document = Document.of(
        text, id=f"d{number:08x}{side}", published=day, outlet=outlet, title=f"{kind.title()} in {place.name}"
    )
    return Reading(
        document, (Passage("p1", Span(0, len(text)), "narration", "v1", day),), voices, (), (), (), (place,),
        (Mention("m1", first, first, "group", "name", "e1"),), (Entity("e1", who, "group"),), (event,), (),
        {"events": "made-up@1"},
    )  # fmt: skip


def fill(store: Store, incidents: int) -> None:
    """Fill an empty store."""
    linked: list[Incident] = []

    def readings(start: int) -> Iterator[Reading]:
        for number in range(start, min(start + BATCH, incidents)):
            both, incident = made(number)
            linked.append(incident)
            yield from both

    for start in range(0, incidents, BATCH):
        store.add_many(readings(start))
    store.replace_incidents(linked)
