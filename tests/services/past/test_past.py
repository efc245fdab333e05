"""An account at another time, on both databases: what was known then, what was learned and what happened since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.audience import Audience, Clearance
from bot.domain.ids import id_text, parse_id
from bot.importers import Options
from bot.services.desk import Desk
from bot.services.errors import BadInput, NotAllowed, NotFound
from bot.services.importing.run import Request, bring_in
from bot.services.logbook.entry import LogEntry
from bot.services.plans.write import PlanEntry
from bot.services.qbr.drafting import Wanted
from tests.services.clerk import NOW, SELF, Clerk

LATER = NOW + timedelta(days=60)
BOOK = {
    "members.csv": (
        "id,name,email,role,team\nM1,Maya Lind,maya@x.example,am,North\nM2,Jonas Berg,jonas@x.example,am,North\n"
    ),
    "accounts.csv": "id,name,owner_email,segment,currency\n1,Acme,maya@x.example,small,EUR\n",
    "people.csv": "id,account_id,name,email,role\nP1,1,Ana Ruiz,ana@acme.example,champion\n",
    "contracts.csv": (
        "id,contract_number,account_id,product,quantity,amount,period,currency,starts_on,ends_on\n"
        "C1,C-1,1,Folio,10,20000,year,EUR,2026-01-01,2026-12-31\n"
    ),
    "calls.csv": "call_id,account_id,activity date,activity type,subject\nK1,1,2026-02-20,call,Kick-off\n",
}
CHANGED = {
    "accounts.csv": "id,name,owner_email,segment,currency\n1,Acme,jonas@x.example,mid-market,EUR\n",
    "people.csv": "id,account_id,name,email,role,left_on\nP1,1,Ana Ruiz,ana@acme.example,champion,2026-04-01\n",
    "contracts.csv": (
        "id,contract_number,account_id,product,quantity,amount,period,currency,starts_on,ends_on\n"
        "C1,C-1,1,Folio,12,24000,year,EUR,2026-01-01,2027-06-30\n"
    ),
    "calls.csv": (
        "call_id,account_id,activity date,activity type,subject\n"
        "K1,1,2026-02-20,call,Kick-off\nK2,1,2026-02-28,call,Came in late\nK3,1,2026-04-20,call,Quarterly review\n"
    ),
}


def _at(clerk: Clerk, days: int) -> Desk:
    return replace(clerk.desk, clock=lambda: NOW + timedelta(days=days))


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    """Brought in on 4 March, changed by another import on 3 May."""
    clerk.bring(BOOK)
    files = clerk.write(CHANGED)
    bring_in(clerk.database, SELF, lambda: LATER, Request(files, Options(), False, False), None)
    return clerk


def _acme(book: Clerk) -> int:
    return int(book.row("account").id)


def test_the_card_as_it_was_known(book: Clerk) -> None:
    now = _at(book, 61).account_card(SELF, _acme(book))
    assert now.owner is not None
    assert now.term is not None
    assert (now.owner.name, now.segment, str(now.term.ends_on)) == ("Jonas Berg", "mid-market", "2027-06-30")
    then = _at(book, 61).past.as_of(SELF, _acme(book), "2026-04-15").card
    assert then.owner is not None
    assert then.term is not None
    assert then.arr is not None
    assert then.last_touch is not None
    assert (then.owner.name, then.segment, str(then.term.ends_on)) == ("Maya Lind", "small", "2026-12-31")
    assert [str(one.amount) for one in then.arr.sums] == ["20000.00"]
    assert (then.last_touch.subject, then.last_touch.days_ago) == ("Kick-off", 54)
    assert then.term.days_left == 260


def test_the_same_day_is_the_card_of_today(book: Clerk) -> None:
    desk = _at(book, 61)
    then = desk.past.as_of(SELF, _acme(book), "today").card
    assert then == desk.account_card(SELF, _acme(book))


def test_before_it_was_known_there_is_no_card(book: Clerk) -> None:
    with pytest.raises(
        NotFound, match="On 1 Jan 2026 nothing was known of Acme; it was first written down here on 4 Mar"
    ):
        _at(book, 61).past.as_of(SELF, _acme(book), "2026-01-01")


def test_what_was_learned_says_what_when_and_from_where(book: Clerk) -> None:
    found = _at(book, 61).past.diff(SELF, _acme(book), "2026-04-15")
    assert found.learned is not None
    learned = {(one.what, one.how, one.name): one for one in found.learned}
    account = learned["account", "changed", "Acme"]
    assert [(one.field, one.before, one.after) for one in account.changed] == [("segment", "small", "mid-market")]
    assert (account.source, account.at) == ("accounts.csv, line 2", LATER)
    assert ("owner", "new", "Jonas Berg") in learned
    assert ("owner", "gone", "Maya Lind") in learned
    contract = learned["contract", "changed", "contract C-1"]
    assert [(one.field, one.before, one.after) for one in contract.changed] == [("ends", "31 Dec 2026", "30 Jun 2027")]
    line = learned["contract", "changed", "line of Folio"]
    assert ("amount", "20,000", "24,000") in [(one.field, one.before, one.after) for one in line.changed]
    person = learned["people", "changed", "Ana Ruiz"]
    assert {one.field for one in person.changed} == {"active", "left on"}
    assert found.learned_total == len(learned) == 6


def test_what_happened_goes_by_its_own_day(book: Clerk) -> None:
    """A call of 28 February that came in in May was learned since 1 March, and happened before."""
    found = _at(book, 61).past.diff(SELF, _acme(book), "2026-03-05")
    assert [one.text for one in found.happened] == ["Quarterly review"]
    assert found.counts["conversations"] == 1
    assert found.learned


def test_nothing_is_compared_with_a_time_when_nothing_was_known(book: Clerk) -> None:
    found = _at(book, 61).past.diff(SELF, _acme(book), "2026-01-01")
    assert (found.learned, found.health, found.known_since) == (None, None, NOW)
    assert found.counts["conversations"] == 3


def test_an_edit_is_by_its_writer_and_what_is_undone_was_never_said(book: Clerk) -> None:
    desk = _at(book, 65)
    done = desk.plans.change(SELF, PlanEntry("objective", _acme(book), "k", {"text": "Close faster"}))
    after = _at(book, 70)
    [found] = [one for one in after.past.diff(SELF, _acme(book), "2026-05-05").learned or () if one.what == "plan"]
    assert (found.how, found.name, found.source) == ("new", "objective Close faster", "written by shell")
    after.undo_change(SELF, done.change or "")
    assert after.past.diff(SELF, _acme(book), "2026-05-05").learned == ()


def test_since_the_last_review_and_the_last_business_review(book: Clerk) -> None:
    desk = _at(book, 62)
    for words in ("last review", "last-review"):
        with pytest.raises(NotFound, match="never reviewed"):
            desk.past.diff(SELF, _acme(book), words)
    desk.plans.change(SELF, PlanEntry("review", _acme(book), "k", {"note": "fine"}))
    later = _at(book, 66)
    later.plans.change(SELF, PlanEntry("objective", _acme(book), "k", {"text": "Close faster"}))
    found = later.past.diff(SELF, _acme(book), "last review")
    assert [one.name for one in found.learned or ()] == ["objective Close faster"]
    assert found.said == "the plan's last review on 5 May 2026"
    assert later.past.diff(SELF, _acme(book), "last-qbr").said == "the business review on 20 Apr 2026"


def test_a_business_review_that_was_approved_or_shared_counts_like_one_that_was_held(book: Clerk) -> None:
    """The newest of both; an approval that an edit took back was none."""
    desk = _at(book, 62)
    draft = desk.reviews.draft(SELF, Wanted(_acme(book), "Q1 2026"))
    review = parse_id(draft.id) or 0
    assert _since_qbr(book, 63) == "the business review on 20 Apr 2026"
    approved = _at(book, 64).reviews.approve(SELF, review, draft.version, "internal")
    assert _since_qbr(book, 65) == "the business review Q1 2026, approved on 7 May 2026"
    edited = _at(book, 66).reviews.undo(SELF, review, approved.version)
    assert _since_qbr(book, 67) == "the business review on 20 Apr 2026"
    again = _at(book, 68).reviews.approve(SELF, review, edited.version, "internal")
    _at(book, 69).reviews.note_shared(SELF, review, again.version, "#acme")
    assert _since_qbr(book, 70) == "the business review Q1 2026, shared on 12 May 2026"
    book.bring({"calls.csv": "call_id,account_id,activity date,activity type,subject\nK9,1,2026-05-13,meeting,QBR\n"})
    assert _since_qbr(book, 71) == "the business review on 13 May 2026"


def _since_qbr(book: Clerk, days: int) -> str:
    return _at(book, days).past.diff(SELF, _acme(book), "last-qbr").said


def test_health_is_compared_by_the_rules_of_today(book: Clerk) -> None:
    health = _at(book, 61).past.diff(SELF, _acme(book), "2026-04-15").health
    assert health is not None
    assert {one.component for one in health.inputs} <= {"usage", "engagement", "support", "sentiment", "commercial"}


@pytest.mark.parametrize("words", ["", "soon", "2030-01-01", "tomorrow", "31 February", "x" * 500])
def test_words_that_name_no_past_are_refused(book: Clerk, words: str) -> None:
    with pytest.raises(BadInput):
        _at(book, 61).past.as_of(SELF, _acme(book), words)
    with pytest.raises(BadInput):
        _at(book, 61).past.diff(SELF, _acme(book), words)


def test_outsiders_see_no_past(book: Clerk) -> None:
    outside = Audience(SELF.actor, Clearance.CLIENT_SAFE)
    with pytest.raises(NotAllowed):
        _at(book, 61).past.as_of(outside, _acme(book), "2026-04-15")
    with pytest.raises(NotAllowed):
        _at(book, 61).past.diff(outside, _acme(book), "2026-04-15")


def test_what_was_logged_since_happened_since(book: Clerk) -> None:
    desk = _at(book, 63)
    desk.log_touch(SELF, _acme(book), LogEntry(id_text(7), "call", desk.now(), "talked to Ana"))
    found = _at(book, 64).past.diff(SELF, _acme(book), "3 May")
    assert [one.text for one in found.happened] == ["talked to Ana"]
    assert found.happened[0].origin.logged_by == "shell"
