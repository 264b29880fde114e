"""Who is said to have done it: claims of responsibility, accusations and denials, each with its voice."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.core import Claim, ClaimStatus, Entity, Event, Hearing, Mention, Reading, Span
from dateline.core.event import Blame
from dateline.incidents.claims import Told
from dateline.incidents.tales import party_key
from dateline.incidents.voices import Origin, outlet_name, settled
from dateline.knowledge.blame_cues import BlameCue, blame_cues, speaks_of_act
from dateline.knowledge.families import families
from dateline.knowledge.folding import fold

_STATUS: dict[Blame, ClaimStatus] = {
    "claimed or admitted": "claimed",
    "suspected or accused by authorities": "accused",
    "suspected or accused": "accused",
    "possible": "suspected",
    "acquitted": "denied",
}
_DENYING = ("denied", "negated")
_END = re.compile(r"[.!?][\"”’')\]]*\s|\n")
_NOBODY = re.compile(r"(?:no|none|nobody|no-one|neither)\b", re.I)
_NEGATED = re.compile(r"\b(?:not|never|nor|n[’']t|without)\b[\s\w]{0,12}\Z", re.I)
_GAP = re.compile(r"\s*(?:[a-z]+\s+){0,3}\Z")
_NEAR = 60
_BODIES = ("group", "organisation", "government", "people")
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Statement:
    """One voice on whether a party did it; ``named``: the party goes by a name or stands in the registry."""

    key: str
    entity: Entity
    named: bool
    claim: Claim

    @property
    def denies(self) -> bool:
        """Whether it says that this party did not do it."""
        return self.claim.status == "denied"


def statements(rows: Sequence[Told]) -> tuple[Statement, ...]:
    """What is said of who did it: by the tellings themselves, and by words beside them ("claimed responsibility").

    Each once a document, voice and status. A denial by someone who goes by no name ("the group denied it") counts as
    that of the one named party that denies in the same document.
    """
    found = [*_of_tellings(rows), *_of_words(rows)]
    unique: dict[tuple[str, str, object, tuple[str, ...]], Statement] = {}
    for each in _named_deniers(found):
        key = (each.claim.document, each.key, each.claim.status, each.claim.voice)
        unique.setdefault(key, each)
    return tuple(
        sorted(unique.values(), key=lambda s: (s.denies, s.claim.document, s.claim.span, s.claim.voice, s.key))
    )


def status_of(row: Told, confidence: Blame | None) -> ClaimStatus:
    """How a telling's voice stands to an actor it gives."""
    if row.event.status in _DENYING:
        return "denied"
    return _STATUS.get(confidence, "asserted") if confidence else "asserted"


def _of_tellings(rows: Sequence[Told]) -> Iterator[Statement]:
    for row in rows:
        for argument in row.event.arguments:
            party = row.speakers.party(argument.mention) if argument.role == "actor" else None
            if party is None:
                continue
            mention, entity = party
            status = status_of(row, argument.confidence)
            if status == "denied" and _NOBODY.match(mention.span.of(row.reading.document.text)):
                continue
            entity = _fuller(entity, row.reading)
            named = entity.actor is not None or _is_named(entity, row.reading)
            span = row.event.trigger if status == "denied" else mention.span
            claim = dataclasses.replace(row.claim((entity.name,), span), status=status)
            yield Statement(party_key(entity), entity, named, claim)


def _of_words(rows: Sequence[Told]) -> Iterator[Statement]:
    known = [row.origin for row in rows]
    for row in {row.reading.document.id: row for row in rows}.values():
        mine = {each.event.id for each in rows if each.reading is row.reading}
        acts = [e for e in row.reading.events if _is_act(e)]
        if mine.isdisjoint(e.id for e in acts):
            continue
        for span, cue in blame_cues(row.reading.document.text):
            party = _holder(row.reading, span, cue)
            if party is None:
                continue
            mention, entity = party
            sentence = _sentence(row.reading.document.text, span)
            act = _act(row.reading, acts, span, sentence, entity)
            if act is not None and act.id in mine and _means_act(row.reading, acts, span, mention, sentence):
                yield _statement(row, known, span, cue, entity)


def _statement(row: Told, known: Sequence[Origin], span: Span, cue: BlameCue, entity: Entity) -> Statement:
    reading, speakers = row.reading, row.speakers
    voice = _voice(reading, span)
    named = entity.actor is not None or _is_named(entity, reading)
    if cue.teller == "holder":
        origin = Origin(party_key(entity), entity.name, "organisation")
        chain = speakers.chain(voice)
        chain = chain if len(chain) > 1 else (outlet_name(speakers), entity.name)
    else:
        origin, chain = speakers.origin(voice), speakers.chain(voice)
        origin = settled([*known, origin])[origin.key]
    claim = Claim(
        value=(entity.name,),
        voice=chain,
        origin=origin.name,
        document=reading.document.id,
        span=span,
        reported=speakers.spoken(span),
        kind=origin.kind,
        status=cue.status,
    )
    return Statement(party_key(entity), entity, named, claim)


