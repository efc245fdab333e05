"""Figures of small books, worked out by hand; whose they are, over which days, and from which rows."""

from __future__ import annotations

import statistics
from datetime import timedelta
from decimal import Decimal as D  # noqa: N817 - figures are read easier

import pytest

from bot.bootstrap import load_policies
from bot.domain.audience import Actor, Role, only_the_asker
from bot.domain.days import written
from bot.domain.kpi.catalogue import KEYS
from bot.domain.policy import parse_policy
from bot.domain.policy.kpi import KpiPolicy
from bot.services.errors import BadInput, NotAllowed
from bot.services.kpi.ask import KpiQuestion, kpi
from bot.services.results import KpiLeftOut
from tests.services.clerk import NOW, SELF, Clerk
from tests.services.kpi.books import MEMBERS, TODAY, Sold, accounts, ask, contracts, day, one

IDA = "owner:Ida Holm"
SALES = [
    Sold(1, -700, -336, 1000), Sold(1, -335, 29, 1500, signed=-340),  # renewed in time, and more
    Sold(2, -700, -336, 1000), Sold(2, -320, 44, 800),  # renewed 16 days late, and less
    Sold(4, -700, -336, 1000),  # lost
    Sold(5, -500, None, 1000), Sold(5, -100, None, 500, product="Flow"),  # cross-sold
    Sold(7, -30, 334, 700),  # new
    Sold(8, -700, None, 100, period="month"),  # 1200 a year
]  # fmt: skip


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring({"members.csv": MEMBERS, "accounts.csv": accounts(8), "contracts.csv": contracts(SALES)})
    return clerk


def test_revenue_figures_of_a_year(book: Clerk) -> None:
    nrr = one(book, "nrr")
    assert (nrr.numerator, nrr.denominator, nrr.counted) == (D(5000), D(5200), 5)
    assert nrr.shown == "96.2 %"
    assert one(book, "grr").numerator == 4000
    assert one(book, "retention").value == 80
    assert one(book, "churn").value == 20
    assert one(book, "arr").value == 5700
    assert one(book, "mrr").value == 475
    assert one(book, "upsell").value == 20
    assert (one(book, "cross-sell").value, one(book, "cross-sell").counted) == (D(20), 5)
    net = one(book, "net-new-mrr")
    assert net.value == D(500) / 12
    assert {part.name: part.value for part in net.parts} == {
        "new (1)": D(700) / 12, "expansion (2)": D(1000) / 12, "contraction (0)": 0,
        "churn (2)": D(-2000) / 12, "reactivation (1)": D(800) / 12,
    }  # fmt: skip
    assert one(book, "expansion").value == D(1000) / 12


def test_renewals_of_a_year(book: Clerk) -> None:
    found = one(book, "renewal rate")
    assert found.counted == 3
    assert found.shown == "33.3 %"
    assert {part.name: part.shown for part in found.parts} == {
        "incl. late (30 days)": "60.0 %", "by count": "33.3 %", "by count incl. late": "66.7 %",
        "renewed by themselves": "0.0 %",
    }  # fmt: skip
    rows = ask(book, "renewal-rate", page=1).rows
    assert [row.account for row in rows] == ["Account 1", "Account 2", "Account 4"]
    assert [row.text.rsplit(", ", 1)[1] for row in rows] == ["renewed", "renewed late", "not renewed in time"]


def test_whose(book: Clerk) -> None:
    assert one(book, "arr", IDA).value == 3700
    assert ask(book, "arr", "Ida Holm").scope == "Ida Holm's accounts"
    assert one(book, "arr", "segment:strategic").value == 2000
    assert one(book, "arr", "Mid Market").value == 3700
    assert one(book, "arr", "product:flow").value == 500
    assert one(book, "arr", "Account 1").value == 1500
    assert one(book, "arr", "account:A5").value == 1500
    ida = only_the_asker(Actor(Role.MEMBER, "slack", book.row("member", name="Ida Holm").id, name="Ida Holm"))
    assert book.desk.kpi(ida, KpiQuestion("arr")).figures[0].value == 3700
    assert book.desk.kpi(ida, KpiQuestion("arr", rest="all 2025")).period == "2025"
    assert book.desk.kpi(ida, KpiQuestion("arr", rest="Account 1 last quarter")).scope == "Account 1"
    assert book.desk.kpi(ida, KpiQuestion("arr", rest="2025-01..2025-06")).scope == "your accounts"


