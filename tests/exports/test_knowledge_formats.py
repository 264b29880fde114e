"""Web Annotation with PROV, FollowTheMoney and PLOVER: by the formats' own rules, and what texts cannot do to them."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import jsonschema
import pytest

from dateline.core import Party
from dateline.exports import incidents_writer, readings_writer
from dateline.exports.generalise import GeneralisedReadings, generalised

CASES = Path(__file__).parent / "cases"
OA, PROV, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/prov#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def _text(name, *given):
    writer = incidents_writer(name) if len(given) == 2 else readings_writer(name)
    return "".join(writer(*given))


def _lines(name, *given):
    return [json.loads(line) for line in _text(name, *given).split("\n") if line]


# Web Annotation ---------------------------------------------------------------------------------------


def _graph(text):
    """The RDF that a JSON-LD library makes of the document, with the terms of the recommendation's context."""
    jsonld = pytest.importorskip("pyld").jsonld
    rdflib = pytest.importorskip("rdflib")
    # Only the terms that are used, by the recommendation (https://www.w3.org/TR/annotation-vocab/, appendix).
    terms = json.loads((CASES / "anno_terms.json").read_bytes())

    def context(url, options):
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": terms, "contentType": "application/ld+json"}

    given = {"documentLoader": context, "format": "application/n-quads"}
    return rdflib.Graph().parse(data=jsonld.to_rdf(json.loads(text), given), format="nt")


def _terms(value, found):
    if isinstance(value, dict):
        found.update(key for key in value if not key.startswith("@"))
        for each in value.values():
            _terms(each, found)
    elif isinstance(value, list):
        for each in value:
            _terms(each, found)
    return found


def test_exports_webanno_is_rdf_by_the_recommendation(reading, hostile, incidents, by_id):
    text = _text("webanno-jsonld", incidents, by_id)
    graph = _graph(text)
    from rdflib import Namespace
    from rdflib.namespace import RDF as TYPES

    oa, prov = Namespace(OA), Namespace(PROV)
    annotations = set(graph.subjects(TYPES.type, oa.Annotation))
    assert len(annotations) > 30
    for each in annotations:
        assert len(list(graph.objects(each, oa.hasBody))) == 1
        assert len(list(graph.objects(each, oa.motivatedBy))) == 1
        for target in graph.objects(each, oa.hasTarget):
            assert graph.value(target, oa.hasSource)
            kinds = {graph.value(s, TYPES.type) for s in graph.objects(target, oa.hasSelector)}
            assert kinds == {oa.TextQuoteSelector, oa.TextPositionSelector}
    for told in graph.subjects(prov.wasDerivedFrom, None):
        assert graph.value(told, prov.wasAttributedTo)
    for run in graph.objects(None, prov.wasGeneratedBy):
        assert graph.value(run, prov.used)
        assert list(graph.objects(run, prov.wasAssociatedWith))
    assert not [s for s in graph.subjects() if str(s).startswith("javascript")]
    assert not [
        o for o in graph.objects(None, oa.hasSource) if not str(o).startswith(("https://", "urn:dateline:text:"))
    ]


def test_exports_webanno_uses_no_term_that_the_context_lacks(reading, hostile, incidents, by_id):
    known = set(json.loads((CASES / "anno_terms.json").read_bytes())["@context"])
    document = json.loads(_text("webanno-jsonld", incidents, by_id))
    found = _terms(document["@graph"], set())
    assert {term for term in found if ":" not in term} <= known
    assert {term.partition(":")[0] for term in found if ":" in term} == {"dl", "prov", "geo"}


