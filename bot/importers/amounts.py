"""Numbers as people and programs write them. The decimal mark is decided per column, never per cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Literal

from bot.importers.errors import BadCellError
from bot.importers.text import NULLS

Mark = Literal[".", ","]

_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "$": "USD", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS",
    "zł": "PLN", "US$": "USD",
    "A$": "AUD", "C$": "CAD", "CA$": "CAD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL",
    "Kč": "CZK", "Fr.": "CHF", "CHF": "CHF", "円": "JPY", "￥": "JPY", "元": "CNY",
}  # fmt: skip
CURRENCIES = frozenset(
    [
        "USD",
        "EUR",
        "GBP",
        "CHF",
        "JPY",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "ISK",
        "TRY",
        "RUB",
        "UAH",
        "ILS",
        "AED",
        "SAR",
        "QAR",
        "ZAR",
        "EGP",
        "NGN",
        "KES",
        "INR",
        "PKR",
        "CNY",
        "HKD",
        "TWD",
        "KRW",
        "SGD",
        "MYR",
        "THB",
        "IDR",
        "PHP",
        "VND",
        "AUD",
        "NZD",
        "CAD",
        "MXN",
        "BRL",
        "ARS",
        "CLP",
        "COP",
        "PEN",
        "UYU",
    ]
)
_SCALES = {
    "k": 3, "tsd": 3, "t€": 3, "thousand": 3, "m": 6, "mn": 6, "mm": 6, "mio": 6, "million": 6, "millions": 6, "mil": 6,
    "b": 9, "bn": 9, "mrd": 9, "billion": 9, "billions": 9,
}  # fmt: skip
_NUMBER = re.compile(r"^[+-]?[\d.,'’ \u00a0\u202f_]*\d[\d.,'’ \u00a0\u202f_]*(?:[eE][+-]?\d{1,3})?$")
_BODY = re.compile(
    r"^(?P<open>\()?(?P<sign>[+\-−])?\s*(?P<before>[^\d\s.,()+\-−]{1,3}\.?|[A-Z]{3})?\s*(?P<sign2>[+\-−])?\s*"
    r"(?P<number>[\d.,'’ \u00a0\u202f_]*\d[\d.,'’ \u00a0\u202f_]*?(?:[eE][+-]?\d{1,3}(?!\w))?)\s*"
    r"(?P<after>[.,][-–—]{1,2}|[^\d\s()\-−]{0,9}?)\s*(?P<code>[A-Z]{3}|[^\w\s()%+\-−]{1,3}|zł|Kč|kr\.?|円|元)?\s*(?P<minus>[-−])?(?P<close>\))?(?P<percent>\s*%)?$"
)
_PERIODS = re.compile(r"\s*(?:/|per |p\.?\s?)(?:month|mo|year|yr|a|m|monat|jahr|seat|user|mois|an)\.?$", re.IGNORECASE)


class Parts:
    """A cell taken apart: digits with their marks, sign, currency, power of ten, percent."""

    __slots__ = ("currency", "negative", "number", "percent", "scale")

    def __init__(self, cell: str) -> None:
        match = _BODY.match(_PERIODS.sub("", cell.strip()))
        if match is None:
            raise BadCellError(f"{shorten(cell)} is not a number")
        self.number = match["number"].strip()
        after = match["after"] or ""
        self.scale = _SCALES.get(after.lower(), 0)
        marks = [
            mark
            for mark in (match["before"], match["code"], "" if self.scale else after)
            if mark and mark != "%" and mark[0] not in ".,"
        ]
        self.currency = next((code for code in map(_currency, marks) if code), None)
        if any(_currency(token) is None and token not in {"kr", "kr.", "pcs", "Stk", "x"} for token in marks):
            raise BadCellError(f"{shorten(cell)} is not a number")
        self.negative = bool(match["open"] and match["close"]) or any(
            match[k] in {"-", "−"} for k in ("sign", "sign2", "minus")
        )
        self.percent = bool(match["percent"]) or after == "%"
        if bool(match["open"]) != bool(match["close"]) or sum(bool(match[k]) for k in ("sign", "sign2", "minus")) > 1:
            raise BadCellError(f"{shorten(cell)} is not a number")


def _currency(token: str) -> str | None:
    if token in _SIGNS:
        return _SIGNS[token]
    return token.upper() if token.upper() in CURRENCIES else None


def shorten(cell: str, limit: int = 40) -> str:
    """A cell for a sentence, quoted."""
    text = " ".join(cell.split())
    return f'"{text}"' if len(text) <= limit else f'"{text[: limit - 1]}…"'


_GROUPED = re.compile(r"^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+$")
# Groups of three, or the Indian way: 12,34,567.
_GROUPS = {
    mark: re.compile(
        rf"^\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+$|^\d{{1,2}}(?:{re.escape(mark)}\d{{2}})+{re.escape(mark)}\d{{3}}$"
    )
    for mark in ".,"
}
_NO_CENTS = frozenset({"JPY", "KRW"})
_ONE_MARK = re.compile(r"^(\d*)([.,])(\d*)$")


def evidence(cell: str) -> str:
    """What one cell says about the decimal mark: ".", ",", "plain" (none), "?." or "?," (one mark, three digits),
    "bad", "null".

    "big" is an ungrouped integer of four digits or more: a writer who leaves those alone does not group thousands.
    """
    cell = cell.strip()
    if cell in NULLS:
        return "null"
    if cell.isdecimal():
        return "big" if len(cell) > 3 else "plain"
    try:
        parts = Parts(cell)
    except BadCellError:
        return "bad"
    number = parts.number
    number = re.split("[eE]", number)[0].strip("+-")
    dots, commas = number.count("."), number.count(",")
    if dots and commas:
        last = "." if number.rfind(".") > number.rfind(",") else ","
        whole = number.split(last)[0]
        return last if number.count(last) == 1 and _GROUPS["," if last == "." else "."].match(whole) else "bad"
    if any(space in number for space in "'’ \u00a0\u202f_"):
        return "." if dots else "," if commas else "plain"
    if dots + commas == 0:
        return "big" if len(number) > 3 else "plain"
    if dots + commas > 1:
        return ("," if dots else ".") if _GROUPED.match(number) else "bad"
    match = _ONE_MARK.match(number)
    mark = "." if dots else ","
    if match is None:
        return "bad"
    whole, fraction = match[1], match[3]
    if len(fraction) != 3 or len(whole) > 3 or whole in {"", "0"} or whole.startswith("0") or "e" in cell.lower():
        return mark
    if parts.currency in _NO_CENTS:
        return "," if mark == "." else "."
    return "?" + mark


def decide_mark(seen: Counter[str], file_mark: Mark | None) -> tuple[Mark | None, bool]:
    """`(decimal mark, contradictory)` of a column from the evidence in all its cells; None when nothing decides it.

    `file_mark` is what the other columns of the file agree on, if they do: one program wrote them all.
    """
    dot, comma = seen["."], seen[","]
    if dot and comma:
        return ("." if dot >= comma else ","), True
    if dot or comma:
        return ("." if dot else ","), False
    if not seen["?."] and not seen["?,"]:
        return file_mark or ".", False
    if file_mark is not None:
        return file_mark, False
    if seen["?."] and seen["?,"]:
        return None, False
    if seen["big"]:  # 2500 beside 1.234: thousands are not grouped here, so the mark is the decimal one
        return ("." if seen["?."] else ","), False
    return None, False


def number_parser(mark: Mark, scale: int = 0) -> Callable[[str], Decimal | None]:
    """A parser for cells of a column with that decimal mark; `scale`: power of ten the header states ("in millions").

    None for blanks. Raises BadCellError for what is no number, and for a grouping that contradicts the mark.
    """
    other = "," if mark == "." else "."
    grouped = _GROUPS[other]

    def parse(cell: str) -> Decimal | None:
        cell = cell.strip()
        if cell in NULLS:
            return None
        try:
            if mark == "." and not scale and "_" not in cell and cell.isascii():
                plain = Decimal(cell)
                if plain.is_finite():
                    return _limited(plain, cell)
        except InvalidOperation:
            pass
        return _limited(_slow(cell, mark, other, grouped, scale), cell)

    return parse


def _limited(value: Decimal, cell: str) -> Decimal:
    if value and not -12 <= value.adjusted() <= 18:
        raise BadCellError(f"{shorten(cell)} is out of range")
    if isinstance(exponent := value.as_tuple().exponent, int) and exponent > 0:
        return value.quantize(Decimal(1))  # 2.45E7 reads as 24500000
    return value


def _slow(cell: str, mark: str, other: str, grouped: re.Pattern[str], scale: int) -> Decimal:
    parts = Parts(cell)
    mantissa, _, exponent = parts.number.replace("E", "e").partition("e")
    for space in "'’ \u00a0\u202f_":
        mantissa = mantissa.replace(space, "")
    whole, _, fraction = mantissa.partition(mark)
    if mark in fraction or other in fraction or (other in whole and not grouped.match(whole.lstrip("+-"))):
        raise BadCellError(f"{shorten(cell)} does not fit the rest of its column, whose decimal mark is {mark!r}")
    try:
        text = f"{whole.replace(other, '') or '0'}.{fraction or '0'}" if fraction else whole.replace(other, "") or "0"
        value = Decimal(f"{text}e{exponent}" if exponent else text)
    except InvalidOperation:
        raise BadCellError(f"{shorten(cell)} is not a number") from None
    return (-value if parts.negative else value).scaleb(parts.scale + scale)


def currencies_in(cells: Iterable[str]) -> Counter[str]:
    """Which currencies the cells of a column name, by sign or code."""
    found: Counter[str] = Counter()
    for cell in cells:
        code = currency_of(cell)
        if code is not None:
            found[code] += 1
    return found


def currency_of(cell: str) -> str | None:
    """The currency a money cell names, or None."""
    cell = cell.strip()
    if cell.isascii() and not any(c.isalpha() or c == "$" for c in cell):
        return None
    try:
        return Parts(cell).currency
    except BadCellError:
        return None
