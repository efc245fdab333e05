"""How a published worked example is asked of our functions: one entry per metric and method."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from bot.bootstrap import load_policies
from bot.domain.kpi import movements, renewals, retention, sales, service
from bot.domain.kpi.base import Kpi
from bot.domain.kpi.holdings import Customer
from bot.domain.kpi.movements import Moved, classify
from bot.domain.kpi.renewals import Due
from tests.domain.kpi import playbook

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
TODAY = date(2026, 3, 4)
Given = dict[str, Any]


def number(value: Any) -> Decimal:
    return Decimal(str(value))


def _of(given: Given, *names: str) -> list[Decimal]:
    return [number(given.get(name, 0)) for name in names]


def _value(kpi: Kpi) -> Decimal:
    assert kpi.value is not None, kpi.note
    return kpi.value


def _cohort(given: Given) -> list[Customer]:
    names = sorted({*given["A"], *given["B"]})
    return [
        Customer(at, number(given["A"].get(one, 0)), number(given["B"].get(one, 0))) for at, one in enumerate(names)
    ]


def _nrr_sum(given: Given) -> Decimal | None:
    start, more, less, lost = _of(given, "start", "expansion", "contraction", "churn")
    return retention.nrr_by_movements(start, more, less, lost, *_of(given, "reactivation"))


def _nrr_without(given: Given) -> Decimal | None:
    return retention.nrr_by_movements(*_of(given, "start", "expansion", "contraction", "churn"))


def renewed_in_period(given: Given) -> Decimal:
    """What was booked for the next quarter or belongs to the one before is not of this one."""
    expiring, booked, later, earlier = _of(
        given, "expiring", "booked_total", "booked_for_next_quarter", "booked_for_previous_quarter"
    )
    ends = TODAY - timedelta(days=30)
    kept = booked - later - earlier
    return _value(renewals.renewal_rate([Due(1, ends, kept, kept, ends), Due(2, ends, expiring - kept)], TODAY))


def _renewed_by_count(given: Given) -> Decimal | None:
    ends = TODAY - timedelta(days=30)
    eligible, renewed = int(given["eligible"]), int(given["renewed"])
    dues = [Due(at, ends, Decimal(100), None, ends if at < renewed else None) for at in range(eligible)]
    kpi = renewals.renewal_rate(dues, TODAY)
    return next(part.value for part in kpi.parts if part.name == "by count")


def _renewed_gross(given: Given) -> Decimal:
    ends = TODAY - timedelta(days=30)
    base, renewed = _of(given, "base", "renewed")
    return _value(renewals.renewal_rate([Due(1, ends, base, renewed, ends)], TODAY))


def _csat(given: Given) -> Decimal:
    good, total = int(given["positive"]), int(given["total"])
    found = [service.Scores(Decimal(9), 1, 10, good), service.Scores(Decimal(3), 1, 10, total - good)]
    return _value(service.csat(found, TODAY))


def _nps(given: Given) -> Decimal:
    scores = {10: "promoters", 8: "passives", 0: "detractors"}
    return _value(
        service.nps([service.Scores(Decimal(at), 0, 10, int(given[name])) for at, name in scores.items()], TODAY)
    )


def _ces(given: Given) -> Decimal:
    top = max(int(score) for score in given)
    return _value(service.ces([service.Scores(Decimal(at), 1, top, int(count)) for at, count in given.items()], TODAY))


def _hours(given: Given) -> Decimal:
    tickets = int(given["tickets"])
    each = int(number(given["hours"]) * 3600 / tickets)
    kpi = service.time_to_resolution([each] * tickets, TODAY)
    (mean,) = kpi.parts
    assert mean.value is not None
    return mean.value


def _lifetime(given: Given) -> Decimal | str:
    value = retention.lifetime_value(*_of(given, "arpa", "margin", "churn"))
    return "undefined" if value is None else value.quantize(Decimal(1), ROUND_HALF_UP)


def _periods(given: Given) -> playbook.Periods:
    folder = str(given["file"]).split("/")[0]
    with (DATA / folder / "subscription_periods.csv").open(newline="") as file:
        return playbook.read(csv.DictReader(file))


def _whole_file(given: Given) -> str:
    found = Moved.of(movements.movements({}, playbook.steps(_periods(given)), {})).by_kind
    ours = {"new": "new", "churn": "churn", "reactivation": "reactivation", "expansion": "upgrade",
            "contraction": "downgrade"}  # fmt: skip
    texts = {kind: f"{ours[kind]}:{count}/{(amount / 12).normalize():f}" for kind, (count, amount) in found.items()}
    return ";".join(texts[kind] for kind in ("new", "churn", "reactivation", "expansion", "contraction"))


def _playbook_grr(given: Given) -> Decimal:
    before, after = (date.fromisoformat(f"{given[name]}-01") for name in ("from", "to"))
    return _value(retention.grr(playbook.between(_periods(given), before, after), TODAY))


def _closed_cohort(given: Given) -> Decimal:
    if "file" not in given:
        return _value(retention.nrr(_cohort(given), TODAY))
    before, after = (date.fromisoformat(f"{given[name]}-01") for name in ("from", "to"))
    return _value(retention.nrr(playbook.between(_periods(given), before, after), TODAY))


def _classified(given: Given) -> str:
    """Amounts stand in the page's price list; here the levels before and after."""
    existing = number(given["existing_mrr"])
    after = {"cancel Silver, Gold still active": existing - 60, "3 Gold monthly at 50": Decimal(150)}[given["event"]]
    kind = classify(existing, after, known=bool(existing) or bool(given.get("former_customer")))
    return f"{kind}:{abs(after - existing).normalize():f}"


