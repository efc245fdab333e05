"""Quotes: word for word in a cited text, whole words, and not cut so that they say the opposite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from skills.contract import Evidence, Reason
from skills.gates.orders import gives_orders, to_machines
from skills.gates.polarity import negations
from skills.gates.words import clauses, sentences
from skills.hygiene import quotable

_SHORTEST = 4
_MARKS = " \"'“”„«»‘’"


class Found(NamedTuple):
    """A quote as it stands in its source."""

    text: str
    source: str


def found(quote: str | None, evidence: Sequence[Evidence], *, longest: int) -> Found | Reason:
    """The quote and the first of the cited texts that has it."""
    wanted = quotable(quote or "").strip(_MARKS)
    if len(wanted) < _SHORTEST or len(wanted) > longest:
        return Reason.QUOTE if len(wanted) < _SHORTEST else Reason.LENGTH
    for one in evidence:
        text = quotable(one.text)
        at = _whole(text, wanted)
        if at < 0:
            continue
        if one.is_external and (to_machines(one.text) or gives_orders(_around(text, at, wanted))):
            return Reason.ORDERS
        before = text[:at]
        if negations((clauses(f"{before}x") or [""])[-1]):
            return Reason.NEGATION
        return Found(wanted, one.id)
    return Reason.QUOTE


def _whole(text: str, wanted: str) -> int:
    """Where the words stand as whole words; -1 when nowhere."""
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        starts = at == 0 or not (text[at - 1].isalnum() and wanted[0].isalnum())
        ends = end == len(text) or not (text[end].isalnum() and wanted[-1].isalnum())
        if starts and ends:
            return at
        at = text.find(wanted, at + 1)
    return -1


def _around(text: str, at: int, wanted: str) -> str:
    """The sentences that a quote lies in."""
    return " ".join(one for one in sentences(text) if one in wanted or wanted in one) or text[max(0, at - 200) :][:800]
