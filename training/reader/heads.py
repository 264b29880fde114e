"""The names of the heads and of what they tell."""

from __future__ import annotations

MUC_ROLES = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon"]
MUC_TYPES = ["attack", "bombing", "kidnapping", "arson", "robbery"]
SIDES = ["source", "target", "both"]
ENTITIES = [
    *("Organisation", "Person", "Location", "Weapon", "Platform"),
    *("Temporal", "Nationality", "Money", "Quantity", "DocumentReference"),
]
POLICE = ["KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION"]
VIOLATIONS = [
    "arbitrary detention",
    "killing",
    "kidnapping",
    "torture",
    "enforced disappearance",
    "other",
    "unknown",
]
PLOVER = [
    *(
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "AID",
        "RETREAT",
        "REQUEST",
    ),
    *(
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
    ),
]


def bio(kinds: list[str]) -> list[str]:
    """The labels of a tag head: outside, then begin and inside of each kind."""
    return ["O", *(f"{mark}-{kind}" for kind in kinds for mark in "BI")]


TAGS: dict[str, list[str]] = {
    "attribution": bio(["source", "cue", "content"]),
    "time": bio(["time"]),
    "place": bio(["place"]),
    "event": bio(["event"]),
    "muc": bio(MUC_ROLES),
    "side": bio(SIDES),
    "entity": bio(ENTITIES),
}
MARKS = [
    *(f"type:{name}" for name in PLOVER),
    *(f"muc:{name}" for name in MUC_TYPES),
    *(f"police:{name}" for name in POLICE),
    *(f"violation:{name}" for name in VIOLATIONS),
]
"""What is said of whole sentences: the mean of a score over their pieces."""
VALUES = ["factuality", *MARKS]
PAIRS = ["cue", "where"]
WIDTH = 64

SHIPPED = [
    "attribution",
    "time",
    "place",
    "event",
    "side",
    "factuality",
    *(f"police:{name}" for name in POLICE),
]
"""The heads that the run time asks; the others only help the encoder to learn."""