def test_exports_webanno_selectors_quote_the_text(reading):
    document = json.loads(_text("webanno-jsonld", [reading]))
    text, quoted = reading.document.text, 0
    for node in document["@graph"]:
        targets = node.get("target", [])
        for target in targets if isinstance(targets, list) else [targets]:
            words, place = target["selector"]
            assert text[place["start"] : place["end"]] == words["exact"]
            before, after = len(words["prefix"]), len(words["suffix"])
            around = text[place["start"] - before : place["end"] + after]
            assert around == words["prefix"] + words["exact"] + words["suffix"]
            assert target["source"] == "https://courier.example/kirkuk"
            assert target["state"]["cached"] == f"urn:dateline:text:{reading.document.sha256}"
            quoted += 1
    assert quoted > 25


def test_exports_webanno_tells_who_says_it_and_what_it_is_derived_from(reading, incidents, by_id):
    nodes = {node["id"]: node for node in json.loads(_text("webanno-jsonld", incidents, by_id))["@graph"]}
    told = nodes["urn:dateline:event:made-1:x1"]["body"]
    assert told["prov:wasAttributedTo"] == "urn:dateline:voice:made-1:v3"
    assert nodes["urn:dateline:voice:made-1:v3"]["dl:chain"][1] == "urn:dateline:voice:made-1:v2"
    assert nodes["urn:dateline:voice:made-1:v2"]["type"] == ["prov:Agent", "prov:Organization"]
    assert told["id"] in nodes["urn:dateline:incident:i1"]["prov:wasDerivedFrom"]
    claim = nodes["urn:dateline:claim:i1:killed:0"]
    assert (claim["body"]["dl:origin"], claim["body"]["dl:low"]) == ("police officials", 9)
    assert claim["target"]["selector"][0]["exact"] == "At least nine"
    assert "target" not in nodes["urn:dateline:claim:i1:killed:1"]  # its document is not at hand
    assert nodes["urn:dateline:event:made-1:x1"]["generator"] == "urn:dateline:producer:rules-events%401"


def test_exports_webanno_cannot_end_a_script(hostile):
    text = _text("webanno-jsonld", [hostile])
    assert "<" not in text
    assert json.loads(text)["@graph"]
    assert "javascript:alert" not in text


def test_exports_webanno_of_coarser_places_points_at_no_text(incidents, by_id):
    coarse = [generalised(each, "grid") for each in incidents]
    text = _text("webanno-jsonld", coarse, GeneralisedReadings(by_id))
    assert not re.search(r'"(exact|Annotation|TextQuoteSelector)"', text)
    assert "35.47" not in text
    assert len(_graph(text)) > 10


# FollowTheMoney ---------------------------------------------------------------------------------------


def _fits(kind, value, schemas):
    if kind in ("Address", "LegalEntity", "Document", "Thing"):
        below = {"Document": ("Article",), "LegalEntity": ("Person", "Organization", "PublicBody")}
        return kind == "Thing" or schemas.get(value) in below.get(kind, (kind,))
    shapes = {
        "text": r".+",
        "date": r"\d{4}-\d\d-\d\d",
        "country": r"[a-z]{2}",
        "url": r"https?://\S+",
        "number": r"-?\d+(\.\d+)?",
    }
    return re.fullmatch(shapes[kind], value) is not None


def test_exports_ftm_follows_the_schema_tables(incidents, by_id, hostile):
    rules = json.loads((CASES / "ftm_schemas.json").read_bytes())  # of the library's schema files, version 4.11
    odd = dataclasses.replace(incidents[0], id="i9", documents=(hostile.document.id,))
    entities = _lines("ftm", [*incidents, odd], by_id)
    schemas = {entity["id"]: entity["schema"] for entity in entities}
    assert len(schemas) == len(entities)
    for entity in entities:
        assert re.fullmatch(r"[A-Za-z0-9.-]+", entity["id"])
        for name, values in entity["properties"].items():
            assert values
            assert all(_fits(rules[entity["schema"]][name], value, schemas) for value in values), (name, values)
    for link in (entity for entity in entities if entity["schema"] == "UnknownLink"):
        assert {*link["properties"]["subject"], *link["properties"]["object"]} <= set(schemas)


