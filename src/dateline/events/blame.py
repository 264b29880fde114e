"""How sure a text makes it that an actor did it: MUC-4's decision tree for the confidence in a perpetrator."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.core import Attribution, Entity, Mention, Voice
from dateline.core.event import Blame
from dateline.events.commitment import Commitment
from dateline.events.fillers import Fillers
from dateline.events.triggers import Trigger
from dateline.knowledge.status_cues import status_cues
from dateline.language import Sentence, Token

_AUTHORITIES = frozenset({"GOV", "MIL", "COP", "JUD", "SPY", "LEG"})
_HOPS = 6


class Blaming:
    """Answers, for each event and actor of a document, how the text links the two."""

    def __init__(
        self,
        mentions: Iterable[Mention],
        entities: Iterable[Entity],
        voices: Iterable[Voice],
        attributions: Iterable[Attribution],
    ) -> None:
        self._cues = status_cues()
        self._entities = {entity.id: entity for entity in entities}
        self._voices = {voice.id: voice for voice in voices}
        by_head = {mention.head.end: mention for mention in mentions}
        self._sources: dict[str, set[str]] = {}
        for attribution in attributions:
            if attribution.source is not None:
                at = by_head.get(attribution.source.end)
                if at is not None and at.entity:
                    self._sources.setdefault(attribution.voice, set()).add(at.entity)

    def of(
        self,
        sentence: Sentence,
        trigger: Trigger,
        i: int,
        actor: Mention,
        commitment: Commitment,
        voice: str,
        fillers: Fillers,
    ) -> Blame | None:
        """The confidence in an actor (``i`` its token), None where the text says that it did not happen.

        Acquitted; claimed or admitted by itself; told as a fact; accused, by authorities or by others. An
        event that is only possible links nobody to it for sure.
        """
        over = self._over(sentence, trigger)
        verb = over.lemma if over is not None else ""
        if self._cues.of("acquitting", verb):
            return "acquitted"
        if commitment.status == "negated":
            return None
        source = self._subject(sentence, over, fillers)
        if commitment.status != "denied" and self._by_itself(actor, voice, verb, source):
            return "claimed or admitted"
        if commitment.certainty == "possible":
            return "possible"
        charged, blamed = self._cues.of("charging", verb), self._cues.of("blaming", verb)
        doubted = commitment.certainty != "certain" or commitment.status == "denied" or self._suspected(sentence, i)
        if not (charged or blamed or doubted):
            return "reported as fact"
        if charged or (source is not None and self._is_authority(source)):
            return "suspected or accused by authorities"
        speaker = self._voices.get(voice)
        official = speaker is not None and speaker.kind == "official"
        return "suspected or accused by authorities" if official else "suspected or accused"

    def _over(self, sentence: Sentence, trigger: Trigger) -> Token | None:
        """The nearest verb above the event that clears, accuses or admits."""
        for hop, above in enumerate(sentence.ancestors(trigger.verb)):
            if hop >= _HOPS:
                break
            if any(self._cues.of(kind, above.lemma) for kind in ("acquitting", "charging", "blaming", "admitting")):
                return above
            if above.dep in ("relcl", "advcl", "parataxis"):
                break
        return None

    def _subject(self, sentence: Sentence, verb: Token | None, fillers: Fillers) -> Mention | None:
        """Who clears, accuses or admits: the subject, in a passive the agent."""
        if verb is None:
            return None
        agents = [p for by in sentence.children(verb.i, "agent") for p in sentence.children(by.i, "pobj")]
        for token in (*sentence.children(verb.i, "nsubj"), *agents):
            found = fillers.at(sentence, token.i)
            if found is not None:
                return found
        return None

    def _by_itself(self, actor: Mention, voice: str, verb: str, source: Mention | None) -> bool:
        """Whether the actor itself says so, as the source of the words or as who claims the act."""
        if source is not None and self._cues.of("admitting", verb):
            return source.id == actor.id or (actor.entity is not None and source.entity == actor.entity)
        entity = self._entities.get(actor.entity or "")
        speaker = self._voices.get(voice)
        if entity is None or speaker is None or speaker.kind == "outlet":
            return False
        known = speaker.actor is not None and speaker.actor == entity.actor
        return known or entity.id in self._sources.get(voice, ())

    def _suspected(self, sentence: Sentence, i: int) -> bool:
        """Whether the actor's own adjective casts the doubt: "suspected rebels"."""
        for child in sentence.children(i, "amod", "compound"):
            cue = self._cues.of("adjective", child.lower)
            if cue and cue.status == "asserted" and cue.certainty in ("probable", "uncommitted"):
                return True
        return False

    def _is_authority(self, source: Mention) -> bool:
        entity = self._entities.get(source.entity or "")
        return source.kind in ("government", "force") or (entity is not None and entity.sector in _AUTHORITIES)
