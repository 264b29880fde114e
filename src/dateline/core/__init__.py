"""The nouns: frozen records; the standard library only; no behaviour beyond their invariants."""

from dateline.core.actor import Actor, Entity, Label, Mention, MentionKind, MentionLevel
from dateline.core.document import Clue, Document
from dateline.core.errors import DatelineError, IngestError, KnowledgeError, ModelError, StoreError
from dateline.core.event import (
    Argument,
    ArgumentRole,
    Certainty,
    Count,
    CountOf,
    Event,
    EventPlace,
    EventTime,
    Status,
)
from dateline.core.explanation import EXPLANATION_SCHEMA, Explanation, Reason
from dateline.core.hearing import Hearing
from dateline.core.ids import content_id, sha256
from dateline.core.incident import (
    INCIDENT_SCHEMA,
    Claim,
    Disagreement,
    Incident,
    IncidentCount,
    IncidentLabel,
    IncidentPlace,
    Party,
    Telling,
    Verdict,
)
from dateline.core.reading import READING_SCHEMA, UNSUPPORTED, Failure, Reading
from dateline.core.record import Record, encode
from dateline.core.span import Span, cover
from dateline.core.voice import (
    Attribution,
    CueClass,
    Directness,
    Medium,
    Passage,
    PassageRole,
    Voice,
    VoiceKind,
)
from dateline.core.when_where import Place, PlaceKind, Precision, Timex, TimexType, Toponym

__all__ = [
    "EXPLANATION_SCHEMA",
    "INCIDENT_SCHEMA",
    "READING_SCHEMA",
    "UNSUPPORTED",
    "Actor",
    "Argument",
    "ArgumentRole",
    "Attribution",
    "Certainty",
    "Claim",
    "Clue",
    "Count",
    "CountOf",
    "CueClass",
    "DatelineError",
    "Directness",
    "Disagreement",
    "Document",
    "Entity",
    "Event",
    "EventPlace",
    "EventTime",
    "Explanation",
    "Failure",
    "Hearing",
    "Incident",
    "IncidentCount",
    "IncidentLabel",
    "IncidentPlace",
    "IngestError",
    "KnowledgeError",
    "Label",
    "Medium",
    "Mention",
    "MentionKind",
    "MentionLevel",
    "ModelError",
    "Party",
    "Passage",
    "PassageRole",
    "Place",
    "PlaceKind",
    "Precision",
    "Reading",
    "Reason",
    "Record",
    "Span",
    "Status",
    "StoreError",
    "Telling",
    "Timex",
    "TimexType",
    "Toponym",
    "Verdict",
    "Voice",
    "VoiceKind",
    "content_id",
    "cover",
    "encode",
    "sha256",
]
