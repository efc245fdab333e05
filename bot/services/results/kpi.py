"""A figure with everything that defends it, the rows behind it, and the list of figures there are."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from bot.services.results.base import AccountId, Result


class KpiPart(Result):
    name: str
    value: Decimal | None
    unit: str
    shown: str


class KpiLeftOut(Result):
    count: int
    why: str


class KpiFigure(Result):
    """One figure; of revenue there is one for each currency. Without a `value`, `note` says why it is not available.

    Nothing is rounded but `shown`.
    """

    value: Decimal | None
    unit: str
    shown: str
    numerator: Decimal | None
    denominator: Decimal | None
    counted: int
    counted_what: str
    parts: tuple[KpiPart, ...]
    left_out: tuple[KpiLeftOut, ...]
    note: str
    currency: str | None = None


class KpiRow(Result):
    """A row behind a figure: whose, and what it says."""

    account_id: AccountId | None
    account: str | None
    text: str


class KpiAnswer(Result):
    """`first` to `last` are the days of the period; revenue compares the close of the day before it with its last day.

    `rows` are filled when they were asked for (`page` 0: they were not). `account_id` is set where the scope is one
    account.
    """

    kpi: str
    name: str
    scope: str
    period: str
    first: date
    last: date
    figures: tuple[KpiFigure, ...]
    definition: str
    version: str
    source: str
    notes: tuple[str, ...]
    rows: tuple[KpiRow, ...] = ()
    page: int = 0
    pages: int = 0
    total_rows: int = 0
    account_id: AccountId | None = None
    as_of: datetime


class KpiPicture(Result):
    """A figure over time, drawn. `alt` says in words what the picture shows."""

    name: str
    title: str
    png: bytes
    alt: str
    width: int
    height: int


class KpiChart(Result):
    """Money has a picture for each currency."""

    kpi: str
    name: str
    scope: str
    pictures: tuple[KpiPicture, ...]
    version: str
    notes: tuple[str, ...]
    account_id: AccountId | None = None
    as_of: datetime


class KpiFile(Result):
    """Figures as a file; `account_ids` are those that it names."""

    name: str
    title: str
    content: bytes
    account_ids: tuple[AccountId, ...] = ()


class KpiEntry(Result):
    kpi: str
    name: str
    also: tuple[str, ...]
    definition: str
    version: str
    needs: str


class KpiList(Result):
    entries: tuple[KpiEntry, ...]
