"""A portfolio in order: what renews first, what is at risk, whom nobody spoke with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from bot.domain.audience import Audience
from bot.domain.health import UNKNOWN
from bot.domain.ids import id_text
from bot.domain.names import fold
from bot.domain.policy import Policies, segment_key
from bot.services import scope as scopes
from bot.services.assess import State
from bot.services.card import risks_of
from bot.services.errors import BadInput
from bot.services.look import Look
from bot.services.lookup import require_internal
from bot.services.ranking import first_of, why_here
from bot.services.results import BookPage, BookRow, Sum
from bot.storage.database import Database, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries import portfolio

PAGE = 8
AT_MOST = 1_000
"""Accounts that are looked at for one page; a larger scope is cut to those whose contracts end first."""

Sort = Literal["rank", "renewal", "risk", "touch", "name"]
_FAR = 10**6
_LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show: whose book, which text in the name, which segment (by `segment_words`), which band of health, which
    order, which page."""

    owner: str | None = None
    search: str | None = None
    sort: str = "rank"
    page: int = 1
    segment: str | None = None
    band: str | None = None


def book_page(
    database: Database, audience: Audience, wanted: Filter, policies: Policies, now: datetime, today: date
) -> BookPage:
    """A page of a portfolio. Raises BadInput for an unknown order or owner."""
    if wanted.sort not in _ORDERS:
        raise BadInput(f"{wanted.sort!r} is no order; sort by {', '.join(_ORDERS)}.")
    require_internal(audience)
    with database.reading(audience) as reader:
        scope = scopes.resolve(reader, audience, wanted.owner)
        ids, notes = chosen(reader, scope, wanted.search, today)
        look = Look(reader, policies, now, today, queries.accounts(reader, ids))
        found = _fitting(look, wanted)
        pages = max(1, -(-len(found) // PAGE))
        page = min(max(wanted.page, 1), pages)
        shown = _ORDERS[wanted.sort](look, found, page * PAGE)[(page - 1) * PAGE : page * PAGE]
        states = look.states(shown)
        arr = look.arr(found)
        why = why_here(look, shown) if wanted.sort == "rank" else {}
    return BookPage(
        scope=scope.words,
        search=wanted.search,
        sort=cast(Sort, wanted.sort),
        page=page,
        pages=pages,
        total=len(found),
        rows=tuple(_row(one, states[one], today, why.get(one, ())) for one in shown if one in states),
        arr=tuple(Sum.of(money) for money in arr.totals),
        notes=tuple(note for note in (scope.note, *notes) if note),
        segments=tuple(sorted({key for row in look.rows.values() if (key := segment_words(row.segment)) is not None})),
        bands=(*(band.name for band in policies.health.bands), UNKNOWN),
        as_of=now,
    )


def segment_words(segment: str | None) -> str | None:
    """A segment as filters name it, however it is spelled in the data."""
    key = segment_key(segment)
    return key[:_LONGEST_KEY] if key else None


def chosen(
    reader: Reader, scope: scopes.Scope, search: str | None, today: date, most: int = AT_MOST
) -> tuple[list[int], list[str]]:
    """The accounts of a scope that fit the search, and what to say when there are too many to look at."""
    if search:
        found = portfolio.named_like(reader, fold(search), most + 1)
        ids = [one for one in found if scope.holds(one)]
    elif scope.ids is None:
        ids = portfolio.soonest_to_end(reader, today, most + 1)
    elif len(scope.ids) <= most:
        return sorted(scope.ids), []
    else:
        ids = portfolio.soonest_of(reader, sorted(scope.ids), today)
    if len(ids) <= most:
        return ids, []
    return ids[:most], [f"Only the {most:,} accounts whose contracts end first are shown; narrow by owner or search."]


def _fitting(look: Look, wanted: Filter) -> list[int]:
    """The accounts of the segment and band that are asked for."""
    segment = wanted.segment
    found = [one for one, row in look.rows.items() if segment is None or segment_words(row.segment) == segment]
    if wanted.band is None:
        return found
    return [one for one, state in look.states(found).items() if state.health.band == wanted.band]


def _by_renewal(look: Look, ids: list[int], _count: int) -> list[int]:
    """Dates ahead first, soonest first; then what lapsed, latest first; then what has no date."""

    def order(one: int) -> tuple[int, int, str]:
        row, first = look.rows[one], look.leading(one)
        days = first.dates.days_left if first is not None else None
        if days is None:
            return 2, _FAR, row.name
        return (0, days, row.name) if days >= 0 else (1, -days, row.name)

    return sorted(ids, key=order)


def _by_risk(look: Look, ids: list[int], _count: int) -> list[int]:
    states = look.states(ids)

    def order(one: int) -> tuple[int, int, int, str]:
        risks = risks_of(states[one])
        worst = max((risk.severity for risk in risks), default=0)
        score = states[one].health.score
        return -worst, -len(risks), score if score is not None else 101, look.rows[one].name

    return sorted(states, key=order)


def _by_touch(look: Look, ids: list[int], _count: int) -> list[int]:
    """Never touched first, then longest ago."""
    touched = queries.last_touches(look.reader, ids, look.now)

    def order(one: int) -> tuple[bool, float, str]:
        at = touched.get(one)
        return at is not None, at.timestamp() if at is not None else 0.0, look.rows[one].name

    return sorted(ids, key=order)


def _by_name(look: Look, ids: list[int], _count: int) -> list[int]:
    return sorted(ids, key=lambda one: fold(look.rows[one].name))


_ORDERS: dict[str, Callable[[Look, list[int], int], list[int]]] = {
    "rank": first_of,
    "renewal": _by_renewal,
    "risk": _by_risk,
    "touch": _by_touch,
    "name": _by_name,
}


def _row(one: int, state: State, today: date, why: tuple[str, ...]) -> BookRow:
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
        why=why,
        last_touch_days=max(0, (today - state.last_touch_at.date()).days) if state.last_touch_at is not None else None,
    )
