"""How fast the review answers over a large store: python -m benchmarks.review [--incidents 50000].

Makes a store of made-up reports (two to an incident) once, then asks each call of the API again and again in one
process, over its ASGI door, and prints the 95th percentile of the server's time.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

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
from dateline.review import app
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
BAR_MS = 150.0


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


CALLS = {
    "incidents": "/api/incidents",
    "incidents, filtered": "/api/incidents?type=ASSAULT&country=PH&country=IQ&since=2015-01-01&sort=killed",
    "incidents, rare word": "/api/incidents?q=kamesh",
    "incidents, word of all": "/api/incidents?q=police",
    "facets": "/api/facets",
    "facets, filtered": "/api/facets?type=ASSAULT&disputed=killed&origins=2",
    "map, world": "/api/map?zoom=2",
    "map, box": "/api/map?zoom=7&bbox=0,0,20,20",
    "timeline": "/api/timeline",
    "incident": "/api/incidents/{id}",
    "readings": "/api/readings",
    "reading": "/api/readings/{document}",
    "actors": "/api/actors",
    "places": "/api/places",
    "changes": "/api/changes",
    "runs": "/api/runs",
    "page of incidents": "/incidents",
}


async def measure(store: Store, incidents: int, rounds: int) -> dict[str, list[float]]:
    """The seconds of each call; each asks for another incident where it names one."""
    door = httpx.ASGITransport(app=app(store))
    out: dict[str, list[float]] = {name: [] for name in CALLS}
    async with httpx.AsyncClient(transport=door, base_url="http://localhost") as client:
        for turn in range(rounds):
            number = turn * 7919 % incidents
            for name, path in CALLS.items():
                url = path.format(id=f"i{number:010x}", document=f"d{number:08x}0")
                start = time.perf_counter()
                answer = await client.get(url)
                out[name].append(time.perf_counter() - start)
                assert answer.status_code == 200, (url, answer.text[:200])
        csrf = (await client.get("/api/session")).json()["csrf"]
        out["decide"] = []
        for turn in range(rounds):
            body = {"decision": "accept", "subject": f"i{turn * 7919 % incidents:010x}", "reviewer": "bench"}
            start = time.perf_counter()
            answer = await client.post("/api/verdicts", json=body, headers={"X-CSRF-Token": csrf})
            out["decide"].append(time.perf_counter() - start)
            assert answer.status_code == 201, answer.text[:200]
    return out


def main() -> None:
    """Fill where it is not filled, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--incidents", type=int, default=50_000)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--store", type=Path, default=Path("review-bench.db"))
    given = options.parse_args()
    fresh = not given.store.exists()
    with Store(given.store) as store:
        start = time.perf_counter()
        if fresh:
            fill(store, given.incidents)
            print(f"filled in {time.perf_counter() - start:.1f} s")
            start = time.perf_counter()
        store.refresh()
        store.book()
        print(f"shown and in memory in {time.perf_counter() - start:.1f} s")
        told = asyncio.run(measure(store, given.incidents, given.rounds))
    for name, seconds in told.items():
        p95 = sorted(seconds)[int(len(seconds) * 0.95)] * 1000
        over = "" if p95 <= BAR_MS else "  over"
        print(f"{name:24} p50 {statistics.median(seconds) * 1000:7.1f} ms  p95 {p95:7.1f} ms{over}")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
