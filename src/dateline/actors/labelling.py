"""Who calls whom what: the labels of a document's parties, each with the voice that used it."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.actors import labels
from dateline.actors.coref import Draft
from dateline.actors.names import Name
from dateline.actors.naming import Naming
from dateline.core import Attribution, Hearing, Voice
from dateline.knowledge.agents import Agents
from dateline.language import Sentence
from dateline.language.phrases import Phrase

_PARTIES = ("person", "people", "organisation", "group", "government", "force")
_SILENT = ("header", "byline", "dateline", "boilerplate")


class Labelling:
    """Puts labels on the entities of one document."""

    def __init__(
        self,
        text: str,
        hearing: Hearing,
        attributions: tuple[Attribution, ...],
        voices: Mapping[str, Voice],
        agents: Agents,
    ) -> None:
        self._text, self._hearing, self._voices, self._agents = text, hearing, voices, agents
        self._sources = {
            start: a.voice for a in attributions if a.source for start in range(a.source.start, a.source.end)
        }

    def teller(self, sentence: Sentence, phrase: Phrase) -> str | None:
        """Whose word a phrase is; None in a page's furniture, and where the outlet holds it off as another's."""
        span = phrase.span(sentence)
        passage = self._hearing.passage(span)
        if passage and passage.role in _SILENT:
            return None
        voice = self._hearing.voice(span)
        known = self._voices.get(voice or "")
        own = known is not None and known.kind == "outlet" and not self._hearing.attribution(span)
        return None if own and labels.at_a_distance(sentence, phrase, self._text) else voice

    def before_name(self, sentence: Sentence, phrase: Phrase, name: Name, by_head: dict[int, Draft]) -> None:
        """The label before a name in one phrase: "the terrorist group NVF"."""
        voice = self.teller(sentence, phrase)
        if voice is None or name.first <= phrase.first:
            return
        agents, text = self._agents, self._text
        label = labels.before_name(sentence, phrase, name.first, voice, agents, text)
        if label:
            by_head[name.first].labels.append(label)

    def called(self, sentence: Sentence, naming: Naming, every: tuple[Phrase, ...], by_head: dict[int, Draft]) -> None:
        """The label that is given in so many words, kept with the one who gives it; nobody's where none is told."""
        phrase = next((p for p in every if naming.label in (p.head, p.outer)), None)
        own = by_head.get(naming.label)
        draft = by_head.get(naming.target, own) if naming.target is not None else own
        if naming.void or phrase is None or draft is None or draft.kind not in _PARTIES:
            return
        if naming.told:
            voice = self.teller(sentence, phrase)
        else:
            voice = self._namer(sentence, naming.namer, by_head) or self._namer(sentence, naming.spoken, by_head)
        if voice is None:
            return
        label = labels.of_naming(sentence, naming, phrase, voice, self._text)
        first = next(t.i for t in sentence if t.start == label.span.start)
        if labels.is_label(sentence, first, phrase.head, self._agents):
            draft.labels.append(label)

    def _namer(self, sentence: Sentence, namer: int | None, by_head: dict[int, Draft]) -> str | None:
        """The voice of the one who gives the label, where the document has that voice."""
        if namer is None:
            return None
        heard = self._sources.get(sentence[namer].start)
        if heard:
            return heard
        draft = by_head.get(namer)
        words = {sentence[namer].lower} if draft is None else {*draft.names, *draft.nominals}
        known = {name.casefold() for name in (*words, draft.actor.name if draft and draft.actor else "")}
        return next((voice.id for voice in self._voices.values() if voice.name.casefold() in known), None)
