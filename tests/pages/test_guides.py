"""The commands and examples of the how-to guides are run as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from dateline.cli import main

ROOT = Path(__file__).parents[2]
GUIDES = ("how_to_read_many_reports", "how_to_check_a_record", "how_to_install")
_BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.S | re.M)


@pytest.mark.slow
@pytest.mark.parametrize("name", GUIDES)
def test_guide_runs_as_it_stands(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    blocks = _BLOCK.findall((ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8"))
    assert any(kind == "sh" for kind, _ in blocks)
    for kind, text in blocks:
        if kind == "python":
            exec(text, {})
            continue
        for line in filter(None, text.splitlines()):
            program, *arguments = shlex.split(line, comments=True)
            assert program == "dateline"
            assert main(arguments) == 0, f"{line}\n{capsys.readouterr().err}"
