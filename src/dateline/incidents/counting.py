"""One figure chosen among many claims, and the claims that cannot both be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.core import Disagreement, IncidentCount
from dateline.incidents.claims import Figure
from dateline.knowledge.count_rules import CountRule


def chosen(figures: Mapping[str, Sequence[Figure]], rule: CountRule) -> dict[str, IncidentCount]:
    """The low, best and high of each kind of count, with every claim beside them."""
    return {what: _chosen(row, rule) for what, row in figures.items()}


def _chosen(row: Sequence[Figure], rule: CountRule) -> IncidentCount:
    standing = [figure for figure in row if figure.whole and not figure.claim.superseded]
    trusted = [f for f in standing if f.origin.kind not in rule.unreliable] or standing
    low = min(figure.low for figure in trusted)
    best = _best(standing, _revised(row), rule)
    tops = [figure.best if figure.high is None else figure.high for figure in standing]
    everywhere_open = all(figure.high is None for figure in standing)
    return IncidentCount(
        low=min(low, best),
        best=best,
        high=None if everywhere_open else max(*tops, best),
        rule=rule.name,
        claims=tuple(figure.claim for figure in row),
    )


def _revised(row: Sequence[Figure]) -> frozenset[str]:
    """The origins that gave another figure before: they keep counting."""
    old = {(figure.origin.key, figure.best) for figure in row if figure.whole and figure.claim.superseded}
    new = {(figure.origin.key, figure.best) for figure in row if figure.whole and not figure.claim.superseded}
    return frozenset(origin for origin, _ in old - new)


def _best(standing: Sequence[Figure], revised: frozenset[str], rule: CountRule) -> int:
    if rule.best == "lowest":
        return min(figure.low for figure in standing)

    rivals = {(other.origin.key, other.low, other.best, other.high): other for other in standing}

    def merit(figure: Figure) -> tuple[int, int, int, int, bool, int]:
        support = {other.origin.key for other in rivals.values() if other.allows(figure.best)}
        firm = {other.origin.key for other in rivals.values() if other.best == figure.best}
        day = int((figure.claim.reported or "0").replace("-", ""))
        again = figure.origin.key in revised
        return (len(support), len(firm), -rule.rank(figure.origin.kind), day, again, -figure.best)

    latest = sorted(standing, key=lambda f: (f.claim.reported or "", f.origin.key in revised))
    candidates = {(f.origin.kind, f.best): f for f in latest}
    return max(candidates.values(), key=merit).best


def disputed(figures: Mapping[str, Sequence[Figure]]) -> tuple[Disagreement, ...]:
    """The kinds of count for which standing claims of different origins leave no common figure."""
    found = []
    for what, row in figures.items():
        standing = [figure for figure in row if figure.whole and not figure.claim.superseded]
        rivals = {(other.origin.key, other.low, other.high): other for other in standing}
        values = [figure.claim for figure in standing if any(_against(figure, other) for other in rivals.values())]
        if values:
            found.append(Disagreement(what, tuple(values)))
    return tuple(found)


def _against(a: Figure, b: Figure) -> bool:
    if a.origin.key == b.origin.key:
        return False
    return (a.high is not None and a.high < b.low) or (b.high is not None and b.high < a.low)
