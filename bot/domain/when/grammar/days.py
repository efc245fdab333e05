"""Single days: "the day after tomorrow", "Friday next week", "15 March", "end of quarter", "2 weeks from Friday"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from . import periods, weekdays
from .amounts import amounts
from .numeric import calendar_day, day_month, numeric_days
from .patterns import Row, Slots, matches, table
from .said import Day, Days, Said, period_end, period_start
from .vocabulary import WEEKDAYS

Table = Sequence[Row[Callable[[Said, Slots], Days]]]
_DAY = timedelta(days=1)


def days(said: Said, phrase: str) -> Days:
    """Every day that the phrase may name."""
    yield from _found(_TABLE, said, phrase)
    yield from _found(_DATES, said, phrase)


def _found(rows: Table, said: Said, phrase: str) -> Days:
    for means, slots in matches(rows, phrase):
        yield from means(said, slots)


def _in(count: int) -> Callable[[Said, Slots], Days]:
    def means(said: Said, _: Slots) -> Days:
        yield Day(said.today + count * _DAY)

    return means


def _weekday_and_date(said: Said, slots: Slots) -> Days:
    """A date with its weekday: the two confirm each other, or the question names the weekday that it is."""
    found = list(_found(_DATES, said, slots["phrase"]))
    fitting = [day for day in found if isinstance(day, Day) and WEEKDAYS[day.day.weekday()] == slots["weekday"]]
    yield from (Day(day.day) for day in fitting)
    for day in [] if fitting else found:
        if isinstance(day, Day):
            yield replace(day, doubt=f"{day.day.day} {day.day:%B %Y} is a {day.day:%A}. Is that day meant?")
        else:
            yield day


def _next_business_day(said: Said, _: Slots) -> Days:
    yield Day(said.workdays.next_working(said.today))


def _ordinal_day(said: Said, slots: Slots) -> Days:
    """The 15th: of this month if it is still to come, else of the next month that has one."""
    wanted = int(slots["ordinal"][:-2])
    if not 1 <= wanted <= 31:
        return
    months = [period_start(said.today, "month", later) for later in range(3)]
    found = [day for month in months if (day := calendar_day(month.year, month.month, wanted))]
    if said.today in found:
        yield Day(said.today)
    ahead = next(day for day in found if day > said.today)
    skips = ahead > period_end(said.today, "month", 0 if wanted > said.today.day else 1)
    doubt = f"The next month with a {slots['ordinal']} is {ahead:%B}. Is that meant?" if skips else ""
    yield Day(ahead, doubt or ("Once, or every time?" if "once" in slots else ""), otherwise=said.today in found)


def _number_day(said: Said, slots: Slots) -> Days:
    for found in _ordinal_day(said, {"ordinal": f"{slots['n']}th"}):
        yield replace(found, doubt="Is that day of the month meant?") if isinstance(found, Day) else found


def _month_day(said: Said, slots: Slots) -> Days:
    yield from day_month(said, slots["day"], slots["month"], slots.get("year"))


def _numeric(said: Said, slots: Slots) -> Days:
    yield from numeric_days(said, slots["date"])


def _amount_from(sign: int) -> Callable[[Said, Slots], Days]:
    def means(said: Said, slots: Slots) -> Days:
        for amount in amounts(slots["phrase"]):
            if not amount.seconds:
                for found in days(said, slots["rest"]):
                    if isinstance(found, Day):
                        yield Day(amount.days_from(found.day, said.workdays, sign), found.doubt)

    return means


def _day_beside(sign: int) -> Callable[[Said, Slots], Days]:
    def means(said: Said, slots: Slots) -> Days:
        for found in days(said, slots["phrase"]):
            if isinstance(found, Day) and found.day != said.today + _DAY:  # "the day after tomorrow" has its own row
                yield Day(found.day + sign * _DAY, found.doubt)

    return means


def _in_amount(said: Said, slots: Slots) -> Days:
    for amount in amounts(slots["phrase"]):
        if not amount.seconds:
            yield Day(amount.days_from(said.today, said.workdays))


_DATES: Table = table(
    ("[on|by] [the] {ordinal:number} [of this month]", _ordinal_day),
    ("on [the] {n}", _number_day),
    ("[on|by] [the] {day} [of] {month} [{year}]", _month_day),
    ("[on|by] {month} [the] {day} [{year}]", _month_day),
    ("[on|by] {date}", _numeric),
)
_TABLE: Table = table(
    ("[by] today", _in(0)),
    ("[on|by] tomorrow", _in(1)),
    ("[the] day after tomorrow", _in(2)),
    ("[on|by] {weekday}", weekdays.weekday),
    ("[on|by] [the] [this] coming {weekday}", weekdays.coming_weekday),
    ("[on|by] this {weekday}", weekdays.this_weekday),
    ("[on|by] next {weekday}", weekdays.next_weekday),
    ("[on|by] {weekday} [of] next week", weekdays.weekday_next_week),
    ("next week [on] {weekday}", weekdays.weekday_next_week),
    ("{weekday} in {n} week", weekdays.weekday_in_weeks),
    ("[on|by] {weekday} {phrase}", _weekday_and_date),
    ("[on|by] [the] next business day", _next_business_day),
    ("[on] [the] {ordinal:number} of {once=the} month", _ordinal_day),
    ("[by] next {period=week|month|quarter}", periods.start(1)),
    ("[by|at] [the] start of next {period}", periods.start(1)),
    ("[the] {period=week|month} after next", periods.start(2)),
    ("[by|at] [the] start of q {n} [{year}]", periods.start_of_quarter),
    ("[by|at] [the] end of [the|this] {period}", periods.end(0)),
    ("[by|at] [the] end of next {period}", periods.end(1)),
    ("[by|at] [the] end of {month} [{year}]", periods.end_of_month),
    ("[by|at] [the] end of q {n} [{year}]", periods.end_of_quarter),
    ("[by|at] [the] end of {year}", periods.end_of_year),
    ("[on|by] [the] {ordinal:number} [day] [of] next {period=month}", periods.nth_of_next),
    ("[on|by] [the] {ordinal=last} day of next {period=month|quarter|year}", periods.nth_of_next),
    ("next {period=month} on [the] {ordinal:number}", periods.nth_of_next),
    ("[on|by] [the] {ordinal} {weekday} (of|in) next {period=month|quarter|year}", periods.nth_of_next),
    ("[on|by] [the] {ordinal} {business=business} day (of|in) next {period=month|quarter|year}", periods.nth_of_next),
    ("[on|by] [the] {ordinal=last} day (of|in) {month} [{year}]", periods.nth_of_month),
    ("[on|by] [the] {ordinal} {weekday} (of|in) {month} [{year}]", periods.nth_of_month),
    ("[on|by] [the] {ordinal} {business=business} day (of|in) {month} [{year}]", periods.nth_of_month),
    ("[on|by] [the] {ordinal} {weekday} (of|in) (the|this) {period=month|quarter|year}", periods.nth_of_this),
    ("[on|by] [the] {ordinal=1st|last} day of (the|this) {period=month|quarter|year}", periods.nth_of_this),
    ("{phrase} (from|after) {rest}", _amount_from(1)),
    ("{phrase} before {rest}", _amount_from(-1)),
    ("[the] day after {phrase}", _day_beside(1)),
    ("[the] day before {phrase}", _day_beside(-1)),
    ("[in] {phrase}", _in_amount),
    ("{phrase} from now", _in_amount),
)
