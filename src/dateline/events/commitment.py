"""How a voice stands to an event, and how a second opinion on its certainty is weighed."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core import Certainty, Span, Status

_UNREAL: frozenset[Status] = frozenset({"planned", "threatened", "hypothetical", "generic", "attempted"})
_LEVELS: dict[Certainty, float] = {"certain": 3.0, "probable": 2.0, "possible": 1.0, "uncommitted": 0.0}
_APART, _OPEN = 1.0, 1.0


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

    What a cue in the text decided stays so. The opinion settles how certain a plain assertion is, for
    which no cue spoke. Thresholds chosen on the development part of UW's factuality data.

    >>> arbitrated(Commitment("asserted", "certain"), 1.2)
    Commitment(status='asserted', certainty='possible', cue=None)
    >>> arbitrated(Commitment("planned", "probable", Span(0, 4)), 2.4).status
    'planned'
    """
    plain = commitment.status == "asserted" and commitment.cue is None
    if opinion is None or not plain or opinion < -_OPEN or abs(opinion - commitment.value) < _APART:
        return commitment
    if opinion < _OPEN:
        return Commitment("hypothetical", "uncommitted")
    return Commitment("asserted", _nearest(opinion))


def _nearest(value: float) -> Certainty:
    """The certainty whose place on the scale is nearest, uncommitted left out."""
    told: tuple[Certainty, ...] = ("possible", "probable", "certain")
    return min(told, key=lambda name: abs(_LEVELS[name] - value))
