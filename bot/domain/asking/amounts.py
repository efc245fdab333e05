"""How much: "over 50k", "between 20.000 and 1m EUR", "100k and up"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

GONE = " · "
"""Stands where something was taken out, so that words on either side of it never become one name."""

_SYMBOLS = {"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "usd": "USD", "dollars": "USD",
            "£": "GBP", "gbp": "GBP", "pounds": "GBP", "quid": "GBP", "chf": "CHF"}  # fmt: skip
_SCALES = {"k": 1_000, "tsd": 1_000, "thousand": 1_000, "grand": 1_000, "m": 10**6, "mio": 10**6, "mn": 10**6,
           "million": 10**6, "millions": 10**6, "bn": 10**9}  # fmt: skip
_SIGN = "|".join(re.escape(one) for one in sorted(_SYMBOLS, key=len, reverse=True))
_SCALE = "|".join(_SCALES)
_AMOUNT = rf"(?P<before>{_SIGN})? ?(?P<number>\d[\d.,]*)(?: ?(?P<scale>{_SCALE})\b)? ?(?:(?P<after>{_SIGN})(?!\w))?"
_ONE = re.compile(_AMOUNT)
_PLAIN = re.sub(r"\?P<\w+>", "?:", _AMOUNT)
_OTHER = (
    r"(?: ?(?:in )?(?:arr|a year|per year|p\.a|annually))?"
    r"(?! ?(?:days?|weeks?|months?|d\b|w\b|tickets|accounts|customers|contacts|people|%))"
)
_OVER = re.compile(
    r"(?:worth |valued |bigger |larger )?(?:\bover|\babove|\bmore than|\bat least|\bgreater than|\bnorth of|"
    r"\bmin(?:imum)?|"
    rf"\bupwards of|\bin excess of|\bbigger than|\blarger than|\bexceeding|>=?|\büber) ?{_AMOUNT}{_OTHER}"
)
_UNDER = re.compile(
    r"(?:worth |smaller )?(?:\bunder|\bbelow|\bless than|\bat most|\bsmaller than|\bup to|\b(?:no|not) more than|"
    rf"\bsouth of|\bmax(?:imum)?|\bfewer than|<=?|\bunter) ?{_AMOUNT}{_OTHER}"
)
_AND_UP = re.compile(rf"(?<![\w.]){_AMOUNT}(?: (?:and|or) (?:up|more|above|over|higher|bigger)\b| ?\+| upwards\b)")
_AND_DOWN = re.compile(rf"(?<![\w.]){_AMOUNT} (?:and|or) (?:less|below|under|lower|smaller|down)\b")
_BETWEEN = re.compile(
    rf"(?:\b(?:between|from) )?(?<![\w.-])(?P<low>{_PLAIN}) ?(?:and|to|-) ?(?P<high>{_PLAIN})(?![\w./-])"
)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is compared with; a currency only where one was said."""

    over: Decimal | None = None
    under: Decimal | None = None
    currency: str | None = None


def take_amounts(line: str) -> tuple[Amounts, str]:
    """The amounts of a line, and the line without them."""
    if (match := _BETWEEN.search(line)) is not None and (both := _between(match)) is not None:
        return both, f"{line[: match.start()]}{GONE}{line[match.end() :]}"
    found = Amounts()
    for pattern, way in ((_UNDER, "under"), (_AND_DOWN, "under"), (_OVER, "over"), (_AND_UP, "over")):
        match = pattern.search(line)
        if match is None or getattr(found, way) is not None or (amount := _decimal(match)) is None:
            continue
        currency = _currency(match) or found.currency
        found = replace(found, over=amount, currency=currency) if way == "over" else replace(
            found, under=amount, currency=currency
        )  # fmt: skip
        line = f"{line[: match.start()]}{GONE}{line[match.end() :]}"
    return found, line


def _between(match: re.Match[str]) -> Amounts | None:
    """None when it is rather about days or a year: an amount of money is scaled, has a currency or five digits."""
    low, high = _ONE.fullmatch(match["low"].strip()), _ONE.fullmatch(match["high"].strip())
    if low is None or high is None:
        return None
    if not (high["scale"] or _currency(high) or len(re.sub(r"\D", "", high["number"])) > 4):
        return None
    over, under = _decimal(low), _decimal(high)
    if over is None or under is None:
        return None
    if not low["scale"] and over < 1_000:
        over *= _SCALES.get(high["scale"] or "", 1)
    return Amounts(over, under, _currency(high) or _currency(low))


def _decimal(match: re.Match[str]) -> Decimal | None:
    """`20.000`, `100,000`, `1.5` with its scale: a last group of three digits belongs to the thousands."""
    number = match["number"].strip(".,")
    whole = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number)
    try:
        amount = Decimal(re.sub(r"[.,]", "", number) if whole else number.replace(",", "."))
    except InvalidOperation:
        return None
    return amount * _SCALES.get(match["scale"] or "", 1)


def _currency(match: re.Match[str]) -> str | None:
    said = match["before"] or match["after"]
    return _SYMBOLS[said] if said else None
