"""Profiles: how one figure is chosen among many claims, by a codebook's rules or a user's own."""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import yaml

from dateline.core import KnowledgeError, VoiceKind
from dateline.knowledge.folding import fold
from dateline.knowledge.tables import data_path

_SHIPPED = "lexicons/count_profiles.yaml"
_LONGEST = 64_000
_NAME = re.compile(r"[\w.-]{1,60}\Z")
BestRule = Literal["most-origins", "lowest", "highest", "latest", "none"]
LowRule = Literal["trusted", "all"]


@dataclass(frozen=True, slots=True)
class Profile:
    """A way to choose: ``kinds`` of source from the most to the least relied on, ``words`` what a vague word counts as.

    The figures of ``unreliable`` kinds do not set ``low`` where others speak (``low`` "trusted").
    """

    name: str
    best: BestRule
    low: LowRule
    kinds: tuple[VoiceKind, ...]
    unreliable: frozenset[VoiceKind]
    words: Mapping[str, int] = field(default_factory=dict, hash=False)

    def rank(self, kind: VoiceKind | None) -> int:
        """0 for the kind of source that is relied on most; an unknown kind comes last."""
        return self.kinds.index(kind) if kind in self.kinds else len(self.kinds)

    def number(self, words: str) -> int | None:
        """What the profile takes a vague word for; None where it says nothing of it.

        >>> profiles()["acled"].number("Dozens of"), profiles()["acled"].number("twelve")
        (12, None)
        """
        said = fold(words)
        said = said.removesuffix(" of")
        return self.words.get(said)


@functools.cache
def profiles() -> Mapping[str, Profile]:
    """The profiles that ship, by name.

    >>> {name: profile.best for name, profile in profiles().items()}
    {'ucdp': 'most-origins', 'acled': 'lowest', 'literal': 'none'}
    """
    path = data_path(_SHIPPED)
    top = _Node(_tree(path, path.name), path.name)
    return {name: _profile(node, name, None) for name, _, node in top.entries()}


def profile_of(name: str) -> Profile:
    """A profile that ships, by its name, or the one in a user's file, by its path.

    Raises KnowledgeError with file:line where the file is wrong, or with the choice where there is no such thing.
    """
    if name in profiles():
        return profiles()[name]
    path = Path(name)
    if not path.is_file():
        raise KnowledgeError(name, 0, f"no such profile or file: choose {', '.join(profiles())} or a file of your own")
    node = _Node(_tree(path, name), name)
    told = {key: (value, at) for key, at, value in node.entries()}
    base: Profile | None = None
    if "based-on" in told:
        base = profiles()[told["based-on"][0].choice(tuple(profiles()))]
    own = told["name"][0].text() if "name" in told else path.stem
    if not _NAME.match(own):
        raise KnowledgeError(name, told["name"][1] if "name" in told else 1, f"{own!r} is no name of a profile")
    return _profile(node, own, base)


class _Node:
    """A place in a YAML file that knows its line."""

    __slots__ = ("_file", "_node", "line")

    def __init__(self, node: yaml.Node, file: str) -> None:
        self._node = node
        self._file = file
        self.line: int = node.start_mark.line + 1

    def error(self, reason: str) -> KnowledgeError:
        return KnowledgeError(self._file, self.line, reason)

    def entries(self) -> Iterator[tuple[str, int, _Node]]:
        """Keys with their lines and values, each key once."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.error("not a list of names and values (name: value)")
        seen: set[str] = set()
        for key, value in self._node.value:
            here = _Node(key, self._file)
            name = here.text()
            if name in seen:
                raise here.error(f"{name} stands here twice")
            seen.add(name)
            yield name, here.line, _Node(value, self._file)

    def text(self) -> str:
        if not isinstance(self._node, yaml.ScalarNode):
            raise self.error("not a single word or number")
        return str(self._node.value)

    def choice(self, values: tuple[str, ...]) -> str:
        if (told := self.text()) not in values:
            raise self.error(f"{told!r}: choose {', '.join(values)}")
        return told

    def number(self) -> int:
        told = self.text()
        if not (told.isascii() and told.isdecimal() and len(told) <= 9):
            raise self.error(f"{told!r} is not a whole number of 0 or more")
        return int(told)

    def kinds(self) -> tuple[VoiceKind, ...]:
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.error("not a list of kinds of source ([official, person])")
        found: list[str] = []
        for node in self._node.value:
            here = _Node(node, self._file)
            kind = here.choice(typing.get_args(VoiceKind))
            if kind in found:
                raise here.error(f"{kind} stands here twice")
            found.append(kind)
        return typing.cast("tuple[VoiceKind, ...]", tuple(found))


_KEYS = ("name", "based-on", "best", "low", "kinds", "unreliable", "words")


def _profile(node: _Node, name: str, base: Profile | None) -> Profile:
    told: dict[str, _Node] = {}
    for key, line, value in node.entries():
        if key not in _KEYS:
            raise KnowledgeError(value._file, line, f"{key!r} is no rule: choose {', '.join(_KEYS)}")
        told[key] = value
    base = base or Profile(name, "most-origins", "trusted", typing.get_args(VoiceKind), frozenset())
    if "best" not in told and "based-on" not in told:
        raise node.error(f"{name}: best or based-on is missing")
    kinds = told["kinds"].kinds() if "kinds" in told else base.kinds
    if missing := [kind for kind in base.kinds if kind not in kinds]:
        raise told["kinds"].error(f"{', '.join(missing)} left out: name each kind of source once")
    best = told["best"].choice(typing.get_args(BestRule)) if "best" in told else base.best
    low = told["low"].choice(typing.get_args(LowRule)) if "low" in told else base.low
    words = {fold(key): value.number() for key, _, value in told["words"].entries()} if "words" in told else {}
    return Profile(
        name=name,
        best=typing.cast("BestRule", best),
        low=typing.cast("LowRule", low),
        kinds=kinds,
        unreliable=frozenset(told["unreliable"].kinds()) if "unreliable" in told else base.unreliable,
        words={**base.words, **words},
    )


def _tree(path: Path, file: str) -> yaml.Node:
    try:
        if path.stat().st_size > _LONGEST:
            raise KnowledgeError(file, 0, "too long for a profile")
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise KnowledgeError(file, 0, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(file, 0, f"not UTF-8: {error}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise KnowledgeError(file, line, f"not YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise KnowledgeError(file, 0, f"not YAML: {error}") from error
    if node is None:
        raise KnowledgeError(file, 1, "nothing in it")
    return node
