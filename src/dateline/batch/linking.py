"""A store linked on: new documents are compared with those that are there, and only what they touch changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.core import Incident, Reading
from dateline.incidents.kept import Group, Kept, linking_form
from dateline.incidents.linkage import Linkage
from dateline.incidents.ordering import incident_order, place_in_list
from dateline.incidents.rulings import Ruling
from dateline.store import Store
from dateline.store.linked import LinkedDocument, Ruled

What = Literal["new", "grown", "joined", "parted", "shrunk", "told otherwise", "gone"]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an incident in a run, and why.

    ``incident`` is its id now (before, where it is gone), ``before`` the ids of those that held its tellings;
    ``documents``: those that tell it and did not before, ``left`` those that do no more. ``why`` says it in words.
    """

    what: What
    incident: str
    before: tuple[str, ...]
    documents: tuple[str, ...]
    left: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Relinked:
    """How a linking went: how many incidents there are, what changed, which verdicts a later one overrules."""

    incidents: int
    changes: tuple[Change, ...]
    overruled: tuple[str, ...] = ()
    whole: bool = False

    def counted(self) -> str:
        """The changes counted, the most frequent first: "3 new, 2 grown"."""
        counts: defaultdict[str, int] = defaultdict(int)
        for change in self.changes:
            counts[change.what] += 1
        return ", ".join(f"{n} {what}" for what, n in sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def relink(store: Store, *, withdraw: Iterable[str] = ()) -> Relinked:
    """Link what the store holds and has not linked yet, and take the ``withdraw`` documents out of it.

    The incidents are those of linking all documents from scratch under the decisions that stand. What an earlier run
    compared is not compared again, and a record whose tellings and sources are as they were is not made again, unless
    the store was linked by other weights (``whole``). Raises StoreError where the store cannot be written.
    """
    known = set(store.ids())
    gone = sorted(set(withdraw) & known)
    ruled = store.rulings()
    by = (linking_form(), tuple(each for _, each in ruled))
    before, kept, held = store.members(), store.kept_incidents(), store.linked_by()
    rulings = [_as_ruling(each) for _, each in ruled if not {each[0], each[2]} & set(gone)]
    source = store.by_document()
    state = _brought_back(store, held[1], source) if held and held[0] == by[0] else None
    if whole := state is None:
        kept = ()
    state = state or Linkage(rulings, source)
    state.drop(gone)
    state.rule(rulings)
    state.add(source[id] for id in (store.ids() if whole else store.unlinked()) if id not in gone)
    groups = state.groups()
    there = {each.basis: each for each in kept}
    made = {group.basis: state.incident(group) for group in groups if group.basis not in there}
    places = [(incident_order(each), each.id, group.basis) for group in groups if (each := made.get(group.basis))]
    for k in (there[group.basis] for group in groups if group.basis in there):
        places.append((place_in_list(k.documents, k.type, k.tellings, k.day, k.id), k.id, k.basis))
    order = [(basis, id) for _, id, basis in sorted(places)]
    rows = [_row(each) for each in state.changed()]
    store.relink(order, made, rows, by, whole=whole, withdrawn=gone)
    overruled = tuple(dict.fromkeys(verdict for verdict, each in ruled if _as_ruling(each) in state.overruled))
    changes = _changes(before, groups, made, order, fresh=known - _told(before), gone=frozenset(gone))
    return Relinked(len(order), changes, overruled, whole)


def _brought_back(store: Store, rulings: Sequence[Ruled], source: Mapping[str, Reading]) -> Linkage | None:
    """The state of the last linking; None where what is kept of it cannot be read: all is linked anew then."""
    try:
        return Linkage.brought_back([_kept(each) for each in store.linked()], [_as_ruling(r) for r in rulings], source)
    except (ValueError, LookupError):
        return None


def _as_ruling(each: Ruled) -> Ruling:
    return Ruling(each[:2], each[2:4], each[4])


def _told(before: Mapping[str, frozenset[Key]]) -> set[str]:
    return {document for keys in before.values() for document, _ in keys}


def _kept(row: LinkedDocument) -> Kept:
    return Kept(row.number, row.document, row.card, row.ties, row.homes, row.copies)


def _row(kept: Kept) -> LinkedDocument:
    return LinkedDocument(kept.number, kept.document, kept.card, kept.ties, kept.homes, kept.copies)


def _changes(
    before: Mapping[str, frozenset[Key]],
    groups: Sequence[Group],
    made: Mapping[str, Incident],
    order: Sequence[tuple[str, str]],
    *,
    fresh: set[str],
    gone: frozenset[str],
) -> tuple[Change, ...]:
    """What became of each incident: of those made anew, and of those that are there no more."""
    home = {key: id for id, keys in before.items() for key in keys}
    tellings = {group.basis: frozenset(group.tellings) for group in groups}
    now: defaultdict[str, set[str]] = defaultdict(set)
    for basis, id in order:
        for key in tellings[basis]:
            if key in home:
                now[home[key]].add(id)
    found = []
    for basis, id in order:
        if basis in made:
            mine = tellings[basis]
            old = tuple(sorted({home[key] for key in mine if key in home}))
            had = frozenset().union(*(before[each] for each in old))
            if mine != had or len(old) != 1 or made[basis].id not in before:
                found.append(_change(id, old, mine, had, any(len(now[each]) > 1 for each in old), gone))
            else:
                found.append(
                    Change("told otherwise", id, old, (), (), "copies of its reports or their outlets changed")
                )
    for id, keys in sorted(before.items()):
        if id not in now:
            left = tuple(sorted({document for document, _ in keys}))
            why = "its documents were withdrawn" if gone >= set(left) else "nobody says that it happened any more"
            found.append(Change("gone", id, (id,), (), left, why))
    return tuple(found)


def _change(
    id: str, old: tuple[str, ...], mine: frozenset[Key], had: frozenset[Key], parted: bool, gone: frozenset[str]
) -> Change:
    came = tuple(sorted({document for document, _ in mine} - {document for document, _ in had}))
    left = tuple(sorted({document for document, _ in had} - {document for document, _ in mine}))
    withdrawn = [document for document in left if document in gone]
    why = [f"{_listed(came)} tell{'s' if len(came) == 1 else ''} it"] if came else []
    why += [f"{_listed(withdrawn)} withdrawn"] if withdrawn else []
    if not old:
        return Change("new", id, old, came, left, "; ".join(why))
    if len(old) > 1:
        return Change("joined", id, old, came, left, "; ".join([*why, f"{len(old)} incidents are one now"]))
    if parted:
        return Change("parted", id, old, came, left, "; ".join([*why, "its tellings are of several incidents now"]))
    what: What = "grown" if mine >= had else "shrunk"
    return Change(what, id, old, came, left, "; ".join(why) or "its tellings are grouped otherwise now")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")
