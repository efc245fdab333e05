"""What skills have in common that look at an account over some days: gathering, and filling sections by topic."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import NamedTuple

from skills.compose import Point, Topic, chosen, quoting, ranked, showing
from skills.contract import Facts, Frozen, Pack, Period, Promised, WireClaim, WireDraft


class Days(Frozen):
    """How far back to look."""

    days: int = 90


def gathered(facts: Facts, days: int) -> Pack:
    """Everything of the last so many days, today included."""
    period = Period(start=facts.today - timedelta(days=days - 1), end=facts.today, label=f"the last {days} days")
    subject = facts.subject()
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


class Part(NamedTuple):
    """How a section is filled without a model: by points on these topics (None: any that are left), by figures of
    these keys, by promises in these states (of `by`, or of both)."""

    section: str
    room: int = 4
    topics: Collection[Topic] | None = ()
    metrics: Sequence[str] = ()
    states: Collection[str] = ()
    by: str | None = None
    kinds: Collection[str] | None = None


def filled(pack: Pack, parts: Sequence[Part]) -> WireDraft:
    """Each part in turn; what one has said the next ones leave out. Parts that take anything take what is left."""
    points = [one for one in ranked(pack) if one.evidence.kind != "promise"]  # those have parts of their own
    said: list[Point] = []
    claims: dict[str, list[WireClaim]] = {}
    for part in sorted(parts, key=lambda one: one.topics is None and one.kinds is None):
        fixed = [*_figures(pack, part), *_promises(pack, part)][: part.room]
        able = points if part.kinds is None else [one for one in points if one.evidence.kind in part.kinds]
        topics = part.topics
        found = chosen(able, part.room - len(fixed), topics=topics, without=said) if topics != () else []
        said += found
        claims[part.section] = [*fixed, *(quoting(part.section, one) for one in found)]
    return WireDraft(claims=[claim for part in parts for claim in claims[part.section]])


def _figures(pack: Pack, part: Part) -> list[WireClaim]:
    found = {one.key: one for one in pack.metrics if one.value is not None}
    return [showing(part.section, found[key]) for key in part.metrics if key in found]


def _promises(pack: Pack, part: Part) -> list[WireClaim]:
    """Missed and late ones first, then by day."""
    order = {"missed": 0, "late": 1, "open": 2, "kept": 3, "cancelled": 4}
    wanted = [one for one in pack.promises if one.state in part.states and part.by in (None, one.by)]

    def place(one: Promised) -> tuple[bool, int, bool, str]:
        overdue = one.state == "open" and one.due_on is not None and one.due_on < pack.today
        return not overdue, order[one.state], one.due_on is None, str(one.due_on)

    return [
        WireClaim(section=part.section, evidence_ids=[one.evidence_id], quote=one.quote)
        for one in sorted(wanted, key=place)
    ]
