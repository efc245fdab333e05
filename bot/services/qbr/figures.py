"""The numbers of a review, each with the same one period before. Nothing here is rounded twice or typed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from bot.domain.kpi.base import HOURS, Kpi
from bot.domain.kpi.catalogue import Key
from bot.domain.money import Money, totals
from bot.domain.terms import add_months
from bot.services.qbr.gather import Gathered
from bot.services.qbr.promises import reviewed
from bot.storage.database import AnyRow
from skills.contract import Metric

Good = Literal["up", "down"]
UNKNOWN = "not known"
FEWEST = 3
"""Of how many answers or tickets a figure has to be to be told to the customer, and in both periods for its movement
to mean anything."""
_NAMES: dict[Key, tuple[str, Good]] = {
    "ttr": ("Median time to resolution", "down"),
    "csat": ("CSAT", "up"),
    "nps": ("NPS", "up"),
    "ces": ("CES", "up"),
}


@dataclass(frozen=True, slots=True)
class _Number:
    key: str
    label: str
    value: Decimal | None
    rendered: str
    previous: Decimal | None = None
    previous_rendered: str | None = None
    as_of: date | None = None
    internal: bool = False
    definition: str = ""
    good: Good | None = None
    unit: str = ""


def metrics(found: Gathered) -> tuple[Metric, ...]:
    """Every figure that is known, and those asked for that are not, with ids "M1" and on."""
    return tuple(
        Metric(
            id=f"M{place}", key=one.key, label=one.label, value=one.value, rendered=one.rendered, unit=one.unit,
            as_of=one.as_of, previous=one.previous, previous_rendered=one.previous_rendered,
            visibility="internal" if one.internal else "client-safe", definition=one.definition, good=one.good,
        )
        for place, one in enumerate(_numbers(found), 1)
    )  # fmt: skip


def _numbers(found: Gathered) -> Iterator[_Number]:
    yield from _usage(found)
    yield from _tickets(found)
    for key in _NAMES:
        yield _kpi(found, key)
    yield from _promises(found)
    yield from _value(found)
    yield from _commercial(found)


def _usage(found: Gathered) -> Iterator[_Number]:
    usage, last = found.usage, found.period.this.last
    if usage is None:
        return
    now = usage.between(found.period.this.first, last)
    before = usage.between(found.period.before.first, found.period.before.last)
    whole = "sum of the month" if usage.counts else "mean of the month"
    yield _Number(
        "usage", usage.words, now, shown(now), before, shown(before) if before is not None else None, last,
        definition=f"mean of the months of the period that were measured, each the {whole}", good="up",
    )  # fmt: skip
    newest = usage.newest
    if newest is not None and newest.value is not None and newest.entitlement:
        share = newest.value * 100 / newest.entitlement
        yield _Number(
            "seats", "In use of what was bought", share,
            f"{shown(newest.value)} of {shown(newest.entitlement)} ({shown(share)} %)", as_of=last,
            definition="usage of the last month that was measured / what was bought then", unit="%",
        )  # fmt: skip


def _tickets(found: Gathered) -> Iterator[_Number]:
    if not found.tickets and found.state.tickets is None:
        return
    this, before = found.period.this, found.period.before

    def opened(first: date, last: date) -> int:
        return sum(first <= found.day(row.opened_at) <= last for row in found.tickets)

    def waiting(last: date) -> list[AnyRow]:
        return [row for row in found.tickets if found.day(row.opened_at) <= last and not _solved_by(found, row, last)]

    yield _count(
        "opened", "Tickets opened", opened(this.first, this.last), opened(before.first, before.last), this.last
    )
    now, then = waiting(this.last), waiting(before.last)
    yield _count("waiting", "Tickets open at the end", len(now), len(then), this.last)
    yield _count("urgent", "Urgent tickets open at the end", _urgent(now), _urgent(then), this.last, good="down")


def _solved_by(found: Gathered, row: AnyRow, last: date) -> bool:
    solved_at: datetime | None = row.solved_at
    return found.day(solved_at) <= last if solved_at is not None else bool(row.status == "solved")


def _urgent(rows: Sequence[AnyRow]) -> int:
    return sum(row.priority == "urgent" for row in rows)


def _count(key: str, label: str, now: int, before: int, as_of: date, *, good: Good | None = None) -> _Number:
    return _Number(key, label, Decimal(now), f"{now:,}", Decimal(before), f"{before:,}", as_of, good=good)


def _kpi(found: Gathered, key: Key) -> _Number:
    now, before = found.figures[key]
    label, good = _NAMES[key]
    comparable = min(now.counted, before.counted) >= FEWEST
    return _Number(
        key, label, now.value, _readable(now) or UNKNOWN, before.value, _readable(before), now.as_of,
        definition=f"{now.definition.formula} ({now.definition.version}; {_counted(now)})",
        good=good if comparable else None, unit=now.unit, internal=now.counted < FEWEST,
    )  # fmt: skip


def _readable(kpi: Kpi) -> str | None:
    """As `/account kpi` shows it; many hours also as days. None when it is not known."""
    if kpi.value is None:
        return None
    in_days = f", {_places(kpi.value / 24, 1)} days" if kpi.unit == HOURS and kpi.value > _MANY_HOURS else ""
    return f"{kpi.shown}{in_days}"


_MANY_HOURS = 48


def _counted(kpi: Kpi) -> str:
    return f"{kpi.counted:,} {kpi.counted_what}"


def _promises(found: Gathered) -> Iterator[_Number]:
    ours = [one for one in reviewed(found) if one.by == "us" and not one.internal and one.fate != "open"]
    kept = sum(one.fate == "kept" for one in ours)
    counts = (("kept", "Our promises kept on time", kept), ("broken", "Our promises late or missed", len(ours) - kept))
    for key, label, number in counts:
        if ours:
            yield _Number(
                key, label, Decimal(number), f"{number:,} of {len(ours):,}", as_of=found.period.this.last,
                definition="promises of ours that were kept, late or missed in the period",
            )  # fmt: skip


def _value(found: Gathered) -> Iterator[_Number]:
    """Only what the customer confirmed, and only in one currency: amounts of several are told side by side."""
    sums = totals(Money(row.amount, row.currency) for row in agreed_outcomes(found))
    if not sums:
        return
    rendered = " + ".join(amount(one) for one in sums)
    yield _Number(
        "value", "Value delivered", sums[0].amount if len(sums) == 1 else None, rendered, as_of=found.period.this.last,
        definition="sum of the outcomes of the last twelve months that the customer confirmed with an amount",
        unit=sums[0].currency if len(sums) == 1 else "",
    )  # fmt: skip
    arr = {money.currency: money.amount for money in found.state.arr.totals} if found.state.arr.known else {}
    if len(sums) == 1 and (cost := arr.get(sums[0].currency)):
        ratio = sums[0].amount / cost
        yield _Number(
            "roi", "Return on what they pay in a year", ratio, f"{_places(ratio, 1)} x",
            as_of=found.period.this.last, internal=True, definition="value delivered / ARR, one currency only",
        )  # fmt: skip


def recent_outcomes(found: Gathered) -> list[AnyRow]:
    """What was reached in the twelve months to the end of the period, or on no day that is known."""
    last = found.period.this.last
    since = add_months(last, -12)
    return [row for row in found.plan.outcomes if row.reached_on is None or since < row.reached_on <= last]


def agreed_outcomes(found: Gathered) -> list[AnyRow]:
    """Those of them with an amount that the customer confirmed."""
    return [
        row
        for row in recent_outcomes(found)
        if row.amount is not None and row.currency and row.confirmed_on is not None and row.visibility == "client-safe"
    ]


def _commercial(found: Gathered) -> Iterator[_Number]:
    state = found.state
    today = found.day(found.now)
    if state.arr.known and state.arr.totals:
        rendered = " + ".join(amount(money) for money in state.arr.totals)
        one = state.arr.totals[0].amount if len(state.arr.totals) == 1 else None
        yield _Number("arr", "ARR", one, rendered, as_of=today, internal=True, definition=state.arr.sentence)
    if state.health.score is not None:
        yield _Number(
            "health", "Health", Decimal(state.health.score), f"{state.health.score} of 100", as_of=today,
            internal=True, definition="weighted mean of the inputs that are known",
        )  # fmt: skip


def amount(money: Money) -> str:
    """`EUR 120,000`."""
    kept = money.rounded().amount
    digits = f"{kept:,.0f}" if kept == kept.to_integral_value() else f"{kept:,.2f}"
    return f"{money.currency} {digits}"


def shown(value: Decimal | None) -> str:
    """A number as people read it: whole from ten on, one place below."""
    if value is None:
        return UNKNOWN
    return _places(value, 0 if abs(value) >= 10 or value == value.to_integral_value() else 1)


def _places(value: Decimal, places: int) -> str:
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"
