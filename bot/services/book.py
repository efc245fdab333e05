"""A portfolio in order: what renews first, what is at risk, whom nobody spoke with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal, cast

from bot.domain.audience import Audience
from bot.domain.health import UNKNOWN
from bot.domain.ids import id_text
from bot.domain.names import fold
from bot.domain.policy import Policies, segment_key
from bot.services import scope as scopes
from bot.services.assess import State, assess
from bot.services.card import risks_of
from bot.services.contracts import BookArr, added_arr, contract_state, leading
from bot.services.errors import BadInput
from bot.services.lookup import require_internal
from bot.services.results import BookPage, BookRow, Sum
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries import portfolio

PAGE = 8
AT_MOST = 1_000
"""Accounts that are looked at for one page; a larger scope is cut to those whose contracts end first."""

Sort = Literal["renewal", "risk", "touch", "name"]
_FAR = 10**6
_LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show: whose book, which text in the name, which segment (by `segment_words`), which band of health, which
    order, which page."""

    owner: str | None = None
    search: str | None = None
    sort: str = "renewal"
    page: int = 1
    segment: str | None = None
    band: str | None = None


@dataclass(frozen=True)
class _Look:
    """What an order is made from. Only what it needs is read, and once: assessing hundreds of accounts for a page of
    eight takes ten times as long as putting them in order."""

    reader: Reader
    policies: Policies
    now: datetime
    today: date
    rows: dict[int, AnyRow]
    _states: dict[int, State] = field(default_factory=dict)

    @cached_property
    def contracts(self) -> dict[int, list[AnyRow]]:
        return queries.contracts(self.reader, sorted(self.rows))

    def states(self, ids: Iterable[int]) -> dict[int, State]:
        wanted = list(ids)
        unknown = [one for one in wanted if one not in self._states]
        self._states.update(assess(self.reader, unknown, self.policies, self.now, self.today))
        return {one: self._states[one] for one in wanted if one in self._states}

    def arr(self, ids: Iterable[int]) -> BookArr:
        return added_arr(self.reader, {one: self.rows[one] for one in ids}, self.contracts, self.today)


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
        look = _Look(reader, policies, now, today, queries.accounts(reader, ids))
        found = _fitting(look, wanted)
        ordered = _ORDERS[wanted.sort](look, found)
        pages = max(1, -(-len(ordered) // PAGE))
        page = min(max(wanted.page, 1), pages)
        shown = ordered[(page - 1) * PAGE : page * PAGE]
        states = look.states(shown)
        arr = look.arr(ordered)
    return BookPage(
        scope=scope.words,
        search=wanted.search,
        sort=cast(Sort, wanted.sort),
        page=page,
        pages=pages,
        total=len(ordered),
        rows=tuple(_row(one, states[one], today) for one in shown if one in states),
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


def _fitting(look: _Look, wanted: Filter) -> list[int]:
    """The accounts of the segment and band that are asked for."""
    segment = wanted.segment
    found = [one for one, row in look.rows.items() if segment is None or segment_words(row.segment) == segment]
    if wanted.band is None:
        return found
    return [one for one, state in look.states(found).items() if state.health.band == wanted.band]


def _by_renewal(look: _Look, ids: list[int]) -> list[int]:
    """Dates ahead first, soonest first; then what lapsed, latest first; then what has no date."""

    def order(one: int) -> tuple[int, int, str]:
        row = look.rows[one]
        own = look.contracts.get(one, ())
        first = leading([contract_state(contract, row.country, look.today) for contract in own])
        days = first.dates.days_left if first is not None else None
        if days is None:
            return 2, _FAR, row.name
        return (0, days, row.name) if days >= 0 else (1, -days, row.name)

    return sorted(ids, key=order)


def _by_risk(look: _Look, ids: list[int]) -> list[int]:
    states = look.states(ids)

    def order(one: int) -> tuple[int, int, int, str]:
        risks = risks_of(states[one])
        worst = max((risk.severity for risk in risks), default=0)
        score = states[one].health.score
        return -worst, -len(risks), score if score is not None else 101, look.rows[one].name

    return sorted(states, key=order)


def _by_touch(look: _Look, ids: list[int]) -> list[int]:
    """Never touched first, then longest ago."""
    touched = queries.last_touches(look.reader, ids, look.now)

    def order(one: int) -> tuple[bool, float, str]:
        at = touched.get(one)
        return at is not None, at.timestamp() if at is not None else 0.0, look.rows[one].name

    return sorted(ids, key=order)


def _by_name(look: _Look, ids: list[int]) -> list[int]:
    return sorted(ids, key=lambda one: fold(look.rows[one].name))


_ORDERS: dict[str, Callable[[_Look, list[int]], list[int]]] = {
    "renewal": _by_renewal,
    "risk": _by_risk,
    "touch": _by_touch,
    "name": _by_name,
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
