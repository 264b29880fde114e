"""Which mentions of a document are the same: precise rules first, near ones after, else apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.actors.extents import Modifiers
from dateline.actors.kinds import Described
from dateline.core import Actor, Label, MentionKind
from dateline.knowledge.folding import fold
from dateline.knowledge.word_sets import word_set

_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_OWN = frozenset({"his", "her", "its", "their"})
_SELF = frozenset({"himself", "herself", "itself", "themselves"})
_BODIES = frozenset({"group", "organisation", "force", "government"})
_MANY = frozenset({"people", "group", "force", "organisation", "government", "person"})
_ONE = frozenset({"group", "organisation", "government", "force", "facility", "vehicle", "weapon", "thing"})
_LIKE = frozenset({"facility", "vehicle", "weapon"})
_MALE, _FEMALE = word_set("male"), word_set("female")
_REACH = 2
_FAR = 6
_RECENT = 8
_OPENING = 1


@dataclass
class Draft:
    """An entity while the document is being read; ``serves``: the group that people under arms belong to."""

    key: str
    kind: MentionKind
    order: int
    actor: Actor | None = None
    country: str | None = None
    sector: str | None = None
    names: list[str] = field(default_factory=list)
    nominals: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    modifiers: set[str] = field(default_factory=set)
    number: str | None = None
    gender: str | None = None
    serves: Actor | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands: sentence, token, passage; ``clause`` is the token that governs it."""

    sentence: int
    i: int
    passage: str
    clause: int
    subject: bool
    plural: bool


@dataclass(frozen=True, slots=True)
class Noun:
    """A description: its head's lemma, what stands beside it, its class, and how it is determined.

    ``bare``: nothing but the determiner beside the head. ``heading``: a lone singular, as in headlines.
    """

    head: str
    modifiers: Modifiers
    group: str
    definite: bool
    bare: bool
    counted: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    place: Place
    key: str
    kind: MentionKind
    group: str
    pronoun: bool


