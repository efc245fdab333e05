"""What changed: MRR and its movements, expansion, upsell and cross-sell (B.5, B.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from bot.domain.terms import whole_months

from .base import PERCENT, Counted, Definition, Kpi, LeftOut, Part, figure, ratio
from .holdings import Customer, Holding, Step, Tops

Kind = Literal["new", "expansion", "contraction", "churn", "reactivation"]
KINDS: tuple[Kind, ...] = get_args(Kind)

ARR = Definition(
    "ARR", "arr-1", "recurring contract value on the day, normalised to a year; one-time fees and trials out; whole-"
    "month terms by months, others by inclusive days of a 365-day year", "Sourcegraph, Mattermost handbooks; B.5",
)  # fmt: skip
MRR = Definition("MRR", "mrr-1", "ARR / 12", "Sourcegraph, Mattermost handbooks; B.5")
NET_NEW = Definition(
    "Net new MRR", "net-new-mrr-1", "new + expansion + reactivation - contraction - churn; one movement per customer "
    "and day; churn on the day after the end, and only when nothing else is active", "ChartMogul, Sourcegraph; B.5",
)  # fmt: skip
EXPANSION = Definition(
    "Expansion revenue", "expansion-1", "MRR gained from customers that were paying already", "ChartMogul; B.6"
)
UPSELL = Definition(
    "Upsell rate", "upsell-1", "customers of the first day that pay more for something they held already / customers "
    "of the first day; beside it the amount / their revenue on the first day", "B.6",
)  # fmt: skip
CROSS_SELL = Definition(
    "Cross-sell rate", "cross-sell-1", "customers of the first day that hold a product or unit they did not hold then "
    "/ customers of the first day; beside it the amount / their revenue on the first day", "B.6",
)  # fmt: skip


class Movement(NamedTuple):
    """One change of a customer's revenue; losses are negative."""

    customer: int
    on: date
    kind: Kind
    amount: Decimal


def classify(before: Decimal, after: Decimal, *, known: bool) -> Kind | None:
    """What a step from one level to another is; `known` for somebody who was a customer at any time before.

    Ending one of several subscriptions is a contraction, not churn (ChartMogul).
    """
    if before == after:
        return None
    if before <= 0 < after:
        return "reactivation" if known else "new"
    if after <= 0 < before:
        return "churn"
    return "expansion" if after > before else "contraction"


def movements(
    opening: Mapping[int, Decimal], steps: Iterable[Step], top: Tops, known: Mapping[int, date] | None = None
) -> list[Movement]:
    """The steps of a period as movements: one per customer (top parent) and day, in order of day.

    `opening` is each account's revenue before the period; `known` the first day each account ever paid. The amounts
    add up to the difference between the revenue after and before.
    """
    level: dict[int, Decimal] = defaultdict(Decimal)
    for account, amount in opening.items():
        level[top.get(account, account)] += amount
    paid: dict[int, date] = {}
    for account, since in (known or {}).items():
        one = top.get(account, account)
        paid[one] = min(since, paid.get(one, since))
    days: dict[tuple[date, int], Decimal] = defaultdict(Decimal)
    for account, on, amount in steps:
        days[on, top.get(account, account)] += amount
    found, seen = [], {one for one, amount in level.items() if amount > 0}
    for (on, one), amount in sorted(days.items()):
        before = level[one]
        after = level[one] = before + amount
        kind = classify(before, after, known=one in seen or (one in paid and paid[one] < on))
        if kind is not None:
            found.append(Movement(one, on, kind, amount))
        if after > 0:
            seen.add(one)
    return found


def sums(found: Iterable[Movement]) -> dict[Kind, tuple[int, Decimal]]:
    """How many movements of each kind, and what they come to."""
    counts: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    amounts: dict[Kind, Decimal] = dict.fromkeys(KINDS, Decimal(0))
    for one in found:
        counts[one.kind] += 1
        amounts[one.kind] += one.amount
    return {kind: (counts[kind], amounts[kind]) for kind in KINDS}


