"""Which words tell an event: predicates, the frames that say who does it to whom, and light verbs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from dateline.core import ArgumentRole, CountOf, Status
from dateline.core.event import UNTYPED
from dateline.knowledge.folder import by_folder, own_table
from dateline.knowledge.lemmas import mended
from dateline.knowledge.ontology import Ontology, ontology
from dateline.knowledge.tables import Row, data_path, own_rows, read_table

PartOfSpeech = Literal["v", "n", "a"]
NeedTest = Literal["lemma", "kind", "has", "no", "light", "passive"]

_NARROW: dict[NeedTest, int] = {"lemma": 3, "kind": 2}
KINDS = ("people", "armed", "org", "facility", "weapon", "vehicle", "place")
_FRAMES = ("frame", "actor", "recipient", "victim", "target", "instrument", "mutual")
_PREDICATES = ("lemma", "pos", "needs", "type", "mode", "frame", "count", "status", "note")
_LIGHT = ("lemma", "prt", "status")
_SETS = "lexicons/predicate_sets.tsv"
_PARTS, _STATUSES, _ROLES, _COUNTS = map(get_args, (PartOfSpeech, Status, ArgumentRole, CountOf))
_SLOT = re.compile(
    r"subj|obj|iobj|poss|comp|prt|adv|xcomp|xcomp_subj|prep_[a-z]+|light_subj|light_obj|light_iobj|light_prep_[a-z]+"
)


@dataclass(frozen=True, slots=True)
class Need:
    """One condition over the parse around a predicate.

    ``lemma``: the slot's head has one of the lemmas ``values``; ``kind``: it is of one of the kinds;
    ``has`` / ``no``: the slot is filled / empty; ``light``: the noun is the object of a light verb;
    ``passive``: the verb is passive. ``slot`` is empty for the last two.
    """

    test: NeedTest
    slot: str = ""
    values: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, words: str, sets: Mapping[str, frozenset[str]] | None = None) -> Need:
        """A condition as the tables write it; ``$name`` stands for a set of lemmas.

        ValueError where it is not a condition.

        >>> Need.parse("prep_of:fire,attack").slot, Need.parse("obj@people").test, Need.parse("no:obj").slot
        ('prep_of', 'kind', 'obj')
        """
        if words in ("light", "passive"):
            return cls(cast(NeedTest, words))
        slot, mark, rest = re.split(r"([:@])", words, maxsplit=1) if re.search("[:@]", words) else (words, "", "")
        if slot in ("has", "no") and _SLOT.fullmatch(rest):
            return cls(cast(NeedTest, slot), rest)
        values = frozenset(rest.split(","))
        for name in [value for value in values if value.startswith("$")]:
            values = values - {name} | (sets or {}).get(name[1:], frozenset({""}))
        if not mark or not _SLOT.fullmatch(slot) or "" in values:
            raise ValueError(f"{words!r} is not a condition")
        if mark == "@" and not values <= set(KINDS):
            raise ValueError(f"{words!r} names a kind that is none of {', '.join(KINDS)}")
        return cls("kind" if mark == "@" else "lemma", slot, values)


@dataclass(frozen=True, slots=True)
class Frame:
    """In which slots the roles stand, the first filled slot first; ``mutual``: both sides act.

    ``line`` is the row's file:line.
    """

    name: str
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    victim: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    mutual: bool = False
    line: str = ""

    def slots(self, role: ArgumentRole) -> tuple[str, ...]:
        """The slots of a role."""
        return cast("tuple[str, ...]", getattr(self, role))


@dataclass(frozen=True, slots=True)
class CountFeed:
    """Which count the number in a role's phrase is: of ``dozens`` in "killed dozens", ``killed``."""

    what: CountOf
    role: ArgumentRole


