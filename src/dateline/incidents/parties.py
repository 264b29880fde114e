"""Who takes part in an incident, by whose account, and who calls them what."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from dateline.core import (
    Argument,
    ArgumentRole,
    Claim,
    Disagreement,
    Entity,
    IncidentLabel,
    Mention,
    MentionKind,
    Party,
)
from dateline.core.ids import content_id
from dateline.incidents.blame import Statement, status_of
from dateline.incidents.claims import Told
from dateline.incidents.tales import party_key
from dateline.incidents.tellers import gives_figure
from dateline.knowledge.actors import registry

_ROLES: tuple[ArgumentRole, ...] = ("actor", "recipient", "victim", "target", "instrument")


@dataclass(slots=True)
class _Seat:
    """One party being put together."""

    role: ArgumentRole
    named: bool
    names: dict[str, int] = field(default_factory=dict)
    kinds: dict[MentionKind, int] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    key: str | None = None


def parties(rows: Sequence[Told], blame: Sequence[Statement]) -> tuple[Party, ...]:
    """The parties by role, each with the claims that put it there; registry keys where they are known.

    Of an actor, the claims tell their status; a denial stands beside the claims that it contradicts.
    """
    seats: dict[tuple[ArgumentRole, str], _Seat] = {}
    for row, argument, mention, entity in _cast(rows):
        role = argument.role
        seat = seats.setdefault((role, party_key(entity)), _Seat(role, False))
        seat.named |= mention.level == "name" or entity.actor is not None
        seat.key = seat.key or entity.actor
        seat.names[entity.name] = seat.names.get(entity.name, 0) + 1
        seat.kinds[entity.kind] = seat.kinds.get(entity.kind, 0) + 1
        if row.event.status in ("asserted", "attempted"):
            status = status_of(row, argument.confidence) if role == "actor" else None
            seat.claims.append(dataclasses.replace(row.claim((entity.name,), mention.span), status=status))
    for each in blame:
        _blamed(each, seats)
    made = [_party(key, seat) for (_, key), seat in seats.items() if seat.claims]
    return tuple(sorted(made, key=lambda p: (_ROLES.index(p.role), -len(p.claims), p.name, p.entity)))


def _blamed(each: Statement, seats: dict[tuple[ArgumentRole, str], _Seat]) -> None:
    """Seat the named one whom words beside the tellings hold responsible; a denial needs a seat to be kept there."""
    if not each.named or (each.denies and ("actor", each.key) not in seats):
        return
    seat = seats.setdefault(("actor", each.key), _Seat("actor", True))
    if each.denies and not seat.claims:
        return
    seat.key = seat.key or each.entity.actor
    if not any(c.document == each.claim.document and c.span == each.claim.span for c in seat.claims):
        seat.names[each.entity.name] = seat.names.get(each.entity.name, 0) + 1
        seat.kinds[each.entity.kind] = seat.kinds.get(each.entity.kind, 0) + 1
        known = [(c.document, c.status, c.voice) for c in seat.claims]
        if (each.claim.document, each.claim.status, each.claim.voice) not in known:
            seat.claims.append(each.claim)


def labels(rows: Sequence[Told]) -> tuple[IncidentLabel, ...]:
    """What voices call the parties, each once."""
    cast = {(row.reading.document.id, entity.id): (row, entity) for row, _, _, entity in _cast(rows)}
    found = set()
    for row, entity in cast.values():
        key = entity.actor or content_id("n", party_key(entity))
        found |= {IncidentLabel(key, label.text, row.speakers.chain(label.voice)) for label in entity.labels}
    return tuple(sorted(found, key=lambda label: (label.entity, label.text, label.voice)))


def responsibility(blame: Sequence[Statement]) -> list[Disagreement]:
    """Named actors that different origins hold responsible, and denials of having done it."""
    accused = [each for each in blame if each.named and not each.denies]
    denied = [each for each in blame if each.denies]
    by_origin: dict[str, set[str]] = {}
    for each in accused:
        by_origin.setdefault(each.claim.origin, set()).add(each.key)
    rivals = any(not mine & other for mine, other in combinations(by_origin.values(), 2))
    if not (denied or rivals):
        return []
    values = (*(each.claim for each in accused), *(_denial(each) for each in denied))
    return [Disagreement("responsibility", values, _told(values))]


def _denial(each: Statement) -> Claim:
    who = each.claim.value[0] if each.named else each.claim.origin
    return dataclasses.replace(each.claim, value=(f"denied: {who}",))


def _told(claims: Sequence[Claim]) -> str:
    """Who is said to have done it, in what way and by whom, each once, as "Front (accused by army)"."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for claim in claims:
        who = str(claim.value[0]).removeprefix("denied: ")
        found.setdefault((who, claim.status or "asserted"), {})[claim.origin] = None
    parts = []
    for (who, status), origins in found.items():
        others = [origin for origin in origins if origin != who]
        by = f" by {', '.join(others)}" if others and (len(others) == len(origins) or status != "denied") else ""
        parts.append(f"{who} ({_VERBS[status]}{by})")
    return "; ".join(parts)


_VERBS = {
    "asserted": "named",
    "claimed": "claims it",
    "accused": "accused",
    "suspected": "suspected",
    "denied": "denied",
}


def _cast(rows: Sequence[Told]) -> Iterator[tuple[Told, Argument, Mention, Entity]]:
    """Each argument of each telling with its mention and entity; those without an entity are passed over."""
    for row in rows:
        for argument in row.event.arguments:
            party = row.speakers.party(argument.mention)
            if party and not (argument.role == "actor" and _gives(row, party[0])):
                yield row, argument, *party


def _gives(row: Told, mention: Mention) -> bool:
    """Whether it is the source that gives the figure of a telling ("police put the crowd at 1,200")."""
    before = mention.span.end <= row.event.trigger.start
    return before and gives_figure(row.event, row.reading.document.text)


def _party(key: str, seat: _Seat) -> Party:
    known = registry().get(seat.key) if seat.key else None
    name = known.name if known else max(seat.names, key=lambda n: (seat.names[n], len(n), n))
    kind = max(seat.kinds, key=lambda k: (seat.kinds[k], k))
    return Party(seat.role, seat.key or content_id("n", key), name, tuple(sorted(seat.claims, key=_place)), kind)


def _place(claim: Claim) -> tuple[str, int, int]:
    return (claim.document, claim.span.start, claim.span.end)
