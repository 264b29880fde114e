"""brat and Label Studio: what is written comes back, and nothing in a text or an id breaks out of the files."""

from __future__ import annotations

import dataclasses
import json
import re
import xml.etree.ElementTree as ET

import pytest

from dateline.core import Attribution, DatelineError, Document, Passage, Reading, Span, Voice
from dateline.exports import READING_FILE_FORMATS, reading_files_writer
from dateline.exports.annotated import Mark, annotated
from dateline.exports.brat import read_ann, read_brat
from dateline.exports.labelstudio import read_labelstudio


def _written(name, readings, folder):
    folder.mkdir(exist_ok=True)
    for file, content in reading_files_writer(name)(readings):
        (folder / file).write_bytes(content)
    return folder


@pytest.fixture
def uneven() -> Reading:
    """A text with white space before it, both line ends, letters beyond the first plane, a quote over a line break."""
    text = "\n\t😀 Rebels\r\nfled, “we saw\u2028it all\tend”, said Ana."
    quote = Span(text.index("“"), text.index("”") + 1)
    cue, ana = Span(text.index("said"), text.index("said") + 4), Span(text.index("Ana"), text.index("Ana") + 3)
    voices = (Voice("v1", "outlet", "outlet", ("v1",)), Voice("v2", "Ana", "person", ("v1", "v2")))
    said = Attribution("a1", "v2", "direct", ana, cue, (quote,))
    whole = (Passage("p1", Span(0, len(text)), "narration", "v1"),)
    return Reading(Document.of(text, id="../up/=1+1\n"), whole, voices, (said,), (), (), (), (), (), (), ())


@pytest.fixture
def all_readings(reading, hostile, uneven):
    return [reading, hostile, uneven]


def test_exports_brat_reads_back_the_same(all_readings, tmp_path):
    back = {each.document: each for each in read_brat(_written("brat", all_readings, tmp_path / "b"))}
    assert [back[each.document.id] for each in all_readings] == [annotated(each) for each in all_readings]


def test_exports_labelstudio_reads_back_the_same(all_readings, tmp_path):
    folder = _written("labelstudio", all_readings, tmp_path / "l")
    assert read_labelstudio(folder / "tasks.json") == tuple(annotated(each) for each in all_readings)


def test_exports_annotations_hold_spans_types_and_arguments(reading):
    made = annotated(reading)
    marks = [(mark.label, mark.spans[0].of(made.text)) for mark in made.marks]
    assert ("people", "nine people") in marks
    assert ("Place", "Basra") in marks
    first = next(each for each in made.happenings if each.trigger[0].of(made.text) == "killed")
    told = {(role, made.marks[mark].spans[0].of(made.text)) for role, mark in first.arguments}
    assert told == {
        ("victim", "nine people"),
        ("target", "a market in Kirkuk"),
        ("instrument", "mortar rounds"),
        ("Place", "Kirkuk"),
        ("Time", "Tuesday"),
        ("Count", "At least nine"),
    }
    assert dict(first.attributes) == {"Mode": "heavy-weapons", "Status": "asserted", "Certainty": "certain"}
    assert first.note == "outlet ← Wire North ← police officials"
    (link,) = made.links
    assert made.marks[link.source].spans[0].of(made.text) == "The militants"


def test_exports_brat_lines_quote_the_text(all_readings, tmp_path):
    folder = _written("brat", all_readings, tmp_path / "b")
    for path in folder.glob("*.ann"):
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        assert "\r" not in text
        for line in path.read_bytes().decode("utf-8").splitlines():
            if line.startswith("T"):
                _, place, words = line.split("\t")
                pieces = [pair.split() for pair in place.partition(" ")[2].split(";")]
                assert words == " ".join(text[int(start) : int(end)] for start, end in pieces)
                assert not set(words) & set("\n\r\t")


def test_exports_brat_files_stay_in_the_folder(uneven, reading):
    same = dataclasses.replace(reading, document=dataclasses.replace(reading.document, id="MADE-1"))
    names = [name for name, _ in reading_files_writer("brat")([uneven, reading, same])]
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*\.(txt|ann|conf|json)", name) for name in names)
    assert len({name.lower() for name in names}) == len(names)


