"""Why a record says what it says: for each field the rule, table row or model that gave it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core.record import Record
from dateline.core.span import Span

EXPLANATION_SCHEMA = "dateline.explanation/1"


@dataclass(frozen=True, slots=True)
class Reason:
    """Where one value comes from.

    ``by`` names what gave it (lexicon, frame, status cue, weights, encoder, rule …), ``because`` says how in words;
    ``row`` is the file:line of the table row that decided, ``span`` the words of the text that did.
    """

    field: str
    value: str | None
    by: str
    because: str
    row: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Explanation(Record):
    """The reasons of one event's fields, in the order of the record."""

    document: str
    event: str
    type: str
    trigger: Span
    reasons: tuple[Reason, ...]
    schema: str = EXPLANATION_SCHEMA

    def of(self, field: str) -> tuple[Reason, ...]:
        """The reasons of a field; an event has several arguments and counts."""
        return tuple(reason for reason in self.reasons if reason.field == field)