def _timeline(given: Given) -> str:
    """ARR on the day before and the day of every change."""
    starts, ends, closed = (date.fromisoformat(given[name]) for name in ("start", "end", "closed"))
    steps = [(date.fromisoformat(day), number(amount)) for day, amount in given["steps"]]
    first = movements.earns_from(starts, closed, int(given["grace_days"]))
    dated = [(first, steps[0][1]), *steps[1:]]

    def level(on: date) -> Decimal:
        return next((amount for since, amount in reversed(dated) if since <= on <= ends), Decimal(0))

    days = [day for since, _ in dated for day in (since - timedelta(days=1), since)] + [ends]
    return ";".join(f"{day}:{level(day)}" for day in days)


def _churn_day(given: Given) -> str:
    ends = date.fromisoformat(given["end"])
    lines = [playbook.line(1, ends - timedelta(days=364), ends + timedelta(days=1), 100)]
    (_, last) = playbook.steps({1: lines})
    assert last.amount < 0
    return f"{last.on - timedelta(days=1)}:active;{last.on}:churned"


def _shares(given: Given) -> str:
    found = movements.split_by_list_price({name: number(price) for name, price in given.items()})
    return ";".join(f"{share.quantize(Decimal(1), ROUND_HALF_UP)}" for share in found.values())


def by_days(given: Given) -> Decimal:
    starts, ends = (date.fromisoformat(given[name]) for name in ("start", "end"))
    return movements.per_year_by_days(number(given["tcv"]), starts, ends)


def _fcr(given: Given) -> Decimal:
    return _value(service.fcr(int(given["resolved_first_contact"]), int(given["total"]), TODAY))


def _added_up(given: Given) -> Decimal | None:
    """GRR and expansion of one cohort add up: both are shares of the same start."""
    kept, more = _of(given, "grr", "expansion")
    return retention.nrr_by_movements(Decimal(100), more, Decimal(0), 100 - kept)


WAYS: dict[tuple[str, str], Callable[[Given], Decimal | str | None]] = {
    ("NRR", "movement_sum"): _nrr_sum,
    ("NRR", "movement_sum_without_reactivation"): _nrr_without,
    ("NRR", "point_to_point_closed_cohort"): _closed_cohort,
    ("NRR", "GRR+expansion"): _added_up,
    ("NRR", "GRR and expansion combined"): _added_up,
    ("GRR", "movement_sum"): lambda given: retention.grr_by_movements(*_of(given, "start", "contraction", "churn")),
    ("GRR", "sum(min)/start"): _playbook_grr,
    ("gross_mrr_churn", "movement_sum"): lambda given: retention.gross_revenue_churn(
        *_of(given, "start", "contraction", "churn")
    ),
    ("gross_mrr_churn", "daily_sum"): lambda given: retention.gross_revenue_churn(
        number(given["start_day"]), Decimal(0), number(given["start_day"]) - number(given["end_day"])
    ),
    ("mrr_normalise", "annual_invoice_div_12"): lambda given: movements.per_month(
        number(given["amount"]), int(given["months"])
    ),
    ("mrr_movement", "classify"): _classified,
    ("mrr_movements_total", "whole file"): _whole_file,
    ("net_new_mrr", "movement_sum"): lambda given: sum(
        _of(given, "new", "expansion", "reactivation"), Decimal(0)
    ) - sum(_of(given, "contraction", "churn"), Decimal(0)),
    ("expansion_mrr_rate", "(end-start)/start"): lambda given: movements.growth(*_of(given, "start", "end")),
    ("logo_retention", "1-logo_churn"): lambda given: _value(
        retention.retention(
            [Customer(at, Decimal(1), Decimal(at >= given["lost"])) for at in range(int(given["start"]))], TODAY
        )
    ),
    ("annualise_logo_churn", "1-(1-m)^12"): lambda given: 100 * retention.annualised(number(given["monthly"])),
    ("renewal_rate_dollar", "bookings/expiring"): lambda given: renewals.rate(
        *_of(given, "booked_total", "expiring")
    ),
    ("renewal_rate_dollar", "in-period"): renewed_in_period,
    ("renewal_rate_count", "renewed/eligible"): _renewed_by_count,
    ("renewal_rate_gross", "renewed/base"): _renewed_gross,
    ("LTV", "arpa*margin/churn"): _lifetime,
    ("CSAT", "top_2_box_of_10"): _csat,
    ("NPS", "P%-D%"): _nps,
    ("CES", "mean_1_5"): _ces,
    ("FCR", "first_contact/total"): _fcr,
    ("avg_time_to_resolution", "total_hours/solved"): _hours,
    ("ARR", "inclusive days"): by_days,
    ("ARR_timeline", "step_up"): _timeline,
    ("ARR_timeline", "churn_day"): _churn_day,
    ("ARR_split", "list price share"): _shares,
    ("health_band", "bands 0-40/41-65/66-80/81-100"): lambda given: load_policies(None).health.band(given["score"]),
    ("quota", "won/target"): lambda given: _value(
        sales.quota([number(given["won"])], number(given["target"]), TODAY)
    ),
}  # fmt: skip
NOT_ADOPTED = {
    ("renewal_rate", "100-churn"): "a rate of contracts is no complement of a churn of revenue (B.4)",
    ("health_component", "mean of 10/5/0"): "Vitally's model; ours is in bot/domain/health.py",
    ("health_weights", "redistribute_when_pulse_20pct"): "Zudo's model; ours is in bot/domain/health.py",
    ("health_score", "mattermost rule table"): "Mattermost's model; ours is in bot/domain/health.py",
}
