"""Odd bytes into every way in: ``python -m benchmarks.fuzz [--seconds 600] [--engine atheris|own] [--only warc …]``.

Each target reads bytes and may only refuse them in the way it promises (a failure, or the errors that its docstring
names). Seeds are small documents of every kind. ``atheris`` is guided by coverage (``pip install atheris``); ``own``
changes, joins and repeats the seeds without it. Every input has ten seconds. Inputs that crash or hang are kept in
``--keep`` and named; a row tells inputs, crashes, hangs, the slowest input and the greatest memory of each target.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import hashlib
import io
import json
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.journal import RESULTS, ROOT, append, stamp, table

LONGEST_S = 10
_MAX = 6_000
_SHORT = 1_200
"""Bytes of an input of a target that reads prose: what matters there stands close together."""
_PROSE = ("passages", "times", "places", "attribution", "reading")
Target = Callable[[bytes], None]
_TAGS = ("NN", "NNS", "NNP", "VBD", "VBN", "VBG", "VB", "IN", "DT", "CD", "JJ", ",", ".", "``", "''", "PRP", "TO")
_POS = ("NOUN", "PROPN", "VERB", "AUX", "ADP", "DET", "NUM", "ADJ", "PUNCT", "PRON", "PART", "ADV")
_DEPS = ("nsubj", "dobj", "pobj", "prep", "ccomp", "conj", "cc", "det", "nummod", "amod", "punct", "nsubjpass", "agent",
         "advcl", "relcl", "appos", "compound", "neg", "aux", "mark", "xcomp", "npadvmod")  # fmt: skip
_TOLD = """
    killed said police Tuesday yesterday 12 1,200 March 2024 2024-03-05 10:30 Kano Kirkuk “ ” " ' — ( ) @ #news
    20 km north of near between according to denied , . ; : not no at least about dozens million last next two days ago
    early Reuters \u200f \x00 İ 😀 ²³ ½ % $ 10^30 https://example.org/2024/03/05/x Updated: By Published
    """
WORDS = _TOLD.split()
MARKS = (
    b"<", b">", b"&#x110000;", b"&lol;", b"<!ENTITY a 'b'>", b"<!DOCTYPE", b"WARC/1.0\r\n", b"\r\n\r\n",
    b"\x1f\x8b\x08", b"\x00", b"\xff\xfe", b"{", b"}", b"[", b"]", b'"', b"1e999", b"-0", b"\\u0000", b"\\ud800",
    b"NaN", b"null", b"Content-Length: 99999999999\r\n", b"Content-Encoding: gzip\r\n", b"charset=utf-7",
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 1.5, "", "x1", "2024-13-45", [], {}, [None], {"start": 5, "end": 2}, "\ud800",
)  # fmt: skip


def page_seed() -> bytes:
    """A small page."""
    return (
        b'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Lorry falls | Post</title></head><body>'
        b"<article><h1>Lorry falls</h1><p>Three people died on Tuesday in Oruro, the police said.</p>"
        b"<p>It was like thunder, said Ana Ruiz.</p></article></body></html>"
    )


def warc_seed() -> bytes:
    """An archive of one page."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page_seed()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "WARC-Date: 2024-03-06T00:00:00Z\r\nWARC-Target-URI: https://example.org/2024/03/05/lorry\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def _streamed(name: str) -> Target:
    from dateline.core import Document, Failure, Reading
    from dateline.ingest import Limits, streamed

    limits = Limits(document=200_000, page=100_000, text=100_000, unpacked=2_000_000)

    def run(data: bytes) -> None:
        for item in streamed(name, io.BytesIO(data), limits=limits):
            assert isinstance(item, (Document, Failure, Reading))

    return run


def encoding() -> Target:
    """Bytes to text."""
    from dateline.core import IngestError
    from dateline.ingest.encoding import decoded

    def run(data: bytes) -> None:
        with contextlib.suppress(IngestError):
            decoded(data, "a.txt", data[:12].decode("latin-1"))

    return run