@dataclass(frozen=True, slots=True)
class Predicate:
    """A row of the lexicon: under ``needs``, the lemma tells an event of ``type`` and ``mode``.

    ``type`` None: the row suppresses (the word is no event here); ``frame`` is None only then. ``OTHER``: a happening
    that is no deed of a party (a quake, an accident) or a plain crime, with a code of its own in ``acled``.
    ``status`` is the lexical default status. ``muc4`` and ``acled`` override the ontology's
    crosswalk where the word is sharper than its type and mode. ``weak``: the word alone is no
    evidence that something was done ("nine died", "the threat", "damage"); it counts where a
    stronger event stands in the same sentence. ``keeps``: the object that a condition names stays
    an event of its own ("attributed the attack to"); of other rows it is part of this one ("called
    off the strike"). ``line`` is the row's file:line.
    """

    lemma: str
    pos: PartOfSpeech
    needs: tuple[Need, ...]
    type: str | None
    mode: str | None
    frame: Frame | None
    counts: tuple[CountFeed, ...]
    status: Status | None
    muc4: str | None
    acled: str | None
    weak: bool
    keeps: bool
    note: str
    line: str

    @property
    def specificity(self) -> tuple[int, int]:
        """How many conditions, then how narrow they are: lemmas before kinds before filled slots."""
        return len(self.needs), sum(_NARROW.get(need.test, 1) for need in self.needs)


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that carries an event noun ("launched an attack") and adds no event of its own.

    ``link`` is empty, a particle or preposition ("carry" + ``("out",)``), or an idle noun with its
    preposition ("take" + ``("part", "in")``). ``status`` is what the verb adds ("attempted").
    """

    lemma: str
    link: tuple[str, ...]
    status: Status | None


class Lexicon:
    """Predicates by lemma and part of speech, the most specific first."""

    __slots__ = ("_light", "_rows", "frames", "size")

    def __init__(self, frames: dict[str, Frame], rows: Iterable[Predicate], light: Iterable[LightVerb]) -> None:
        self.frames = frames
        self._rows: dict[tuple[str, str], list[Predicate]] = {}
        self.size = 0
        for row in rows:
            self._rows.setdefault((row.lemma, row.pos), []).append(row)
            self.size += 1
        for each in self._rows.values():
            each.sort(key=lambda row: row.specificity, reverse=True)
        self._light: dict[str, tuple[LightVerb, ...]] = {}
        for verb in light:
            known = (*self._light.get(verb.lemma, ()), verb)
            self._light[verb.lemma] = tuple(sorted(known, key=lambda v: -len(v.link)))

    def of(self, lemma: str, pos: PartOfSpeech) -> tuple[Predicate, ...]:
        """The rows of a lemma, the most specific first, so that the first row that holds is meant.

        Of rows that are equally specific the first in the table comes first.

        A phrasal verb stands under its verb, with the condition that the particle is there.

        >>> [row.type for row in lexicon().of("bomb", "v")][-1]
        'ASSAULT'
        """
        return tuple(self._rows.get((lemma, pos)) or self._rows.get((mended(lemma), pos)) or ())

    def light(self, lemma: str) -> tuple[LightVerb, ...]:
        """The light verbs of a lemma, those with the longest link first."""
        return self._light.get(lemma) or self._light.get(mended(lemma), ())

    def predicates(self) -> tuple[Predicate, ...]:
        """Every row."""
        return tuple(row for rows in self._rows.values() for row in rows)


@by_folder
def lexicon() -> Lexicon:
    """The lexicon that ships with the package: every table ``lexicons/predicates*.tsv``.

    Where a folder of knowledge is in use, the user's own predicates are laid over it.
    """
    tables = sorted(data_path("lexicons").glob("predicates*.tsv"))
    own = own_table("predicates.tsv")
    return read_lexicon("lexicons/frames.tsv", tables, "lexicons/light_verbs.tsv", ontology(), own)


def read_lexicon(
    frames: str | Path, tables: Iterable[str | Path], light: str | Path, types: Ontology, own: Path | None = None
) -> Lexicon:
    """A lexicon from its tables.

    ``own``: a user's table; its rows take the place of those with the same lemma, part of speech and conditions,
    and of rows that are equally specific they come first.
    KnowledgeError with file:line where a row names an unknown type, mode, frame, slot, role, count, status or
    condition, or where a row stands twice.
    """
    known = read_frames(frames)
    sets = {row["set"]: frozenset(row.list("lemmas")) for row in read_table(_SETS, ("set", "lemmas"))}
    given = [read_table(name, _PREDICATES) for name in tables]
    shipped = _distinct((row for rows in given for row in rows), known, sets, types)
    mine = _distinct(own_rows(own, _PREDICATES), known, sets, types) if own is not None else {}
    rows = mine | {key: row for key, row in shipped.items() if key not in mine}
    return Lexicon(known, rows.values(), read_light_verbs(light))


def _distinct(
    rows: Iterable[Row], frames: dict[str, Frame], sets: Mapping[str, frozenset[str]], types: Ontology
) -> dict[tuple[str, str, frozenset[Need]], Predicate]:
    """The predicates of rows, by what makes a row the only one of its kind."""
    found: dict[tuple[str, str, frozenset[Need]], Predicate] = {}
    for row in rows:
        predicate = _predicate(row, frames, sets, types)
        key = (predicate.lemma, predicate.pos, frozenset(predicate.needs))
        if key in found:
            raise row.error(f"{row['lemma']} {row['pos']} {row['needs']} stands already in {found[key].line}")
        found[key] = predicate
    return found


def read_frames(name: str | Path) -> dict[str, Frame]:
    """The frames of a table by name."""
    found: dict[str, Frame] = {}
    for row in read_table(name, _FRAMES):
        cells = {role: row.list(role) for role in _ROLES}
        for slot in (slot for slots in cells.values() for slot in slots):
            if not _SLOT.fullmatch(slot):
                raise row.error(f"{slot!r} is not a slot")
        if row["frame"] in found or row["mutual"] not in ("", "1"):
            raise row.error(f"{row['frame']!r} stands twice, or mutual is not 1 or empty")
        found[row["frame"]] = Frame(row["frame"], **cells, mutual=row["mutual"] == "1", line=row.place)
    return found


def read_light_verbs(name: str | Path) -> tuple[LightVerb, ...]:
    """The light verbs of a table."""
    return tuple(
        LightVerb(row["lemma"], tuple(row["prt"].split()), _status(row, row["status"]))
        for row in read_table(name, _LIGHT)
    )


def _predicate(row: Row, frames: dict[str, Frame], sets: Mapping[str, frozenset[str]], types: Ontology) -> Predicate:
    lemma, _, particle = row["lemma"].partition(" ")
    if not lemma or lemma != lemma.lower() or row["pos"] not in _PARTS:
        raise row.error("a lower-case lemma and a part of speech v, n or a are needed")
    try:
        needs = [Need.parse(words, sets) for words in row["needs"].split()]
    except ValueError as error:
        raise row.error(str(error)) from error
    if particle:
        needs.append(Need("lemma", "prt", frozenset({particle})))
    silent = row["type"] == "-"
    if not silent and (row["type"] not in (*types.types, UNTYPED) or row["frame"] not in frames):
        raise row.error(f"no type {row['type']!r} or no frame {row['frame']!r}")
    if row["mode"] and (silent or row["type"] == UNTYPED or row["mode"] not in types.modes(row["type"])):
        raise row.error(f"{row['type']} has no mode {row['mode']!r}")
    notes = row["note"].split("; ") if row["note"] else []
    told = dict(part.split("=", 1) for part in notes if "=" in part)
    return Predicate(
        lemma=lemma,
        pos=cast(PartOfSpeech, row["pos"]),
        needs=tuple(needs),
        type=None if silent else row["type"],
        mode=row["mode"] or None,
        frame=None if silent else frames[row["frame"]],
        counts=tuple(_feed(row, words) for words in row.list("count")),
        status=_status(row, row["status"]),
        muc4=told.get("muc4"),
        acled=told.get("acled"),
        weak="weak" in notes,
        keeps="keeps" in notes,
        note=row["note"],
        line=row.place,
    )


def _feed(row: Row, words: str) -> CountFeed:
    what, _, role = words.partition("=")
    if what not in _COUNTS or role not in _ROLES:
        raise row.error(f"{words!r} is not a count fed by a role")
    return CountFeed(cast(CountOf, what), cast(ArgumentRole, role))


def _status(row: Row, word: str) -> Status | None:
    if word and word not in _STATUSES:
        raise row.error(f"{word!r} is not a status")
    return cast(Status, word) if word else None
