"""The law of the building: imports go downward, names are unique, what users see is documented."""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.util
import inspect
import itertools
import pkgutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import dateline
from dateline.cli import parser
from dateline.exports import INCIDENT_FORMATS, READING_FORMATS
from dateline.knowledge.ontology import ontology

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(dateline.__file__).parent
LONGEST_FILE = 400
ROOMS = ["dateline", *(f"dateline.{each.name}" for each in pkgutil.iter_modules(dateline.__path__) if each.ispkg)]


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


def _names() -> list[tuple[str, str]]:
    return [(room, name) for room in ROOMS for name in getattr(importlib.import_module(room), "__all__", ())]


@cache
def _tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))


def _told_below(name: str) -> bool:
    """Whether a module of the package sets the name and says below what it is."""
    for each in pkgutil.walk_packages(dateline.__path__, "dateline."):
        if each.name.endswith(("__main__", ".data")):
            continue
        body = _tree(importlib.import_module(each.name)).body
        for node, after in itertools.pairwise(body):
            targets = node.targets if isinstance(node, ast.Assign) else ()
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                return isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
    return False


@pytest.mark.parametrize(("room", "name"), _names())
def test_public_name_is_told_and_shown(room: str, name: str) -> None:
    thing = getattr(importlib.import_module(room), name)
    if not (inspect.isclass(thing) or inspect.isroutine(thing)):
        assert _told_below(name), f"{room}.{name}: say below it in a docstring what it is"
        return
    told = vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__
    assert told and not told.startswith(f"{name}("), f"{room}.{name} has no docstring"
    assert ">>>" in told, f"{room}.{name} shows no example that runs"


@pytest.mark.parametrize("name", dateline.__all__)
def test_public_methods_are_told(name: str) -> None:
    thing = getattr(dateline, name)
    if not inspect.isclass(thing):
        return
    methods = inspect.getmembers(thing, lambda held: inspect.isfunction(held) or isinstance(held, property))
    assert [each for each, held in methods if not each.startswith("_") and not inspect.getdoc(held)] == []


def test_public_names_are_what_the_contract_promises() -> None:
    assert {"read", "read_many", "link", "Store", "to_frame"} <= set(dateline.__all__)
    assert callable(dateline.Reading.to_dict) and callable(dateline.Incident.to_dict)
    assert set(dateline.__all__) <= set(dir(dateline))