def feed() -> Target:
    """A feed."""
    from dateline.watch.entries import entries_of
    from dateline.watch.errors import WatchError

    def run(data: bytes) -> None:
        with contextlib.suppress(WatchError):
            entries_of(data, "https://example.org/feed")

    return run


def codec() -> Target:
    """A line of JSON as a reading."""
    from dateline.codec import from_json, to_json
    from dateline.core import Reading

    def run(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        try:
            reading = from_json(Reading, text)
        except (ValueError, RecursionError):
            return
        assert from_json(Reading, to_json(reading)) == reading

    return run


def footing() -> Target:
    """A reading made of odd JSON, prepared for linking."""
    from dateline.codec import from_json
    from dateline.core import Reading

    def run(data: bytes) -> None:
        try:
            reading = from_json(Reading, data.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return
        _laid(reading)

    return run


def card() -> Target:
    """Bytes as what linking keeps of a document."""
    from dateline.incidents.cards import read, written

    def run(data: bytes) -> None:
        try:
            found = read(data)
        except ValueError:
            return
        assert read(written(found)) == found

    return run


def zipped() -> Target:
    """A zipped list of places."""
    from dateline.batch.gazetteer_files import Bounds, opened
    from dateline.core import KnowledgeError

    path = Path(tempfile.mkdtemp()) / "places.zip"
    bounds = Bounds(unpacked=1_000_000, small=100_000)

    def run(data: bytes) -> None:
        path.write_bytes(data)
        with contextlib.suppress(KnowledgeError), opened(path, bounds) as (_, _, lines):
            assert sum(len(line.text or "") for line in lines) <= bounds.unpacked

    return run


def passages() -> Target:
    """The parts of a text."""
    from dateline.passages import Media, Passages

    step, media = Passages(), Media()

    def run(data: bytes) -> None:
        document = _document(data)
        if document is not None:
            found, voices = step(document)
            media(document, found)
            assert all(0 <= each.span.start < each.span.end <= len(document.text) for each in found)
            assert {each.voice for each in found} <= {each.id for each in voices}

    return run


def times() -> Target:
    """Times, with a parse that may be anything."""
    from dateline.passages import Passages
    from dateline.times import Times

    first, step = Passages(), Times()

    def run(data: bytes) -> None:
        document = _document(data)
        if document is not None:
            found, _ = first(document)
            timexes, _ = step(document, parse_of(document.text, found, data), found)
            assert all(0 <= each.span.start < each.span.end <= len(document.text) for each in timexes)

    return run


def places() -> Target:
    """Places, with a parse that may be anything."""
    from dateline.language.signals import NOTHING
    from dateline.passages import Passages
    from dateline.places import Places

    first, step = Passages(), Places()

    def run(data: bytes) -> None:
        document = _document(data)
        if document is not None:
            found, _ = first(document)
            toponyms, known = step(document, parse_of(document.text, found, data), found, NOTHING)
            assert {each.place for each in toponyms} - {None} <= {each.id for each in known}

    return run


def attribution() -> Target:
    """Attributions, with a parse that may be anything."""
    from dateline.attribution import Attributions
    from dateline.language.signals import NOTHING
    from dateline.passages import Passages

    first, step = Passages(), Attributions()

    def run(data: bytes) -> None:
        document = _document(data)
        if document is not None:
            found, voices = first(document)
            told, voices = step(document, parse_of(document.text, found, data), found, voices, NOTHING)
            assert {each.voice for each in told} <= {each.id for each in voices}

    return run


def reading() -> Target:
    """The whole reading, with the parser that ships."""
    from dateline.codec import from_json, to_json
    from dateline.core import Reading
    from dateline.pipeline import Pipeline

    pipeline = Pipeline.load()

    def run(data: bytes) -> None:
        document = _document(data)
        if document is not None:
            found = pipeline(document)
            assert from_json(Reading, to_json(found)) == found
            _laid(found)

    return run


TARGETS: dict[str, Callable[[], Target]] = {
    "encoding": encoding,
    "text": lambda: _streamed("a.txt"),
    "page": lambda: _streamed("a.html"),
    "json": lambda: _streamed("a.json"),
    "lines": lambda: _streamed("a.jsonl"),
    "warc": lambda: _streamed("a.warc"),
    "packed": lambda: _streamed("a.warc.gz"),
    "feed": feed,
    "codec": codec,
    "footing": footing,
    "card": card,
    "zipped": zipped,
    "passages": passages,
    "times": times,
    "places": places,
    "attribution": attribution,
    "reading": reading,
}


def _laid(reading: Any) -> None:
    from dateline.incidents.cards import card_of, read, written
    from dateline.incidents.partitions import footing

    made = card_of(reading)
    assert read(written(made)) == made
    footing(made)


def _document(data: bytes) -> Any:
    from dateline.core import Document

    text = data.decode("utf-8", "replace")
    return Document.of(text, published="2024-03-14") if text.strip() else None


def parse_of(text: str, found: Sequence[Any], data: bytes) -> Any:
    """A parse that is well formed (heads make trees, tokens lie in their passages) and otherwise any."""
    from dateline.core import Span
    from dateline.language.parse import Parse, Sentence, Token

    chance = random.Random(zlib_of(data))
    sentences = []
    for passage in found:
        for piece in re.finditer(r"[^.!?\n]+[.!?]*", text[passage.span.start : passage.span.end]):
            start = passage.span.start + piece.start()
            words = list(re.finditer(r"\w+|[^\w\s]", piece.group()))
            if not words:
                continue
            root = chance.randrange(len(words))
            order = [root, *chance.sample([n for n in range(len(words)) if n != root], len(words) - 1)]
            heads = {n: order[chance.randrange(at)] if at else root for at, n in enumerate(order)}
            tokens = tuple(
                Token(
                    i=n,
                    text=word.group(),
                    lemma=word.group().lower(),
                    pos=chance.choice(_POS),
                    tag=chance.choice(_TAGS),
                    dep="ROOT" if n == root else chance.choice(_DEPS),
                    head=heads[n],
                    start=start + word.start(),
                    end=start + word.end(),
                )
                for n, word in enumerate(words)
            )
            sentences.append(Sentence(Span(tokens[0].start, tokens[-1].end), tokens, passage.id))
    return Parse(tuple(sentences))


def zlib_of(data: bytes) -> int:
    """A number for bytes."""
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def seeds(name: str) -> list[bytes]:
    """Small inputs of the target's kind."""
    texts = [path.read_bytes()[:700] for path in sorted((ROOT / "samples").glob("*.txt"))]
    line = json.dumps({"id": "d1", "text": texts[0].decode()[:400], "published": "2024-03-05", "n": [1, {"k": None}]})
    rss = (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title><item><title>Lorry falls</title>'
        b"<link>https://example.org/1</link><guid>1</guid><pubDate>Tue, 05 Mar 2024 10:00:00 +0000</pubDate>"
        b"<description>&lt;p&gt;Three people died.&lt;/p&gt;</description></item></channel></rss>"
    )
    if name in ("codec", "footing"):
        return [json.dumps(each).encode() for each in _readings()]
    own = {
        "card": [_card()],
        "zipped": [_zip()],
        "page": [page_seed()],
        "json": [f"[{line}, {line}]".encode(), line.encode()],
        "lines": [f"{line}\n{line}\n".encode()],
        "warc": [warc_seed() * 2],
        "packed": [gzip.compress(warc_seed(), mtime=0), gzip.compress(warc_seed(), mtime=0) * 2],
        "feed": [rss, b'<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><id>1</id></entry></feed>'],
        "encoding": [*texts, "Ciudad de México — 3 muertos".encode("cp1252"), "三人".encode("utf-16")],
    }
    return own.get(name, texts)


def _readings() -> list[Any]:
    """Three readings with at most one of everything, and a text that is long enough for their spans."""
    found, text = [], " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*.txt")))
    for path in sorted((ROOT / "tests" / "golden" / "readings").glob("??.json"))[:3]:
        made = _short(json.loads(path.read_text(encoding="utf-8")))
        found.append({**made, "document": {**made["document"], "text": text[:2_500]}})
    return found


