"""How fast the review answers over a large store: python -m benchmarks.review_speed [--incidents 50000].

Makes a store of made-up reports once, then (1) asks every call and page again and again in one process, over its ASGI
door, for the 95th percentile of the server's time; (2) serves the store and lets wrk ask with 50 clients for a
minute; (3) opens the map in Chromium and takes the time until land and incidents are painted. ``--only p95 wrk paint``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from benchmarks.journal import RESULTS, append, stamp, table
from benchmarks.review import fill
from dateline.review import app
from dateline.store import Store

BAR_MS, BAR_PAINT_MS, BAR_MB = 150.0, 1500.0, 600
PARTS = ("p95", "wrk", "paint")
CALLS = {
    "incidents": "/api/incidents",
    "incidents, filtered": "/api/incidents?type=ASSAULT&country=PH&country=IQ&since=2015-01-01&sort=killed",
    "incidents, rare word": "/api/incidents?q=kamesh",
    "incidents, word of all": "/api/incidents?q=police",
    "facets": "/api/facets",
    "facets, filtered": "/api/facets?type=ASSAULT&disputed=killed&origins=2",
    "map, world": "/api/map?zoom=2",
    "map, box": "/api/map?zoom=7&bbox=0,0,20,20",
    "timeline": "/api/timeline",
    "incident": "/api/incidents/{id}",
    "readings": "/api/readings",
    "reading": "/api/readings/{document}",
    "actors": "/api/actors",
    "places": "/api/places",
    "changes": "/api/changes",
    "runs": "/api/runs",
    "page Incidents": "/incidents",
    "page Incidents, words": "/incidents?q=kamesh&state=new",
    "page Incident": "/incidents/{id}",
    "page Map": "/map",
    "page Reports": "/readings",
    "page Reading": "/readings/{document}",
    "page Actors": "/actors",
    "page Places": "/places",
    "page Changes": "/changes",
    "page Runs": "/runs",
}
_LUA = """
local paths = {%s}
local at = 0
init = function(args) math.randomseed(os.time()) end
request = function()
  at = at + 1
  local number = string.format("%%010x", math.random(0, %d))
  local path = paths[(at - 1) %% #paths + 1]:gsub("{id}", "i" .. number):gsub("{document}", "d" .. number:sub(3) .. "0")
  return wrk.format("GET", path)
end
done = function(summary, latency, requests)
  local e = summary.errors
  local errors = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format('JSON{"requests":%%d,"seconds":%%.1f,"errors":%%d,"p50_ms":%%.1f,"p95_ms":%%.1f}\\n',
    summary.requests, summary.duration / 1e6, errors, latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
"""


def ids(number: int) -> dict[str, str]:
    """The names of the made-up incident of a number and of its first report."""
    return {"id": f"i{number:010x}", "document": f"d{number:08x}0"}


async def measure(store: Store, incidents: int, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds of the clock and of the processor for each call; each asks for another incident where it names one."""
    door = httpx.ASGITransport(app=app(store))
    out: dict[str, list[tuple[float, float]]] = {name: [] for name in CALLS}
    async with httpx.AsyncClient(transport=door, base_url="http://localhost") as client:

        async def timed(name: str, method: str, url: str, status: int, **more: Any) -> None:
            start = time.perf_counter(), time.process_time()
            answer = await client.request(method, url, **more)
            out.setdefault(name, []).append((time.perf_counter() - start[0], time.process_time() - start[1]))
            assert answer.status_code == status, (url, answer.text[:200])

        for turn in range(rounds):
            number = turn * 7919 % incidents
            for name, path in CALLS.items():
                await timed(name, "GET", path.format(**ids(number)), 200)
        headers = {"X-CSRF-Token": (await client.get("/api/session")).json()["csrf"]}
        for turn in range(rounds):
            body = {"decision": "accept", "subject": ids(turn * 7919 % incidents)["id"], "reviewer": "bench"}
            await timed("decide", "POST", "/api/verdicts", 201, json=body, headers=headers)
    return out


def p95(path: Path, incidents: int, rounds: int) -> dict[str, Any]:
    """The 95th percentiles of all calls, by the clock and by the processor, and the memory of this process."""
    with Store(path) as store:
        store.refresh()
        store.book()
        told = asyncio.run(measure(store, incidents, rounds))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures = {
        name: [round(_high([pair[k] for pair in pairs]) * 1000, 1) for k in (0, 1)] for name, pairs in told.items()
    }
    rows = [["call", "p95 clock ms", "p95 processor ms", ""]]
    rows += [[name, f"{wall}", f"{cpu}", "over" if cpu > BAR_MS else ""] for name, (wall, cpu) in figures.items()]
    print(table(rows))
    print(f"memory at most {memory} MB (bar {BAR_MB})")
    over = sorted(name for name, (_, cpu) in figures.items() if cpu > BAR_MS)
    return {"p95_ms": figures, "over": over, "memory_mb": memory}


@contextmanager
def served(path: Path) -> Iterator[tuple[str, int]]:
    """A store served by the command; its address and the process's number."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen([sys.executable, "-m", "dateline", "serve", "--store", path, "--port", str(port)]) as process:
        try:
            until = time.monotonic() + 120
            while not _answers(f"{address}/incidents") and time.monotonic() < until:
                time.sleep(0.2)
            yield address, process.pid
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=60).status_code == 200
    except httpx.TransportError:
        return False


def wrk(path: Path, incidents: int, clients: int, seconds: int) -> dict[str, Any]:
    """What wrk says of so many clients that ask for all pages and calls in turn: requests, errors, latency."""
    program = shutil.which("wrk")
    if program is None:
        print("wrk is not installed")
        return {}
    with tempfile.TemporaryDirectory() as folder, served(path) as (address, pid):
        script = Path(folder) / "ask.lua"
        script.write_text(_LUA % (", ".join(json.dumps(each) for each in CALLS.values()), incidents - 1))
        command = [program, "-t2", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script), address]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        memory = int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) // 1024  # type: ignore[index]
    figures: dict[str, Any] = json.loads(told.partition("JSON")[2])
    figures |= {"clients": clients, "memory_mb": memory}
    print(f"wrk: {figures}")
    return {"wrk": figures}


def paint(path: Path, times: int) -> dict[str, Any]:
    """Milliseconds from the click until land and incidents are painted, and until the map can be moved."""
    from playwright.sync_api import sync_playwright

    ready = "() => ['map-painted', 'map-drawn'].map(name => performance.getEntriesByName(name)[0].startTime)"
    found: list[list[float]] = []
    with served(path) as (address, _), sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        flags = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for _ in range(times):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{address}/map")
            page.wait_for_selector("#map[data-drawn]", state="attached", timeout=60_000)
            found.append(page.evaluate(ready))
            page.close()
        browser.close()
    painted, live = (sorted(round(pair[k]) for pair in found) for k in (0, 1))
    print(f"map painted after {painted} ms (bar {BAR_PAINT_MS:.0f}), to be moved after {live} ms")
    return {"map_painted_ms": painted, "map_live_ms": live}


def _high(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def main() -> None:
    """Fill where it is not filled, measure, print, record."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--incidents", type=int, default=50_000)
    options.add_argument("--rounds", type=int, default=30)
    options.add_argument("--clients", type=int, default=50)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--store", type=Path, default=Path("review-bench.db"))
    options.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options.add_argument("--results", type=Path, default=RESULTS / "review.jsonl")
    given = options.parse_args()
    if not given.store.exists():
        with Store(given.store) as store:
            fill(store, given.incidents)
            store.refresh()
    row: dict[str, Any] = {**stamp(), "incidents": given.incidents, "documents": 2 * given.incidents}
    if "wrk" in given.only:
        row |= wrk(given.store, given.incidents, given.clients, given.seconds)
    if "paint" in given.only:
        row |= paint(given.store, 5)
    if "p95" in given.only:
        row |= p95(given.store, given.incidents, given.rounds)
    append(given.results, row | {"load": round(os.getloadavg()[0], 1)})


if __name__ == "__main__":
    main()
