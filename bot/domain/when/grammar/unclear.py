"""What is asked about and what is refused: phrases that people use for more than one thing, or for nothing certain.

The phrases on the right are read like typed ones and offered as choices, with the time of day that was said.
"""

from __future__ import annotations

from dataclasses import dataclass

from .patterns import table


@dataclass(frozen=True, slots=True)
class Unclear:
    """A question and the clear phrases that may be meant, with the slots of the pattern.

    `otherwise`: only when the words themselves, read like any others, lead to the past.
    """

    question: str
    phrases: tuple[str, ...] = ()
    otherwise: bool = False


def _ask(question: str, *phrases: str) -> Unclear:
    return Unclear(question, phrases)


_HOW_LONG = "How long before?"
_WHAT_TIME = "At what time?"
_WHICH_RHYTHM = "Which rhythm is meant?"
_WHICH_DAY = "Which day is meant?"
_WHICH_DAYS = "On which days?"
_QUARTERLY = _ask(
    "Which day of the quarter?",
    "1st business day of every quarter",
    "last business day of every quarter",
    "every 3 month",
)
_SOON = _ask("When exactly?", "tomorrow", "in 3 business day", "in 1 week")

UNCLEAR = table(
    # The same words for two rhythms.
    ("every quarter", _QUARTERLY),
    ("every {nth} {weekday}", _ask(_WHICH_RHYTHM, "{nth} {weekday} of every month", "every {n} week on {weekday}")),
    ("every {day:number}", _ask("Is that day of every month meant?", "{day} of every month")),
    ("biweekly", _ask("Every two weeks, or twice a week?", "every 2 week", "every tue and thu")),
    ("biweekly [on] [every] {weekdays}", _ask("Every two weeks, or twice a week?", "every 2 week on {weekdays}")),
    ("bimonthly", _ask("Every two months, or twice a month?", "every 2 month", "every 2 week")),
    ("twice (a|every|per) week", _ask(_WHICH_DAYS, "every tue and thu", "every mon and wed")),
    ("{n} times (a|every|per) week", _ask(_WHICH_DAYS, "every mon wed fri", "every weekday")),
    ("twice (a|every|per) month", _ask(_WHICH_DAYS, "every 2 week")),
    ("twice (a|every|per) year", _ask(_WHICH_DAYS, "every 6 month")),
    ("every weekend", _ask("Saturday, Sunday, or both?", "every sat", "every sun", "every sat and sun")),
    (
        "[on] {weekday} [and|or] {last:weekday}",
        _ask("Once, or every week?", "{weekday}", "{last}", "every {weekday} and {last}"),
    ),
    # Days that are none yet.
    ("in a few {unit=day|week|month|hour}", _ask("How many?", "in 2 {unit}", "in 3 {unit}", "in 3 business {unit}")),
    ("{clock=\\d\\d?\\.\\d\\d}", _ask("A time or a day?", "at {clock}")),
    ("next year", _ask(_WHICH_DAY, "start of next year", "in 1 year")),
    ("(mid|middle of) next month", _ask(_WHICH_DAY, "15th of next month")),
    ("(mid|middle of) {month} [{year}]", _ask(_WHICH_DAY, "15 {month} {year}")),
    ("(mid|middle of) next week", _ask(_WHICH_DAY, "wed of next week", "thu of next week")),
    ("early next week", _ask(_WHICH_DAY, "mon of next week", "tue of next week")),
    ("late next week", _ask(_WHICH_DAY, "thu of next week", "fri of next week")),
    ("late {month} [{year}]", _ask(_WHICH_DAY, "25 {month} {year}", "end of {month} {year}")),
    ("[early|start of|in] {month} [{year}]", _ask(_WHICH_DAY, "1 {month} {year}", "15 {month} {year}")),
    ("{weekday} week", _ask(_WHICH_DAY, "1 week from {weekday}")),
    ("[in] ({n}|a) week on {weekday}", _ask(_WHICH_DAY, "{weekday} in {n} week")),
    ("[the] {weekday} after next", _ask(_WHICH_DAY, "1 week from {weekday}", "2 week from {weekday}")),
    ("q {n} [{year}]", _ask(_WHICH_DAY, "start of q {n} {year}", "end of q {n} {year}")),
    ("(this|next|on the) weekend", _ask(_WHICH_DAY, "sat", "sun")),
    ("this {period}", _ask(_WHICH_DAY, "tomorrow", "end of {period}")),
    ("[by] today", _ask(_WHAT_TIME, "in 1 hour", "today at 14:00", "today at 17:00")),
    ("later [on] [today]", _ask(_WHAT_TIME, "in 1 hour", "today at 14:00", "today at 17:00")),
    ("(some time|sometime|some day|someday|one day) [soon|later]", _SOON),
    ("(soon|soonish|shortly|immediately|asap|as soon as possible)", _SOON),
    ("(whenever|eventually|at some point|in a while|in a bit)", _SOON),
    # Words whose hour has passed.
    ("today (night|evening|afternoon|end of day)", Unclear(_WHAT_TIME, ("in 1 hour", "tomorrow"), otherwise=True)),
    ("[by] [today] end of day [today]", Unclear(_WHAT_TIME, ("in 1 hour", "tomorrow end of day"), otherwise=True)),
    ("[by|at] [the] end of [the|this] week", Unclear(_WHICH_DAY, ("end of next week",), otherwise=True)),
    # Anchors without a distance, distances without an anchor.
    (
        "[shortly|right|just|a few day|a few week] before {rest}",
        _ask(_HOW_LONG, "1 week before {rest}", "30 day before {rest}"),
    ),
    (
        "[shortly|right|just|a few day|a few week] after {rest}",
        _ask("How long after?", "1 day after {rest}", "1 week after {rest}"),
    ),
    ("t-{n}", _ask("Before what?", "{n} day before renewal", "{n} day before notice")),
)

_PAST = "That is past. Give a time in the future."
_NOW = "That is now. Give a time in the future."

REFUSED = table(
    ("yesterday", _PAST),
    ("[the] day before yesterday", _PAST),
    ("[on] last (week|month|quarter|year|night|{weekday})", _PAST),
    ("({n}|a|a few) [business] {unit=sec|minute|hour|day|week|fortnight|month|quarter|year} ago", _PAST),
    ("[in] -{n} [business] {unit=sec|minute|hour|day|week|fortnight|month|quarter|year}", _PAST),
    ("[in] 0 [business] {unit=sec|minute|hour|day|week|fortnight|month|quarter|year}", _NOW),
    ("[right] now", _NOW),
    ("never", "Then there is nothing to set."),
    ("every [{n}] {unit=hour|minute|sec|m}", "The shortest repetition is a day. Try “every day at 9:00”."),
)
