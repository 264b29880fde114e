"""What speaks for and against a name being the place of an event: features of the two and of the way between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.core import Attribution, Hearing
from dateline.events.candidates import Candidate
from dateline.knowledge.place_words import place_words
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence

_SITES = word_set("site")
_LOCATIVE = word_set("locative")
_STRONG = word_set("locative_strong")
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "parataxis", "acl", "xcomp", "pcomp"})
_KINDS = frozenset({"admin1", "admin2", "city", "district", "area", "facility", "water"})
_SAME = frozenset({"compound", "nmod", "appos", "conj"})
_DASHES = frozenset({"-", "--", "–", "—"})
_LONGEST_WAY = 6


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
        self.hearing = hearing
        self.voices: tuple[Attribution | None, ...] = tuple(hearing.attribution(c.span) for c in candidates)
        self.commas = _counted(t.text in {",", ";", ":"} for t in sentence)
        self.verbs = _counted(t.pos == "VERB" for t in sentence)
        self._own: tuple[tuple[str, ...], ...] | None = None

    @property
    def own(self) -> tuple[tuple[str, ...], ...]:
        """The features of each candidate that hold for every event of the sentence."""
        if self._own is None:
            self._own = tuple(self._of(n) for n in range(len(self.candidates)))
        return self._own

    def _of(self, n: int) -> tuple[str, ...]:
        c, sentence = self.candidates[n], self.sentence
        after = place_words().after
        way = way_of(sentence, c)
        left = sentence[c.first - 1].lower if c.first else "^"
        right = sentence[c.last + 1].lower if c.last + 1 < len(sentence) else "$"
        last = after.get(sentence[c.last].lower, "")
        mention = f"{c.mention}{'+' if c.meant else ''}"
        told = [
            "name", f"kind={c.kind}", f"way={way}", f"way={way}&kind={c.kind}", f"mention={mention}",
            f"mention={mention}&way={way}", f"left={left}", f"right={right}", f"dep={sentence[c.head].dep}",
            f"after={after.get(right, '')}", f"words={min(4, c.last - c.first + 1)}",
            f"mention={mention}&kind={c.kind}",
        ]  # fmt: skip
        if last:
            told += [f"last={last}", f"last={last}&kind={c.kind}"]
        if c.first == 0:
            told.append(f"start&right={'dash' if right in _DASHES else 'other'}")
        told += self._neighbours(n)
        return tuple(told)

    def _neighbours(self, n: int) -> list[str]:
        c, told = self.candidates[n], []
        sentence, others = self.sentence, self.candidates
        for other in (others[n - 1] if n else None, others[n + 1] if n + 1 < len(others) else None):
            if other is None:
                continue
            if other.first <= c.first and c.last <= other.last:
                told += ["inside", f"inside&kind={c.kind}"]
            elif c.first <= other.first and other.last <= c.last:
                told += ["outside", f"outside&kind={c.kind}"]
            elif other.first > c.last and sentence[c.last + 1].text == "," and other.first == c.last + 2:
                told += ["contained", f"contained={_rank(c)}{_rank(other)}"]
            elif other.last < c.first and sentence[other.last + 1].text == "," and c.first == other.last + 2:
                told += ["container", f"container={_rank(other)}{_rank(c)}"]
        heads = {o.head: o for o in others if o.first > c.last or o.last < c.first}
        above = next((k for k in c.chain[1:_LONGEST_WAY] if k in heads), None)
        if above is not None:
            told += [f"under={_rank(heads[above])}{_rank(c)}", f"under&way={way_of(sentence, c)}"]
        below = [o for o in others if c.head in o.chain[1:_LONGEST_WAY] and o.first > c.last]
        if below:
            told += [f"over={_rank(c)}{_rank(below[0])}", f"over&way={way_of(sentence, below[0])}"]
        return told


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


def _rank(c: Candidate) -> str:
    """How wide a place of the candidate's kind is: from a country (0) to a name that no gazetteer holds (3)."""
    return {"country": "0", "region": "0", "admin1": "1", "admin2": "1", "area": "1", "name": "3", "unplaced": "3"}.get(
        c.kind, "2"
    )


def _counted(flags: object) -> list[int]:
    total, found = 0, [0]
    for flag in flags:  # type: ignore[attr-defined]
        total += bool(flag)
        found.append(total)
    return found


