"""Data text made harmless, and the words for money and ages; dates have `dates.py`.

Text from accounts, notes and people is hostile until shown otherwise: it may carry `<!channel>`, links, right-to-left
overrides or ten thousand characters. Nothing here knows Block Kit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from bot.services.results import Sum

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
# Bold, strike and code marks have no escape in mrkdwn; these look the same and format nothing.
_MARKS = str.maketrans({"*": "∗", "~": "∼", "`": "ˋ"})
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONALS = range(0x1F1E6, 0x1F200)


@lru_cache(maxsize=4_096)
def _is_mark(char: str) -> bool:
    """Whether it goes onto the letter before it."""
    return unicodedata.category(char) in ("Mn", "Me")


def clean(text: str) -> str:
    """One line without control, bidirectional, zero-width, surrogate or private characters; runs of space become one.

    At most three combining marks are kept on a letter.
    """
    text = text[:20_000]
    if text.isprintable() and (text.isascii() or not any(map(_is_mark, set(text)))):  # nearly all text
        return " ".join(text.split())
    kept, marks = [], 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in ("Cf", "Cs", "Co", "Cn") or marks > 3:
            continue
        kept.append(" " if category[0] in "CZ" else char)
    return " ".join("".join(kept).split())


def cut(text: str, length: int) -> str:
    """At most `length` characters, ending in … when shortened, never inside a letter with its marks or a flag."""
    if len(text) <= length:
        return text
    end = max(length - 1, 0)
    while end > 0 and _joins(text, end):
        end -= 1
    return f"{text[:end].rstrip()}…" if length > 0 else ""


def _joins(text: str, index: int) -> bool:
    """Whether the character at `index` belongs to the one before it."""
    char = text[index]
    if unicodedata.category(char)[0] == "M" or ord(char) in _SKIN_TONES:
        return True
    if ord(char) not in _REGIONALS:
        return False
    start = index
    while start > 0 and ord(text[start - 1]) in _REGIONALS:
        start -= 1
    return (index - start) % 2 == 1


def plain(text: str, length: int = 75) -> str:
    """For plain_text objects. Angle brackets become look-alikes, so that nothing depends on how they are unescaped."""
    return cut(clean(text).replace("<", "‹").replace(">", "›"), length) or "—"


def md(text: str, length: int = 200) -> str:
    """For mrkdwn: cut first, then escaped, so that no entity is ever cut in half."""
    return cut(clean(text), length).translate(_MARKS).translate(_ENTITIES)


def safe_url(url: str | None) -> str | None:
    """The address when it is a web address that a button may carry, else None."""
    if not url or len(url) > 3000 or re.search(r"[\s<>|\"\\]", url) or clean(url) != url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def money(amount: Sum) -> str:
    """`$1,200,000`, `€300,000.50`, `CHF 1,200`."""
    sign = "-" if amount.amount < 0 else ""
    size = abs(amount.amount)
    digits = f"{size:,.0f}" if size == size.to_integral_value() else f"{size:,.2f}"
    symbol = _SYMBOLS.get(amount.currency)
    return f"{sign}{symbol}{digits}" if symbol else f"{sign}{md(amount.currency, 8)} {digits}"


def monies(sums: Iterable[Sum], most: int = 4) -> str:
    """Sums of several currencies side by side: there is no rate in here. Empty text when there are none."""
    shown = [money(amount) for amount in sums]
    more = len(shown) - most
    extra = f" + {count(more, 'more currency', 'more currencies')}" if more > 0 else ""
    return " + ".join(shown[:most]) + extra


def percent(value: Decimal) -> str:
    return f"{value.normalize():f} %" if value == value.to_integral_value() else f"{value:.1f} %"


def away(days: int) -> str:
    """`today`, `tomorrow`, `in 12 days`, `3 days ago`."""
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
