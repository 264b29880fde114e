"""Profiles of a user's own: what a file may say, and what is told of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.core import KnowledgeError
from dateline.knowledge.profiles import profile_of, profiles


def test_profiles_own_file_over_a_shipped_one(tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    path.write_text("based-on: acled\nbest: highest\nunreliable: [post]\nwords:\n  Dozens: 24\n  a handful: 5\n")
    mine = profile_of(str(path))
    assert (mine.name, mine.best, mine.low, mine.unreliable) == ("desk", "highest", "all", {"post"})
    assert mine.number("dozens") == 24 and mine.number("a handful of") == 5 and mine.number("hundreds") == 100
    assert mine.kinds == profiles()["acled"].kinds


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("best: lowest\nbets: 3\n", 2, "'bets' is no rule"),
        ("best: mean\n", 1, "choose most-origins, lowest, highest, latest, none"),
        ("best: lowest\n\nkinds: [official]\n", 3, "left out"),
        ("best: lowest\nkinds:\n  - official\n  - officials\n", 4, "'officials': choose"),
        ("best: lowest\nunreliable: [post, post]\n", 2, "twice"),
        ("best: lowest\nbest: highest\n", 2, "best stands here twice"),
        ("best: lowest\nwords: {dozens: many}\n", 2, "not a whole number"),
        ("low: all\n", 1, "best or based-on is missing"),
        ("based-on: gtd\n", 1, "choose ucdp, acled, literal"),
        ("name: a b\nbest: lowest\n", 1, "no name of a profile"),
        ("- best\n", 1, "not a list of names and values"),
        ("best: [lowest\n", 2, "not YAML"),
        ("", 1, "nothing in it"),
    ],
)
def test_profiles_wrong_file_is_told_by_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text)
    with pytest.raises(KnowledgeError) as found:
        profile_of(str(path))
    assert str(found.value).startswith(f"{path}:{line}: ") and words in str(found.value)
