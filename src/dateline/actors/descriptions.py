"""Whom a description is of: the name it leads or follows, the noun it stands beside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from dateline.actors import extents, labels
from dateline.actors.coref import Draft, Noun, Place
from dateline.actors.kinds import Described
from dateline.actors.names import Name
from dateline.core import Hearing, MentionKind
from dateline.knowledge.agents import Things
from dateline.language import Sentence
from dateline.language.phrases import Phrase

BODIES = ("group", "organisation", "force", "government", "people")
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "both"})


def descriptor(
    sentence: Sentence,
    phrase: Phrase,
    described: Described,
    covered: Mapping[int, Name],
    by_head: Mapping[int, Draft],
    hearing: Hearing,
    text: str,
) -> Draft | None:
    """The entity of a name that the phrase describes: "the NVF militia", "the militant group NVF"."""
    if described.kind not in BODIES:
        return None
    before = covered.get(phrase.head - 1)
    i = phrase.head - 1
    while before is None and i > phrase.first and sentence[i].dep in ("compound", "amod", "nmod"):
        i -= 1
        before = covered.get(i)
    if before and before.actor and before.actor.kind in ("group", "organisation") and before.first >= phrase.first:
        draft = by_head[before.first]
        voice = hearing.voice(phrase.span(sentence))
        label = labels.of_descriptor(sentence, phrase, before.last, voice, text) if voice else None
        if label and described.kind in ("group", "organisation", "force"):
            draft.labels.append(label)
            return draft
        return None
    for child in sentence.children(phrase.head, "appos"):
        if child.i in by_head and child.i in covered:
            return by_head[child.i]
    return None


def apposed(sentence: Sentence, phrase: Phrase, described: Described, by_head: Mapping[int, Draft]) -> Draft | None:
    """The entity that the phrase stands in apposition to: "Maria Quispe, a lawyer"."""
    token = sentence[phrase.outer]
    draft = by_head.get(token.head) if token.dep == "appos" else None
    fits = draft and (draft.kind == described.kind or (draft.kind in BODIES and described.kind in BODIES))
    return draft if fits else None


def bearer(
    sentence: Sentence, phrase: Phrase, draft: Draft, covered: Mapping[int, Name], by_head: Mapping[int, Draft]
) -> Draft:
    """Who a label describes: the name right behind it in the same place of the clause, else its own entity."""
    name = covered.get(phrase.head + 1)
    if name is None or name.first != phrase.head + 1:
        return draft
    one, other = sentence[phrase.head], sentence[name.last]
    return by_head[name.first] if (one.head, one.dep) == (other.head, other.dep) else draft


def noun(
    sentence: Sentence,
    phrase: Phrase,
    described: Described,
    by_head: Mapping[int, Draft],
    things: Things,
    country: Callable[[str], str | None],
) -> Noun:
    """The noun of a description, with what stands beside it."""
    first, head = sentence[phrase.first], sentence[phrase.head]
    keys = {child.i: by_head[child.i].key for child in sentence.children(phrase.head, "poss") if child.i in by_head}
    thing = things.get(head.lemma)
    words = extents.modifiers(sentence, phrase, keys, country)
    outer = phrase.outer != phrase.head
    determined = any(True for _ in sentence.children(phrase.head, "det", "poss"))
    return Noun(
        head=head.lemma,
        modifiers=words,
        group=thing.group if thing else "",
        definite=first.lower in _DEFINITE or any(word.startswith("@") for word in words.every),
        bare=described.first == phrase.head and not sentence.children(phrase.head, "prep", "relcl", "acl", "appos"),
        counted=words.number is not None or outer,
        heading=not determined and not outer and head.tag == "NN",
    )


def only_where(sentence: Sentence, name: Name, words: Collection[str], toponyms: Collection[int]) -> bool:
    """Whether a state is named only as the place where something is: "in Syria", "across northern Iraq"."""
    token = sentence[name.last]
    if name.actor is None or name.actor.kind != "government" or "/" in name.actor.key:
        return False
    while token.dep == "conj" and token.head < token.i:
        token = sentence[token.head]
    above = sentence[token.head]
    return token.dep == "pobj" and above.lower in words and token.start in toponyms


def spot(number: int, sentence: Sentence, i: int, kind: MentionKind) -> Place:
    """Where a mention with its head at token ``i`` of sentence ``number`` stands."""
    token = sentence[i]
    return Place(
        sentence=number,
        i=i,
        passage=sentence.passage,
        clause=token.head,
        subject=token.dep in ("nsubj", "nsubjpass"),
        plural=token.tag in ("NNS", "NNPS") or kind == "people",
    )
