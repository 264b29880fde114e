"""Readings as a folder of brat standoff files (``.txt`` and ``.ann``), and back.

Left out: what ``annotated`` leaves out; the links of events to the claims of other documents. Names of files are made
of the documents' ids; ``documents.json`` tells which is which. ``read_brat`` gives annotations, the tool's or a
person's, in the form in which they went.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from dateline.core import DatelineError, MentionKind, Reading, Span
from dateline.core.event import ArgumentRole, Certainty, CountOf, Status
from dateline.core.ids import content_id, sha256
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
    token,
)
from dateline.exports.phrases import clean
from dateline.knowledge.ontology import ontology

_INDEX = "documents.json"
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_MARK = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t.*")
_HAPPENING = re.compile(r"(E\d+)\t([^\s:]+):(T\d+)((?: \S+:[TE]\d+)*) ?")
_LINK = re.compile(r"R\d+\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\t?")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) (E\d+)(?: (\S+))?")
_NOTE = re.compile(r"#\d*\tAnnotatorNotes (E\d+)\t(.*)")


def write_brat(readings: Iterable[Reading]) -> Iterator[tuple[str, bytes]]:
    """The files of the folder by name: two a document, the index, and the tool's configuration."""
    taken: set[str] = set()
    index: dict[str, dict[str, str]] = {}
    labels: set[str] = set()
    modes: set[str] = set()
    types = set(ontology().types)
    for reading in readings:
        made = annotated(reading)
        name = _file_name(made.document, taken)
        index[name] = {"document": made.document, "sha256": made.sha256}
        labels |= {mark.label for mark in made.marks}
        types |= {each.label for each in made.happenings if each.label != ATTRIBUTION}
        modes |= {value for each in made.happenings for key, value in each.attributes if key == "Mode"}
        yield f"{name}.txt", made.text.encode("utf-8")
        yield f"{name}.ann", ann(made).encode("utf-8", "replace")
    yield _INDEX, (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
    yield "annotation.conf", _configuration(labels, types, modes).encode("utf-8")


def ann(made: Annotated) -> str:
    """The lines of an ``.ann`` file: text-bound marks and triggers, events, attributes, notes, relations."""
    lines = [_bound(number, mark.label, mark.spans, made.text) for number, mark in enumerate(made.marks, 1)]
    first = len(made.marks) + 1
    attributes = 0
    for number, each in enumerate(made.happenings, 1):
        trigger = first + number - 1
        lines.append(_bound(trigger, each.label, each.trigger, made.text))
        told = "".join(f" {role}:T{mark + 1}" for role, mark in _numbered(each.arguments))
        lines.append(f"E{number}\t{each.label}:T{trigger}{told}")
        for name, value in each.attributes:
            attributes += 1
            lines.append(f"A{attributes}\t{name} E{number}" + (f" {value}" if value else ""))
        if each.note:
            lines.append(f"#{number}\tAnnotatorNotes E{number}\t{clean(each.note)}")
    for number, link in enumerate(made.links, 1):
        lines.append(f"R{number}\t{link.label} Arg1:T{link.source + 1} Arg2:T{link.target + 1}")
    return "".join(line + "\n" for line in lines)


def read_brat(folder: str | Path) -> tuple[Annotated, ...]:
    """The annotations of every document of a folder, by the names of the files; ids as ``documents.json`` tells them.

    Raises DatelineError with file:line where a line is not brat's, or its words are not those of the text.
    """
    folder = Path(folder)
    try:
        index = folder / _INDEX
        known = json.loads(index.read_bytes()) if index.exists() else {}
        found = []
        for path in sorted(folder.glob("*.ann")):
            text = path.with_suffix(".txt").read_bytes().decode("utf-8")
            told = known.get(path.stem) or {"document": path.stem, "sha256": sha256(text)}
            lines = path.read_bytes().decode("utf-8")
            found.append(read_ann(lines, text, document=told["document"], sha=told["sha256"], path=str(path)))
    except (OSError, ValueError, KeyError) as error:
        raise DatelineError(f"{folder}: not a folder of brat files: {error}") from error
    return tuple(found)


def read_ann(lines: str, text: str, *, document: str, sha: str, path: str = "") -> Annotated:
    """One document's annotations of the lines of its ``.ann`` file. Raises DatelineError that names the line.

    Equivalences, normalisations, and notes on anything but events are passed over.
    """
    marks: dict[str, Mark] = {}
    events: dict[str, tuple[str, str, str]] = {}
    attributes: dict[str, list[tuple[str, str]]] = {}
    notes: dict[str, str] = {}
    links: list[tuple[str, str, str]] = []
    for number, line in enumerate(lines.split("\n"), 1):
        where = f"{path or document}:{number}"
        kind = line[:1]
        if kind == "T" and (hit := _MARK.fullmatch(line)):
            marks[hit[1]] = Mark(_joined(hit[3], text, where), hit[2])
        elif kind == "E" and (hit := _HAPPENING.fullmatch(line)):
            events[hit[1]] = (hit[2], hit[3], hit[4])
        elif kind == "R" and (hit := _LINK.fullmatch(line)):
            links.append((hit[1], hit[2], hit[3]))
        elif kind in ("A", "M") and line[1:2].isdigit():
            if hit := _ATTRIBUTE.fullmatch(line):
                attributes.setdefault(hit[2], []).append((hit[1], hit[3] or ""))
        elif kind == "#":
            if hit := _NOTE.fullmatch(line):
                notes[hit[1]] = hit[2]
        elif line.strip() and kind not in ("*", "N"):
            raise DatelineError(f"{where}: not a line of brat: {clean(line)[:60]!r}")
    try:
        return _put_together(document, sha, text, marks, events, attributes, notes, links)
    except KeyError as error:
        raise DatelineError(f"{path or document}: {error.args[0]} is spoken of and not there") from None


def _put_together(
    document: str,
    sha: str,
    text: str,
    marks: dict[str, Mark],
    events: dict[str, tuple[str, str, str]],
    attributes: dict[str, list[tuple[str, str]]],
    notes: dict[str, str],
    links: list[tuple[str, str, str]],
) -> Annotated:
    triggers = {trigger for _, trigger, _ in events.values()}
    kept = [id for id in marks if id not in triggers]
    place = {id: number for number, id in enumerate(kept)}
    happenings = []
    for id, (label, trigger, told) in events.items():
        pairs = [part.rsplit(":", 1) for part in told.split()]
        # An event as an argument (people may draw one) has no mark of its own: it is its trigger's words.
        arguments = tuple((role.rstrip("0123456789"), place[mark]) for role, mark in pairs if mark in place)
        for _, mark in pairs:
            if mark not in marks and mark not in events:
                raise KeyError(mark)
        spans = marks[trigger].spans
        happenings.append(Happening(label, spans, arguments, tuple(attributes.get(id, ())), notes.get(id, "")))
    made = tuple(Link(label, place[one], place[other]) for label, one, other in links)
    return Annotated(document, sha, text, tuple(marks[id] for id in kept), tuple(happenings), made)


def _bound(number: int, label: str, spans: tuple[Span, ...], text: str) -> str:
    """A text-bound line: a span over a line break goes in pieces, for the words must stand on one line."""
    pieces = [piece for span in spans for piece in _pieces(span, text)]
    offsets = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
    return f"T{number}\t{label} {offsets}\t" + " ".join(piece.of(text) for piece in pieces)


def _pieces(span: Span, text: str) -> Iterator[Span]:
    start = span.start
    for gap in _BREAKS.finditer(text, span.start, span.end):
        if start < gap.start():
            yield Span(start, gap.start())
        start = gap.end()
    if start < span.end:
        yield Span(start, span.end)


def _joined(offsets: str, text: str, where: str) -> tuple[Span, ...]:
    """Spans of offsets, pieces put together again where only line breaks part them."""
    found: list[Span] = []
    for pair in offsets.split(";"):
        start, end = map(int, pair.split())
        if not start < end <= len(text):
            raise DatelineError(f"{where}: {pair} lies not in the text")
        if found and _BREAKS.fullmatch(text, found[-1].end, start):
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(start, end))
    return tuple(found)


