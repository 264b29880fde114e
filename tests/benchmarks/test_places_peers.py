"""The comparison of resolvers: same names, another choice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from benchmarks import places_peers
from dateline.language.spacy_door import SpacyLanguage
from dateline.places import Places


def test_places_peers_takes_the_most_populous() -> None:
    row = {"id": "a", "text": "A gunman was arrested in Paris, Texas, after a chase."}
    (line,) = places_peers.answers([row], SpacyLanguage(), places_peers.by_population(Places()))
    assert '"country": "FR"' in line and '"admin1": "Texas"' in line


def test_places_peers_without_gold_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert places_peers.main(["--gold", str(tmp_path), "--score", str(tmp_path)]) == 2
    assert "no gold data" in capsys.readouterr().err
