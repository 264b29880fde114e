"""Who does the tasks of a run: processes of this machine, or Ray."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol, TypeVar

from dateline.batch.corpus.records import Fault
from dateline.batch.reading import leave_with
from dateline.core import DatelineError

R = TypeVar("R")
Work = Callable[[str, int], R]
"""A task's name and how often it was tried before → its result; a function of a module, so that it can be sent."""
TRIES = 3
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
DIED = "the process that did it died each time (out of memory?)"
STARTS = 10
"""How many processes in a row may die before they could take a task."""
UNSTARTED = f"no process can start: {STARTS} in a row died before they could take a task"
_READY = "ready"


class Engine(Protocol):
    """Does tasks in any order; each gives its result or a Fault, none is left out."""

    def run(self, work: Work[R], tasks: Sequence[str]) -> Iterator[tuple[str, R | Fault]]:
        """The results as they come."""
        ...


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def attempted(work: Work[R], task: str, tries: int) -> R | Fault:
    """The result of a task, or why there is none."""
    try:
        return work(task, tries)
    except DatelineError as error:
        return Fault(task, str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return Fault(task, f"{where}{error.strerror or error}", fatal=error.errno in _FULL)
    except Exception as error:  # a defect: the run goes on with the other shards and names this one
        return Fault(task, f"{type(error).__name__}: {error}")


class Local:
    """Processes of this machine; one that dies is replaced and its task tried again, three times in all.

    One that dies before it could take a task costs no task a try; ten such in a row end the run with a fatal Fault.
    ``start`` is the way in which ``multiprocessing`` starts them.
    """

    def __init__(self, workers: int | None = None, start: str = "spawn") -> None:
        self.workers = workers or cores()
        self._start = start
        self._team: list[_Worker] = []

    def run(self, work: Work[R], tasks: Sequence[str]) -> Iterator[tuple[str, R | Fault]]:
        """The results as they come; the processes end with the iteration."""
        waiting, tried, unstarted = deque(tasks), Counter[str](), 0
        team = self._team = [_Worker(work, self._start) for _ in range(min(self.workers, len(tasks)))]
        try:
            while waiting or any(each.task for each in team):
                for each in team:
                    if each.free and waiting:
                        task = waiting.popleft()
                        each.give(task, tried[task])
                for each in _heard(team):
                    held, begun = each.task, each.begun
                    answer: R | Fault
                    try:
                        answer = each.answer()
                    except EOFError:
                        unstarted += not begun
                        if unstarted >= STARTS and waiting:
                            yield waiting[0], Fault(waiting[0], UNSTARTED, fatal=True)
                            return
                        team[team.index(each)] = _Worker(work, self._start)
                        answer = Fault(held or "", DIED)
                    if each.begun and not begun:
                        unstarted = 0
                    if held is None:
                        continue
                    tried[held] += 1
                    if isinstance(answer, Fault) and not answer.fatal and tried[held] < TRIES:
                        waiting.append(held)
                    else:
                        yield held, answer
        finally:
            self._team = []
            for each in team:
                each.end()

    def processes(self) -> list[int]:
        """The ids of the processes that are at work now."""
        return [each.process.pid for each in list(self._team) if each.process.pid]


class _Worker:
    """One process and the task that it has."""

    def __init__(self, work: Work[R], start: str) -> None:
        context = multiprocessing.get_context(start)
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(theirs, work, os.getpid()))  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.task: str | None = None
        self.begun = False

    @property
    def free(self) -> bool:
        """Whether it waits for a task."""
        return self.begun and self.task is None

    def give(self, task: str, tries: int) -> None:
        self.task = task
        with contextlib.suppress(OSError):  # it died while idle: the sentinel tells
            self.pipe.send((task, tries))

    def answer(self) -> Any:
        """What it answers, first of all that it has begun; after that it is free. EOFError where it died."""
        self.task = None
        try:
            if self.pipe.poll():
                told = self.pipe.recv()
                self.begun = True
                return told
        except OSError:
            pass
        self.end()
        raise EOFError

    def end(self) -> None:
        """Have it end now."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _heard(team: Sequence[_Worker]) -> list[_Worker]:
    """Those that answered or died."""
    by_sign = {sign: each for each in team for sign in (each.pipe, each.process.sentinel)}
    found = {id(by_sign[sign]): by_sign[sign] for sign in wait(list(by_sign))}  # type: ignore[index]
    return list(found.values())


def _serve(pipe: Connection, work: Work[R], leader: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave_with(leader)
    pipe.send(_READY)
    while True:
        try:
            task, tries = pipe.recv()
        except EOFError:
            return
        pipe.send(attempted(work, task, tries))
