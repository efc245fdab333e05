"""The record of one account as a skill reads it: evidence, figures, promises, and what is missing.

Who may see what is decided here, row by row, and an unmarked row is internal. What a row says is a skill's to choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property

from bot.domain.days import written
from bot.domain.ids import id_text
from bot.domain.qbr.promises import fate
from bot.services.qbr import figures
from bot.services.qbr.gather import Gathered
from bot.services.skills.origins import origin_of
from bot.storage.database import AnyRow
from skills.contract import EXTERNAL, Evidence, Metric, Origin, Period, Promised, Subject, Visibility

_URGENCY = {"urgent": 5, "high": 4, "medium": 2, "low": 1}
_LEVELS = (
    (4, ("ceo", "cfo", "cto", "cio", "coo", "chief", "founder", "geschäftsführ")),
    (3, ("vp", "vice president", "director", "head of", "leiter")),
    (2, ("manager", "lead")),
)


@dataclass(frozen=True)
class Row:
    """Evidence before it has its place: the newest is "E1"."""

    entity: str
    kind: str
    at: datetime
    who: str | None
    origin: Origin
    visibility: Visibility
    text: str
    permalink: str | None = None
    severity: int = 0
    seniority: int = 0


@dataclass(frozen=True)
class AccountFacts:
    """`skills.contract.Facts` over what was gathered. Its period is the one that was gathered for."""

    found: Gathered

    @property
    def today(self) -> date:
        return self.found.day(self.found.now)

    @cached_property
    def period(self) -> Period:
        this = self.found.period.this
        return Period(start=this.first, end=this.last, label=self.found.period.words)

    def subject(self) -> Subject:
        return Subject(
            account_id=id_text(self.found.account_id), name=self.found.name, known_names=self.found.names
        )  # fmt: skip

    def metrics(self, _period: Period) -> tuple[Metric, ...]:
        return self._metrics

    def evidence(self, _period: Period) -> tuple[Evidence, ...]:
        return self._evidence

    def promises(self, _period: Period) -> tuple[Promised, ...]:
        by_entity = {one.entity_id: one for one in self._evidence if one.kind == "promise"}
        last = self.found.period.this.last
        return tuple(
            Promised(
                evidence_id=by_entity[id_text(row.id)].id, quote=by_entity[id_text(row.id)].text, by=row.by,
                owner=row.owner, due_on=row.due_on, kept_on=row.kept_on, state=_state(row, last),
                visibility=_promise_visibility(row),
            )
            for row in self.found.promises
            if id_text(row.id) in by_entity
        )  # fmt: skip

    def missing(self, _period: Period) -> tuple[str, ...]:
        return tuple(missing(self.found))

    @cached_property
    def _metrics(self) -> tuple[Metric, ...]:
        return figures.metrics(self.found)

    @cached_property
    def _evidence(self) -> tuple[Evidence, ...]:
        subject = id_text(self.found.account_id)
        rows = sorted(rows_of(self.found), key=lambda one: (one.at, one.entity), reverse=True)
        return tuple(
            Evidence(
                id=f"E{place}", account_id=subject, entity_id=one.entity, kind=one.kind, at=one.at, who=one.who,
                origin=one.origin, visibility=one.visibility, text=one.text, permalink=one.permalink,
                severity=one.severity, seniority=one.seniority,
            )
            for place, one in enumerate(rows, 1)
        )  # fmt: skip


def rows_of(found: Gathered) -> Iterator[Row]:
    """Every text of the period that may be quoted, in no order."""
    yield from said_in(found, found.interactions)
    first = found.period.this.first
    for row in found.tickets:
        if row.subject and found.day(row.opened_at) >= first:
            severity = _URGENCY.get(row.priority or "", 0)
            yield Row(id_text(row.id), "ticket", row.opened_at, None, "import", "internal", row.subject, None, severity)
    for row in found.answers:
        if row.comment and found.day(row.at) >= first:
            level = seniority(row.title)
            yield Row(
                id_text(row.id), "survey", row.at, row.person, "customer", "internal", row.comment, seniority=level
            )
    yield from _promises(found)
    yield from _outcomes(found)


def said_in(found: Gathered, interactions: Iterable[AnyRow]) -> Iterator[Row]:
    """The texts of conversations; those without words have none."""
    levels = {one.name: seniority(one.title) for one in found.people}
    for row in interactions:
        text = "\n".join(dict.fromkeys(part for part in (row.subject, row.text) if part))
        if text:
            yield Row(
                id_text(row.id), row.kind, row.at, _who(found, row), origin_of(row),
                "client-safe" if row.visibility == "client-safe" else "internal", text, row.permalink,
                seniority=_highest(levels, row.people),
            )  # fmt: skip


def _promises(found: Gathered) -> Iterator[Row]:
    for row in found.promises:
        made = row.made_on or row.due_on
        if made is not None and made <= found.period.this.last:
            who = row.owner if row.by == "us" else found.name
            yield Row(
                id_text(row.id), "promise", _morning(made), who, "team", _promise_visibility(row), row.quote,
                row.permalink,
            )  # fmt: skip


def _outcomes(found: Gathered) -> Iterator[Row]:
    for row in found.plan.outcomes:
        if row.reached_on is not None and found.period.this.first <= row.reached_on <= found.period.this.last:
            safe = row.visibility == "client-safe" and row.confirmed_on is not None
            visibility: Visibility = "client-safe" if safe else "internal"
            yield Row(id_text(row.id), "outcome", _morning(row.reached_on), None, "team", visibility, row.what)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _promise_visibility(row: AnyRow) -> Visibility:
    """What was promised was said to the customer or by them, unless somebody marked it."""
    return "internal" if row.visibility == "internal" else "client-safe"


def _who(found: Gathered, row: AnyRow) -> str | None:
    """Who wrote it: of the customer's words one of theirs, else the author among us."""
    if origin_of(row) in EXTERNAL:
        return row.people or None
    author = found.authors.get(row.author_id) if row.author_id is not None else None
    return " with ".join(part for part in (author, row.people) if part) or None


