"""What speaks for and against a name being the place of an event: features of the two and of the way between them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.core import Attribution, Hearing, Place
from dateline.events.candidates import Candidate
from dateline.knowledge.folding import fold
from dateline.knowledge.place_words import place_words
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_SITES = word_set("site")
_OTHER_TIME = word_set("other_time")
_LOCATIVE = word_set("locative")
_STRONG = word_set("locative_strong")
_KINDS = frozenset({"admin1", "admin2", "city", "district", "area", "facility", "water"})
_SAME = frozenset({"compound", "nmod", "appos", "conj"})
_DASHES = frozenset({"-", "--", "–", "—"})
_CLAUSES = frozenset({"advcl", "relcl", "ccomp"})
_STOPS = frozenset({",", ";", ":"})
_WIDTHS = {"country": 0, "region": 0, "admin1": 1, "admin2": 1, "area": 1, "name": 3, "unplaced": 3}
_LONGEST_WAY = 6
_APART = 40


@dataclass(frozen=True, slots=True)
class Query:
    """The token whose event is asked about, the light verb that carries it, and the sentence's other triggers."""

    i: int
    light: int | None
    others: frozenset[int]


class Scenery:
    """A sentence with its candidates, and what does not depend on the event that is asked about."""

    def __init__(self, sentence: Sentence, candidates: Sequence[Candidate], hearing: Hearing) -> None:
        self.sentence = sentence
        self.candidates = candidates
        self.voices: tuple[Attribution | None, ...] = tuple(hearing.attribution(c.span) for c in candidates)
        self.ways = tuple(way_of(sentence, c) for c in candidates)
        self.commas = _counted(t.text in _STOPS for t in sentence)
        self.verbs = _counted(t.pos == "VERB" for t in sentence)
        self._heads = {c.head: n for n, c in enumerate(candidates)}
        self._below: dict[int, int] = {}
        for n, c in enumerate(candidates):
            for k in c.chain[1:_LONGEST_WAY]:
                above = self._heads.get(k)
                if above is not None and candidates[above].last < c.first:
                    self._below.setdefault(above, n)

    def own(self, n: int) -> list[str]:
        """The features of a candidate that hold for every event of the sentence."""
        c, sentence, way = self.candidates[n], self.sentence, self.ways[n]
        after, known = place_words().after, place_words().rarely
        left = sentence[c.first - 1].lower if c.first else "^"
        farther = sentence[c.first - 2].lower if c.first > 1 else "^"
        right = sentence[c.last + 1].lower if c.last + 1 < len(sentence) else "$"
        last = after.get(sentence[c.last].lower, "")
        mention = f"{c.mention}{'+' if c.meant else ''}"
        told = [
            "name", f"kind={c.kind}", f"way={way}", f"way={way}&kind={c.kind}", f"mention={mention}",
            f"mention={mention}&way={way}", f"left={left}", f"right={right}", f"dep={sentence[c.head].dep}",
            f"after={after.get(right, '')}", f"words={min(4, c.last - c.first + 1)}",
            f"mention={mention}&kind={c.kind}", f"left={farther} {left}", f"shape={_shape(sentence, c)}",
            f"left={left}&kind={c.kind}",
        ]  # fmt: skip
        if last:
            told += [f"last={last}", f"last={last}&kind={c.kind}"]
        rare = {kind for k in range(c.first, c.last + 1) if (kind := known.get(fold(sentence[k].text)))}
        told += [f"rare={kind}&kind={c.kind}" for kind in sorted(rare)]
        if c.first == 0:
            told.append(f"start&right={'dash' if right in _DASHES else 'other'}")
        if right == ",":
            named = c.last + 2 < len(sentence) and sentence[c.last + 2].text[0].isupper()
            told.append(f"right=,&next={'name' if named else 'word'}")
        return told + self._neighbours(n)

    def _neighbours(self, n: int) -> list[str]:
        """How the name stands to the names beside it and to those above and below it in the tree."""
        told: list[str] = []
        c, sentence, others = self.candidates[n], self.sentence, self.candidates
        for other in (*others[max(0, n - 1) : n], *others[n + 1 : n + 2]):
            if other.first <= c.first and c.last <= other.last:
                told += ["inside", f"inside&kind={c.kind}"]
            elif c.first <= other.first and other.last <= c.last:
                told += ["outside", f"outside&kind={c.kind}"]
            elif other.first == c.last + 2 and sentence[c.last + 1].text == ",":
                told += ["contained", f"contained={_rank(c)}{_rank(other)}"]
            elif c.first == other.last + 2 and sentence[other.last + 1].text == ",":
                told += ["container", f"container={_rank(other)}{_rank(c)}"]
        above = next((self._heads[k] for k in c.chain[1:_LONGEST_WAY] if k in self._heads), None)
        if above is not None and not (others[above].first <= c.last and c.first <= others[above].last):
            told += [f"under={_rank(others[above])}{_rank(c)}", f"under&way={self.ways[n]}"]
        told += self._nested(n)
        below = self._below.get(n)
        if below is not None:
            told += [f"over={_rank(c)}{_rank(others[below])}", f"over&way={self.ways[below]}"]
        return told

    def _nested(self, n: int) -> list[str]:
        """Whether another name of the sentence is a place inside this one, or this one inside another."""
        own, told = self.candidates[n].place, []
        for other in self.candidates:
            if own is None or other.place is None or other.place.id == own.id:
                continue
            if holds(own, other.place):
                told.append(f"holds={own.kind}>{other.kind}")
            elif holds(other.place, own):
                told.append(f"held={other.kind}>{own.kind}")
        return [*told, *({word.partition("=")[0] for word in told})]


