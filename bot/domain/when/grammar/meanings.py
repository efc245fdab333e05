"""From the tables to readings: every way in which a phrase can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.domain.when.plain import moment
from bot.domain.when.readings import Ask, Refused, Repeating
from bot.domain.when.recurrence import Schedule, local_times

from .amounts import amounts
from .anchors import anchored
from .clocks import Clock, splits
from .days import days
from .patterns import matches
from .repeats import Rule, rules
from .said import Candidate, Day, Found, Said, ahead, on_days, once
from .unclear import REFUSED, UNCLEAR

_MIDNIGHT = "Midnight begins a day or ends it. Is the beginning meant?"
_BOUNDS = re.compile(r"(?P<main>.+?)(?: (?:starting|start|from) (?:on )?(?P<start>.+?))?(?: until (?P<end>.+))?")
_SECOND = timedelta(seconds=1)


def found(said: Said, phrase: str) -> Iterator[Found | Ask]:
    """Everything that the phrase can mean; nothing when no row knows it."""
    for body, clock in splits(phrase, said.default):
        yield from _with_clock(said, body, clock)
        yield from _unclear(said, body, clock)
        for sentence, _ in matches(REFUSED, body):
            yield Refused(sentence)


def _unclear(said: Said, body: str, clock: Clock) -> Iterator[Candidate | Ask]:
    """What an unclear phrase may mean, with the question to ask about it."""
    for row, slots in matches(UNCLEAR, body):
        if row.otherwise and clock.explicit:  # the hour that has passed is the one that was said
            continue
        names = {"year": "", "n": re.sub(r"\D", "", slots.get("nth", "")) or "1", **slots}
        meant: list[Found | Ask] = []
        for clear in row.phrases:
            text = " ".join(clear.format(**names).split())
            meant += _with_clock(said, text, clock) if clock.said else found(said, text)
        readings = [each.reading for each in ahead([each for each in meant if isinstance(each, Candidate)])]
        yield from (Candidate(reading, row.question, row.otherwise) for reading in readings)
        # Of "before {rest}" nothing can be asked when the rest is nothing to be before.
        if not readings and not row.otherwise and "rest" not in slots:
            yield Ask(row.question)


def _with_clock(said: Said, body: str, clock: Clock) -> Iterator[Found]:
    if not body:
        yield from _times(said, clock)
        return
    yield from on_days(said, days(said, body), clock)
    if not clock.said:
        yield from _moments(said, body)
    yield from _repeating(said, body, clock)
    yield from anchored(body, clock)


def _moments(said: Said, body: str) -> Iterator[Found]:
    """In two hours: on the stopwatch, whatever the clocks do."""
    for amount in amounts(body.removeprefix("in ").removesuffix(" from now")):
        if amount.seconds:
            yield once(said, amount.moment_from(said.now, said.zone).replace(microsecond=0), explicit=True)


def _times(said: Said, clock: Clock) -> Iterator[Found]:
    """A time without a day: today if it is still to come, else tomorrow.

    A bare hour is the one that a clock on the wall shows next; in doubt only where both halves of the day are usual:
    "at 3" is in the afternoon, "at 7" may be tonight or tomorrow morning.
    """
    today = [datetime.combine(said.today, at) for at in clock.times]
    if clock.part == "end of day":
        yield once(said, today[0], explicit=clock.explicit)
        return
    coming = [local for local in today if said.is_ahead(local)]
    if len(today) == 1:
        yield once(said, coming[0] if coming else today[0] + timedelta(days=1), explicit=clock.explicit)
    elif (len(coming) == 2 and today[0].hour >= 8) or (len(coming) == 1 and today[0].hour <= 5):
        yield once(said, coming[0], explicit=True)
    elif not coming and today[0].hour >= 8:
        yield once(said, today[0] + timedelta(days=1), explicit=True)
    else:
        for local in today:
            yield once(said, local if local in coming else local + timedelta(days=1), explicit=True)


def _repeating(said: Said, body: str, clock: Clock) -> Iterator[Found]:
    for rule in rules(said, body):
        yield from _begun(said, rule, clock, None, None)
    if not re.search(r" (?:starting|start|from|until) ", body):
        return
    bounds = _BOUNDS.fullmatch(body)
    if bounds is None or bounds["main"] == body:
        return
    starts = list(days(said, bounds["start"])) if bounds["start"] else [None]
    ends = list(days(said, bounds["end"])) if bounds["end"] else [None]
    for main, its_clock in [(bounds["main"], clock)] if clock.said else splits(bounds["main"], said.default):
        for rule in rules(said, main):
            for start in starts:
                for end in ends:
                    yield from _begun(said, rule, its_clock, start, end)


def _begun(
    said: Said, rule: Rule, clock: Clock, start: Day | Refused | None, end: Day | Refused | None
) -> Iterator[Found]:
    """The rule with its first occurrence, and until its end."""
    if isinstance(start, Refused) or isinstance(end, Refused):
        yield from (refused for refused in (start, end) if isinstance(refused, Refused))
        return
    doubt = rule.doubt or (start.doubt if start else "") or (end.doubt if end else "")
    if clock.night and rule.text != "FREQ=DAILY":
        doubt = doubt or _MIDNIGHT
    for at in clock.on_a_day:
        for text, first in _firsts(said, rule, at, start, clock.explicit):
            if first is None or not said.is_ahead(first):
                yield Refused("It would begin in the past. Give a later start.")
            elif end and end.day < first.date():
                yield Refused(f"It would end before its first time, {moment(first)}. Give a later end.")
            else:
                until = f";UNTIL={end.day:%Y%m%d}T235959" if end else ""
                schedule = Schedule(text + until, first, said.zone.key, rule.workdays_only)
                yield Candidate(Repeating(schedule, clock.explicit), doubt)


def _firsts(
    said: Said, rule: Rule, at: time, start: Day | None, explicit: bool
) -> Iterator[tuple[str, datetime | None]]:
    """The text of the rule and when it may begin."""
    begin = start.day if start else said.today
    earliest = datetime.combine(begin, at)
    if rule.step is None:
        # The days alone say where it begins; the interval counts from there.
        plain = Schedule(re.sub(r";INTERVAL=\d+", "", rule.text), earliest, said.zone.key, rule.workdays_only)
        coming = local_times(plain, earliest - _SECOND, said.workdays)
        yield rule.text, next((local for local in coming if start or said.is_ahead(local)), None)
        return
    text = rule.on(begin).text
    if start:
        yield text, earliest
        return
    yield text, earliest + rule.step
    if explicit and said.is_ahead(earliest):  # "every week at 17:00" may begin today
        yield text, earliest