def _card() -> bytes:
    """What linking keeps of a small reading."""
    from dateline.codec import from_dict
    from dateline.core import Reading
    from dateline.incidents.cards import card_of, written

    return written(card_of(from_dict(Reading, _readings()[0])))


def _zip() -> bytes:
    """A zipped list of places."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("places.txt", "1\tOruro\tOruro\t\t-17.9\t-67.1\tP\tPPLA\tBO\n" * 20)
    return content.getvalue()


def _short(value: Any) -> Any:
    """A reading with at most one of everything."""
    if isinstance(value, dict):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_short(each) for each in value[:1]]
    return value[:200] if isinstance(value, str) else value


def replanted(data: bytes, chance: random.Random) -> bytes:
    """JSON with some values replaced by others of its own or by odd ones, or taken out."""
    value = json.loads(data)
    places: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key, each in node.items() if isinstance(node, dict) else enumerate(node):
            places.append((node, key))
            if isinstance(each, (dict, list)):
                walk(each)

    walk(value)
    for node, key in chance.sample(places, min(len(places), chance.randint(1, 4))):
        with contextlib.suppress(KeyError, IndexError):
            if isinstance(node, dict) and chance.random() < 0.2:
                del node[key]
            else:
                other, name = chance.choice(places)
                node[key] = chance.choice(ODD) if chance.random() < 0.5 else json.loads(json.dumps(other[name]))
    return json.dumps(value).encode()


def changed(data: bytes, held: Sequence[bytes], chance: random.Random) -> bytes:
    """An input made of another: bytes changed, pieces taken out, repeated, moved, joined, odd words put in."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        size = len(made)
        a, b = sorted((chance.randint(0, size), chance.randint(0, size)))
        match chance.randrange(8):
            case 0 if size:
                made[chance.randrange(size)] ^= 1 << chance.randrange(8)
            case 1:
                del made[a : min(b, a + 200)]
            case 2:
                made[a:a] = made[a : min(b, a + 60)] * chance.randint(1, 30)
            case 3:
                made[a:a] = chance.choice(MARKS)
            case 4:
                made[a:a] = (" " + " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 8))) + " ").encode(
                    "utf-8", "replace"
                )
            case 5:
                other = chance.choice(held)
                at = chance.randint(0, len(other))
                made[a:b] = other[at : at + 400]
            case 6:
                made[a:a] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 20)))
            case _:
                made[a:a] = bytes([chance.choice(b"(\"'-.,:;<>{}[]\n\r\t \x00\xe2\x80\x9c")]) * chance.randint(1, 300)
    return bytes(made)


