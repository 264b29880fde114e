"""Readings in, incidents out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.core import Incident, Reading
from dateline.incidents.kept import PRODUCER
from dateline.incidents.linkage import Linkage
from dateline.incidents.rulings import Mention, Ruling

__all__ = ["PRODUCER", "link"]
Decision = tuple[Mention, Mention]


def link(
    readings: Sequence[Reading],
    *,
    rule: str = "ucdp",
    must_link: Iterable[Decision] = (),
    cannot_link: Iterable[Decision] = (),
) -> tuple[Incident, ...]:
    """The incidents that the readings tell: those of most documents first, force before words and paper.

    The result does not depend on the order of the readings; a reading given twice counts once.
    ``rule`` names the way in which one figure is chosen among many (``lexicons/count_profiles.yaml``);
    KeyError where there is no such rule. ``must_link``, ``cannot_link``: people's decisions on pairs of tellings
    (document id, event id), ValueError where they contradict each other; see ``Linkage``, which also takes readings
    in as they come.

    >>> link([])
    ()
    """
    rulings = [Ruling(*pair, same) for pairs, same in ((must_link, True), (cannot_link, False)) for pair in pairs]
    state = Linkage(rulings)
    state.add(readings)
    if state.overruled:
        raise ValueError("tellings are to be linked and to be kept apart")
    return state.incidents(rule)
