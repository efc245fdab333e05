"""Who is known at an account, and where its health comes from."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.domain.ids import parse_id
from bot.services.results import HealthWhy, PeoplePage
from tests.services.clerk import NOW, SELF, Clerk

TODAY = NOW.date()
BOOK = {
    "accounts.csv": "id,name,domain,segment\n1,Birch,birch.example,mid\n2,Oak,oak.example,mid\n"
    "3,Bare,bare.example,mid\n",
    "people.csv": "id,account id,name,email,title,role,left on\n"
    "P1,1,Dana White,dana@birch.example,Director,champion,\nP2,1,Ray Olsen,ray@birch.example,COO,economic buyer,\n"
    "P3,1,Sue Park,sue@birch.example,,,2026-01-15\nP4,1,Kim Lee,kim@birch.example,,user,\n"
    "P5,2,Dana White,dana@oak.example,,champion,\n",
    "calls.csv": "call_id,account_id,activity date,activity type,subject,attendees\n"
    "C1,1,2026-02-20,call,a,Dana White; Sue Park\nC2,1,2026-02-10,call,b,Dana White\nC3,1,2026-02-25,call,c,Kim\n"
    "C4,1,2023-01-01,call,d,Kim Lee\nC5,1,2026-04-01,meeting,e,Kim Lee\n",
    "surveys.csv": "response id,account id,person email,survey,score,scale min,scale max,response date\n"
    "S1,1,ray@birch.example,nps,9,0,10,2026-01-05\nS2,1,dana@birch.example,nps,4,0,10,2026-02-21\n",
    "tickets.csv": "ticket_id,account_id,opened at,status,priority,subject\n"
    "T1,1,2026-03-01T08:00:00Z,open,urgent,Down\n",
}


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    return clerk


def account(clerk: Clerk, key: str) -> int:
    return parse_id(clerk.find(key).account_id or "") or 0


def people(clerk: Clerk, key: str = "1", page: int = 1) -> PeoplePage:
    return clerk.desk.contacts(SELF, account(clerk, key), page=page)


def why(clerk: Clerk, key: str = "1") -> HealthWhy:
    return clerk.desk.why_health(SELF, account(clerk, key))


def test_everybody_with_role_and_last_involvement(book: Clerk) -> None:
    found = people(book)
    assert [(one.name, one.role, one.active) for one in found.contacts] == [
        ("Ray Olsen", "economic buyer", True),
        ("Dana White", "champion", True),
        ("Kim Lee", "user", True),
        ("Sue Park", None, False),
    ]
    assert [(one.involved_on and one.involved_on.isoformat(), one.involved_in) for one in found.contacts] == [
        ("2026-01-05", "survey"),
        ("2026-02-21", "survey"),
        (None, None),  # "Kim" is not exact, long ago does not say it, and what lies ahead has not happened
        ("2026-02-20", "conversation"),
    ]
    assert (found.total, found.active, found.gaps) == (4, 3, ())


def test_a_namesake_at_another_account_is_somebody_else(book: Clerk) -> None:
    [dana] = people(book, "2").contacts
    assert dana.involved_on is None
    assert people(book, "2").gaps == (
        "No economic buyer or decision maker is known.",
        "Single-threaded: Dana White is the only active contact.",
    )
    assert people(book, "3").gaps == ("No contact is known: import people.",)


def test_many_people_come_in_pages(book: Clerk) -> None:
    rows = "".join(f"N{at},3,Person {at:03d},,,,\n" for at in range(23))
    book.bring({"more.csv": f"id,account id,name,email,title,role,left on\n{rows}"})
    pages = [people(book, "3", number) for number in (1, 2, 3, 9)]
    assert [(one.first, one.last, one.total) for one in pages] == [
        (1, 10, 23),
        (11, 20, 23),
        (21, 23, 23),
        (21, 23, 23),
    ]
    assert [one.name for page in pages[:3] for one in page.contacts] == [f"Person {at:03d}" for at in range(23)]


def test_the_points_add_up_to_the_score_of_the_card(book: Clerk) -> None:
    found = why(book)
    card = book.desk.account_card(SELF, account(book, "1"))
    assert (found.score, found.band) == (card.health.score, card.health.band)
    assert found.score is not None
    assert sum((one.points for one in found.inputs), Decimal(0)) == found.score, "to the last tenth"
    assert abs(sum((one.weight_percent for one in found.inputs), Decimal(0)) - 100) <= Decimal("0.3")
    for one in found.inputs:
        assert abs(one.value * one.weight_percent / 100 - one.points) <= Decimal("0.5"), (
            "rounding to a whole score is shared out"
        )
    known = sum((one.share_percent for one in found.missing), Decimal(0))
    assert abs(known + found.coverage_percent - 100) <= Decimal("0.3")
    assert (found.model, found.least_percent) == ("v1", Decimal("50.0"))


def test_each_input_says_its_age_and_where_it_is_from(book: Clerk) -> None:
    found = {one.component: one for one in why(book).inputs}
    assert found["support"].sentence == "1 open ticket: 1 urgent, 0 older than 14 days."
    assert (found["support"].age_days, found["support"].source) == (3, "csv")
    assert {one.component: one.fill for one in why(book).missing}["usage"] == "import usage for at least four months"


def test_a_way_up_leads_there(book: Clerk) -> None:
    before = why(book)
    assert before.to_next is not None
    assert "support" in {way.component for way in before.ways_up}
    solved = BOOK["tickets.csv"].replace("open,urgent", "solved,urgent")
    book.bring({"tickets.csv": solved})
    after = why(book)
    assert after.score is not None
    assert before.score is not None
    assert after.score >= before.score + before.to_next
    assert after.band == before.next_band


def test_without_enough_there_is_no_score_and_no_way_up(book: Clerk) -> None:
    found = why(book, "3")
    assert (found.score, found.band, found.next_band, found.to_next, found.ways_up) == (None, "unknown", None, None, ())
    assert found.coverage_percent < found.least_percent
    assert len(found.inputs) + len(found.missing) == 5


def test_a_health_of_yesterday_is_told_as_of_now(book: Clerk) -> None:
    assert why(book).as_of == NOW
    assert people(book).as_of == NOW
    assert (people(book).contacts[1].involved_on or TODAY) > TODAY - timedelta(days=30)
