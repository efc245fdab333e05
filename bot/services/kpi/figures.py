"""From a figure's name to its values: one per currency for revenue, one for everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.domain.kpi import movements, renewals, retention, sales, service
from bot.domain.kpi.base import Kpi, LeftOut
from bot.domain.kpi.catalogue import Key
from bot.domain.kpi.grouped import Cohort, Sold
from bot.domain.kpi.period import Period
from bot.domain.kpi.service import Scores
from bot.domain.names import fold
from bot.domain.policy import KpiPolicy
from bot.domain.satisfaction import SurveyKind
from bot.services.errors import BadInput
from bot.services.kpi.asked import Whose, period_of
from bot.services.kpi.facts import Facts
from bot.services.kpi.renewing import Renewed, Renewing, renewed, renewing
from bot.services.kpi.revenue import CHANGED, Books
from bot.storage.database import AnyRow, Reader
from bot.storage.queries.kpi import service as queries

QUOTA_KINDS = frozenset({"renewal", "upsell", "cross-sell", "expansion"})


@dataclass
class Sheet:
    """Everything a figure of one scope and period may need; what is read once is kept for the next figure."""

    reader: Reader
    whose: Whose
    period: Period
    policy: KpiPolicy
    zone: ZoneInfo

    def __post_init__(self) -> None:
        self.reader.plan_anew()

    @cached_property
    def books(self) -> Books:
        return Books(self.reader, self.whose.within, self.period)

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.reader, self.whose.within, self.period)

    @cached_property
    def renewing(self) -> Renewing:
        return renewing(self.reader, self.period, self.ids, self.policy.late_days)

    @cached_property
    def renewed(self) -> Renewed:
        return renewed(self.reader, self.period, self.ids, self.policy.late_days)

    @property
    def ids(self) -> tuple[int, ...] | None:
        return None if self.whose.within.ids is None else tuple(self.whose.within.ids)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """From the first moment of the period to the first after it, on the workspace's clock."""
        ends = self.period.last + timedelta(days=1)
        return self._midnight(self.period.first), self._midnight(ends)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone)

    @cached_property
    def open_deals(self) -> list[AnyRow]:
        """Due in the period as it was named, not cut off at today: what lies ahead is the point of a forecast."""
        return queries.open_deals(self.reader, self.period.first, self.period.until, self.ids)

    @cached_property
    def won_deals(self) -> list[AnyRow]:
        found = queries.won_deals(self.reader, self.period.first, self.period.last, self.ids)
        return [row for row in found if row.kind in QUOTA_KINDS]

    @cached_property
    def solutions(self) -> AnyRow:
        """Of the tickets solved in the period."""
        return queries.solutions(self.reader, *self.instants, self.ids)

    def scores(self, kind: SurveyKind, *, latest: bool = False) -> list[Scores]:
        rows = queries.scores(self.reader, kind, *self.instants, self.ids, latest=latest)
        return [Scores(row.score, row.scale_min, row.scale_max, row.answers) for row in rows]


def figures(sheet: Sheet, key: Key) -> tuple[Kpi, ...]:
    """The figure in every currency, that of most customers first. Raises BadInput for a product's CSAT and the like."""
    if sheet.whose.within.product is not None and key not in BY_PRODUCT:
        raise BadInput(f"{key} cannot be told by product; ask for {', '.join(sorted(BY_PRODUCT))}.")
    if key in _CUSTOMERS:
        return (_CUSTOMERS[key](sheet, sheet.facts.left_out),)
    if key in _REVENUE:
        return _revenue(sheet, _REVENUE[key])
    return _OTHERS[key](sheet)


def _revenue(sheet: Sheet, make: Callable[[Sheet, str, tuple[LeftOut, ...]], Kpi]) -> tuple[Kpi, ...]:
    codes = sheet.facts.currencies or ["?"]
    left_out = sheet.facts.left_out
    made = (make(sheet, code, left_out if at == 0 else ()) for at, code in enumerate(codes))
    return tuple(replace(kpi, currency=code) for kpi, code in zip(made, codes, strict=True))


