"""Words that say an event is not simply so: modals, governing verbs and nouns, adverbs, negations."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from dateline.core import Certainty, Status
from dateline.knowledge.lemmas import mended
from dateline.knowledge.tables import Row, read_table

CueKind = Literal[
    "modal",
    "modal_negated",
    "modal_perfect",
    "modal_negated_perfect",
    "verb_governor",
    "noun_governor",
    "adverb",
    "negation",
    "mark",
    "mark_present",
    "adjective",
    "determiner",
    "generic",
    "said_noun",
    "factive",
    "outcome",
    "happening",
    "acquitting",
    "charging",
    "blaming",
    "admitting",
    "total",
    "recalling",
]
_COLUMNS = ("cue", "kind", "status", "certainty", "note")


@dataclass(frozen=True, slots=True)
class StatusCue:
    """What a cue makes of the event it governs; None: it leaves the status or the certainty alone.

    ``cue`` is a lemma in lower case; a phrasal verb or a mark of several words keeps its blanks
    ("call for", "in case"). ``line`` is the row's file:line.
    """

    cue: str
    kind: CueKind
    status: Status | None
    certainty: Certainty | None
    note: str
    line: str = ""


class StatusCues:
    """The cues by kind.

    >>> status_cues().of("verb_governor", "foil").status
    'attempted'
    >>> status_cues().of("modal", "table") is None
    True
    """

    __slots__ = ("_cues",)

    def __init__(self, cues: tuple[StatusCue, ...]) -> None:
        self._cues: dict[CueKind, dict[str, StatusCue]] = {}
        for cue in cues:
            self._cues.setdefault(cue.kind, {})[cue.cue] = cue

    def of(self, kind: CueKind, cue: str) -> StatusCue | None:
        """The cue of a kind, or None."""
        cues = self._cues.get(kind, {})
        return cues.get(cue) or cues.get(mended(cue))

    def all(self, kind: CueKind) -> tuple[StatusCue, ...]:
        """Every cue of a kind, in the table's order."""
        return tuple(self._cues.get(kind, {}).values())


@functools.cache
def status_cues() -> StatusCues:
    """The cues that ship with the package."""
    return read_status_cues("lexicons/status_cues.tsv")


def read_status_cues(name: str | Path) -> StatusCues:
    """The cues of a table. KnowledgeError where a kind, status or certainty is unknown or a cue stands twice."""
    cues: dict[tuple[str, str], StatusCue] = {}
    for row in read_table(name, _COLUMNS):
        cue = _cue(row)
        if (cue.kind, cue.cue) in cues:
            raise row.error(f"{cue.kind} {cue.cue} stands twice")
        cues[cue.kind, cue.cue] = cue
    return StatusCues(tuple(cues.values()))


def _cue(row: Row) -> StatusCue:
    for column, known in (("kind", CueKind), ("status", Status), ("certainty", Certainty)):
        if row[column] not in get_args(known) and (row[column] or column == "kind"):
            raise row.error(f"{row[column]!r} is not a {column}")
    if not row["cue"] or row["cue"] != row["cue"].lower():
        raise row.error("a cue in lower case is needed")
    return StatusCue(
        cue=row["cue"],
        kind=cast(CueKind, row["kind"]),
        status=cast(Status, row["status"]) if row["status"] else None,
        certainty=cast(Certainty, row["certainty"]) if row["certainty"] else None,
        note=row["note"],
        line=row.place,
    )
