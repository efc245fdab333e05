"""Days reckoned inside a query, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

from bot.storage.types import Day


class _DayAfter(FunctionElement[Any]):
    type = Day()
    inherit_cache = True
    name = "day_after"


class _DaysLater(FunctionElement[Any]):
    type = Day()
    inherit_cache = True
    name = "days_later"


class _Months(FunctionElement[Any]):
    type = sa.Integer()
    inherit_cache = True
    name = "months_of_term"


class _Seconds(FunctionElement[Any]):
    type = sa.Integer()
    inherit_cache = True
    name = "seconds_between"


def _parts(element: FunctionElement[Any], compiler: Any, options: Any) -> list[str]:
    return [compiler.process(part, **options) for part in element.clauses]


@compiles(_DayAfter, "sqlite")
def _day_after_sqlite(element: _DayAfter, compiler: Any, **options: Any) -> str:
    (on,) = _parts(element, compiler, options)
    return f"date({on}, '+1 day')"


@compiles(_DayAfter, "postgresql")
def _day_after_postgresql(element: _DayAfter, compiler: Any, **options: Any) -> str:
    (on,) = _parts(element, compiler, options)
    return f"({on} + 1)"


@compiles(_DaysLater, "sqlite")
def _days_later_sqlite(element: _DaysLater, compiler: Any, **options: Any) -> str:
    on, count = _parts(element, compiler, options)
    return f"date({on}, {count} || ' days')"


@compiles(_DaysLater, "postgresql")
def _days_later_postgresql(element: _DaysLater, compiler: Any, **options: Any) -> str:
    on, count = _parts(element, compiler, options)
    return f"({on} + CAST({count} AS integer))"


@compiles(_Months, "sqlite")
def _months_sqlite(element: _Months, compiler: Any, **options: Any) -> str:
    first, last = _parts(element, compiler, options)
    after = f"date({last}, '+1 day')"
    months = " ".join(
        f"{sign} substr({day}, {at}, {length}) * {factor}"
        for day, sign in ((after, "+"), (first, "-"))
        for at, length, factor in ((1, 4, 12), (6, 2, 1))
    )
    return f"CASE WHEN substr({first}, 9, 2) = substr({after}, 9, 2) THEN {months.removeprefix('+ ')} END"


@compiles(_Months, "postgresql")
def _months_postgresql(element: _Months, compiler: Any, **options: Any) -> str:
    first, last = _parts(element, compiler, options)
    months = " ".join(
        f"{sign} extract({part} FROM {day})::int * {factor}"
        for day, sign in ((f"{last} + 1", "+"), (first, "-"))
        for part, factor in (("year", 12), ("month", 1))
    )
    aligned = f"extract(day FROM {first}) = extract(day FROM {last} + 1)"
    return f"CASE WHEN {aligned} THEN {months.removeprefix('+ ')} END"


@compiles(_Seconds, "sqlite")
def _seconds_sqlite(element: _Seconds, compiler: Any, **options: Any) -> str:
    first, last = _parts(element, compiler, options)
    return f"(CAST(strftime('%s', {last}) AS INTEGER) - CAST(strftime('%s', {first}) AS INTEGER))"


@compiles(_Seconds, "postgresql")
def _seconds_postgresql(element: _Seconds, compiler: Any, **options: Any) -> str:
    first, last = _parts(element, compiler, options)
    return f"(floor(extract(epoch FROM {last}))::bigint - floor(extract(epoch FROM {first}))::bigint)"


def day_after(on: ColumnElement[Any]) -> ColumnElement[Any]:
    return _DayAfter(on)


def days_later(on: ColumnElement[Any], count: int | str) -> ColumnElement[Any]:
    """So many days after a day, before it when negative; a name is a parameter's."""
    number = sa.bindparam(count, type_=sa.Integer()) if isinstance(count, str) else sa.literal(count, sa.Integer())
    return _DaysLater(on, number)


def months_of_term(first: ColumnElement[Any], last: ColumnElement[Any]) -> ColumnElement[Any]:
    """The length of a term from its first to its last day where it is plainly whole months (1 Mar to 31 May); NULL
    where it takes a closer look (31 Jan to 27 Feb)."""
    return _Months(first, last)


def seconds_between(first: ColumnElement[Any], last: ColumnElement[Any]) -> ColumnElement[Any]:
    return _Seconds(first, last)
