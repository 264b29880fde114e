"""Why a record says what it says: for each field the rule, table row or model that gave it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core.record import Record
from dateline.core.span import Span

EXPLANATION_SCHEMA = "dateline.explanation/1"
"""The name and version of an explanation's JSON."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Where one value comes from.

    ``by`` names what gave it (lexicon, frame, status cue, weights, encoder, rule …), ``because`` says how in words;
    ``row`` is the file:line of the table row that decided, ``span`` the words of the text that did.

    >>> Reason("status", "planned", "status cue", "plans", span=Span(3, 8)).by
    'status cue'
    """

    field: str
    value: str | None
    by: str
    because: str
    row: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Explanation(Record):
    """The reasons of one event's fields, in the order of the record.

    >>> why = Reason("type", "PROTEST", "lexicon", "“marched” is a protest")
    >>> told = Explanation("d1", "x1", "PROTEST", Span(0, 7), (why,))
    >>> [reason.because for reason in told.of("type")]
    ['“marched” is a protest']
    """

    document: str
    event: str
    type: str
    trigger: Span
    reasons: tuple[Reason, ...]
    schema: str = EXPLANATION_SCHEMA

    def of(self, field: str) -> tuple[Reason, ...]:
        """The reasons of a field; an event has several arguments and counts."""
        return tuple(reason for reason in self.reasons if reason.field == field)
