"""A run over a corpus from its inputs to its incidents; one that was cut short goes on where it stood."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dateline.batch.corpus.addresses import Folder, sources
from dateline.batch.corpus.engines import TRIES, Engine
from dateline.batch.corpus.linking import Linked, link_run
from dateline.batch.corpus.locking import locked
from dateline.batch.corpus.planning import planned
from dateline.batch.corpus.records import (
    COMPLETIONS,
    FAILED,
    MANIFEST,
    SHARDS,
    SUCCESS,
    Completion,
    Fault,
    Manifest,
    Settings,
    completion,
    file_name,
    tell,
    told,
)
from dateline.batch.corpus.shards import LISTED, listed, process_shard
from dateline.core import DatelineError
from dateline.ingest import Known

_LIMITS = ("document", "page", "text", "unpacked", "ratio", "fetched", "seconds", "parsing")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: the stage (``reading``, ``comparing``, ``linking``), its tasks, and the documents so far."""

    stage: str
    done: int
    tasks: int
    read: int = 0
    failed: int = 0
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. ``faults``: the tasks that could not be done; ``incidents`` is None where it did not link."""

    shards: int
    read: int
    failed: int
    unsupported: int
    incidents: int | None
    faults: tuple[Fault, ...] = ()


Hear = Callable[[Progress], None]


def begun(
    inputs: Sequence[str], out: str, settings: Settings, makers: Mapping[str, str], *, tasks: int | None, resume: bool
) -> Manifest:
    """The manifest of a run in ``out``: made and written with the list of its shards, or that of the run there.

    Raises DatelineError where a run is there and is not to be resumed, or was begun otherwise; IngestError where
    there is no such input. The folder must be locked.
    """
    folder = Folder(out)
    before = told(folder, MANIFEST, Manifest)
    wanted = _planned(inputs, folder, settings, makers, tasks)
    if before is not None:
        if not resume:
            raise DatelineError(f"{out}: holds a run already: go on with --resume, or name another folder")
        _same(out, before, wanted, tasks)
    manifest = before or wanted
    for number, pieces in enumerate(planned(manifest.sources, manifest.tasks)):
        listed(folder, shard_name(number), pieces)
    if before is None:
        tell(folder, MANIFEST, manifest)
    return manifest


def proposed(
    inputs: Sequence[str], out: str, settings: Settings, makers: Mapping[str, str], *, tasks: int | None, resume: bool
) -> tuple[Manifest, int]:
    """What ``begun`` would begin and how many of its shards are done already; nothing is written."""
    folder = Folder(out)
    before = told(folder, MANIFEST, Manifest)
    manifest = _planned(inputs, folder, settings, makers, tasks)
    if before is None:
        return manifest, 0
    if not resume:
        raise DatelineError(f"{out}: holds a run already: go on with --resume, or name another folder")
    _same(out, before, manifest, tasks)
    return before, len(_done(folder, before))


def carried_out(
    out: str, manifest: Manifest, settings: Settings, engine: Engine, hear: Hear | None = None, *, link: bool = True
) -> Outcome:
    """Do what is left of a run; the folder must be locked."""
    folder = Folder(out)
    folder.sweep()
    if (ended := finished(folder)) is not None:
        return ended
    settings = as_begun(manifest, settings)
    done = _done(folder, manifest)
    left = [name for name in _names(manifest) if name not in done]
    folder.remove(SUCCESS, *(file_name(FAILED, name, ".json") for name in left))
    faults = _read(folder, engine, partial(_work, out, settings), left, done, manifest, hear)
    ended = _outcome(manifest, done, None, faults)
    if faults or not link:
        return ended
    completions = [done[name] for name in sorted(done)]
    found = link_run(folder, engine, settings.format, completions, partial(_linking, hear, ended))
    if not isinstance(found, Linked):
        return replace(ended, faults=found)
    folder.sweep()
    ended = replace(ended, failed=ended.failed + found.clashes, incidents=found.incidents)
    tell(folder, SUCCESS, Success(replace(ended, faults=()), found.files))
    return ended


@dataclass(frozen=True, slots=True)
class Success:
    """The last file of a run: its figures, and the SHA-256 of the files of the second phase."""

    outcome: Outcome
    files: Mapping[str, str]


def finished(folder: Folder) -> Outcome | None:
    """How a run ended that is whole and sound; None where something is still to be done."""
    try:
        success = told(folder, SUCCESS, Success)
        manifest = told(folder, MANIFEST, Manifest)
    except DatelineError:
        return None
    if success is None or manifest is None or len(_done(folder, manifest)) < manifest.shards:
        return None
    sound = all(folder.digest(name) == sha for name, sha in success.files.items())
    return success.outcome if sound else None


def run_there(out: str) -> Manifest:
    """The manifest of the run in a folder. Raises DatelineError where there is none."""
    manifest = told(Folder(out), MANIFEST, Manifest)
    if manifest is None:
        raise DatelineError(f"{out}: no run is there")
    return manifest


def as_begun(manifest: Manifest, settings: Settings) -> Settings:
    """The settings with what a run was begun with, so that a later day or another default changes nothing."""
    held = {name: json.loads(value) for name, value in manifest.settings.items()}
    day = held.pop("today")
    known = Known(held.pop("published"), held.pop("outlet"), today=datetime.date.fromisoformat(day) if day else None)
    return replace(settings, known=known, seconds=held.pop("deadline"), limits=replace(settings.limits, **held))


def shard_name(number: int) -> str:
    """A shard's name: its files are called so."""
    return f"{number:06}"


