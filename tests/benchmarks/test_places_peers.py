"""The comparison of resolvers: same names, another choice."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from benchmarks import places_peers
from dateline.language.spacy_door import SpacyLanguage
from dateline.places import Places


def test_places_peers_takes_the_most_populous() -> None:
    row = {"id": "a", "text": "A gunman was arrested in Paris, Texas, after a chase."}
    (line,) = places_peers.answers([row], SpacyLanguage(), places_peers.by_population(Places()))
    assert '"country": "FR"' in line and '"admin1": "Texas"' in line
