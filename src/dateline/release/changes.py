"""What became of the records of an earlier release: by their ids, by their content, and by what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dateline import codec
from dateline.core import Incident, sha256

What = Literal["added", "changed", "renamed", "replaced", "withdrawn"]
KINDS: tuple[What, ...] = ("added", "changed", "renamed", "replaced", "withdrawn")


@dataclass(frozen=True, slots=True)
class Change:
    """One record's fate; ``record`` is ``incident`` or ``document``.

    ``before`` and ``after`` are the SHA-256 of the records' lines, None where there is none. ``fields``: which differ.
    ``was``: the earlier incidents whose tellings an added one holds; ``now``: those that hold a gone one's.
    """

    change: What
    record: Literal["incident", "document"]
    id: str
    before: str | None = None
    after: str | None = None
    fields: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()

    @property
    def gone(self) -> bool:
        """Whether nothing has this id any more."""
        return self.change in ("renamed", "replaced", "withdrawn")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as a release lists it: what is known about it, the hash of its text and that of its reading's line."""

    id: str
    sha256: str
    reading: str
    published: str | None
    url: str | None
    outlet: str | None
    title: str | None
    language: str | None


def incident_changes(before: Sequence[Incident], after: Sequence[Incident]) -> tuple[Change, ...]:
    """The fates of the incidents that are not as they were, in the order of their ids.

    A gone incident is ``renamed`` where one with the same content took its place, ``replaced`` where its tellings are
    in others now (it grew, or was merged or split), else ``withdrawn``.
    """
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    gone = [old[id] for id in sorted(old.keys() - new.keys())]
    come = [new[id] for id in sorted(new.keys() - old.keys())]
    bare = {_bare(each): each.id for each in reversed(come)}
    heirs = _holders(after)
    found = [_changed(old[id], new[id]) for id in old.keys() & new.keys() if old[id] != new[id]]
    was: dict[str, dict[str, None]] = {}
    for each in gone:
        same = bare.get(_bare(each))
        now = (same,) if same else tuple(sorted({id for key in _tellings(each) for id in heirs.get(key, ())}))
        for id in now:
            was.setdefault(id, {})[each.id] = None
        fate: What = "renamed" if same else "replaced" if now else "withdrawn"
        fields = _fields(each, new[now[0]]) if len(now) == 1 else ()
        found.append(Change(fate, "incident", each.id, _line(each), None, fields, now=now))
    found += [Change("added", "incident", i.id, None, _line(i), was=tuple(sorted(was.get(i.id, ())))) for i in come]
    return tuple(sorted(found, key=lambda change: (change.id, change.change)))


def document_changes(before: Sequence[DocumentLine], after: Sequence[DocumentLine]) -> tuple[Change, ...]:
    """The fates of the documents: new ones, those read otherwise (or of another text), and those no longer there."""
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    found: list[Change] = []
    for id in sorted(old.keys() | new.keys()):
        one, other = old.get(id), new.get(id)
        if one == other:
            continue
        what: What = "added" if one is None else "withdrawn" if other is None else "changed"
        hashes = (one.reading if one else None, other.reading if other else None)
        found.append(Change(what, "document", id, *hashes, fields=_fields(one, other) if one and other else ()))
    return tuple(found)


def _changed(one: Incident, other: Incident) -> Change:
    return Change("changed", "incident", one.id, _line(one), _line(other), _fields(one, other))


def _fields(one: object, other: object) -> tuple[str, ...]:
    """The names of the fields that differ, the id left out."""
    left, right = codec.to_dict(one), codec.to_dict(other)
    return tuple(name for name in left if name != "id" and left[name] != right.get(name))


def _line(incident: Incident) -> str:
    return sha256(codec.to_json(incident))


def _bare(incident: Incident) -> str:
    return _line(replace(incident, id=""))


def _tellings(incident: Incident) -> tuple[tuple[str, str], ...]:
    return tuple((telling.document, telling.event) for telling in incident.events)


def _holders(incidents: Iterable[Incident]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    held: dict[tuple[str, str], tuple[str, ...]] = {}
    for each in incidents:
        for key in _tellings(each):
            held[key] = (*held.get(key, ()), each.id)
    return held
