"""What tests of runs share."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(HERE))
    import corpus_fakes  # type: ignore[import-not-found]

    return corpus_fakes  # type: ignore[no-any-return]