def net_new_mrr(found: Iterable[Movement], as_of: date, currency: str, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """All movements of a period together; their amounts are yearly, what is shown is monthly."""
    moved = list(found)
    by_kind = sums(moved)
    total = sum((amount for _, amount in by_kind.values()), Decimal(0)) / 12
    parts = tuple(Part(f"{kind} ({number})", amount / 12, currency) for kind, (number, amount) in by_kind.items())
    counted = Counted(len(moved), "movements", left_out)
    return figure(NET_NEW, total, currency, counted, as_of, numerator=total, parts=parts)


def expansion(
    found: Iterable[Movement], start: Decimal, as_of: date, currency: str, left_out: tuple[LeftOut, ...] = ()
) -> Kpi:
    """MRR gained by expansion in a period; beside it as a share of the revenue before. Amounts are yearly."""
    grown = [one for one in found if one.kind == "expansion"]
    total = sum((one.amount for one in grown), Decimal(0)) / 12
    share = Part("of the MRR before", total * 12 * 100 / start if start else None, PERCENT)
    counted = Counted(len({one.customer for one in grown}), "customers that grew", left_out)
    return figure(
        EXPANSION, total, currency, counted, as_of, numerator=total, denominator=start / 12 or None, parts=(share,)
    )


def recurring(
    found: Iterable[Customer], as_of: date, currency: str, *, monthly: bool, left_out: tuple[LeftOut, ...] = ()
) -> Kpi:
    """ARR or MRR on the last day; `found` holds yearly amounts."""
    paying = [one for one in found if one.after > 0]
    total = sum((one.after for one in paying), Decimal(0))
    value = total / 12 if monthly else total
    definition = MRR if monthly else ARR
    counted = Counted(len(paying), "customers", left_out)
    return figure(
        definition, value, currency, counted, as_of, numerator=total, denominator=Decimal(12 if monthly else 1)
    )


def upsell_rate(held: Iterable[Holding], as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """`held` is by customer (`at_customers`)."""
    return _sold(UPSELL, held, as_of, left_out, lambda one: one.before > 0)


def cross_sell_rate(held: Iterable[Holding], as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """`held` is by customer (`at_customers`)."""
    return _sold(CROSS_SELL, held, as_of, left_out, lambda one: one.before <= 0)


def _sold(
    definition: Definition,
    held: Iterable[Holding],
    as_of: date,
    left_out: tuple[LeftOut, ...],
    wanted: Callable[[Holding], bool],
) -> Kpi:
    rows = list(held)
    start: dict[int, Decimal] = defaultdict(Decimal)
    for one in rows:
        start[one.account] += one.before
    cohort = {one for one, amount in start.items() if amount > 0}
    sold = [one for one in rows if one.account in cohort and one.after > max(one.before, Decimal(0)) and wanted(one)]
    gained = sum((one.after - one.before for one in sold), Decimal(0))
    revenue = sum((start[one] for one in cohort), Decimal(0))
    by_revenue = Part("by revenue", gained * 100 / revenue if revenue else None, PERCENT)
    counted = Counted(len(cohort), "customers", left_out)
    return ratio(
        definition, Decimal(len({one.account for one in sold})), Decimal(len(cohort)), counted, as_of,
        "nobody paid anything recurring on the first day", parts=(by_revenue,),
    )  # fmt: skip


def per_month(amount: Decimal, months: int) -> Decimal:
    """An invoice for so many months as MRR (ChartMogul)."""
    return amount / months


def per_year_by_days(amount: Decimal, starts_on: date, ends_on: date, *, inclusive: bool = True) -> Decimal:
    """A term's price normalised to 365 days. Steward uses inclusive days where a term is no whole number of months;
    Mattermost leaves the last day out."""
    return amount * 365 / ((ends_on - starts_on).days + inclusive)


def per_year(amount: Decimal, starts_on: date, ends_on: date) -> Decimal:
    """A term's price normalised to a year by Steward's one rule: months when they are whole, else inclusive days."""
    months = whole_months(starts_on, ends_on)
    return amount * 12 / months if months else per_year_by_days(amount, starts_on, ends_on)


def growth(start: Decimal, end: Decimal) -> Decimal | None:
    """(end - start) / start in percent. Some publish it as an expansion rate; it counts new customers, so it is none
    (B.6)."""
    return (end - start) * 100 / start if start else None


def earns_from(starts_on: date, signed_on: date | None = None, grace_days: int = 0) -> date:
    """From when a contract counts. Sourcegraph counts from the signature when it starts within 15 days of it: a
    company's policy, so no grace unless asked for."""
    early = signed_on is not None and 0 <= (starts_on - signed_on).days <= grace_days
    return signed_on if early and signed_on is not None and grace_days else starts_on


def split_by_list_price(prices: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """How a bundle's revenue is shared among its products, in percent: by list price (Sourcegraph)."""
    total = sum(prices.values(), Decimal(0))
    return {name: price * 100 / total for name, price in prices.items()} if total else {}
