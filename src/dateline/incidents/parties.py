"""Who takes part in an incident, by whose account, and who calls them what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from dateline.core import ArgumentRole, Claim, Disagreement, Entity, IncidentLabel, Mention, MentionKind, Party
from dateline.core.ids import content_id
from dateline.incidents.claims import Told
from dateline.incidents.tales import party_key

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


def parties(rows: Sequence[Told]) -> tuple[Party, ...]:
    """The parties by role, each with the claims that put it there; registry keys where they are known."""
    seats: dict[tuple[ArgumentRole, str], _Seat] = {}
    for row, role, mention, entity in _cast(rows):
        seat = seats.setdefault((role, party_key(entity)), _Seat(role, False))
        seat.named |= mention.level == "name" or entity.actor is not None
        seat.key = seat.key or entity.actor
        seat.names[entity.name] = seat.names.get(entity.name, 0) + 1
        seat.kinds[entity.kind] = seat.kinds.get(entity.kind, 0) + 1
        if row.event.status in ("asserted", "attempted"):
            seat.claims.append(row.claim((entity.name,), mention.span))
    made = [_party(key, seat) for (_, key), seat in seats.items() if seat.claims]
    return tuple(sorted(made, key=lambda p: (_ROLES.index(p.role), -len(p.claims), p.name, p.entity)))


def labels(rows: Sequence[Told]) -> tuple[IncidentLabel, ...]:
    """What voices call the parties, each once."""
    cast = {(row.reading.document.id, entity.id): (row, entity) for row, _, _, entity in _cast(rows)}
    found = set()
    for row, entity in cast.values():
        key = entity.actor or content_id("n", party_key(entity))
        found |= {IncidentLabel(key, label.text, row.speakers.chain(label.voice)) for label in entity.labels}
    return tuple(sorted(found, key=lambda label: (label.entity, label.text, label.voice)))


def responsibility(rows: Sequence[Told]) -> list[Disagreement]:
    """Named actors that different origins hold responsible, and denials of having done it."""
    accused: list[tuple[str, str, Claim]] = []
    denied: list[Claim] = []
    for row, role, mention, entity in _cast(rows):
        if role == "actor" and row.event.status in ("denied", "negated"):
            named = entity.actor or mention.level == "name"
            denied.append(row.claim((f"denied: {entity.name if named else row.origin.name}",), row.event.trigger))
        elif role == "actor" and (entity.actor or mention.level == "name"):
            accused.append((party_key(entity), row.origin.key, row.claim((entity.name,), mention.span)))
    by_origin: dict[str, set[str]] = {}
    for key, origin, _ in accused:
        by_origin.setdefault(origin, set()).add(key)
    rivals = any(not mine & other for mine, other in combinations(by_origin.values(), 2))
    if denied or rivals:
        return [Disagreement("responsibility", (*(claim for _, _, claim in accused), *denied))]
    return []


def _cast(rows: Sequence[Told]) -> Iterator[tuple[Told, ArgumentRole, Mention, Entity]]:
    """Each argument of each telling with its mention and entity; those without an entity are passed over."""
    for row in rows:
        for argument in row.event.arguments:
            party = row.speakers.party(argument.mention)
            if party:
                yield row, argument.role, *party


def _party(key: str, seat: _Seat) -> Party:
    name = max(seat.names, key=lambda n: (seat.names[n], len(n), n))
    kind = max(seat.kinds, key=lambda k: (seat.kinds[k], k))
    return Party(seat.role, seat.key or content_id("n", key), name, tuple(sorted(seat.claims, key=_place)), kind)


def _place(claim: Claim) -> tuple[str, int, int]:
    return (claim.document, claim.span.start, claim.span.end)
