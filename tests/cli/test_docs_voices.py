"""docs/voices.md shows what its own example really gives."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from dateline.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "voices.md").read_text(encoding="utf-8")


def test_cli_docs_voices_are_what_the_commands_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        for code in re.findall(r"```python\n(.*?)```", PAGE, re.S):
            exec(code, {})
        assert main(["read", "docs/voices/live-thread.txt"]) == 0
    printed = {line.rstrip() for line in out.getvalue().splitlines()}
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.S | re.M)
    told = [line.rstrip() for kind, block in blocks if not kind for line in block.splitlines() if line.strip()]
    assert len(told) > 40
    assert [line for line in told if line not in printed] == []
