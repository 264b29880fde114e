"""Which mentions of a document are the same: precise rules first, near ones after, else apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.actors.kinds import Described
from dateline.core import Actor, Label, MentionKind

_HE = frozenset({"he", "she", "him", "her", "his"})
_IT = frozenset({"it", "its"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_WE = frozenset({"we", "our", "us", "i", "my", "me"})
_BODIES = frozenset({"group", "organisation", "force", "government"})
_REACH = 2
_FAR = 6


@dataclass
class Draft:
    """An entity while the document is being read."""

    key: str
    kind: MentionKind
    order: int
    actor: Actor | None = None
    country: str | None = None
    sector: str | None = None
    names: list[str] = field(default_factory=list)
    nominals: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Seen:
    sentence: int
    passage: str
    key: str
    kind: MentionKind
    plural: bool
    subject: bool
    head: str


class Discourse:
    """The entities met so far; asked mention by mention in the order of the text."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}
        self._seen: list[_Seen] = []
        self._last_names: dict[str, str] = {}
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
        draft = self._draft(key, described)
        if described.name not in draft.names:
            draft.names.append(described.name)
        return draft

    def nominal(
        self, described: Described, *, sentence: int, passage: str, definite: bool, bare: bool, counted: bool
    ) -> Draft:
        """The entity of a description: "the group" goes back to the last group, equal words to equal words."""
        if described.actor:
            return self.named(described)
        if definite and bare and described.kind in _BODIES:
            before = self._before(sentence, passage, {described.kind}, reach=_FAR, plural=None)
            if before and before.head != described.key:
                return self.drafts[before.key]
        key = "=" + described.key
        if counted or (not definite and key in self.drafts and described.kind not in ("people", "facility")):
            self._fresh += 1
            key = f"={described.key}#{self._fresh}"
        draft = self._draft(key, described)
        if described.name not in draft.nominals:
            draft.nominals.append(described.name)
        return draft

    def pronoun(self, described: Described, *, sentence: int, passage: str, speaker: str | None) -> Draft | None:
        """The entity that a pronoun stands for, or None; "we" is the passage's speaker."""
        word = described.key
        if word in _WE:
            return self.drafts.get(speaker) if speaker else None
        before = None
        if word in _HE:
            before = self._before(sentence, passage, {"person"}, reach=_REACH, plural=False)
        elif word in _THEY:
            kinds = {"people", "group", "force", "organisation", "government"}
            before = self._before(sentence, passage, kinds, reach=_REACH, plural=True)
            before = before or self._before(sentence, passage, kinds, reach=1, plural=None)
        elif word in _IT:
            kinds = {"group", "organisation", "government", "force", "facility"}
            before = self._before(sentence, passage, kinds, reach=_REACH, plural=False)
        return self.drafts[before.key] if before else None

    def note(
        self, draft: Draft, *, sentence: int, passage: str, kind: MentionKind, plural: bool, subject: bool, head: str
    ) -> None:
        """Remember a mention for what follows."""
        self._seen.append(_Seen(sentence, passage, draft.key, kind, plural, subject, head))

    def _draft(self, key: str, described: Described) -> Draft:
        draft = self.drafts.get(key)
        if draft is None:
            draft = Draft(key, described.kind, len(self.drafts), described.actor, described.country, described.sector)
            self.drafts[key] = draft
        draft.country = draft.country or described.country
        draft.sector = draft.sector or described.sector
        return draft

    def _before(
        self, sentence: int, passage: str, kinds: set[MentionKind] | set[str], *, reach: int, plural: bool | None
    ) -> _Seen | None:
        """The nearest fitting mention of the same passage; in an earlier sentence its subject comes first."""
        best: _Seen | None = None
        for seen in reversed(self._seen):
            if seen.sentence < sentence - reach or (best and seen.sentence < best.sentence):
                break
            fits = seen.passage == passage and seen.kind in kinds and (plural is None or seen.plural == plural)
            if fits and (best is None or (seen.subject and not best.subject)):
                best = seen
        return best
