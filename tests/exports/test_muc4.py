"""MUC-4 templates: which tellings make one, what fills their slots, what stays out."""

from __future__ import annotations

import dataclasses

import pytest

from dateline.core import (
    Argument,
    Count,
    Document,
    Entity,
    Event,
    EventPlace,
    EventTime,
    Mention,
    Place,
    Reading,
    Span,
    Toponym,
)
from dateline.exports import muc4, muc4_choice, muc4_merge
from dateline.exports.muc4 import templates
from dateline.exports.muc4_evidence import Fates, Harmed, Setting, Tolls
from dateline.exports.muc4_fillers import Cast
from dateline.exports.muc4_merge import outcomes
from dateline.exports.muc4_signs import Signs

TEXT = (
    "Guerrillas of the hills attacked the town hall of Pando and murdered Mayor Ana Ruiz with five grenades. "
    "The Southern Front, SF, blew up two trucks at Pando. An army patrol clashed with rebels. "
    "Bandits seized the bridge. Bandits robbed a bank in Lago. Five youths burned a bus in Lago in May."
)
PLACES = (
    Place("g1", "Pando", "city", -11.0, -68.7, "BO", "Pando"),
    Place("g2", "Lago", "city", -16.5, -68.1, "BO", "La Paz"),
    Place("g3", "Bolivia", "country", -17.0, -65.0, "BO"),
)