def holds(wide: Place, place: Place) -> bool:
    """Whether a country or first-order unit is the one that the other place lies in."""
    if wide.kind == "country":
        return place.kind != "country" and place.country == wide.country
    if wide.kind == "admin1":
        return place.kind not in ("country", "admin1", "region") and (place.country, place.admin1) == (
            wide.country,
            wide.admin1 or wide.name,
        )
    return False


def way_of(sentence: Sentence, c: Candidate) -> str:
    """How the sentence leads to a name: a preposition, behind which kind of noun it hangs, or its arc.

    "in" for "in Lima", "in>city>of" for "in the city of Lima", "in>conj" for the second of "in Lima and Callao",
    "dobj" for "entered Lima".
    """
    steps: list[str] = []
    at = c.head
    for _ in range(_LONGEST_WAY):
        token = sentence[at]
        above = sentence.head(at)
        if above is None:
            steps.append("root")
            break
        if token.dep in _SAME:
            steps.append(token.dep)
            if above.pos in ("NOUN", "PROPN") and token.dep != "conj":
                steps.append(_noun(sentence, above.i))
            at = above.i
            continue
        if token.dep == "pobj":
            steps.append(above.lemma if above.lemma in _LOCATIVE else "prep:" + above.lemma)
            over = sentence.head(above.i)
            if above.lemma == "of" and over is not None and over.lemma in _SITES:
                steps.append(_noun(sentence, over.i))
                at = over.i
                continue
        else:
            steps.append(token.dep)
        break
    return ">".join(reversed(steps))


def _noun(sentence: Sentence, i: int) -> str:
    lemma = sentence[i].lemma
    kind = place_words().after.get(lemma, "")
    return kind if kind in _KINDS else "site" if lemma in _SITES else "noun"


def _shape(sentence: Sentence, c: Candidate) -> str:
    """How a name is written: with an article by a hyphen, in capitals alone, with a figure, or plainly."""
    words = [sentence[k].text for k in range(c.first, c.last + 1)]
    if any(w[:1].isdigit() for w in words):
        return "figure"
    if all(w.isupper() for w in words):
        return "capitals"
    return "hyphen" if any("-" in w for w in words) else "plain"


def _rank(c: Candidate) -> int:
    """How wide a place of the candidate's kind is: from a country (0) to a name that no gazetteer holds (3)."""
    return _WIDTHS.get(c.kind, 2)


def _counted(flags: Iterable[bool]) -> list[int]:
    """Running totals: how many flags are set before each position."""
    return [0, *itertools.accumulate(map(int, flags))]