def _highest(levels: Mapping[str, int], people: str | None) -> int:
    return max((level for name, level in levels.items() if people and name in people), default=0)


def seniority(title: str | None) -> int:
    """4 for the C-level, 3 for directors, 2 for managers, 1 for others with a title; 0 is unknown."""
    words = f" {(title or '').casefold()} "
    if not words.strip():
        return 0
    return next((level for level, marks in _LEVELS if any(mark in words for mark in marks)), 1)


def _state(row: AnyRow, last: date) -> str:
    became = fate(row.status, row.due_on, row.kept_on, last)
    return "cancelled" if became == "dropped" else became


def missing(found: Gathered) -> Iterator[str]:
    """What the record lacks, each with what would fill it."""
    this = found.period.this
    if found.usage is None:
        yield "No usage is recorded: import usage with what was bought to show adoption."
    elif any(month.value is None for month in found.usage.months if this.first <= month.first <= this.last):
        yield f"{found.usage.words} are not measured in every month of the period."
    elif found.usage.newest is None:
        yield f"What was bought of {found.usage.words.lower()} is not known: add the entitlement to the usage import."
    if found.state.tickets is None and not found.tickets:
        yield "No ticket desk is known for this account: service is not reported, which is not the same as no tickets."
    yield from _silence(found)
    yield from _unplanned(found)
    if found.subsidiaries:
        count = found.subsidiaries
        yield f"{count} {'subsidiary is' if count == 1 else 'subsidiaries are'} not in these figures: review each one."
    if not any(one.left_on is None and one.active for one in found.people):
        yield "Nobody is known on the customer's side: add their contacts."


def _silence(found: Gathered) -> Iterator[str]:
    if not found.interactions:
        last = f"the last one is of {written(found.day(found.said_at))}" if found.said_at else "nor before"
        yield f"No conversation is recorded in {found.period.words}, {last}."
    if found.answered_at is None:
        yield "No survey was ever answered: satisfaction is not known."
    elif found.day(found.answered_at) < found.period.this.first:
        yield f"No survey since {written(found.day(found.answered_at))}: satisfaction of this period is not known."


def _unplanned(found: Gathered) -> Iterator[str]:
    plan = found.plan
    if not plan.objectives:
        yield "No objective is written down: agree with the customer what success means (/account plan)."
    elif not any(one.agreed_on for one in plan.objectives):
        yield "No objective is agreed with the customer, so none stands in their copy."
    if not plan.outcomes:
        yield "No outcome is written down: without what it brought there is no return to show."
    elif not figures.agreed_outcomes(found):
        yield "No outcome with an amount is confirmed by the customer, so no value is summed up."
    if found.last_review is None:
        yield "No earlier review was approved here: promises are taken from the record alone."
