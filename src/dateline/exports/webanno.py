"""Readings as W3C Web Annotations (JSON-LD) with PROV-O, and incidents as what is derived from them.

Every telling, count, attribution, mention, time and place is an annotation whose target has a quote selector and a
position selector (code points of the text with the given hash). Left out: passages, media, labels, the whole texts,
parts of counts, the clues at ingest; of incidents their parties and the claims of other fields than counts (the
tellings that they are derived from carry both); verdicts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.core import Claim, Count, Event, Incident, Reading, Span, Voice
from dateline.core.ids import content_id
from dateline.core.version import __version__
from dateline.exports.linked_data import CONTEXT, iri, web_address
from dateline.exports.phrases import clean, figure, kind_of

Node = dict[str, Any]
_ASIDE = 32
_AGENTS = {"person": "Person", "outlet": "Organization", "agency": "Organization", "organisation": "Organization"}


def write_webanno(readings: Iterable[Reading]) -> Iterator[str]:
    """One JSON-LD document: the annotations of all readings."""
    return _document(node for reading in readings for node in _Annotations(reading).nodes())


def write_webanno_incidents(incidents: Sequence[Incident], readings: Mapping[str, Reading]) -> Iterator[str]:
    """One JSON-LD document: the annotations of all readings, then the incidents and the claims of their counts."""

    def nodes() -> Iterator[Node]:
        for reading in readings.values():
            yield from _Annotations(reading).nodes()
        for incident in incidents:
            yield from _incident(incident, readings)

    return _document(nodes())


def _document(nodes: Iterable[Node]) -> Iterator[str]:
    yield '{"@context": ' + _line(CONTEXT) + ',\n"@graph": [\n'
    before = ""
    for node in nodes:
        yield before + _line(node)
        before = ",\n"
    yield "\n]}\n"


def _line(value: Any) -> str:
    """JSON that stays JSON inside a page's script element, where JSON-LD often goes."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").encode("utf-8", "replace").decode("utf-8")


