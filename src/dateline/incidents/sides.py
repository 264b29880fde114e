"""The figures of each side: forces of a state, other armed actors, civilians, as far as the claims tell them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from dateline.core import Claim, SideName
from dateline.knowledge.side_words import side_of

_HARM = ("killed", "injured", "missing", "abducted")
_SIDES: tuple[SideName, ...] = ("state", "armed", "civilian")


def by_side(what: str, claims: Sequence[Claim]) -> Iterator[tuple[SideName, list[Claim]]]:
    """The claims on each side, one for each origin and document, in the order of the sides.

    Soldiers and police of one report add up. Other nouns may overlap ("six traders, three children among them"), so
    the greatest of them counts.
    """
    if what not in _HARM:
        return
    found: dict[SideName, dict[tuple[str, str], dict[str, Claim]]] = {side: {} for side in _SIDES}
    for claim in claims:
        told = side_of(claim.of) if claim.of else None
        if told:
            side, sector = told
            mine = found[side].setdefault((claim.origin, claim.document), {})
            if sector not in mine or _best(claim) > _best(mine[sector]):
                mine[sector] = claim
    for side, rows in found.items():
        if rows:
            yield side, [_sum(list(sectors.values())) for sectors in rows.values()]


def _sum(claims: Sequence[Claim]) -> Claim:
    if len(claims) == 1:
        return claims[0]
    lows, highs = zip(*(_bounds(claim) for claim in claims), strict=True)
    high = None if None in highs else sum(high or 0 for high in highs)
    return dataclasses.replace(claims[0], value=(sum(lows), high), best=sum(map(_best, claims)))


def _best(claim: Claim) -> int:
    return _bounds(claim)[0] if claim.best is None else claim.best


def _bounds(claim: Claim) -> tuple[int, int | None]:
    low, high = claim.value
    return (low if isinstance(low, int) else 0), (high if isinstance(high, int) else None)