def _numbered(arguments: tuple[tuple[str, int], ...]) -> Iterator[tuple[str, int]]:
    """Roles told once as they are, and from the second time on with a number, as brat asks."""
    times: dict[str, int] = {}
    for role, mark in arguments:
        times[role] = times.get(role, 0) + 1
        yield (role if times[role] == 1 else f"{role}{times[role]}"), mark


def _file_name(document: str, taken: set[str]) -> str:
    """A name that is safe in any folder; a hash tells ids apart that would look alike."""
    name = token(document)[:80]
    if name != document or name.lower() in taken or name.startswith("-"):
        name = f"{name.lstrip('-')}-{content_id('', document)}"
    taken.add(name.lower())
    return name


def _configuration(labels: set[str], types: set[str], modes: set[str]) -> str:
    """brat's ``annotation.conf``: the labels that may be used."""
    counts = {f"{COUNT}-{what}" for what in get_args(CountOf)}
    entities = sorted({*labels, *get_args(MentionKind), *counts, PLACE, TIME, SOURCE, CONTENT})
    known = {mode for type in ontology().types for mode in ontology().modes(type)}
    roles = ", ".join(f"{role}*:<ENTITY>" for role in (*get_args(ArgumentRole), PLACE, TIME, COUNT))
    lines = ["[entities]", *entities, "", "[relations]", f"{SAME} Arg1:<ENTITY>, Arg2:<ENTITY>", "", "[events]"]
    lines += [f"{type} {roles}" for type in sorted(types)]
    lines += [f"{ATTRIBUTION} {SOURCE}*:{SOURCE}, {CONTENT}*:{CONTENT}", "", "[attributes]"]
    lines.append(f"Mode Arg:<EVENT>, Value:{'|'.join(sorted(modes | known))}")
    lines.append(f"Status Arg:<EVENT>, Value:{'|'.join(get_args(Status))}")
    lines.append(f"Certainty Arg:<EVENT>, Value:{'|'.join(get_args(Certainty))}")
    lines.append("Directness Arg:<EVENT>, Value:direct|indirect|mixed|statement|post")
    lines.append("Background Arg:<EVENT>")
    return "\n".join(lines) + "\n"