def test_a_parent_answers_for_what_lies_below_it(clerk: Clerk) -> None:
    sales = [Sold(2, -500, -100, 1000), Sold(3, -99, None, 1000)]
    clerk.bring({"accounts.csv": accounts(3, {2: 1, 3: 2}), "contracts.csv": contracts(sales)})
    assert one(clerk, "retention").value == 100
    assert one(clerk, "nrr").value == 100
    assert one(clerk, "net-new-mrr").counted == 0
    found = ask(clerk, "nrr", "Account 1")
    assert (found.scope, found.figures[0].value) == ("Account 1 and 2 below it", D(100))


def test_currencies_are_apart_and_who_changed_theirs_is_left_out(clerk: Clerk) -> None:
    sales = [
        Sold(1, -500, None, 100), Sold(2, -500, None, 100), Sold(4, -500, None, 100, currency="EUR"),
        Sold(5, -500, -100, 100), Sold(5, -99, None, 90, currency="EUR"), Sold(3, -500, None, 50, currency=""),
    ]  # fmt: skip
    clerk.bring({"accounts.csv": accounts(5), "contracts.csv": contracts(sales)})
    euros, dollars = ask(clerk, "nrr").figures
    assert (dollars.denominator, dollars.value) == (D(200), D(100))
    assert (euros.denominator, euros.value) == (D(150), D(100))
    assert euros.left_out == (KpiLeftOut(count=1, why="who changed their currency: there is no rate to compare by"),)
    assert [figure.unit for figure in ask(clerk, "arr").figures] == ["EUR", "USD"]
    assert sum(figure.value or 0 for figure in ask(clerk, "arr").figures) == 440


def test_overlapping_contracts_are_told_not_added_up(clerk: Clerk) -> None:
    sales = [Sold(1, -500, None, 100), *(Sold(1, -200 + at, None, 100) for at in range(9))]
    clerk.bring({"accounts.csv": accounts(1), "contracts.csv": contracts(sales)})
    found = one(clerk, "nrr")
    assert found.value == 100
    assert found.left_out[0].count == 9
    assert "a data fault" in found.left_out[0].why
    assert found.note == "With overlapping contracts added up it would be 1,000.0 %: a data fault, not growth."


def test_what_lacks_a_price_is_left_out_aloud(clerk: Clerk) -> None:
    sales = [Sold(1, -500, None, 100), Sold(2, -500, None, "")]
    clerk.bring({"accounts.csv": accounts(2), "contracts.csv": contracts(sales)})
    assert one(clerk, "arr").left_out == (KpiLeftOut(count=1, why="lines without an amount"),)


SERVICE = {
    "people.csv": "id,account id,name,email\n" + "".join(f"P{one},A1,{one},{one}@x.example\n" for one in "abcd"),
    "surveys.csv": "id,account id,person email,survey,score,scale min,scale max,at\n"
    + "".join(
        f"S{at},A1,{who}@x.example,{kind},{score},{low},{high},{day(-at - 1)}T10:00:00Z\n"
        for at, (who, kind, score, low, high) in enumerate(
            [("a", "nps", 10, 0, 10), ("a", "nps", 0, 0, 10), ("b", "nps", 3, 0, 10), ("c", "nps", 8, 0, 10),
             ("a", "csat", 5, 1, 5), ("b", "csat", 4, 1, 5), ("c", "csat", 2, 1, 5), ("d", "csat", 9, 1, 10),
             ("a", "ces", 7, 1, 7), ("b", "ces", 4, 1, 7)]
        )
    ),
    "tickets.csv": "id,account id,opened at,first response at,solved at,status,subject\n"
    f"T1,A1,{day(-9)} 10:00,{day(-9)} 12:00,{day(-9)} 12:00,solved,Login\n"
    f"T2,A1,{day(-9)} 10:00,{day(-9)} 11:00,{day(-8)} 10:00,solved,Export\n"
    f"T3,A2,{day(-9)} 10:00,,{day(-9)} 14:00,solved,Import\nT4,A2,{day(-9)} 10:00,,,open,Crash\n"
    f"T5,A2,{day(-900)} 10:00,,{day(-800)} 14:00,solved,Old\n",
}  # fmt: skip


