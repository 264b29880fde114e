"""Every public name says what it is and shows it: a docstring, and for classes and functions an example that runs."""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import pkgutil
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import dateline

ROOMS = ["dateline", *(f"dateline.{each.name}" for each in pkgutil.iter_modules(dateline.__path__) if each.ispkg)]


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
