"""A short round of the disturbances of ``benchmarks.faults``, and of the odd bytes of ``benchmarks.fuzz``."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from benchmarks import faults, fuzz

pytestmark = [pytest.mark.faults]


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in faults.KINDS if kind != "worker"])
def test_faults_disturbed_runs_end_with_the_same_bytes(kind: str) -> None:
    found = faults.disturbed(2, seed=5, kinds=[kind])
    assert found[kind] >= 2
    assert (found["lost"], found["double"], found["unlike"]) == (0, 0, 0)


@pytest.mark.parametrize("name", sorted(set(fuzz.TARGETS) - {"reading"}))
def test_faults_odd_bytes_are_refused_or_read(name: str, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGALRM)
    try:
        found = fuzz.own_run(name, seconds=60, seed=11, keep=tmp_path, runs=25)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert (found["inputs"], found["crashes"], found["hangs"]) == (25, 0, 0)
