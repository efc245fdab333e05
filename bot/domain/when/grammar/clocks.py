"""Times of day, and taking them off a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

# Parts of the day: the hour they stand for (None: the default time) and the hours that may be said with them.
_PARTS: dict[str, tuple[int | None, range]] = {
    "morning": (None, range(1, 12)),
    "1st thing": (None, range(5, 12)),
    "lunch": (12, range(11, 15)),
    "afternoon": (14, range(12, 19)),
    "end of day": (17, range(15, 24)),
    "evening": (18, range(16, 24)),
    "night": (20, range(18, 24)),
}
_PART = f"(?P<part>{'|'.join(_PARTS)})"
_TIME = (
    r"(?:(?:a )?(?P<past>half past|quarter past|quarter to) )?"
    r"(?P<hour>\d{1,2})(?:(?P<sign>[:.]?| (?=15|30|45))(?P<minute>\d\d)(?::00)?)?(?P<half>am|pm)?(?P<oclock> oclock)?"
)
_WORDS = re.compile(r"(?:at |by )?(noon|midnight)")
_TIME_FIRST = re.compile(rf"(?P<at>at |by )?{_TIME}(?: (?:in the|at) {_PART})?")
_PART_FIRST = re.compile(rf"(?:at |by |in the )?{_PART}(?: (?P<at>at )?{_TIME})?")
_PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
_LONGEST = 6
_MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of day of a phrase.

    `times` has two entries, twelve hours apart, when neither am nor pm is said. `explicit` is whether a time was said,
    `part` the word for a part of the day. `night` is midnight, which begins a day or ends it.
    """

    times: tuple[time, ...]
    explicit: bool = True
    part: str = ""
    night: bool = False

    @property
    def said(self) -> bool:
        """Whether the phrase says anything about the time of day."""
        return self.explicit or bool(self.part)

    @property
    def on_a_day(self) -> tuple[time, ...]:
        """The times that may be meant beside a day: "Tuesday at 9" is in the morning, "at 3" may be either."""
        return self.times[:1] if self.times[0].hour >= 8 else self.times


def splits(phrase: str, default: time) -> Iterator[tuple[str, Clock]]:
    """The phrase with `default`, and every way to take a time of day off its end or its beginning."""
    words = phrase.split()
    if words:
        yield phrase, Clock((default,), explicit=False)
    for at in range(max(0, len(words) - _LONGEST), len(words)):
        if clock := read_clock(" ".join(words[at:]), default):
            yield " ".join(words[:at]), clock
    for at in range(1, min(len(words), _LONGEST + 1)):
        if clock := read_clock(" ".join(words[:at]), default):
            yield " ".join(words[at:]), clock


def read_clock(words: str, default: time) -> Clock | None:
    """The time of day that all the words together name, None when they do not."""
    if word := _WORDS.fullmatch(words):
        return Clock((time(12 if word[1] == "noon" else 0),), night=word[1] == "midnight")
    found = _PART_FIRST.fullmatch(words) or _TIME_FIRST.fullmatch(words)
    if found is None:
        return None
    part = found["part"] or ""
    if found["hour"] is None:
        hour = _PARTS[part][0]
        usual = default if default.hour < 12 else _MORNING
        return Clock((usual if hour is None else time(hour),), explicit=False, part=part)
    if not (found["at"] or part or found["sign"] == ":" or found["half"] or found["oclock"] or found["past"]):
        return None  # a number alone is a day or an amount
    if found["sign"] in {".", " "} and not (found["at"] or found["half"]):
        return None  # 9.30 is a date as well
    if found["sign"] == " " and found["minute"] == found["hour"]:
        return None  # a word that stands twice
    return _clock(found, part)


def _clock(found: re.Match[str], part: str) -> Clock | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if minute > 59 or hour > 23 or (found["past"] and found["minute"]):
        return None
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hours = [hour % 12 + (12 if found["half"] == "pm" else 0)]
    else:
        hours = [hour, hour + 12] if 1 <= hour <= 11 and not found["hour"].startswith("0") else [hour]
    if part:
        hours = [each for each in hours if each in _PARTS[part][1]]
    total = [each * 60 + minute + _PAST.get(found["past"] or "", 0) for each in hours]
    times = tuple(time(minutes // 60, minutes % 60) for minutes in total if minutes >= 0)
    return Clock(times, part=part) if times else None
