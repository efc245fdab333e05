"""Before and after what a contract or a review says: "2 business days before the notice deadline"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.domain.when.readings import Anchor, Anchored, Side, Unit

from .amounts import Amount, amounts
from .clocks import Clock
from .patterns import Row, Slots, matches, table
from .said import Candidate

Distance = tuple[int, Unit, Side]
_MOST_DAYS = 1_000


def anchored(phrase: str, clock: Clock) -> Iterator[Candidate]:
    """Every distance from a day of the account that the phrase may name, at every time the clock may mean."""
    for distances, slots in matches(_TABLE, phrase):
        for anchor, _ in matches(_ANCHORS, slots["rest"]):
            for count, unit, side in distances(slots):
                for at in clock.on_a_day:
                    doubt = "Midnight begins a day or ends it. Is the beginning meant?" if clock.night else ""
                    yield Candidate(Anchored(anchor, count, unit, side, at, clock.explicit), doubt)


def _far(side: Side) -> Callable[[Slots], Iterator[Distance]]:
    def distances(slots: Slots) -> Iterator[Distance]:
        for amount in amounts(slots["phrase"]):
            if distance := _single(amount):
                yield (*distance, side)

    return distances


def _single(amount: Amount) -> tuple[int, Unit] | None:
    """The length in one unit, None for hours, for mixtures and for what no contract reaches."""
    if amount.seconds or (amount.months and amount.days):
        return None
    if amount.months:
        return (amount.months, "months") if amount.months * 30 <= _MOST_DAYS else None
    if amount.business_days:
        return (amount.business_days, "business days") if amount.business_days <= _MOST_DAYS else None
    if amount.days > _MOST_DAYS:
        return None
    return (amount.days // 7, "weeks") if amount.days % 7 == 0 else (amount.days, "days")


def _beside(side: Side, count: int = 1) -> Callable[[Slots], Iterator[Distance]]:
    def distances(_: Slots) -> Iterator[Distance]:
        yield count, "days", side

    return distances


_TABLE = table(
    ("{phrase} before {rest}", _far("before")),
    ("{phrase} after {rest}", _far("after")),
    ("{phrase} from {rest}", _far("before")),  # "30 days from renewal" is said for both
    ("{phrase} from {rest}", _far("after")),
    ("[on] [the] day before {rest}", _beside("before")),
    ("[on] [the] day after {rest}", _beside("after")),
    ("(on|at) {rest}", _beside("before", 0)),
    ("[on] the day of {rest}", _beside("before", 0)),
)
_ANCHORS: tuple[Row[Anchor], ...] = table(
    ("[the] [contract] renewal [date|day]", "renewal"),
    ("(it|the contract) renews", "renewal"),
    ("[the] notice [deadline|date|day]", "notice"),
    ("[the] (cancellation|opt out) (deadline|date)", "notice"),
    ("[the] [next] qbr [date]", "qbr"),
    ("[the] [next] [quarterly] business review", "qbr"),
    ("[the] contract end [date]", "contract end"),
    ("(it|[the] contract) (ends|expires)", "contract end"),
    ("[the] [contract] (expiry|expiration) [date]", "contract end"),
    ("[the] end of [the] (contract|term)", "contract end"),
    ("[the] term end [date]", "contract end"),
)
