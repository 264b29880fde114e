"""People's decisions laid over what was read and linked: a pure function of incidents, tellings and verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dateline.core import Anchor, Incident, Telling, Verdict, content_id
from dateline.store.editing import edited, told
from dateline.store.filters import State
from dateline.store.retelling import Retelling, Tales, said, told_once
from dateline.store.splicing import Key, joined, keys_of, only, renamed, without

ConflictKind = Literal["gone", "changed", "parted"]
_HALF = 0.5
ADDED = "+"
"""Before the id of an event that a person added, where it stands for the incident that it is told by."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A standing verdict that no longer fits: its target is "gone", what it edited "changed" or "parted" in two."""

    verdict: str
    kind: ConflictKind
    about: str
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident as it is shown: with the decisions laid over it, and what they amount to.

    ``edited`` names the fields that people set; ``verdicts`` are the ids of all that standing decisions touched.
    """

    incident: Incident
    state: State = "new"
    assigned: str | None = None
    edited: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is shown, the conflicts, and which incidents (as linked) each verdict lies upon."""

    shown: tuple[Shown, ...]
    conflicts: tuple[Conflict, ...]
    touches: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Piece:
    incident: Incident
    votes: dict[str, str] = field(default_factory=dict)
    assigned: str | None = None
    edited: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    fixed: set[str] = field(default_factory=set)
    """The fields that people set on the incident itself."""

    def shown(self) -> Shown:
        names = tuple(dict.fromkeys(self.edited))
        return Shown(self.incident, _state(self.votes), self.assigned, names, tuple(dict.fromkeys(self.verdicts)))


