"""What stands around a predicate in the parse: subject, object, prepositions, modifiers.

Slots are logical: in "nine were killed by the army" the army is the subject. A slot's filler is
the number of a token of the sentence; coordinated fillers follow one another.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence, Token

_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_OBJECT_CONTROL = word_set("object_control")
_UTTERANCE = word_set("utterance")
_SUFFERED = word_set("wants_object")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FOUND = frozenset({"find", "discover", "leave", "get"})
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Light:
    """A light verb that carries an event noun, and what it adds to the status."""

    verb: int
    status: str | None


class Slots:
    """The slots of one predicate of a sentence; look-ups are by the lexicon's slot names."""

    def __init__(self, sentence: Sentence, i: int, light: Light | None = None, *, nominal: bool = False) -> None:
        self.sentence = sentence
        self.i = i
        self.light = light
        verbal = sentence[i].pos in ("VERB", "AUX") or sentence[i].tag in ("VBN", "VBG", "VBD")
        self.verbal = verbal and not nominal
        self._known: dict[str, tuple[int, ...]] = {}

    def __getitem__(self, slot: str) -> tuple[int, ...]:
        if slot not in self._known:
            self._known[slot] = self._find(slot)
        return self._known[slot]

    @property
    def passive(self) -> bool:
        """Whether the predicate is a passive verb."""
        return self.verbal and is_passive(self.sentence, self.i)

    def _find(self, slot: str) -> tuple[int, ...]:
        s, i = self.sentence, self.i
        if slot.startswith("light_"):
            if self.light is None:
                return ()
            inner = slot.removeprefix("light_")
            if inner == "obj":
                return ()
            return Slots(s, self.light.verb)[inner] if inner != "subj" else subject(s, self.light.verb)
        if slot.startswith("prep_"):
            return self._prep(slot.removeprefix("prep_"))
        if slot == "subj":
            return subject(s, i) if self.verbal else self._subject_of_adjective()
        if slot == "obj":
            return object_(s, i) if self.verbal else ()
        if slot == "iobj":
            return spread(s, [t.i for t in s.children(i, "dative") if t.pos != "ADP"])
        if slot == "poss":
            return spread(s, [t.i for t in s.children(i, "poss")])
        if slot == "comp":
            return tuple(t.i for t in s.children(i, "compound", "amod", "nmod", "npadvmod") if t.i < i)
        if slot == "prt":
            return (*(t.i for t in s.children(i, "prt", "advmod") if t.i > i), *self._left_as())
        if slot == "adv":
            return tuple(t.i for t in s.children(i, "advmod"))
        if slot == "xcomp":
            return tuple(t.i for t in s.children(i, "xcomp", "acomp", "oprd", "ccomp"))
        if slot == "xcomp_subj":
            inner_subjects = [t.i for c in self["xcomp"] for t in s.children(c, "nsubj", "nsubjpass")]
            return spread(s, inner_subjects)
        return ()

    def _subject_of_adjective(self) -> tuple[int, ...]:
        """Of "dead" in "nine were dead" or "left nine dead" and in "nine dead": the nine."""
        s, token = self.sentence, self.sentence[self.i]
        own = [t.i for t in s.children(self.i, "nsubj")]
        if own:
            return spread(s, own)
        head = s.head(self.i)
        numbered = (self.i,) if s.children(self.i, "nummod") else ()
        if head is None:
            return numbered
        if token.pos == "NOUN":  # "the 17-year-old dead": the parse takes "dead" for the noun
            return (self.i,)
        if token.dep in ("acomp", "attr", "oprd"):
            return object_(s, head.i) or numbered or subject(s, head.i)
        if token.dep == "amod" or (token.dep == "acl" and head.pos in ("NOUN", "NUM")):
            return (head.i,)
        return numbered

    def _prep(self, word: str) -> tuple[int, ...]:
        s = self.sentence
        places = [self.i]
        if self.verbal:
            places += object_(s, self.i)
        elif self.light and s[self.light.verb].dep != "relcl":
            pass
        found: list[int] = []
        for place in places:
            for prep in _preps(s, place):
                if prep.lemma == word or (word == "by" and prep.dep == "agent"):
                    found += [t.i for t in s.children(prep.i, "pobj")]
            if found:
                break
        return spread(s, found)

    def _left_as(self) -> tuple[int, ...]:
        """The adjective that says how the verb left its object, misread by the parse: "shot dead two men", "… dead"."""
        s, i = self.sentence, self.i
        noun = s[s[i + 1].head] if i + 1 < len(s) and s[i + 1].dep == "amod" else None
        before = (i + 1,) if noun and noun.head == i and noun.dep == "dobj" else ()
        behind = (t.i for t in s.children(i, "advcl") if t.tag == "JJ" and t.i > i and not s.children(t.i, "nsubj"))
        return (*before, *behind)


