"""What single words say of an event's status: a verb's own negation and modals, a noun's adjectives, a governor."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core import Certainty, Status
from dateline.knowledge.status_cues import CueKind, StatusCue, status_cues
from dateline.language import Sentence, Token

_SUBJECTS = ("nsubj", "nsubjpass")
_FREQUENT = ("VBP", "VBZ")
_HAVE = frozenset({"have", "'ve", "’ve", "has", "had", "'d"})
_NOT_ONLY = frozenset({"only", "just", "merely", "simply", "necessarily", "solely"})
_PHRASES = {"go": "going to", "be": "be to", "have": "have to", "use": "used to"}


@dataclass(frozen=True, slots=True)
class Sign:
    """What a word makes of the event: None leaves the status or the certainty as it is.

    ``cue`` is the row of the table that says so, for those who ask why.
    """

    status: Status | None = None
    certainty: Certainty | None = None
    token: Token | None = None
    cue: StatusCue | None = None

    @property
    def decides(self) -> bool:
        """Whether it says more than that the event is told as so."""
        return self.status not in (None, "asserted")


NOTHING = Sign()


class Signs:
    """Asks the status lexicon about the words around one token of a sentence."""

    def __init__(self) -> None:
        self._cues = status_cues()

    def has(self, kind: CueKind, word: str) -> bool:
        """Whether the lexicon knows a word as a cue of a kind."""
        return self._cues.of(kind, word) is not None

    def of(self, kind: CueKind, words: str, token: Token) -> Sign | None:
        """The sign that the lexicon gives for words, at a token."""
        cue = self._cues.of(kind, words)
        return _sign(cue, token) if cue else None

    def of_noun(self, sentence: Sentence, i: int) -> Sign | None:
        """What the adjectives and the determiner of an event noun say ("future attacks", "any attack")."""
        weak = None
        for child in sentence.children(i, "amod", "det", "nmod", "compound", "neg"):
            kind: CueKind = "determiner" if child.dep in ("det", "neg") else "adjective"
            sign = self.of(kind, child.lower, child)
            if sign and sign.decides:
                return sign
            weak = weak or sign
        return weak

    def of_determiner(self, sentence: Sentence, i: int) -> Sign:
        """What "any" or "no" before a noun says of a clause that hangs on the noun."""
        signs = (self.of("determiner", child.lower, child) for child in sentence.children(i, "det"))
        return next((sign for sign in signs if sign and sign.decides), NOTHING)

    def of_verb(self, sentence: Sentence, i: int) -> Sign | None:
        """What a verb's own conjunction, negation, auxiliaries and adverbs say, in this order of weight."""
        kids = sentence.children(i, "neg", "aux", "advmod", "mark", "det", "preconj", "cc")
        condition = self._condition(sentence, i, kids)
        if condition:
            return condition
        negation = self.of_nobody(sentence, i) or self._negation(sentence, kids)
        modal = next((t for t in kids if t.dep == "aux" and self.has("modal", t.lower)), None)
        if modal is not None and modal.lower == "'d" and sentence[i].tag == "VBN":
            modal = None  # "they'd fled"
        perfect = modal is not None and any(t.dep == "aux" and t.i > modal.i and t.lower in _HAVE for t in kids)
        if negation and modal is not None:
            kind: CueKind = "modal_negated_perfect" if perfect else "modal_negated"
            return self.of(kind, modal.lower, negation.token or modal) or negation
        if negation:
            return negation
        if modal is not None:
            past = self.of("modal_perfect", modal.lower, modal) if perfect else None
            return past or self.of("modal", modal.lower, modal)
        return self._adverb(sentence, i, kids)

    def of_nobody(self, sentence: Sentence, i: int) -> Sign | None:
        """What "no one" or "no troops" as subject or object says of a verb."""
        for child in sentence.children(i, *_SUBJECTS, "dobj"):
            sign = self.of("negation", child.lower, child) if child.pos in ("PRON", "NOUN") else None
            if sign:
                return sign
            if child.dep == "dobj" and child.i < i:
                continue
            found = self.of_determiner(sentence, child.i)
            if found.status == "negated":
                return found
        return None

    def governor(self, head: Token) -> Sign | None:
        """What a governing verb, adjective or noun says of what it governs."""
        if head.pos in ("VERB", "AUX"):
            return self.of("verb_governor", head.lemma, head)
        if head.pos == "ADJ":
            return self.of("adjective", head.lower, head)
        return self.of("noun_governor", head.lemma, head)

    def by_preposition(self, sentence: Sentence, head: Token, preposition: Token) -> Sign | None:
        """What a word says of what its preposition leads to: "called for", "in charge of", "prevented … from"."""
        phrase = f"{head.lemma} {preposition.lower}"
        if head.pos == "NOUN" and head.i:
            idiom = self.of("noun_governor", f"{sentence[head.i - 1].lower} {phrase}", head)
            if idiom is not None:
                return idiom
        if head.pos in ("VERB", "AUX"):
            sign = self.of("verb_governor", phrase, head)
            if sign is None and preposition.lower == "from":
                sign = self.of("verb_governor", head.lemma, head)
                return sign if sign and sign.status == "negated" else None
            return sign
        if head.pos == "ADJ":
            return self.of("adjective", phrase, head) or self.of("adjective", head.lower, head)
        return self.of("noun_governor", phrase, head) or self.of("noun_governor", head.lemma, head)

    def before_infinitive(self, head: Token) -> Sign | None:
        """What "is going to", "is to", "has to", "used to" say of the infinitive behind them."""
        phrase = _PHRASES.get(head.lemma)
        if phrase is None:
            return None
        if (head.lemma == "go") != (head.tag == "VBG") or (head.lemma == "have" and head.tag in ("VBD", "VBN")):
            return None
        if head.lemma == "use" and head.tag != "VBD":
            return None
        return self.of("modal", phrase, head)

    def _condition(self, sentence: Sentence, i: int, kids: tuple[Token, ...]) -> Sign | None:
        for child in kids:
            if child.dep in ("mark", "advmod"):
                if child.lower == "than" and child.i and sentence[child.i - 1].lower == "rather":
                    return self.of("negation", "rather than", sentence[child.i - 1])
                sign = self.of("mark", child.lower, child)
                if sign is None and sentence[i].tag in _FREQUENT:
                    sign = self.of("mark_present", child.lower, child)
                if sign and sign.decides and not (child.lower == "should" and child.dep != "mark"):
                    return sign
        return None

    def _negation(self, sentence: Sentence, kids: tuple[Token, ...]) -> Sign | None:
        for child in kids:
            if child.dep not in ("neg", "advmod", "preconj", "det", "cc"):
                continue
            after = sentence[child.i + 1].lower if child.i + 1 < len(sentence) else ""
            if child.dep == "cc" and child.lower != "nor":
                continue
            sign = None if after in _NOT_ONLY else self.of("negation", child.lower, child)
            if sign:
                return sign
        longer = next((t for t in kids if t.dep == "advmod" and t.lower in ("longer", "more")), None)
        if longer is not None and longer.i and sentence[longer.i - 1].lower == "no":
            return Sign("negated", "certain", sentence[longer.i - 1])
        return None

    def _adverb(self, sentence: Sentence, i: int, kids: tuple[Token, ...]) -> Sign | None:
        weak = None
        for child in kids:
            sign = self.of("adverb", child.lower, child) if child.dep == "advmod" else None
            if sign and sign.status == "generic" and sentence[i].tag not in _FREQUENT:
                continue
            if sign and sign.decides:
                return sign
            weak = weak or sign
        return weak


def _sign(cue: StatusCue, token: Token) -> Sign:
    return Sign(cue.status, cue.certainty, token, cue)