_Left = tuple[LeftOut, ...]
_NOBODY = Cohort()
_REVENUE: dict[str, Callable[[Sheet, str, _Left], Kpi]] = {
    "nrr": lambda s, code, left: _nrr(s, code, left),
    "grr": lambda s, code, left: retention.grr(s.facts.customers.get(code, _NOBODY), s.period.last, left),
    "clv": lambda s, code, left: retention.clv(
        s.facts.customers.get(code, _NOBODY), s.period.last, s.period.days, code, s.policy.margin, left,
        s.facts.everybody,
    ),
    "arr": lambda s, code, left: movements.recurring(
        s.facts.paying.get(code, _NOBODY), s.period.last, code, monthly=False, left_out=left
    ),
    "mrr": lambda s, code, left: movements.recurring(
        s.facts.paying.get(code, _NOBODY), s.period.last, code, monthly=True, left_out=left
    ),
    "net-new-mrr": lambda s, code, left: movements.net_new_mrr(
        s.facts.moved.get(code, ()), s.period.last, code, left
    ),
    "expansion": lambda s, code, left: movements.expansion(
        s.facts.moved.get(code, ()), s.facts.customers.get(code, _NOBODY).opening, s.period.last, code, left
    ),
}  # fmt: skip


def _nrr(sheet: Sheet, code: str, left: _Left) -> Kpi:
    """Where contracts overlap, with what adding them all up would have come to: that is the number people bring."""
    kpi = retention.nrr(sheet.facts.customers.get(code, _NOBODY), sheet.period.last, left)
    naive = retention.nrr(sheet.facts.added_up.get(code, _NOBODY), sheet.period.last)
    if kpi.value is None or naive.value is None or naive.shown == kpi.shown:
        return kpi
    return kpi.noting(f"With overlapping contracts added up it would be {naive.shown}: a data fault, not growth.")


def _sold(sheet: Sheet, rate: Callable[[Sold, date, _Left], Kpi], left: _Left) -> Kpi:
    """Customers are counted over all currencies; what the sales came to is told for each of them."""
    by_code = sheet.facts.sold
    kpi = rate(sheet.facts.sold_in_all, sheet.period.last, left)
    if len(by_code) < 2:
        return kpi
    apart = {code: rate(sold, sheet.period.last, ()).parts[0] for code, sold in by_code.items()}
    return replace(kpi, parts=tuple(replace(part, name=f"{part.name} in {code}") for code, part in apart.items()))


_CUSTOMERS: dict[str, Callable[[Sheet, _Left], Kpi]] = {
    "retention": lambda s, left: retention.retention(s.facts.everybody, s.period.last, _without_rates(left)),
    "churn": lambda s, left: retention.churn(s.facts.everybody, s.period.last, s.period.days, _without_rates(left)),
    "upsell-rate": lambda s, left: _sold(s, movements.upsell_rate, left),
    "cross-sell-rate": lambda s, left: _sold(s, movements.cross_sell_rate, left),
}
BY_PRODUCT = (frozenset(_REVENUE) | frozenset(_CUSTOMERS)) - {"cross-sell-rate"}


def _without_rates(left: _Left) -> _Left:
    """Who changed their currency is still a customer."""
    return tuple(one for one in left if one.why != CHANGED)


def _renewal_rate(sheet: Sheet) -> tuple[Kpi, ...]:
    found, late = sheet.renewed, sheet.policy.late_days
    by_size = sorted(found.fates.items(), key=lambda pair: (-pair[1].count, pair[0])) or [("?", renewals.Fates({}))]
    made = []
    for at, (code, fates) in enumerate(by_size):
        kpi = renewals.renewal_rate(fates, sheet.period.last, found.left_out if at == 0 else (), late)
        made.append(replace(kpi, currency=code))
    return tuple(made)


def _csat(sheet: Sheet) -> tuple[Kpi, ...]:
    return (service.csat(sheet.scores("csat"), sheet.period.last),)


