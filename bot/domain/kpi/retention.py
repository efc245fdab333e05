"""What was kept: NRR, GRR, logos, churn, and what a customer is worth over their time (B.1-B.3, B.7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .base import PERCENT, Counted, Definition, Kpi, LeftOut, Part, figure, ratio
from .grouped import Customers, cohort_of

NRR = Definition(
    "NRR",
    "nrr-1",
    "recurring revenue today of the customers of the first day / their recurring revenue on the first day; closed "
    "cohort, reactivated customers of the cohort count, new ones do not",
    "GitLab handbook, customer success vision; B.1",
)
GRR = Definition(
    "GRR",
    "grr-1",
    "sum over the customers of the first day of the lesser of then and today / their revenue on the first day",
    "GitLab handbook, customer success vision; B.2",
)
RETENTION = Definition(
    "Customer retention",
    "retention-1",
    "customers that pay on both days / customers that pay on the first day; a customer is the top parent",
    "exprimere.net, piwik.pro; B.3",
)
CHURN = Definition(
    "Customer churn", "churn-1", "100 % - customer retention; a customer is the top parent", "exprimere.net; B.3"
)
CLV = Definition(
    "CLV",
    "clv-1",
    "average yearly revenue per customer x gross margin / yearly customer churn",
    "abracalc.com, calculatorlib.com; B.7",
)
FEW_LOST = 20
LONGEST_LIFE = 5
"""Years; our own choice, as the lifetime of a portfolio that hardly churns has no end."""


def nrr(found: Customers, as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """Net revenue retention: sum(B) / sum(A) over the customers with A > 0. Averages of percentages are never taken."""
    cohort = cohort_of(found)
    after, before, least = cohort.after, cohort.before, cohort.least
    parts = (
        Part("gained", (after - least) * 100 / before if before else None, PERCENT),
        Part("lost", (before - least) * 100 / before if before else None, PERCENT),
    )
    counted = Counted(cohort.customers, "customers", left_out)
    return ratio(NRR, after, before, counted, as_of, _NO_START, parts=parts)


def grr(found: Customers, as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """Gross revenue retention: sum(min(A, B)) / sum(A), so never above 100 %."""
    cohort = cohort_of(found)
    counted = Counted(cohort.customers, "customers", left_out)
    return ratio(GRR, cohort.kept, cohort.before, counted, as_of, _NO_START)


def retention(found: Customers, as_of: date, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """Customers active at the start and at the end / active at the start."""
    cohort = cohort_of(found)
    counted = Counted(cohort.customers, "customers", left_out)
    return ratio(RETENTION, Decimal(cohort.stayed), Decimal(cohort.customers), counted, as_of, _NO_START)


def churn(found: Customers, as_of: date, days: int, left_out: tuple[LeftOut, ...] = ()) -> Kpi:
    """Customers of the start that are gone at the end; over a period that is no year, annualised beside it."""
    cohort = cohort_of(found)
    size, lost = cohort.customers, cohort.customers - cohort.stayed
    parts = []
    if size and not 360 <= days <= 370:
        parts.append(Part("annualised", _yearly(lost, size, days) * 100, PERCENT))
    return ratio(
        CHURN, Decimal(lost), Decimal(size), Counted(size, "customers", left_out), as_of, _NO_START, parts=parts
    )


def annualised(rate: Decimal, periods: Decimal | int = 12) -> Decimal:
    """1 - (1 - r)^periods, as a share; never periods x r (docs.imboard.ai)."""
    return 1 - (1 - rate) ** Decimal(periods) if rate < 1 else Decimal(1)


def clv(
    found: Customers, as_of: date, days: int, currency: str, margin: Decimal | None = None,
    left_out: tuple[LeftOut, ...] = (), everybody: Customers | None = None,
) -> Kpi:  # fmt: skip
    """What an average customer brings over their time. Amounts of `found` are yearly; churn is that of `everybody`,
    where `found` pays in one of several currencies.

    Without a margin it is the revenue CLV. Fewer than 20 lost customers make an estimate, with its range: as if one
    fewer or one more had left. The value of the portfolio caps a lifetime at five years.
    """
    own = cohort_of(found)
    cohort = own if everybody is None else cohort_of(everybody)
    size, lost = cohort.customers, cohort.customers - cohort.stayed
    share = Decimal(1) if margin is None else margin
    arpa = own.paid / own.active if own.active else Decimal(0)
    counted = Counted(size, "customers", left_out)

    def worth(gone: int) -> Decimal | None:
        return lifetime_value(arpa, share, _yearly(gone, size, days))

    value = worth(lost) if own.active else None
    nothing = (
        "no customer pays today" if not own.active else _NO_START if not size else "nobody has left yet (no churn)"
    )
    kpi = figure(CLV, value, currency, counted, as_of, numerator=arpa * share, nothing=nothing, parts=(
        Part("revenue per customer", arpa, currency),
        Part("portfolio", portfolio_value(own.paid, share, _yearly(lost, size, days)), currency),
    ))  # fmt: skip
    if value is None:
        return kpi
    if lost < FEW_LOST:
        low, high = worth(min(lost + 1, size)), worth(lost - 1)
        kpi = kpi.noting(f"An estimate: only {lost} left ({_range(low, high, currency)}).")
    return kpi if margin is not None else kpi.noting("Revenue CLV: no gross margin is set in kpi.yml.")


def lifetime_value(arpa: Decimal, margin: Decimal, churn_rate: Decimal) -> Decimal | None:
    """ARPA x margin / churn, all of the same unit of time; None without churn, which would mean for ever."""
    return arpa * margin / churn_rate if churn_rate > 0 else None


def portfolio_value(revenue: Decimal, margin: Decimal, churn_rate: Decimal) -> Decimal:
    """Yearly revenue x margin x expected years, at most five."""
    years = min(1 / churn_rate, Decimal(LONGEST_LIFE)) if churn_rate > 0 else Decimal(LONGEST_LIFE)
    return revenue * margin * years


def nrr_by_movements(
    start: Decimal, expansion: Decimal, contraction: Decimal, lost: Decimal, reactivation: Decimal = Decimal(0)
) -> Decimal | None:
    """The other published NRR, in percent: (start + expansion - contraction - churn) / start (dnoise, pulserevops).

    Losses are positive amounts. Equal to the closed cohort while each customer moves once; with `reactivation` 0 it
    is the variant that leaves returning customers out. Shown only to explain.
    """
    return (start + expansion + reactivation - contraction - lost) * 100 / start if start else None


def grr_by_movements(start: Decimal, contraction: Decimal, lost: Decimal) -> Decimal | None:
    """(start - contraction - churn) / start, in percent; falls far below `grr` when customers shrink and come back."""
    return nrr_by_movements(start, Decimal(0), contraction, lost)


def gross_revenue_churn(start: Decimal, contraction: Decimal, lost: Decimal) -> Decimal | None:
    """100 % - GRR by movements (ChartMogul's gross MRR churn)."""
    kept = grr_by_movements(start, contraction, lost)
    return None if kept is None else 100 - kept


_NO_START = "nobody paid anything recurring on the first day"


def _yearly(lost: int, cohort: int, days: int) -> Decimal:
    return annualised(Decimal(lost) / cohort, Decimal(365) / max(days, 1)) if cohort else Decimal(0)


def _range(low: Decimal | None, high: Decimal | None, currency: str) -> str:
    least = f"{low:,.0f}" if low is not None else "?"
    return f"{least} to {high:,.0f} {currency}" if high is not None else f"{least} {currency} or more"
