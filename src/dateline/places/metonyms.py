"""Names that stand for a government: "Baghdad condemned the raid", "talks between Moscow and Ankara"."""

from __future__ import annotations

from collections.abc import Callable

from dateline.core import Place
from dateline.knowledge.cues import cue_verbs
from dateline.knowledge.folding import fold
from dateline.knowledge.place_phrases import metonym_words
from dateline.language import Sentence, Token
from dateline.places.matches import Match

_TELLING = frozenset(("document", "write", "believe", "fear"))
_LONGEST_LIST = 10
_TOWARDS = frozenset(("with", "between", "against", "to", "by", "of", "from", "on", "among", "for"))


class Slots:
    """Tells from the parse whether a name stands where governments act: says, is accused, has talks."""

    def __init__(self) -> None:
        cues = {lemma for lemma, cue in cue_verbs().items() if cue.kind not in _TELLING}
        self._subjects = metonym_words("subject") | cues
        self._objects, self._nouns = metonym_words("object"), metonym_words("noun")
        self._partners = metonym_words("partner")

    def __call__(self, match: Match) -> bool:
        """Whether the words beside the name are said of governments; they may be said of persons too."""
        sentence = match.sentence
        token = _top(sentence, match)
        for _ in range(_LONGEST_LIST):
            above = sentence.head(token.i)
            if token.dep != "conj" or above is None or above.pos not in ("PROPN", "NOUN"):
                break
            token = above
        above = sentence.head(token.i)
        if above is None:
            return False
        if token.dep == "nsubj":
            return above.lemma in self._subjects and above.pos in ("VERB", "AUX")
        if token.dep in ("dobj", "nsubjpass", "dative"):
            return above.lemma in self._objects and above.pos == "VERB"
        if token.dep == "poss":
            return above.lemma in self._nouns
        return token.dep == "pobj" and self._towards(sentence, above)

    def _towards(self, sentence: Sentence, preposition: Token) -> bool:
        """ "Talks with X", "condemned by X"."""
        above = sentence.head(preposition.i)
        if above is None or preposition.lemma not in _TOWARDS:
            return False
        if preposition.dep == "agent":
            return above.lemma in self._subjects
        if above.pos == "VERB":
            return preposition.lemma == "with" and above.lemma in self._partners
        return above.lemma in self._nouns


class Metonyms:
    """Tells whether the name of a country, a capital or a seat of power stands for its government."""

    def __init__(self, slots: Slots, capital: Callable[[str], str | None]) -> None:
        """``capital`` gives the id of a country's capital."""
        self._slots, self._capital = slots, capital
        self._seats = metonym_words("seat")

    def __call__(self, match: Match, place: Place | None) -> bool:
        """Whether the name stands for a government here."""
        return place is not None and self._can(match, place) and self._slots(match)

    def _can(self, match: Match, place: Place) -> bool:
        if place.kind == "country" or match.key in self._seats or fold(place.name) in self._seats:
            return True
        return place.kind == "city" and place.country is not None and self._capital(place.country) == place.id


def _top(sentence: Sentence, match: Match) -> Token:
    """The token of the name whose head lies outside it."""
    for token in sentence.tokens[match.first : match.last + 1]:
        if not match.first <= token.head <= match.last or token.head == token.i:
            return token
    return sentence[match.last]