def _ces(sheet: Sheet) -> tuple[Kpi, ...]:
    return (service.ces(sheet.scores("ces"), sheet.period.last),)


def _nps(sheet: Sheet) -> tuple[Kpi, ...]:
    latest, every = sheet.scores("nps", latest=True), sheet.scores("nps")
    fitting = sum(one.answers for one in every if (one.scale_min, one.scale_max) == (0, 10))
    earlier = LeftOut(fitting - sum(one.answers for one in latest), "earlier answers of the same people")
    other = LeftOut(sum(one.answers for one in every) - fitting, "answers not on the scale from 0 to 10")
    return (service.nps(latest, sheet.period.last, (earlier, other)),)


def _tickets(sheet: Sheet) -> _Left:
    waiting, unknown = queries.unsolved(sheet.reader, sheet.instants[1], sheet.ids)
    return (
        LeftOut(sheet.solutions.wrong, "tickets solved before they were opened"),
        LeftOut(waiting, "open tickets"),
        LeftOut(unknown, "tickets called solved without saying when"),
    )


def _ttr(sheet: Sheet) -> tuple[Kpi, ...]:
    number = sheet.solutions.fitting
    middle, seconds = queries.times(sheet.reader, *sheet.instants, sheet.ids, number)
    median = Decimal(sum(middle)) / len(middle) if middle else None
    times = service.Times(number, seconds, median)
    return (service.time_to_resolution(times, sheet.period.last, _tickets(sheet)),)


def _fcr(sheet: Sheet) -> tuple[Kpi, ...]:
    found = sheet.solutions
    silent = LeftOut(found.fitting - found.known, "solved tickets whose contacts are not counted")
    return (service.fcr(found.first, found.known, sheet.period.last, (silent, *_tickets(sheet))),)


def _forecast(sheet: Sheet) -> tuple[Kpi, ...]:
    at = sales.Thresholds(Decimal(str(sheet.policy.forecast.commit)), Decimal(str(sheet.policy.forecast.best)))
    by_code: dict[str, list[sales.Deal]] = {}
    for row in sheet.open_deals:
        chance = None if row.probability is None else row.probability / 100
        by_code.setdefault(row.currency, []).append(sales.Deal(row.amount, chance))
    codes = sorted(by_code, key=lambda code: (-len(by_code[code]), code)) or ["?"]
    made = (sales.forecast(by_code.get(code, ()), sheet.period.last, code, at) for code in codes)
    return tuple(replace(kpi, currency=code) for kpi, code in zip(made, codes, strict=True))


def _quota(sheet: Sheet) -> tuple[Kpi, ...]:
    target = _target(sheet)
    codes = sorted({row.currency for row in sheet.won_deals}) or ["?"]
    code = target[1] if target else codes[0]
    won = [row.amount for row in sheet.won_deals if row.currency == code and row.amount is not None]
    left = (
        LeftOut(sum(row.currency != code for row in sheet.won_deals), f"won deals not in {code}"),
        LeftOut(sum(row.currency == code and row.amount is None for row in sheet.won_deals), "without an amount"),
    )
    return (sales.quota(won, target[0] if target else None, sheet.period.last, left),)


def _target(sheet: Sheet) -> tuple[Decimal, str] | None:
    """(amount, currency) of the target that kpi.yml sets for this scope and these days."""
    who = fold(sheet.whose.name)
    for one in sheet.policy.quotas:
        days = period_of(one.period, sheet.period.last)
        if fold(one.who) == who and (days.first, days.until) == (sheet.period.first, sheet.period.until):
            return Decimal(str(one.amount)), one.currency
    return None


_OTHERS: dict[str, Callable[[Sheet], tuple[Kpi, ...]]] = {
    "renewal-rate": _renewal_rate, "csat": _csat, "nps": _nps, "ces": _ces, "fcr": _fcr, "ttr": _ttr,
    "forecast": _forecast, "quota": _quota,
}  # fmt: skip
