"""What people decide about records: appended, never overwriting, tied to the words and not only to ids."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Literal

from dateline.core.record import Record
from dateline.core.span import Span

Decision = Literal["accept", "reject", "edit", "add", "link", "merge", "split", "assign", "comment", "undo"]
"""What a person can decide (docs/review.md)."""

LinkAnswer = Literal["same", "different", "unsure"]
"""Whether two tellings are of one happening."""

Scalar = str | int | float | bool | None
"""What a field of a verdict may hold."""


@dataclasses.dataclass(frozen=True, slots=True)
class Anchor:
    """One telling by its content: the text's hash, the trigger's words and the type that was read there.

    Ids may change when newer models read a text again; the text does not. ``document`` is its id in the store.

    >>> Anchor("d1", "723ce8be…", Span(5, 9), "ASSAULT").type
    'ASSAULT'
    """

    document: str
    sha256: str
    span: Span
    type: str


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict(Record):
    """A person's decision about a record, appended and never overwriting.

    ``subject`` is the id of an incident, of an event, of a document (``add``) or of a verdict (``undo``);
    ``anchors`` say by content which tellings it stands for, ``others`` the other side: the incident it is
    merged or linked with, the tellings that are split off, the incident that an added event belongs to.
    ``field`` and ``value`` are what an edit sets, ``was`` what stood there when it was decided; ``words`` is the
    span that was chosen for it, in the text of ``document``. A link's answer is ``value["answer"]``
    (same, different, unsure), an assignment's ``value["to"]``. ``decided`` is ISO in UTC, ``note`` says why.

    >>> no = Verdict("r1", "i4ec80442a7", "reject", "ana", "2026-05-06T10:00:00Z", note="another town")
    >>> no.to_dict()["decision"]
    'reject'
    """

    id: str
    subject: str
    decision: Decision
    reviewer: str
    decided: str
    note: str = ""
    field: str | None = None
    value: Mapping[str, Scalar] = dataclasses.field(default_factory=dict, hash=False)
    was: Mapping[str, Scalar] = dataclasses.field(default_factory=dict, hash=False)
    document: str | None = None
    words: Span | None = None
    anchors: tuple[Anchor, ...] = ()
    others: tuple[Anchor, ...] = ()
