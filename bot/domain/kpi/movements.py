"""What changed: MRR and its movements, expansion, upsell and cross-sell (B.5, B.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias, get_args

from bot.domain.terms import whole_months

from .base import PERCENT, Counted, Definition, Kpi, LeftOut, Part, figure, ratio
from .grouped import Bought, Customers, Sale, Sold, cohort_of, sold_of
from .holdings import Step, Tops

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


@dataclass(frozen=True, slots=True)
class Moved:
    """Movements, added up: how many of each kind and what they come to, and how many customers grew."""

    by_kind: Mapping[Kind, tuple[int, Decimal]]
    grown: int = 0

    @classmethod
    def of(cls, found: Iterable[Movement]) -> Moved:
        by_kind = dict.fromkeys(KINDS, (0, Decimal(0)))
        grown = set()
        for one in found:
            count, amount = by_kind[one.kind]
            by_kind[one.kind] = count + 1, amount + one.amount
            if one.kind == "expansion":
                grown.add(one.customer)
        return cls(by_kind, len(grown))

    def __add__(self, other: Moved) -> Moved:
        """Of two groups without a customer in common."""
        both = {}
        for kind in KINDS:
            (count, amount), (more, further) = self.by_kind[kind], other.by_kind[kind]
            both[kind] = count + more, amount + further
        return Moved(both, self.grown + other.grown)


Movements: TypeAlias = Moved | Iterable[Movement]


def moved_of(found: Movements) -> Moved:
    return found if isinstance(found, Moved) else Moved.of(found)


def net_new_mrr(found: Movements, as_of: date, currency: str, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """All movements of a period together; their amounts are yearly, what is shown is monthly."""
    by_kind = moved_of(found).by_kind
    total = sum((amount for _, amount in by_kind.values()), Decimal(0)) / 12
    parts = tuple(Part(f"{kind} ({number})", amount / 12, currency) for kind, (number, amount) in by_kind.items())
    counted = Counted(sum(number for number, _ in by_kind.values()), "movements", left_out)
    return figure(NET_NEW, total, currency, counted, as_of, numerator=total, parts=parts)


def expansion(found: Movements, start: Decimal, as_of: date, currency: str, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """MRR gained by expansion in a period; beside it as a share of the revenue before. Amounts are yearly."""
    moved = moved_of(found)
    total = moved.by_kind["expansion"][1] / 12
    share = Part("of the MRR before", total * 12 * 100 / start if start else None, PERCENT)
    counted = Counted(moved.grown, "customers that grew", left_out)
    return figure(
        EXPANSION, total, currency, counted, as_of, numerator=total, denominator=start / 12 or None, parts=(share,)
    )


def recurring(
    found: Customers, as_of: date, currency: str, *, monthly: bool, left_out: tuple[LeftOut, ...] = ()
) -> Kpi:
    """ARR or MRR on the last day; `found` holds yearly amounts."""
    paying = cohort_of(found)
    value = paying.paid / 12 if monthly else paying.paid
    definition = MRR if monthly else ARR
    counted = Counted(paying.active, "customers", left_out)
    return figure(
        definition, value, currency, counted, as_of, numerator=paying.paid, denominator=Decimal(12 if monthly else 1)
    )


def upsell_rate(held: Bought, as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """`held` is by customer (`at_customers`)."""
    sold = sold_of(held)
    return _rate(UPSELL, sold, sold.up, as_of, left_out)


def cross_sell_rate(held: Bought, as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """`held` is by customer (`at_customers`)."""
    sold = sold_of(held)
    return _rate(CROSS_SELL, sold, sold.cross, as_of, left_out)


def _rate(definition: Definition, sold: Sold, sale: Sale, as_of: date, left_out: tuple[LeftOut, ...]) -> Kpi:
    by_revenue = Part("by revenue", sale.gained * 100 / sold.before if sold.before else None, PERCENT)
    counted = Counted(sold.customers, "customers", left_out)
    return ratio(
        definition, Decimal(sale.customers), Decimal(sold.customers), counted, as_of,
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