def test_exports_brat_takes_what_people_draw():
    text = "Rebels shelled the town and the port."
    lines = (
        "T1\tgroup 0 6\tRebels\nT2\tfacility 15 23;28 36\tthe town the port\nT3\tASSAULT 7 14\tshelled\n"
        "E1\tASSAULT:T3 actor:T1 target:T2 target2:T2\nM1\tBackground E1\n#1\tAnnotatorNotes T1\tsure?\n"
        "*\tEquiv T1 T2\n"
    )
    made = read_ann(lines, text, document="d", sha="0")
    assert made.marks[1] == Mark((Span(15, 23), Span(28, 36)), "facility")
    assert made.happenings[0].arguments == (("actor", 0), ("target", 1), ("target", 1))
    assert made.happenings[0].attributes == (("Background", ""),)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("T1\tgroup 0 600\tRebels\n", "f.ann:1: 0 600 lies not in the text"),
        ("T1\tgroup 0 6\tRebels\nE1\tASSAULT:T9\n", "T9 is spoken of and not there"),
        ("what is this\n", "f.ann:1: not a line of brat"),
    ],
)
def test_exports_brat_names_a_wrong_line(lines, told):
    with pytest.raises(DatelineError, match=re.escape(told)):
        read_ann(lines, "Rebels shelled.", document="d", sha="0", path="f.ann")


def test_exports_labelstudio_regions_quote_the_text(all_readings, tmp_path):
    folder = _written("labelstudio", all_readings, tmp_path / "l")
    tasks = json.loads((folder / "tasks.json").read_bytes())
    known = {each.get("value") for each in ET.fromstring((folder / "config.xml").read_bytes()).iter()}
    for task in tasks:
        text = task["data"]["text"]
        assert text == text.lstrip()
        results = task["predictions"][0]["result"]
        ids = {each["id"] for each in results if each["type"] == "labels"}
        for each in results:
            if each["type"] == "relation":
                assert {each["from_id"], each["to_id"]} <= ids
                assert set(each["labels"]) <= known
                continue
            value = each["value"]
            if each["type"] == "labels":
                assert text[value["start"] : value["end"]] == value["text"]
            assert set(value.get("labels", value.get("choices", ()))) <= known


def test_exports_labelstudio_prefers_what_a_person_said(reading, tmp_path):
    folder = _written("labelstudio", [reading], tmp_path / "l")
    tasks = json.loads((folder / "tasks.json").read_bytes())
    region = tasks[0]["predictions"][0]["result"][0]
    tasks[0]["annotations"] = [{"was_cancelled": True, "result": []}, {"result": [region]}]
    (folder / "done.json").write_text(json.dumps(tasks), encoding="utf-8")
    (made,) = read_labelstudio(folder / "done.json")
    assert made.marks == annotated(reading).marks[:1]
    assert made.happenings == ()


@pytest.mark.parametrize("content", ["{", "{}", '[{"data": {}}]', "[1]"])
def test_exports_labelstudio_refuses_other_json(content, tmp_path):
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(DatelineError, match=r"x\.json"):
        read_labelstudio(tmp_path / "x.json")


def test_exports_labelstudio_passes_the_sdk(all_readings, tmp_path):
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface
    folder = _written("labelstudio", all_readings, tmp_path / "l")
    labels = interface((folder / "config.xml").read_text(encoding="utf-8"))
    labels.validate()
    for task in json.loads((folder / "tasks.json").read_bytes()):
        assert labels.validate_task({"data": task["data"]})
        assert labels.validate_prediction(task["predictions"][0])


@pytest.mark.parametrize("name", READING_FILE_FORMATS)
def test_exports_annotation_files_are_the_same_each_time(name, all_readings):
    write = reading_files_writer(name)
    assert list(write(all_readings)) == list(write(all_readings))
    assert list(write([]))


def test_exports_unknown_annotation_files_list_the_known_ones():
    with pytest.raises(ValueError, match="brat, labelstudio"):
        reading_files_writer("conll")
