"""Deeds that their doer only announces or refuses: "said it would withdraw" promises, "will not withdraw" refuses.

PLOVER codes what is told as to come with the type of saying so. The words stay the deed's, so that its parties, place
and day are still read; the type becomes that of the announcement (AGREE, THREATEN) or of the refusal (REJECT).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.events.signs import Sign, Signs
from dateline.events.slots import is_passive, surface_subject
from dateline.events.triggers import Trigger
from dateline.knowledge.ontology import Kind, ontology
from dateline.knowledge.word_sets import word_set
from dateline.language import Sentence, Token

_MODALS = frozenset({"will", "wo", "'ll", "’ll", "would", "'d", "’d", "shall", "sha"})
_LATER = frozenset({"would", "'d", "’d"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_SAYING = word_set("announcing")
_WHO = frozenset({"it", "they", "he", "she", "we", "i"})
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Intention:
    """What announcing or refusing a deed makes of it; ``token``: the word that says so."""

    kind: Kind
    refused: bool
    token: Token

    @property
    def sign(self) -> Sign:
        """The status: an announced deed is planned, a refusal has taken place."""
        return Sign("asserted", "probable", self.token) if self.refused else Sign("planned", "probable", self.token)


class Intentions:
    """Tells which deeds of a sentence are announced or refused by their own doer."""

    def __init__(self) -> None:
        self._ontology = ontology()
        self._signs = Signs()

    def __call__(self, sentence: Sentence, trigger: Trigger) -> Trigger:
        """The trigger, as one of the announcement or the refusal where the doer only says that he will or will not."""
        kind = trigger.predicate.type or ""
        mode = trigger.predicate.mode
        announced, refused = self._ontology.announced(kind, mode), self._ontology.refused(kind, mode)
        if (announced[0], refused[0]) == (kind, kind):
            return trigger
        found = self._said(sentence, trigger.verb) if trigger.slots.verbal or trigger.slots.light else None
        if found is None:
            return trigger
        token, negated = found
        intended = refused if negated else announced
        if intended[0] == kind:
            return trigger
        row = replace(trigger.predicate, type=intended[0], mode=intended[1], status=None, acled=None, muc4=None)
        return replace(trigger, predicate=row, intention=Intention(intended, negated, token).sign)

    def promised(self, sentence: Sentence, triggers: tuple[Trigger, ...]) -> dict[int, int]:
        """For each deed that a trigger of its announcement governs ("agreed to withdraw"), that other trigger."""
        by_token = {t.i: t for t in triggers}
        found: dict[int, int] = {}
        for trigger in triggers:
            token, kind = sentence[trigger.verb], trigger.predicate.type or ""
            over = by_token.get(token.head)
            if over is None or over is trigger or token.dep not in ("xcomp", "ccomp", "acl") or token.tag != "VB":
                continue
            announced = self._ontology.announced(kind, trigger.predicate.mode)[0]
            if announced != kind and over.predicate.type == announced:
                found[trigger.i] = over.i
        return found

    def _said(self, sentence: Sentence, verb: int) -> tuple[Token, bool] | None:
        """The word that says that the subject of a verb will do it, and whether it says that he will not."""
        if is_passive(sentence, verb) or not surface_subject(sentence, verb):
            return None
        i = verb
        for _ in range(_DEPTH):
            modal = next((t for t in sentence.children(i, "aux") if t.lower in _MODALS), None)
            if modal is not None:
                return self._by_modal(sentence, i, modal)
            token, head = sentence[i], sentence.head(i)
            if head is None or token.dep not in ("xcomp", "conj") or sentence.children(i, "nsubj", "nsubjpass"):
                return None
            if token.dep == "xcomp":
                if sentence.children(head.i, "dobj") or head.pos not in ("VERB", "AUX", "ADJ"):
                    return None
                sign = self._signs.governor(head)
                if sign is not None and sign.status == "planned":
                    return (head, False) if not sentence.children(head.i, "neg") else None
            i = head.i
        return None

    def _by_modal(self, sentence: Sentence, i: int, modal: Token) -> tuple[Token, bool] | None:
        if any(t.lower in _CONDITIONS for t in sentence.children(i, "mark", "advmod")):
            return None
        if any(t.lower in ("have", "'ve") for t in sentence.children(i, "aux")) or sentence[i].dep == "relcl":
            return None
        own = self._is_sayers(sentence, i)
        negated = bool(sentence.children(i, "neg"))
        if modal.lower in _LATER or negated:
            return (modal, negated) if own else None
        return modal, False

    def _is_sayers(self, sentence: Sentence, i: int) -> bool:
        """Whether a clause is what its own subject says: "the union said it would strike", and also "we will"."""
        token, head = sentence[i], sentence.head(i)
        subjects = sentence.children(i, "nsubj")
        while not subjects and token.dep == "conj" and head is not None:
            i, token = head.i, head
            subjects, head = sentence.children(i, "nsubj"), sentence.head(i)
        if not subjects:
            return False
        if head is None or token.dep != "ccomp":
            return True
        if head.lemma not in _SAYING:
            return False
        return subjects[-1].lower in _WHO or any(
            k.lemma == subjects[-1].lemma for k in (sentence[n] for n in surface_subject(sentence, head.i))
        )