def standing(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts that no later one revokes, in their order; an undo that is itself undone revokes nothing.

    >>> one = Verdict("v1", "i1", "accept", "ana", "2026-03-01T10:00:00Z")
    >>> undo = Verdict("v2", "v1", "undo", "ana", "2026-03-01T10:01:00Z")
    >>> [v.id for v in standing([one, undo])]
    []
    """
    revoked: set[str] = set()
    for verdict in reversed(verdicts):
        if verdict.decision == "undo" and verdict.id not in revoked:
            revoked.add(verdict.subject)
    return tuple(each for each in verdicts if each.decision != "undo" and each.id not in revoked)


def overlaid(
    incidents: Iterable[Incident],
    anchors: Mapping[Key, Anchor],
    verdicts: Sequence[Verdict],
    tales: Tales | None = None,
) -> Overlay:
    """Lay verdicts over incidents, in the order in which they were taken.

    ``anchors`` give each telling's content (of all documents that a verdict names), ``tales`` what each says (of
    those whose incident holds an edited one). A verdict finds its target by content: the text's hash, the type and
    words that overlap; an incident is the one that holds most of its tellings.
    """
    desk = _Desk(incidents, anchors, tales or {})
    for verdict in standing(verdicts):
        desk.apply(verdict)
    shown = tuple(piece.shown() for piece in desk.pieces.values())
    return Overlay(shown, tuple(desk.conflicts), tuple(dict.fromkeys(desk.touches)))


class _Desk:
    """The incidents on the desk while verdict after verdict is laid over them."""

    def __init__(self, incidents: Iterable[Incident], anchors: Mapping[Key, Anchor], tales: Tales) -> None:
        self.pieces: dict[str, _Piece] = {each.id: _Piece(each) for each in incidents}
        self.conflicts: list[Conflict] = []
        self.touches: list[tuple[str, str]] = []
        self._anchors = dict(anchors)
        self._tales = dict(tales)
        self._by_text: dict[tuple[str, str], list[Key]] = {}
        for key, anchor in anchors.items():
            self._by_text.setdefault((anchor.sha256, anchor.type), []).append(key)
        self._of: dict[Key, str] = {key: id for id, piece in self.pieces.items() for key in keys_of(piece.incident)}
        self._linked = dict(self._of)

    def apply(self, verdict: Verdict) -> None:
        """One verdict; what cannot be applied becomes a conflict."""
        if verdict.decision == "add":
            self._add(verdict)
            return
        keys = self._found(verdict.anchors)
        for key in (*keys, *self._found(verdict.others)):
            if key in self._linked:
                self.touches.append((verdict.id, self._linked[key]))
        piece = self._piece(verdict, keys, verdict.anchors)
        if piece is None:
            return
        piece.verdicts.append(verdict.id)
        if verdict.decision in ("accept", "reject") and not of_event(verdict):
            piece.votes[verdict.reviewer] = verdict.decision
        elif verdict.decision == "reject":
            self._take_out(piece, frozenset(keys))
        elif verdict.decision == "assign":
            piece.assigned = str(verdict.value.get("to") or "") or None
        elif verdict.decision == "edit":
            if of_event(verdict):
                self._retell(piece, verdict, keys[0])
            else:
                self._edit(piece, verdict)
        elif verdict.decision == "merge" or verdict.value.get("answer") == "same":
            self._join(piece, verdict)
        elif verdict.decision == "split" or verdict.value.get("answer") == "different":
            self._part(piece, verdict)

    def _found(self, anchors: Iterable[Anchor]) -> tuple[Key, ...]:
        """The tellings that anchors mean today: the same text and type, the same words or some of them."""
        out: list[Key] = []
        for anchor in anchors:
            near = self._by_text.get((anchor.sha256, anchor.type), ())
            exact = [key for key in near if self._anchors[key].span == anchor.span]
            out += exact or [key for key in near if self._anchors[key].span.overlaps(anchor.span)][:1]
        return tuple(dict.fromkeys(out))

    def _piece(self, verdict: Verdict, keys: Sequence[Key], asked: Sequence[Anchor]) -> _Piece | None:
        """The incident that holds most of the tellings; None, and a conflict, where less than half are in one."""
        held = Counter(self._of[key] for key in keys if key in self._of)
        if not asked and verdict.subject in self.pieces:
            return self.pieces[verdict.subject]
        if held:
            same = (verdict.subject, held[verdict.subject])
            best, count = same if same[1] == max(held.values()) else held.most_common(1)[0]
            if count >= _HALF * len(asked):
                return self.pieces[best]
            self.conflicts.append(Conflict(verdict.id, "parted", "its tellings are now of several incidents", best))
            return None
        about = "its event is not read any more" if of_event(verdict) else "no incident holds its tellings any more"
        if not (of_event(verdict) and keys):  # an event that is there but in no incident is no conflict
            self.conflicts.append(Conflict(verdict.id, "gone", about))
        return None

    def _edit(self, piece: _Piece, verdict: Verdict) -> None:
        name = verdict.field or ""
        try:
            now, made = told(piece.incident, name), edited(piece.incident, name, verdict.value)
        except ValueError as error:
            self.conflicts.append(Conflict(verdict.id, "changed", str(error), piece.incident.id))
            return
        if verdict.was and dict(verdict.was) != now and now != dict(verdict.value):
            about = f"{name} was read otherwise when it was edited"
            self.conflicts.append(Conflict(verdict.id, "changed", about, piece.incident.id))
        piece.incident = made
        piece.edited.append(name)
        piece.fixed.add(name)

    def _retell(self, piece: _Piece, verdict: Verdict, key: Key) -> None:
        """An edit of one telling: what it claims changes, and the incident follows where it must."""
        name, anchor = verdict.field or "", self._anchors[key]
        before = self._tales.get(key) or told_once(anchor.type, None, Telling(*key, ()))
        try:
            now, after = said(before, name), edited(before, name, verdict.value)
        except ValueError as error:
            self.conflicts.append(Conflict(verdict.id, "changed", str(error), piece.incident.id))
            return
        if verdict.was and dict(verdict.was) != now and now != said(after, name):
            about = f"{name} of the telling was read otherwise when it was edited"
            self.conflicts.append(Conflict(verdict.id, "changed", about, piece.incident.id))
        self._tales[key] = after
        words, fixed = verdict.words or anchor.span, frozenset(piece.fixed)
        anew = Retelling(key, name, verdict.value, after, words, self._anchors, self._tales, fixed)
        piece.incident = anew.of(piece.incident)
        piece.edited.append(name)

    def _join(self, piece: _Piece, verdict: Verdict) -> None:
        other = self._piece(verdict, self._found(verdict.others), verdict.others)
        if other is None or other is piece:
            return
        del self.pieces[other.incident.id]
        for key in keys_of(other.incident):
            self._of[key] = piece.incident.id
        piece.incident = joined(piece.incident, other.incident)
        piece.votes |= other.votes
        piece.edited += other.edited
        piece.fixed |= other.fixed
        piece.verdicts += other.verdicts

    def _part(self, piece: _Piece, verdict: Verdict) -> None:
        """Take the others out of the incident, into one of their own; nothing where they are apart already."""
        away = frozenset(key for key in self._found(verdict.others) if self._of.get(key) == piece.incident.id)
        rest = without(piece.incident, away, self._anchors) if away else None
        if rest is None:
            return
        parted = only(piece.incident, away, self._anchors)
        if parted is not None:
            fresh = _Piece(renamed(parted), verdicts=[verdict.id])
            self.pieces[fresh.incident.id] = fresh
            for key in away:
                self._of[key] = fresh.incident.id
        piece.incident = rest

    def _take_out(self, piece: _Piece, keys: frozenset[Key]) -> None:
        """Drop rejected tellings; an incident of which none is left counts as rejected."""
        rest = without(piece.incident, keys, self._anchors)
        if rest is None:
            piece.votes[""] = "reject"
        else:
            piece.incident = rest
            piece.edited.append("tellings")

    def _add(self, verdict: Verdict) -> None:
        """A missed event: into the incident that the others name, else an incident of its own."""
        for anchor in verdict.anchors[:1]:
            key = (anchor.document, added_id(anchor))
            self._anchors[key] = anchor
            telling = Telling(*key, (str(verdict.value.get("voice") or "outlet"),))
            near = self._found(verdict.others)
            piece = self._piece(verdict, near, verdict.others) if verdict.others else None
            self._linked[key] = ADDED + key[1]
            self.touches.append((verdict.id, ADDED + key[1]))
            if piece is None:
                piece = _Piece(renamed(told_once(anchor.type, verdict.value.get("mode"), telling)))
                self.pieces[piece.incident.id] = piece
            else:
                self.touches += [(verdict.id, self._linked[each]) for each in near if each in self._linked]
                piece.incident = joined(piece.incident, told_once(piece.incident.type, piece.incident.mode, telling))
            self._of[key] = piece.incident.id
            self._by_text.setdefault((anchor.sha256, anchor.type), []).append(key)
            piece.verdicts.append(verdict.id)
            piece.edited.append("tellings")


def added_id(anchor: Anchor) -> str:
    """The id of an event that a person added, by its content."""
    return content_id("x", anchor.sha256, anchor.span.start, anchor.span.end, anchor.type, "added")


def of_event(verdict: Verdict) -> bool:
    """Whether a verdict is about one event and not about an incident."""
    return verdict.subject.startswith("x")


def _state(votes: Mapping[str, str]) -> State:
    kinds = set(votes.values())
    if len(kinds) > 1:
        return "contested"
    return "accepted" if "accept" in kinds else "rejected" if kinds else "new"