def _names(manifest: Manifest) -> list[str]:
    return [shard_name(number) for number in range(manifest.shards)]


def _done(folder: Folder, manifest: Manifest) -> dict[str, Completion]:
    """The shards that are done, and whose files are sound."""
    there = {name.removesuffix(".json") for name in folder.names(COMPLETIONS)}
    found = {name: completion(folder, name) for name in _names(manifest) if name in there}
    return {name: each for name, each in found.items() if each is not None}


def _planned(
    inputs: Sequence[str], folder: Folder, settings: Settings, makers: Mapping[str, str], tasks: int | None
) -> Manifest:
    own = frozenset({folder.path}) if folder.path else frozenset()
    found = sources(inputs, settings.limits.without)
    found = [each for each in found if not any(_within(each.uri, path) for path in own)]
    shards = len(planned(found, tasks))
    return Manifest(tuple(inputs), tasks, shards, tuple(found), _told(settings), dict(makers))


def _within(uri: str, folder: Any) -> bool:
    """Whether a file lies in the run's own folder, which may lie in the folder that is read."""
    from pathlib import Path

    return "://" not in uri and Path(uri).resolve().is_relative_to(folder)


def _told(settings: Settings) -> dict[str, str]:
    known, limits = settings.known, settings.limits
    held: dict[str, Any] = {name: getattr(limits, name) for name in _LIMITS}
    held |= {"published": known.published, "outlet": known.outlet, "deadline": settings.seconds}
    held["today"] = known.today.isoformat() if known.today else None
    return {name: json.dumps(value) for name, value in sorted(held.items())}


def _same(out: str, before: Manifest, now: Manifest, tasks: int | None) -> None:
    """Refuse to mix two runs in one folder."""
    if before.makers != now.makers:
        raise DatelineError(f"{out}: {unlike(before.makers, now.makers)} since this run was begun: name another folder")
    if before.inputs != now.inputs or before.sources != now.sources:
        raise DatelineError(f"{out}: was begun with other inputs, or they have changed: name another folder")
    ours, theirs = dict(now.settings), dict(before.settings)
    ours.pop("today"), theirs.pop("today")
    if ours != theirs:
        raise DatelineError(f"{out}: {unlike(theirs, ours)} since this run was begun: name another folder")
    if tasks is not None and before.shards != now.shards:
        raise DatelineError(f"{out}: was begun with {before.shards} shards: leave --tasks out, or name another folder")


def unlike(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """In a few words what is no longer as it was.

    >>> unlike({"source": "1", "models/a": "2"}, {"source": "3", "models/a": "2"})
    'source has changed'
    """
    names = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    return f"{', '.join(names[:3])}{' …' if len(names) > 3 else ''} {'has' if len(names) == 1 else 'have'} changed"


def _work(out: str, settings: Settings, shard: str, tries: int) -> Completion:
    """One shard; at the last try document by document in processes apart, to name the one that kills."""
    uri = f"{out.rstrip('/')}/{file_name(SHARDS, shard, LISTED)}"
    return process_shard(uri, out, settings, careful=tries + 1 >= TRIES)


def _read(
    folder: Folder,
    engine: Engine,
    work: Callable[[str, int], Completion],
    left: Sequence[str],
    done: dict[str, Completion],
    manifest: Manifest,
    hear: Hear | None,
) -> tuple[Fault, ...]:
    faults: list[Fault] = []
    before = sum(each.read + each.failed for each in done.values())
    for shard, answer in engine.run(work, left):
        if isinstance(answer, Fault):
            faults.append(answer)
            if answer.fatal:
                break
            tell(folder, file_name(FAILED, shard, ".json"), answer)
        else:
            done[shard] = answer
        if hear:
            read, failed = (sum(getattr(each, name) for each in done.values()) for name in ("read", "failed"))
            hear(Progress("reading", len(done) + len(faults), manifest.shards, read, failed, read + failed - before))
    return tuple(faults)


def _linking(hear: Hear | None, ended: Outcome, stage: str, done: int, tasks: int) -> None:
    if hear:
        hear(Progress(stage, done, tasks, ended.read, ended.failed))


def _outcome(manifest: Manifest, done: Mapping[str, Completion], incidents: int | None, faults: Any) -> Outcome:
    read, failed, unsupported = (
        sum(getattr(each, name) for each in done.values()) for name in ("read", "failed", "unsupported")
    )
    return Outcome(manifest.shards, read, failed, unsupported, incidents, tuple(faults))


def code_corpus(
    inputs: Sequence[str],
    out: str,
    settings: Settings,
    engine: Callable[[], Engine],
    makers: Mapping[str, str],
    *,
    tasks: int | None = None,
    resume: bool = False,
    hear: Hear | None = None,
) -> Outcome:
    """Read the inputs into a folder and link them; see ``begun`` for what it refuses."""
    with locked(Folder(out)):
        manifest = begun(inputs, out, settings, makers, tasks=tasks, resume=resume)
        return carried_out(out, manifest, settings, engine(), hear)
