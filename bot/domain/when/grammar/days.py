"""Single days: "the day after tomorrow", "Friday next week", "15 March", "end of quarter", "2 weeks from Friday"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.when.readings import Refused

from .amounts import amounts
from .numeric import YEARS, calendar_day, day_month, numeric_days
from .patterns import Row, Slots, matches, table
from .said import Day, Said, period_end, period_start
from .words import MONTHS, WEEKDAYS

Days = Iterator[Day | Refused]
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


def _coming(said: Said, weekday: str) -> date:
    """The first such weekday after today."""
    return said.today + timedelta(days=(WEEKDAYS.index(weekday) - said.today.weekday() - 1) % 7 + 1)


def _weekday(said: Said, slots: Slots) -> Days:
    """Today's name may mean today; which of the two is ahead depends on the time."""
    coming = _coming(said, slots["weekday"])
    if coming == said.today + timedelta(days=7):
        yield Day(said.today)
    yield Day(coming)


def _coming_weekday(said: Said, slots: Slots) -> Days:
    yield Day(_coming(said, slots["weekday"]))


def _this_weekday(said: Said, slots: Slots) -> Days:
    day = _in_week(said, slots["weekday"], 0)
    if day >= said.today:
        yield Day(day)
    else:
        yield Day(day + timedelta(days=7), "That day of this week is over. Is this one meant?")


def _next_weekday(said: Said, slots: Slots) -> Days:
    """The coming one to some, the one of next week to others; on the eve of it a third opinion is a week later."""
    coming = _coming(said, slots["weekday"])
    yield Day(coming)
    yield Day(_in_week(said, slots["weekday"], 1))
    if coming == said.today + _DAY:
        yield Day(coming + timedelta(days=7))


def _weekday_next_week(said: Said, slots: Slots) -> Days:
    yield Day(_in_week(said, slots["weekday"], 1))


def _weekday_in_weeks(said: Said, slots: Slots) -> Days:
    """The one of the week that is so far away, or so long after the coming one."""
    weeks = int(slots["n"])
    yield Day(_in_week(said, slots["weekday"], weeks))
    yield Day(_coming(said, slots["weekday"]) + timedelta(weeks=weeks))


def _in_week(said: Said, weekday: str, weeks: int) -> date:
    return period_start(said.today, "week", weeks) + timedelta(days=WEEKDAYS.index(weekday))


def _weekday_and_date(said: Said, slots: Slots) -> Days:
    for found in _found(_DATES, said, slots["phrase"]):
        if isinstance(found, Refused) or WEEKDAYS[found.day.weekday()] == slots["weekday"]:
            yield found
        else:
            yield Day(found.day, f"{found.day.day} {found.day:%B %Y} is a {found.day:%A}. Is that day meant?")


def _next_business_day(said: Said, _: Slots) -> Days:
    yield Day(said.workdays.next_working(said.today))


def _ordinal_day(said: Said, slots: Slots) -> Days:
    """The 15th: of this month if it is still to come, else of the next month that has one."""
    wanted = int(slots["ordinal"][:-2]) if slots["ordinal"] != "last" else 0
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


def _start(later: int) -> Callable[[Said, Slots], Days]:
    def means(said: Said, slots: Slots) -> Days:
        """The first working day, as nobody names a day that is to be worked on for being free."""
        yield Day(said.workdays.shift(period_start(said.today, slots["period"], later), 0))

    return means


def _end(later: int) -> Callable[[Said, Slots], Days]:
    def means(said: Said, slots: Slots) -> Days:
        if slots["period"] == "week":
            yield Day(_last_working(said, period_end(said.today, "week", later)))
        else:
            yield from _ending(said, period_end(said.today, slots["period"], later))

    return means


def _ending(said: Said, last: date) -> Days:
    """The last day of a period, or the last working day of it: the same, or a question."""
    yield Day(_last_working(said, last))
    yield Day(last)


def _last_working(said: Said, day: date) -> date:
    return said.workdays.previous_working(day + _DAY)


def _end_of_month(said: Said, slots: Slots) -> Days:
    for first in _named_month(said, slots):
        yield from _ending(said, period_end(first, "month"))


def _start_of_quarter(said: Said, slots: Slots) -> Days:
    for first in _quarter(said, slots, lambda first: first > said.today):
        yield Day(said.workdays.shift(first, 0))


def _end_of_quarter(said: Said, slots: Slots) -> Days:
    for first in _quarter(said, slots, lambda first: period_end(first, "quarter") >= said.today):
        yield from _ending(said, period_end(first, "quarter"))


def _quarter(said: Said, slots: Slots, ahead: Callable[[date], bool]) -> Iterator[date]:
    """The first day of a quarter by number: of its year, else of the first year in which it is `ahead`."""
    number, year = int(slots["n"]), int(slots.get("year", said.today.year))
    if 1 <= number <= 4 and year in YEARS:
        first = date(year, 3 * number - 2, 1)
        yield first if "year" in slots or ahead(first) else first.replace(year=year + 1)


def _end_of_year(said: Said, slots: Slots) -> Days:
    if int(slots["year"]) in YEARS:
        yield from _ending(said, date(int(slots["year"]), 12, 31))