def _preps(s: Sentence, i: int) -> list[Token]:
    """The prepositions under a token, those behind "including" and "such as" and coordinated ones too."""
    found: list[Token] = []
    todo = [t for t in s.children(i, "prep", "agent", "dative") if t.pos in ("ADP", "SCONJ", "VERB", "ADV")]
    while todo and len(found) < 20:
        prep = todo.pop(0)
        found.append(prep)
        todo += [t for t in s.children(prep.i, "conj", "prep") if t.pos in ("ADP", "SCONJ")]
    return found


def spread(s: Sentence, heads: list[int] | tuple[int, ...]) -> tuple[int, ...]:
    """The heads and what is coordinated with each."""
    return tuple(k for head in heads for k in s.conjuncts(head))


def is_passive(s: Sentence, i: int) -> bool:
    """Whether a verb is passive, "killed" of "nine killed in a raid" included."""
    if s.children(i, "auxpass", "nsubjpass"):
        return True
    token = s[i]
    if token.tag == "VBD" and token.lemma in _SUFFERED:
        return _headlined(s, i)
    if token.tag != "VBN" or s.children(i, "aux", "dobj"):
        return token.tag == "VBN" and token.dep == "acl" and not s.children(i, "dobj")
    if s.children(i, "nsubj") and not s.children(i, "aux", "auxpass", "dobj") and not _shared_object(s, i):
        return True  # "twenty wounded", "cars burned": the auxiliary is left out
    head = s.head(i)
    if token.dep == "conj" and head and head.tag == "VBN":
        return is_passive(s, head.i)
    if token.dep in ("xcomp", "oprd") and head and head.lemma in _FOUND:
        return True  # "a man was found shot"
    return token.dep in ("acl", "amod", "advcl", "ROOT", "ccomp") and not s.children(i, "nsubj")


def _headlined(s: Sentence, i: int) -> bool:
    """Whether a past form that wants an object has none, as in headlines: "Dozens killed as rebels hit a camp"."""
    after = [t for t in s.children(i) if t.i > i and t.dep not in ("advcl", "npadvmod", "advmod", "punct")]
    plain = all(t.dep == "prep" and t.lower not in ("at", "off", "to", "for") for t in after)
    return plain and bool(s.children(i, "nsubj"))


def surface_subject(s: Sentence, i: int, depth: int = 0) -> tuple[int, ...]:
    """The grammatical subject of a verb, its own or the one that it shares with the verb that governs it."""
    own = list(s.children(i, "nsubj", "nsubjpass", "csubj"))
    if own:
        return spread(s, [_antecedent(s, i, t) for t in own[-1:]])
    token, head = s[i], s.head(i)
    if head is None or depth > _DEPTH:
        return ()
    if token.dep == "conj" and head.pos in ("VERB", "AUX"):
        return surface_subject(s, head.i, depth + 1)
    if head.pos == "ADJ" and head.dep in ("acomp", "oprd", "conj") and token.dep in ("xcomp", "advcl", "ccomp"):
        beside = [t.i for t in s.children(head.i, "nsubj")]
        return spread(s, beside) or surface_subject(s, head.head, depth + 1)
    if token.dep in ("xcomp", "advcl", "oprd") and token.tag in ("VB", "VBG", "VBN"):
        objects = [t.i for t in s.children(head.i, "dobj")]
        found = token.tag == "VBN" and head.lemma in _FOUND
        if token.dep != "advcl" and objects and (found or head.lemma in _OBJECT_CONTROL):
            return spread(s, objects)
        return surface_subject(s, head.i, depth + 1)
    if token.dep == "pcomp":
        return _subject_across_preposition(s, head, depth)
    if token.dep == "acl" and (token.tag == "VBG" or (token.tag == "VBN" and s.children(i, "dobj"))):
        said = head.lemma in _UTTERANCE and head.dep == "dobj" and depth <= _DEPTH
        return (subject(s, head.head) if said else ()) or (head.i,)
    if token.dep == "acl" and token.tag == "VB":
        return _subject_across_noun(s, head, depth)
    return ()


