"""Every kind of file lands in the right columns, with where it came from."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.importers import Options
from bot.services.importing.run import Request, bring_in
from tests.services.clerk import SELF, Clerk, assert_adds_up, clock, counts

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

MEMBERS = (
    "id,name,email,active,role,team,manager,timezone,slack_user_id\n"
    "M1,Ida Holm,Ida.Holm@us.example,true,CSM,North,Ole Lead,Europe/Oslo,U111\n"
    "M2,Ole Lead,ole@us.example,false,Head of CS,North,,,\n"
)
PRODUCTS = "id,name,family,list_price,currency\nP1,Folio,Platform,312.50,EUR\n"
ACCOUNTS = (
    "id,name,domains,aliases,parent,owner_email,kind,segment,tier,industry,lifecycle,country,timezone,"
    "currency,employees,annual_revenue,created_on,url\n"
    "A2,Birch UK,birch.uk.example,,Birch Group,ida.holm@us.example,customer,mid,B,Paper,live,GB,Europe/London,GBP,"
    "120,5000000,2020-05-01,https://crm.example/A2\n"
    "A1,Birch Group,birch.example; birch.io.example,Birchwood; The Birches,,ole@us.example,customer,strategic,A,Paper,"
    "live,US,America/Chicago,USD,3400,1250000.50,2019-01-31,https://crm.example/A1\n"
)
PEOPLE = (
    "id,account_id,name,email,title,department,role,stance,left_on,active\n"
    "H1,A1,Dana Whit,Dana@birch.example,VP,Ops,champion,2,,true\n"
    "H2,A1,Gone Guy,gone@birch.example,CFO,Finance,economic buyer,-1,2026-01-15,true\n"
)
CONTRACTS = (
    "id,contract_number,account_id,product,unit,quantity,amount,period,currency,starts_on,ends_on,"
    "auto_renew,notice_days,notice_business_days,signed_on,status,trial\n"
    "L1,K-1,A1,Folio,seat,10,1200,year,USD,2025-04-01,2026-03-31,false,30,false,2025-03-20,active,false\n"
    "L2,K-1,A1,Addon,seat,5,100,month,USD,2025-06-01,2026-05-31,true,60,false,,active,false\n"
    "L3,K-1,A2,Folio,,1,50,year,GBP,2025-04-01,,,,,,,true\n"
)
OPPORTUNITIES = (
    "id,account_id,name,kind,stage,outcome,amount,currency,probability,opened_on,closed_on,owner_email,"
    "product,next_step,reason\n"
    "O1,A1,Renewal 26,renewal,Commit,open,1300,USD,80,2026-01-02,2026-03-31,ida.holm@us.example,Folio,Call Dana,\n"
    "O2,,Nobody's,new,Lost,lost,,EUR,0,2025-01-02,2025-02-03,,,,price\n"
)
LINES = "id,opportunity_id,product,description,quantity,unit_price,amount\nOL1,O1,Folio,Seats,10,130,1300\n"
INTERACTIONS = (
    "id,account_id,at,kind,direction,author_email,people,subject,text,client_safe,by_customer,url\n"
    "I1,A1,2026-03-01T09:30:00+01:00,call,in,ida.holm@us.example,Dana Whit,Hello,All well,true,false,https://x.example/1\n"
    "I2,A1,2026-02-01T09:30:00Z,email,,,,From them,Please fix,false,true,\n"
    "I3,A9,2026-02-02T09:30:00Z,note,,,,Whose?,Unknown account,false,false,\n"
)
PROMISES = (
    "id,account_id,quote,by,owner_email,due_on,made_on,kept_on,status\n"
    "Q1,A1,We will ship it,us,ida.holm@us.example,2026-04-01,2026-03-01,,open\n"
)
TICKETS = (
    "id,account_id,opened_at,first_response_at,solved_at,status,priority,subject,escalated,satisfaction_score\n"
    "T1,A1,2026-02-01T08:00:00Z,2026-02-01T09:00:00Z,2026-02-03T08:00:00Z,solved,high,Broken,true,4\n"
    "T2,A1,2026-03-01T08:00:00Z,,,open,urgent,Still broken,false,\n"
)
SURVEYS = (
    "id,account_id,person_email,survey,score,scale_min,scale_max,at,comment\n"
    "S1,A1,dana@birch.example,nps,9,0,10,2026-02-10T10:00:00Z,Nice\n"
)
USAGE = "id,account_id,on,days,metric,feature,value,entitlement\nU1,A1,2026-02-23,7,active_users,Folio,251.5,324\n"
CHURN = (
    "churn_event_id,account_id,churn_date,reason_code,feedback_text,is_reactivation\n"
    "X1,A2,2025-12-01,price,Too dear,false\nX2,A2,2026-01-01,,Came back,true\n"
)
BOOK = {
    "members.csv": MEMBERS, "products.csv": PRODUCTS, "accounts.csv": ACCOUNTS, "people.csv": PEOPLE,
    "contracts.csv": CONTRACTS, "opportunities.csv": OPPORTUNITIES, "opportunity_lines.csv": LINES,
    "interactions.csv": INTERACTIONS, "promises.csv": PROMISES, "tickets.csv": TICKETS, "surveys.csv": SURVEYS,
    "usage.csv": USAGE, "churn_events.csv": CHURN,
}  # fmt: skip


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    return clerk


def test_a_whole_book_is_counted_and_comes_again_without_a_change(clerk: Clerk) -> None:
    report = clerk.bring(BOOK)
    assert {file.kind: counts(file) for file in report.files} == {
        "members": {"created": 2}, "products": {"created": 1}, "accounts": {"created": 2}, "people": {"created": 2},
        "contracts": {"created": 3}, "opportunities": {"created": 2}, "opportunity lines": {"created": 1},
        "interactions": {"created": 2, "to_review": 1}, "promises": {"created": 1}, "tickets": {"created": 2},
        "surveys": {"created": 1}, "usage": {"created": 1}, "churn events": {"created": 2},
    }  # fmt: skip
    stats = clerk.stats()
    assert (stats.accounts, stats.subsidiaries, stats.members, stats.people, stats.products) == (2, 1, 2, 2, 2)
    assert (stats.contracts, stats.contract_lines, stats.opportunities, stats.opportunity_lines) == (2, 3, 2, 1)
    assert (stats.interactions, stats.promises, stats.tickets, stats.surveys) == (2, 1, 2, 2)
    assert (stats.usage, stats.churn_events, stats.open, stats.lost, stats.won) == (1, 2, 1, 1, 0)
    clerk.again_changes_nothing(BOOK)


def test_members(book: Clerk) -> None:
    ida = book.row("member", external_id="M1")
    ole = book.row("member", external_id="M2")
    assert (ida.name, ida.folded, ida.email, ida.active) == ("Ida Holm", "ida holm", "ida.holm@us.example", True)
    assert (ida.role, ida.team, ida.timezone, ida.slack_user_id) == ("CSM", "North", "Europe/Oslo", "U111")
    assert (ida.manager_id, ole.manager_id, ole.active, ole.source) == (ole.id, None, False, "csv")


def test_accounts_with_a_parent_that_stands_below(book: Clerk) -> None:
    group, uk = book.row("account", external_id="A1"), book.row("account", external_id="A2")
    assert (uk.parent_id, group.parent_id, group.name, group.kind) == (group.id, None, "Birch Group", "customer")
    assert (group.segment, group.tier, group.industry, group.lifecycle) == ("strategic", "A", "Paper", "live")
    assert (group.country, group.timezone, group.currency, group.employees) == ("US", "America/Chicago", "USD", 3400)
    assert (group.annual_revenue, group.created_on) == (Decimal("1250000.5"), date(2019, 1, 31))
    assert (group.url, group.source, group.line) == ("https://crm.example/A1", "csv", 3)
    names = {(row.kind, row.shown) for row in book.rows("account_name", account_id=group.id)}
    assert names == {
        ("name", "Birch Group"), ("alias", "Birchwood"), ("alias", "The Birches"),
        ("domain", "birch.example"), ("domain", "birch.io.example"),
    }  # fmt: skip
    owner = book.row("assignment", account_id=uk.id)
    assert (owner.member_id, owner.role) == (book.row("member", external_id="M1").id, "owner")
    file = next(row for row in book.dump()["import_file"] if row[2] == "accounts.csv")
    assert file[0] == group.file_id


def test_people(book: Clerk) -> None:
    dana, gone = book.row("person", external_id="H1"), book.row("person", external_id="H2")
    assert (dana.name, dana.email, dana.title, dana.department) == ("Dana Whit", "dana@birch.example", "VP", "Ops")
    assert (dana.role, dana.stance, dana.active, dana.left_on) == ("champion", 2, True, None)
    assert (gone.active, gone.left_on) == (False, date(2026, 1, 15))
    assert dana.account_id == book.row("account", external_id="A1").id


def test_products_that_only_a_row_names_are_added(book: Clerk) -> None:
    folio, addon = book.row("product", name="Folio"), book.row("product", name="Addon")
    assert (folio.family, folio.list_price, folio.currency, folio.external_id) == (
        "Platform", Decimal("312.5"), "EUR", "P1",
    )  # fmt: skip
    assert (addon.family, addon.squashed) == (None, "addon")


def test_lines_of_one_number_are_one_contract_within_the_account(book: Clerk) -> None:
    group, uk = book.row("account", external_id="A1"), book.row("account", external_id="A2")
    contract, other = book.row("contract", account_id=group.id), book.row("contract", account_id=uk.id)
    assert (contract.number, contract.starts_on, contract.ends_on) == ("K-1", date(2025, 4, 1), date(2026, 5, 31))
    assert (contract.auto_renew, contract.notice_days, contract.signed_on) == (True, 60, date(2025, 3, 20))
    assert (other.number, other.ends_on, other.auto_renew, other.notice_days) == ("K-1", None, None, None)
    lines = book.rows("contract_line", contract_id=contract.id)
    assert [(row.external_id, row.amount, row.period, row.quantity) for row in lines] == [
        ("L1", 1200, "year", 10), ("L2", 100, "month", 5),
    ]  # fmt: skip
    assert [row.line for row in lines] == [2, 3]
    assert book.row("contract_line", contract_id=other.id).trial is True


def test_opportunities_with_and_without_an_account(book: Clerk) -> None:
    deal, lost = book.row("opportunity", external_id="O1"), book.row("opportunity", external_id="O2")
    assert (deal.name, deal.kind, deal.stage, deal.outcome) == ("Renewal 26", "renewal", "Commit", "open")
    assert (deal.amount, deal.currency, deal.opened_on, deal.closed_on) == (
        1300, "USD", date(2026, 1, 2), date(2026, 3, 31),
    )  # fmt: skip
    assert deal.owner_id == book.row("member", external_id="M1").id
    assert deal.product_id == book.row("product", name="Folio").id
    assert (lost.account_id, lost.outcome, lost.amount, lost.reason) == (None, "lost", None, "price")
    line = book.row("opportunity_line")
    assert (line.opportunity_id, line.quantity, line.unit_price, line.amount) == (deal.id, 10, 130, 1300)


def test_what_happened(book: Clerk) -> None:
    group = book.row("account", external_id="A1")
    ida = book.row("member", external_id="M1")
    call, mail = book.rows("interaction", account_id=group.id)
    assert (call.at, call.kind, call.direction) == (datetime(2026, 3, 1, 8, 30, tzinfo=UTC), "call", "in")
    assert (call.author_id, call.origin, call.visibility) == (ida.id, "team", "client-safe")
    assert (call.subject, call.text, call.permalink) == ("Hello", "All well", "https://x.example/1")
    assert (mail.origin, mail.visibility, mail.author_id) == ("customer", "internal", None)
    promise = book.row("commitment")
    assert (promise.quote, promise.by, promise.owner_id, promise.status) == ("We will ship it", "us", ida.id, "open")
    assert (promise.due_on, promise.made_on, promise.kept_on) == (date(2026, 4, 1), date(2026, 3, 1), None)


def test_tickets_and_what_was_answered_on_them(book: Clerk) -> None:
    solved, still = book.rows("ticket")
    assert (solved.status, solved.priority, solved.escalated) == ("solved", "high", True)
    assert solved.first_response_at == datetime(2026, 2, 1, 9, tzinfo=UTC)
    assert (still.status, still.solved_at, still.priority) == ("open", None, "urgent")
    nps, csat = sorted(book.rows("survey_answer"), key=lambda row: str(row.kind), reverse=True)
    assert (csat.kind, csat.score, csat.scale_max, csat.at) == ("csat", 4, 5, datetime(2026, 2, 3, 8, tzinfo=UTC))
    assert (nps.kind, nps.score, nps.scale_min, nps.scale_max, nps.comment) == ("nps", 9, 0, 10, "Nice")
    assert nps.person_id == book.row("person", external_id="H1").id


def test_usage_and_churn(book: Clerk) -> None:
    usage = book.row("usage")
    assert (usage.on, usage.days, usage.metric, usage.feature) == (date(2026, 2, 23), 7, "active_users", "Folio")
    assert (usage.value, usage.entitlement, usage.source, usage.line) == (Decimal("251.5"), 324, "csv", 2)
    left, back = book.rows("revenue_movement")
    assert (left.kind, left.effective_on, left.reason, left.note) == (
        "churn", date(2025, 12, 1), "price", "Too dear",
    )  # fmt: skip
    assert (back.kind, back.note) == ("reactivation", "Came back")


@pytest.mark.skipif(not DATA.is_dir(), reason="the real exports (../shared/data) are not here")
@pytest.mark.parametrize("folder", ["maven_crm", "salesforce_export", "hubspot_export"])
def test_three_layouts_of_one_book_give_the_expected_facts(clerk: Clerk, folder: str) -> None:
    request = Request((DATA / folder,), Options())
    report = bring_in(clerk.database, SELF, clock, request)
    assert_adds_up(report)
    wanted = json.loads((DATA / "expected_facts.json").read_text())
    found = json.loads(clerk.stats().model_dump_json())
    assert {key: found[key] for key in wanted} == wanted
    before = clerk.visible()
    again = bring_in(clerk.database, SELF, clock, request)
    assert (again.created, again.updated, again.removed) == (0, 0, 0)
    assert clerk.visible() == before
