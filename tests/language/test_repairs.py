"""Slips of the parser that cost an event or a party: sentences, and what must be read in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language.parse import Token
from dateline.language.repairs import repaired


def told(reading, role):
    """The phrases that fill a role of the first event of a type, in order."""
    event = next(event for event in reading.events if event.type != "OTHER")
    spans = {mention.id: mention.span for mention in reading.mentions}
    return [spans[each.mention].of(reading.document.text) for each in event.arguments if each.role == role]


@pytest.mark.parametrize(
    ("text", "actor", "victims"),
    [
        (
            "Three gunmen on a motorcycle shot dead a village teacher and wounded his two sons in Quetta on Tuesday.",
            "Three gunmen",
            ["a village teacher", "his two sons"],
        ),
        ("Two men in a red van shot dead a customs guard in Basra on Friday.", "Two men", ["a customs guard"]),
        ("Gunmen shot dead a customs guard in Basra on Friday.", "Gunmen", ["a customs guard"]),
    ],
)
def test_shot_dead_is_what_somebody_did(read, text, actor, victims):
    reading = read(text)
    assert told(reading, "actor") == [actor]
    assert told(reading, "victim") == victims
    killed = [count for event in reading.events for count in event.counts if count.what == "killed"]
    assert [count.best for count in killed] == [1]


def test_a_shot_that_is_a_noun_stays_one(read):
    assert [event.type for event in read("A warning shot rang out in Lima on Friday.").events if event.counts] == []


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Clashes between the army and Taliban fighters in Helmand left 12 people dead.",
            ["the army", "Taliban fighters"],
        ),
        ("Talks between the government and FARC rebels opened in Havana.", ["the government", "FARC rebels"]),
        ("The police and Awami League activists clashed in Dhaka.", ["The police", "Awami League activists"]),
        (
            "Fighting between security forces and Houthi fighters killed nine people.",
            ["security forces", "Houthi fighters"],
        ),
        ("Iraqi and coalition forces attacked the convoy.", ["Iraqi", "coalition forces"]),
    ],
)
def test_two_parties_are_told_apart(read, text, parties):
    assert told(read(text), "actor") == parties


def test_fighting_between_two_is_a_noun(read):
    (event,) = read("Fighting between security forces and Houthi fighters killed nine people.").events
    assert event.trigger.of("Fighting between") == "Fighting"


@pytest.mark.parametrize("lead", ["As of this hour the district police count", "The clinic in Herat counted"])
def test_the_hurt_stand_beside_the_dead(read, lead):
    counts = {
        count.what: count.best
        for event in read(f"{lead} nine dead and twenty wounded.").events
        for count in event.counts
    }
    assert counts == {"killed": 9, "injured": 20}


SLIPS = ("shot", "dead", "nine", "wounded", "killed", "and", "Taliban", "army", "Fighting", "between", "the")
TAGS = (("NOUN", "NN"), ("NOUN", "NNS"), ("VERB", "VBN"), ("VERB", "VBG"), ("NUM", "CD"))
DEPS = ("conj", "nsubj", "nmod", "compound", "acomp", "prep", "det", "dobj")


@given(st.lists(st.tuples(st.sampled_from(SLIPS), st.sampled_from(TAGS), st.sampled_from(DEPS)), min_size=2), st.data())
def test_a_mended_tree_is_a_tree(words, data):
    """Whatever the parse hangs on what, no word ends up hanging on itself."""
    order = data.draw(st.permutations(range(len(words))))
    heads = {
        i: order[data.draw(st.integers(0, max(0, n - 1)))] for n, i in enumerate(order)
    }  # the first one is the root
    tokens = repaired(
        tuple(
            Token(i, word, word, pos, tag, dep, heads[i], 9 * i, 9 * i + len(word))
            for i, (word, (pos, tag), dep) in enumerate(words)
        )
    )
    for token in tokens:
        up = token.i
        for _ in tokens:
            up = tokens[up].head
        assert tokens[up].head == up
