"""Restricting an account, and what it does to lists, sums, names and letters."""

from __future__ import annotations

import pytest

from bot.domain.audience import Audience, Reach, Role
from bot.services.errors import BadInput, NotAllowed, NotFound
from bot.services.kpi.ask import KpiQuestion
from tests.services.access.book import actor_of, seen_by
from tests.services.clerk import SELF, Clerk


def lead(book: Clerk) -> Audience:
    return seen_by(actor_of(book, "Ole Berg", role=Role.LEAD))


def id_of(book: Clerk, name: str) -> int:
    return int(book.row("account", name=name).id)


def test_an_account_is_restricted_shown_and_given_back(book: Clerk) -> None:
    access, bolt = book.desk.access, id_of(book, "Bolt")
    done = access.restrict(lead(book), bolt, ["Pia Lund", "@U4"], "merger talks")
    assert done.before is None
    assert done.now is not None
    assert (done.now.named, done.now.reason, done.now.by) == (("Pia Lund", "Tom Falk"), "merger talks", "Ole Berg")
    found = access.who_may_see(lead(book), bolt)
    assert [(one.name, one.why) for one in found.viewers] == [
        ("Ole Berg", "owns it"), ("Pia Lund", "named for it"), ("Tom Falk", "named for it"),
    ]  # fmt: skip
    assert [one.account for one in access.restricted(lead(book))] == ["Bolt"]
    assert access.restricted(seen_by(actor_of(book, "Ida Holm"))) == ()
    again = access.restrict(lead(book), bolt, [], "")
    assert (again.before, again.now and again.now.named) == (done.now, ())
    assert access.lift(lead(book), bolt).now is None
    assert len(access.who_may_see(lead(book), bolt).viewers) == 4
    with pytest.raises(BadInput, match="Bolt is not restricted"):
        access.lift(lead(book), bolt)


def test_who_may_not_decide_and_what_cannot_be(book: Clerk) -> None:
    access, acme, bolt = book.desk.access, id_of(book, "Acme"), id_of(book, "Bolt")
    with pytest.raises(NotAllowed, match="Only leads and admins"):
        access.restrict(seen_by(actor_of(book, "Ida Holm")), acme, [], "")
    with pytest.raises(BadInput, match="You would not see it any more yourself"):
        access.restrict(lead(book), acme, ["Ida Holm"], "")
    with pytest.raises(BadInput, match="Nobody called @Zoe is in the team list"):
        access.restrict(lead(book), bolt, ["@Zoe"], "")
    with pytest.raises(BadInput, match="at most 300"):
        access.restrict(lead(book), bolt, [], "x" * 301)
    access.restrict(SELF, acme, ["Ida Holm"], "")
    for act in (access.who_may_see, access.lift):
        with pytest.raises(NotFound) as hidden:
            act(lead(book), acme)
        with pytest.raises(NotFound) as never:
            act(lead(book), 123)
        assert str(hidden.value) == str(never.value), "what may not be seen is answered like what is not there"


def test_names_lists_and_sums_leave_out_what_may_not_be_seen(book: Clerk) -> None:
    ida = seen_by(actor_of(book, "Ida Holm"))
    before = book.desk.kpi(ida, KpiQuestion("arr", "all")).model_dump_json()
    book.desk.access.restrict(SELF, id_of(book, "Dune"), [], "")
    assert book.desk.find_account(ida, "dune").outcome == "none"
    assert book.desk.find_account(ida, "dune.example").outcome == "none"
    assert "Dune" not in {one.name for one in book.desk.suggest_accounts(ida, "du")}
    assert {row.name for row in book.desk.book(ida, owner="all").rows} == {"Acme", "Bolt", "Crux", "Echo"}
    assert {row.name for row in book.desk.book(ida, owner="Tom Falk").rows} == set()
    assert "Dune" not in book.desk.renewals(ida, within_days=365, owner="all").model_dump_json()
    assert book.desk.kpi(ida, KpiQuestion("arr", "all")).model_dump_json() != before
    assert "Dune" in book.desk.kpi(SELF, KpiQuestion("arr", "all", page=1)).model_dump_json()
    assert "Dune" not in book.desk.kpi(ida, KpiQuestion("arr", "all", page=1)).model_dump_json()
    with pytest.raises(NotFound):
        book.desk.account_card(ida, id_of(book, "Dune"))


def test_a_book_of_ones_own_says_whose_it_is(book: Clerk) -> None:
    ida = seen_by(actor_of(book, "Ida Holm", Reach.OWN))
    page = book.desk.book(ida, owner="all")
    assert (page.scope, [row.name for row in page.rows]) == ("the accounts you may see", ["Acme"])
    assert [row.name for row in book.desk.book(ida, owner="Pia Lund").rows] == []
    # A subsidiary that may not be seen is not counted either.
    assert book.desk.account_card(ida, id_of(book, "Acme")).subsidiaries == 0
    assert book.desk.account_card(SELF, id_of(book, "Acme")).subsidiaries == 1
    answer = book.desk.asking.ask(ida, "which accounts renew this year?").model_dump_json()
    assert ("Bolt" in answer, "Acme" in answer) == (False, True)
    said = book.desk.asking.ask(ida, "what was said about pricing?").model_dump_json()
    assert ("Pricing of seats 1" in said, "Pricing of seats 2" in said) == (True, False)


def test_what_a_channel_is_about_is_not_replaced_by_who_may_not_see_it(book: Clerk) -> None:
    ida, dune, acme = seen_by(actor_of(book, "Ida Holm")), id_of(book, "Dune"), id_of(book, "Acme")
    book.desk.bind_channel(SELF, "C1", dune)
    book.desk.access.restrict(SELF, dune, [], "")
    assert book.desk.account_of_channel(ida, "C1") is None
    with pytest.raises(NotAllowed, match="You cannot bind this channel"):
        book.desk.bind_channel(ida, "C1", acme)
    found = book.desk.account_of_channel(SELF, "C1")
    assert found is not None
    assert found.account == "Dune"
