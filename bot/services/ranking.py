"""The accounts of a book by what presses most, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain import ranking
from bot.domain.ranking import Danger, Standing
from bot.services.assess import State
from bot.services.card import risks_of
from bot.services.look import Look
from bot.storage.queries import accounts as queries


def first_of(look: Look, ids: list[int], count: int) -> list[int]:
    """The first `count` of these accounts, what presses most first (`bot.domain.ranking` has the formula)."""
    policy = look.policies.book
    standings = _standings(look, ids)
    sizes = ranking.sizes({one: standing.arr for one, standing in standings.items()}, policy)
    least = {one: ranking.at_least(standing, sizes[one], policy) for one, standing in standings.items()}

    def exact(some: Sequence[int]) -> dict[int, float]:
        return {one: ranking.factor(_danger(state), policy) for one, state in look.states(some).items()}

    return ranking.first(least, 1 + policy.weights.risk, exact, count)


def why_here(look: Look, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Why each of these accounts stands where it stands."""
    standings, policy = _standings(look, ids), look.policies.book
    return {one: ranking.reasons(standings[one], _danger(state), policy) for one, state in look.states(ids).items()}


def _standings(look: Look, ids: Sequence[int]) -> dict[int, Standing]:
    touched = queries.last_touches(look.reader, ids, look.now)
    return {one: _standing(look, one, touched) for one in ids}


def _standing(look: Look, one: int, touched: dict[int, datetime]) -> Standing:
    first, arr = look.leading(one), look.arrs.get(one)
    return Standing(
        leads=first.dates.leads if first is not None else None,
        days_left=first.dates.days_left if first is not None else None,
        renews=first.row.auto_renew if first is not None else None,
        arr=arr.totals if arr is not None and arr.known else (),
        silent_days=max(0, (look.today - touched[one].date()).days) if one in touched else None,
        cadence_days=look.policies.cadence.days_for(look.rows[one].segment).value,
    )


def _danger(state: State) -> Danger:
    risks = risks_of(state)
    worst = max((risk.severity for risk in risks), default=0)
    return Danger(state.health.score, state.health.band, len(risks), worst)
