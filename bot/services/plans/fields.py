"""What was typed into the form of a part, as the values of its row; what is wrong, field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bot.domain.ids import parse_id
from bot.domain.words import shows
from bot.importers.amounts import Parts
from bot.importers.errors import BadCellError
from bot.services.errors import BadFields
from bot.services.plans.parts import LONGEST, Field, Spec

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_MOST = Decimal(10) ** 13
_YEARS = (1990, 2100)


def cells_of(spec: Spec, typed: Mapping[str, str]) -> dict[str, Any]:
    """The row's values by column. Raises BadFields with a sentence for each field that is wrong."""
    wrong: dict[str, str] = {}
    cells: dict[str, Any] = {}
    for one in spec.fields:
        text = _UNKEEPABLE.sub("", typed.get(one.name, "")).strip()
        try:
            cells |= _read(one, text if shows(text) else "")
        except ValueError as error:
            wrong[one.name] = str(error)
    if wrong:
        raise BadFields(wrong)
    return cells


def _read(one: Field, text: str) -> dict[str, Any]:
    if not text and one.required and one.kind != "choice":
        raise ValueError(f"Say {one.label[:1].lower()}{one.label[1:]}.")
    match one.kind:
        case "line" | "text":
            return {one.name: _words(one, text) or None}
        case "day":
            return {one.name: _day(text) if text else None}
        case "money":
            amount, currency = money_of(text) if text else (None, None)
            return {"amount": amount, "currency": currency}
        case "choice":
            return {one.name: _choice(one, text)}
        case _:
            return {one.name: _link(text) if text else None}


def _words(one: Field, text: str) -> str:
    lines = text.splitlines() if one.kind == "text" else [text]
    tidy = "\n".join(" ".join(line.split()) for line in lines)
    most = LONGEST[one.kind]
    if len(tidy) > most:
        raise ValueError(f"At most {most:,} characters; this has {len(tidy):,}. Shorten it.")
    return tidy


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError("That is no day. Choose one from the calendar, or write it like 2026-03-31.") from None
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise ValueError(f"Choose a day between {_YEARS[0]} and {_YEARS[1]}.")
    return found


def _choice(one: Field, text: str) -> str | int | None:
    chosen = text or (next(iter(one.choices)) if one.required else "")
    if chosen and chosen not in one.choices:
        raise ValueError(f"Choose one of: {', '.join(one.choices.values())}.")
    if not chosen:
        return None
    return int(chosen) if one.name == "stance" else chosen


def _link(text: str) -> int:
    found = parse_id(text)
    if found is None:
        raise ValueError("Choose it from the list.")
    return found


def money_of(text: str) -> tuple[Decimal, str]:
    """An amount with its currency: "12,000 EUR", "€1.200,50", "300k CHF".

    Three digits behind a mark are thousands, one or two at the end are cents. Raises ValueError without a currency.
    """
    try:
        parts = Parts(text)
    except BadCellError:
        raise ValueError("That is no amount. Write it with its currency, for example 12,000 EUR.") from None
    if parts.currency is None:
        raise ValueError("In which currency? For example 12,000 EUR.")
    if parts.negative or parts.percent:
        raise ValueError("An amount of money, not below zero. For example 12,000 EUR.")
    amount = _number(parts.number).scaleb(parts.scale)
    if amount > _MOST:
        raise ValueError("That amount is too large to be true.")
    return amount, parts.currency


def _number(text: str) -> Decimal:
    plain = re.sub(r"['’ \u00a0\u202f]", "", text).rstrip(".,")
    cents = re.fullmatch(r"([\d.,]*?\d)[.,](\d{1,2})", plain)
    whole, fraction = (cents[1], cents[2]) if cents else (plain, "")
    if not re.fullmatch(r"\d+|\d{1,3}(?:[.,]\d{3})+", whole):
        raise ValueError("I cannot tell thousands from cents. Write it like 12,000 or 12000.50.")
    return Decimal(f"{re.sub(r'[.,]', '', whole)}.{fraction or 0}")
