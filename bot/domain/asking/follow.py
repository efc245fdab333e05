"""A question that only says what is different from the one before: "and Globex?", "only mine", "over 50k"."""

from __future__ import annotations

import re
from typing import Any

from . import queries as q
from .leftovers import left_in
from .slots import take, take_days
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
    values = _said_instead(before, line, masked)
    if values is None:
        return None
    try:
        return q.QUESTION.validate_python({**before.model_dump(exclude_none=True), **values})
    except ValueError:
        return None


def _said_instead(before: q.Question, line: str, masked: Masked) -> dict[str, Any] | None:
    """The slots to replace; None when there are none, or one that the question has no place for."""
    days, rest = take_days(line) if isinstance(before, q.Silent) else (None, line)
    slots, rest = take(rest, masked)
    values: dict[str, Any] = dict(slots.narrows)
    if slots.when is not None:
        values["when"] = slots.when
    if days is not None:
        values["days"] = days
    values |= _flags(before, line)
    left = left_in(rest, masked)
    known = [one for one in left if one.known] or left
    if known and not _place(values, before, known[0].text):
        return None
    if not values or not set(values) <= set(type(before).model_fields):
        return None
    if values.get("whose") or values.get("segment"):
        values.setdefault("account", None) if "account" in type(before).model_fields else None
    return values


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
