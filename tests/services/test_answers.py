"""Looking accounts up, portfolios, renewals, statistics, the audit trail, and who may ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.audience import SYSTEM, Actor, Audience, Role, Sharing, everyone_in, only_the_asker
from bot.domain.ids import id_text, parse_id
from bot.importers import Options
from bot.services.doctor import check_brand, examine_database
from bot.services.errors import BadInput, NotAllowed, NotFound
from bot.services.importing.review import decide, open_items
from bot.services.importing.run import Request, bring_in
from bot.services.importing.undo import history, undo
from bot.storage.database import Database
from bot.storage.live import sqlite_plan
from bot.storage.queries import lookup
from tests.services.clerk import NOW, SELF, Clerk, clock
from tests.storage.tampering import by_hand

TODAY = NOW.date()
GUEST = only_the_asker(Actor(Role.GUEST, "slack", name="Visitor"))

BOOK = {
    "members.csv": "id,name,email,team,manager,slack user id\nM1,Ida Holm,ida@us.example,North,Ole Berg,U1\n"
    "M2,Ole Berg,ole@us.example,North,,U2\nM3,Ole Dahl,dahl@us.example,South,,U3\n"
    "M4,Pia Lund,pia@us.example,West,,U4\n",
    "accounts.csv": "id,name,domain,aliases,segment,owner email,currency\n"
    "1,Birch Group Inc,birch.example,Acme,mid,ida@us.example,USD\n"
    "2,Acme Industrial,acme.example,,mid,ida@us.example,EUR\n"
    "3,Northwind Trading,north.example,,big,ole@us.example,USD\n4,Northwind Energy,,,big,dahl@us.example,USD\n"
    "5,Ålesund Fisk AS,,,mid,ole@us.example,NOK\n",
}


@dataclass(frozen=True)
class Deal:
    """A contract in days from today."""

    number: str
    account: str
    starts: int
    ends: int
    notice: int | None = None
    auto: bool | None = None


def _day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def _contracts(*deals: Deal) -> str:
    rows = "".join(
        f"{one.number},{one.account},Folio,100,{_day(one.starts)},{_day(one.ends)},"
        f"{'' if one.auto is None else str(one.auto).lower()},{one.notice or ''}\n"
        for one in deals
    )
    return f"contract number,account id,product,mrr,start date,end date,auto renew,notice days\n{rows}"


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    return clerk


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Birch Group", "Birch Group Inc"), ("birch group inc.", "Birch Group Inc"), ("acme", "Birch Group Inc"),
        ("acme industrial", "Acme Industrial"), ("acme.example", "Acme Industrial"),
        ("https://www.birch.example/about", "Birch Group Inc"), ("3", "Northwind Trading"),
        ("alesund fisk", "Ålesund Fisk AS"),
        ("northwindtrading", "Northwind Trading"),
    ],
)  # fmt: skip
def test_a_name_leads_to_its_account(book: Clerk, query: str, name: str) -> None:
    assert book.found(query) == name


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Group Birch", "Birch Group Inc"),
        ("northwind tradign", "Northwind Trading"),
        ("northwind tra", "Northwind Trading"),
    ],
)
def test_what_only_resembles_a_name_is_asked_about(book: Clerk, query: str, name: str) -> None:
    match = book.find(query)
    assert (match.outcome, match.account_id, match.candidates[0].name) == ("several", None, name)


def test_the_id_of_any_source_is_found_without_walking_all_of_them(clerk: Clerk) -> None:
    for source, name in (("crm", "Alder"), ("desk", "Beech"), ("zuora", "Cedar")):
        clerk.bring(
            {"accounts.csv": f"id,name,segment\n{name[0]}7,{name},mid\nX1,{name} Two,mid\n"},
            options=Options(source=source),
        )
    assert [clerk.found(key) for key in ("A7", "B7", "C7", "D7")] == ["Alder", "Beech", "Cedar", None]
    assert len(clerk.find("X1").candidates) == 3
    if clerk.database.is_sqlite:
        query = sqlite_plan(lookup._by_external_id, anything_hidden=False, single=False)
        values = query.fixed | {"external_id": "A7"}
        with clerk.database.reading(SELF) as reader:
            explained = reader.connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {query.sql}", tuple(values[name] for name in query.names)
            )
            plan = [row[3] for row in explained]
        assert [line for line in plan if line.startswith("SCAN external_ref")] == []


def test_what_could_be_several_is_a_choice(book: Clerk) -> None:
    match = book.find("northwind")
    assert (match.outcome, match.account_id) == ("several", None)
    assert {one.name for one in match.candidates} >= {"Northwind Trading", "Northwind Energy"}
    assert match.candidates[0].hint.startswith("Ole ")
    assert book.find("zzzzqqq").outcome == "none"
    suggested = book.desk.suggest_accounts(SELF, "north")
    assert {one.name for one in suggested} >= {"Northwind Trading", "Northwind Energy"}
    for nothing in ("", "   ", "x" * 201):
        with pytest.raises(BadInput):
            book.find(nothing)


def test_guests_get_nothing_from_any_use_case(book: Clerk, tmp_path: Path) -> None:
    desk, database = book.desk, book.database
    request = Request(book.write({"accounts.csv": BOOK["accounts.csv"]}), Options())
    uses: list[Callable[[Audience], Any]] = [
        lambda who: desk.find_account(who, "acme"),
        lambda who: desk.suggest_accounts(who, "acme"),
        lambda who: desk.account_card(who, book.rows("account")[0].id),
        desk.book,
        desk.renewals,
        desk.stats,
        lambda who: bring_in(database, who, clock, request),
        lambda who: undo(database, who, clock, "x"),
        lambda who: history(database, who),
        lambda who: open_items(database, who),
        lambda who: decide(database, who, clock, "x", "accepted"),
    ]
    member = Actor(Role.MEMBER, "slack", name="Ida")
    for who in (GUEST, everyone_in(Sharing.EXTERNAL, member), everyone_in(Sharing.UNKNOWN, member)):
        for use in uses:
            with pytest.raises(NotAllowed):
                use(who)
    reader = only_the_asker(Actor(Role.READ_ONLY, "slack", name="Auditor"))
    assert desk.stats(reader).accounts == 5
    with pytest.raises(NotAllowed, match="not change it"):
        bring_in(database, reader, clock, request)


def _as(clerk: Clerk, member: str) -> Audience:
    row = clerk.row("member", external_id=member)
    return only_the_asker(Actor(Role.MEMBER, "slack", member_id=row.id, name=row.name))


@pytest.mark.parametrize(
    ("member", "owner", "names"),
    [
        ("M1", None, {"Birch Group Inc", "Acme Industrial"}),
        ("M1", "mine", {"Birch Group Inc", "Acme Industrial"}),
        ("M1", "team", {"Birch Group Inc", "Acme Industrial", "Northwind Trading", "Ålesund Fisk AS"}),
        ("M3", "Ida", {"Birch Group Inc", "Acme Industrial"}),
        ("M3", "member:M2", {"Northwind Trading", "Ålesund Fisk AS"}),
        ("M4", None, set()),
        ("M4", "Pia Lund", set()),
    ],
)
def test_whose_accounts_a_book_shows(book: Clerk, member: str, owner: str | None, names: set[str]) -> None:
    if owner == "member:M2":
        owner = f"member:{id_text(book.row('member', external_id='M2').id)}"
    page = book.desk.book(_as(book, member), owner=owner)
    assert {row.name for row in page.rows} == names
    assert book.desk.book(_as(book, member), owner="all").total == 5


@pytest.mark.parametrize(("owner", "sentence"), [("Ole", "could be Ole"), ("Zorro", "Nobody called Zorro")])
def test_a_name_that_is_nobody_or_several_is_asked_about(book: Clerk, owner: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        book.desk.book(SELF, owner=owner)
    with pytest.raises(BadInput, match=sentence):
        book.desk.renewals(SELF, owner=owner)


def test_the_orders_of_a_book(book: Clerk) -> None:
    book.bring({
        "contracts.csv": _contracts(Deal("K1", "3", -300, 30), Deal("K2", "1", -300, 90), Deal("K3", "2", -300, -5)),
        "calls.csv": "call_id,account_id,activity date,activity type,subject\nC1,1,2026-03-01,call,a\n"
        "C2,3,2026-01-01,call,b\n",
    })  # fmt: skip

    def names(sort: str) -> list[str]:
        return [row.name for row in book.desk.book(SELF, owner="all", sort=sort).rows]

    assert names("renewal")[:3] == ["Northwind Trading", "Birch Group Inc", "Acme Industrial"]
    assert names("name") == [
        "Acme Industrial", "Ålesund Fisk AS", "Birch Group Inc", "Northwind Energy", "Northwind Trading",
    ]  # fmt: skip
    assert names("touch")[-2:] == ["Northwind Trading", "Birch Group Inc"]
    assert len(names("risk")) == 5
    assert [row.name for row in book.desk.book(SELF, owner="all", search="northw").rows] != []
    assert book.desk.book(SELF, owner="all", search="100%_").total == 0
    with pytest.raises(BadInput, match="is no order"):
        names("colour")
    [first, *_] = book.desk.book(SELF, owner="all").rows
    assert (first.name, first.why[0]) == ("Northwind Trading", "ends in 30 days")
    assert len(names("rank")) == 5


def test_what_renews_within_a_window(book: Clerk) -> None:
    book.bring({
        "contracts.csv": _contracts(
            Deal("END", "1", -300, 40), Deal("NOTICE", "1", -300, 150, notice=90),
            Deal("PASSED", "2", -300, 20, notice=30),
            Deal("ROLLED", "2", -394, -30, auto=True, notice=30), Deal("LAPSED", "3", -400, -20),
            Deal("FOLLOWED", "4", -400, -20), Deal("NEXT", "4", -19, 345), Deal("OLD", "5", -800, -100),
            Deal("LONG", "5", -300, 420, notice=365), Deal("FAR", "3", -10, 355),
        )
    })  # fmt: skip
    page = book.desk.renewals(SELF, within_days=90)
    found = {row.contract: (row.leads, row.days_left, row.state) for row in page.rows}
    assert found["END"] == ("end", 40, "upcoming")
    assert found["NOTICE"][:2] == ("notice", 60)
    assert found["LONG"][:2] == ("notice", 55)
    assert found["PASSED"][2] == "notice passed"
    assert {"FOLLOWED", "NEXT", "OLD", "FAR"}.isdisjoint(found)
    assert [row.days_left for row in page.rows] == sorted(row.days_left or 0 for row in page.rows)
    assert page.passed == sum(state == "notice passed" for _, _, state in found.values())
    longer = book.desk.renewals(SELF, within_days=400)
    assert {"FAR", "NEXT", "ROLLED"} <= {row.contract for row in longer.rows} | {
        row.contract for row in book.desk.renewals(SELF, within_days=400, page=2).rows
    }
    for days in (0, 731):
        with pytest.raises(BadInput):
            book.desk.renewals(SELF, within_days=days)


def test_a_lapsed_contract_shows_until_another_follows(book: Clerk) -> None:
    lapsed = Deal("OLD", "3", -400, -20)
    book.bring({"contracts.csv": _contracts(lapsed)})
    (row,) = book.desk.renewals(SELF).rows
    assert (row.contract, row.state, row.days_left) == ("OLD", "lapsed", -20)
    book.bring({"contracts.csv": _contracts(lapsed, Deal("NEW", "3", -19, 345))})
    assert book.desk.renewals(SELF).total == 0


def test_sums_are_by_currency(book: Clerk) -> None:
    book.bring({
        "contracts.csv": _contracts(Deal("K1", "1", -30, 300), Deal("K2", "2", -30, 300), Deal("K3", "3", -30, 300)),
        "deals.csv": "deal name,account id,deal stage,amount,currency,close date\nA,1,Won,100,USD,2026-01-31\n"
        "B,2,Won,50.5,EUR,2026-01-31\n",
    })  # fmt: skip
    stats = book.stats()
    assert {one.currency: float(one.amount) for one in stats.arr} == {"EUR": 1200, "USD": 2400}
    assert [(one.currency, float(one.amount)) for one in stats.won_amounts] == [("EUR", 50.5), ("USD", 100.0)]
    assert (stats.won_amount, stats.won_by_quarter, stats.won_amount_top_account) == (None, {}, None)


def _doctor(clerk: Clerk) -> dict[str, tuple[str, str]]:
    return {check.name: (check.state, check.sentence) for check in examine_database(clerk.database, clock)}


def test_the_doctor_looks_at_the_database(clerk: Clerk) -> None:
    assert _doctor(clerk)["book"][0] == "warning"
    clerk.bring(BOOK)
    assert [state for state, _ in _doctor(clerk).values()] == ["ok"] * 3
    clerk.bring({"accounts.csv": "id,name,segment\n9,Nobody's,mid\n"})
    assert "1 without an active owner" in _doctor(clerk)["book"][1]


def test_the_doctor_looks_at_the_brand(tmp_path: Path) -> None:
    assert list(check_brand(None)) == []
    (tmp_path / "brand.yml").write_text('accent: "#0f6b8f"\n')
    assert [check.state for check in check_brand(tmp_path)] == ["ok"]
    for name, content, sentence in [
        ("deck.pptx", "no slides", "deck.pptx cannot be opened. Save it in PowerPoint"),
        ("brand.yml", "accent: sky\n", "'sky' is not a colour"),
        ("brand.yml", "colour: red\n", "may say accent, font and footer"),
    ]:
        (tmp_path / name).write_text(content)
        [check] = check_brand(tmp_path)
        assert (check.name, check.state) == ("brand", "error")
        assert check.sentence.startswith("STEWARD_BRAND: ")
        assert sentence in check.sentence
    [check] = check_brand(tmp_path / "missing")
    assert "missing is no folder" in check.sentence


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE audit_event SET actor = 'somebody else' WHERE seq = 2",
        "UPDATE audit_event SET detail = '{}' WHERE seq = 2",
        "DELETE FROM audit_event WHERE seq = 2",
        "DELETE FROM audit_event WHERE seq = 1",
    ],
)
def test_a_changed_or_missing_event_shows(clerk: Clerk, tamper: str) -> None:
    for number in range(4):
        clerk.desk.audit(SYSTEM.__class__(Role.ADMIN, "shell", name="Ida"), "shared", number, {"n": number, "ü": "é"})
    assert _doctor(clerk)["audit"][0] == "ok"
    with by_hand(clerk.database) as writer:
        writer.execute(sa.text(tamper))
    assert _doctor(clerk)["audit"][0] == "error"


def test_a_card_of_an_account_that_is_gone(book: Clerk) -> None:
    one = parse_id(book.find("3").account_id or "") or 0
    report = book.bring({"accounts.csv": "id,name,segment\n77,Undone,mid\n"})
    gone = parse_id(book.find("77").account_id or "") or 0
    book.undo(report)
    assert book.desk.account_card(SELF, one).name == "Northwind Trading"
    for missing in (gone, 12345):
        with pytest.raises(NotFound):
            book.desk.account_card(SELF, missing)


def test_a_second_database_object_sees_the_same(book: Clerk) -> None:
    other = Database(book.database.url.render_as_string(hide_password=False))
    try:
        key = "Ev123"
        desks = (book.desk, Clerk(other, book.folder).desk)
        assert [desk.handled_before(key) for desk in (*desks, *desks)] == [False, True, True, True]
    finally:
        other.close()
