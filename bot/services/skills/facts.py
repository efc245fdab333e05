"""What a skill may read of one account: the port `skills.contract.Facts` over the database.

Read in one look, for an audience that sees internal data; what is client-safe is marked, row by row, and an unmarked
row is internal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.days import written
from bot.domain.ids import id_text
from bot.services.qbr.facts import seniority
from bot.services.results import AccountCard
from bot.services.skills.metrics import metrics_of
from bot.services.skills.origins import origin_of
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts, qbr
from skills.contract import Evidence, Metric, Origin, Period, Promised, Subject, Visibility

_PRIORITY = {"urgent": 4, "high": 3, "medium": 2, "low": 1}


class _Row(NamedTuple):
    kind: str
    entity_id: str
    at: datetime
    who: str | None
    origin: Origin
    visibility: Visibility
    text: str
    permalink: str | None = None
    severity: int = 0
    seniority: int = 0


class AccountFacts:
    """The facts of the account of a card. Whoever makes one has checked that its audience sees internal data."""

    def __init__(self, reader: Reader, account_id: int, card: AccountCard, today: date, zone: ZoneInfo) -> None:
        self._reader, self._account_id, self._card, self._zone = reader, account_id, card, zone
        self._today = today
        self._people = accounts.people(reader, [account_id]).get(account_id, [])
        self._evidence_of = lru_cache(maxsize=4)(self._evidence)

    @property
    def today(self) -> date:
        return self._today

    def subject(self) -> Subject:
        owner = [self._card.owner.name] if self._card.owner is not None else []
        parent = [self._card.parent] if self._card.parent else []
        names = [*self._card.also_known_as, *owner, *parent, *(row.name for row in self._people)]
        return Subject(account_id=self._card.id, name=self._card.name, known_names=tuple(dict.fromkeys(names)))

    def metrics(self, period: Period) -> tuple[Metric, ...]:
        return metrics_of(self._card, self._today) if self._today in period else ()

    def evidence(self, period: Period) -> tuple[Evidence, ...]:
        return self._evidence_of(period.start, period.end)[0]

    def promises(self, period: Period) -> tuple[Promised, ...]:
        return self._evidence_of(period.start, period.end)[1]

    def missing(self, period: Period) -> tuple[str, ...]:
        talked = any(one.kind not in ("signal", "promise", "ticket") for one in self.evidence(period))
        silence = () if talked else (f"No conversation is recorded in {period.label}.",)
        return (*silence, *self._card.not_checked)

    def _evidence(self, start: date, end: date) -> tuple[tuple[Evidence, ...], tuple[Promised, ...]]:
        since, until = self._instant(start), self._instant(end + timedelta(days=1))
        promised = [row for row in qbr.promises(self._reader, self._account_id, start) if row.quote]
        rows = sorted(
            [
                *self._signals(),
                *self._conversations(since, until),
                *self._tickets(since, until),
                *self._answers(since, until),
                *(self._promise(row) for row in promised),
            ],
            key=lambda row: (row.at, row.entity_id),
            reverse=True,
        )
        made = tuple(
            Evidence(id=f"E{number}", account_id=self._card.id, **row._asdict())
            for number, row in enumerate(rows, start=1)
        )
        by_row = {one.entity_id: one for one in made if one.kind == "promise"}
        return made, tuple(self._promised(row, by_row[id_text(row.id)]) for row in promised)

    def _instant(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone).astimezone(UTC)

    def _conversations(self, since: datetime, until: datetime) -> Iterator[_Row]:
        levels = [(row.name, seniority(row.title)) for row in self._people]
        names = qbr.authors(self._reader, self._account_id, since, until)
        for row in qbr.interactions(self._reader, self._account_id, since, until):
            text = row.text or row.subject  # a subject is a title: it says little beside a text
            if text:
                level = max((level for name, level in levels if row.people and name in row.people), default=0)
                visibility: Visibility = "client-safe" if row.visibility == "client-safe" else "internal"
                origin, who = origin_of(row), _who(row, names.get(row.author_id))
                yield _Row(
                    row.kind, id_text(row.id), row.at, who, origin, visibility, text, row.permalink, seniority=level
                )

    def _tickets(self, since: datetime, until: datetime) -> Iterator[_Row]:
        for row in qbr.tickets(self._reader, self._account_id, since, until):
            if row.subject:
                severity = min(5, _PRIORITY.get(row.priority or "", 1) + bool(row.escalated))
                solved = row.status == "solved"
                yield _Row(
                    "ticket", id_text(row.id), row.opened_at, "solved" if solved else "open",
                    "customer", "client-safe", row.subject, severity=0 if solved else severity,
                )  # fmt: skip

    def _answers(self, since: datetime, until: datetime) -> Iterator[_Row]:
        for row in qbr.answers(self._reader, self._account_id, since, until):
            if row.comment:
                who = f"{row.person or 'Somebody'}, {row.kind.upper()} {row.score.normalize():f} of {row.scale_max}"
                yield _Row(
                    "survey", id_text(row.id), row.at, who, "customer", "internal", row.comment,
                    seniority=seniority(row.title),
                )  # fmt: skip

    def _signals(self) -> Iterator[_Row]:
        for place, risk in enumerate(self._card.risks):
            entity = f"{self._card.id}.{risk.kind}.{place}"
            yield _Row(
                "signal", entity, self._card.as_of, "Steward", "team", "internal", risk.sentence,
                severity=risk.severity,
            )  # fmt: skip

    def _promise(self, row: AnyRow) -> _Row:
        day = row.made_on or row.due_on or self._today
        who = row.owner or ("Us" if row.by == "us" else self._card.name)
        standing = f"{who}, {_due(row, self._today)}"
        return _Row(
            "promise", id_text(row.id), self._instant(day), standing, "team", _safe(row), row.quote, row.permalink
        )

    def _promised(self, row: AnyRow, evidence: Evidence) -> Promised:
        return Promised(
            evidence_id=evidence.id,
            quote=evidence.text,
            by=row.by,
            owner=row.owner,
            due_on=row.due_on,
            kept_on=row.kept_on,
            state=_state(row, self._today),
            visibility=evidence.visibility,
        )


def _due(row: AnyRow, today: date) -> str:
    """How a promise stands: "due 3 Mar 2026, overdue"."""
    state = _state(row, today)
    if row.kept_on is not None:
        return f"kept {written(row.kept_on)}"
    if row.due_on is None:
        return "no day set"
    return f"due {written(row.due_on)}{', overdue' if state == 'missed' else ''}"


def _safe(row: AnyRow) -> Visibility:
    """What was promised was said to the customer or by them, unless somebody marked it."""
    return "internal" if row.visibility == "internal" else "client-safe"


def _state(row: AnyRow, today: date) -> Any:
    if row.status != "open":
        late = row.status == "kept" and row.due_on is not None and row.kept_on is not None and row.kept_on > row.due_on
        return "late" if late else row.status
    return "missed" if row.due_on is not None and row.due_on < today else "open"


def _who(row: AnyRow, author: str | None) -> str | None:
    if origin_of(row) in ("customer", "external"):
        return row.people or "the customer"
    return " with ".join(part for part in (author, row.people) if part) or None