def _subject_across_noun(s: Sentence, noun: Token, depth: int) -> tuple[int, ...]:
    """Who marches in "their plan to march", "made a plan to march" and "struck in a bid to march"."""
    owners = s.children(noun.i, "poss")
    if owners:
        return spread(s, [t.i for t in owners])
    head = s.head(noun.i)
    if head is not None and noun.dep == "pobj":
        head = s.head(head.i)
    if head is not None and head.pos in ("VERB", "AUX") and noun.dep in ("dobj", "pobj", "attr"):
        return subject(s, head.i) if depth <= _DEPTH else ()
    return ()


def _subject_across_preposition(s: Sentence, prep: Token, depth: int) -> tuple[int, ...]:
    """Who kills in "accused the army of killing nine" and in "the army was accused of killing nine"."""
    governor = s.head(prep.i)
    if governor is None:
        return ()
    if governor.pos == "ADJ" and governor.dep == "acomp":  # "is guilty of killing nine"
        return surface_subject(s, governor.head, depth + 1)
    if governor.pos in ("VERB", "AUX"):
        objects = [t.i for t in s.children(governor.i, "dobj")]
        if objects and prep.lemma in ("of", "for", "from", "with", "into"):
            return spread(s, objects)
        return surface_subject(s, governor.i, depth + 1)
    return ()


def _antecedent(s: Sentence, verb: int, pronoun: Token) -> int:
    """The noun that a relative pronoun stands for."""
    if pronoun.tag in _RELATIVE:
        at, token = verb, s[verb]
        while token.dep in ("conj", "xcomp", "ccomp") and token.head != token.i:
            at = token.head
            token = s[at]
        if token.dep == "relcl":
            return token.head
    return pronoun.i


def _of_headline(s: Sentence, i: int) -> int:
    """What a last participle is about where the sentence has no finite verb.

    In "shops owned by settlers burned in Jaffa" the shops burned, though the settlers stand nearer.
    """
    root = next((t for t in s if t.head == t.i), None)
    if root is None or root.tag in _FINITE or s.children(root.i, "aux", "auxpass"):
        return i
    prep = s.head(i) if s[i].dep == "pobj" else None
    participle = s.head(prep.i) if prep is not None else None
    if participle is None or participle.tag != "VBN":
        return i
    own = s.children(participle.i, "nsubj", "nsubjpass")
    if own:
        return own[-1].i
    return participle.head if participle.dep == "acl" else i


def subject(s: Sentence, i: int) -> tuple[int, ...]:
    """The logical subject: who does it. Empty where nobody is named."""
    if is_passive(s, i):
        agents = [p.i for t in s.children(i, "agent") for p in s.children(t.i, "pobj")]
        if not agents:
            agents = [p.i for t in s.children(i, "prep") if t.lemma == "by" for p in s.children(t.i, "pobj")]
        return spread(s, agents)
    return surface_subject(s, i)


def object_(s: Sentence, i: int) -> tuple[int, ...]:
    """The logical object: to whom it is done."""
    token = s[i]
    if is_passive(s, i):
        own = s.children(i, "nsubjpass", "nsubj")
        if own:
            return spread(s, [_antecedent(s, i, t) for t in own[-1:]])
        head = s.head(i)
        if head is None:
            return ()
        if token.dep == "acl":
            return (_of_headline(s, head.i),)
        if token.dep == "amod":
            return (head.i,)
        return surface_subject(s, i)
    objects = s.children(i, "dobj") or _shared_object(s, i)
    if not objects and token.dep == "relcl":
        return ()
    return spread(s, [_antecedent(s, i, t) for t in objects])


def _shared_object(s: Sentence, i: int) -> tuple[Token, ...]:
    """The object behind the second of two verbs that stand side by side: "shot and wounded a guard"."""
    other = next(iter(s.children(i, "conj")), None)
    if other is None or any(t.dep not in ("cc", "advmod") for t in s.tokens[i + 1 : other.i]):
        return ()
    return s.children(other.i, "dobj") if other.pos == "VERB" else ()
