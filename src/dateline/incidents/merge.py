"""Tellings of one happening made into an Incident: every claim kept, one value chosen a field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from dateline.core import Disagreement, EventTime, Incident, IncidentCount, IncidentPlace, Telling
from dateline.core.ids import content_id
from dateline.incidents.blame import statements
from dateline.incidents.claims import Told, figures
from dateline.incidents.counting import chosen, disputed
from dateline.incidents.grading import graded
from dateline.incidents.parties import labels, parties, responsibility
from dateline.incidents.settling import place_dispute, settled_place, settled_time, time_dispute
from dateline.incidents.voices import Origin
from dateline.knowledge.profiles import Profile

_SAID = ("killed", "injured", "missing", "abducted", "detained", "displaced", "participants")


def merged(rows: Sequence[Told], rule: Profile) -> Incident:
    """The incident that these tellings tell. They must be sorted by document and place in the text."""
    told = [row for row in rows if not row.tale.denies]
    told = [row for row in told if not row.event.background] or told
    kind, mode = _kind(told)
    claims = {what: [figure.claim for figure in row] for what, row in figures(rows).items()}
    texts = {row.reading.document.id: row.reading.document.text for row in rows}
    counts = chosen(claims, lambda claim: claim.span.of(texts[claim.document]), rule)
    time, place = settled_time(told), settled_place(told)
    blame = statements(rows)
    origins = _origins(told)
    disagreements = (
        *disputed(claims),
        *responsibility(blame),
        *_status(rows),
        *time_dispute(told),
        *place_dispute(told),
    )
    return Incident(
        id=content_id("i", *sorted(f"{row.reading.document.id} {row.event.id}" for row in rows)),
        type=kind,
        mode=mode,
        documents=tuple(sorted({row.reading.document.id for row in rows})),
        events=tuple(Telling(row.reading.document.id, row.event.id, row.voice) for row in rows),
        time=time,
        place=place,
        parties=parties(rows, blame),
        counts=counts,
        origins=origins,
        disagreements=disagreements,
        labels=labels(rows),
        summary=summed_up(kind, mode, time, place, counts),
        grade=graded(origins, _deniers(rows), blame, disagreements),
    )


def _kind(rows: Sequence[Told]) -> tuple[str, str | None]:
    """The type and mode that most tellings give, deeds before words and the lesser name settling ties."""
    weights: Counter[str] = Counter()
    for row in rows:
        weights[row.event.type] += 1
    kind = min(weights, key=lambda name: (-weights[name], name))
    modes = Counter(row.event.mode for row in rows if row.event.type == kind and row.event.mode)
    return kind, min(modes, key=lambda name: (-modes[name], name)) if modes else None


def _origins(rows: Sequence[Told]) -> int:
    """The independent origins: in each text and its copies their sources, else an agency, else an outlet."""
    by_document: defaultdict[int, set[Origin]] = defaultdict(set)
    for row in rows:
        by_document[row.speakers.print].add(row.origin)
    found: set[str] = set()
    for mine in by_document.values():
        sources = {o.key for o in mine if not o.reports} or {o.key for o in mine if o.kind == "agency"}
        found |= sources or {o.key for o in mine}
    return len(found)


def _denials(rows: Sequence[Told]) -> list[Told]:
    """Denials that name no actor: they deny the happening itself."""
    return [row for row in rows if row.tale.denies and not any(a.role == "actor" for a in row.event.arguments)]


def _deniers(rows: Sequence[Told]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.origin.name for row in _denials(rows)))


def _status(rows: Sequence[Told]) -> list[Disagreement]:
    denials = _denials(rows)
    if not denials:
        return []
    told = [row for row in rows if not row.tale.denies]
    values = [row.claim((row.event.status,), row.event.trigger) for row in (*told, *denials)]
    names = ", ".join(dict.fromkeys(row.origin.name for row in told))
    return [Disagreement("status", tuple(values), f"told by {names}; denied by {', '.join(_deniers(rows))}")]


def summed_up(
    kind: str,
    mode: str | None,
    time: EventTime | None,
    place: IncidentPlace | None,
    counts: Mapping[str, IncidentCount],
) -> str:
    """One line: what, where, when, how many."""
    where = [place.name] if place else []
    if place and place.country and place.precision != "country":
        where.append(place.country)
    days = _days(time)
    toll = [f"{counts[what].best} {what}" for what in _SAID if what in counts and counts[what].best]
    head = f"{kind}/{mode}" if mode else kind
    if where:
        head += " in " + ", ".join(where)
    return (f"{head}, {days}" if days else head) + (f": {', '.join(toll)}" if toll else "")


def _days(time: EventTime | None) -> str:
    if time is None:
        return ""
    first, last = (time.earliest or "")[:10], (time.latest or "")[:10]
    if not first:
        return f"by {last}" if last else ""
    return first if first == last or not last else f"{first} to {last}"
