"""How many: the number words of a noun phrase, as an interval tied to their span."""

from __future__ import annotations

from dataclasses import replace

from dateline.core import Count, CountOf, Mention, Span
from dateline.core.event import Part
from dateline.knowledge.agents import agents
from dateline.knowledge.numbers import Interval, read_number
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence
from dateline.language.phrases import meant

_PARTITIVE = word_set("partitive")
_VAGUE = word_set("vague_number")
_NUMBERED: frozenset[CountOf] = frozenset({"targets", "participants", "munitions"})
_ONE = frozenset({"a", "an", "one", "another"})
_THIS_ONE = frozenset({"the", "this", "that"})
_POWERS = frozenset({"^", "**"})
_THEM = frozenset({"them", "whom", "those", "these", "which"})
_STOPS = frozenset({";", ".", ":", "(", ")"})
_FAR, _LONG = 14, 12
_FATALLY = frozenset({"fatally", "mortally"})
_SINGLE_PRONOUNS = frozenset({"he", "she", "him", "her", "himself", "herself"})


def count_of(sentence: Sentence, i: int, what: CountOf, mention: Mention | None) -> Count | None:
    """The count that the phrase with syntactic head ``i`` tells, or None where it tells no number.

    A single victim counts as one ("a guard", "his driver", "she", a person's name); of things and
    parties only a number does.
    """
    single = what not in _NUMBERED
    found = _quantity(sentence, i, single=single) or (_this_one(sentence, i, mention) if single else None)
    if found is None:
        return None
    (low, best, high), span = found
    if low > (high if high is not None else low):
        return None
    inner = sentence[meant(sentence, i)]
    of = inner.text if inner.pos not in ("NUM", "PRON") and inner.lemma not in (*_PARTITIVE, "old") else None
    parts = _parts(sentence, i, (low, best, high)) if single and low > 1 else ()
    known = mention.id if mention else None
    return Count(what=what, low=low, best=best, high=high, span=span, of=of, mention=known, parts=parts)


def dying(sentence: Sentence, i: int, hurt: Count) -> tuple[Count, Count] | None:
    """The survivors and the dead of "five people were shot, two of them fatally"; None where nobody is said to die.

    ``hurt`` is the count of the phrase with head ``i``.
    """
    for k in range(i + 1, min(i + _FAR + _LONG, len(sentence))):
        token = sentence[k]
        if token.text in _STOPS:
            break
        number = token.tag == "CD" or token.lower in _ONE
        after = k + 3 if number and k + 2 < len(sentence) and sentence[k + 2].lower in _THEM else k + 1
        if not number or after >= len(sentence) or sentence[after].lower not in _FATALLY:
            continue
        told = _read(sentence, [k])
        if told is None or hurt.best is None or not _within(told[0], (hurt.low, hurt.best, hurt.high)):
            return None
        lost = told[0][0]
        high = None if hurt.high is None else hurt.high - lost
        left = replace(hurt, low=max(0, hurt.low - lost), best=hurt.best - lost, high=high, parts=())
        return left, Count("killed", *told[0], span=told[1], of=hurt.of)
    return None


def _all_but(sentence: Sentence, i: int) -> tuple[Interval, Span] | None:
    """The number of "all but two of the nine hostages": seven."""
    words = sentence.tokens[i : i + 4]
    if len(words) < 4 or words[1].lower != "but" or words[3].lower != "of":
        return None
    fewer = _read(sentence, [i + 2])
    whole = next((t for t in sentence.tokens[i + 4 : i + 7] if t.tag == "CD"), None)
    total = _read(sentence, [whole.i]) if whole is not None else None
    if whole is None or fewer is None or total is None or total[0][1] is None or fewer[0][1] is None:
        return None
    left = total[0][1] - fewer[0][1]
    return ((left, left, left), Span(sentence[i].start, whole.end)) if left >= 0 else None


def _excepted(sentence: Sentence, i: int) -> bool:
    """Whether a number is an exception: "two" of "all but two"."""
    return i > 1 and sentence[i - 1].lower == "but" and sentence[i - 2].lower in ("all", "everyone", "everybody")


def _quantity(sentence: Sentence, i: int, *, single: bool) -> tuple[Interval, Span] | None:
    if _excepted(sentence, i):
        return None
    if sentence[i].lower == "all" and i + 1 < len(sentence) and sentence[i + 1].lower == "but":
        return _all_but(sentence, i)
    head = meant(sentence, i)
    if head != i:
        outer = [k for k in sentence.subtree(i) if k <= i and sentence[k].dep != "det"]
        return _read(sentence, outer)
    token = sentence[i]
    if token.lower == "another":
        return ((1, 1, 1), token.span) if single else None
    if token.pos == "NUM" or token.lower in _VAGUE or token.lemma in _PARTITIVE:
        return _read(sentence, [k for k in sentence.subtree(i) if k <= i])
    numbered = number_before(sentence, i)
    if numbered is not None:
        return numbered
    if single and token.tag == "NNS":
        return _listed(sentence, i)
    if not single or token.tag not in ("NN", "NNP"):
        return None
    if _collective(token.lemma):
        return None
    for child in sentence.children(i, "det"):
        if child.lower in _ONE:
            return (1, 1, 1), child.span
    if token.tag == "NNP" and token.dep in ("dobj", "nsubjpass", "pobj", "nsubj", "conj"):
        return (1, 1, 1), token.span
    return None


def number_before(sentence: Sentence, i: int) -> tuple[Interval, Span] | None:
    """The number that stands before a noun as its modifier: "at least nine" of "at least nine deaths"."""
    numbers: list[int] = []
    for child in sentence.children(i):
        if child.i < i and (child.dep in ("nummod", "quantmod") or (child.dep == "amod" and child.lower in _VAGUE)):
            numbers += [k for k in sentence.subtree(child.i) if k < i]
    return _read(sentence, numbers)