def _voice(reading: Reading, span: Span) -> str:
    """The voice of an attribution whose cue these words are, else of the innermost around them, else the passage's."""
    for attribution in reading.attributions:
        if attribution.cue and attribution.cue.overlaps(span):
            return attribution.voice
    holding = [
        (part.end - part.start, a.id, a.voice) for a in reading.attributions for part in a.content if part.holds(span)
    ]
    if holding:
        return min(holding)[2]
    passage = Hearing(reading.passages).passage(span)
    return passage.voice if passage else ""


def _holder(reading: Reading, span: Span, cue: BlameCue) -> tuple[Mention, Entity] | None:
    """The party that stands before or behind the cue; None where there is none, or the cue is negated."""
    text = reading.document.text
    if _NEGATED.search(text, max(0, span.start - _NEAR), span.start):
        return None
    if cue.holder == "before":
        near = [m for m in reading.mentions if span.start - _NEAR <= m.span.end <= span.start]
        near = [m for m in near if _GAP.match(text, m.span.end, span.start)]
        best = max(near, key=lambda m: (m.span.end, -m.span.start), default=None)
    else:
        near = [m for m in reading.mentions if span.end <= m.span.start <= span.end + 2]
        best = min(near, key=lambda m: (m.span.start, -m.span.end), default=None)
    entity = next((e for e in reading.entities if best and e.id == best.entity), None)
    if best is None or entity is None or _NOBODY.match(best.span.of(text)):
        return None
    entity = _fuller(entity, reading)
    if entity.actor is None and not _is_named(entity, reading) and cue.status != "denied":
        return None
    return best, entity


def _act(reading: Reading, acts: Sequence[Event], span: Span, sentence: Span, holder: Entity) -> Event | None:
    """The act that the words speak of: one told in the sentence, else one the party is tied to, else the one before."""
    inside = [e for e in acts if sentence.holds(e.trigger)]
    if inside:
        return min(inside, key=lambda e: (e.trigger.start < span.start, abs(e.trigger.start - span.start), e.id))
    tied = [e for e in acts if _tied(reading, e, holder)]
    told = tied or [e for e in acts if not e.background] or list(acts)
    before = [e for e in told if e.trigger.end <= span.start]
    if before:
        return max(before, key=lambda e: (e.trigger, e.id))
    return min(told, key=lambda e: (e.trigger, e.id), default=None)


def _tied(reading: Reading, event: Event, holder: Entity) -> bool:
    """Whether an event has the party as an actor or a voice."""
    entities = {m.id: m.entity for m in reading.mentions}
    if any(entities.get(a.mention) == holder.id for a in event.arguments if a.role == "actor"):
        return True
    voice = next((v for v in reading.voices if v.id == event.voice), None)
    return voice is not None and fold(voice.name) == fold(holder.name)


def _means_act(reading: Reading, acts: Sequence[Event], span: Span, holder: Mention, sentence: Span) -> bool:
    """Whether the rest of the sentence speaks of an act, or says nothing more."""
    start = max(span.end, holder.span.start)
    rest = reading.document.text[start : sentence.end]
    if speaks_of_act(rest) or any(start <= e.trigger.start < sentence.end for e in acts):
        return True
    behind = reading.document.text[max(span.end, holder.span.end) : sentence.end]
    return len(behind.split()) <= _SHORT


def _is_act(event: Event) -> bool:
    family = families().of(event.type, event.mode)
    return family.part == "conflict" and event.status in ("asserted", "attempted", *_DENYING)


def _sentence(text: str, span: Span) -> Span:
    """The stretch between the ends of sentences around a span."""
    start = max((m.end() for m in _END.finditer(text, max(0, span.start - 600), span.start)), default=0)
    end = _END.search(text, span.end, span.end + 600)
    return Span(start, end.start() if end else min(len(text), span.end + 600))


def _fuller(entity: Entity, reading: Reading) -> Entity:
    """The one fuller name in the document that holds a shorter one ("the Front"), else the entity itself."""
    if entity.actor or entity.kind in ("person", "force") or not entity.name[:1].isupper():
        return entity
    words = set(fold(entity.name).split())
    fuller = [e for e in reading.entities if e.kind in _BODIES and words < set(fold(e.name).split())]
    fuller = [e for e in fuller if _is_named(e, reading)]
    return fuller[0] if len({fold(e.name) for e in fuller}) == 1 else entity


def _is_named(entity: Entity, reading: Reading) -> bool:
    return any(m.level == "name" for m in reading.mentions if m.entity == entity.id)


def _named_deniers(found: Sequence[Statement]) -> Iterator[Statement]:
    deniers: dict[str, dict[str, Statement]] = {}
    for each in found:
        if each.denies and each.named:
            deniers.setdefault(each.claim.document, {})[each.key] = each
    for each in found:
        known = list(deniers.get(each.claim.document, {}).values())
        if each.denies and not each.named and len(known) == 1:
            claim = dataclasses.replace(each.claim, value=known[0].claim.value)
            if each.claim.origin != known[0].claim.origin and each.claim.kind not in ("outlet", "agency"):
                claim = dataclasses.replace(claim, origin=known[0].claim.origin)
            yield Statement(known[0].key, known[0].entity, True, claim)
        else:
            yield each
