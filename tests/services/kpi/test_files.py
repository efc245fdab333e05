"""Figures as pictures and as workbooks."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import openpyxl
import pytest

from bot.domain.audience import Sharing, everyone_in
from bot.domain.kpi.catalogue import AHEAD, CATALOGUE, KEYS
from bot.services.errors import BadInput, NotAllowed
from bot.services.kpi.ask import KpiQuestion
from bot.services.kpi.chart import split_over
from tests.services.clerk import SELF, Clerk
from tests.services.kpi.books import MEMBERS, Sold, accounts, ask, contracts

SOLD = (
    Sold(1, -500, None, 1200, product="=HYPERLINK(\"http://x\")"), Sold(1, -100, None, 600, product="Flow"),
    Sold(2, -700, -40, 2400), Sold(3, -400, None, 500, currency="EUR"), Sold(4, -30, None, 900),
)  # fmt: skip
TICKETS = (
    "id,account_id,opened_at,solved_at,status,subject\n"
    "T1,A1,2026-01-10 09:00,2026-01-10 11:00,solved,=1+1\nT2,A2,2026-02-10 09:00,2026-02-11 09:00,solved,Slow\n"
)


@pytest.fixture
def booked(clerk: Clerk) -> Clerk:
    names = accounts(4).replace("Account 4", '"@SUM(A1)"')
    clerk.bring({"accounts.csv": names, "contracts.csv": contracts(SOLD), "members.csv": MEMBERS,
                 "tickets.csv": TICKETS})  # fmt: skip
    return clerk


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", (None, None)), ("team", ("team", None)), ("over 12 months", (None, "12 months")),
        ("Northern Over Seas over 2026", ("Northern Over Seas", "2026")), ("mine OVER 2 years", ("mine", "2 years")),
        ("over", (None, "12 months")), ("overture", ("overture", None)),
    ],
)  # fmt: skip
def test_what_stands_before_over_is_whose(words: str, expected: tuple[str | None, str | None]) -> None:
    assert split_over(words) == expected


def test_a_level_is_told_for_the_end_of_each_month(booked: Clerk) -> None:
    found = booked.desk.kpi_chart(SELF, KpiQuestion("arr", rest="all over 6 months"))
    dollars, euros = found.pictures
    assert (dollars.name, euros.name) == ("arr-all-accounts-usd.png", "arr-all-accounts-eur.png")
    assert dollars.png.startswith(b"\x89PNG")
    assert dollars.alt == (
        "Line chart: ARR in USD, all accounts, at the end of each month, arr-1, Oct 25 to Mar 26. From 3,600.00 USD to "
        "2,700.00 USD, lowest 1,800.00 USD in Jan 26, highest 4,200.00 USD in Nov 25."
    )
    last = ask(booked, "arr").figures[0].value
    assert last == Decimal(2700)


def test_what_is_drawn_is_what_is_answered(booked: Clerk) -> None:
    """The last point of a trailing figure is the figure itself; movements are drawn kind by kind."""
    net = next(one for one in ask(booked, "nrr").figures if one.currency == "USD")
    drawn = booked.desk.kpi_chart(SELF, KpiQuestion("nrr", scope="all", period="12 months")).pictures
    assert len(drawn) == 1
    assert f"to {net.shown}" in drawn[0].alt
    assert "EUR: " in drawn[0].alt
    (moved,) = booked.desk.kpi_chart(SELF, KpiQuestion("net-new-mrr", rest="all over 3 months")).pictures
    assert moved.alt.startswith(
        "Bar chart: Net new MRR in USD, all accounts, by month, net-new-mrr-1, Jan 26 to Mar 26."
    )
    assert "Churn: " not in moved.alt
    assert "churn: from -200.00 USD to 0.00 USD" in moved.alt


def test_every_figure_with_a_past_can_be_drawn(booked: Clerk) -> None:
    for key in KEYS:
        if key not in AHEAD:
            for picture in booked.desk.kpi_chart(SELF, KpiQuestion(key, rest="all over 3 months")).pictures:
                assert "Jan 26 to Mar 26" in picture.alt


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (KpiQuestion("forecast"), "no past to draw"), (KpiQuestion("joy"), "No figure is called 'joy'"),
        (KpiQuestion("nrr", rest="all over ten years"), "is no period"),
        (KpiQuestion("nrr", rest="all over 9 years"), "at most 5 years"),
        (KpiQuestion("nrr", rest="atlantis over 12 months"), "No account, segment, product or colleague"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said(booked: Clerk, asked: KpiQuestion, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        booked.desk.kpi_chart(SELF, asked)


def test_nothing_leaves_for_outsiders(booked: Clerk) -> None:
    outside = everyone_in(Sharing.EXTERNAL, SELF.actor)
    with pytest.raises(NotAllowed):
        booked.desk.kpi_chart(outside, KpiQuestion("nrr"))
    with pytest.raises(NotAllowed):
        booked.desk.kpi_export(outside, KpiQuestion("all"))


def test_a_workbook_has_figures_rows_and_definitions(booked: Clerk) -> None:
    found = booked.desk.kpi_export(SELF, KpiQuestion("all", scope="all"))
    assert (found.name, found.title) == ("figures-2026-03-04.xlsx", "Figures: all accounts")
    book = openpyxl.load_workbook(io.BytesIO(found.content))
    assert book.sheetnames == ["Figures", *KEYS, "Definitions"]
    figures = list(book["Figures"].iter_rows(values_only=True))
    assert [row[1] for row in figures if row[0] == "ARR"] == ["USD", "EUR"]
    values = {(row[0], row[1]): row[2] for row in figures}
    assert values["ARR", "USD"] == 2700
    assert values["NRR", "USD"] == float(next(one.shown for one in ask(booked, "nrr").figures).removesuffix(" %"))
    explained = ask(booked, "arr", page=1)
    rows = list(book["arr"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == explained.total_rows
    assert rows[0] == ("Account 1", 1800, "USD")
    assert [(cell.value, cell.data_type) for cell in book["ttr"]["B"]][1:] == [("Slow", "s"), ("=1+1", "s")]
    assert ("@SUM(A1)", 900, "USD") in rows
    definitions = list(book["Definitions"].iter_rows(min_row=2, values_only=True))
    assert [row[:4] for row in definitions] == [
        (one.definition.name, one.definition.version, one.definition.formula, one.definition.source)
        for one in CATALOGUE
    ]


def test_csv_has_each_definition_beside_its_figure(booked: Clerk) -> None:
    found = booked.desk.kpi_export(SELF, KpiQuestion("arr", rest="all"), "csv")
    assert found.name == "arr-2026-03-04.csv"
    heading, first, _ = csv.reader(io.StringIO(found.content.decode("utf-8-sig")))
    row = dict(zip(heading, first, strict=True))
    assert (row["value"], row["unit"], row["definition"]) == ("2700.00", "USD", "arr-1")
    assert row["formula"] == CATALOGUE[5].definition.formula


def test_an_empty_book_exports_too(clerk: Clerk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(clerk.desk.kpi_export(SELF, KpiQuestion("all", scope="all")).content))
    assert all(
        "not available" in str(row[4]) or row[2] == 0 for row in book["Figures"].iter_rows(min_row=2, values_only=True)
    )