def _next(name: str, pool: Sequence[bytes], held: Sequence[bytes], chance: random.Random) -> bytes:
    if name in ("codec", "footing", "json") and chance.random() < 0.6:
        return replanted(chance.choice(held), chance)
    return changed(chance.choice(pool), held, chance)[: _most(name)]


def _most(name: str) -> int:
    """How long an input may be."""
    return _SHORT if name in _PROSE else _MAX


class Hang(BaseException):
    """An input took too long."""


def own_run(name: str, seconds: float, seed: int, keep: Path, runs: int | None = None) -> dict[str, Any]:
    """Feed one target for some seconds (or so many inputs) without guidance."""

    def late(_signal: int, _frame: Any) -> None:
        raise Hang

    target, held, chance = TARGETS[name](), seeds(name), random.Random(seed)
    signal.signal(signal.SIGALRM, late)
    count = crashes = hangs = 0
    slowest = 0.0
    end = time.monotonic() + seconds
    pool = list(held)
    while time.monotonic() < end and (runs is None or count < runs):
        data = held[count] if count < len(held) else _next(name, pool, held, chance)
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, 12 * LONGEST_S)
        try:
            target(data)
        except Hang:
            hangs += 1
            _keep(keep, name, "hang", data)
        except Exception:
            crashes += 1
            _keep(keep, name, "crash", data)
            traceback.print_exc()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        spent = time.process_time() - begun
        if spent > LONGEST_S:
            hangs += 1
            _keep(keep, name, "slow", data)
        slowest = max(slowest, spent)
        count += 1
        if chance.random() < 0.02 and len(pool) < 400:
            pool.append(data)
    return {"inputs": count, "crashes": crashes, "hangs": hangs, "slowest_ms": round(1000 * slowest), "mb": _peak()}