def _this_one(sentence: Sentence, i: int, mention: Mention | None) -> tuple[Interval, Span] | None:
    """One known person: "the gunman", "his driver", "she", "a 20-year-old"."""
    token = sentence[i]
    if token.lower in _SINGLE_PRONOUNS:
        return (1, 1, 1), token.span
    words = {t.lower for t in sentence.children(i, "det")}
    if token.lemma == "old":
        return ((1, 1, 1), token.span) if words & (_ONE | _THIS_ONE) else None
    if mention is None or mention.kind != "person" or token.tag != "NN" or _collective(token.lemma):
        return None
    owned = words & _THIS_ONE or sentence.children(i, "poss") or _shares_determiner(sentence, i)
    return ((1, 1, 1), token.span) if owned else None


def _shares_determiner(sentence: Sentence, i: int) -> bool:
    """Whether a noun has none of its own but the first of its list does: "his wife and baby daughter"."""
    token = sentence[i]
    if token.dep != "conj" or sentence.children(i, "det", "nummod"):
        return False
    first = sentence[token.head]
    return first.tag == "NN" and bool(sentence.children(first.i, "det", "poss"))


def _listed(sentence: Sentence, i: int) -> tuple[Interval, Span] | None:
    """The number of names behind a plural: "her parents, Ana Gomez and Luis Gomez"."""
    for child in sentence.children(i, "appos"):
        names = [k for k in sentence.conjuncts(child.i) if sentence[k].tag == "NNP"]
        if child.tag == "NNP" and len(names) > 1:
            size = len(names)
            return (size, size, size), Span(sentence[names[0]].start, sentence[names[-1]].end)
    return None


def _collective(lemma: str) -> bool:
    """Whether one word means many people: "a family" is not one victim."""
    row = agents().get(lemma)
    return row is not None and row.collective


def is_part(sentence: Sentence, i: int) -> bool:
    """Whether a phrase tells a part of a number told before: "30 people, among them 12 women"."""
    return any(
        prep.i < i and prep.lemma == "among" and any(t.pos == "PRON" for t in sentence.children(prep.i, "pobj"))
        for prep in sentence.children(i, "prep")
    )


def _parts(sentence: Sentence, i: int, whole: Interval) -> tuple[Part, ...]:
    """The parts told behind a number: "including three children", "among them a nurse", "two of them guards".

    Another number between the two would be the nearer whole. A part is no greater than its whole.
    """
    for k in range(i + 1, min(i + _FAR, len(sentence) - 1)):
        token = sentence[k]
        if token.text in _STOPS:
            break
        if token.lower == "including" or (token.lower == "among" and sentence[k + 1].lower in _THEM):
            return _sorts(sentence, k + 1, whole)
        if sentence[k + 1].lower == "of" and k + 2 < len(sentence) and sentence[k + 2].lower in _THEM:
            return _some(sentence, k, whole)
        if token.tag == "CD" and (sentence[k - 1].lower != "least" or sentence[k + 1].lower != "of"):
            governs = sentence[token.head]
            if governs.tag == "NNS" or token.dep in ("nsubj", "nsubjpass", "dobj", "conj"):
                break
    return ()


def _sorts(sentence: Sentence, start: int, whole: Interval) -> tuple[Part, ...]:
    """The people of each sort in the list that begins at ``start``."""
    found = []
    for k in range(start, min(start + _LONG, len(sentence))):
        token = sentence[k]
        if token.text in _STOPS or token.tag in ("VBD", "VBZ", "VBP", "MD"):
            break
        row = agents().get(token.lemma) if token.tag in ("NN", "NNS") and token.dep != "compound" else None
        told = _quantity(sentence, k, single=True) if row is not None else None
        if told is None and row is not None and token.tag == "NN" and not row.collective:
            told = next((((1, 1, 1), t.span) for t in sentence.children(k, "det") if t.lower in _THIS_ONE), None)
        if told is not None and _within(told[0], whole):
            found.append(Part(*told[0], span=told[1], of=token.text))
    return tuple(found)


def _some(sentence: Sentence, k: int, whole: Interval) -> tuple[Part, ...]:
    """The part that "of them" counts at token ``k``: "three of them children"; "all of them" is the whole."""
    told = _read(sentence, [k]) if sentence[k].tag == "CD" or sentence[k].lower in _VAGUE else None
    if told is None and sentence[k].lower in ("all", "both"):
        told = whole, sentence[k].span
    if told is None or not _within(told[0], whole):
        return ()
    behind = sentence.tokens[k + 3 : k + 6]
    of = next((t.text for t in behind if t.tag == "NNS" and agents().get(t.lemma) is not None), None)
    return (Part(*told[0], span=told[1], of=of),)


def _within(part: Interval, whole: Interval) -> bool:
    return whole[2] is None or part[0] <= whole[2]


def either(count: Count) -> Count | None:
    """A count of "killed or wounded": any number up to all of them; None where there is no upper bound."""
    return None if count.high is None else replace(count, low=0, best=None)


def _read(sentence: Sentence, numbers: list[int]) -> tuple[Interval, Span] | None:
    """The number in a run of tokens, with the modifiers before it ("at least", "more than")."""
    if not numbers:
        return None
    first, last = min(numbers), max(numbers)
    for start in range(max(0, first - 3), last + 1):
        if start > first and (sentence[start - 1].text in _POWERS or sentence[start - 1].text[0].isdigit()):
            return None  # the end of a numeral that cannot be read as a whole: "10^30"
        words = [t.text for t in sentence.tokens[start : last + 1]]
        interval = read_number(words)
        if interval is not None:
            return interval, Span(sentence[start].start, sentence[last].end)
    return None
