"""Who hears of an account that not everybody may see."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.domain.policy import AccessPolicy
from bot.domain.reminders.wanted import OWNER
from bot.services.preferences import Usual
from bot.services.reminders.addressing import AddressBook
from bot.services.reminders.simulate import Ahead, simulate
from tests.domain.reminders.books import POLICIES
from tests.services.access.book import member_of
from tests.services.clerk import NOW, SELF, Clerk


def hears(book: Clerk, account: str, recipient: str = OWNER, access: AccessPolicy | None = None) -> list[str]:
    one = int(book.row("account", name=account).id)
    with book.database.reading(SELF) as reader:
        chain = AddressBook(reader, [one], access or AccessPolicy()).chain(recipient, one)
    return [known.name or known.slack_user_id or "" for known in chain]


def test_who_may_not_see_an_account_is_passed_over(book: Clerk) -> None:
    assert hears(book, "Dune") == ["Tom Falk", "Ole Berg"]
    book.desk.access.restrict(SELF, int(book.row("account", name="Dune").id), [], "")
    assert hears(book, "Dune") == ["Tom Falk"]
    # Nobody owns Echo, so it comes to who leads all; restricted, to who is named.
    assert hears(book, "Echo") == ["Ole Berg"]
    book.desk.access.restrict(SELF, int(book.row("account", name="Echo").id), ["Pia Lund"], "")
    assert hears(book, "Echo") == ["Pia Lund"]
    assert hears(book, "Echo", "slack:U1") == [], "a reminder of one's own does not survive losing sight of its account"
    assert hears(book, "Echo", "slack:U3") == ["U3"]


def test_leads_hear_only_what_they_reach(book: Clerk) -> None:
    own = AccessPolicy.model_validate({"reach": {"lead": "own"}})
    assert hears(book, "Dune", access=own) == ["Tom Falk"]
    team = AccessPolicy.model_validate({"reach": {"lead": "team", "member": "own"}})
    assert hears(book, "Dune", access=team) == ["Tom Falk", "Ole Berg"]
    assert hears(book, "Acme", f"member:{member_of(book, 'Pia Lund')}", team) == ["Ole Berg"]
    named = AccessPolicy.model_validate({"reach": {"lead": "own"}, "people": {"OLE@us.example": {"reach": "all"}}})
    assert hears(book, "Dune", access=named) == ["Tom Falk", "Ole Berg"]


def test_looking_ahead_goes_by_who_sees_what(book: Clerk) -> None:
    book.desk.access.restrict(SELF, int(book.row("account", name="Dune").id), [], "")
    policies = replace(POLICIES, access=AccessPolicy.model_validate({"reach": {"lead": "team"}}))
    found = simulate(book.database, SELF, policies, Usual(ZoneInfo("UTC"), "en_GB"), Ahead(90), NOW)
    assert {one.to for one in found.messages if any(said.account == "Dune" for said in one.says)} == {"Tom Falk"}
