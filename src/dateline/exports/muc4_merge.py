"""Which tellings of a document make one MUC-4 template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from dateline.core import Event, Place, Reading
from dateline.exports.muc4_fillers import Cast
from dateline.exports.muc4_signs import Signs
from dateline.knowledge.lexicon import PartOfSpeech, lexicon
from dateline.knowledge.muc4_weights import likelihood

_TOLD = ("asserted", "attempted", "threatened")
_FAMILIES = (("attack", "bombing", "arson"), ("kidnapping", "hijacking"), ("robbery",), ("forced work stoppage",))
_PARTS: tuple[PartOfSpeech, ...] = ("v", "n")
_FIGHTERS = ("MIL", "REB")
_RECENT_DAYS = 62
_LIKELY = 0.37
_RECALLED = 0.4
_KEPT = 0.3


@dataclass(slots=True)
class Draft:
    """Tellings that go into one template; ``kind`` is the sharpest type among them."""

    kind: str
    events: list[Event]
    perpetrators: set[str] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)


def drafts(reading: Reading, cast: Cast, signs: Signs) -> list[Draft]:
    """The templates of a reading, without those that read like no incident of the task."""
    found = merged(reading, cast, signs)
    told = [(draft.kind, draft.events) for draft in found]
    return [
        draft
        for k, draft in enumerate(found)
        if likelihood("draft", signs.of_draft(draft.kind, draft.events, told[:k], len(found))) >= _KEPT
    ]


def merged(reading: Reading, cast: Cast, signs: Signs) -> list[Draft]:
    """The templates-to-be: tellings of one family whose place, time and perpetrator do not conflict."""
    places = {place.id: place for place in reading.places}
    found: list[Draft] = []
    for event in sorted(reading.events, key=lambda e: e.trigger):
        kind = event.muc4
        least = _RECALLED if event.background else _LIKELY
        if (
            kind is None
            or event.status not in _TOLD
            or _combat(event, cast)
            or _history(event, reading.document.published)
            or likelihood("event", signs.of_event(event)) < least
        ):
            continue
        new = Draft(kind, [event], _perpetrators(event, cast), _places(event, places))
        old = next((draft for draft in reversed(found) if _agree(draft, new)), None)
        if old is None:
            found.append(new)
        else:
            old.kind = _sharper(old.kind, kind)
            old.events.append(event)
            old.perpetrators |= new.perpetrators
            old.places += new.places
    return found


def outcomes(trigger: str) -> set[str]:
    """Which counts a trigger's word feeds: ``killed`` for "murdered"."""
    lemmas = list(_lemmas(trigger.lower()))
    rows = [row for lemma in lemmas for part in _PARTS for row in lexicon().of(lemma, part) if not row.needs]
    return {feed.what for row in rows for feed in row.counts}


def _lemmas(word: str) -> Iterator[str]:
    """The word and what it may be a form of: ``torched`` of ``torch``, ``burning`` of ``burn``."""
    yield word
    for ending in ("s", "es", "d", "ed", "ing"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            yield stem
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]


def _history(event: Event, published: str | None) -> bool:
    """Whether an event is context from more than about two months before the report: the task's test of recency."""
    told = event.time.latest if event.time and event.time.timex else None
    if not event.background or not told or not published:
        return False
    try:
        return (date.fromisoformat(published[:10]) - date.fromisoformat(told[:10])).days > _RECENT_DAYS
    except ValueError:
        return False


def _combat(event: Event, cast: Cast) -> bool:
    """Whether all that an attack harmed are armies and rebels, which the task leaves to war."""
    harmed = [cast.mention(argument) for argument in event.arguments if argument.role not in ("actor", "instrument")]
    sectors = [entity.sector if mention and (entity := cast.entity(mention)) else None for mention in harmed]
    return bool(sectors) and all(sector in _FIGHTERS for sector in sectors)


def _perpetrators(event: Event, cast: Cast) -> set[str]:
    """The named ones alone: "guerrillas" conflict with nobody."""
    found = set()
    for argument in event.arguments:
        mention = cast.mention(argument) if argument.role == "actor" else None
        entity = cast.entity(mention) if mention else None
        if mention and entity and (entity.actor or mention.level == "name"):
            found.add(entity.actor or entity.id)
    return found


def _places(event: Event, places: dict[str, Place]) -> list[Place]:
    place = places.get(event.place.place or "") if event.place else None
    return [place] if place else []


def _agree(old: Draft, new: Draft) -> bool:
    same_family = any(old.kind in family and new.kind in family for family in _FAMILIES)
    if not same_family or (old.perpetrators and new.perpetrators and not old.perpetrators & new.perpetrators):
        return False
    if any(_apart(one, two) for one in old.places for two in new.places):
        return False
    return not any(_disjoint(event, new.events[0]) for event in old.events)


def _apart(one: Place, two: Place) -> bool:
    """Whether neither place can lie in the other."""
    if one.country and two.country and one.country != two.country:
        return True
    if "country" in (one.kind, two.kind) or one.id == two.id:
        return False
    if one.admin1 and two.admin1 and one.admin1 != two.admin1:
        return True
    return "admin1" not in (one.kind, two.kind) and one.id != two.id


def _disjoint(one: Event, two: Event) -> bool:
    if one.time is None or two.time is None:
        return False
    first, second = one.time, two.time
    return bool(
        (first.latest and second.earliest and first.latest < second.earliest)
        or (second.latest and first.earliest and second.latest < first.earliest)
    )


def _sharper(one: str, two: str) -> str:
    """A bombing that is also told as an attack is a bombing."""
    return two if one == "attack" else one
