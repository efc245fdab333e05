"""The business review as a skill: which sections it has, and its draft by rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from skills.compose import Point, Topic, chosen, quoting, ranked, showing
from skills.contract import Facts, Frozen, Metric, Pack, Period, Section, WireClaim, WireDraft
from skills.outline import Days, gathered

SECTIONS = (
    Section(key="wins", title="Wins", room=8),
    Section(key="concerns", title="Concerns", room=8),
    Section(key="ask", title="Our ask", room=2),
    Section(key="outcomes", title="Outcomes and value", room=6),
    Section(key="adoption", title="Usage and adoption", room=6),
    Section(key="service", title="Service", room=6),
    Section(key="satisfaction", title="Satisfaction", room=6),
    Section(key="learned", title="What did not work", room=6),
    Section(key="roadmap", title="What they asked for", room=6),
    Section(key="plan", title="Plan for the next quarter", room=8),
    Section(key="commercial", title="Contract and commercial", room=4, internal=True),
    Section(key="risks", title="Risks", room=5, internal=True),
)
STRATEGY = "strategy"
"""Where nobody but a person writes."""
TITLES = {**{one.key: one.title for one in SECTIONS}, STRATEGY: "Where they want to go"}


class QbrGiven(Frozen):
    """What a review is about."""

    period: Period


class Qbr:
    """Figures that moved, then what the record says; the newest word on a topic, one point per topic."""

    name = "qbr"
    sections: Sequence[Section] = SECTIONS

    def gather(self, given: QbrGiven | Days, facts: Facts) -> Pack:
        """Of a period; or of the last so many days, as evals ask."""
        if isinstance(given, Days):
            return gathered(facts, given.days)
        subject, period = facts.subject(), given.period
        return Pack(
            account_id=subject.account_id,
            account=subject.name,
            known_names=subject.known_names,
            period=period,
            today=facts.today,
            metrics=facts.metrics(period),
            evidence=facts.evidence(period),
            promises=facts.promises(period),
            missing=facts.missing(period),
        )

    def compose(self, pack: Pack) -> WireDraft:
        moved, spoken = _moved(pack), _spoken(pack)
        summary = [claim for key in ("wins", "concerns") for claim in _mixed(moved.get(key, []), spoken.get(key, []))]
        rest = [claim for key, claims in spoken.items() if key not in ("wins", "concerns") for claim in claims]
        return WireDraft(claims=[*summary, *_ask(pack), *rest], not_in_record=list(pack.missing))


SKILL = Qbr()

_Claims = dict[str, list[WireClaim]]
_TELLING = ("value", "broken", "usage", "urgent", "ttr", "nps", "csat", "ces")
"""Figures whose movement is good or bad news, the weightiest first."""
_OWN = frozenset({"promise", "ticket", "outcome"})
"""Kinds that a review lists in a place of their own."""
_CHAPTERS: tuple[tuple[str, int, tuple[Topic, ...]], ...] = (
    ("wins", 3, (Topic.VALUE,)),
    ("concerns", 3, (Topic.RISK, Topic.COMPETITOR, Topic.INCIDENT)),
    ("risks", 5, (Topic.COMPETITOR, Topic.RISK, Topic.PEOPLE)),
    ("commercial", 4, (Topic.RENEWAL, Topic.PRICE)),
    ("outcomes", 2, (Topic.GOAL, Topic.VALUE)),
    ("adoption", 2, (Topic.GROWTH,)),
    ("learned", 2, (Topic.INCIDENT, Topic.RISK)),
    ("roadmap", 3, (Topic.REQUEST,)),
    ("plan", 4, (Topic.DECISION, Topic.PROMISE)),
)
"""Section, how many sentences for each kind of reader, and what they are about."""
_LEAST = 1.5
"""What a sentence has to score to be worth a reader's time."""


def _moved(pack: Pack) -> _Claims:
    """Figures that got better or worse, as wins and concerns."""
    found: _Claims = {"wins": [], "concerns": []}
    by_key = {one.key: one for one in pack.metrics}
    for one in (by_key[key] for key in _TELLING if key in by_key):
        if one.key == "value":
            found["wins"].append(showing("wins", one))
        elif one.key == "broken":
            section, shown = ("concerns", one) if one.value else ("wins", by_key["kept"])
            found[section].append(showing(section, shown))
        elif (better := _is_better(one)) is not None:
            section = "wins" if better else "concerns"
            text = f"{one.label} {'rose' if _rose(one) else 'fell'}"
            found[section].append(WireClaim(section=section, text=text, metric_ids=[one.id]))
    return found


_HARDLY = 20
"""A change of less than a twentieth is none."""


def _is_better(one: Metric) -> bool | None:
    """None when it hardly moved, when either period is not known, or when neither way is good news."""
    if one.value is None or one.previous is None or one.good is None:
        return None
    if abs(one.value - one.previous) * _HARDLY <= abs(one.previous):
        return None
    return _rose(one) == (one.good == "up")


def _rose(one: Metric) -> bool:
    return one.value is not None and one.previous is not None and one.value > one.previous


def _mixed(moved: Sequence[WireClaim], spoken: Sequence[WireClaim]) -> Iterator[WireClaim]:
    """What was said and what was counted, in turn: a summary has both."""
    for said, counted in zip_longest(spoken, moved):
        yield from (one for one in (said, counted) if one is not None)


def _ask(pack: Pack) -> Iterator[WireClaim]:
    """What they said they would do and have not yet: the soonest due first."""
    theirs = [one for one in pack.promises if one.by == "them" and one.state in ("open", "missed")]
    for one in sorted(theirs, key=lambda one: (one.due_on is None, one.due_on or pack.today))[:2]:
        yield WireClaim(section="ask", evidence_ids=[one.evidence_id], quote=one.quote)


def _spoken(pack: Pack) -> _Claims:
    """What the record says, word for word: in each section the best that the customer may see, and the best of all."""
    points = [one for one in ranked(pack) if one.score >= _LEAST and not _says_little(one)]
    safe = [one for one in points if one.evidence.visibility == "client-safe"]
    internal = {one.key for one in SECTIONS if one.internal}
    said: list[Point] = []
    claims: _Claims = {}
    for section, room, topics in _CHAPTERS:
        found = [] if section in internal else chosen(safe, room, topics=topics, without=said)
        found += chosen(points, room, topics=topics, without=[*said, *found])
        said += found
        claims[section] = [quoting(section, one) for one in sorted(found, key=lambda one: -one.score)]
    return claims


def _says_little(one: Point) -> bool:
    """What stands elsewhere; what we wrote to them, which says what we said and not how they are; a bare subject."""
    if one.evidence.kind in _OWN:
        return True
    subject, _, rest = one.evidence.text.partition("\n")
    letter = one.evidence.kind in ("email", "message") and one.evidence.visibility == "client-safe"
    is_ours = letter and not one.evidence.is_external
    return is_ours or (bool(rest) and one.sentence == subject)
