"""The law of the building: imports go downward, names are unique, what users see is documented."""

from __future__ import annotations

import argparse
import ast
import importlib.util
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import dateline
from dateline.cli import parser
from dateline.exports import INCIDENT_FORMATS, READING_FORMATS
from dateline.knowledge.ontology import ontology

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(dateline.__file__).parent
LONGEST_FILE = 400


def _commands(below: argparse.ArgumentParser | None = None, before: str = "dateline") -> list[str]:
    """Every command with its verbs: "dateline read", "dateline verdicts export"."""
    names = []
    for action in (below or parser())._actions:
        for name, each in sorted((action.choices if isinstance(action, argparse._SubParsersAction) else {}).items()):
            names += [f"{before} {name}", *_commands(each, f"{before} {name}")]
    return names


def _python_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_house_imports_keep_the_law() -> None:
    found = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_house_has_no_two_tests_with_one_name() -> None:
    names: Counter[str] = Counter()
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                names[node.name] += 1
    assert [name for name, times in names.items() if times > 1] == []


def test_house_files_stay_small() -> None:
    long = [str(path.relative_to(PACKAGE)) for path in _python_files() if _lines(path) > LONGEST_FILE]
    assert long == []


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_house_never_evaluates_or_unpickles() -> None:
    banned = {"eval", "exec", "compile", "__import__"}
    for path in _python_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in banned, f"{path}:{node.lineno}"
            if isinstance(node, ast.Import):
                assert not {alias.name for alias in node.names} & {"pickle", "marshal", "shelve"}, path


@pytest.mark.parametrize("command", _commands())
def test_house_every_command_is_documented(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8") + _docs()


@pytest.mark.parametrize("name", sorted({*READING_FORMATS, *INCIDENT_FORMATS}))
def test_house_every_format_is_documented(name: str) -> None:
    assert f"`{name}`" in _docs()


@pytest.mark.parametrize("name", ontology().types)
def test_house_every_event_type_is_documented(name: str) -> None:
    assert name in _docs()


def _docs() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md")))


def test_house_models_and_compiled_data_have_their_hashes_told() -> None:
    """After new weights: ``python training/hashes.py``."""
    spec = importlib.util.spec_from_file_location("training_hashes", ROOT / "training" / "hashes.py")
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    told = script.rows(script.TABLE.read_text(encoding="utf-8"))
    assert {name: digest for name, (digest, _) in told.items()} == script.hashes()
    for name, (digest, card) in told.items():
        assert script.line(name, digest) in (ROOT / card).read_text(encoding="utf-8"), f"{card}: {name}"
