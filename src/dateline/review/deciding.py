"""Decisions of people made into verdicts: what they are about is written down by content, then appended."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence

from dateline.core import Anchor, Incident, Span, StoreError, Telling, Verdict, content_id
from dateline.knowledge.ontology import ontology
from dateline.review.decisions import Decided, Undone
from dateline.review.errors import Clash, NotThere, NotUnderstood, clash
from dateline.store import Store
from dateline.store.editing import edited, told
from dateline.store.overlay import added_id
from dateline.store.retelling import said, told_once
from dateline.store.splicing import Key, keys_of

UNNAMED = "reviewer"


def decide(store: Store, given: Decided, reviewer: str | None) -> Verdict:
    """Record a decision. Raises NotThere, NotUnderstood or Clash where it cannot be meant."""
    maker = _Maker(store, given, given.reviewer or reviewer or UNNAMED)
    verdict = maker.added() if given.decision == "add" else maker.made()
    _append(store, verdict)
    return verdict


def undo(store: Store, id: str, given: Undone, reviewer: str | None) -> Verdict:
    """Record that a decision is taken back. Raises NotThere, or Clash where it is taken back already."""
    known = store.verdict(id)
    if known is None:
        raise NotThere(f"no verdict {id}")
    if store.is_undone(id):
        raise Clash(f"verdict {id} is undone already")
    who, now = given.reviewer or reviewer or UNNAMED, _now()
    verdict = Verdict(
        id=_fresh(id, "undo", who, now),
        subject=id,
        decision="undo",
        reviewer=who,
        decided=now,
        note=given.note,
        anchors=known.anchors,
        others=known.others,
    )
    _append(store, verdict)
    return verdict


def _append(store: Store, verdict: Verdict) -> None:
    try:
        store.add_verdict(verdict)
    except StoreError as error:
        raise clash(error) from error


class _Maker:
    """One decision on its way to a verdict."""

    def __init__(self, store: Store, given: Decided, reviewer: str) -> None:
        self._store = store
        self._given = given
        self._reviewer = reviewer

    def made(self) -> Verdict:
        """Any decision but an added event."""
        given = self._given
        if given.document is not None and given.subject.startswith("x"):
            return self._of_event()
        incident = self._incident(given.subject)
        anchors, others = self._anchors(keys_of(incident)), self._others(incident)
        was = {}
        if given.decision == "edit":
            try:
                was = told(incident, given.field or "")
                edited(incident, given.field or "", given.value)
            except ValueError as error:
                raise NotUnderstood(str(error)) from error
            self._of_known_type()
        if given.decision == "link" and given.tellings:
            left, right = self._pair()
            anchors, others = self._anchors([left]), self._anchors([right])
        return self._verdict(anchors, others, was)

    def added(self) -> Verdict:
        """An event that was missed: its trigger in a document, its type, and the incident that it belongs to."""
        given = self._given
        id = given.document or given.subject
        document = self._store.documents_of([id]).get(id)
        if document is None:
            raise NotThere(f"no document {id}")
        if given.type not in ontology().types:
            raise NotUnderstood(f"type: {given.type!r} is no event type")
        words = self._words(len(document.text))
        if words is None:
            raise NotUnderstood("words: the trigger must be chosen")
        others: tuple[Anchor, ...] = ()
        if given.other:
            others = self._anchors(keys_of(self._incident(given.other)))
        anchor = Anchor(document.id, document.sha256, words, given.type)
        voice = {"voice": document.outlet} if document.outlet and "voice" not in given.value else {}
        return self._verdict((anchor,), others, {}, value={**given.value, **voice})

    def _of_event(self) -> Verdict:
        """A decision about one event of one document."""
        given = self._given
        key = (str(given.document), given.subject)
        anchors = self._anchors([key])
        if given.decision in ("merge", "split", "assign"):
            raise NotUnderstood(f"{given.decision}: the subject must be an incident")
        others: tuple[Anchor, ...] = ()
        if given.decision == "link":
            left, right = self._pair()
            anchors, others = self._anchors([left]), self._anchors([right])
        was = {}
        if given.decision == "edit":
            tale = self._store.tale(key) or told_once(anchors[0].type, None, Telling(*key, ()))
            try:
                was = said(tale, given.field or "")
                edited(tale, given.field or "", given.value)
            except ValueError as error:
                raise NotUnderstood(str(error)) from error
            self._of_known_type()
        return self._verdict(anchors, others, was)

    def _of_known_type(self) -> None:
        to = self._given.value.get("to")
        if self._given.field == "type" and to not in ontology().types:
            raise NotUnderstood(f"type: {to!r} is no event type")

    def _others(self, incident: Incident) -> tuple[Anchor, ...]:
        """The other side of a merge, a link or a split."""
        given = self._given
        if given.decision == "split":
            mine, away = set(keys_of(incident)), {(document, event) for document, event in given.tellings}
            if not away or not away < mine:
                raise NotUnderstood("tellings: some, and not all, of the incident's must be named")
            return self._anchors(sorted(away))
        if given.decision == "merge" or (given.decision == "link" and not given.tellings):
            if given.decision == "link":
                self._answer()
            if not given.other or given.other == given.subject:
                raise NotUnderstood("other: another incident must be named")
            return self._anchors(keys_of(self._incident(given.other)))
        return ()

    def _pair(self) -> tuple[Key, Key]:
        self._answer()
        if len(self._given.tellings) != 2:
            raise NotUnderstood("tellings: two must be named")
        left, right = self._given.tellings
        return left, right

    def _answer(self) -> None:
        if self._given.value.get("answer") not in ("same", "different", "unsure"):
            raise NotUnderstood("value: answer must be same, different or unsure")

    def _incident(self, id: str) -> Incident:
        incident = self._store.shown_record(id)
        if incident is None:
            raise NotThere(f"no incident {id}")
        return incident

    def _anchors(self, keys: Sequence[Key]) -> tuple[Anchor, ...]:
        """Tellings by content."""
        events = self._store.events_of(keys)
        documents = self._store.documents_of([key[0] for key in keys])
        added: dict[Key, Anchor] = {}
        if len(events) < len(set(keys)):
            texts = {document.sha256 for document in documents.values()}
            held = [verdict for text in sorted(texts) for verdict in self._store.verdicts_about(text)]
            added = {(a.document, added_id(a)): a for v in held if v.decision == "add" for a in v.anchors}
        out = []
        for key in keys:
            event, document = events.get(key), documents.get(key[0])
            if event is not None and document is not None:
                out.append(Anchor(document.id, document.sha256, Span(event.first, event.last), event.type))
            elif key in added:
                out.append(added[key])
            else:
                raise NotThere(f"no event {key[1]} in {key[0]}")
        return tuple(out)

    def _words(self, length: int) -> Span | None:
        words = self._given.words
        if words is None:
            return None
        if not words.start < words.end <= length:
            raise NotUnderstood("words: not in the text")
        return Span(words.start, words.end)

    def _verdict(
        self,
        anchors: tuple[Anchor, ...],
        others: tuple[Anchor, ...],
        was: dict[str, str | int | float | bool | None],
        value: dict[str, str | int | float | bool | None] | None = None,
    ) -> Verdict:
        given, now = self._given, _now()
        words = None
        if given.words is not None:
            document = self._store.documents_of([given.document or given.subject])
            if not document:
                raise NotUnderstood("words: name the document that they stand in")
            words = self._words(len(next(iter(document.values())).text))
        return Verdict(
            id=_fresh(given.subject, given.decision, self._reviewer, now),
            subject=given.subject,
            decision=given.decision,
            reviewer=self._reviewer,
            decided=now,
            note=given.note,
            field=given.field,
            value=given.value if value is None else value,
            was=was,
            document=given.document,
            words=words,
            anchors=anchors,
            others=others,
        )


def _fresh(subject: str, decision: str, reviewer: str, now: str) -> str:
    return content_id("v", subject, decision, reviewer, now, secrets.token_hex(8))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
