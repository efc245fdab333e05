"""Which account of a book comes first, and why, in words.

    rank = (1 + w.renewal x nearness) x (1 + w.arr x size) x (1 + w.risk x danger) x (1 + w.silence x lateness)

nearness, size, danger and lateness lie between 0 and 1, the weights are those of book.yml. Each part is 1 at least:
what is not known takes nothing away from the rest. A product, because a large account that renews soon and is at risk
needs somebody today, while one of the three alone can wait.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .money import Money, totals
from .policy.book import BookPolicy

FRESH_LAPSE = 60
"""A contract that ended longer ago than so many days does not press any more."""
_CHUNK = 16
_PLAIN = ("at risk", "critical")
"""Bands whose names say by themselves what is the matter."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an account without looking deeply. `days_left` counts to its next date, negative once the
    contract ended; `silent_days` since somebody last talked, None when nobody ever did by what is known."""

    leads: Literal["notice", "end"] | None
    days_left: int | None
    renews: bool | None
    arr: tuple[Money, ...]
    silent_days: int | None
    cadence_days: int


@dataclass(frozen=True, slots=True)
class Danger:
    """Health, None when it is not known, its band, and the open risks with the severity of the worst (0 to 5)."""

    health: int | None
    band: str
    risks: int
    severity: int


def nearness(standing: Standing, policy: BookPolicy) -> float:
    days = standing.days_left
    if days is None or days < -FRESH_LAPSE:
        return 0.0
    return max(0.0, 1.0 - max(0, days) / policy.horizon_days)


def lateness(standing: Standing) -> float:
    if standing.silent_days is None:
        return 1.0
    return min(1.0, max(0, standing.silent_days - standing.cadence_days) / standing.cadence_days)


def danger(found: Danger, policy: BookPolicy) -> float:
    health = policy.unknown_health if found.health is None else 1.0 - found.health / 100
    return max(health, found.severity / 5)


def sizes(books: Mapping[int, Iterable[Money]], policy: BookPolicy) -> dict[int, float]:
    """Where each account's ARR stands among those of its currency: the share of them that are not larger.

    With rates all are compared in the base currency. An account with several currencies counts by its best place.
    """
    amounts = {one: [_comparable(money, policy) for money in totals(arr)] for one, arr in books.items()}
    pools: dict[str, list[Decimal]] = {}
    for found in amounts.values():
        for money in found:
            pools.setdefault(money.currency, []).append(money.amount)
    for pool in pools.values():
        pool.sort()
    return {
        one: max((bisect_right(pools[m.currency], m.amount) / len(pools[m.currency]) for m in found), default=0.0)
        for one, found in amounts.items()
    }


def _comparable(money: Money, policy: BookPolicy) -> Money:
    rate = policy.rate(money.currency)
    return money if rate is None or policy.base is None else Money(money.amount * rate, policy.base)


def at_least(standing: Standing, size: float, policy: BookPolicy) -> float:
    """The rank without danger: what an account has when nothing threatens it."""
    w = policy.weights
    near = 1 + w.renewal * nearness(standing, policy)
    return near * (1 + w.arr * size) * (1 + w.silence * lateness(standing))


def factor(found: Danger, policy: BookPolicy) -> float:
    """What danger multiplies a rank with."""
    return 1 + policy.weights.risk * danger(found, policy)


def first(least: Mapping[int, float], most: float, exact: Callable[[Sequence[int]], dict[int, float]], count: int) -> (
    list[int]
):  # fmt: skip
    """The `count` accounts that come first, in order; equal ones by id.

    `least` is each rank without danger, which multiplies it with `most` at most; `exact` has the factors of some, and
    leaves out those that are gone. Only those that may come among the first are asked for.
    """
    ranks: list[tuple[float, int]] = []
    waiting = sorted(least, key=lambda one: (-least[one], one))
    while waiting:
        if len(ranks) >= count and -ranks[count - 1][0] >= least[waiting[0]] * most:
            break
        chunk, waiting = waiting[: max(_CHUNK, count - len(ranks))], waiting[max(_CHUNK, count - len(ranks)) :]
        ranks += [(-least[one] * by, one) for one, by in exact(chunk).items()]
        ranks.sort()
    return [one for _, one in ranks[:count]]


def reasons(standing: Standing, found: Danger, policy: BookPolicy) -> tuple[str, ...]:
    """Why an account stands where it stands, in words a person accepts: "renews in 21 days", "120,000 EUR", ..."""
    said = [_date(standing, policy), _size(standing.arr), _danger(found), _silence(standing)]
    return tuple(one for one in said if one)


def _date(standing: Standing, policy: BookPolicy) -> str | None:
    days = standing.days_left
    if days is None:
        return "no date is known"
    if not nearness(standing, policy):
        return None
    if days < 0:
        return f"ended {_days(-days)} ago, and no renewal is known"
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {_days(days)}")
    if standing.leads == "notice":
        return f"notice deadline {when}"
    return f"{'renews' if standing.renews else 'ends'} {when}"


def _size(arr: tuple[Money, ...]) -> str:
    return " + ".join(f"{money.amount:,.0f} {money.currency}" for money in arr) or "ARR not known"


def _danger(found: Danger) -> str | None:
    if found.health is None:
        return "health unknown"
    if found.band == "healthy":
        return f"{found.risks} {'risk' if found.risks == 1 else 'risks'}" if found.severity >= 3 else None
    return found.band if found.band in _PLAIN else f"health: {found.band}"


def _silence(standing: Standing) -> str | None:
    if standing.silent_days is None:
        return "no conversation is known"
    over = standing.silent_days - standing.cadence_days
    return f"nobody talked for {_days(standing.silent_days)}, {over} too long" if over > 0 else None


def _days(count: int) -> str:
    return f"{count:,} day" if count == 1 else f"{count:,} days"
