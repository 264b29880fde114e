"""One telling edited by a person: what it claims changes, and its incident follows where no more tellings object."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from dateline.core import Anchor, Claim, Disagreement, EventTime, Incident, IncidentCount, Party, Scalar, Span, Telling
from dateline.store.editing import COUNTED, Values, told
from dateline.store.splicing import Key, claims_of, keys_of, teller

Tales = Mapping[Key, Incident]
"""Each telling as an incident that it alone tells."""

TELLING_FIELDS = ("type", "mode", "time", "place", *COUNTED)
RULE = "a telling was set by a reviewer"
_OPEN = float("inf")


def said(tale: Incident, name: str) -> dict[str, Scalar]:
    """What a telling says of a field, in the form in which it is set. ValueError for a field that a telling lacks."""
    if name not in TELLING_FIELDS and not name.startswith("party."):
        raise ValueError(f"{name}: no field of an event")
    found = told(tale, name)
    if name.startswith("party."):
        return {str(each): each for each in sorted(map(str, found.values()))}
    return {key: value for key, value in found.items() if key not in ("radius_km", "precision")}


def told_once(kind: str, mode: Scalar, telling: Telling) -> Incident:
    """An incident that one telling tells and that claims nothing."""
    return Incident(
        id="",
        type=kind,
        mode=str(mode) if mode else None,
        documents=(telling.document,),
        events=(telling,),
        time=None,
        place=None,
        parties=(),
        counts={},
        origins=1,
        disagreements=(),
        labels=(),
        summary=kind,
    )


@dataclasses.dataclass(frozen=True, slots=True)
class Retelling:
    """An edit of one telling: the value that a person set, what it says ``after``, the words that were chosen for it.

    ``fixed`` are the fields that a person set on the incident itself: their claims change, the chosen value does not.
    """

    key: Key
    field: str
    value: Values
    after: Incident
    words: Span
    anchors: Mapping[Key, Anchor]
    tales: Tales
    fixed: frozenset[str]

    def of(self, incident: Incident) -> Incident:
        """The incident as it stands once this telling says otherwise."""
        if self.field in COUNTED:
            return self._count(incident)
        if self.field.startswith("party."):
            return self._parties(incident)
        if self.field in ("time", "place"):
            return self._when_where(incident)
        return self._kind(incident)

    # Type, mode, time, place ------------------------------------------------------------------------

    def _kind(self, incident: Incident) -> Incident:
        new = getattr(self.after, self.field)
        others = [getattr(tale, self.field) for tale in self._others(incident)]
        if self.field in self.fixed or others.count(getattr(incident, self.field)) > others.count(new) + 1:
            return incident
        return dataclasses.replace(incident, **{self.field: new})

    def _when_where(self, incident: Incident) -> Incident:
        new, now = getattr(self.after, self.field), getattr(incident, self.field)
        others = [value for tale in self._others(incident) if (value := getattr(tale, self.field))]
        against = sum(_meet(each, now) for each in others) > sum(_meet(each, new) for each in others) + 1
        if self.field not in self.fixed and not against:
            incident = dataclasses.replace(incident, **{self.field: new})
        return self._differing(incident, self.field, self._dated(incident) if new else [])

    def _dated(self, incident: Incident) -> list[Claim]:
        """This telling's time or place and those of others that it does not meet; none where all meet it."""
        mine = getattr(self.after, self.field)
        own = self._claim(incident, _value(mine), None)
        apart = []
        for telling in incident.events:
            key = (telling.document, telling.event)
            value = getattr(self.tales[key], self.field) if key in self.tales and key != self.key else None
            if value and telling.voice[-1:] != self._telling(incident).voice[-1:] and not _meet(value, mine):
                span = self.anchors[key].span if key in self.anchors else Span(0, 1)
                apart.append(Claim(_value(value), telling.voice, telling.voice[-1], telling.document, span))
        return [own, *apart] if apart else []

    # Figures and parties ----------------------------------------------------------------------------

    def _count(self, incident: Incident) -> Incident:
        held, new = incident.counts.get(self.field), self.after.counts.get(self.field)
        claims = [claim for claim in (held.claims if held else ()) if not self._mine(claim, incident)]
        old = next((claim for claim in (held.claims if held else ()) if self._mine(claim, incident)), None)
        if new:
            fresh = dataclasses.replace(self._claim(incident, (new.low, new.high), old), best=new.best)
            claims.append(fresh)
        counts = {what: count for what, count in incident.counts.items() if what != self.field}
        if claims:
            counts[self.field] = self._chosen(held, claims, new)
        elif held and self.field in self.fixed:
            counts[self.field] = dataclasses.replace(held, claims=())
        made = dataclasses.replace(incident, counts=counts)
        return self._differing(made, self.field, _against(claims))

    def _chosen(self, held: IncidentCount | None, claims: Sequence[Claim], new: IncidentCount | None) -> IncidentCount:
        """The bounds of all standing claims, and the figure that most origins allow; of several the one just set."""
        if held and self.field in self.fixed:
            return dataclasses.replace(held, claims=tuple(claims))
        standing = [c for c in claims if not c.superseded and not c.part] or list(claims)
        mine, before = (new.low if new.best is None else new.best) if new else None, held.best if held else None
        candidates = {_likely(c) for c in standing} | {each for each in (mine, before) if each is not None}

        def merit(figure: int) -> tuple[int, bool, bool, int]:
            support = len({c.origin for c in standing if _allows(c, figure)})
            return support, figure == mine, figure == before, -figure

        best, highs = max(candidates, key=merit), [_bounds(c)[1] for c in standing]
        low = min(best, *(int(c.value[0] or 0) for c in standing))
        high = None if _OPEN in highs else max(best, *map(int, highs))
        return IncidentCount(low, best, high, RULE, tuple(claims))

    def _parties(self, incident: Incident) -> Incident:
        role, gone, name = self.field.removeprefix("party."), self.value.get("remove"), self.value.get("name")
        everyone = gone is True or (gone is None and not name)
        out: list[Party] = []
        for party in incident.parties:
            drops = party.role == role and (everyone or gone in (party.entity, party.name))
            claims = tuple(c for c in party.claims if not (drops and self._mine(c, incident)))
            if claims or not party.claims or self.field in self.fixed:
                out.append(dataclasses.replace(party, claims=claims))
        fresh = next((p for p in reversed(self.after.parties) if p.role == role and p.name == name), None)
        if fresh:
            claim = self._claim(incident, (fresh.name,), None)
            at = next((k for k, p in enumerate(out) if p.role == role and _same(p, fresh)), None)
            if at is None:
                out.append(dataclasses.replace(fresh, claims=(claim,)))
            else:
                out[at] = dataclasses.replace(out[at], claims=(*out[at].claims, claim))
        return dataclasses.replace(incident, parties=tuple(out))

    # Parts ------------------------------------------------------------------------------------------

    def _telling(self, incident: Incident) -> Telling:
        return next(each for each in incident.events if (each.document, each.event) == self.key)

    def _others(self, incident: Incident) -> list[Incident]:
        return [self.tales[key] for key in keys_of(incident) if key != self.key and key in self.tales]

    def _mine(self, claim: Claim, incident: Incident) -> bool:
        return teller(claim, incident.events, self.anchors) == self.key

    def _claim(self, incident: Incident, value: tuple[int | str | None, ...], old: Claim | None) -> Claim:
        if old:
            return dataclasses.replace(old, value=value, best=None, span=self.words, edited=True)
        telling = self._telling(incident)
        reported = next((c.reported for c in claims_of(incident) if c.document == telling.document), None)
        origin = telling.voice[-1] if telling.voice else "outlet"
        return Claim(value, telling.voice, origin, telling.document, self.words, reported, edited=True)

    def _differing(self, incident: Incident, name: str, values: Sequence[Claim]) -> Incident:
        """The incident with its disagreement on a field made anew."""
        kept = [each for each in incident.disagreements if each.field != name]
        if values:
            about = "; ".join(f"{_words(c.value)} ({c.origin})" for c in values)
            kept.append(Disagreement(name, tuple(values), about))
        return dataclasses.replace(incident, disagreements=tuple(kept))


