"""Whether it happened: the words that make an event negated, planned, threatened, attempted, hypothetical.

The tree is climbed from the trigger; each governing word that the status lexicon knows is asked in
turn, the nearest first, and the first that decides stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.core import Certainty, Status
from dateline.events.triggers import Trigger
from dateline.knowledge.status_cues import StatusCue, status_cues
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence, Token

_CARRIES_ON = word_set("carries_on")
_CAUSING = word_set("causing")
_PRESUPPOSED = frozenset({"the", "this", "these", "that", "those", "his", "her", "its", "their"})
_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Commitment:
    """Status and certainty, and the word that decided (None: nothing spoke against it)."""

    status: Status
    certainty: Certainty
    cue: Token | None = None


class StatusJudge:
    """Reads the status of an event from the words around its trigger."""

    def __init__(self) -> None:
        self._cues = status_cues()

    def __call__(self, sentence: Sentence, trigger: Trigger) -> Commitment:
        """The status of the event that a trigger tells."""
        status, certainty, token = self._decide(sentence, trigger)
        lexical = trigger.predicate.status or (trigger.slots.light.status if trigger.slots.light else None)
        if status in (None, "asserted") and lexical:
            status, certainty = lexical, certainty or "certain"  # type: ignore[assignment]
        if status is None and sentence.tokens[-1].text == "?":
            status, certainty = "hypothetical", "uncommitted"
        return Commitment(status or "asserted", certainty or "certain", token)

    def _decide(self, sentence: Sentence, trigger: Trigger) -> tuple[Status | None, Certainty | None, Token | None]:
        certainty: Certainty | None = None
        node, level = trigger.verb, 0
        noun = not trigger.slots.verbal and trigger.slots.light is None
        if not trigger.slots.verbal:
            found = self._of_noun(sentence, trigger.i)
            if found and found[0].status not in (None, "asserted"):
                return found[0].status, found[0].certainty, found[1]
            certainty = found[0].certainty if found else None
        presupposed = noun and any(t.lower in _PRESUPPOSED for t in sentence.children(trigger.i, "det", "poss"))
        while level < _LEVELS:
            if not (presupposed and node != trigger.i):
                found = self._of_verb(sentence, node)
                if found:
                    if found[0].status not in (None, "asserted"):
                        return found[0].status, found[0].certainty, found[1]
                    certainty = certainty or found[0].certainty
            found, step = self._above(sentence, node)
            if found and not (presupposed and found[0].status == "hypothetical"):
                if found[0].status not in (None, "asserted"):
                    return found[0].status, found[0].certainty, found[1]
                certainty = certainty or found[0].certainty
            if step is None:
                break
            node, level = step, level + 1
        return None, certainty, None

    def _of_noun(self, sentence: Sentence, i: int) -> tuple[StatusCue, Token] | None:
        """What the adjectives and the determiner of an event noun say ("future attacks", "any attack")."""
        for child in sentence.children(i, "amod", "det", "nmod", "compound"):
            kind = "determiner" if child.dep == "det" else "adjective"
            cue = self._cues.of(kind, child.lower)  # type: ignore[arg-type]
            if cue:
                return cue, child
        return None

    def _of_verb(self, sentence: Sentence, i: int) -> tuple[StatusCue, Token] | None:
        """What a verb's own auxiliaries, negations, adverbs and conjunction say."""
        weak = self._of_nobody(sentence, i)
        if weak:
            return weak
        for child in sentence.children(i, "neg", "aux", "advmod", "mark", "det", "preconj"):
            cue = None
            if child.dep == "neg":
                cue = self._cues.of("negation", child.lower)
            elif child.dep == "aux":
                cue = self._cues.of("modal", child.lower)
            elif child.dep == "mark":
                cue = self._cues.of("mark", child.lower)
            elif child.dep == "advmod":
                cue = self._cues.of("adverb", child.lower) or self._cues.of("negation", child.lower)
                if cue and cue.status == "generic" and sentence[i].tag not in ("VBP", "VBZ"):
                    cue = None
            if cue and cue.status not in (None, "asserted"):
                return cue, child
            weak = weak or ((cue, child) if cue else None)
        return weak

    def _of_nobody(self, sentence: Sentence, i: int) -> tuple[StatusCue, Token] | None:
        """What "no one" or "no troops" as subject or object says of a verb."""
        for child in sentence.children(i, "nsubj", "nsubjpass", "dobj"):
            cue = self._cues.of("negation", child.lower) if child.pos in ("PRON", "NOUN") else None
            if cue:
                return cue, child
            for word in sentence.children(child.i, "det"):
                cue = self._cues.of("determiner", word.lower)
                if cue and cue.status == "negated":
                    return cue, word
        return None

    def _above(self, sentence: Sentence, i: int) -> tuple[tuple[StatusCue, Token] | None, int | None]:
        """What governs the node, and the node to go on from (None: a clause of its own, stop)."""
        token, head = sentence[i], sentence.head(i)
        if head is None:
            return None, None
        verb = token.pos in ("VERB", "AUX")
        if token.dep == "relcl":
            found = self._of_noun(sentence, head.i)
            return (found if found and found[0].kind == "determiner" else None), None
        if token.dep == "parataxis" or (token.dep == "conj" and sentence.children(i, "nsubj", "nsubjpass")):
            return None, None
        if token.dep == "advcl" and verb:
            purpose = any(t.tag == "TO" for t in sentence.children(i, "aux"))
            return (self._purpose(token), None) if purpose else (None, None)
        if token.dep in ("nsubj", "nsubjpass", "nmod", "compound", "poss", "appos", "npadvmod"):
            return None, None
        if token.dep in ("prep", "pobj", "conj", "agent"):
            found = self._governor(head) if token.dep == "prep" and head.pos not in ("VERB", "AUX") else None
            without = self._cues.of("negation", head.lower) if token.dep == "pobj" else None
            if without:
                return (without, head), None
            verbal = token.dep == "prep" and head.pos in ("VERB", "AUX")
            stop = verbal and head.lemma not in _CAUSING
            return found, (None if stop else head.i)
        found = self._governor(head)
        infinitive = verb and token.tag == "VB" and any(t.tag == "TO" for t in sentence.children(i, "aux"))
        aimed = token.dep == "acl" or (token.dep == "xcomp" and head.lemma not in _CARRIES_ON)
        if found is None and infinitive and aimed:
            found = self._purpose(token)
        finite = token.dep == "ccomp" and token.tag in ("VBD", "VBZ", "VBP", "VBN")
        if finite and found and found[0].status in ("hypothetical", "planned", "threatened"):
            found = None  # "told reporters that men had fired" tells a fact, "told them to fire" does not
        if finite:
            found = self._of_nobody(sentence, head.i) or found
        return found, (None if finite and found is None else head.i)

    def _governor(self, head: Token) -> tuple[StatusCue, Token] | None:
        if head.pos in ("VERB", "AUX"):
            cue = self._cues.of("verb_governor", head.lemma)
        elif head.pos == "ADJ":
            cue = self._cues.of("adjective", head.lower)
        else:
            cue = self._cues.of("noun_governor", head.lemma)
        return (cue, head) if cue else None

    def _purpose(self, token: Token) -> tuple[StatusCue, Token] | None:
        cue = self._cues.of("mark", "in order to")
        return (cue, token) if cue else None
