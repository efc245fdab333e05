"""Finding spans of days in what somebody wrote: English as it is typed, the usual German, dates of either country."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from .spans import MONTH_NAMES, WEEKDAYS

_FEW = "one two three four five six seven eight nine ten eleven twelve"
WORDED = {word: at for at, word in enumerate(_FEW.split(), 1)}
WORDED |= {"a": 1, "an": 1, "couple of": 2, "a couple of": 2, "few": 3, "a few": 3}
NUMBER = r"(?:\d{1,4}|a couple of|couple of|a few|few|an?|" + _FEW.replace(" ", "|") + ")"
_UNIT = r"(?:days?|d|tagen?|weeks?|wks?|w|wochen?|months?|mos?|m|monate?n?|quarters?|q|years?|yrs?|y|jahre?n?)"
_UNITS = {"d": "day", "t": "day", "w": "week", "m": "month", "q": "quarter", "y": "year", "j": "year"}
_MONTH_WORD = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|"
    r"aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_NUMERIC = r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})?|\d{1,2}/\d{1,2})"
_WORDED = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?(?: of)? {_MONTH_WORD}(?:,? \d{{4}})?|"
    rf"{_MONTH_WORD} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? \d{{4}})?)"
)
_ENDS = (
    r"(?:the )?(?:end of (?:the |this )?(week|month|quarter|year)|(?:week|month|quarter|year)[- ]end|ende des jahres)"
)
_EDGE = r"(?:(?:the )?(?:end|close) of |ende )"
_WEEKDAY = "(?:" + "|".join(f"{day[:3]}(?:{day[3:]})?" for day in WEEKDAYS) + r")(?=\W|$)"
_PART = r"(?:(?:\d{4}[- /]?)?(?:[qh]|quarter |half )[1-4](?:[- /]?(?:20\d{2}|'?\d{2}))?)"
_PERIOD = rf"(?:{_PART}|{_MONTH_WORD} (?:of )?20\d{{2}}|20\d{{2}}-\d{{1,2}}(?!\d)|20\d{{2}}(?![\d-])|{_MONTH_WORD})"
_ORDINAL = r"(?:(first|second|third|fourth|1st|2nd|3rd|4th) (half|quarter)(?: of)?(?: (20\d{2}))?)"
_RELATIVE = (
    r"(?:(this|current|last|previous|prev|next|coming|the next|the last|the coming|diese[snm]?|"
    r"nächste[snm]?|letzte[snm]?) (week|month|quarter|year|woche|monat|quartal|jahr))"
)
_POINT = (
    rf"(?:{_NUMERIC}|{_WORDED}|{_ENDS}|{_ORDINAL}|{_RELATIVE}|{_PERIOD}|{_WEEKDAY}|today|tomorrow|"
    r"yesterday|christmas|new year)"
)
_B, _E = r"(?<![\w‹@])", r"(?![\w›])"

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_B + pattern + _E), kind)
    for pattern, kind in (
        (
            rf"(?:from |between )?(?P<from>{_PERIOD}|{_NUMERIC}) ?(?:to|until|till|and|-|–|\.\.|"
            rf"bis) ?(?P<to>{_PERIOD}|{_NUMERIC})", "between"),
        (
            r"(?:between now and|from now (?:until|till|to)|until|till|before|by|up to|not later than|no later than|"
            r"bis(?: zum)?|"
            rf"vor)(?: the)? (?:{_EDGE}(?=(?!the |this ){_PERIOD}))?(?P<at>{_POINT})", "until"),
        (rf"(?:at )?{_EDGE}(?P<at>{_PERIOD}|{_RELATIVE})|(?:at )?(?P<end>{_ENDS})", "end"),
        (r"(?:so far )?(?:since the (?:start|beginning) of the year|this year so far|so far this year)", "ytd"),
        (rf"(?:since|after|seit) (?:the )?(?P<at>{_POINT})", "since"),
        (
            r"(?:in|within|over|for|during)? ?(?:the )?(?:last|past|previous|letzten|"
            rf"vergangenen) (?P<n>{NUMBER}) ?(?P<unit>{_UNIT})", "back"),
        (r"(?:in|over|for|during)? ?(?:the )?(?:past) (?P<unit>week|month|quarter|year)", "back one"),
        (
            r"(?:in|within|over|for|during)? ?(?:the )?(?:next|coming|following|nächsten|"
            rf"kommenden) (?P<n>{NUMBER}) ?(?P<unit>{_UNIT})", "ahead"),
        (rf"(?:in|within) (?:the )?(?P<n>{NUMBER}) ?(?P<unit>{_UNIT})(?: time)?", "ahead"),
        (r"(?P<n>\d{1,4}) ?(?P<unit>d|w|m|days?|weeks?|months?)(?: ahead| out)?", "ahead bare"),
        (rf"(?:in |on |for |at |over |during |im |am )?(?:the )?(?P<at>year[- ]to[- ]date|ytd|{_POINT})", "at"),
    )
)  # fmt: skip


def find(text: str) -> tuple[str, str] | None:
    """The first span said in a folded text: (its phrase, the text without it). None when there is none."""
    for pattern, kind in _PATTERNS:
        for match in pattern.finditer(text):
            if (phrase := _phrase(kind, match)) is not None:
                return phrase, f"{text[: match.start()]} · {text[match.end() :]}"
    return None


def _phrase(kind: str, match: re.Match[str]) -> str | None:
    found = match.groupdict()
    if kind == "between":
        first, last = _canonical(found["from"]), _canonical(found["to"])
        if first and last and re.match(r"\d{4}", last) and (month := _MONTH_ONLY.get(first)):
            first = f"{last[:4]}-{month:02}"
        return f"{first}..{last}" if first and last else None
    if kind == "ytd":
        return "ytd"
    if kind == "end":
        at = _canonical(found["at"] or found["end"])
        return f"until {at}" if at else None
    if kind in ("until", "since"):
        at = _canonical(found["at"])
        return f"{kind} {at}" if at else None
    if kind == "back one":
        return {"week": "last 7 days", "month": "last 1 months", "quarter": "last 3 months"}.get(
            found["unit"], "last 12 months"
        )
    if kind == "at":
        # "Who may churn" is not about spring.
        return None if match[0] == "may" else _canonical(found["at"])
    number, unit = found["n"], _UNITS[found["unit"][0]]
    counted = int(number) if number.isdecimal() else WORDED.get(number, 1)
    return f"{'last' if kind == 'back' else 'next'} {counted} {unit}s" if counted else None


_MONTH_ONLY = {name: at for at, name in enumerate(MONTH_NAMES, 1)}


def _month_number(word: str) -> int:
    short = word[:3]
    spelled = {"okt": "oct", "dez": "dec", "mai": "may", "mär": "mar"}.get(short, short)
    return next(at for at, name in enumerate(MONTH_NAMES, 1) if name.startswith(spelled))


def _canonical(said: str) -> str | None:
    """One point or period in the form that is kept; None when the calendar has no such day."""
    text = said.strip()
    if text == "24/7":  # more often a promise than a day in July
        return None
    for pattern, make in _CANON:
        if (match := pattern.fullmatch(text)) is not None:
            return make(match)
    return None


def _full_year(text: str | None) -> int | None:
    if not text:
        return None
    number = int(text.strip("'"))
    return number if number > 99 else 2000 + number


def _iso(year: int | None, month: int, day: int) -> str | None:
    """A day; None when there is none such, also when only its order was meant otherwise."""
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return f"{year}-{month:02}-{day:02}" if year else f"{month:02}-{day:02}"


def _numeric_day(match: re.Match[str]) -> str | None:
    """Day first, as in most of the world; month first where the calendar leaves no other choice."""
    one, two, year = int(match[1]), int(match[2]), _full_year(match[3])
    return _iso(year, two, one) or _iso(year, one, two)


def _relative_phrase(match: re.Match[str]) -> str:
    which = match[1].removeprefix("the ")
    turn = {"current": "this", "coming": "next", "previous": "last", "prev": "last"}.get(which, which)
    turn = {"d": "this", "n": "next"}.get(turn[0], turn) if turn not in ("this", "next", "last") else turn
    turn = "last" if turn.startswith("letzt") else turn
    unit = {"woche": "week", "monat": "month", "quartal": "quarter", "jahr": "year"}.get(match[2], match[2])
    return f"{turn} {unit}"


def _end_phrase(match: re.Match[str]) -> str:
    said = match[0].removeprefix("the ")
    unit = match[1] or ("year" if "jahr" in said else re.split("[- ]", said)[0])
    return f"end of {unit}"


def _ordinal_phrase(match: re.Match[str]) -> str | None:
    number = {"f": 1, "s": 2, "t": 3}.get(match[1][0], 4) if match[1].isalpha() else int(match[1][0])
    number = 4 if match[1] == "fourth" else number
    if match[2] == "half" and number > 2:
        return None
    part = f"{match[2][0].upper()}{number}"
    return f"{match[3]}-{part}" if match[3] else part


def _part_phrase(match: re.Match[str]) -> str:
    year = _full_year(match[1] or match[4])
    part = f"{match[2].upper()}{match[3]}"
    return f"{year}-{part}" if year else part


_CANON: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (re.compile(r"(today|tomorrow|yesterday)"), lambda m: m[1]),
    (re.compile(r"year[- ]to[- ]date|ytd"), lambda _m: "ytd"),
    (re.compile(r"christmas"), lambda _m: "12-25"),
    (re.compile(r"new year"), lambda _m: "01-01"),
    (re.compile(_ENDS), _end_phrase),
    (re.compile(_ORDINAL), _ordinal_phrase),
    (re.compile(_RELATIVE), _relative_phrase),
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), lambda m: _iso(int(m[1]), int(m[2]), int(m[3]))),
    (re.compile(r"(\d{1,2})[./]\s?(\d{1,2})(?:[./]\s?(\d{4}|\d{2})?)?"), _numeric_day),
    (re.compile(r"(?:(\d{4})[- /]?)?(?:(?=quarter |half |[qh])([qh])(?:uarter |alf )?)([1-4])(?:[- /]?(20\d{2}|"
    r"'?\d{2}))?"), _part_phrase),
    (re.compile(rf"({_MONTH_WORD}) (?:of )?(20\d{{2}})"), lambda m: f"{m[2]}-{_month_number(m[1]):02}"),
    (re.compile(r"(20\d{2})-(\d{1,2})"), lambda m: f"{m[1]}-{int(m[2]):02}" if 1 <= int(m[2]) <= 12 else None),
    (re.compile(r"20\d{2}"), lambda m: m[0]),
    (re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?(?: of)? ({_MONTH_WORD})(?:,? (\d{{4}}))?"),
     lambda m: _iso(_full_year(m[3]), _month_number(m[2]), int(m[1]))),
    (re.compile(rf"({_MONTH_WORD}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?"),
     lambda m: _iso(_full_year(m[3]), _month_number(m[1]), int(m[2]))),
    (re.compile(_MONTH_WORD), lambda m: MONTH_NAMES[_month_number(m[0]) - 1]),
    (re.compile(_WEEKDAY), lambda m: next(day for day in WEEKDAYS if day.startswith(m[0][:3]))),
)  # fmt: skip
