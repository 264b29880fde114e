"""Inputs made to fill the memory or to take for ever: refused or read, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.core import Document, Failure
from dateline.ingest import Limits, streamed
from dateline.ingest.clock import within

HEAD = b"<!DOCTYPE html><html><head><title>T</title></head><body><article>"
NEWS = b"<p>Three people died on Tuesday in Oruro, the police said in a long statement.</p>"
TAIL = b"</article></body></html>"
ENTITIES = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"ten letters") for n in range(14))


def taken(name: str, data: bytes, **limits: float) -> Document | Failure:
    (found,) = streamed(name, io.BytesIO(data), limits=Limits(**limits))  # type: ignore[arg-type]
    assert isinstance(found, (Document, Failure))
    return found


def spent(name: str, data: bytes, **limits: float) -> tuple[Document | Failure, float]:
    start = time.process_time()
    found = taken(name, data, **limits)
    return found, time.process_time() - start


def test_limits_page_of_fifty_megabytes_is_refused_at_once() -> None:
    found, seconds = spent("a.html", HEAD + NEWS * (50_000_000 // len(NEWS)) + TAIL)
    assert isinstance(found, Failure) and "larger than 5,000,000 bytes" in found.error
    assert seconds < 2


@pytest.mark.parametrize(
    "piece",
    [b"<div>", b"<span>a ", b"<ul><li>x", b"<table><tr><td>", b"<a b=c ", b"<!-- ", b"<", b"&a13;", b"<![CDATA["],
    ids=repr,
)
def test_limits_deep_and_broken_pages_take_bounded_time(piece: bytes) -> None:
    found, seconds = spent("a.html", HEAD + piece * (200_000 // len(piece)) + NEWS + TAIL)
    assert isinstance(found, (Document, Failure)) and seconds < 15


def test_limits_entities_are_not_multiplied() -> None:
    page = b'<?xml version="1.0"?><!DOCTYPE html [' + ENTITIES + b"]><html><body><p>&a13;</p>" + NEWS + TAIL
    found, seconds = spent("a.html", page)
    assert isinstance(found, Document) and len(found.text) < 2_000 and seconds < 5


def test_limits_page_that_takes_long_is_given_up() -> None:
    page = HEAD + b"<p>" + b"a<br>" * 60_000 + b"</p>" + TAIL
    found, seconds = spent("a.html", page, parsing=0.2)
    assert found == Failure("a.html", "ingest", "a page that took longer than 0.2 seconds") and seconds < 5


def test_limits_clock_stops_once() -> None:
    with pytest.raises(TimeoutError, match=r"0\.05 seconds"), within(0.05):
        time.sleep(5)
    with within(0.05), within(0.01):
        time.sleep(0.02)
    time.sleep(0.06)


def test_limits_packed_file_that_grows_without_end_is_refused() -> None:
    packed = gzip.compress(b"\0" * 60_000_000, mtime=0)
    found, seconds = spent("a.txt.gz", packed)
    assert isinstance(found, Failure) and "unpacks to more than" in found.error and seconds < 5
    twice = gzip.compress(packed, mtime=0)
    assert isinstance(taken("a.txt.gz", twice), Failure)


SCRIPT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)
from dateline.cli import main
sys.exit(main(["read", sys.argv[1], "--to", "jsonl", "-o", sys.argv[2]]))
"""


@pytest.mark.slow
def test_limits_bombs_end_a_command_in_good_order(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/bomb.jsonl.gz").write_bytes(gzip.compress(b" " * 300_000_000, mtime=0))
    (tmp_path / "in/page.html").write_bytes(HEAD + NEWS * 100_000 + TAIL)
    (tmp_path / "in/zip.txt").write_bytes(b"PK\x03\x04" + b"\0" * 100)
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "in"), str(tmp_path / "out.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("dateline:")]
    assert len(told) == 3 and "unpacks to more than" in told[0] and "larger than" in told[1] and "binary" in told[2]


def test_limits_bounds_are_set_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Nine people died in Oruro. " * 20)
    assert main(["read", str(tmp_path / "a.txt"), "--bound", "text=100"]) == 1
    assert "a text of more than 100 characters" in capsys.readouterr().err
    assert main(["read", str(tmp_path / "a.txt"), "--bound", "texts=100"]) == 2
    assert "--bound texts=100: NAME=NUMBER, of document, page, text" in capsys.readouterr().err


ODD = (" ", "\n", "\t", "a", "A", "0", ".", ",", "-", "'", '"', "“", "(", "((((a", "1,", "1 ", "1.", "a-", "#", "&amp;")
WORDS = ("the ", "of the ", "By ", "said ", "and ", "A. B. ", "killed and ", "12 ", "March ", "2024-", "@a ", "http://")


@pytest.mark.parametrize("piece", ODD + WORDS, ids=repr)
def test_limits_repeated_pieces_are_settled_and_divided_in_linear_time(piece: str) -> None:
    from dateline.core import Document as Made
    from dateline.passages import Media, Passages

    passages, media = Passages(), Media()

    def seconds(size: int) -> float:
        text = "LIMA, March 5 - " + piece * (size // len(piece)) + " Nine died."
        start = time.process_time()
        taken("a.txt", text.encode())
        document = Made.of(text)
        media(document, passages(document)[0])
        return time.process_time() - start

    seconds(1_000)
    assert seconds(160_000) < 0.5 + 8 * max(seconds(40_000), 0.02)