def _same(left: Party, right: Party) -> bool:
    return left.entity == right.entity or left.name.casefold() == right.name.casefold()


def _likely(claim: Claim) -> int:
    return claim.best if claim.best is not None else int(claim.value[0] or 0)


def _allows(claim: Claim, figure: int) -> bool:
    low, high = int(claim.value[0] or 0), claim.value[-1]
    return low <= figure <= (int(high) if high is not None else 2 * _likely(claim))


def _against(claims: Sequence[Claim]) -> list[Claim]:
    """The standing claims of different origins that have no number in common."""
    standing = [c for c in claims if not c.superseded and not c.part]

    def apart(one: Claim, two: Claim) -> bool:
        (low, high), (least, most) = (_bounds(one), _bounds(two))
        return one.origin != two.origin and (high < least or most < low)

    return [one for one in standing if any(apart(one, two) for two in standing)]


def _bounds(claim: Claim) -> tuple[float, float]:
    low, high = claim.value[0], claim.value[-1]
    return float(low or 0), _OPEN if high is None else float(high)


def _meet(one: object, two: object) -> bool:
    """Whether two times or two places can be the same."""
    if isinstance(one, EventTime) and isinstance(two, EventTime):
        first, last = (one.earliest or "", one.latest or "9999"), (two.earliest or "", two.latest or "9999")
        return first[0][:10] <= last[1][:10] and last[0][:10] <= first[1][:10]
    return getattr(one, "name", None) == getattr(two, "name", "")


def _value(value: object) -> tuple[str | None, ...]:
    if isinstance(value, EventTime):
        return (value.earliest, value.latest)
    return (str(getattr(value, "name", "")),)


def _words(value: Sequence[int | str | None]) -> str:
    return " to ".join(dict.fromkeys(str(part) for part in value if part is not None))