def guided_run(name: str, seconds: float, seed: int, keep: Path) -> dict[str, Any]:
    """Feed one target for some seconds, guided by coverage; a process of its own, which the first crash ends."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(seeds(name)):
            (Path(corpus) / str(number)).write_bytes(data)
        told = [
            f"-max_total_time={int(seconds)}",
            f"-timeout={LONGEST_S * 6}",
            f"-max_len={_most(name)}",
            f"-seed={seed}",
        ]
        told += ["-rss_limit_mb=3000", "-print_final_stats=1", f"-artifact_prefix={keep}/{name}-", corpus]
        command = [sys.executable, "-m", "benchmarks.fuzz", "--guided", name, *told]
        done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
    figures = dict(re.findall(r"stat::(\w+):\s+(\d+)", done.stderr))
    failed = done.returncode != 0
    if failed:
        print(done.stderr[-3000:], file=sys.stderr)
    return {
        "inputs": int(figures.get("number_of_executed_units", 0)),
        "crashes": int(failed and "timeout" not in done.stderr),
        "hangs": int(failed and "timeout" in done.stderr),
        "slowest_ms": 1000 * int(figures.get("slowest_unit_time_sec", 0)),
        "mb": int(figures.get("peak_rss_mb", 0)),
    }


def guided(name: str, arguments: Sequence[str]) -> None:
    """The process of ``guided_run``."""
    import atheris

    with atheris.instrument_imports(include=["dateline"]):
        target = TARGETS[name]()
    atheris.Setup([sys.argv[0], *arguments], target)
    atheris.Fuzz()


def main(argv: Sequence[str] | None = None) -> int:
    """Feed, count, append."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=600, help="for all targets together")
    parser.add_argument("--engine", choices=("atheris", "own"), default="own")
    parser.add_argument("--only", nargs="+", choices=sorted(TARGETS), default=sorted(TARGETS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "dateline-fuzz")
    parser.add_argument("--results", type=Path, default=RESULTS / "fuzz.jsonl", help="the file to append to")
    parser.add_argument("--one", choices=sorted(TARGETS), help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    args.keep.mkdir(parents=True, exist_ok=True)
    if args.one:
        print(json.dumps(own_run(args.one, args.seconds, args.seed, args.keep)))
        return 0
    found: dict[str, dict[str, Any]] = {}
    for name in args.only:
        share = args.seconds / len(args.only)
        if args.engine == "atheris":
            found[name] = guided_run(name, share, args.seed, args.keep)
        else:
            told = ["--one", name, "--seconds", str(share), "--seed", str(args.seed), "--keep", str(args.keep)]
            command = [sys.executable, "-m", "benchmarks.fuzz", *told]
            found[name] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        print(name, found[name], file=sys.stderr, flush=True)
    total = {key: sum(each[key] for each in found.values()) for key in ("inputs", "crashes", "hangs")}
    append(args.results, {**stamp(), "engine": args.engine, "seed": args.seed, **total, "targets": found})
    columns = ("inputs", "crashes", "hangs", "slowest_ms", "mb")
    print(
        table([["target", *columns], *([name, *(str(each[key]) for key in columns)] for name, each in found.items())])
    )
    return int(bool(total["crashes"] or total["hangs"]))


def _keep(keep: Path, name: str, kind: str, data: bytes) -> None:
    (keep / f"{name}-{kind}-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--guided"]:
        guided(sys.argv[2], sys.argv[3:])
    sys.exit(main())
