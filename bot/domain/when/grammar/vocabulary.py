"""The words of the language of times, and what they are spelled like."""

from __future__ import annotations

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# What a word stands for, then the words. Plural weekdays are repetitions.
SPELLINGS = {
    "mon": "monday",
    "tue": "tuesday tues",
    "wed": "wednesday weds",
    "thu": "thursday thurs thur",
    "fri": "friday",
    "sat": "saturday",
    "sun": "sunday",
    "jan": "january",
    "feb": "february",
    "mar": "march",
    "apr": "april",
    "jun": "june",
    "jul": "july",
    "aug": "august",
    "sep": "september sept",
    "oct": "october",
    "nov": "november",
    "dec": "december",
    "every mon": "mondays",
    "every tue": "tuesdays",
    "every wed": "wednesdays",
    "every thu": "thursdays",
    "every fri": "fridays",
    "every sat": "saturdays",
    "every sun": "sundays",
    "every weekday": "weekdays",
    "every day": "daily everyday",
    "every week": "weekly",
    "every month": "monthly",
    "every quarter": "quarterly",
    "every year": "yearly annually",
    "every hour": "hourly",
    "every 2 week": "fortnightly",
    "minute": "min",
    "hour": "hr",
    "week": "wk",
    "year": "yr",
    "tomorrow": "tmrw tmr tmw",
    "today night": "tonight tonite",
    "noon": "midday",
    "lunch": "lunchtime",
    "business day": "workday workdays",
    "business": "working",
    "end of day": "eod cob",
    "end of week": "eow",
    "end of month": "eom",
    "end of quarter": "eoq",
    "end of year": "eoy",
    "every": "each",
    "coming": "upcoming",
    "start": "beginning",
    "until": "till til through",
    "a": "an",
}
# Units lose their plural behind a number: "days before renewal" has lost its number, and is no day.
UNITS = {
    "sec": "seconds secs s",
    "minute": "minutes mins",
    "hour": "hours hrs h",
    "day": "days d",
    "week": "weeks wks w",
    "fortnight": "fortnights",
    "month": "months mths mth mos mo",
    "quarter": "quarters",
    "year": "years yrs y",
}
COUNTED = {other: word for word, others in UNITS.items() for other in others.split()}
COUNTING = {"business", "couple", "of", "few", "half"}
ALIASES = {other: word for word, others in SPELLINGS.items() for other in others.split()}

_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {word: at for at, word in enumerate([*_ONES, *_TEENS], 1)} | {w: 10 * at for at, w in enumerate(TENS, 2)}
_FIRSTS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"]
_THENTHS = ["twelfth", *(f"{teen}th" for teen in _TEENS[3:])]
ORDINALS = {word: at for at, word in enumerate([*_FIRSTS, *_THENTHS], 1)} | {"twentieth": 20, "thirtieth": 30}

_PLAIN = """
    today tomorrow yesterday morning afternoon evening night noon midnight every other next last this half past coming
    until starting before after from business weekday weekend hour minute second week month quarter april june july
    renewal notice deadline contract
"""
_FUNCTION_WORDS = "the of to on at in by and few twice times shortly mid early late"

# Whole words of the language of times, as they are typed: what a slip may have been.
SPELLED = frozenset(_PLAIN.split()) | {
    word for others in [*SPELLINGS.values(), *UNITS.values()] for word in others.split() if len(word) > 3
}
# All its words, also as they are normalised.
KNOWN = frozenset(" ".join([*SPELLED, *SPELLINGS, *WEEKDAYS, *MONTHS, _FUNCTION_WORDS]).split())
