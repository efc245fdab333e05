"""Answers that have a series, drawn: a figure over twelve months, renewals by month, an account's usage by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from bot.charts.trend import Line, Shape, Trend, trend
from bot.domain.asking import queries as q
from bot.domain.asking.spans import Span
from bot.domain.days import MONTHS
from bot.domain.ids import id_text
from bot.domain.kpi.base import NO_CURRENCY, SCORE
from bot.domain.terms import add_months
from bot.services.asking import lists
from bot.services.asking.figures import scope_of
from bot.services.asking.ground import Ground, span
from bot.services.errors import BadInput
from bot.services.kpi.ask import KpiQuestion
from bot.services.kpi.chart import kpi_chart
from bot.services.results import KpiPicture
from bot.services.results.asking import Drawn
from bot.storage.database import Reader
from bot.storage.queries import accounts as queries

_SPAN: Final = "12 months"
_MONTHS: Final = 13
_MOST_MONTHS: Final = 36
_MOST_PICTURES: Final = 3
_ALL: Final = 100_000


def charted(ground: Ground, asked: q.Question, account: tuple[int, str] | None) -> Drawn:
    """The answer's series as pictures. Raises BadInput where it has none, or nothing is known for it."""
    match asked:
        case q.Metric():
            name = account[1] if account is not None else None
            question = KpiQuestion(asked.kpi, scope=scope_of(asked, name), period=_SPAN)
            made = kpi_chart(
                ground.database, ground.audience, question, ground.policies.kpi, ground.now, ground.zone
            )  # fmt: skip
            ids = (id_text(account[0]),) if account is not None else ()
            return Drawn(
                title=made.name, below=made.scope, pictures=made.pictures, notes=made.notes, account_ids=ids
            )  # fmt: skip
        case q.Renewals():
            with ground.database.reading(ground.audience) as reader:
                return _renewals(reader, ground, asked)
        case q.Usage() if account is not None:
            with ground.database.reading(ground.audience) as reader:
                return _usage(reader, ground, *account)
    raise BadInput("This answer has no series to draw. Figures, renewals and the usage of one account have.")


def _renewals(reader: Reader, ground: Ground, asked: q.Renewals) -> Drawn:
    """What comes up for renewal in each month: the yearly value, a picture for each currency."""
    found = lists.renewals(reader, replace(ground, shown=_ALL), asked)
    days = [row.on for row in found.rows if row.on is not None]
    if not days:
        raise BadInput("Nothing renews then, so there is nothing to draw.")
    asked_for = span(ground, asked.when, "ahead") if asked.when else Span(None, None)
    months = _months(min(days) if asked_for.first is None else asked_for.first, asked_for.last or max(days))
    sums: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in found.rows:
        for one in row.arr:
            if row.on is not None:
                sums[one.currency][row.on.replace(day=1)] += one.amount
    if not sums:
        raise BadInput("No yearly value is known of what renews then, so there is nothing to draw.")
    unknown = sum(1 for row in found.rows if not row.arr)
    largest = sorted(sums, key=lambda code: -sum(sums[code].values()))[:_MOST_PICTURES]
    pictures = tuple(
        _picture(
            f"renewals-{code.lower()}", f"Renewals by month in {_code(code)}", found.understood, code,
            months, [sums[code].get(month, Decimal()) for month in months],
        )
        for code in largest
    )  # fmt: skip
    notes = (f"{unknown:,} without a known yearly value are not drawn",) if unknown else ()
    ids = tuple(dict.fromkeys(row.account_id for row in found.rows if row.account_id is not None))
    return Drawn(
        title="Renewals by month", below=found.understood, pictures=pictures, notes=notes, account_ids=ids
    )  # fmt: skip


def _code(currency: str) -> str:
    return "an unknown currency" if currency == NO_CURRENCY else currency


def _usage(reader: Reader, ground: Ground, account_id: int, name: str) -> Drawn:
    """Of each metric the mean of what was measured in each month; a month without a measure is a gap."""
    first = add_months(ground.today.replace(day=1), 1 - _MONTHS)
    found: dict[str, dict[date, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for row in queries.usage_points(reader, [account_id], first).get(account_id, []):
        if row.feature is None and first <= row.on <= ground.today:
            found[row.metric][row.on.replace(day=1)].append(row.value)
    if not found:
        raise BadInput(f"No usage of {name} is known in the last year, so there is nothing to draw.")
    months = _months(first, ground.today)
    most_told = sorted(found, key=lambda metric: (-len(found[metric]), metric))[:_MOST_PICTURES]
    pictures = tuple(
        _picture(
            f"usage-{number}", f"{_title(metric)} by month", f"{name}, mean of what was measured in each month", "",
            months, [_mean(found[metric].get(month)) for month in months], shape="line",
        )
        for number, metric in enumerate(most_told, 1)
    )  # fmt: skip
    return Drawn(title="Usage by month", below=name, pictures=pictures, account_ids=(id_text(account_id),))


def _title(metric: str) -> str:
    words = metric.replace("_", " ")
    return words[:1].upper() + words[1:]


def _mean(values: Sequence[Decimal] | None) -> Decimal | None:
    return sum(values, Decimal()) / len(values) if values else None


def _months(first: date, last: date) -> list[date]:
    months = [first.replace(day=1)]
    while len(months) < _MOST_MONTHS and (after := add_months(months[-1], 1)) <= last:
        months.append(after)
    return months


def _picture(
    name: str, title: str, below: str, unit: str, months: Sequence[date], values: Sequence[Decimal | None],
    *, shape: Shape = "bars",
) -> KpiPicture:  # fmt: skip
    labels = tuple(f"{MONTHS[month.month - 1]} {month:%y}" for month in months)
    drawn = trend(Trend(title, below, unit or SCORE, labels, (Line("all", tuple(values)),), shape))
    return KpiPicture(
        name=f"{name}.png", title=f"{title}: {below}", png=drawn.png, alt=drawn.alt,
        width=drawn.width, height=drawn.height,
    )  # fmt: skip
