"""A sentence that is read, linked and stored: whether the whole way works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dateline.doctor.finding import Finding

if TYPE_CHECKING:
    from dateline.core import Reading

TEXT = "Gunmen killed three farmers in Kaduna on Monday, police said."
WRITTEN = "2024-03-05"
WANTED = ("ASSAULT", 3, "Kaduna", "2024-03-04", "police")


def trial_findings() -> Iterator[Finding]:
    """The user's own knowledge and places where there are any, a reading, a store."""
    yield from _tried("own knowledge", _own_knowledge)
    held: list[Reading] = []
    yield from _tried("reading", lambda: _read(held))
    if held:
        yield from _tried("store", lambda: _stored(held[0]))


def _tried(name: str, step: Callable[[], str]) -> Iterator[Finding]:
    try:
        about = step()
    except Exception as error:  # whatever breaks here is what the doctor was asked for
        yield Finding("trial", name, "wrong", f"{type(error).__name__}: {error}")
        return
    if about:
        yield Finding("trial", name, "well", about)


def _own_knowledge() -> str:
    import os

    from dateline.knowledge.own import looked_through
    from dateline.knowledge.user_gazetteer import VARIABLE, UserGazetteer, named_path

    told = []
    if os.environ.get(VARIABLE):
        path = named_path(os.environ[VARIABLE])
        UserGazetteer(path).close()
        told.append(f"places of {path}")
    here = looked_through()
    if here:
        told.append(f"{len(here.tables)} tables of {here.path}")
    return ", ".join(told)


def _read(held: list[Reading]) -> str:
    from dateline.batch import read
    from dateline.core import DatelineError

    reading = read(TEXT, published=WRITTEN)
    places = {place.id: place.name for place in reading.places}
    voices = {voice.id: voice.name for voice in reading.voices}
    found = tuple(
        (
            event.type,
            event.counts[0].best if event.counts else None,
            places.get(event.place.place or "") if event.place else None,
            event.time.earliest if event.time else None,
            voices[event.voice],
        )
        for event in reading.events
    )
    if found != (WANTED,):
        raise DatelineError(f"“{TEXT}” gave {found}, not {WANTED}")
    held.append(reading)
    parts = ", ".join(f"{layer} {name}" for layer, name in sorted(reading.producers.items()))
    return f"“{TEXT}” is read as it should be; {parts}"


def _stored(reading: Reading) -> str:
    from dateline.batch import link
    from dateline.store import Store

    with Store(":memory:") as store:
        store.add(reading)
        kept = tuple(store.readings())
    incidents = link(kept)
    if kept != (reading,) or len(incidents) != 1:
        raise ValueError(f"{len(kept)} readings came back, {len(incidents)} incidents were linked")
    return "a reading comes back as it was; one incident is linked"
