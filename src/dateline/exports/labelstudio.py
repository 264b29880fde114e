"""Readings as tasks of Label Studio with predictions, the labelling configuration beside them, and back.

Left out: what ``annotated`` leaves out. White space before the first word is cut off (Label Studio's offsets slip on
it) and kept in ``data.lead``. Words stay words: the configuration shows the text as plain text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args
from xml.sax.saxutils import quoteattr

from dateline.core import DatelineError, MentionKind, Reading, Span
from dateline.core.event import ArgumentRole, Certainty, CountOf, Status
from dateline.core.version import __version__
from dateline.exports.annotated import (
    ATTRIBUTION,
    CONTENT,
    COUNT,
    PLACE,
    SAME,
    SOURCE,
    TIME,
    Annotated,
    Happening,
    Link,
    Mark,
    annotated,
)
from dateline.knowledge.ontology import ontology

_MARKS, _EVENTS, _TEXT, _NOTE = "mark", "event", "text", "voice"
_CHOICES = ("Mode", "Status", "Certainty", "Directness", "Background")
_YES = "yes"
_DIRECTNESS = ("direct", "indirect", "mixed", "statement", "post")


def write_labelstudio(readings: Iterable[Reading]) -> Iterator[tuple[str, bytes]]:
    """``tasks.json``, one task a document, and ``config.xml``, the labelling interface that shows them."""
    made = [annotated(reading) for reading in readings]
    tasks = json.dumps([task(each) for each in made], ensure_ascii=False, indent=1) + "\n"
    yield "tasks.json", tasks.encode("utf-8", "replace")
    yield "config.xml", configuration(made).encode("utf-8")


def task(made: Annotated) -> dict[str, Any]:
    """A task: the text, the document it is of, and one prediction with regions, choices and relations."""
    shift = len(made.text) - len(made.text.lstrip())
    text = made.text[shift:]
    results: list[dict[str, Any]] = []
    for number, mark in enumerate(made.marks):
        # Label Studio knows no broken regions: the first piece stands for them.
        results.append(_region(f"m{number}", _MARKS, mark.label, mark.spans[0], text, shift))
    for number, each in enumerate(made.happenings):
        id = f"e{number}"
        region = _region(id, _EVENTS, each.label, each.trigger[0], text, shift)
        results.append(region)
        results += [_choice(region, name, value or _YES) for name, value in each.attributes]
        if each.note:
            results.append(_choice(region, _NOTE, each.note, kind="textarea"))
        results += [_relation(id, f"m{mark}", role) for role, mark in each.arguments]
    results += [_relation(f"m{link.source}", f"m{link.target}", link.label) for link in made.links]
    data = {"text": text, "document": made.document, "sha256": made.sha256, "lead": made.text[:shift]}
    return {"data": data, "predictions": [{"model_version": f"dateline {__version__}", "result": results}]}


def read_labelstudio(path: str | Path) -> tuple[Annotated, ...]:
    """The annotations of a ``tasks.json`` or an export of Label Studio (JSON): a person's first, else the prediction.

    Raises DatelineError where the file is no such JSON or a region lies outside its text.
    """
    try:
        given = json.loads(Path(path).read_bytes().decode("utf-8"))
    except (OSError, ValueError) as error:
        raise DatelineError(f"{path}: not the JSON of Label Studio: {error}") from error
    if not isinstance(given, list):
        raise DatelineError(f"{path}: not a list of tasks")
    found = []
    for number, each in enumerate(given, 1):
        try:
            found.append(_read(each))
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            raise DatelineError(f"{path}: task {number} cannot be read: {error}") from error
    return tuple(found)


def configuration(made: Iterable[Annotated]) -> str:
    """The labelling interface (XML) with every label, choice and relation that the tasks use or may use."""
    tasks = tuple(made)
    marks = {mark.label for each in tasks for mark in each.marks}
    marks |= {*get_args(MentionKind), *(f"{COUNT}-{what}" for what in get_args(CountOf)), PLACE, TIME, SOURCE, CONTENT}
    told = [happening for each in tasks for happening in each.happenings]
    types = {*ontology().types, ATTRIBUTION, *(each.label for each in told)}
    modes = {mode for type in ontology().types for mode in ontology().modes(type)}
    modes |= {value for each in told for name, value in each.attributes if name == "Mode"}
    values: dict[str, Iterable[str]] = {
        "Mode": sorted(modes),
        "Status": get_args(Status),
        "Certainty": get_args(Certainty),
        "Directness": _DIRECTNESS,
        "Background": (_YES,),
    }
    lines = [
        "<View>",
        "  <Relations>",
        *(f"    <Relation value={quoteattr(role)}/>" for role in _roles()),
        "  </Relations>",
    ]
    for name, labels in ((_MARKS, marks), (_EVENTS, types)):
        lines.append(f'  <Labels name="{name}" toName="{_TEXT}">')
        lines += [f"    <Label value={quoteattr(label)}/>" for label in sorted(labels)]
        lines.append("  </Labels>")
    lines.append(f'  <Text name="{_TEXT}" value="$text" valueType="text" granularity="symbol"/>')
    for name, some in values.items():
        lines.append(f'  <Choices name="{name}" toName="{_TEXT}" perRegion="true" choice="single">')
        lines += [f"    <Choice value={quoteattr(value)}/>" for value in some]
        lines.append("  </Choices>")
    lines.append(f'  <TextArea name="{_NOTE}" toName="{_TEXT}" perRegion="true"/>')
    return "\n".join([*lines, "</View>"]) + "\n"


def _roles() -> tuple[str, ...]:
    return (*get_args(ArgumentRole), PLACE, TIME, COUNT, SOURCE, CONTENT, SAME)


def _region(id: str, name: str, label: str, span: Span, text: str, shift: int) -> dict[str, Any]:
    start, end = span.start - shift, span.end - shift
    value = {"start": start, "end": end, "text": text[start:end], "labels": [label]}
    return {"id": id, "from_name": name, "to_name": _TEXT, "type": "labels", "value": value}


def _choice(region: Mapping[str, Any], name: str, value: str, kind: str = "choices") -> dict[str, Any]:
    place = {key: region["value"][key] for key in ("start", "end", "text")}
    told = {**place, "text": [value]} if kind == "textarea" else {**place, "choices": [value]}
    return {"id": region["id"], "from_name": name, "to_name": _TEXT, "type": kind, "value": told}


def _relation(source: str, target: str, label: str) -> dict[str, Any]:
    return {"from_id": source, "to_id": target, "type": "relation", "direction": "right", "labels": [label]}


def _read(given: Mapping[str, Any]) -> Annotated:
    data = given["data"]
    lead = data.get("lead", "")
    shift, text = len(lead), lead + data["text"]
    done = [each for each in given.get("annotations") or () if not each.get("was_cancelled")]
    results = (done or given.get("predictions") or [{"result": []}])[0]["result"]
    regions = {r["id"]: r for r in results if r["type"] == "labels"}
    marks = [r for r in regions.values() if r["from_name"] == _MARKS]
    place = {r["id"]: number for number, r in enumerate(marks)}
    drawn = [(r["from_id"], r["to_id"], (r.get("labels") or [SAME])[0]) for r in results if r["type"] == "relation"]
    happenings = []
    for region in regions.values():
        if region["from_name"] == _EVENTS:
            own = [r for r in results if r.get("id") == region["id"]]
            chosen = ((r["from_name"], r["value"]["choices"][0]) for r in own if r["type"] == "choices")
            notes = [r["value"]["text"][0] for r in own if r["type"] == "textarea"]
            happenings.append(
                Happening(
                    region["value"]["labels"][0],
                    (_span(region, text, shift),),
                    tuple((role, place[to]) for start, to, role in drawn if start == region["id"] and to in place),
                    tuple((name, "" if value == _YES else value) for name, value in chosen if name in _CHOICES),
                    notes[0] if notes else "",
                )
            )
    links = tuple(Link(role, place[one], place[other]) for one, other, role in drawn if one in place and other in place)
    made = tuple(Mark((_span(r, text, shift),), r["value"]["labels"][0]) for r in marks)
    return Annotated(str(data["document"]), str(data["sha256"]), text, made, tuple(happenings), links)


def _span(region: Mapping[str, Any], text: str, shift: int) -> Span:
    value = region["value"]
    span = Span(int(value["start"]) + shift, int(value["end"]) + shift)
    if span.end > len(text):
        raise ValueError(f"region {region['id']} lies not in the text")
    return span