def _at(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def _mention(id: str, words: str, kind: str, level: str, entity: str, nth: int = 0) -> Mention:
    return Mention(id, _at(words, nth), _at(words, nth), kind, level, entity)  # type: ignore[arg-type]


def _event(
    id: str, trigger: str, mode: str | None, arguments: dict[str, str], place: str | None, type="ASSAULT", **told
):
    told = {
        "status": "asserted",
        "counts": (),
        "time": EventTime(None, "1990-05-20", "day"),
        "background": False,
    } | told
    return Event(
        id=id,
        trigger=_at(trigger),
        type=type,
        mode=mode,
        arguments=tuple(Argument(role, mention) for mention, role in arguments.items()),  # type: ignore[arg-type]
        place=EventPlace(place, None) if place else None,
        certainty="certain",
        attribution=None,
        voice="v1",
        evidence=(_at(trigger),),
        **told,
    )


@pytest.fixture
def raid() -> Reading:
    return Reading(
        document=Document.of(TEXT, id="raid", published="1990-05-20"),
        passages=(),
        voices=(),
        attributions=(),
        timexes=(),
        toponyms=(),
        places=PLACES,
        mentions=(
            _mention("m1", "Guerrillas", "people", "nominal", "e1"),
            _mention("m2", "the town hall", "facility", "nominal", "e2"),
            _mention("m3", "Ana Ruiz", "person", "name", "e3"),
            _mention("m4", "five grenades", "weapon", "nominal", "e4"),
            _mention("m5", "Southern Front", "group", "name", "e5"),
            _mention("m6", "SF", "group", "name", "e5"),
            _mention("m7", "two trucks", "vehicle", "nominal", "e6"),
            _mention("m8", "An army patrol", "force", "nominal", "e7"),
            _mention("m9", "rebels", "people", "nominal", "e8"),
            _mention("m10", "Bandits", "people", "nominal", "e9"),
            _mention("m11", "the bridge", "facility", "nominal", "e10"),
            _mention("m12", "Bandits", "people", "nominal", "e9", 1),
            _mention("m13", "a bank", "organisation", "nominal", "e11"),
            _mention("m14", "Five youths", "people", "nominal", "e12"),
            _mention("m15", "a bus", "vehicle", "nominal", "e13"),
        ),
        entities=(
            Entity("e1", "guerrillas", "people", sector="REB"),
            Entity("e2", "town hall", "facility"),
            Entity("e3", "Ana Ruiz", "person"),
            Entity("e4", "grenades", "weapon"),
            Entity("e5", "Southern Front", "group", ("SF",), "southern-front", "BO", "REB"),
            Entity("e6", "trucks", "vehicle"),
            Entity("e7", "army patrol", "force", sector="MIL"),
            Entity("e8", "rebels", "people", sector="REB"),
            Entity("e9", "bandits", "people"),
            Entity("e11", "bank", "organisation"),
            Entity("e12", "youths", "people"),
            Entity("e13", "bus", "vehicle"),
        ),
        events=(
            _event("x1", "attacked", None, {"m1": "actor", "m2": "target"}, "g1", muc4="attack"),
            _event(
                "x2", "murdered", "targeted", {"m1": "actor", "m3": "victim", "m4": "instrument"}, None, muc4="attack"
            ),
            _event("x3", "blew up", "explosives", {"m5": "actor", "m7": "target"}, "g1", muc4="bombing"),
            _event("x4", "clashed", None, {"m8": "actor", "m9": "recipient"}, None, muc4="attack"),
            _event("x5", "seized", "seize", {"m10": "actor", "m11": "target"}, None, type="COERCE"),
            _event("x6", "robbed", "seize", {"m12": "actor", "m13": "target"}, "g2", type="COERCE", muc4="robbery"),
            _event("x7", "burned", "destroy", {"m14": "actor", "m15": "target"}, "g2", muc4="arson"),
        ),
        media=(),
    )


@pytest.fixture(autouse=True)
def even_weights(monkeypatch):
    """Weights that let every telling through, and as fillers those that arguments give."""
    monkeypatch.setattr(muc4_merge, "likelihood", lambda model, features: 1.0)
    monkeypatch.setattr(muc4_choice, "likelihood", lambda role, features: muc4_choice._LINKED[role])


def test_exports_muc4_merges_tellings_that_do_not_conflict(raid):
    assert [template["incident_type"] for template in templates(raid)] == ["bombing", "robbery", "arson"]


def test_exports_muc4_fills_the_roles_best_words_first(raid):
    bombing, robbery, arson = templates(raid)
    assert bombing["PerpInd"] == [["Guerrillas"]]
    assert bombing["PerpOrg"] == [["Southern Front", "SF"]]
    assert bombing["Target"] == [["town hall"], ["trucks"]]
    assert bombing["Victim"] == [["Ana Ruiz"]]
    assert bombing["Weapon"] == [["grenades"]]
    assert bombing["location"] == "BOLIVIA: PANDO: PANDO"
    assert bombing["date"] == "/1990-05-20"
    assert robbery["PerpInd"] == [["Bandits"]]
    assert arson["PerpInd"] == [["youths"]]


def test_exports_muc4_rebels_without_a_name_are_possibly_the_named_ones(raid):
    alone = dataclasses.replace(raid, events=raid.events[:1])
    (template,) = templates(alone)
    assert template["PerpOrg"] == [["Southern Front", "SF"]]
    assert template["perp_confidence"] == "possible"


@pytest.mark.parametrize("change", [{"status": "negated"}, {"status": "denied"}, {"status": "hypothetical"}])
def test_exports_muc4_leaves_out_what_is_no_news(raid, change):
    assert not templates(dataclasses.replace(raid, events=(dataclasses.replace(raid.events[0], **change),)))


def test_exports_muc4_threats_and_attempts_have_their_stage(raid):
    for status, stage in (("attempted", "attempted"), ("threatened", "threatened")):
        event = dataclasses.replace(raid.events[0], status=status)
        (template,) = templates(dataclasses.replace(raid, events=(event,)))
        assert template["stage"] == stage


def test_exports_muc4_other_times_and_perpetrators_are_other_incidents(raid):
    first = dataclasses.replace(raid.events[0], time=EventTime("1990-05-01", "1990-05-02", "day", "t1"))
    later = dataclasses.replace(raid.events[2], time=EventTime("1990-05-09", "1990-05-09", "day", "t2"))
    assert len(templates(dataclasses.replace(raid, events=(first, later)))) == 2


def test_exports_muc4_numbers_are_weighed_by_who_gives_them(raid):
    counts = (Count("killed", 3, 3, 3, _at("Ana")), Count("injured", 4, 5, 9, _at("Ruiz")))
    event = dataclasses.replace(raid.events[0], counts=counts)
    found = Tolls(raid, Cast(raid)).numbers("attack", [event], Harmed([["Ana Ruiz"]], [["two guards"], ["clerk"]]))
    assert {"by=most killed", "by=any killed"} <= set(found["3"])
    assert "by=all counts" in found["8"]
    assert "by=named" in found["1"]
    assert "by=named and described" in found["4"]
    assert {"by=open count", "by=groups"} <= set(found["plural"])
    assert "not=named" in found["8"]


def test_exports_muc4_the_number_that_is_likeliest_is_told_if_any(raid, monkeypatch):
    event = dataclasses.replace(raid.events[0], counts=(Count("killed", 3, 3, 3, _at("Ana")),))
    reading = dataclasses.replace(raid, events=(event,))
    monkeypatch.setattr(muc4, "likelihood", lambda model, features: 0.9 if "by=most killed" in features else 0.1)
    assert templates(reading)[0]["victim_number"] == "3"
    monkeypatch.setattr(muc4, "likelihood", lambda model, features: 0.1)
    assert "victim_number" not in templates(reading)[0]


def test_exports_muc4_fates_follow_counts_words_and_what_is_said_not_to_be():
    text = "Gunmen shot the clerk. There were no casualties."
    shot = Event(
        id="x1", trigger=Span(7, 11), type="ASSAULT", mode=None, arguments=(Argument("victim", "m1"),), place=None,
        time=None, counts=(Count("injured", 1, 1, 1, Span(12, 21)),), status="asserted", certainty="certain",
        background=False, attribution=None, voice="v1", evidence=(Span(0, 22),), muc4="attack",
    )  # fmt: skip
    clerk = Mention("m1", Span(12, 21), Span(16, 21), "person", "nominal", "e1")
    reading = Reading(
        document=Document.of(text, id="clerk"), passages=(), voices=(), attributions=(), timexes=(), toponyms=(),
        places=(), mentions=(clerk,), entities=(Entity("e1", "clerk", "person"),), events=(shot,), media=(),
    )  # fmt: skip
    told = Fates(reading, Cast(reading)).features("attack", [shot], Harmed([], [["clerk"]]))
    assert {"count=injured:asserted", "fate=injured", "near=no casualties", "listed=False:True"} <= set(told)


def test_exports_muc4_countries_are_weighed_by_what_points_to_them():
    text = "Guards of the Bolivian bank at Lago fled after the raid."
    lago = Toponym("l1", Span(text.index("Lago"), text.index(" fled")), "g2")
    raided = Event(
        id="x1", trigger=Span(text.index("raid"), text.index("raid") + 4), type="ASSAULT", mode=None, arguments=(),
        place=EventPlace("g2", None), time=None, counts=(), status="asserted", certainty="certain", background=False,
        attribution=None, voice="v1", evidence=(Span(0, 20),), muc4="attack",
    )  # fmt: skip
    reading = Reading(
        document=Document.of(text, id="bank"), passages=(), voices=(), attributions=(), timexes=(), toponyms=(lago,),
        places=PLACES, mentions=(), entities=(Entity("e1", "front", "group", country="PE", sector="REB"),),
        events=(raided,), media=(),
    )  # fmt: skip
    found = Setting(reading, Cast(reading)).countries([raided])
    assert {"told=all", "first=True:True", "people=4"} <= set(found["BO"])
    assert {"told=none", "rebels=4", "people=none"} <= set(found["PE"])


def test_exports_muc4_words_tell_what_became_of_the_harmed():
    assert outcomes("murdered") == {"killed"}


def test_exports_muc4_weights_decide_what_is_an_incident(raid, monkeypatch):
    monkeypatch.setattr(muc4_merge, "likelihood", lambda model, features: 0.0)
    assert templates(raid) == []


def test_exports_muc4_likely_words_fill_a_role_without_an_argument(raid, monkeypatch):
    wanted = "head=grenades"
    monkeypatch.setattr(
        muc4_choice, "likelihood", lambda role, told: 0.9 if role == "Weapon" and wanted in told else 0.0
    )
    bare = dataclasses.replace(raid.events[0], arguments=())
    (template,) = templates(dataclasses.replace(raid, events=(bare,)))
    assert template["Weapon"][0][0] == "grenades"


def test_exports_muc4_a_person_is_named_in_full_without_titles(raid):
    words = "Mayor Ana Ruiz"
    short = Mention("m16", _at(words), _at("Ruiz"), "person", "name", "e3")
    reading = dataclasses.replace(raid, mentions=(*raid.mentions, short))
    assert ("name", "Ana Ruiz") in Cast(reading).forms(short)


def test_exports_muc4_signs_tell_arguments_and_neighbours(raid):
    signs = Signs(raid, Cast(raid))
    told = {feature for features, _ in signs.of_mention(raid.mentions[2]) for feature in features}
    assert {"as=victim:attack", "left=murdered", "head=ruiz"} <= told
    assert {"word=murdered", "has=victim"} <= set(signs.of_event(raid.events[1]))


@pytest.mark.parametrize(("latest", "kept"), [("1989-06-30", 0), ("1990-05-02", 1)])
def test_exports_muc4_old_context_is_no_incident(raid, latest, kept):
    time = EventTime(latest, latest, "day", "t1")
    event = dataclasses.replace(raid.events[0], background=True, time=time)
    assert len(templates(dataclasses.replace(raid, events=(event,)))) == kept
