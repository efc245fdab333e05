"""Repetitions: "every other Tuesday", "monthly on the 31st", "last business day of the quarter".

A rule that names its days begins on the first of them; every other Tuesday, said on a Wednesday, is the next Tuesday
and then every second one. A rule that names none ("every 2 weeks") begins one interval from now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.domain.when.recurrence import last_day_if_shorter, yearly_on

from .numeric import calendar_day
from .patterns import Slots, matches, table
from .said import Said
from .vocabulary import MONTHS, WEEKDAYS

_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MOST = {"DAILY": 366, "WEEKLY": 52, "MONTHLY": 24, "YEARLY": 10}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule without its beginning.

    `step` is the interval of a rule that names no days of its own. `doubt` is a question to ask although the rule may
    be the only reading.
    """

    text: str
    step: relativedelta | None = None
    workdays_only: bool = False
    doubt: str = ""

    def on(self, day: date) -> Rule:
        """The rule that repeats `day`, for one that names no days of its own."""
        if "FREQ=WEEKLY" in self.text:
            return replace(self, text=f"{self.text};BYDAY={_CODES[day.weekday()]}")
        if "FREQ=MONTHLY" in self.text:
            return replace(self, text=f"{self.text};{last_day_if_shorter(day.day)}")
        if "FREQ=YEARLY" in self.text:
            return replace(self, text=self.text.replace("FREQ=YEARLY", yearly_on(day.month, day.day)))
        return self


Rules = Iterator[Rule]


def rules(said: Said, phrase: str) -> Rules:
    """Every rule that the phrase may name."""
    for means, slots in matches(_TABLE, phrase):
        yield from means(said, slots)


def _every(frequency: str, slots: Slots) -> str | None:
    """The rule's frequency with the interval that is said, None for one that nobody means."""
    interval = 2 if "other" in slots else int(re.sub(r"\D", "", slots.get("n", slots.get("nth", "1"))))
    if not 1 <= interval <= _MOST[frequency]:
        return None
    return f"FREQ={frequency}{f';INTERVAL={interval}' if interval > 1 else ''}"


def _step(frequency: str) -> Callable[[Said, Slots], Rules]:
    units = {"DAILY": "days", "WEEKLY": "weeks", "MONTHLY": "months", "YEARLY": "years"}

    def means(_: Said, slots: Slots) -> Rules:
        if every := _every(frequency, slots):
            interval = int(every.partition("INTERVAL=")[2] or 1)
            is_daily = every == "FREQ=DAILY"  # names its days: all of them
            yield Rule(every, None if is_daily else relativedelta(**{units[frequency]: interval}))  # type: ignore[arg-type]

    return means


def _on_weekdays(_: Said, slots: Slots) -> Rules:
    if every := _every("WEEKLY", slots):
        yield Rule(f"{every};BYDAY={','.join(sorted(_codes(slots['weekdays']), key=_CODES.index))}")


def _codes(words: str) -> set[str]:
    return {_CODES[WEEKDAYS.index(word)] for word in words.split() if word in WEEKDAYS}


def _range(_: Said, slots: Slots) -> Rules:
    first, last = WEEKDAYS.index(slots["weekday"]), WEEKDAYS.index(slots["last"])
    weekly = _weekly((first + at) % 7 for at in range((last - first) % 7 + 1))
    # "Monday to Friday" is a week; "Monday to Wednesday" may be three days of this one.
    yield weekly if "every" in slots or (first, last) == (0, 4) else replace(weekly, doubt="Every week?")


def _weekdays(_: Said, __: Slots) -> Rules:
    yield _weekly(range(5))


def _business_days(said: Said, _: Slots) -> Rules:
    yield replace(_weekly(said.workdays.week), workdays_only=True)


def _weekly(weekdays: Iterator[int] | range | frozenset[int]) -> Rule:
    return Rule(f"FREQ=WEEKLY;BYDAY={','.join(_CODES[at] for at in sorted(weekdays))}")


def _monthly(said: Said, slots: Slots) -> Rules:
    if every := _every("MONTHLY", slots):
        yield from _nth(said, every, slots)


def _quarterly(said: Said, slots: Slots) -> Rules:
    """In the first month of the quarter, or in its last for the last: further in, the months could not tell."""
    last = slots["ordinal"] == "last"
    if last or int(slots["ordinal"][:-2]) <= (1 if "date" in slots else 10 if "business" in slots else 4):
        yield from _nth(said, f"FREQ=MONTHLY;BYMONTH={'3,6,9,12' if last else '1,4,7,10'}", slots)


