"""A portfolio in order: what renews first, what is at risk, whom nobody spoke with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.domain.money import totals
from bot.domain.names import fold
from bot.domain.policy import Policies
from bot.services import scope as scopes
from bot.services.assess import State, assess
from bot.services.card import risks_of
from bot.services.errors import BadInput
from bot.services.lookup import require_internal
from bot.services.results import BookPage, BookRow, Sum
from bot.storage.database import Database, Reader
from bot.storage.queries import portfolio

PAGE = 8
AT_MOST = 1_000
"""Accounts that are assessed for one page; a larger scope is cut to those whose contracts end first."""

Sort = Literal["renewal", "risk", "touch", "name"]
_FAR = 10**6


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show: whose book, which text in the name, which order, which page."""

    owner: str | None = None
    search: str | None = None
    sort: str = "renewal"
    page: int = 1


def book_page(
    database: Database, audience: Audience, wanted: Filter, policies: Policies, now: datetime, today: date
) -> BookPage:
    """A page of a portfolio. Raises BadInput for an unknown order or owner."""
    if wanted.sort not in _ORDERS:
        raise BadInput(f"{wanted.sort!r} is no order; sort by {', '.join(_ORDERS)}.")
    require_internal(audience)
    with database.reading(audience) as reader:
        scope = scopes.resolve(reader, audience, wanted.owner)
        ids, notes = _chosen(reader, scope, wanted.search, today)
        states = assess(reader, ids, policies, now, today)
    ordered = sorted(states.items(), key=lambda item: _ORDERS[wanted.sort](item[1]))
    pages = max(1, -(-len(ordered) // PAGE))
    page = min(max(wanted.page, 1), pages)
    return BookPage(
        scope=scope.words,
        search=wanted.search,
        sort=cast(Sort, wanted.sort),
        page=page,
        pages=pages,
        total=len(ordered),
        rows=tuple(_row(one, state, today) for one, state in ordered[(page - 1) * PAGE : page * PAGE]),
        arr=tuple(Sum.of(money) for money in totals(m for state in states.values() for m in state.arr.totals)),
        notes=tuple(note for note in (scope.note, *notes) if note),
        as_of=now,
    )


def _chosen(reader: Reader, scope: scopes.Scope, search: str | None, today: date) -> tuple[list[int], list[str]]:
    """The accounts of a scope that fit the search, and what to say when there are too many to assess."""
    if search:
        found = portfolio.named_like(reader, fold(search), AT_MOST + 1)
        ids = [one for one in found if scope.holds(one)]
    elif scope.ids is not None and len(scope.ids) <= AT_MOST:
        return sorted(scope.ids), []
    else:
        soonest = portfolio.soonest_to_end(reader, today, AT_MOST + 1 if scope.ids is None else 10**9)
        ids = [one for one in soonest if scope.holds(one)]
    if len(ids) <= AT_MOST:
        return ids, []
    return ids[:AT_MOST], [
        f"Only the {AT_MOST:,} accounts whose contracts end first are shown; narrow by owner or search."
    ]


def _by_renewal(state: State) -> tuple[int, int, str]:
    """Dates ahead first, soonest first; then what lapsed, latest first; then what has no date."""
    days = state.leading.dates.days_left if state.leading else None
    if days is None:
        return 2, _FAR, state.row.name
    return (0, days, state.row.name) if days >= 0 else (1, -days, state.row.name)


def _by_risk(state: State) -> tuple[int, int, int, str]:
    risks = risks_of(state)
    worst = max((risk.severity for risk in risks), default=0)
    score = state.health.score if state.health.score is not None else 101
    return -worst, -len(risks), score, state.row.name


def _by_touch(state: State) -> tuple[bool, float, str]:
    """Never touched first, then longest ago."""
    at = state.last_touch_at
    return at is not None, at.timestamp() if at is not None else 0.0, state.row.name


_ORDERS: dict[str, Callable[[State], tuple[object, ...]]] = {
    "renewal": _by_renewal,
    "risk": _by_risk,
    "touch": _by_touch,
    "name": lambda state: (fold(state.row.name),),
}


def _row(one: int, state: State, today: date) -> BookRow:
    dates = state.leading.dates if state.leading else None
    risks = risks_of(state)
    return BookRow(
        id=id_text(one),
        name=state.row.name,
        owner=state.owner.name if state.owner is not None else None,
        segment=state.row.segment,
        arr=tuple(Sum.of(money) for money in state.arr.totals) if state.arr.known else (),
        leads=dates.leads if dates else None,
        lead_on=dates.lead_on if dates else None,
        days_left=dates.days_left if dates else None,
        term_state=dates.state if dates else "no contract",
        health=state.health.score,
        band=state.health.band,
        risks=len(risks),
        worst_risk=risks[0].sentence if risks else None,
        last_touch_days=max(0, (today - state.last_touch_at.date()).days) if state.last_touch_at is not None else None,
    )
