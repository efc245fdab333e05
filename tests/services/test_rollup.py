"""A lead's roll-up on both databases."""

from __future__ import annotations

import pytest

from bot.domain.audience import Actor, Audience, Clearance, Role, only_the_asker
from bot.services.errors import NotAllowed
from bot.services.plans.write import PlanEntry
from tests.services.clerk import SELF, Clerk

BOOK = {
    "members.csv": (
        "id,name,email,role,team,manager,active\n"
        "M1,Ida Lead,ida@x.example,Head,North,,true\nM2,Maya Lind,maya@x.example,AM,North,ida@x.example,true\n"
        "M3,Bo Gone,bo@x.example,AM,North,ida@x.example,false\nM4,Cy South,cy@x.example,AM,South,,true\n"
    ),
    "accounts.csv": (
        "id,name,owner_email,segment,currency\n1,Acme,maya@x.example,small,EUR\n2,Birch,maya@x.example,small,USD\n"
        "3,Cedar,bo@x.example,small,EUR\n4,Dune,,small,EUR\n5,Elm,cy@x.example,small,EUR\n"
    ),
    "contracts.csv": (
        "id,account_id,product,quantity,amount,period,currency,starts_on,ends_on\n"
        "C1,1,Folio,1,1000,year,EUR,2026-01-01,2026-04-30\nC2,2,Folio,1,2000,year,USD,2026-01-01,2026-12-31\n"
        "C3,3,Folio,1,500,year,EUR,2026-01-01,2026-12-31\n"
    ),
    "calls.csv": "call_id,account_id,activity date,activity type,subject\nK1,1,2026-03-01,call,Kick-off\n",
    "promises.csv": "id,account_id,quote,by,due_on,status\nP1,1,send it,us,2026-02-01,open\n",
}


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    acme = int(clerk.row("account", name="Acme").id)
    clerk.desk.plans.change(SELF, PlanEntry("objective", acme, "k", {"text": "Close faster"}))
    return clerk


def _as(book: Clerk, name: str) -> Audience:
    member = book.row("member", name=name)
    return only_the_asker(Actor(Role.LEAD, "slack", member_id=member.id, slack_user_id="U1", name=name))


def test_a_lead_sees_each_member_and_the_sum(book: Clerk) -> None:
    found = book.desk.team(_as(book, "Ida Lead"))
    assert [row.member for row in found.rows] == ["Maya Lind", "Bo Gone"]
    maya = found.rows[0].numbers
    assert (maya.accounts, maya.soon, maya.late, maya.overdue_promises, maya.planned) == (2, 1, 1, 1, 1)
    assert [str(one.amount) for one in maya.arr] == ["2000.00", "1000.00"]
    assert [(str(one.amount), one.currency) for one in maya.soon_arr] == [("1000.00", "EUR")]
    assert (found.rows[0].first, found.rows[0].why[0]) == ("Acme", "ends in 57 days")
    assert not found.rows[1].active
    assert found.total.accounts == sum(row.numbers.accounts for row in found.rows) == 3
    assert found.total.base is None
    assert any("Currencies are not added up" in note for note in found.notes)
    assert any(note == "Without an account of their own: Ida Lead." for note in found.notes)


def test_what_nobody_owns_is_named_with_who_left(book: Clerk) -> None:
    found = book.desk.team(_as(book, "Ida Lead"))
    assert [(one.name, one.left) for one in found.unowned] == [("Cedar", "Bo Gone"), ("Dune", None)]
    assert found.unowned_total == 2


def test_who_is_in_no_team_sees_every_owner(book: Clerk) -> None:
    found = book.desk.team(SELF)
    assert {row.member for row in found.rows} == {"Maya Lind", "Bo Gone", "Cy South"}
    assert found.total.accounts == 4


def test_an_empty_workspace_has_an_empty_team(clerk: Clerk) -> None:
    found = clerk.desk.team(SELF)
    assert (found.rows, found.total.accounts, found.unowned) == ((), 0, ())


def test_outsiders_see_no_team(book: Clerk) -> None:
    with pytest.raises(NotAllowed):
        book.desk.team(Audience(SELF.actor, Clearance.CLIENT_SAFE))
