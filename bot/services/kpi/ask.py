"""One figure, with everything that defends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.audience import Audience
from bot.domain.kpi.base import Kpi
from bot.domain.kpi.catalogue import AHEAD, CATALOGUE, Entry, Key, entry_called
from bot.domain.kpi.period import Period
from bot.domain.policy import KpiPolicy
from bot.services.errors import BadInput
from bot.services.kpi.asked import period_of, split, whose
from bot.services.kpi.evidence import Pages, evidence
from bot.services.kpi.figures import Sheet, figures
from bot.services.lookup import require_internal
from bot.services.results import KpiAnswer, KpiEntry, KpiFigure, KpiLeftOut, KpiList, KpiPart
from bot.storage.database import Database

_NO_ROWS = Pages((), 0, 0, 0)


@dataclass(frozen=True, slots=True)
class KpiQuestion:
    """`scope` and `period` as typed. `rest` is both together, to be told apart. `page` 0 asks for no rows."""

    name: str
    scope: str | None = None
    period: str | None = None
    rest: str | None = None
    page: int = 0


def kpi(
    database: Database, audience: Audience, asked: KpiQuestion, policy: KpiPolicy, now: datetime, zone: ZoneInfo
) -> KpiAnswer:
    """The figure for a scope over a period. Raises BadInput for a name, scope or period that says nothing to us."""
    entry = entry_called(asked.name)
    if entry is None:
        raise BadInput(f"No figure is called {asked.name!r}. There are {', '.join(one.key for one in CATALOGUE)}.")
    today = now.astimezone(zone).date()
    scope, days = (asked.scope, asked.period) if asked.rest is None else split(asked.rest.split(), today)
    ahead = entry.key in AHEAD
    period = period_for(entry.key, days, today)
    require_internal(audience)
    with database.reading(audience) as reader:
        about = whose(reader, audience, scope)
        sheet = Sheet(reader, about, period, policy, zone)
        found = figures(sheet, entry.key)
        rows = evidence(sheet, entry.key, asked.page) if asked.page else _NO_ROWS
    return KpiAnswer(
        kpi=entry.key, name=entry.definition.name, scope=about.words,
        period=period.words.removesuffix(" to date") if ahead else period.words, first=period.first,
        last=period.until if ahead else period.last, figures=tuple(_figure(one) for one in found),
        definition=entry.definition.formula,
        version=entry.definition.version, source=entry.definition.source,
        notes=(about.note,) if about.note else (), rows=rows.rows, page=rows.page, pages=rows.pages,
        total_rows=rows.total, account_id=about.account, as_of=now,
    )  # fmt: skip


def period_for(key: Key, days: str | None, today: date) -> Period:
    """The days that were asked for, else those that a figure is usually about: what looks ahead the current quarter."""
    return period_of(days or ("this quarter" if key in AHEAD else None), today)


def kpi_list(audience: Audience) -> KpiList:
    """Everything there is to ask for."""
    require_internal(audience)
    return KpiList(entries=tuple(_entry(one) for one in CATALOGUE))


def _entry(one: Entry) -> KpiEntry:
    definition = one.definition
    return KpiEntry(
        kpi=one.key, name=definition.name, also=one.also, definition=definition.formula, version=definition.version,
        needs=one.from_rows,
    )  # fmt: skip


def _figure(one: Kpi) -> KpiFigure:
    return KpiFigure(
        value=one.value, unit=one.unit, shown=one.shown, numerator=one.numerator, denominator=one.denominator,
        counted=one.counted, counted_what=one.counted_what,
        parts=tuple(
            KpiPart(name=part.name, value=part.value, unit=part.unit, shown=part.shown)
            for part in one.parts
        ),
        left_out=tuple(KpiLeftOut(count=left.count, why=left.why) for left in one.left_out),
        note=one.note, currency=one.currency or None,
    )  # fmt: skip
