"""One incident as its page shows it: claims grouped by origin and value, every figure drawn as a range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.review.charts import Chart, Strip, chart_of, strip_of
from dateline.review.evidence import incident_view
from dateline.review.models import ClaimView, IncidentView, TellingView, Values, VerdictView
from dateline.review.wording import figure
from dateline.store import Store

_COLOURS = 7
_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class Voice:
    """An origin with its letter and the number of its colour; 0 is grey, for those beyond the seventh."""

    name: str
    letter: str
    colour: int


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One origin's value, first reported then, and the sentences that say it; ``more`` of them are not listed."""

    voice: Voice
    value: str
    reported: str
    superseded: bool
    edited: bool
    strip: Strip | None
    claims: tuple[ClaimView, ...]
    more: int


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The claims on one field; ``figure``, ``low`` … only of a count. ``by`` is the edit that set it, if any."""

    name: str
    figure: str
    rule: str
    why: str
    sides: tuple[tuple[str, str], ...]
    disputed: str | None
    rows: tuple[ClaimRow, ...]
    chart: Chart | None
    by: VerdictView | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the Incident page shows. ``parties`` are (role, names).

    ``told`` are the tellings, each sentence of a voice once with how many events it tells; ``edits`` are the standing
    edits by field, ``retold`` those of single tellings.
    """

    view: IncidentView
    data: Mapping[str, Any]
    counts: tuple[FieldTable, ...]
    others: tuple[FieldTable, ...]
    parties: tuple[tuple[str, tuple[str, ...]], ...]
    voices: tuple[Voice, ...]
    edits: Mapping[str, VerdictView]
    retold: Mapping[str, VerdictView]
    tellings: tuple[TellingView, ...]
    told: tuple[tuple[TellingView, int], ...]
    verdicts: tuple[VerdictView, ...]
    editable: Mapping[str, Values]


def sheet_of(store: Store, id: str) -> Sheet:
    """The sheet of an incident. Raises NotThere."""
    view = incident_view(store, id)
    data = view.incident
    voices = _voices(view.claims)
    held = [each for each in view.verdicts if each.decision == "edit" and each.standing and each.field]
    edits = {each.field or "": each for each in held if not each.subject.startswith("x")}
    retold = {each.field or "": each for each in held if each.subject.startswith("x")}
    about = {each["field"]: each.get("about") or "voices differ" for each in data.get("disagreements", ())}
    by_field: dict[str, list[ClaimView]] = {}
    for claim in view.claims:
        by_field.setdefault(claim.field, []).append(claim)
    counts = data.get("counts", {})
    return Sheet(
        view=view,
        data=data,
        counts=tuple(
            _count(name, count, by_field.get(name, ()), voices, about.get(name), edits.get(name))
            for name, count in counts.items()
        ),
        others=tuple(
            FieldTable(name, "", "", "", (), about.get(name), _rows(claims, voices, None), None, edits.get(name))
            for name, claims in by_field.items()
            if name not in counts
        ),
        parties=_parties(data.get("parties", ())),
        voices=tuple(voices.values()),
        edits=edits,
        retold=retold,
        tellings=tuple(view.tellings),
        told=_told(view.tellings),
        verdicts=tuple(each for each in reversed(view.verdicts)),
        editable=view.editable,
    )


def _told(tellings: Sequence[TellingView]) -> tuple[tuple[TellingView, int], ...]:
    """Tellings without those that only repeat a sentence of the same voice; what a person changed stands alone."""
    out: dict[object, tuple[TellingView, int]] = {}
    for each in tellings:
        same = (each.document, each.sentence.start, tuple(each.voice), each.status, each.certainty)
        key = (*same, each.event) if each.added or each.edits else same
        first, number = out.get(key, (each, 0))
        out[key] = (first, number + 1)
    return tuple(out.values())


def _voices(claims: Sequence[ClaimView]) -> dict[str, Voice]:
    """A letter and a colour for each origin, in the order in which they first reported."""
    ordered = sorted(claims, key=lambda each: (each.reported or "", each.origin))
    out: dict[str, Voice] = {}
    for number, origin in enumerate(dict.fromkeys(each.origin for each in ordered)):
        letter = chr(ord("A") + number % 26) + (str(number // 26 + 1) if number >= 26 else "")
        out[origin] = Voice(origin, letter, number + 1 if number < _COLOURS else 0)
    return out


def _count(
    name: str,
    count: Mapping[str, Any],
    claims: Sequence[ClaimView],
    voices: Mapping[str, Voice],
    disputed: str | None,
    by: VerdictView | None,
) -> FieldTable:
    low, best, high = count["low"], count.get("best"), count.get("high")
    bounds = (low, best, high)
    rows = _rows(claims, voices, bounds)
    sides = tuple(
        (each["side"], figure(each["low"], each.get("best"), each.get("high"))) for each in count.get("sides", ())
    )
    points = [(row.voice.letter, row.voice.colour, claim) for row in rows for claim in row.claims[:1]]
    chart = chart_of([(letter, colour, *_span(c), c.reported) for letter, colour, c in points], bounds)
    rule, why = ("", "") if by else (count["rule"], count.get("why", ""))
    return FieldTable(name, figure(low, best, high), rule, why, sides, disputed, rows, chart, by)


def _rows(
    claims: Sequence[ClaimView], voices: Mapping[str, Voice], bounds: tuple[int, int | None, int | None] | None
) -> tuple[ClaimRow, ...]:
    grouped: dict[tuple[Any, ...], list[ClaimView]] = {}
    for claim in claims:
        grouped.setdefault((claim.origin, tuple(claim.value), claim.superseded, claim.edited), []).append(claim)
    most = max((each for claim in claims for each in _span(claim) if each is not None), default=0)
    out = []
    for (origin, _, superseded, edited), held in grouped.items():
        low, high = _span(held[0])
        numeric = bounds is not None and low is not None
        out.append(
            ClaimRow(
                voice=voices[origin],
                value=figure(low, None, high)
                if numeric
                else " – ".join(str(v) for v in held[0].value if v is not None),
                reported=held[0].reported or "",
                superseded=superseded,
                edited=edited,
                strip=strip_of(bounds, (low or 0, high), most) if bounds is not None and numeric else None,
                claims=tuple(held[:_SENTENCES]),
                more=max(0, len(held) - _SENTENCES),
            )
        )
    return tuple(sorted(out, key=lambda row: (row.voice.letter, row.reported)))


def _span(claim: ClaimView) -> tuple[int | None, int | None]:
    """The bounds of a claim on a count."""
    low = claim.value[0] if claim.value else None
    high = claim.value[1] if len(claim.value) > 1 else None
    return low if isinstance(low, int) else None, high if isinstance(high, int) else None


def _parties(parties: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    out: dict[str, dict[str, None]] = {}
    for party in parties:
        out.setdefault(party["role"], {})[party["name"]] = None
    return tuple((role, tuple(names)) for role, names in out.items())
