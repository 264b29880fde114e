"""Slips of the parser that cost a whole event or a party, mended in the tree itself."""

from __future__ import annotations

from dataclasses import replace

from dateline.language.parse import Token

Tokens = tuple[Token, ...]
_HURT = {"wounded": "wound", "injured": "injure", "killed": "kill"}
_BETWEEN = frozenset({"between", "among"})


def repaired(tokens: Tokens) -> Tokens:
    """The tokens of a sentence with known slips of its tree mended; the same tuple where nothing is amiss.

    A change that would hang a word on itself is not made.
    """
    for i in range(len(tokens) - 1):
        mended = _mended(tokens, i)
        if mended is not tokens and _is_tree(mended):
            tokens = mended
    return tokens


def _mended(tokens: Tokens, i: int) -> Tokens:
    """The tokens with the slip that shows at token ``i`` mended."""
    token, behind = tokens[i], tokens[i + 1]
    if token.lower == "shot" and behind.lower == "dead":
        return _shot_dead(tokens, i)
    if token.tag == "CD" and token.dep == "conj" and behind.lower in _HURT:
        return _hurt(tokens, i)
    if token.dep in ("nmod", "compound") and token.pos == "NOUN":
        return _party_of_its_own(tokens, i)
    if token.lower == "shot" and token.tag == "NN" and any(t.head == i and t.dep == "nsubj" for t in tokens):
        return _set(tokens, replace(token, pos="VERB", tag="VBD", lemma="shoot"))  # "a gunman shot and killed …"
    if token.tag == "VBG" and token.dep == "nsubj" and behind.lower in _BETWEEN:
        return _set(tokens, replace(token, pos="NOUN", tag="NN", lemma=token.lower))  # "Fighting between …"
    return tokens


def _is_tree(tokens: Tokens) -> bool:
    """Whether every token leads up to a root."""
    fine: set[int] = set()
    for token in tokens:
        seen: set[int] = set()
        i = token.i
        while i not in fine and tokens[i].head != i:
            if i in seen:
                return False
            seen.add(i)
            i = tokens[i].head
        fine |= seen
        fine.add(i)
    return True


def _set(tokens: Tokens, *changed: Token) -> Tokens:
    new = list(tokens)
    for token in changed:
        new[token.i] = token
    return tuple(new)


def _shot_dead(tokens: Tokens, i: int) -> Tokens:
    """ "Shot" before "dead" is a verb and "dead" says how it left its object.

    In "two men on a motorcycle shot dead a guard" the tagger may hear a noun, "a motorcycle shot", and
    make "dead" the verb. The noun before takes the place of "shot", and "shot" that of "dead".
    """
    shot, dead = tokens[i], tokens[i + 1]
    if shot.pos == "VERB":
        return _set(tokens, replace(dead, dep="acomp")) if dead.head == i and dead.dep == "prep" else tokens
    noun = tokens[i - 1] if i else shot
    if shot.pos != "NOUN" or noun.head != i or shot.head in (i, i + 1):
        return tokens
    moved = [
        replace(t, head=i - 1 if t.head == i else i)
        for t in tokens
        if t.i not in (i - 1, i, i + 1) and ((t.head == i and t.i < i) or t.head == i + 1)
    ]
    noun = replace(noun, pos="NOUN" if noun.pos == "ADJ" else noun.pos, dep=shot.dep, head=shot.head)
    shot = replace(shot, lemma="shoot", pos="VERB")
    if dead.head == i:  # "a 40-year-old shot dead near the port"
        shot = replace(shot, tag="VBN", dep="acl", head=i - 1)
    else:
        shot = replace(shot, tag="VBD", dep=dead.dep, head=i if dead.head == dead.i else dead.head)
    return _set(tokens, noun, shot, replace(dead, dep="acomp", head=i), *moved)


def _hurt(tokens: Tokens, i: int) -> Tokens:
    """In "nine dead and twenty wounded" twenty were wounded, as nine died: the words do not hang on something else."""
    number, hurt = tokens[i], tokens[i + 1]
    if hurt.head in (i, number.head) and hurt.tag == "VBN":
        return tokens
    verb = replace(hurt, lemma=_HURT[hurt.lower], pos="VERB", tag="VBN", dep="conj", head=number.head)
    return _set(tokens, replace(number, dep="nsubj", head=i + 1), verb)


def _party_of_its_own(tokens: Tokens, i: int) -> Tokens:
    """A common noun with an article, before "and" and a name, is no modifier of the noun behind that name.

    "The army and Taliban fighters" are two parties; the parse may make them fighters of the army and the Taliban.
    """
    own = tokens[i]
    head = tokens[own.head]
    beside = next((t for t in tokens[i + 1 : head.i] if t.head == i and t.dep == "conj" and t.text[:1].isupper()), None)
    article = any(t.dep == "det" and t.head in (i, head.i) and t.i < i for t in tokens)
    if beside is None or head.i < i or head.pos != "NOUN" or not (own.tag == "NNS" or article):
        return tokens
    moved = [replace(t, head=i) for t in tokens[:i] if t.head == head.i]
    own = replace(own, dep=head.dep, head=i if head.head == head.i else head.head)
    name, head = replace(beside, dep="compound", head=head.i), replace(head, dep="conj", head=i)
    return _set(tokens, own, name, head, *moved)
