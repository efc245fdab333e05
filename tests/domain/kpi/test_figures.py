"""What a figure says of itself: what counted, what did not, and what it says when there is nothing to divide by."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.kpi import movements, renewals, retention, sales, service
from bot.domain.kpi.base import HOURS, PERCENT, POINTS, SCORE, Kpi, LeftOut, show
from bot.domain.kpi.holdings import Customer, Holding, Step, customers, tops
from bot.domain.kpi.renewals import Due
from bot.domain.kpi.service import Scores

TODAY = date(2026, 3, 4)
ENDED = TODAY - timedelta(days=60)


def D(value: str | int) -> Decimal:  # noqa: N802 - reads as the type
    return Decimal(value)


EMPTY: list[tuple[str, Kpi]] = [
    ("nrr", retention.nrr([], TODAY)),
    ("grr", retention.grr([], TODAY)),
    ("retention", retention.retention([], TODAY)),
    ("churn", retention.churn([], TODAY, 365)),
    ("clv", retention.clv([], TODAY, 365, "USD")),
    ("clv without churn", retention.clv([Customer(1, D(5), D(5))], TODAY, 365, "USD")),
    ("upsell", movements.upsell_rate([], TODAY)),
    ("cross-sell", movements.cross_sell_rate([], TODAY)),
    ("renewals", renewals.renewal_rate([], TODAY)),
    ("csat", service.csat([], TODAY)),
    ("nps", service.nps([], TODAY)),
    ("ces", service.ces([], TODAY)),
    ("fcr", service.fcr(0, 0, TODAY)),
    ("ttr", service.time_to_resolution([], TODAY)),
    ("forecast", sales.forecast([], TODAY, "USD")),
    ("quota", sales.quota([D(5)], None, TODAY)),
    ("quota of nothing", sales.quota([D(5)], D(0), TODAY)),
]


@pytest.mark.parametrize(("name", "kpi"), EMPTY)
def test_nothing_to_divide_by_is_not_available(name: str, kpi: Kpi) -> None:
    assert kpi.value is None
    assert kpi.note.startswith("not available: ")
    assert len(kpi.shown) > len("not available: ")


def test_zero_is_a_value_where_it_is_one() -> None:
    assert movements.recurring([], TODAY, "USD", monthly=False).value == 0
    assert movements.net_new_mrr([], TODAY, "USD").value == 0
    assert retention.nrr([Customer(1, D(100), D(0))], TODAY).value == 0


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("104.25", PERCENT, "104.3 %"), ("104.24", PERCENT, "104.2 %"), ("0", PERCENT, "0.0 %"),
        ("-0.04", PERCENT, "0.0 %"), ("39.5", POINTS, "+40 points"), ("-39.5", POINTS, "-40 points"),
        ("0", POINTS, "0 points"), ("35.861", HOURS, "35.9 hours"), ("5.125", SCORE, "5.13"),
        ("1234567.895", "USD", "1,234,567.90 USD"),
    ],
)  # fmt: skip
def test_rounding_is_half_up_and_only_for_the_eye(value: str, unit: str, shown: str) -> None:
    assert show(Decimal(value), unit) == shown


def test_what_did_not_count_is_told_and_nothing_else() -> None:
    kpi = retention.nrr([Customer(1, D(100), D(90))], TODAY, (LeftOut(0, "never"), LeftOut(2, "no price")))
    assert kpi.left_out == (LeftOut(2, "no price"),)
    assert kpi.without([LeftOut(0, "x"), LeftOut(1, "y")]).left_out == (LeftOut(2, "no price"), LeftOut(1, "y"))
    assert (kpi.numerator, kpi.denominator, kpi.counted, kpi.version) == (D(90), D(100), 1, "nrr-1")


def test_new_customers_are_not_in_retention() -> None:
    found = [Customer(1, D(100), D(120)), Customer(2, D(100), D(0)), Customer(3, D(0), D(999))]
    assert retention.nrr(found, TODAY).value == 60
    assert retention.grr(found, TODAY).value == 50
    assert retention.retention(found, TODAY).value == 50
    churn = retention.churn(found, TODAY, 30)
    assert churn.value == 50
    assert churn.parts[0].value is not None
    assert 99 < churn.parts[0].value < 100


def test_a_parent_and_its_subsidiaries_are_one_customer() -> None:
    assert tops({2: 1, 3: 2}) == {2: 1, 3: 1}
    assert tops({1: 2, 2: 1, 5: 2}) == {1: 1, 2: 1, 5: 1}
    assert tops({1: 1}) == {1: 1}
    rows = [Holding(2, "p", D(10), D(0)), Holding(3, "p", D(0), D(10)), Holding(4, "p", D(0), D(0))]
    assert customers(rows, tops({2: 1, 3: 1})) == [Customer(1, D(10), D(10))]


def test_movements_are_one_per_customer_and_day() -> None:
    monday, tuesday = date(2026, 1, 5), date(2026, 1, 6)
    steps = [Step(1, monday, D(-100)), Step(1, monday, D(120)), Step(2, monday, D(50)), Step(2, tuesday, D(-50)),
             Step(3, tuesday, D(70)), Step(4, tuesday, D(9))]  # fmt: skip
    found = movements.movements({1: D(100)}, steps, {}, {3: date(2020, 1, 1), 4: tuesday})
    assert [(one.customer, one.kind, one.amount) for one in found] == [
        (1, "expansion", D(20)), (2, "new", D(50)), (2, "churn", D(-50)), (3, "reactivation", D(70)), (4, "new", D(9))
    ]  # fmt: skip
    kpi = movements.net_new_mrr(found, TODAY, "USD")
    assert kpi.value == D(99) / 12
    assert sum(part.value or 0 for part in kpi.parts) == kpi.value


def test_moving_between_subsidiaries_is_no_movement() -> None:
    steps = [Step(2, TODAY, D(-100)), Step(3, TODAY, D(100))]
    assert movements.movements({2: D(100)}, steps, {2: 1, 3: 1}) == []


def test_upsell_is_of_what_was_held_and_cross_sell_of_what_was_not() -> None:
    held = [Holding(1, "core", D(100), D(150)), Holding(1, "flow", D(0), D(30)), Holding(2, "core", D(100), D(100)),
            Holding(3, "core", D(0), D(500))]  # fmt: skip
    upsell, cross = movements.upsell_rate(held, TODAY), movements.cross_sell_rate(held, TODAY)
    assert (upsell.value, upsell.parts[0].value, upsell.counted) == (D(50), D(25), 2)
    assert (cross.value, cross.parts[0].value) == (D(50), D(15))


def test_renewals_on_time_late_lost_and_not_due_yet() -> None:
    day = timedelta(days=1)
    dues = [
        Due(1, ENDED, D(100), D(150), ENDED - 30 * day),
        Due(2, ENDED, D(100), D(100), ENDED, by_itself=True),
        Due(3, ENDED, D(100), D(80), ENDED + 30 * day),
        Due(4, ENDED, D(100), D(100), ENDED + 31 * day),
        Due(5, TODAY, D(100)),
        Due(6, ENDED, D(100)),
    ]
    kpi = renewals.renewal_rate(dues, TODAY)
    values = {part.name: part.value for part in kpi.parts}
    assert (kpi.value, kpi.counted) == (D(40), 5)
    assert values == {
        "incl. late (30 days)": 56, "by count": 40, "by count incl. late": 60, "renewed by themselves": 20
    }  # fmt: skip
    assert kpi.left_out == (LeftOut(1, "end today or later and are not renewed yet"),)


def test_scales_are_never_mixed() -> None:
    found = [Scores(D(5), 1, 5, 6), Scores(D(3), 1, 5, 6), Scores(D(9), 1, 10, 4), Scores(D(11), 1, 10, 1)]
    kpi = service.csat(found, TODAY)
    assert (kpi.value, kpi.counted) == (D(50), 12)
    assert kpi.left_out == (LeftOut(4, "on another scale (1 to 10)"), LeftOut(1, "off their own scale"))
    nps = service.nps([Scores(D(0), 0, 10, 1), Scores(D(9), 0, 10, 1), Scores(D(5), 1, 5, 3)], TODAY)
    assert (nps.value, nps.counted) == (D(0), 2)
    assert "too few" in nps.note
    assert service.ces([Scores(D(7), 1, 7, 20), Scores(D(4), 1, 7, 10)], TODAY).value == 6


def test_half_hours_and_the_middle() -> None:
    kpi = service.time_to_resolution([3600, 7200, 36000, 5400], TODAY)
    assert (kpi.value, kpi.parts[0].value) == (D("1.75"), D("3.625"))


def test_a_forecast_guesses_nothing() -> None:
    deals = [sales.Deal(D(100), D("0.9")), sales.Deal(D(100), D("0.5")), sales.Deal(D(100), D("0.1")),
             sales.Deal(None, D(1)), sales.Deal(D(5), None)]  # fmt: skip
    kpi = sales.forecast(deals, TODAY, "EUR")
    assert (kpi.value, kpi.denominator, kpi.counted) == (D(150), D(300), 3)
    assert [part.value for part in kpi.parts] == [100, 100, 100]
    assert kpi.left_out == (LeftOut(1, "without an amount"), LeftOut(1, "without a probability"))


def test_a_lifetime_from_few_departures_is_an_estimate_with_a_range() -> None:
    found = [Customer(at, D(100), D(0) if at < 2 else D(100)) for at in range(10)]
    kpi = retention.clv(found, TODAY, 365, "USD", D("0.8"))
    assert kpi.value == 400
    assert "only 2 left (267 to 800 USD)" in kpi.note
    assert kpi.parts[1].value == D(800) * D("0.8") * 5
    assert "no gross margin" in retention.clv(found, TODAY, 365, "USD").note
