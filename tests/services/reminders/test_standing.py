"""What a message says: by the facts of the moment, and what became of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import load_policies
from bot.domain.audience import Audience
from bot.domain.reminders.wanted import Rule
from bot.services.errors import NotAllowed
from bot.services.preferences import Usual
from bot.services.reminders import acting
from bot.services.reminders.standing import standing
from bot.services.results.matters import CheckInMatter, PromiseMatter, Reminding, RenewalMatter, Says
from tests.services.clerk import Clerk
from tests.services.reminders.posted import BERLIN, GUEST, MAYA, NOW, Post

POLICIES = load_policies(None)
TODAY = NOW.date()
USUAL = Usual(ZoneInfo("UTC"), "en_GB")


@pytest.fixture
def post(clerk: Clerk) -> Post:
    return Post(clerk)


def stands(post: Post, reminder_id: int, audience: Audience = MAYA) -> Says:
    row = post.row(reminder_id)
    found = standing(post.database, audience, row.channel, row.ts, POLICIES, USUAL, NOW)
    assert found is not None
    return found.says


def said(post: Post, reminder_id: int, audience: Audience = MAYA) -> Reminding:
    says = stands(post, reminder_id, audience)
    assert isinstance(says, Reminding)
    return says


def test_a_renewal_says_what_leads_what_to_do_and_what_is_missing(post: Post) -> None:
    found = said(post, post.renewal())
    [matter] = found.matters
    assert isinstance(matter, RenewalMatter)
    assert (matter.leads, matter.lead_on, matter.days_left, matter.renews) == ("notice", date(2026, 4, 3), 30, True)
    assert matter.subject is not None
    assert [(one.amount, one.currency) for one in matter.subject.arr] == [(Decimal("120000.00"), "EUR")]
    assert matter.subject.owner == "Maya Lindqvist"
    assert matter.why == "the 30-day step of the strategic ladder"
    assert matter.step == "Find out who decides now: Tom Falk (champion) left."
    assert matter.missing == ("no touch for 43 days", "no renewal opened", "no next step noted")
    assert found.late_since is None


def test_a_step_seen_first_after_its_day_says_so(post: Post) -> None:
    found = said(post, post.renewal(milestone=60))
    assert found.matters[0].why == "the 60-day step of the strategic ladder had passed when this was first seen"


def test_a_check_in_says_when_somebody_last_talked_to_them(post: Post) -> None:
    found = said(post, post.check_in(milestone=1))
    [matter] = found.matters
    assert isinstance(matter, CheckInMatter)
    assert (matter.touch_on, matter.touch_days, matter.touch_kind) == (date(2026, 1, 20), 43, "call")
    assert matter.touch_by == "Maya Lindqvist"
    assert (matter.cadence_days, matter.stops) == (14, False)
    assert matter.why == "every 14 days for strategic accounts; asked once before"
    last = said(post, post.check_in(milestone=2))
    assert isinstance(last.matters[0], CheckInMatter)
    assert last.matters[0].stops


def test_a_promise_says_its_words_and_its_day(post: Post) -> None:
    found = said(post, post.promise())
    [matter] = found.matters
    assert isinstance(matter, PromiseMatter)
    assert (matter.quote, matter.by, matter.owner) == ("send the security questionnaire", "us", "Maya Lindqvist")
    assert (matter.due_on, matter.days_left) == (date(2026, 3, 9), 5)
    assert matter.why == "3 business days before it is due"


def test_what_became_of_it_is_said_and_what_can_be_undone(post: Post) -> None:
    one = post.renewal()
    until = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
    acting.snooze(post.database, MAYA, one, "2026-03-06", BERLIN, NOW)
    found = said(post, one)
    acted = found.matters[0].acted
    assert acted is not None
    assert (acted.how, acted.by, acted.until, acted.undoable) == ("snoozed", "Maya Lindqvist", until, True)
    [again] = post.followers(one)
    post.send_again(again, until)
    found = said(post, one)
    assert found.matters[0].acted is not None
    assert not found.matters[0].acted.undoable


def test_a_hand_over_names_both(post: Post) -> None:
    one = post.renewal()
    acting.hand_over(post.database, MAYA, one, "U0JONAS", "Jonas Weber", NOW)
    found = said(post, one)
    acted = found.matters[0].acted
    assert acted is not None
    assert (acted.how, acted.by, acted.to) == ("reassigned", "Maya Lindqvist", "Jonas Weber")


def test_one_message_may_say_several_things(post: Post) -> None:
    wanted = post.wanted("renewal", post.contract_id(), date(2026, 4, 3))
    first = post.send(wanted, ts="177.77")
    post.send(post.wanted("promise", post.promise_id(), date(2026, 3, 9), 3), ts="177.77")
    found = said(post, first)
    assert [one.rule for one in found.matters] == ["renewal", "promise"]


def test_what_came_late_says_since_when(post: Post) -> None:
    due_at = NOW - timedelta(hours=3)
    found = said(post, post.renewal(due_at=due_at))
    assert found.late_since == due_at


def test_outsiders_and_unknown_messages_get_nothing(post: Post) -> None:
    one = post.renewal()
    with pytest.raises(NotAllowed):
        said(post, one, GUEST)
    assert standing(post.database, MAYA, "C1", "1.2", POLICIES, USUAL, NOW) is None


@pytest.mark.parametrize("rule", ["renewal", "morning"])
def test_for_whom_it_was_stays_when_it_is_drawn_anew(post: Post, rule: Rule) -> None:
    post.lead()
    maya = int(post.clerk.row("member", name="Maya Lindqvist").id)
    rounds = post.wanted("morning", maya, NOW.date(), 0, account_id=None)
    one = post.renewal() if rule == "renewal" else post.send(rounds)
    post.note_told(one, "slack:U0INGRID")
    says = stands(post, one)
    assert (says.instead_of, says.because) == ("Maya Lindqvist", "Maya Lindqvist is away until 20 Apr 2026")
    post.note_told(one, "slack:U0MAYA")
    assert stands(post, one).instead_of is None
