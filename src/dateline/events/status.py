"""Whether it happened: the words that make an event negated, planned, threatened, attempted, hypothetical.

The tree is climbed from the predicate. Its own negation, modals and adverbs speak first, then the word
that governs it; what governs is itself asked whether it holds, so that "did not fail to attack" tells an
attack and "to prevent attacks" none.
"""

from __future__ import annotations

from dataclasses import replace

from dateline.core import Status
from dateline.events.commitment import Commitment, arbitrated
from dateline.events.signs import NOTHING, Sign, Signs
from dateline.events.triggers import Trigger
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence, Token

_CARRIES_ON = word_set("carries_on")
_CAUSING = word_set("causing")
_PARTITIVE = word_set("partitive")
_PRESUPPOSED = frozenset({"the", "this", "these", "that", "those", "his", "her", "its", "their"})
_LEVELS = 8
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_OPEN: frozenset[Status] = frozenset({"hypothetical", "planned", "threatened", "generic"})
_SUBJECTS = ("nsubj", "nsubjpass")
_ASIDE = frozenset({"parataxis", "csubj", "csubjpass", "poss", "appos", "npadvmod", "amod"})
_SAYS_OF_NOUN = frozenset({"reject", "dispute", "dismiss", "condemn"})


class StatusJudge:
    """Reads the status of any predicate (verb, noun or adjective) from the words around it."""

    def __init__(self) -> None:
        self._signs = Signs()

    def __call__(self, sentence: Sentence, trigger: Trigger, opinion: float | None = None) -> Commitment:
        """The status of what a trigger tells, and the cue that decided.

        ``opinion``: what another reader of the same words makes of it, from -3 (certainly not) to 3.
        """
        sign = self.decided(sentence, trigger)
        said = sign.status is not None or sign.certainty is not None
        cue = (
            sign.token.span
            if sign.token is not None and said and (sign.status, sign.certainty) != ("asserted", None)
            else None
        )
        weighed = any(child.dep in ("neg", "preconj") for child in sentence.children(trigger.verb))
        commitment = Commitment(sign.status or "asserted", sign.certainty or "certain", cue)
        return arbitrated(commitment, None if weighed else opinion)

    def decided(self, sentence: Sentence, trigger: Trigger) -> Sign:
        """The sign that decides: that of the words around, of the trigger's own row, of a question mark."""
        if trigger.intention is not None:
            return trigger.intention
        sign = self._of_trigger(sentence, trigger)
        lexical = trigger.predicate.status or (trigger.slots.light.status if trigger.slots.light else None)
        if sign.status in (None, "asserted") and lexical:
            return Sign(lexical, sign.certainty or "certain", sentence[trigger.verb])  # type: ignore[arg-type]
        if sign.status is None and sentence.tokens[-1].text == "?":
            return Sign("hypothetical", "uncommitted", sentence.tokens[-1])
        return sign

    def _of_trigger(self, sentence: Sentence, trigger: Trigger) -> Sign:
        own = None
        if not trigger.slots.verbal:
            own = self._signs.of_noun(sentence, trigger.i)
            if own and own.decides:
                return own
        noun = not trigger.slots.verbal and trigger.slots.light is None
        presupposed = noun and _taken_for_granted(sentence, trigger.i)
        if noun and not presupposed and self._generic(sentence, trigger.i):
            return Sign("generic", "certain", sentence.head(trigger.i))
        return _under(own, self._at(sentence, trigger.verb, _LEVELS, presupposed=presupposed, first=True))

    def _at(self, sentence: Sentence, i: int, levels: int, *, presupposed: bool = False, first: bool = False) -> Sign:
        """What a token's own words and all above it say. ``presupposed``: of an event noun taken for granted below."""
        if levels <= 0:
            return NOTHING
        own = None
        if sentence[i].pos in ("VERB", "AUX") or first or sentence[i].dep in ("ROOT", "acomp"):
            own = None if presupposed and not first else self._signs.of_verb(sentence, i)
        elif not presupposed:
            own = self._signs.of_noun(sentence, i)
        if own and own.decides:
            return own
        above = self._above(sentence, i, levels - 1, presupposed)
        if presupposed and above.status in ("hypothetical", "generic"):
            above = NOTHING
        return _under(own, above)

    def _above(self, sentence: Sentence, i: int, levels: int, presupposed: bool) -> Sign:
        """What governs the token; nothing where it is a clause of its own."""
        token, head = sentence[i], sentence.head(i)
        if head is None or token.dep in _ASIDE:
            return NOTHING
        if token.dep == "relcl" or (token.dep == "acl" and token.tag in ("VBN", "VBG")):
            return self._signs.of_determiner(sentence, head.i)
        if token.dep in ("compound", "nmod"):
            return self._governed(sentence, self._signs.governor(head), head, levels) if head.pos == "NOUN" else NOTHING
        if token.dep in _SUBJECTS:
            return self._of_subject(sentence, token, head, levels, presupposed)
        if token.dep == "conj":
            return self._of_conjunct(sentence, token, head, levels, presupposed)
        if token.dep == "advcl" and token.pos in ("VERB", "AUX"):
            return self._of_purpose(sentence, token, head, levels) if _infinitive(sentence, i) else NOTHING
        if token.dep in ("pobj", "pcomp"):
            return self._of_preposition(sentence, token, head, levels, presupposed)
        if token.dep in ("prep", "agent"):
            return self._behind_preposition(sentence, token, head, levels, presupposed)
        return self._of_complement(sentence, token, head, levels, presupposed)

    def _of_complement(self, sentence: Sentence, token: Token, head: Token, levels: int, presupposed: bool) -> Sign:
        """What the governor of an object, infinitive or "that" clause says."""
        sign = self._signs.governor(head)
        infinitive = token.pos in ("VERB", "AUX") and token.tag == "VB" and _infinitive(sentence, token.i)
        if infinitive:
            sign = self._signs.before_infinitive(head) or sign
        carried = token.dep != "acl" and (head.lemma in _CARRIES_ON or head.lemma == "have")
        if sign is None and infinitive and not carried:
            return self._of_purpose(sentence, token, head, levels)
        if token.dep == "ccomp" and token.tag in _FINITE:
            return self._of_content(sentence, sign, head, levels)
        if sign is not None and sign.status == "denied" and token.pos == "NOUN":
            said = self._signs.has("said_noun", token.lemma) or (presupposed and head.lemma in _SAYS_OF_NOUN)
            sign = None if said else sign
        if presupposed and sign is not None and sign.status == "hypothetical":
            sign = None
        if sign is None:
            return self._at(sentence, head.i, levels, presupposed=presupposed)
        return self._governed(sentence, sign, head, levels)

    def _of_content(self, sentence: Sentence, sign: Sign | None, head: Token, levels: int) -> Sign:
        """What a word of saying or thinking makes of its finite clause: "told us that men had fired" is a fact."""
        if sign is not None and sign.status in ("hypothetical", "planned", "threatened"):
            sign = Sign(None, None, sign.token, sign.cue)
        if self._signs.has("factive", head.lemma):
            return NOTHING
        nobody = self._signs.of_nobody(sentence, head.i)
        if sign is None or (nobody is not None and not sign.decides):
            return nobody or NOTHING
        return self._governed(sentence, sign, head, levels, content=True)

    def _of_purpose(self, sentence: Sentence, token: Token, head: Token, levels: int) -> Sign:
        """An aim is not told as done ("to free the hostages"), an outcome is ("to find the gate open")."""
        if token.dep != "acl" and self._signs.has("outcome", token.lemma):
            return self._at(sentence, head.i, levels)
        to = next(t for t in sentence.children(token.i, "aux") if t.tag == "TO")
        above = self._at(sentence, head.i, levels) if token.dep == "xcomp" else NOTHING
        if above.status in ("negated", "denied"):
            return above
        return self._signs.of("mark", "in order to", to) or NOTHING

    def _of_subject(self, sentence: Sentence, token: Token, head: Token, levels: int, presupposed: bool) -> Sign:
        """What is said of an event that is the subject: "was foiled", "is possible", "will continue"."""
        if token.pos not in ("NOUN", "PROPN") and token.tag != "VBG":
            return NOTHING
        if token.dep == "nsubjpass":
            sign = self._signs.governor(head)
            if sign is not None and sign.decides and not (presupposed and sign.status == "hypothetical"):
                return self._governed(sentence, sign, head, levels)
        if head.pos == "AUX":
            for child in sentence.children(head.i, "acomp"):
                sign = self._signs.of("adjective", child.lower, child)
                if sign is not None and sign.status is not None:
                    return self._governed(sentence, sign, head, levels)
        if self._signs.has("happening", head.lemma):
            return self._at(sentence, head.i, levels)
        return NOTHING

    def _of_conjunct(self, sentence: Sentence, token: Token, head: Token, levels: int, presupposed: bool) -> Sign:
        """A second verb or noun shares what is said of the first, unless it has a tense or subject of its own."""
        i = token.i
        if sentence.children(i, *_SUBJECTS) or any(t.lower == "but" for t in sentence.children(head.i, "cc")):
            return NOTHING
        if token.tag in ("VBD", "VBZ", "VBP") and head.tag == "VB":
            return NOTHING
        own = self._signs.of_noun(sentence, head.i) if token.pos == "NOUN" and head.pos == "NOUN" else None
        if own is not None and own.decides and own.token is not None and own.token.dep == "det":
            return own
        return self._at(sentence, head.i, levels, presupposed=presupposed, first=token.pos != "NOUN")

    def _of_preposition(self, sentence: Sentence, token: Token, head: Token, levels: int, presupposed: bool) -> Sign:
        """What the preposition itself says ("without", "instead of"), else what it hangs on."""
        before = sentence[head.i - 1].lower if head.i else ""
        negation = self._signs.of("negation", head.lower, head)
        if negation is None and before in ("instead", "rather"):
            negation = self._signs.of("negation", f"{before} {head.lower}", sentence[head.i - 1])
        if negation is None and head.lower == "in" and token.lower in ("case", "event"):
            return NOTHING
        if negation is not None:
            return negation
        above = sentence.head(head.i)
        if above is None or head.dep not in ("prep", "agent", "dative"):
            return NOTHING
        return self._behind_preposition(sentence, head, above, levels, presupposed)

    def _behind_preposition(
        self, sentence: Sentence, preposition: Token, head: Token, levels: int, presupposed: bool
    ) -> Sign:
        sign = self._signs.by_preposition(sentence, head, preposition)
        verb = sentence.head(head.i) if sign is None and head.dep == "dobj" else None
        if verb is not None:  # "accused the major of killing two", where the parse hangs "of" on the major
            sign = self._signs.by_preposition(sentence, verb, preposition)
            head = verb if sign is not None else head
        if sign is not None and not (presupposed and sign.status == "hypothetical"):
            return self._governed(sentence, sign, head, levels)
        if preposition.dep == "agent" or head.pos == "ADP":
            return self._at(sentence, head.i, levels, presupposed=presupposed)
        if head.pos in ("VERB", "AUX") and head.lemma not in _CAUSING:
            return NOTHING
        far = preposition.lower != "of" or _taken_for_granted(sentence, head.i)
        if far and head.pos == "NOUN" and head.lemma not in _PARTITIVE:
            return NOTHING
        return self._at(sentence, head.i, levels, presupposed=presupposed)

    def _governed(
        self, sentence: Sentence, sign: Sign | None, head: Token, levels: int, *, content: bool = False
    ) -> Sign:
        """A governor's sign after it was asked whether the governor itself holds."""
        if sign is None:
            return NOTHING
        if head.pos == "NOUN" and sign.status == "asserted" and sign.certainty is None:
            own = self._signs.of_determiner(sentence, head.i)  # "no sign of", but "victims of"
            return own if own.status == "negated" else NOTHING
        over = self._at(sentence, head.i, levels)
        if over.status in ("negated", "denied"):
            return turned(sign, over, content=content)
        if over.status in _OPEN and not content:
            if sign.status in ("negated", "attempted", "denied"):
                return Sign("hypothetical", "uncommitted", sign.token, sign.cue)
            return sign if sign.decides else over
        if not sign.decides:
            return _under(sign, over if not content else NOTHING)
        return sign

    def _generic(self, sentence: Sentence, i: int) -> bool:
        """Whether a bare plural is the subject of a timeless statement: "attacks on clinics are war crimes"."""
        token, head = sentence[i], sentence.head(i)
        if token.tag != "NNS" or token.dep != "nsubj" or head is None or head.tag not in ("VBZ", "VBP"):
            return False
        if sentence.children(i, "det", "poss", "nummod", "amod") or sentence.children(head.i, "aux", "neg"):
            return False
        return bool(sentence.children(head.i, "attr"))


