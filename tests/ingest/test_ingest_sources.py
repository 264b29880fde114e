"""Files, folders, standard input, archives and addresses: what comes in, and what is said of what cannot."""

from __future__ import annotations

import codecs
import datetime
import functools
import gzip
import http.server
import io
import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.core import Document, Failure, Reading
from dateline.ingest import Known, Limits, counted, documents, taken
from dateline.ingest.json_lines import parsed
from dateline.ingest.settle import _BLANK

NEWS = "Three people died on Tuesday when a truck fell from a bridge onto a row of market stalls, the police said."
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Truck falls | Valley Post</title>
<meta property="og:site_name" content="Valley Post">
<meta property="article:published_time" content="2024-03-05T10:30:00+00:00">
<meta name="author" content="Jane Doe"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Truck falls on market in Huancayo</h1>
<p>Three people died on Tuesday when a truck fell from a bridge onto a row of market stalls, the police said.</p>
<p>“It was like thunder,” said Ana Ruiz, who sells fruit there. She said that nobody had closed the bridge.</p>
<p>The mayor’s office promised an inquiry 🇵🇪 and said that the bridge would stay closed for a month at least.</p>
</article><footer>Cookies. Imprint.</footer></body></html>"""


def only(path: object, **known: object) -> Document:
    (found,) = documents([str(path)], known=Known(**known))  # type: ignore[arg-type]
    assert isinstance(found, Document), found
    return found


def failure(path: object, limits: Limits | None = None) -> Failure:
    (found,) = documents([str(path)], limits=limits)
    assert isinstance(found, Failure), found
    return found


def line(**fields: object) -> str:
    return json.dumps({"id": "d1", "text": NEWS, **fields}) + "\n"


# Text ---------------------------------------------------------------------------------------------------


def test_ingest_text_keeps_every_letter_and_settles_line_ends(tmp_path: Path) -> None:
    odd = "\u200fدمشق\u200e: “Nine” cafe\u0301 🇸🇾\u200b\u2028\x0b end"
    (tmp_path / "a.txt").write_bytes((odd + "\r\nNext\rLast\n").encode())
    document = only(tmp_path / "a.txt")
    assert document.text == odd + "\nNext\nLast\n"
    assert document.id.startswith("a-")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_ingest_text_in_many_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Señor Núñez said: “Nine people” — no more — died. " + NEWS
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert only(tmp_path / "a.txt").text == text


def test_ingest_text_in_cyrillic_letters(tmp_path: Path) -> None:
    text = "Девять человек погибли во вторник, сообщила полиция города. Мэр обещал расследование. " * 5
    (tmp_path / "a.txt").write_bytes(text.encode("cp1251"))
    assert only(tmp_path / "a.txt").text == text


def test_ingest_damaged_letters_do_not_change_the_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("“Nine” – “ten” – “eleven” died. ".encode() * 20 + b"\xe2\x80")
    text = only(tmp_path / "a.txt").text
    assert text.startswith("“Nine” – ") and text.endswith("�")


def test_ingest_text_header_stays_in_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" date 2019-12-31 " + NEWS)
    document = only(tmp_path / "a.txt")
    assert (document.published, document.text[:16]) == ("2019-12-31", " date 2019-12-31")
    assert [(clue.name, clue.span.of(document.text)) for clue in document.clues] == [("published", "date 2019-12-31")]
    given = only(tmp_path / "a.txt", published="2020-01-01", outlet="Valley Post")
    assert (given.published, given.outlet, given.clues) == ("2020-01-01", "Valley Post", document.clues)


def test_ingest_ids_tell_the_file_and_the_text(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt.gz"):
        (tmp_path / name).write_bytes(gzip.compress(NEWS.encode()) if name.endswith("gz") else NEWS.encode())
    ids = [each.id for each in documents([str(tmp_path)]) if isinstance(each, Document)]
    assert [id.split("-")[0] for id in ids] == ["a", "b", "c"] and len({id.split("-")[1] for id in ids}) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t \n", "empty"),
        ("a.txt", codecs.BOM_UTF8, "no text"),
        ("a.txt", b"\x00\x01\x02\x03" * 100, "not text"),
        ("a.txt", b"%PDF-1.7 " + NEWS.encode(), "not text"),
        ("a.txt", bytes(range(256)) * 20, "not text"),
        ("a.txt", codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "begins as utf-16"),
        ("a.html", b"", "empty"),
        ("a.html", b"<html><body><script>x()</script></body></html>", "no report found"),
        ("a.json", b"", "empty"),
        ("a.json", b"[]", "empty"),
        ("a.json", b"{", "not JSON"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.warc", b"", "no archive"),
        ("a.warc", b"no archive at all\n" * 20, "damaged"),
        ("a.txt.gz", gzip.compress(NEWS.encode() * 50)[:-30], "cut short"),
        ("a.txt.gz", gzip.compress(NEWS.encode())[:-8] + b"12345678", "damaged"),
        ("a.bin", b"\x1f\x8b garbage that is not packed", "damaged"),
    ],
)
def test_ingest_bad_files_are_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.txt").write_text(NEWS)
    bad, good = documents([str(tmp_path / name), str(tmp_path / "z.txt")])
    assert isinstance(bad, Failure) and isinstance(good, Document)
    assert bad.document.endswith(name) and bad.stage == "ingest" and said in bad.error, bad


def test_ingest_large_files_are_bounded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text((NEWS + "\n\n") * 50_000)
    start = time.process_time()
    assert len(only(tmp_path / "a.txt").text) > 5_000_000
    assert time.process_time() - start < 2
    assert "larger than 1,000,000 bytes" in failure(tmp_path / "a.txt", Limits(document=1_000_000)).error


def test_ingest_long_tokens_are_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nine died. " + "x" * 300 + " " + NEWS)
    assert "x" * 300 in only(tmp_path / "a.txt").text


# JSON ---------------------------------------------------------------------------------------------------


def test_ingest_json_text_is_taken_exactly(tmp_path: Path) -> None:
    text = "\ufeff a\r\nb\rc \u200f“x”\u0000 \ud83c\uddf5\ud83c\uddea".encode("utf-16", "surrogatepass").decode(
        "utf-16"
    )
    fields = {"published": "2024-03-05T10:00:00Z", "url": "https://example.org/1", "outlet": "Valley Post"}
    (tmp_path / "a.jsonl").write_text(line(text=text, title="T", language="es", run=[1, {"k": None}], **fields))
    document = only(tmp_path / "a.jsonl")
    assert document.text == text
    assert (document.id, document.title, document.language) == ("d1", "T", "es")
    assert (document.published, document.url, document.outlet) == tuple(fields.values())
    assert document.extra == {"run": [1, {"k": None}]}


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_ingest_json_any_text_is_kept_or_named(text: str) -> None:
    found = parsed(json.dumps({"id": "d1", "text": text}).encode(), "a.jsonl:1", Known())
    if text.strip(_BLANK):
        assert isinstance(found, Document) and found.text == text
        assert all(clue.span.end <= len(text) for clue in found.clues)
    else:
        assert found == Failure("d1", "ingest", "a.jsonl:1: no text")


@pytest.mark.parametrize(
    ("content", "named", "said"),
    [
        ('{"id": "d7"}', "d7", "no text"),
        ('{"text": 7}', "a.jsonl:2", "text is not a string"),
        ('{"id": "d7", "text": ""}', "d7", "no text"),
        (
            '{"id": "d7", "text": "Nine died.", "published": "9999-12-31"}',
            "d7",
            "published: '9999-12-31' is no ISO date",
        ),
        ('{"id": "d7", "text": "Nine died.", "published": 20240305}', "d7", "published is not a string"),
        ('{"id": ["d7"], "text": "Nine died."}', "a.jsonl:2", "id is not a string"),
        ('{"id": "d7", "text": "Nine died.", "outlet": {}}', "d7", "outlet is not a string"),
        ('{"id": "d7", "text": "Nine \\ud83d died."}', "a.jsonl:2", "half a letter"),
        ('{"id": "d7", "text": "Nine died.", "n": NaN}', "a.jsonl:2", "NaN is no JSON number"),
        ('["text"]', "a.jsonl:2", "not a JSON object"),
        ("{'id': 1}", "a.jsonl:2", "not JSON"),
        ('{"id": "d7", "te', "a.jsonl:2", "not JSON"),
        ('{"text": ' + "[" * 100_000, "a.jsonl:2", "not JSON"),
        ('{"schema": "dateline.reading/1", "document": 3}', "a.jsonl:2", "Reading"),
    ],
)
def test_ingest_bad_lines_are_named_and_stop_nothing(tmp_path: Path, content: str, named: str, said: str) -> None:
    (tmp_path / "a.jsonl").write_text(line() + content + "\n" + line(id="d3"))
    first, bad, last = documents([str(tmp_path / "a.jsonl")])
    assert isinstance(first, Document) and isinstance(last, Document) and isinstance(bad, Failure)
    assert bad.document.endswith(named) and said in bad.error and "a.jsonl:2" in bad.document + bad.error


def test_ingest_line_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        line().encode() + '{"id": "d2", "text": "Señor"}\n'.encode("cp1252") + line().encode()
    )
    kinds = [type(each) for each in documents([str(tmp_path / "a.jsonl")])]
    assert kinds == [Document, Failure, Document]


def test_ingest_lines_of_a_cut_file_come_before_its_end(tmp_path: Path) -> None:
    rows = "".join(line(id=f"d{k}", run=k * 7919 % 104729) for k in range(2000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows.encode())[:-500])
    *before, end = documents([str(tmp_path / "a.jsonl.gz")])
    assert len(before) > 1000 and all(isinstance(each, Document) for each in before)
    assert isinstance(end, Failure) and end.document.endswith("a.jsonl.gz") and "cut short" in end.error


def test_ingest_packed_files_that_swell_are_refused(tmp_path: Path) -> None:
    for name in ("a.txt.gz", "a.jsonl.gz", "a.warc.gz"):
        with gzip.open(tmp_path / name, "wb", compresslevel=9) as file:
            for _ in range(40):
                file.write(b" " * 1_000_000)
        start = time.process_time()
        found = list(documents([str(tmp_path / name)], limits=Limits(document=1_000_000, ratio=100)))
        assert all(
            isinstance(each, Failure) and ("larger than" in each.error or "unpacks to" in each.error) for each in found
        )
        assert time.process_time() - start < 3


def test_ingest_a_line_beyond_the_limit_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line() + line(text="x" * 5000) + line(id="d3"))
    first, bad, last = documents([str(tmp_path / "a.jsonl")], limits=Limits(document=2000))
    assert isinstance(bad, Failure) and bad.document.endswith(":2") and isinstance(first, Document)
    assert isinstance(last, Document) and last.id == "d3"


def test_ingest_json_files_hold_one_document_a_list_or_lines(tmp_path: Path) -> None:
    one = {"id": "d1", "text": NEWS}
    (tmp_path / "one.json").write_text(json.dumps(one, indent=2))
    (tmp_path / "list.json").write_text(json.dumps([one, {"id": "d2"}, one]))
    (tmp_path / "lines.json").write_text(line() + line(id="d2"))
    (tmp_path / "wide.json").write_bytes(json.dumps(one).encode("utf-16"))
    assert only(tmp_path / "one.json").id == only(tmp_path / "wide.json").id == "d1"
    kinds = [type(each) for each in documents([str(tmp_path / "list.json")])]
    assert kinds == [Document, Failure, Document]
    assert [type(each) for each in documents([str(tmp_path / "lines.json")])] == [Document, Document]


def test_ingest_documents_without_an_id_get_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        "".join(json.dumps({"text": NEWS, "url": f"https://example.org/{k}"}) + "\n" for k in (1, 1, 2))
    )
    first, again, other = (each.id for each in documents([str(tmp_path / "a.jsonl")]) if isinstance(each, Document))
    assert first == again != other


def test_ingest_readings_are_told_apart(tmp_path: Path) -> None:
    reading = Reading(Document.of(NEWS, id="d1"), (), (), (), (), (), (), (), (), (), ())
    (tmp_path / "a.jsonl").write_text(json.dumps(reading.to_dict()) + "\n" + line(id="d2"))
    assert [type(each) for each in taken([str(tmp_path / "a.jsonl")])] == [Reading, Document]
    assert next(documents([str(tmp_path / "a.jsonl")])) == reading.document


# Pages and archives ---------------------------------------------------------------------------------------


def test_ingest_page_gives_the_report_and_its_facts(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    document = only(tmp_path / "a.html", today=datetime.date(2026, 1, 1))
    assert (document.published, document.title) == ("2024-03-05", "Truck falls on market in Huancayo")
    assert (document.outlet, document.byline, document.language) == ("Valley Post", "Jane Doe", "en")
    assert document.text.startswith("Truck falls on market in Huancayo\n\nThree people died")
    assert "\n\n“It was like thunder,”" in document.text and "🇵🇪" in document.text
    assert "Cookies" not in document.text and "Home" not in document.text


def test_ingest_page_is_never_newer_than_today(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    assert only(tmp_path / "a.html", today=datetime.date(2024, 1, 1)).published is None


def test_ingest_page_in_a_declared_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("utf-8", "windows-1251").replace("Ana Ruiz", "Анна").replace("🇵🇪", "").replace("á", "a")
    (tmp_path / "a.html").write_bytes(page.encode("cp1251"))
    assert "Анна" in only(tmp_path / "a.html").text


def test_ingest_small_page_is_taken_whole(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><p>Nine people died in Oruro.</p></body></html>")
    assert only(tmp_path / "a.html").text == "Nine people died in Oruro."


def record(
    url: str, body: bytes, media: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = ""
) -> bytes:
    made = WarcRecord()
    made.init_headers(record_type=WarcRecordType.response)
    made.headers["WARC-Target-URI"] = url
    made.headers["WARC-Date"] = "2024-03-07T10:00:00Z"
    made.headers["Content-Type"] = "application/http; msgtype=response"
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
    made.set_bytes_content(head.encode() + body)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def page_record(k: int) -> bytes:
    return record(f"https://valleypost.example/{k}", PAGE.replace("Ana Ruiz", f"Ana Ruiz the {k}th").encode())


def test_ingest_archive_gives_its_pages(tmp_path: Path) -> None:
    records = [
        page_record(1),
        record("https://valleypost.example/gone", b"<html>gone</html>", status="404 Not Found"),
        record("https://valleypost.example/logo", b"\x89PNG", media="image/png"),
        record("https://valleypost.example/packed", gzip.compress(PAGE.encode()), extra="Content-Encoding: gzip\r\n"),
        record("https://valleypost.example/broken", b"not packed", extra="Content-Encoding: gzip\r\n"),
        record("https://valleypost.example/empty", b"<html><body></body></html>"),
        record("https://valleypost.example/plain", NEWS.encode(), media="text/plain"),
        page_record(2),
    ]
    for name, content in (("a.warc", b"".join(records)), ("b.warc.gz", b"".join(map(gzip.compress, records)))):
        (tmp_path / name).write_bytes(content)
        found = list(documents([str(tmp_path / name)]))
        told = [each.url if isinstance(each, Document) else each.document for each in found]
        assert [each.rpartition("/")[2] for each in told if each] == ["1", "packed", "broken", "empty", "plain", "2"]
        assert [type(each) is Document for each in found] == [True, True, False, False, True, True]
        first = found[0]
        assert isinstance(first, Document) and first.published == "2024-03-05" and first.outlet == "Valley Post"


@pytest.mark.parametrize("packed", [False, True])
def test_ingest_archive_cut_short_gives_what_is_whole(tmp_path: Path, packed: bool) -> None:
    records = [gzip.compress(page_record(k)) if packed else page_record(k) for k in range(3)]
    (tmp_path / "a.warc").write_bytes(b"".join(records)[:-400])
    *found, end = documents([str(tmp_path / "a.warc")])
    assert [type(each) for each in found][:2] == [Document, Document]
    assert isinstance(end, Failure) and "cut short" in end.error


def test_ingest_archive_records_are_bounded(tmp_path: Path) -> None:
    swollen = record(
        "https://valleypost.example/big", gzip.compress(b" " * 5_000_000), extra="Content-Encoding: gzip\r\n"
    )
    large = record("https://valleypost.example/large", b"x" * 300_000, media="text/plain")
    (tmp_path / "a.warc").write_bytes(swollen + large + page_record(1))
    one, two, three = documents([str(tmp_path / "a.warc")], limits=Limits(document=200_000))
    assert isinstance(one, Failure) and "unpacks to more" in one.error
    assert isinstance(two, Failure) and "larger than" in two.error
    assert isinstance(three, Document)


# Folders, standard input, addresses ---------------------------------------------------------------------


def test_ingest_folder_is_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    names = ["b/z.txt", "a.txt", "c.jsonl", ".hidden.txt", ".git/x.txt", "logo.png", "b/a.txt"]
    for name in names:
        (tmp_path / name).write_text(line() if name.endswith("jsonl") else NEWS + name)
    found = [each.id.split("-")[0] for each in documents([str(tmp_path)]) if isinstance(each, Document)]
    assert found == ["a", "a", "z", "d1"]
    assert counted([str(tmp_path)]) == 4


def test_ingest_empty_folder_and_missing_file_are_named(tmp_path: Path) -> None:
    assert failure(tmp_path).error == "no document in this folder"
    assert failure(tmp_path / "none.txt").error == "no such file"
    assert "no such kind of address" in failure("ftp://example.org/a").error


def test_ingest_counts_what_can_be_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line() * 5)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress((line() * 7).strip().encode()))
    (tmp_path / "c.txt").write_text(NEWS)
    assert counted([str(tmp_path), str(tmp_path / "none")]) == 14
    (tmp_path / "d.warc").write_bytes(b"")
    assert counted([str(tmp_path)]) is counted(["-"]) is None


@pytest.mark.parametrize(
    ("content", "number"),
    [(NEWS.encode(), 1), ((line() * 3).encode(), 3), (gzip.compress((line() * 2).encode()), 2), (PAGE.encode(), 1),
     (page_record(1) * 2, 2), (json.dumps([{"text": NEWS}] * 4, indent=1).encode(), 4)],
)  # fmt: skip
def test_ingest_standard_input_is_told_by_its_first_bytes(
    monkeypatch: pytest.MonkeyPatch, content: bytes, number: int
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    found = list(documents(["-"]))
    assert len(found) == number and all(isinstance(each, Document) for each in found)


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        pages: dict[str, tuple[int, str, bytes]] = {
            "/page": (200, "text/html; charset=utf-8", PAGE.encode()),
            "/plain": (200, "text/plain", NEWS.encode()),
            "/pdf": (200, "application/pdf", b"%PDF-1.7"),
            "/large": (200, "text/plain", b"x" * 200_000),
            "/none": (404, "text/html", b"<html>none</html>"),
            "/moved": (302, "/page", b""),
            "/file": (302, "file:///etc/hostname", b""),
            "/ftp": (302, "ftp://127.0.0.1/x", b""),
            "/round": (302, "/round", b""),
            "/slow": (200, "text/plain", b""),
        }
        status, media, body = pages[self.path]
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", media)
        self.end_headers()
        if self.path == "/slow":
            time.sleep(1.5)
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Site))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_ingest_address_is_fetched(site: str) -> None:
    document = only(f"{site}/moved", today=datetime.date(2026, 1, 1))
    assert (document.url, document.published, document.outlet) == (f"{site}/page", "2024-03-05", "Valley Post")
    assert only(f"{site}/plain").text == NEWS


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/pdf", "application/pdf is not a kind"),
        ("/large", "larger than 100,000 bytes"),
        ("/none", "the server says 404"),
        ("/file", "not allowed"),
        ("/ftp", "neither http nor https"),
        ("/round", "redirect"),
        ("/slow", "took longer than"),
    ],
)
def test_ingest_address_that_cannot_be_had_is_named(site: str, path: str, said: str) -> None:
    found = failure(f"{site}{path}", Limits(fetched=100_000, seconds=0.6))
    assert found.document == f"{site}{path}" and said in found.error


def test_ingest_address_without_a_server_is_named() -> None:
    assert "cannot be fetched" in failure("http://127.0.0.1:9/").error
    assert "cannot be fetched" in failure("http:///").error
