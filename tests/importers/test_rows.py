"""What the cells of each kind become."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.records import ContractRow, Kind, OpportunityRow, Ref
from bot.importers import Options, survey
from bot.importers.convert import to_domain, to_email
from bot.importers.rows_book import kind_by_suffix
from bot.importers.rows_contracts import add_months, read_notice

from .helpers import only, read, write


def first(tmp_path: Path, text: str, options: Options | None = None) -> Any:
    rows, rejected = read(write(tmp_path, text), options)
    assert not rejected, rejected
    return rows[0]


def test_contract_prices_keep_their_period(tmp_path: Path) -> None:
    start = "Account,Start date,End date"
    monthly = first(tmp_path, f"{start},MRR\nA,2024-01-01,2024-12-31,100\n")
    yearly = first(tmp_path, f"{start},ARR\nA,2024-01-01,2024-12-31,1200\n")
    total = first(tmp_path, f"{start},Total contract value\nA,2024-01-01,2025-12-31,2400\n")
    each = first(tmp_path, f"{start},Seats,Unit price,Billing period\nA,2024-01-01,2024-12-31,5,10,Quarterly\n")
    assert [(r.amount, r.period) for r in (monthly, yearly, total, each)] == [
        (100, "month"), (1200, "year"), (2400, "term"), (50, "quarter"),
    ]  # fmt: skip


def test_of_two_prices_the_one_that_was_not_rounded_is_used(tmp_path: Path) -> None:
    rounded = "Account,Start date,MRR,ARR\nA,2024-01-01,83.33,1000\nB,2024-01-01,100,1200\n"
    row = first(tmp_path, rounded)
    assert (row.amount, row.period) == (Decimal(1000), "year")
    assert "rounded" in only(tmp_path / "data.csv").notes[0]
    row = first(tmp_path, "Account,Start date,MRR,ARR\nA,2024-01-01,100,1200\n")
    assert (row.amount, row.period) == (Decimal(100), "month")


def test_ends_are_inclusive(tmp_path: Path) -> None:
    renewal = first(tmp_path, "Account,ARR,Renewal date\nA,1,2025-01-01\n")
    term = first(tmp_path, "Account,ARR,Start date,Contract term\nA,1,2024-01-31,1\n")
    meeting = "Account,MRR,Start date,End date\n" + "".join(f"A,1,2024-0{m}-01,2024-0{m + 1}-01\n" for m in range(1, 8))
    rows, _ = read(write(tmp_path, meeting))
    assert (renewal.ends_on, term.ends_on) == (date(2024, 12, 31), date(2024, 2, 28))
    assert isinstance(rows[0], ContractRow)
    assert rows[0].ends_on == date(2024, 1, 31)
    assert "exclusive" in only(tmp_path / "data.csv").notes[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("30", (30, False)), ("60 days", (60, False)), ("3 months", (90, False)), ("3 Monate", (90, False)),
     ("1 month", (30, False)),
     ("10 business days", (10, True)), ("15 jours", (15, False)), ("2 weeks", (14, False)), ("1 year", (365, False)),
     ("3 mois", (90, False)), ("30 jours ouvrés", (30, True)), ("none", None), ("6 meses", (180, False)), ("3個",
     None)],
)  # fmt: skip
def test_notice_periods(cell: str, expected: tuple[int, bool] | None) -> None:
    assert read_notice(cell) == expected


def test_months_end_where_there_is_no_such_day() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 12, 15), 13) == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("header", "cells", "outcome"),
    [
        ("StageName,IsClosed,IsWon", "Whatever,1,1", "won"), ("StageName,IsClosed,IsWon", "Closed Won,1,0", "lost"),
        ("StageName,IsClosed,IsWon", "Closed Lost,0,0", "open"), ("StageName", "Closed Won", "won"), ("Stage",
        "Verloren", "lost"),
        ("Stage", "Fermé gagné", "won"), ("Stage", "Cierre perdido", "lost"), ("Stage", "受注", "won"), ("Stage",
        "Mystery", "open"),
        ("Stage", "closedlost", "lost"), ("Stage", "Negotiation", "open"),
    ],
)  # fmt: skip
def test_outcomes(tmp_path: Path, header: str, cells: str, outcome: str) -> None:
    row = first(tmp_path, f"Opportunity ID,Opportunity name,Amount,{header}\n1,A,5,{cells}\n")
    assert row.outcome == outcome


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Oozz - Upsell", "upsell"), ("Oozz - Renewal 2024", "renewal"), ("Oozz - Cross-sell", "cross-sell"),
     ("Oozz", None),
     ("A - Initial Sale", "new"), ("Acme (Renewal)", "renewal"), ("Newton - Rollout", None)],
)  # fmt: skip
def test_the_kind_of_deal_may_stand_at_the_end_of_its_name(name: str, kind: str | None) -> None:
    assert kind_by_suffix(name) == kind


def test_accounts(tmp_path: Path) -> None:
    header = "Record ID,Company name,Company Domain Name,Website URL,Company owner,Annual Revenue"
    header += ",merged object ids,Parent Company"
    row = first(tmp_path, f'{header}\n7,Acme,acme.com,https://www.acme.de/x,Ann,"€1.234,56",1;2;3,Holding\n')
    assert row.domains == ("acme.com", "acme.de")
    assert row.merged_ids == ("1", "2", "3")
    assert (row.annual_revenue, row.currency) == (Decimal("1234.56"), "EUR")
    assert (row.parent, row.owner) == (Ref("account", "name", "Holding"), Ref("member", "name", "Ann"))


def test_salesforce_rows(tmp_path: Path) -> None:
    text = (
        '"Id","IsDeleted","MasterRecordId","Name","ParentId","BillingCountry","OwnerId"\n'
        '"001A","1","000000000000000AAA","Acme","000000000000000AAA","DE","005A"\n'
    )
    row = first(tmp_path, text)
    assert (row.deleted, row.parent, row.owner) == (True, None, Ref("member", "id", "005A"))
    task = first(tmp_path, "Id,WhoId,WhatId,Subject,ActivityDate\n00T,003X,006Y,Call,2024-01-05\n")
    assert task.refs == (Ref("opportunity", "id", "006Y"), Ref("person", "id", "003X"))


def test_people_are_tied_to_accounts_by_their_mail_only_when_nothing_else_does(tmp_path: Path) -> None:
    rows, _ = read(
        write(tmp_path, "First Name,Last Name,Email,Company\nA,B,A@Acme.COM,\nC,D,c@gmail.com,\nE,F,e@x.com,Acme\n")
    )
    assert [row.refs for row in rows] == [  # type: ignore[union-attr]  # people have refs
        (Ref("account", "domain", "acme.com"),), (), (Ref("account", "name", "Acme"),),
    ]  # fmt: skip


def test_times_without_a_zone_are_in_the_given_one(tmp_path: Path) -> None:
    text = "Date,Customer,Type,Subject,Notes\n2024-07-01 10:00,Acme,Anruf,Hi,x\n"
    row = first(tmp_path, text, Options(zone=ZoneInfo("Europe/Berlin")))
    assert row.at == datetime(2024, 7, 1, 8, 0, tzinfo=UTC)
    assert row.kind == "call"


def test_formulas_stay_as_they_are(tmp_path: Path) -> None:
    text = "Date,Customer,Type,Subject,Notes\n2024-07-01,=A1,call,@SUM(1),\"-cmd|'/c calc'!A0\"\n"
    row = first(tmp_path, text)
    assert (row.refs[0].key, row.subject, row.text) == ("=A1", "@SUM(1)", "-cmd|'/c calc'!A0")


def test_a_score_comes_with_its_scale(tmp_path: Path) -> None:
    nps = first(tmp_path, "Email,NPS,Date\na@b.com,9,2024-01-05\n")
    csat = first(tmp_path, "Email,CSAT,Date\na@b.com,4,2024-01-05\n")
    percent = first(tmp_path, "Email,CSAT,Survey date\na@b.com,4,2024-01-05\n")
    assert [(r.kind, r.scale_min, r.scale_max) for r in (nps, csat, percent)] == [
        ("nps", 0, 10),
        ("csat", 1, 5),
        ("csat", 1, 5),
    ]
    assert (
        read(write(tmp_path, "Email,NPS,Date\na@b.com,11,2024-01-05\n"))[1][0].reason
        == "the score 11 is outside 0 to 10"
    )


def test_usage_of_a_month_and_single_events(tmp_path: Path) -> None:
    month = first(tmp_path, "Customer,Month,Active users,Seats bought\nAcme,2024-01,50,100\n")
    assert (month.on, month.days, month.metric, month.value, month.entitlement) == (
        date(2024, 1, 1),
        30,
        "active users",
        50,
        100,
    )
    event = first(tmp_path, "event_id,user_id,timestamp,event_name\n1,U1,2024-03-13 20:00:00,search\n")
    assert (event.metric, event.value, event.refs) == ("search", 1, (Ref("person", "id", "U1"),))


def test_durations_of_tickets_are_counted_from_the_opening(tmp_path: Path) -> None:
    header = "ticket_id,account_id,submitted_at,closed_at,priority,first_response_time_minutes,satisfaction_score"
    row = first(tmp_path, f"{header}\nT1,A1,2024-01-01,2024-01-02 3:00,urgent,90,4\n")
    assert row.first_response_at == datetime(2024, 1, 1, 1, 30, tzinfo=UTC)
    assert (row.status, row.priority, row.score, row.score_max) == ("solved", "urgent", 4, 5)


def test_totals_and_impossible_lines_are_rejected_not_imported(tmp_path: Path) -> None:
    text = "Date,Customer,Type,Subject\n2021-02-30,A,call,x\n2021-02-03,B,call,y\nTotal,,,2\n"
    rows, rejected = read(write(tmp_path, text))
    assert len(rows) == 1
    assert [(r.line, r.reason) for r in rejected] == [
        (2, '"2021-02-30" is not a date'), (4, "it is a total or a notice below the table, not a record"),
    ]  # fmt: skip


def test_a_company_called_total_is_no_total(tmp_path: Path) -> None:
    rows, rejected = read(write(tmp_path, "Company name,Website,Industry\nAcme,acme.com,Steel\nTotal,total.com,Oil\n"))
    assert (len(rows), rejected) == (2, [])


def test_lines_of_another_width(tmp_path: Path) -> None:
    rows, rejected = read(write(tmp_path, "Company name,Website,Industry\nA,a.com\nB,b.com,x,,\nC,c.com,x,y\n\n"))
    assert [row.line for row in rows] == [2, 3]
    assert "4 cells where the header names 3" in rejected[0].reason
    padded, broken = read(write(tmp_path, "Company name,Website,Industry\nA,a.com\nB,b.com,\n"))
    assert (len(padded), broken[0].line) == (1, 2)  # this file writes its blanks out: the short line is damaged


def test_currencies_from_cell_header_column_and_option(tmp_path: Path) -> None:
    def currency(header: str, cells: str) -> str | None:
        row = first(tmp_path, f"Account,Start date,{header}\nA,2024-01-01,{cells}\n", Options(currency="CHF"))
        assert isinstance(row, ContractRow)
        return row.currency

    assert currency("MRR", "5") == "CHF"
    assert currency("MRR", "€5") == "EUR"
    assert currency("MRR (USD)", "5") == "USD"
    assert currency("MRR,Currency", "5,gbp") == "GBP"
    rows, _ = read(write(tmp_path, "Account,Start date,MRR\nA,2024-01-01,€5\nB,2024-01-01,$6\nC,2024-01-01,7\n"))
    assert [row.currency for row in rows if isinstance(row, ContractRow)] == ["EUR", "USD", None]


def test_thousands_and_millions_in_the_header(tmp_path: Path) -> None:
    row = first(tmp_path, "Account,Start date,ARR (k€)\nA,2024-01-01,12.5\n")
    assert (row.amount, row.currency) == (Decimal(12500), "EUR")


def test_a_data_dictionary_beside_the_file_is_used(tmp_path: Path) -> None:
    write(
        tmp_path,
        "Table,Field,Description\naccounts,revenue,Annual revenue in millions of US dollars\n",
        "data_dictionary.csv",
    )
    write(tmp_path, "account,sector,revenue,employees\nAcme,x,2.5,10\n", "accounts.csv")
    (file,) = survey([tmp_path]).files
    row = next(file.rows())
    assert (row.annual_revenue, row.currency) == (Decimal(2_500_000), "USD")  # type: ignore[union-attr]  # an account
    assert "in millions of US dollars" in file.notes[0]


def test_probability_is_in_percent(tmp_path: Path) -> None:
    for cells, expected in (("0.2", 20), ("20", 20), ("20%", 20)):
        row = first(tmp_path, f"Deal name,Stage,Probability\nA,Open,{cells}\n")
        assert isinstance(row, OpportunityRow)
        assert row.probability == expected


@pytest.mark.parametrize(
    ("cell", "domain"),
    [("https://www.Acme.com/path?q=1", "acme.com"), ("ann@acme.com", "acme.com"), ("a@gmail.com", None),
     ("acme", None), ("", None),
     ("http://acme.com:8080", "acme.com"), ("www.bücher.de", "xn--bcher-kva.de"), ("not a domain", None), ("n/a",
     None)],
)  # fmt: skip
def test_domains(cell: str, domain: str | None) -> None:
    assert to_domain(cell) == domain


def test_blanks_before_quotes_and_prefixed_headers(tmp_path: Path) -> None:
    row = first(tmp_path, '"Company name", "Industry", "Website"\n"Acme, Inc", "Steel", "acme.com"\n')
    assert (row.name, row.industry) == ("Acme, Inc", "Steel")
    deal = first(tmp_path, "Deal - ID,Deal - Title,Deal - Organization,Deal - Value,Deal - Stage\n1,X,Acme,10,Won\n")
    assert (deal.name, deal.amount, deal.refs) == ("X", 10, (Ref("account", "name", "Acme"),))


def test_yen_have_no_cents(tmp_path: Path) -> None:
    row = first(
        tmp_path, '顧客名,契約番号,契約開始日,契約終了日,月額\nトヨタ,1,2024年4月1日,2025年3月31日,"¥100,000"\n'
    )
    assert (row.amount, row.currency, row.period) == (100_000, "JPY", "month")


@pytest.mark.parametrize("odd", ["²²²²²", "9" * 18, "٣٣", "1e18", "\u202e5", "=9", "-1"])
def test_odd_cells_never_break_a_file(tmp_path: Path, odd: str) -> None:
    header = "ticket_id,account_id,submitted_at,closed_at,priority,first_response_time_minutes,escalation_flag"
    rows, rejected = read(write(tmp_path, f"{header}\n1,A,2024-01-01,{odd},{odd},{odd},{odd}\n"))
    assert len(rows) + len(rejected) == 1
    header = "Account,Start date,Contract term,Notice period,ARR,Auto renew"
    rows, rejected = read(write(tmp_path, f"{header}\nA,2024-01-01,{odd},{odd},{odd},{odd}\n"))
    assert len(rows) + len(rejected) == 1


def test_emails() -> None:
    assert to_email("Ann B <Ann.B@Acme.com>; other") == "ann.b@acme.com"
    assert to_email("PsO4E5YPnpbcBSOq3aGKtQ==") is None


def test_kinds_of_one_file(tmp_path: Path) -> None:
    text = (
        "id,name,email,role,organization_id,ticket_restriction\n1,Ann,a@us.com,agent,9,x\n2,Bob,b@c.com,end-user,9,x\n"
    )
    files = survey([write(tmp_path, text)]).files
    assert [(file.kind, [row.line for row in file.rows()]) for file in files] == [
        (Kind.MEMBERS, [2]),
        (Kind.PEOPLE, [3]),
    ]