def turned(sign: Sign, negation: Sign, *, content: bool = False) -> Sign:
    """What a governor says once it is itself negated: not failing is doing, not trying is not doing.

    ``content``: the governor is a word of saying or thinking over a finite clause ("did not say that …").
    """
    if sign.status in ("negated", "denied"):
        certainty = "certain" if sign.certainty == "certain" and sign.status == "negated" else "probable"
        return Sign("asserted", "uncommitted" if sign.status == "denied" else certainty, sign.token, sign.cue)  # type: ignore[arg-type]
    if sign.status in ("planned", "hypothetical", "attempted"):
        return Sign("negated", "certain" if sign.status == "attempted" else "probable", negation.token, negation.cue)
    if sign.status == "threatened":
        return Sign("hypothetical", "uncommitted", sign.token, sign.cue)
    if sign.status == "generic":
        return sign
    if sign.certainty == "probable":
        return Sign("negated", "probable", negation.token, negation.cue)  # "do not believe that he fled"
    if content:
        return Sign("asserted", "uncommitted", negation.token, negation.cue)
    return replace(negation, status="negated")


def _under(own: Sign | None, above: Sign) -> Sign:
    """What decides above, with the certainty that a word nearer by gave."""
    if own is None:
        return above
    if above.decides:
        return above
    if own.certainty is not None or own.status is not None:
        return own
    return above


def _taken_for_granted(sentence: Sentence, i: int) -> bool:
    """Whether a noun's determiner says that what it names is known: "the attack", "his arrest"."""
    return any(t.lower in _PRESUPPOSED or t.dep == "poss" for t in sentence.children(i, "det", "poss"))


def _infinitive(sentence: Sentence, i: int) -> bool:
    return any(t.tag == "TO" for t in sentence.children(i, "aux"))
