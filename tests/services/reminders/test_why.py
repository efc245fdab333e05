"""Why a message came: the step, the day, the row behind the day, and what comes next."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import load_policies
from bot.services.errors import NotAllowed, NotFound
from bot.services.preferences import Usual
from bot.services.reminders import acting
from bot.services.reminders.why import last_to, why_reminded
from bot.services.results.matters import WhyReminded
from tests.services.clerk import Clerk
from tests.services.reminders.posted import BERLIN, GUEST, MAYA, NOW, Post

POLICIES = load_policies(None)
USUAL = Usual(ZoneInfo("UTC"), "en_GB")


@pytest.fixture
def post(clerk: Clerk) -> Post:
    return Post(clerk)


def why(post: Post, reminder_id: int) -> WhyReminded:
    return why_reminded(post.database, MAYA, reminder_id, POLICIES, USUAL, NOW)


def told(found: WhyReminded) -> dict[str, str]:
    return {one.label: one.sentence for one in found.because}


def test_a_renewal_names_its_ladder_its_date_and_the_line_it_was_read_from(post: Post) -> None:
    found = told(why(post, post.renewal()))
    ladder = "180, 120, 90, 60, 45, 30, 14, 7, 1, 0 days ahead (renewals.yml, ladders: strategic)"
    assert found["Rule"] == f"Renewals are told {ladder}; this is step 30."
    assert found["Counts to"].startswith("3 Apr 2026, the notice deadline of contract C-3. Ends on 30 Jun 2026")
    assert found["Source"] == f"contracts.csv, line 2, imported on {NOW.day} Mar 2026 by shell."


def test_a_check_in_and_a_promise_name_their_files(post: Post) -> None:
    found = told(why(post, post.check_in(milestone=1)))
    assert "every 14 days after the last touch (cadence.yml, days: strategic)" in found["Rule"]
    assert found["Step"] == "Check-in 2 since then; after 3 I stop."
    found = told(why(post, post.promise()))
    assert "3 and 1 business days before they are due (reminders.yml, promises)" in found["Rule"]
    assert found["Counts to"] == "9 Mar 2026, the day it is due, promised by Maya Lindqvist."


def test_what_comes_next_about_it(post: Post) -> None:
    one = post.renewal()
    assert why(post, one).next_at is None
    acting.snooze(post.database, MAYA, one, "2026-03-06", BERLIN, NOW)
    found = why(post, one)
    assert found.next_at == datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
    [again] = post.followers(one)
    assert told(why(post, again.id))["Again"] == "It was snoozed or handed over before."


def test_who_could_have_got_it_and_who_did(post: Post) -> None:
    one = post.renewal()
    assert told(why(post, one))["Who"] == "Maya Lindqvist (owner)."
    post.lead()
    post.note_told(one, "slack:U0INGRID")
    away = "Maya Lindqvist (owner, away until 20 Apr 2026), then Ingrid Solberg (lead)."
    assert told(why(post, one))["Who"] == f"{away} It went to Ingrid Solberg."


def test_the_last_that_somebody_was_told(post: Post) -> None:
    with pytest.raises(NotFound, match="not reminded you of anything yet"):
        last_to(post.database, MAYA, None, POLICIES, USUAL, NOW)
    with pytest.raises(NotFound, match="about that account"):
        last_to(post.database, MAYA, post.account_id, POLICIES, USUAL, NOW)
    one = post.renewal()
    post.note_told(one, "slack:U0MAYA")
    for account_id in (None, post.account_id):
        assert last_to(post.database, MAYA, account_id, POLICIES, USUAL, NOW).rule == "renewal"


def test_outsiders_and_unknown_reminders(post: Post) -> None:
    one = post.renewal()
    with pytest.raises(NotAllowed):
        why_reminded(post.database, GUEST, one, POLICIES, USUAL, NOW)
    with pytest.raises(NotFound, match="is gone"):
        why(post, 12345)