def _nth(said: Said, every: str, slots: Slots) -> Rules:
    """The nth day, weekday or working day of a month."""
    at = -1 if slots["ordinal"] == "last" else int(slots["ordinal"][:-2])
    doubt = "Once, or every time?" if "once" in slots else ""
    if "weekday" in slots:
        if -1 <= at <= 5 and at:
            yield Rule(f"{every};BYDAY={at}{_CODES[WEEKDAYS.index(slots['weekday'])]}", doubt=doubt)
    elif "business" in slots:
        if -1 <= at <= 15 and at:
            days = ",".join(_CODES[weekday] for weekday in sorted(said.workdays.week))
            yield Rule(f"{every};BYDAY={days};BYSETPOS={at}", workdays_only=True)
    elif at == -1 or 1 <= at <= 31:
        yield Rule(f"{every};{'BYMONTHDAY=-1' if at == -1 else last_day_if_shorter(at)}", doubt=doubt)


def _last_day(said: Said, slots: Slots) -> Rules:
    yield from (_quarterly if slots["period"] == "quarter" else _monthly)(said, {"ordinal": "last"})


def _yearly(_: Said, slots: Slots) -> Rules:
    month, day = MONTHS.index(slots["month"]) + 1, int(re.sub(r"\D", "", slots["day"]))
    if (every := _every("YEARLY", slots)) and calendar_day(2_000, month, day):
        yield Rule(every.replace("FREQ=YEARLY", yearly_on(month, day)))


def _yearly_numeric(_: Said, slots: Slots) -> Rules:
    numbers = [int(number) for number in re.split(r"[-/.]", slots["date"])]
    if len(numbers) == 2:
        for month, day in sorted({(numbers[0], numbers[1]), (numbers[1], numbers[0])}):
            if calendar_day(2_000, month, day):
                yield Rule(yearly_on(month, day))


_TABLE = table(
    ("every [{n}|{nth}|{other=other}] day", _step("DAILY")),
    ("every [{n}|{nth}|{other=other}] week", _step("WEEKLY")),
    ("every [{n}|{nth}|{other=other}] month", _step("MONTHLY")),
    ("every [{n}|{nth}|{other=other}] year", _step("YEARLY")),
    ("every weekday", _weekdays),
    ("[on] every weekday", _weekdays),
    ("[on] every business day", _business_days),
    ("[on] every [{other=other}] {weekdays}", _on_weekdays),
    ("every [{n}|{other=other}] week [on] [every] {weekdays}", _on_weekdays),
    ("[on] [every] {weekdays} every [{n}|{other=other}] week", _on_weekdays),
    ("[{every=every}] {weekday} (to|until) {last:weekday}", _range),
    ("every [{n}|{other=other}] month [on] [the] {ordinal:number} [day]", _monthly),
    ("every [{n}|{other=other}] month [on] [the] {ordinal=last} day", _monthly),
    ("[on] [the] {ordinal:number} [day] (of|in) every [{n}|{other=other}] month", _monthly),
    ("[on] [the] {ordinal=last} day (of|in) every [{n}|{other=other}] month", _monthly),
    ("[on] [the] {ordinal:number} [day] of {once=the} month", _monthly),
    ("[on] [the] {ordinal=last} day of {once=the} month", _monthly),
    ("every {ordinal:number} [day] of (the|every) month", _monthly),
    ("every {ordinal=last} day of (the|every) month", _monthly),
    ("every [{n}|{other=other}] month [on] [the] {ordinal} {weekday}", _monthly),
    ("[on] [the] {ordinal} {weekday} (of|in) every [{n}|{other=other}] month", _monthly),
    ("[on] [the] {ordinal} {weekday} (of|in) {once=the} month", _monthly),
    ("every {ordinal} {weekday} (of|in) (the|every) month", _monthly),
    ("every {ordinal=1st|last} {weekday}", _monthly),
    ("every [{n}|{other=other}] month [on] [the] {ordinal} {business=business} day", _monthly),
    ("[on] [every|the] {ordinal} {business=business} day (of|in) (the|every) [{n}|{other=other}] month", _monthly),
    ("[on] [every|the] {ordinal} {business=business} day (of|in) (the|every) quarter", _quarterly),
    ("every quarter [on] [the] {ordinal} {business=business} day", _quarterly),
    ("[on] [the] {ordinal} {weekday} (of|in) every quarter", _quarterly),
    ("[on] [the] {ordinal} {weekday} (of|in) {once=the} quarter", _quarterly),
    ("every {ordinal} {weekday} (of|in) (the|every) quarter", _quarterly),
    ("every quarter [on] [the] {ordinal} {weekday}", _quarterly),
    ("[on] [the] {ordinal=1st|last} {date=day} of every quarter", _quarterly),
    ("[on] [the] {ordinal=1st|last} {date=day} of {once=the} quarter", _quarterly),
    ("[at] [the] end of every {period=month|quarter}", _last_day),
    ("every [{n}|{other=other}] year [on] [the] {day} [of] {month}", _yearly),
    ("every [{n}|{other=other}] year [on] {month} [the] {day}", _yearly),
    ("[on] [the] {day} [of] {month} every year", _yearly),
    ("[on] {month} [the] {day} every year", _yearly),
    ("every {day} [of] {month}", _yearly),
    ("every {month} [the] {day}", _yearly),
    ("every year [on] {date}", _yearly_numeric),
    ("every {date}", _yearly_numeric),
)
