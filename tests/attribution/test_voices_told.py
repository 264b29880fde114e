"""What voices tell of themselves: how many, of which sector, unnamed or not; and what a cue makes of its content."""

from __future__ import annotations

import pytest

from dateline.attribution import Attributions
from dateline.core import Document, Hearing, Span
from dateline.language.spacy_door import SpacyLanguage
from dateline.passages import Passages


@pytest.fixture(scope="module")
def told():
    """A function from a text to its attributions and the voices by id."""
    passages_step, language, step = Passages(), SpacyLanguage(), Attributions()

    def run(text: str):
        document = Document.of(text)
        passages, voices = passages_step(document)
        attributions, voices = step(document, language(document, passages), passages, voices)
        return attributions, {voice.id: voice for voice in voices}, passages

    return run


@pytest.mark.parametrize(
    ("text", "number", "sector", "anonymous"),
    [
        ("Three police officers said the bomb was hidden in a cart.", 3, "COP", True),
        ("Two officials, who talked on condition of anonymity, said a depot was hit.", 2, "GOV", True),
        ("Witnesses said gunmen fired at the crowd.", None, "CVL", True),
        ("A hospital doctor said twelve bodies were brought in.", 1, "MED", True),
        ("The minister said the port was open.", 1, "GOV", False),
        ("The army said nine men died.", None, "MIL", False),
        ("Ana Torres said the ward was full.", None, None, False),
    ],
)
def test_voice_number_sector_anonymity(told, text: str, number, sector, anonymous) -> None:
    attributions, voices, _ = told(text)
    voice = voices[attributions[-1].voice]
    assert (voice.number, voice.sector, voice.anonymous) == (number, sector, anonymous)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The army said nine men died.", "say"),
        ("The rebels believe the army has left.", "believe"),
        ("The governor fears that the dam will break.", "fear"),
        ("The president ordered troops to leave the town.", "order"),
        ("The militants want to take the port.", "want"),
        ("The mayor called the raid a crime.", "label"),
        ("The mayor called for a curfew.", "order"),
        ("The ministry denied that the bridge fell.", "deny"),
        ("The town is said to be empty.", "say"),
    ],
)
def test_cue_class_of_an_attribution(told, text: str, kind: str) -> None:
    (attribution,), _, _ = told(text)
    assert attribution.cue_class == kind


@pytest.mark.parametrize("source", ["No group", "Nobody", "Neither side", "None of the groups"])
def test_voice_that_nobody_has(told, source: str) -> None:
    text = f"{source} has said that it planted the bomb."
    (attribution,), voices, passages = told(text)
    assert [voice.kind for voice in voices.values()] == ["outlet"]
    bomb = text.index("bomb")
    assert attribution.topical
    assert Hearing(passages, (attribution,)).voice(Span(bomb, bomb + 4)) == passages[0].voice


def test_voice_of_the_writer_is_the_outlet(told) -> None:
    text = "I think the army lost the town. “I saw it burn,” Ana Torres said."
    attributions, voices, passages = told(text)
    assert [voices[a.voice].name for a in attributions] == [voices[passages[0].voice].name, "Ana Torres"]


def test_voice_chain_to_the_fourth_hand(told) -> None:
    text = "Reuters reported that the police said the mayor had told them that two men fled."
    attributions, voices, _ = told(text)
    last = attributions[-1]
    assert [voices[key].name for key in voices[last.voice].chain] == ["outlet", "Reuters", "police", "mayor"]