def _named_month(said: Said, slots: Slots) -> Iterator[date]:
    """The first day of a month by name: of its year, else of the next one that is not over."""
    month, year = MONTHS.index(slots["month"]) + 1, int(slots.get("year", said.today.year))
    if year in YEARS:
        first = date(year, month, 1)
        is_next = "year" not in slots and period_end(first, "month") < said.today
        yield first.replace(year=year + 1) if is_next else first


def nth(first: date, last: date, ordinal: str, fits: Callable[[date], bool]) -> date | None:
    """The nth day from `first` to `last` that fits, None when there are fewer."""
    fitting = [day for at in range((last - first).days + 1) if fits(day := first + at * _DAY)]
    at = len(fitting) if ordinal == "last" else int(re.sub(r"\D", "", ordinal))
    return fitting[at - 1] if 0 < at <= len(fitting) else None


def _fits(said: Said, slots: Slots) -> Callable[[date], bool]:
    if "weekday" in slots:
        return lambda day: WEEKDAYS[day.weekday()] == slots["weekday"]
    return said.workdays.is_working if "business" in slots else lambda _: True


def _nth_of_next(said: Said, slots: Slots) -> Days:
    first = period_start(said.today, slots["period"], 1)
    if day := nth(first, period_end(first, slots["period"]), slots["ordinal"], _fits(said, slots)):
        yield Day(day)


def _nth_of_month(said: Said, slots: Slots) -> Days:
    for first in _named_month(said, slots):
        if day := nth(first, period_end(first, "month"), slots["ordinal"], _fits(said, slots)):
            yield Day(day)


def _nth_of_this(said: Said, slots: Slots) -> Days:
    """The one of this period, or of the next one when it is past. It may mean every period as well."""
    for later in (0, 1):
        first = period_start(said.today, slots["period"], later)
        day = nth(first, period_end(first, slots["period"]), slots["ordinal"], _fits(said, slots))
        if day and day > said.today:
            yield Day(day, "Once, or every time?")
            return


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
    ("[on|by] [the] {ordinal} [of this month]", _ordinal_day),
    ("on [the] {n}", _number_day),
    ("[on|by] [the] {day} [of] {month} [{year}]", _month_day),
    ("[on|by] {month} [the] {day} [{year}]", _month_day),
    ("[on|by] {date}", _numeric),
)
_TABLE: Table = table(
    ("[by] today", _in(0)),
    ("[on|by] tomorrow", _in(1)),
    ("[the] day after tomorrow", _in(2)),
    ("[on|by] {weekday}", _weekday),
    ("[on|by] [the] [this] coming {weekday}", _coming_weekday),
    ("[on|by] this {weekday}", _this_weekday),
    ("[on|by] next {weekday}", _next_weekday),
    ("[on|by] {weekday} [of] next week", _weekday_next_week),
    ("next week [on] {weekday}", _weekday_next_week),
    ("{weekday} in {n} week", _weekday_in_weeks),
    ("[on|by] {weekday} {phrase}", _weekday_and_date),
    ("[on|by] [the] next business day", _next_business_day),
    ("[on] [the] {ordinal} of {once=the} month", _ordinal_day),
    ("[by] next {period=week|month|quarter}", _start(1)),
    ("[by|at] [the] start of next {period}", _start(1)),
    ("[the] {period=week|month} after next", _start(2)),
    ("[by|at] [the] start of q {n} [{year}]", _start_of_quarter),
    ("[by|at] [the] end of [the|this] {period}", _end(0)),
    ("[by|at] [the] end of next {period}", _end(1)),
    ("[by|at] [the] end of {month} [{year}]", _end_of_month),
    ("[by|at] [the] end of q {n} [{year}]", _end_of_quarter),
    ("[by|at] [the] end of {year}", _end_of_year),
    ("[on|by] [the] {ordinal} [day] [of] next {period=month}", _nth_of_next),
    ("next {period=month} on [the] {ordinal}", _nth_of_next),
    ("[on|by] [the] {ordinal} {weekday} (of|in) next {period=month|quarter|year}", _nth_of_next),
    ("[on|by] [the] {ordinal} {business=business} day (of|in) next {period=month|quarter|year}", _nth_of_next),
    ("[on|by] [the] {ordinal=last} day (of|in) {month} [{year}]", _nth_of_month),
    ("[on|by] [the] {ordinal} {weekday} (of|in) {month} [{year}]", _nth_of_month),
    ("[on|by] [the] {ordinal} {business=business} day (of|in) {month} [{year}]", _nth_of_month),
    ("[on|by] [the] {ordinal} {weekday} (of|in) (the|this) {period=month|quarter|year}", _nth_of_this),
    ("[on|by] [the] {ordinal=1st|last} day of (the|this) {period=month|quarter|year}", _nth_of_this),
    ("{phrase} (from|after) {rest}", _amount_from(1)),
    ("{phrase} before {rest}", _amount_from(-1)),
    ("[the] day after {phrase}", _day_beside(1)),
    ("[the] day before {phrase}", _day_beside(-1)),
    ("[in] {phrase}", _in_amount),
    ("{phrase} from now", _in_amount),
)