def test_service_figures(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": accounts(2), **SERVICE})
    nps = one(clerk, "nps")
    assert (nps.value, nps.counted) == (D(0), 3)
    assert nps.left_out == (KpiLeftOut(count=1, why="earlier answers of the same people"),)
    csat = one(clerk, "csat")
    assert (csat.shown, csat.counted) == ("66.7 %", 3)
    assert csat.left_out == (KpiLeftOut(count=1, why="on another scale (1 to 10)"),)
    assert one(clerk, "ces").value == D("5.5")
    ttr = one(clerk, "ttr")
    assert (ttr.value, ttr.parts[0].value, ttr.counted) == (D(4), D(10), 3)
    assert ttr.left_out == (KpiLeftOut(count=1, why="open tickets"),)
    fcr = one(clerk, "fcr")
    assert fcr.value is None
    assert fcr.note.startswith("not available: no ticket solved in the period says how many contacts it took")
    assert fcr.left_out[0] == KpiLeftOut(count=3, why="solved tickets whose contacts are not counted")
    assert [row.text for row in ask(clerk, "ttr", page=1).rows] == [
        f"Export: 24.0 hours, solved {_written(-8)}", f"Import: 4.0 hours, solved {_written(-9)}",
        f"Login: 2.0 hours, solved {_written(-9)}",
    ]  # fmt: skip
    assert one(clerk, "csat", "account:A2").value is None


CONTACTS = (
    "id,account id,opened at,solved at,status,subject,contacts,reopens\n"
    f"T1,A1,{day(-9)} 10:00,{day(-9)} 12:00,solved,One,1,0\nT2,A1,{day(-9)} 10:00,{day(-9)} 12:00,solved,Again,1,2\n"
    f"T3,A1,{day(-9)} 10:00,{day(-9)} 12:00,solved,Many,4,\nT4,A1,{day(-9)} 10:00,{day(-9)} 12:00,solved,Silent,,\n"
    f"T5,A1,{day(-9)} 10:00,{day(-9)} 12:00,solved,Zero,0,0\n"
)
SAID = (
    "id,account id,opened at,solved at,status,first contact resolved\n"
    f"T1,A1,{day(-9)} 10:00,{day(-9)} 12:00,solved,yes\nT2,A1,{day(-9)} 10:00,{day(-9)} 12:00,solved,no\n"
)


def test_first_contact_resolution_where_contacts_are_counted(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": accounts(1), "tickets.csv": CONTACTS})
    fcr = one(clerk, "fcr")
    assert (fcr.value, fcr.numerator, fcr.counted) == (D(50), D(2), 4)
    assert fcr.left_out[0].count == 1
    told = {row.text.partition(":")[0]: row.text.rpartition(", ")[2] for row in ask(clerk, "fcr", page=1).rows}
    assert told == {
        "One": "with the first contact", "Again": "took more than one contact", "Many": "took more than one contact",
        "Silent": "contacts not counted: left out", "Zero": "with the first contact",
    }  # fmt: skip


def test_first_contact_resolution_as_the_desk_says_it(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": accounts(1), "tickets.csv": SAID})
    assert (one(clerk, "fcr").value, one(clerk, "fcr").counted) == (D(50), 2)


@pytest.mark.parametrize("hours", [(5,), (1, 2), (3, 1, 2), (4, 1, 3, 2), (1, 1, 9, 9, 9)])
def test_the_median_is_that_of_all_tickets(clerk: Clerk, hours: tuple[int, ...]) -> None:
    rows = "".join(f"T{at},A1,{day(-9)} 01:00,{day(-9)} {1 + one:02}:00,solved\n" for at, one in enumerate(hours))
    clerk.bring({"accounts.csv": accounts(1), "tickets.csv": f"id,account id,opened at,solved at,status\n{rows}"})
    kpi = one(clerk, "ttr")
    assert kpi.value == D(str(statistics.median(hours)))
    assert kpi.parts[0].value == D(sum(hours)) / len(hours)


def _written(offset: int) -> str:
    return written(TODAY + timedelta(days=offset))


DEALS = (
    "id,account id,name,kind,stage,outcome,amount,currency,probability,closed on\n"
    f"O1,A1,Renewal,renewal,Proposal,open,1000,USD,90,{day(20)}\n"
    f"O2,A1,More seats,upsell,Talk,open,500,USD,40,{day(10)}\nO3,A2,Flow,cross-sell,Talk,open,,USD,40,{day(10)}\n"
    f"O4,A1,Won,upsell,Won,won,600,USD,100,{day(-20)}\nO5,A2,New logo,new,Won,won,9000,USD,100,{day(-20)}\n"
    f"O6,A2,Won in euros,renewal,Won,won,70,EUR,100,{day(-20)}\nO7,A1,Too late,upsell,Talk,open,1,USD,50,{day(200)}\n"
)


def test_forecast_and_quota(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": accounts(2), "opportunities.csv": DEALS})
    found = one(clerk, "forecast", period="this quarter")
    assert (found.value, found.unit, found.counted) == (D(1100), "USD", 2)
    assert [part.value for part in found.parts] == [1000, 0, 500]
    assert found.left_out == (KpiLeftOut(count=1, why="without an amount"),)
    assert ask(clerk, "forecast", period="this quarter", page=1).rows[0].text.startswith("Renewal: 1,000.00 USD, 90 %")
    assert one(clerk, "quota", period="2026-Q1").note.startswith("not available: no target is set")
    policy = parse_policy(
        "quotas: [{who: all, period: 2026-Q1, amount: 1200, currency: USD}]", "kpi.yml"
    )  # fmt: skip
    assert isinstance(policy, KpiPolicy)
    asked = KpiQuestion("quota", "all", "this quarter", page=1)
    answer = kpi(clerk.database, SELF, asked, policy, NOW, clerk.desk.zone)
    (quota,) = answer.figures
    assert (quota.value, quota.numerator, quota.counted) == (D(50), D(600), 1)
    assert quota.left_out == (KpiLeftOut(count=1, why="won deals not in USD"),)
    assert answer.total_rows == 2


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_book_has_no_figures_and_no_surprises(clerk: Clerk, key: str) -> None:
    clerk.bring({"accounts.csv": accounts(1)})
    found = ask(clerk, key, page=1)
    assert len(found.figures) == 1
    assert found.rows == ()
    assert found.figures[0].value in (None, 0)


@pytest.mark.parametrize(
    ("name", "scope", "period", "says"),
    [
        ("happiness", "all", None, "No figure is called 'happiness'"),
        ("nrr", "all", "soon", "is no period"),
        ("nrr", "all", "2031", "has not begun yet"),
        ("nrr", "Zaphod", None, "No account, segment, product or colleague is called 'Zaphod'"),
        ("nrr", "account:Zaphod", None, "No account is called 'Zaphod'"),
        ("nrr", "segment:", None, "No segment is called ''"),
        ("nrr", "owner:Zaphod", None, "Nobody called Zaphod"),
        ("csat", "product:Flow", None, "cannot be told by product"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(
    book: Clerk, name: str, scope: str, period: str | None, says: str
) -> None:
    with pytest.raises(BadInput) as caught:
        ask(book, name, scope, period)
    assert says in str(caught.value)


def test_figures_are_for_insiders(book: Clerk) -> None:
    guest = only_the_asker(Actor(Role.GUEST, "slack", name="Visitor"))
    with pytest.raises(NotAllowed):
        book.desk.kpi(guest, KpiQuestion("arr", "all"))
    with pytest.raises(NotAllowed):
        book.desk.kpi_list(guest)


@pytest.mark.parametrize("key", KEYS)
def test_explain_unfolds_every_figure(book: Clerk, key: str) -> None:
    book.bring({"opportunities.csv": DEALS, **SERVICE})
    found = ask(book, key, period="this year" if key in ("forecast", "quota") else None, page=1)
    assert found.total_rows >= len(found.rows) > 0
    assert all(row.account and row.text for row in found.rows)
    last = ask(book, key, page=10_000)
    assert last.page == last.pages


def test_shipped_policy_has_no_margin_and_no_targets() -> None:
    assert (load_policies(None).kpi.margin, load_policies(None).kpi.quotas) == (None, ())
