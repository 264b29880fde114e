"""How a voice stands to an event, and how a second opinion on its certainty is weighed."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core import Certainty, Span, Status

_UNREAL: frozenset[Status] = frozenset({"planned", "threatened", "hypothetical", "generic", "attempted"})
_LEVELS: dict[Certainty, float] = {"certain": 3.0, "probable": 2.0, "possible": 1.0, "uncommitted": 0.0}
_DISAGREES = 1.75
_SURE = 0.75


@dataclass(frozen=True, slots=True)
class Commitment:
    """Status and certainty, and the words that decided (None: nothing spoke against the plain assertion)."""

    status: Status
    certainty: Certainty
    cue: Span | None = None

    @property
    def value(self) -> float:
        """The place on the scale of factuality, from -3 (certainly not) to 3 (certainly so).

        >>> Commitment("negated", "probable").value
        -2.0
        """
        if self.status in _UNREAL:
            return 0.0
        level = _LEVELS[self.certainty]
        return -level if self.status in ("negated", "denied") else level


def arbitrated(commitment: Commitment, opinion: float | None) -> Commitment:
    """The commitment after a second opinion: a real number from -3 to 3, None for no opinion.

    A cue in the text outweighs the opinion; the opinion settles what no cue decided, and how certain an
    assertion or a negation is. What it changes has no cue, for it points at no words.

    >>> arbitrated(Commitment("asserted", "certain"), 1.2)
    Commitment(status='asserted', certainty='possible', cue=None)
    >>> arbitrated(Commitment("planned", "probable", Span(0, 4)), 2.4).status
    'planned'
    """
    if opinion is None or commitment.status in _UNREAL or abs(opinion - commitment.value) < _DISAGREES:
        return commitment
    if commitment.cue is not None and (opinion < 0) != (commitment.value < 0):
        return commitment
    if abs(opinion) < _SURE:
        return Commitment("hypothetical", "uncommitted") if commitment.cue is None else commitment
    level = min(_LEVELS, key=lambda name: abs(_LEVELS[name] - abs(opinion)))
    return Commitment("negated" if opinion < 0 else "asserted", level, commitment.cue)
