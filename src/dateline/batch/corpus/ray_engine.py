"""The tasks of a run as Ray tasks: Ray starts, places and restarts them."""

from __future__ import annotations

import logging
import os
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dateline.batch.corpus.engines import DIED, TRIES, R, Work, attempted
from dateline.batch.corpus.records import Fault
from dateline.core import DatelineError


class Ray:
    """A Ray cluster: the one that ``RAY_ADDRESS`` names, else one of this machine alone.

    ``workers`` is the most tasks at a time; ``environment`` is set where they run. DatelineError where Ray is not
    installed or cannot be reached.
    """

    def __init__(self, workers: int | None = None, environment: Mapping[str, str] | None = None) -> None:
        self._workers = workers
        self._ray = _begun(workers, dict(environment or {}))

    def run(self, work: Work[R], tasks: Sequence[str]) -> Iterator[tuple[str, R | Fault]]:
        """The results as they come."""
        ray = self._ray
        call = ray.remote(max_retries=TRIES, num_cpus=1)(attempted)
        most = self._workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        waiting, tried = deque(tasks), Counter[str]()
        flying: dict[Any, str] = {}
        given = ray.put(work)
        try:
            while waiting or flying:
                while waiting and len(flying) < most:
                    task = waiting.popleft()
                    flying[call.remote(given, task, tried[task])] = task
                done, _ = ray.wait(list(flying), num_returns=1)
                for each in done:
                    task = flying.pop(each)
                    tried[task] += 1
                    answer = self._answer(each, task)
                    if isinstance(answer, Fault) and not answer.fatal and tried[task] < TRIES:
                        waiting.append(task)
                    else:
                        yield task, answer
        finally:
            for each in flying:
                ray.cancel(each, force=True)

    def _answer(self, reference: Any, task: str) -> Any:
        try:
            return self._ray.get(reference)
        except self._ray.exceptions.WorkerCrashedError:
            return Fault(task, DIED)
        except self._ray.exceptions.RayError as error:
            return Fault(task, f"Ray: {str(error).splitlines()[0][:300]}")


def _begun(workers: int | None, environment: dict[str, str]) -> Any:
    try:
        import ray
    except ImportError:
        raise DatelineError("--engine ray needs Ray: install dateline[ray]") from None
    if ray.is_initialized():
        return ray
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    told: dict[str, Any] = {"runtime_env": {"env_vars": environment}, "logging_level": logging.ERROR}
    try:
        if os.environ.get("RAY_ADDRESS"):
            ray.init(log_to_driver=False, **told)
        else:
            ray.init(address="local", num_cpus=workers, include_dashboard=False, log_to_driver=False, **told)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise DatelineError(f"Ray cannot be reached: {error}") from None
    return ray