class Discourse:
    """The entities met so far; asked mention by mention in the order of the text."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}
        self._seen: list[_Seen] = []
        self._last_names: dict[str, str] = {}
        self._heads: dict[tuple[str, bool], list[str]] = {}
        self._headings: dict[str, str] = {}
        self._fresh = 0

    def named(self, described: Described) -> Draft:
        """The entity of a name: by registry key, else by the folded name, persons also by their last name."""
        key = described.actor.key if described.actor else described.key
        if described.actor is None and described.kind in ("person", "organisation"):
            words = described.key.split()
            if len(words) == 1 and words[0] in self._last_names:
                key = self._last_names[words[0]]
            elif words and described.kind == "person":
                self._last_names.setdefault(words[-1], key)
        elif described.actor and described.actor.kind == "person":
            self._last_names[fold(described.name).split()[-1]] = key
        draft = self._draft(key, described)
        if described.name not in draft.names:
            draft.names.append(described.name)
        return draft

    def nominal(self, described: Described, noun: Noun, place: Place) -> Draft:
        """The entity of a description: by its head and what stands beside it, "the group" by kind, else a new one."""
        if described.actor:
            return self.named(described)
        early = place.sentence < _OPENING
        again = (place.plural and described.kind != "thing") or (noun.heading and early)
        draft = self._known(described, noun, place) if noun.definite or again else None
        if draft is None and early and not noun.definite:
            draft = self._compatible(self._headings.get(noun.head), described, noun)
        if draft is None:
            key = "=" + described.key
            if key in self.drafts or noun.counted:
                self._fresh += 1
                key = f"={described.key}#{self._fresh}"
            draft = self._draft(key, described)
        if described.name not in draft.nominals:
            draft.nominals.append(described.name)
        draft.modifiers |= noun.modifiers.every
        draft.number = draft.number or noun.modifiers.number
        return draft

    def pronoun(self, described: Described, place: Place) -> Draft | None:
        """The entity that a pronoun of the third person stands for, or None."""
        word = described.key
        gender = _GENDERS.get(word)
        if gender:
            before = self._before(place, {"person"}, reach=_REACH + 1, plural=False, word=word)
            if before:
                self.drafts[before.key].gender = gender
        elif word in _THEY:
            before = self._before(place, _MANY, reach=_REACH, plural=True, word=word)
            before = before or self._before(place, _MANY - {"person"}, reach=1, plural=None, word=word)
        elif word in _IT:
            before = self._before(place, _ONE - {"thing"}, reach=1, plural=False, word=word)
            before = before or self._before(place, _ONE, reach=_REACH, plural=False, word=word)
        else:
            before = None
        return self.drafts[before.key] if before else None

    def note(self, draft: Draft, place: Place, kind: MentionKind, *, group: str = "", pronoun: bool = False) -> None:
        """Remember a mention for what follows."""
        self._seen.append(_Seen(place, draft.key, kind, group, pronoun))

    def head(self, draft: Draft, lemma: str, plural: bool, *, heading: bool = False) -> None:
        """Remember that an entity was called by this noun."""
        keys = self._heads.setdefault((lemma, plural), [])
        if draft.key in keys:
            keys.remove(draft.key)
        keys.append(draft.key)
        del keys[:-_RECENT]
        if heading:
            self._headings.setdefault(lemma, draft.key)
        draft.gender = draft.gender or ("m" if lemma in _MALE else "f" if lemma in _FEMALE else None)

    def _known(self, described: Described, noun: Noun, place: Place) -> Draft | None:
        """The last entity with the same noun that the words beside it allow, else the last one of its kind."""
        if noun.definite and noun.bare and described.kind in _BODIES:
            before = self._before(place, {described.kind}, reach=_FAR, plural=None)
            if before:
                return self.drafts[before.key]
        for key in reversed(self._heads.get((noun.head, place.plural), ())):
            if draft := self._compatible(key, described, noun):
                return draft
        if noun.definite and noun.bare and not place.plural and noun.group and described.kind in _LIKE:
            before = self._before(place, {described.kind}, reach=_FAR, plural=False, group=noun.group)
            return self.drafts[before.key] if before else None
        return None

    def _compatible(self, key: str | None, described: Described, noun: Noun) -> Draft | None:
        """The entity, where nothing that is said beside the noun speaks against it."""
        draft = self.drafts.get(key or "")
        if draft is None or (described.country and draft.country and described.country != draft.country):
            return None
        words, number = noun.modifiers, noun.modifiers.number
        if (number and draft.number and number != draft.number) or words.against(draft.modifiers):
            return None
        if not noun.definite and (noun.counted or words.every != draft.modifiers):
            return None
        return draft

    def _draft(self, key: str, described: Described) -> Draft:
        draft = self.drafts.get(key)
        if draft is None:
            draft = Draft(key, described.kind, len(self.drafts), described.actor, described.country, described.sector)
            self.drafts[key] = draft
        draft.country = draft.country or described.country
        draft.sector = draft.sector or described.sector
        return draft

    def _before(
        self,
        place: Place,
        kinds: set[MentionKind] | frozenset[str],
        *,
        reach: int,
        plural: bool | None,
        word: str = "",
        group: str = "",
    ) -> _Seen | None:
        """The nearest fitting mention of the same passage; in an earlier sentence its subject comes first."""
        best: _Seen | None = None
        gender = _GENDERS.get(word)
        for seen in reversed(self._seen):
            there = seen.place
            if there.sentence < place.sentence - reach or (best and there.sentence < best.place.sentence):
                break
            if there.passage != place.passage or seen.kind not in kinds or (group and seen.group != group):
                continue
            if plural is not None and there.plural != plural:
                continue
            if gender and self.drafts[seen.key].gender not in (None, gender):
                continue
            if word and _clash(place, there, word):
                continue
            if best is None or (there.subject and not best.place.subject):
                best = seen
        return best


def _clash(place: Place, there: Place, word: str) -> bool:
    """Whether two places of one clause cannot be the same: "Iraq accused it"."""
    return place.sentence == there.sentence and place.clause == there.clause and word not in _OWN | _SELF