def test_exports_ftm_passes_the_library(incidents, by_id, hostile):
    model = pytest.importorskip("followthemoney").model
    odd = dataclasses.replace(incidents[0], id="i9", documents=(hostile.document.id,))
    for entity in _lines("ftm", [*incidents, odd], by_id):
        made = model.make_entity(entity["schema"])
        made.id = entity["id"]
        for name, values in entity["properties"].items():
            made.add(name, values)
            assert len(made.get(name)) == len(values), (name, values)
        model[entity["schema"]].validate(made.to_dict())


def test_exports_ftm_tells_parties_as_claims(incidents, by_id):
    parties = (*incidents[0].parties, Party("actor", "h2", "gunmen", (), "people"), Party("target", "h3", "The Mill"))
    entities = _lines("ftm", [dataclasses.replace(incidents[0], parties=parties)], by_id)
    by_schema = {}
    for entity in entities:
        by_schema.setdefault(entity["schema"], []).append(entity["properties"])
    assert [each["name"] for each in by_schema["Organization"]] == [["Red Banner Front"]]
    assert by_schema["UnknownLink"][0]["role"] == ["actor"]
    assert by_schema["UnknownLink"][0]["summary"] == ["according to witnesses"]
    (event,) = by_schema["Event"]
    assert event["date"] == event["startDate"] == ["2024-03-05"]
    assert "killed: 9–11–11" in event["description"][0]
    assert "disputed: killed" in event["description"][0]
    assert by_schema["Article"][0]["sourceUrl"] == ["https://courier.example/kirkuk"]
    assert not {"Person", "PublicBody"} & set(by_schema)


# PLOVER -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plover_schema():
    return jsonschema.Draft202012Validator(json.loads((CASES / "plover.schema.json").read_bytes()))


def test_exports_plover_records_follow_the_manual(plover_schema, reading, hostile, incidents, by_id):
    records = [*_lines("plover", [reading, hostile]), *_lines("plover", incidents, by_id)]
    assert len(records) == 6  # the hostile reading's event and the second incident have no date
    for record in records:
        plover_schema.validate(record)


def test_exports_plover_tells_status_in_auxiliary_modes(reading):
    records = {record["id"]: record for record in _lines("plover", [reading])}
    assert records["made-1:x1"]["mode"] == ["heavy-weapons"]
    assert records["made-1:x3"]["mode"] == ["firearms", "negation"]
    assert records["made-1:x4"]["mode"] == ["explosives", "historical"]
    assert records["made-1:x1"]["actor"] == []
    assert "no actor told" in records["made-1:x1"]["comment"]
    assert records["made-1:x2"]["date"] == "2024-03-06"
    assert "date of publication" in records["made-1:x2"]["comment"]
    assert records["made-1:x2"]["actor"][0] == {
        "code": "IRQ",
        "sector": "REB",
        "entity_text": "The fighters of the Red Banner Front",
        "identifier_text": "Red Banner Front",
    }
    assert (records["made-1:x4"]["date"], records["made-1:x4"]["enddate"]) == ("2023-01-01", "2023-12-31")
    assert records["made-1:x4"]["size"] == {"injured": 30}
    assert records["made-1:x1"]["event_loc"]["country_code"] == "IRQ"
    assert records["made-1:x1"]["quad_code"] == 4


def test_exports_plover_of_an_incident(incidents, by_id):
    (record,) = _lines("plover", incidents, by_id)
    assert record["size"] == {"dead": 11}
    assert record["link"] == "i1"
    assert record["comment"] == "disputed: killed"
    assert record["cite_info"]["publication"] == "The Northern Courier"


@pytest.mark.parametrize("name", ["plover", "ftm", "webanno-jsonld"])
def test_exports_knowledge_formats_are_the_same_each_time(name, incidents, by_id):
    assert _text(name, incidents, by_id) == _text(name, incidents, by_id)
    assert "\x1b" not in _text(name, incidents, by_id).replace("\\u001b", "")