class Asking:
    """An event of a sentence: the features of "no place is told", and of each candidate."""

    def __init__(self, scenery: Scenery, query: Query) -> None:
        self._scenery = scenery
        self._query = query
        s = scenery.sentence
        self._above = [query.i, *(t.i for t in s.ancestors(query.i))]
        if query.light is not None and query.light not in self._above:
            self._above.append(query.light)
        self._at = {k: n for n, k in enumerate(self._above)}
        token = s[query.i]
        self._word = token.lemma
        self._voice = "pass" if any(t.dep == "nsubjpass" for t in s.children(query.i)) else token.pos
        self._nearest = self._ranks()

    def nowhere(self) -> list[str]:
        """What speaks for the sentence not telling the place of this event."""
        s, q = self._scenery.sentence, self._query
        count = len(self._scenery.candidates)
        told = [
            "none", f"none&verb={self._word}", f"none&verb={self._word}&{self._voice}", f"none&names={min(count, 5)}",
            f"none&tag={s[q.i].tag}", f"none&dep={s[q.i].dep}", f"none&others={min(2, len(q.others))}",
        ]  # fmt: skip
        for prep in s.children(q.i, "prep"):
            if prep.lemma in _STRONG:
                told.append(f"none&own={prep.lemma}")
        return told

    def of(self, n: int) -> list[str]:
        """What speaks for and against candidate ``n``."""
        scenery, q = self._scenery, self._query
        s, c = scenery.sentence, scenery.candidates[n]
        way = way_of(s, c)
        down, up, meeting = self._path(c)
        side = "after" if c.first > q.i else "before"
        gap = (c.first - q.i) if c.first > q.i else (q.i - c.last)
        far = "1" if gap <= 1 else "3" if gap <= 3 else "7" if gap <= 7 else "15" if gap <= 15 else "more"
        low, high = (q.i, c.first) if c.first > q.i else (c.last, q.i)
        commas = min(2, scenery.commas[high] - scenery.commas[low + 1])
        verbs = min(3, scenery.verbs[high] - scenery.verbs[low + 1])
        path = f"{up}|{down}"
        told = [
            f"path={path}", f"down={down}", f"up={up}", f"meet={meeting}", f"side={side}&far={far}", f"side={side}",
            f"commas={commas}", f"verbs={verbs}&{side}", f"verbs={verbs}&commas={commas}",
            f"verb={self._word}&way={way}", f"voice={self._voice}&way={way}", f"way={way}&{side}",
            f"way={way}&verbs={verbs}", f"meet={meeting}&way={way}", f"rank={self._nearest[n]}",
            f"rank={self._nearest[n]}&meet={meeting}", f"meet={meeting}&kind={c.kind}",
            f"voice={self._voice}&path={path}", f"up={up}&way={way}",
        ]  # fmt: skip
        if any(k in q.others for k in c.chain[1:_LONGEST_WAY] if k not in self._at):
            told += ["other-event", f"other-event&way={way}", f"other-event&meet={meeting}"]
        elif any(k in q.others for k in self._above[1 : self._at.get(c.chain[-1], 0)]):
            told.append("other-above")
        return told

    def _path(self, c: Candidate) -> tuple[str, str, str]:
        """The arcs from the meeting point down to the name and up to the event, and what they meet at."""
        s, down, meeting = self._scenery.sentence, [], -1
        for k in c.chain:
            if k in self._at:
                meeting = k
                break
            down.append(k)
        if meeting < 0:
            return "apart", "apart", "apart"
        up = self._above[: self._at[meeting]]
        words = "own" if not up else "light" if meeting == self._query.light else s[meeting].pos
        below = ">".join(self._arc(k) for k in reversed(down[:_LONGEST_WAY]))
        return below, "<".join(s[k].dep for k in up[:4]), words

    def _arc(self, k: int) -> str:
        token = self._scenery.sentence[k]
        if token.dep in ("prep", "agent", "dative") or token.pos == "ADP":
            return token.lemma
        if token.dep == "pobj":
            return "E" if k in self._query.others else "S" if token.lemma in _SITES else "o"
        return token.dep + ("E" if k in self._query.others else "")

    def _ranks(self) -> list[int]:
        """The rank of each candidate by arcs between it and the event, the nearest 0 (equals by words between)."""
        lengths = []
        for n, c in enumerate(self._scenery.candidates):
            arcs = next((d + self._at[k] for d, k in enumerate(c.chain) if k in self._at), 40)
            lengths.append((arcs, abs(c.first - self._query.i), n))
        ranks = [0] * len(lengths)
        for rank, (_, _, n) in enumerate(sorted(lengths)):
            ranks[n] = min(3, rank)
        return ranks


def score(features: Sequence[str], weights: Mapping[str, float]) -> float:
    """The sum of the weights of the features that have one."""
    return sum(weights[f] for f in features if f in weights)
