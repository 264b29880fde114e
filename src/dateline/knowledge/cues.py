"""The words by which news says who speaks: verbs, nouns, adjectives and phrases, and what sources are called."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dateline.core import CueClass
from dateline.knowledge.folder import by_folder, own_table
from dateline.knowledge.tables import Row, own_rows, read_table

CuePlace = Literal["before", "citing", "document"]
SourceKind = Literal["official", "organisation", "unnamed", "document"]
TOPICAL: frozenset[CueClass] = frozenset({"judge", "express", "talk"})
"""Classes whose content is only spoken about: "praised the raid" does not tell of a raid on the speaker's word."""
_FRAMES = frozenset(
    {"clause", "quote", "to", "ing", "object", "label", "as", "object-clause", "to-noun", "pred", "subject"}
)
_CUE_COLUMNS = ("lemma", "class", "frames")
_SOURCE_COLUMNS = ("word", "kind", "person")
_PREPOSITIONS = frozenset({"at", "for", "of", "on", "about", "against", "over", "in", "as", "with", "to", "from"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that ties a source to a content; ``frames`` are the places where the content may stand.

    ``line`` is the row's file:line.
    """

    lemma: str
    kind: CueClass
    frames: frozenset[str]
    line: str = ""


@dataclass(frozen=True, slots=True)
class CuePhrase:
    """A phrase of several words that ties a source to a content."""

    words: tuple[str, ...]
    kind: CueClass
    place: CuePlace


@by_folder
def cue_verbs() -> dict[str, Cue]:
    """The verbs by lemma, the user's own among them where a folder of knowledge is in use.

    >>> cue_verbs()["deny"].kind, "clause" in cue_verbs()["say"].frames
    ('deny', True)
    """
    own = own_table("cue_verbs.tsv")
    return _cues("verbs") | (_cues_of(own_rows(own, _CUE_COLUMNS)) if own is not None else {})


@functools.cache
def cue_nouns() -> dict[str, Cue]:
    """The nouns by lemma ("the claim that …")."""
    return _cues("nouns")


@functools.cache
def cue_adjectives() -> dict[str, Cue]:
    """The adjectives by lemma ("is confident that …")."""
    return _cues("adjectives")


@functools.cache
def cue_phrases() -> tuple[CuePhrase, ...]:
    """The phrases, the longest first."""
    found = []
    for row in read_table("lexicons/cue_phrases.tsv", ("phrase", "class", "place")):
        if row["place"] not in get_args(CuePlace):
            raise row.error(f"{row['place']!r} is no place of a phrase")
        found.append(CuePhrase(tuple(row["phrase"].split()), _class(row), cast(CuePlace, row["place"])))
    return tuple(sorted(found, key=lambda phrase: (-len(phrase.words), phrase.words)))


@functools.cache
def citing_verbs() -> frozenset[str]:
    """The lemmas of verbs whose participle names the source of what is told beside it ("citing police")."""
    return frozenset(phrase.words[0] for phrase in cue_phrases() if phrase.place == "citing")


@functools.cache
def source_kinds() -> dict[str, SourceKind]:
    """What kind of source a head word names ("spokesman" is official).

    >>> source_kinds()["spokesman"], source_kinds()["witnesses"]
    ('official', 'unnamed')
    """
    found: dict[str, SourceKind] = {}
    for row in read_table("lexicons/cue_sources.tsv", _SOURCE_COLUMNS):
        if row["kind"] not in get_args(SourceKind):
            raise row.error(f"{row['kind']!r} is no kind of source")
        found[row["word"]] = cast(SourceKind, row["kind"])
    return found


@functools.cache
def personal_words() -> frozenset[str]:
    """The head words of sources that name one human being, so that "he" may mean it.

    >>> "spokesman" in personal_words(), "ministry" in personal_words()
    (True, False)
    """
    rows = read_table("lexicons/cue_sources.tsv", _SOURCE_COLUMNS)
    return frozenset(row["word"] for row in rows if row["person"] == "yes")


def _class(row: Row) -> CueClass:
    if row["class"] not in get_args(CueClass):
        raise row.error(f"{row['class']!r} is no class of cue")
    return cast(CueClass, row["class"])


def _cues(name: str) -> dict[str, Cue]:
    return _cues_of(read_table(f"lexicons/cue_{name}.tsv", _CUE_COLUMNS))


def _cues_of(rows: tuple[Row, ...]) -> dict[str, Cue]:
    found: dict[str, Cue] = {}
    for row in rows:
        frames = frozenset(row.list("frames"))
        strange = {frame.removeprefix("object+") for frame in frames - _FRAMES} - _PREPOSITIONS
        if strange or not frames:
            raise row.error(f"frames {', '.join(sorted(strange)) or '(none)'} are not known")
        if not row["lemma"] or row["lemma"] != row["lemma"].lower():
            raise row.error("a lemma in lower case is needed")
        if row["lemma"] in found:
            raise row.error(f"{row['lemma']!r} stands twice")
        found[row["lemma"]] = Cue(row["lemma"], _class(row), frames, row.place)
    return found


@functools.cache
def colon_labels() -> frozenset[str]:
    """Words before a headline's colon that name no speaker ("Breaking:").

    >>> "breaking" in colon_labels()
    True
    """
    return frozenset(row["word"] for row in read_table("lexicons/cue_labels.tsv", ("word",)))
