"""One figure chosen among many claims by a profile, and the claims that cannot both be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Claim, Disagreement, IncidentCount, SideCount
from dateline.incidents.sides import by_side
from dateline.knowledge.folding import fold
from dateline.knowledge.profiles import Profile

WordsOf = Callable[[Claim], str]
_REASONS = (
    "more origins allow it",
    "more origins say it outright",
    "a kind of source that is more relied on",
    "the later report",
    "its origin has revised a figure",
    "the lower one",
)


@dataclass(frozen=True, slots=True)
class _Says:
    """A standing claim as a profile reads it: ``low`` ≤ ``best``; ``high`` None where open above."""

    claim: Claim
    origin: str
    low: int
    best: int
    high: int | None

    def allows(self, value: int) -> bool:
        """Whether it speaks for a figure; one that is open above ("at least 12") up to twice its own."""
        return self.low <= value <= (2 * self.best if self.high is None else self.high)


def chosen(claims: Mapping[str, Sequence[Claim]], words: WordsOf, profile: Profile) -> dict[str, IncidentCount]:
    """The low, best and high of each kind of count, with every claim beside them; ``words`` gives a claim's words."""
    return {what: _chosen(what, row, words, profile) for what, row in claims.items()}


def disputed(claims: Mapping[str, Sequence[Claim]]) -> tuple[Disagreement, ...]:
    """The kinds of count for which standing claims of different origins leave no common figure."""
    found = []
    for what, row in claims.items():
        standing = [_says(claim) for claim in _standing(row)]
        rivals = {(other.origin, other.low, other.high): other for other in standing}
        values = [each.claim for each in standing if any(_against(each, other) for other in rivals.values())]
        if values:
            found.append(Disagreement(what, tuple(values), _told(values)))
    return tuple(found)


def _chosen(what: str, row: Sequence[Claim], words: WordsOf, profile: Profile) -> IncidentCount:
    standing = [_says(claim, profile.number(words(claim))) for claim in _standing(row)]
    low, best, high, why = _figure(standing, _revised(row), profile)
    said = dict.fromkeys(" ".join(words(each.claim).split()) for each in standing)
    return IncidentCount(
        low=low,
        best=best,
        high=high,
        rule=profile.name,
        claims=tuple(row),
        why=why,
        words=tuple(each for each in said if each) if best is None else (),
        sides=tuple(_sides(what, row, words, profile)),
    )


def _sides(what: str, row: Sequence[Claim], words: WordsOf, profile: Profile) -> list[SideCount]:
    found = []
    for side, claims in by_side(what, [claim for claim in row if not claim.superseded]):
        low, best, high, _ = _figure([_says(c, profile.number(words(c))) for c in claims], frozenset(), profile)
        found.append(SideCount(side, low, best, high))
    return found


def _figure(
    standing: Sequence[_Says], revised: frozenset[str], profile: Profile
) -> tuple[int, int | None, int | None, str]:
    """Low, best, high and what spoke for best."""
    trusted = [each for each in standing if each.claim.kind not in profile.unreliable] or standing
    low = min(each.low for each in (trusted if profile.low == "trusted" else standing))
    everywhere_open = all(each.high is None for each in standing)
    high = None if everywhere_open else max(each.best if each.high is None else each.high for each in standing)
    if profile.best == "none":
        return low, None, high, "no figure is chosen; the words stand as they are told"
    best, why = _best(standing, revised, profile)
    return min(low, best), best, None if high is None else max(high, best), why


def _best(standing: Sequence[_Says], revised: frozenset[str], profile: Profile) -> tuple[int, str]:
    if profile.best in ("lowest", "highest"):
        figures = sorted({each.best for each in standing}, reverse=profile.best == "highest")
        return figures[0], f"the {profile.best} of {len(figures)} figures" if len(figures) > 1 else "the only figure"
    rivals = {(other.origin, other.low, other.best, other.high): other for other in standing}

    def merits(each: _Says) -> tuple[int, int, int, int, bool, int]:
        support = {other.origin for other in rivals.values() if other.allows(each.best)}
        firm = {other.origin for other in rivals.values() if other.best == each.best}
        rank, again = -profile.rank(each.claim.kind), each.origin in revised
        return (len(support), len(firm), rank, _day(each.claim), again, -each.best)

    def merit(each: _Says) -> tuple[int, ...]:
        return (_day(each.claim) if profile.best == "latest" else 0, *merits(each))

    latest = sorted(standing, key=lambda each: (each.claim.reported or "", each.origin in revised))
    candidates = {(each.claim.kind, each.best): each for each in latest}
    first = max(candidates.values(), key=merit)
    others = [each for each in candidates.values() if each.best != first.best]
    if not others:
        return first.best, "the only figure"
    rival = max(others, key=merit)
    if profile.best == "latest" and merit(first)[0] > merit(rival)[0]:
        return first.best, f"the later report, not {rival.best:,}"
    pairs = zip(_REASONS, merits(first), merits(rival), strict=True)
    reason = next((reason for reason, mine, other in pairs if mine != other), "")
    return first.best, f"{reason} than {rival.best:,}" if reason.startswith("more") else f"{reason}, not {rival.best:,}"


def _standing(row: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in row if not claim.part and not claim.superseded]


def _says(claim: Claim, number: int | None = None) -> _Says:
    """A claim as figures; ``number``: what the profile takes its words for."""
    low, high = claim.value
    if not isinstance(low, int) or isinstance(high, str):
        raise ValueError(f"not a count: {claim.value}")
    if number is not None:
        return _Says(claim, fold(claim.origin), number, number, high if high is None else max(number, high))
    return _Says(claim, fold(claim.origin), low, low if claim.best is None else claim.best, high)


def _revised(row: Sequence[Claim]) -> frozenset[str]:
    """The origins that gave another figure before: they keep counting."""
    whole = [(fold(claim.origin), claim.best, claim.superseded) for claim in row if not claim.part]
    old = {(origin, best) for origin, best, superseded in whole if superseded}
    new = {(origin, best) for origin, best, superseded in whole if not superseded}
    return frozenset(origin for origin, _ in old - new)


def _day(claim: Claim) -> int:
    return int((claim.reported or "0").replace("-", ""))


def _against(a: _Says, b: _Says) -> bool:
    if a.origin == b.origin:
        return False
    return (a.high is not None and a.high < b.low) or (b.high is not None and b.high < a.low)


def _told(values: Sequence[Claim]) -> str:
    """Each figure with the origins that give it, the lowest first.

    >>> from dateline.core import Span
    >>> _told([Claim((9, None), ("X", "police"), "police", "d", Span(0, 1))])
    'at least 9 (police)'
    """
    found: dict[tuple[int, int | None], dict[str, None]] = {}
    for says in sorted(map(_says, values), key=lambda s: (s.low, s.high is None, s.high or 0, s.origin)):
        found.setdefault((says.low, says.high), {})[says.claim.origin] = None
    parts = []
    for (low, high), origins in found.items():
        figure = f"at least {low:,}" if high is None else f"{low:,}" if low == high else f"{low:,} to {high:,}"
        parts.append(f"{figure} ({', '.join(origins)})")
    return "; ".join(parts)