class Asking:
    """An event of a sentence: the features of "no place is told", and of each candidate."""

    def __init__(self, scenery: Scenery, query: Query) -> None:
        self._scenery = scenery
        self._query = query
        s, names = scenery.sentence, scenery.candidates
        self._above = [query.i, *(t.i for t in s.ancestors(query.i))]
        if query.light is not None and query.light not in self._above:
            self._above.append(query.light)
        self._at = {k: n for n, k in enumerate(self._above)}
        self._word = s[query.i].lemma
        self._voice = "pass" if s.children(query.i, "nsubjpass") else s[query.i].pos
        self._before = sum(c.first <= query.i for c in names)
        self._down = tuple(next((d for d, k in enumerate(c.chain) if k in self._at), None) for c in names)
        self._rank, self._strong = self._ranks()

    def _ranks(self) -> tuple[list[int], list[str]]:
        """The rank of each candidate by arcs to the event: among all, and among those behind a preposition of place."""
        names, ranks, strong = self._scenery.candidates, [0] * len(self._down), ["x"] * len(self._down)
        lengths = []
        for n, (c, down) in enumerate(zip(names, self._down, strict=True)):
            arcs = _APART if down is None else down + self._at[c.chain[down]]
            lengths.append((arcs, abs(c.first - self._query.i), n))
        behind = 0
        for rank, (_, _, n) in enumerate(sorted(lengths)):
            ranks[n] = min(3, rank)
            if self._scenery.ways[n].partition(">")[0] in _STRONG:
                strong[n] = str(min(3, behind))
                behind += 1
        return ranks, strong

    def nowhere(self) -> list[str]:
        """What speaks for the sentence not telling the place of this event."""
        s, q = self._scenery.sentence, self._query
        told = [
            "none", f"none&verb={self._word}", f"none&verb={self._word}&{self._voice}",
            f"none&names={min(len(self._scenery.candidates), 5)}", f"none&tag={s[q.i].tag}", f"none&dep={s[q.i].dep}",
            f"none&others={min(2, len(q.others))}", f"none&best={min(self._strong, default='-')}",
        ]  # fmt: skip
        return told + [f"none&own={prep.lemma}" for prep in s.children(q.i, "prep") if prep.lemma in _STRONG]

    def of(self, n: int) -> list[str]:
        """What speaks for and against candidate ``n``."""
        scenery, q = self._scenery, self._query
        c, way, strong, rank = scenery.candidates[n], scenery.ways[n], self._strong[n], self._rank[n]
        down, up, meeting = self._path(n)
        later = c.first > q.i
        low, high, side = (q.i, c.first, "after") if later else (c.last, q.i, "before")
        line = f"+{min(3, n - self._before)}" if later else f"-{min(3, self._before - 1 - n)}"
        commas = min(2, scenery.commas[high] - scenery.commas[low + 1])
        verbs = min(3, scenery.verbs[high] - scenery.verbs[low + 1])
        told = [
            f"line={line}", f"line={line}&way={way}", f"strong={strong}", f"strong={strong}&kind={c.kind}",
            f"strong={strong}&meet={meeting}", f"path={up}|{down}", f"down={down}", f"up={up}", f"meet={meeting}",
            f"side={side}&far={_far(high - low)}", f"side={side}", f"commas={commas}", f"verbs={verbs}&{side}",
            f"verbs={verbs}&commas={commas}", f"verb={self._word}&way={way}", f"voice={self._voice}&way={way}",
            f"way={way}&{side}", f"way={way}&verbs={verbs}", f"meet={meeting}&way={way}", f"rank={rank}",
            f"rank={rank}&meet={meeting}", f"meet={meeting}&kind={c.kind}", f"voice={self._voice}&path={up}|{down}",
            f"up={up}&way={way}",
        ]  # fmt: skip
        told += [f"mark={mark}&{kind}" for mark, kind in self._marks(n)]
        if any(k in q.others for k in c.chain[1:_LONGEST_WAY] if k not in self._at):
            told += ["other-event", f"other-event&way={way}", f"other-event&meet={meeting}"]
        return told

    def _path(self, n: int) -> tuple[str, str, str]:
        """The arcs from the meeting point down to the name and up to the event, and what they meet at."""
        s, chain, down = self._scenery.sentence, self._scenery.candidates[n].chain, self._down[n]
        if down is None:
            return "apart", "apart", "apart"
        meeting = chain[down]
        up = self._above[: self._at[meeting]]
        words = "own" if not up else "light" if meeting == self._query.light else s[meeting].pos
        below = ">".join(self._arc(k) for k in reversed(chain[: min(down, _LONGEST_WAY)]))
        return below, "<".join(s[k].dep for k in up[:4]), words

    def elsewhere(self, n: int) -> bool:
        """Whether the event stands in a clause of its own subject that tells of another moment than the name's clause.

        "Crowds stormed the hall in Lima after the army killed nine": Lima is not where the army killed.
        """
        return any(kind == "up+" and mark in _OTHER_TIME for mark, kind in self._marks(n))

    def _marks(self, n: int) -> list[tuple[str, str]]:
        """The conjunctions ("after") of the clauses that part the event (up) or the name (down) from the other."""
        s, chain, down = self._scenery.sentence, self._scenery.candidates[n].chain, self._down[n]
        if down is None:
            return []
        found = []
        for kind, arcs in (("up", self._above[: self._at[chain[down]]]), ("down", chain[:down])):
            for k in arcs:
                if s[k].dep in _CLAUSES:
                    mark = next((t.lower for t in s.children(k, "mark", "advmod") if t.i < k), "-")
                    own = "+" if s.children(k, "nsubj", "nsubjpass") else ""
                    found.append((mark, kind + own))
        return found

    def _arc(self, k: int) -> str:
        """A short name of the arc above a token; E marks another event, S a word like "province"."""
        token = self._scenery.sentence[k]
        if token.dep in ("prep", "agent", "dative") or token.pos == "ADP":
            return token.lemma
        if token.dep == "pobj":
            return "E" if k in self._query.others else "S" if token.lemma in _SITES else "o"
        return token.dep + ("E" if k in self._query.others else "")


def _far(words: int) -> str:
    return next((str(most) for most in (1, 3, 7, 15) if words <= most), "more")


def score(features: Sequence[str], weights: dict[str, float]) -> float:
    """The sum of the weights of the features that have one."""
    return sum(map(weights.get, features, itertools.repeat(0.0)))