class _Annotations:
    """The nodes of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._id = reading.document.id
        self._run = iri("run", reading.document.sha256)
        self._voices = {voice.id: voice for voice in reading.voices}
        self._places = {place.id: place for place in reading.places}

    def nodes(self) -> Iterator[Node]:
        yield from self._source()
        yield from (self._agent(voice) for voice in self._reading.voices)
        yield from (self._place(id) for id in self._places)
        for event in self._reading.events:
            yield self._event(event)
            yield from (self._count(event, number, count) for number, count in enumerate(event.counts))
        yield from self._attributions()
        yield from self._marks()

    def _source(self) -> Iterator[Node]:
        """The text that was read, the run that read it, and the programs that wrote the layers."""
        document = self._reading.document
        url = web_address(document.url)
        if not document.text:
            return  # a document whose words are withheld: nothing can be pointed at
        yield {
            "id": _text(self._reading),
            "type": ["prov:Entity", "Text"],
            "dl:document": self._id,
            "dl:sha256": document.sha256,
            **_known({"dl:published": document.published, "dl:outlet": document.outlet, "label": document.title}),
            **_known({"prov:hadPrimarySource": url, "language": document.language}),
        }
        makers = sorted({_maker(name) for name in self._reading.producers.values()})
        yield {"id": self._run, "type": "prov:Activity", "prov:used": _text(self._reading)} | _known(
            {"prov:wasAssociatedWith": [_program(), *makers]}
        )
        yield {"id": _program(), "type": ["prov:SoftwareAgent", "Software"], "label": f"dateline {__version__}"}
        for layer, name in sorted(self._reading.producers.items()):
            yield {"id": _maker(name), "type": ["prov:SoftwareAgent", "Software"], "label": name, "dl:layer": layer}

    def _agent(self, voice: Voice) -> Node:
        return {
            "id": self._voice(voice.id),
            "type": ["prov:Agent", *([f"prov:{_AGENTS[voice.kind]}"] if voice.kind in _AGENTS else [])],
            "label": voice.name,
            "dl:kind": voice.kind,
            "dl:chain": [self._voice(each) for each in voice.chain],
        }

    def _place(self, id: str) -> Node:
        place = self._places[id]
        told = {"dl:country": place.country, "dl:admin1": place.admin1, "dl:radius_km": place.radius_km}
        point = {"geo:lat": place.lat, "geo:long": place.lon}
        return {"id": self._place_iri(id), "type": "dl:Place", "label": place.name} | point | _known(told)

    def _event(self, event: Event) -> Node:
        time = event.time
        body = {
            "id": iri("telling", self._id, event.id),
            "type": ["dl:Telling", "prov:Entity"],
            "label": kind_of(event.type, event.mode),
            "dl:type": event.type,
            **_known({"dl:mode": event.mode}),
            "dl:status": event.status,
            "dl:certainty": event.certainty,
            "dl:background": event.background,
            "dl:argument": [
                _known({"dl:role": a.role, "dl:mention": iri("mention", self._id, a.mention), "dl:blame": a.confidence})
                for a in event.arguments
            ],
            **_known({"dl:earliest": time.earliest, "dl:latest": time.latest} if time else {}),
            **_known({"dl:place": self._place_iri(event.place.place) if event.place and event.place.place else None}),
            "prov:wasAttributedTo": self._voice(event.voice),
            "prov:wasDerivedFrom": _text(self._reading),
        }
        # The trigger first: a target of several parts, for the telling is told by all of them together.
        spans = list(dict.fromkeys((event.trigger, *event.evidence)))
        return self._annotation("event", event.id, "classifying", body, spans, "events")

    def _count(self, event: Event, number: int, count: Count) -> Node:
        words = f"{figure(count.low, count.best, count.high)} {count.what}"
        body = {
            "type": "dl:Count",
            "label": words,
            "dl:what": count.what,
            "dl:low": count.low,
            **_known({"dl:best": count.best, "dl:high": count.high, "dl:of": count.of}),
            "dl:event": iri("telling", self._id, event.id),
            "prov:wasAttributedTo": self._voice(event.voice),
        }
        return self._annotation("count", f"{event.id}.{number}", "describing", body, [count.span], "events")

    def _attributions(self) -> Iterator[Node]:
        for said in self._reading.attributions:
            parts = {"dl:source": said.source, "dl:cue": said.cue}
            body = {
                "type": "dl:Attribution",
                "dl:directness": said.directness,
                "dl:voice": self._voice(said.voice),
                **{name: self._target(span) for name, span in parts.items() if span},
                **_known({"dl:within": iri("attribution", self._id, said.within) if said.within else None}),
            }
            yield self._annotation("attribution", said.id, "linking", body, list(said.content), "attribution")

    def _marks(self) -> Iterator[Node]:
        names = {entity.id: entity for entity in self._reading.entities}
        for mention in self._reading.mentions:
            entity = names.get(mention.entity or "")
            told: Node = {"type": "dl:Mention", "dl:kind": mention.kind, "dl:level": mention.level}
            if entity:
                told |= {"label": entity.name, "dl:entity": iri("entity", self._id, entity.id)}
                told |= _known({"dl:actor": entity.actor, "dl:country": entity.country, "dl:sector": entity.sector})
            yield self._annotation("mention", mention.id, "identifying", told, [mention.span], "actors")
        for timex in self._reading.timexes:
            told = {"type": "dl:Time", "label": timex.edtf or timex.value, "dl:timex": timex.type}
            told |= _known({"dl:earliest": timex.earliest, "dl:latest": timex.latest})
            yield self._annotation("time", timex.id, "describing", told, [timex.span], "times")
        for name in self._reading.toponyms:
            place = self._place_iri(name.place) if name.place in self._places and name.place else None
            told = {"type": "dl:Toponym"} | _known({"dl:place": place})
            yield self._annotation("toponym", name.id, "identifying", told, [name.span], "places")

    def _annotation(self, kind: str, id: str, motive: str, body: Node, spans: list[Span], layer: str) -> Node:
        targets = [self._target(span) for span in spans]
        maker = self._reading.producers.get(layer)
        return {
            "id": iri(kind, self._id, id),
            "type": ["Annotation", "prov:Entity"],
            "motivation": motive,
            "body": body,
            "target": targets[0] if len(targets) == 1 else targets,
            "generator": _maker(maker) if maker else _program(),
            "prov:wasGeneratedBy": self._run,
        }

    def _target(self, span: Span) -> Node:
        return _target(self._reading, span)

    def _voice(self, id: str) -> str:
        return iri("voice", self._id, id)

    def _place_iri(self, id: str) -> str:
        place = self._places.get(id)
        number = place.geonames if place else None
        return f"https://sws.geonames.org/{number}/" if number else iri("place", self._id, id)


def _target(reading: Reading, span: Span) -> Node:
    """The words in the text with this hash; where the report is on the web, the page, the text being its state."""
    document = reading.document
    text, url = document.text, web_address(document.url)
    exact = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - _ASIDE) : span.start],
        "suffix": text[span.end : span.end + _ASIDE],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    target: Node = {"type": "SpecificResource", "source": url or _text(reading), "selector": [exact, position]}
    return target | ({"state": {"type": "TimeState", "cached": _text(reading)}} if url else {})


def _incident(incident: Incident, readings: Mapping[str, Reading]) -> Iterator[Node]:
    time, place = incident.time, incident.place
    me = iri("incident", incident.id)
    yield {
        "id": me,
        "type": ["dl:Incident", "prov:Entity"],
        "label": clean(incident.summary) or kind_of(incident.type, incident.mode),
        "dl:type": incident.type,
        **_known({"dl:mode": incident.mode}),
        **_known({"dl:earliest": time.earliest, "dl:latest": time.latest} if time else {}),
        **({"geo:lat": place.lat, "geo:long": place.lon, "dl:radius_km": place.radius_km} if place else {}),
        **_known({"dl:placeName": place.name, "dl:country": place.country} if place else {}),
        "dl:count": [
            {"dl:what": what, "dl:low": count.low, "dl:rule": count.rule}
            | _known({"dl:best": count.best, "dl:high": count.high})
            for what, count in incident.counts.items()
        ],
        "dl:disputed": [each.field for each in incident.disagreements],
        "dl:origins": incident.origins,
        "prov:wasDerivedFrom": [iri("telling", each.document, each.event) for each in incident.events],
        "prov:wasAttributedTo": _program(),
    }
    yield {"id": _program(), "type": ["prov:SoftwareAgent", "Software"], "label": f"dateline {__version__}"}
    for what, count in incident.counts.items():
        for number, claim in enumerate(count.claims):
            yield _claim(iri("claim", incident.id, what, str(number)), me, what, claim, readings)


def _claim(me: str, incident: str, what: str, claim: Claim, readings: Mapping[str, Reading]) -> Node:
    """One voice's figure: an annotation of its words where they are at hand, else the claim alone."""
    low, high = (*claim.value, None, None)[:2]
    body = {
        "type": ["dl:Claim", "prov:Entity"],
        "dl:incident": incident,
        "dl:what": what,
        "dl:names": list(claim.voice),
        "dl:origin": claim.origin,
        "dl:superseded": claim.superseded,
        **_known({"dl:low": low, "dl:high": high, "dl:of": claim.of, "dl:reported": claim.reported}),
    }
    reading = readings.get(claim.document)
    if reading is None or claim.span.end > len(reading.document.text):
        return body | {"id": me}
    return {
        "id": me,
        "type": ["Annotation", "prov:Entity"],
        "motivation": "describing",
        "body": body,
        "target": _target(reading, claim.span),
        "generator": _program(),
    }


def _text(reading: Reading) -> str:
    return iri("text", reading.document.sha256)


def _program() -> str:
    return iri("program", f"dateline-{__version__}")


def _maker(name: str) -> str:
    return iri("producer", name if name.isascii() and len(name) < 100 else content_id("", name))


def _known(values: Node) -> Node:
    return {key: value for key, value in values.items() if value not in (None, "")}
