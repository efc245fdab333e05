"""A question that only says what is different from the one before: "and Globex?", "only mine", "over 50k"."""

from __future__ import annotations

import re
from typing import Any

from bot.domain.names import fold

from . import queries as q
from .leftovers import names_left
from .slots import take, take_days, take_kpis
from .topics import about
from .words import Masked

_URGENT = re.compile(r"\burgent\b|\bescalat|\bp1s?\b|\bcritical\b")
_OVERDUE = re.compile(r"\boverdue\b|\blate\b|\bmissed\b")
_RISKY = re.compile(r"\bat[- ]risk\b|\brisky\b")
_DIRECTIONS = (
    (re.compile(r"\b(?:down|falling|dropping|declining)\b"), "down"),
    (re.compile(r"\b(?:up|growing|rising)\b"), "up"),
)


def changed(before: q.Question, line: str, masked: Masked) -> q.Question | None:
    """The question before with what this line says instead; None when it says nothing that fits."""
    if isinstance(before, q.Said) and (topic := about(line, masked)) is not None:
        return before.model_copy(update={"topic": topic.text})
    values = (
        _compared_too(before, line, masked) if isinstance(before, q.Compare) else _said_instead(before, line, masked)
    )
    if not values:
        return None
    try:
        return q.QUESTION.validate_python({**before.model_dump(exclude_none=True), **values})
    except ValueError:
        return None


def _said_instead(before: q.Question, line: str, masked: Masked) -> dict[str, Any] | None:
    """The slots to replace; None when there are none, or one that the question has no place for."""
    kpis, line = take_kpis(line) if isinstance(before, q.Metric) else ([], line)
    days, rest = take_days(line) if isinstance(before, q.Silent | q.Tickets) else (None, line)
    slots, rest = take(rest, masked)
    values: dict[str, Any] = dict(slots.narrows)
    if slots.when is not None:
        values["when"] = slots.when
    if days is not None:
        values["days"] = days
    values |= _flags(before, line)
    if kpis:
        values["kpi"] = kpis[0]
    if not values:
        values |= _number(before, rest)
    left = names_left(rest, masked)
    known = [one for one in left if one.known] or left
    if known and not _place(values, before, known[0].text):
        return None
    if not values or not set(values) <= set(type(before).model_fields):
        return None
    if values.get("whose") or values.get("segment"):
        values.setdefault("account", None) if "account" in type(before).model_fields else None
    return values


def _compared_too(before: q.Compare, line: str, masked: Masked) -> dict[str, Any]:
    kpis, rest = take_kpis(line)
    more = [one.text for one in names_left(rest, masked) if fold(one.text) not in map(fold, before.accounts)]
    values: dict[str, Any] = {"kpi": kpis[0]} if kpis else {}
    return {**values, "accounts": (*before.accounts, *more)[: q.MOST_ACCOUNTS]} if more else values


_SCOPE = ("whose", "segment", "product", "over", "under", "currency")
_OF_THOSE = re.compile(
    r"\b(?:those|these|them|of which)\b|^(?:and |or |but |ok |so )*(?:which|any|only|just|how many)\b"
    r"(?!.*\b(?:accounts|customers|clients|book|portfolio|contracts)\b)"
)


def of_those(before: q.Question, question: q.Question, line: str) -> q.Question:
    """ "Which of those renew?" is asked of the accounts that were listed before."""
    if not (isinstance(before, q.Listing) and isinstance(question, q.Listing)) or _OF_THOSE.search(line) is None:
        return question
    if any(getattr(question, slot) is not None for slot in _SCOPE) or getattr(question, "account", None) is not None:
        return question
    return question.model_copy(update={slot: getattr(before, slot) for slot in _SCOPE})


_NUMBER = re.compile(r"(?<![\w.‹])(\d{1,9})(k|m)?(?![\w.›])")


def _number(before: q.Question, rest: str) -> dict[str, Any]:
    """ "Make it 90": the number of the question before, whatever it counted."""
    match = _NUMBER.search(rest)
    if match is None:
        return {}
    number, scale = int(match[1]), {"k": 1_000, "m": 10**6}.get(match[2] or "", 1)
    if scale > 1 or number >= 1_000:
        return {"under" if getattr(before, "under", None) is not None else "over": number * scale}
    if (when := _COUNTED.fullmatch(getattr(before, "when", None) or "")) is not None:
        return {"when": f"{when[1]}{number}{when[2]}"}
    if getattr(before, "limit", None) is None and "days" in type(before).model_fields:
        return {"days": number}
    return {"limit": number} if getattr(before, "limit", None) is not None else {}


_COUNTED = re.compile(r"((?:next|last) )\d+( \w+)")


def _place(values: dict[str, Any], before: q.Question, name: str) -> bool:
    fields = type(before).model_fields
    if "account" in fields:
        values["account"] = name
        for listing in ("whose", "segment"):
            if listing in fields:
                values[listing] = None
        return True
    if "whose" in fields:
        values.setdefault("whose", name)
        return True
    return False


def _flags(before: q.Question, line: str) -> dict[str, Any]:
    if isinstance(before, q.Tickets) and _URGENT.search(line):
        return {"urgent": True}
    if isinstance(before, q.Promises) and _OVERDUE.search(line):
        return {"overdue": True}
    if isinstance(before, q.Renewals) and _RISKY.search(line):
        return {"at_risk": True}
    if isinstance(before, q.Usage):
        return next(({"direction": way} for pattern, way in _DIRECTIONS if pattern.search(line)), {})
    return {}
