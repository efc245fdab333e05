"""What a customer's copy must not say: health, ARR, the words of internal notes, people whom only those name.

Words that the customer's record has as well are no secret: an internal note may quote what was promised to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from bot.documents.lint import Secret
from bot.services.qbr.facts import Row, rows_of, said_in
from bot.services.qbr.gather import Gathered
from bot.services.results.qbr import QbrBody
from bot.storage.database import AnyRow

_NOTES = 400
"""How many of the newest internal texts are looked for, word by word."""
_RUN = 5
"""Words in a row that are enough to know a text by."""
_WORD = re.compile(r"\w+")


def secrets_of(found: Gathered, body: QbrBody, besides: Sequence[AnyRow] = ()) -> Iterator[Secret]:
    """`besides` are conversations of other times, newest first: what is written today is often pasted from those."""
    state = found.state
    if state.health.score is not None:
        yield Secret.number("health score", state.health.score, ("health", "score"))
    for money in state.arr.totals:
        yield Secret.number("ARR", money.amount, ("arr", "annual", "recurring", "contract value"))
    rows = sorted(rows_of(found), key=lambda one: one.at, reverse=True)
    others = list(said_in(found, besides))
    known = [*found.names, *_told([*rows, *others], body)]
    told = _runs(known)
    notes = [*_notes(rows)[:_NOTES], *_notes(others)[:_NOTES]]
    for label, texts in (("internal note", notes), ("internal part of the review", _inside(body))):
        yield from (Secret.text(label, words) for text in texts for words in untold(text, told))
    yield from _deals(found, known)
    yield from _people(found)


def _notes(rows: Iterable[Row]) -> list[str]:
    return [one.text for one in rows if one.visibility == "internal" and one.kind not in _THEIRS]


def _deals(found: Gathered, known: Iterable[str]) -> Iterator[Secret]:
    """Names and amounts of deals and of ideas for growth, where they are long enough to know and the customer's record
    has them not: a round number may count anything."""
    told = " ".join(" ".join(_WORD.findall(text.casefold())) for text in known)
    for name, amount in (*((row.name, row.amount) for row in found.deals), *_ideas(found)):
        words = " ".join(_WORD.findall((name or "").casefold()))
        if words.count(" ") + 1 >= _NAME and words not in told:
            yield Secret.tag(_DEAL, name)
        if amount is not None and not _is_round(amount) and not _says(told, amount):
            yield Secret.number(_DEAL, amount)


def _is_round(amount: Decimal) -> bool:
    return len(f"{amount:f}".replace(".", "").strip("0")) <= _ROUND


def _says(told: str, amount: Decimal) -> bool:
    """Whether words apart from each other have the amount: "31 337" or "31337"."""
    return f"{amount:,.0f}".replace(",", " ") in told or f"{amount:.0f}" in told


def _ideas(found: Gathered) -> Iterator[tuple[str, Decimal | None]]:
    yield from ((row.what, row.amount) for row in found.plan.ideas)


_DEAL = "a deal or idea of ours"
_NAME = 3
"""Words of a deal's name that no sentence has by chance."""
_ROUND = 3
"""Digits before the zeros that a round number has."""
_THEIRS = ("survey", "ticket")
"""What the customer said themselves, though only the team sees who."""


def _told(rows: Iterable[Row], body: QbrBody) -> Iterator[str]:
    """What the customer knows from the record. What a person wrote into the review is not of it: it is looked at."""
    yield from (one.text for one in rows if one.visibility == "client-safe" or one.kind in _THEIRS)
    yield from _of_plan(body, internal=False)
    yield from (one.text for one in body.objectives if one.agreed_on is not None)


def _of_plan(body: QbrBody, *, internal: bool) -> Iterator[str]:
    yield from (one.text for one in body.promises if one.internal is internal)
    yield from (one.text for one in body.actions if one.internal is internal)
    yield from (one.what for one in body.outcomes if one.internal is internal)
    yield from (one.what for one in body.requests if one.internal is internal)


def _inside(body: QbrBody) -> Iterator[str]:
    """What the team's copy says and the customer's must not."""
    yield from (part for one in body.sentences if one.internal for part in (one.text, one.quote) if part)
    yield from _of_plan(body, internal=True)
    yield from (one.text for one in body.objectives if one.agreed_on is None)
    yield from (one.sentence for one in body.risks)
    yield from body.deals
    if body.why_bought is not None and body.why_bought_internal:
        yield body.why_bought


def untold(text: str, told: frozenset[tuple[str, ...]]) -> Iterator[str]:
    """The stretches of a text that share no run of words with what was `told`, where they are long enough to know."""
    words = _WORD.findall(text.casefold())
    known = [False] * len(words)
    for first in range(len(words) - _RUN + 1):
        if tuple(words[first : first + _RUN]) in told:
            known[first : first + _RUN] = [True] * _RUN
    stretch: list[str] = []
    for word, is_known in [*zip(words, known, strict=True), ("", True)]:
        if not is_known:
            stretch.append(word)
        else:
            if len(stretch) >= _RUN:
                yield " ".join(stretch)
            stretch = []


def _runs(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(words[first : first + _RUN])
        for text in texts
        for words in [_WORD.findall(text.casefold())]
        for first in range(len(words) - _RUN + 1)
    )


def _people(found: Gathered) -> Iterator[Secret]:
    """Those of us who wrote internal notes only and owe the customer nothing."""
    known = {row.author_id for row in found.interactions if row.visibility == "client-safe"}
    known |= {found.state.owner.id} if found.state.owner is not None else set()
    inside = {row.author_id for row in found.interactions} - known - {None}
    owing = {row.owner for row in found.promises}
    for one in sorted(inside):
        name = found.authors.get(one)
        if name is not None and name not in owing:
            yield Secret.name("somebody whom only internal notes name", name)
