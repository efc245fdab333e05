"""What people do with reminders: once, by one, audited, and back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.audience import Audience
from bot.services.errors import BadInput, NotAllowed, NotFound
from bot.services.reminders import acting
from bot.services.results.matters import Deed
from tests.services.clerk import Clerk
from tests.services.reminders.posted import BERLIN, GUEST, JONAS, MAYA, NOW, READER, Post

LATER = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
FRIDAY = "2026-03-06"


@pytest.fixture
def post(clerk: Clerk) -> Post:
    return Post(clerk)


def test_done_by_the_first_and_the_second_is_told(post: Post) -> None:
    one = post.renewal()
    first = acting.done(post.database, MAYA, one, NOW)
    assert (first.first, first.late, first.channel) == (True, None, "D0MAYA")
    again = acting.done(post.database, MAYA, one, NOW)
    assert (again.first, again.late) == (False, None)  # a double click is no news
    other = acting.done(post.database, JONAS, one, NOW)
    assert (other.first, other.late) == (False, "Maya Lindqvist was faster: done.")
    row = post.row(one)
    assert (row.acted, row.acted_by, row.acted_at, row.redraw) == ("done", "Maya Lindqvist", NOW, NOW)
    assert post.audits() == [("U0MAYA", "done")]


@pytest.mark.parametrize("who", [READER, GUEST])
def test_who_may_only_look_changes_nothing(post: Post, who: Audience) -> None:
    one = post.renewal()
    deeds: tuple[Callable[[], Deed], ...] = (
        lambda: acting.done(post.database, who, one, NOW),
        lambda: acting.snooze(post.database, who, one, FRIDAY, BERLIN, NOW),
        lambda: acting.hand_over(post.database, who, one, "U0MAYA", "Maya", NOW),
        lambda: acting.not_renewing(post.database, who, one, "price", "", NOW),
        lambda: acting.end_promise(post.database, who, one, "kept", NOW),
        lambda: acting.undo(post.database, who, one, NOW),
    )
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    assert post.row(one).acted is None


def test_a_snooze_says_it_again_once_and_moves_nothing_else(post: Post) -> None:
    one = post.renewal()
    planned = post.wanted("renewal", post.contract_id(), date(2026, 4, 3), 14)
    acting.snooze(post.database, MAYA, one, FRIDAY, BERLIN, NOW)
    acting.snooze(post.database, MAYA, one, "monday", BERLIN, NOW)
    [again] = post.followers(one)
    assert (again.state, again.due_at, again.wanted_at, again.carrier) == ("planned", LATER, LATER, "own")
    assert (again.milestone, again.anchor_on, again.recipient) == (30, date(2026, 4, 3), "owner")
    assert again.key != planned.key


def test_a_snooze_of_a_snooze_of_a_hand_over(post: Post) -> None:
    """Each of them is another row: no key of an earlier one stands in the way."""
    one = post.renewal()
    acting.snooze(post.database, MAYA, one, FRIDAY, BERLIN, NOW)
    [second] = post.followers(one)
    post.send_again(second, LATER)
    acting.hand_over(post.database, MAYA, second.id, "U0JONAS", "Jonas Weber", LATER)
    [third] = post.followers(second.id)
    assert (third.recipient, third.due_at) == ("slack:U0JONAS", LATER)
    post.send_again(third, LATER)
    acting.snooze(post.database, JONAS, third.id, "monday", BERLIN, LATER)
    [fourth] = post.followers(third.id)
    assert (fourth.state, fourth.recipient, fourth.due_at) == ("planned", "slack:U0JONAS", LATER + timedelta(days=3))


@pytest.mark.parametrize("choice", ["2026-03-03", "2028-01-01", "someday", ""])
def test_snoozing_into_the_past_or_to_nowhere_is_refused(post: Post, choice: str) -> None:
    one = post.renewal()
    with pytest.raises(BadInput):
        acting.snooze(post.database, MAYA, one, choice, BERLIN, NOW)
    assert post.row(one).acted is None


def test_undo_brings_a_snoozed_one_back_and_drops_its_second_coming(post: Post) -> None:
    one = post.renewal()
    acting.snooze(post.database, MAYA, one, FRIDAY, BERLIN, NOW)
    acting.undo(post.database, JONAS, one, NOW)
    acting.undo(post.database, JONAS, one, NOW)
    assert post.row(one).acted is None
    assert [again.state for again in post.followers(one)] == ["cancelled"]
    acting.snooze(post.database, MAYA, one, FRIDAY, BERLIN, NOW)
    assert [again.state for again in post.followers(one)] == ["cancelled", "planned"]
    assert [action for _, action in post.audits()] == ["snoozed", "undo", "snoozed"]


def test_what_was_said_again_is_not_taken_back(post: Post) -> None:
    one = post.renewal()
    acting.hand_over(post.database, MAYA, one, "U0JONAS", "Jonas Weber", NOW)
    [again] = post.followers(one)
    post.send_again(again, NOW)
    with pytest.raises(BadInput, match="said again meanwhile"):
        acting.undo(post.database, MAYA, one, NOW)
    assert post.row(one).acted == "reassigned"


def test_nobody_hands_over_to_themselves(post: Post) -> None:
    with pytest.raises(BadInput, match="That is you"):
        acting.hand_over(post.database, MAYA, post.renewal(), "U0MAYA", "Maya Lindqvist", NOW)


def test_not_renewing_is_recorded_for_the_term_and_taken_back(post: Post) -> None:
    one = post.renewal()
    acting.not_renewing(post.database, MAYA, one, "price", "Globex was cheaper", NOW)
    [outcome] = post.clerk.rows_of("renewal_outcome")
    found = (outcome.contract_id, outcome.anchor_on, outcome.outcome, outcome.reason, outcome.note, outcome.by)
    expected = (post.contract_id(), date(2026, 4, 3), "not renewing", "price", "Globex was cheaper", "Maya Lindqvist")
    assert found == expected
    [look] = post.clerk.rows_of("planned_account")
    assert (look.account_id, look.again_at) == (post.account_id, NOW)
    acting.undo(post.database, MAYA, one, NOW)
    assert post.clerk.rows_of("renewal_outcome") == []


@pytest.mark.parametrize(
    ("reason", "note", "sentence"),
    [("because", "", "Pick a reason: price"), ("price", "x" * 1001, "has 1,001 characters")],
)
def test_a_reason_is_from_the_list_and_a_note_is_a_note(post: Post, reason: str, note: str, sentence: str) -> None:
    one = post.renewal()
    with pytest.raises(BadInput, match=sentence):
        acting.not_renewing(post.database, MAYA, one, reason, note, NOW)
    assert post.row(one).acted is None


def test_only_renewals_end_and_only_promises_are_kept(post: Post) -> None:
    with pytest.raises(BadInput, match="Only a renewal"):
        acting.not_renewing(post.database, MAYA, post.promise(), "price", "", NOW)
    with pytest.raises(BadInput, match="Only a promise"):
        acting.end_promise(post.database, MAYA, post.renewal(), "kept", NOW)


def test_a_kept_promise_is_a_fact_that_can_be_taken_back(post: Post) -> None:
    one = post.promise()
    acting.end_promise(post.database, MAYA, one, "kept", NOW)
    row = post.clerk.row("commitment")
    assert (row.status, row.kept_on) == ("kept", NOW.date())
    acting.undo(post.database, MAYA, one, NOW)
    row = post.clerk.row("commitment")
    assert (row.status, row.kept_on) == ("open", None)
    acting.end_promise(post.database, MAYA, one, "missed", NOW)
    assert post.clerk.row("commitment").status == "missed"
    assert (post.row(one).acted, post.row(one).reason) == ("dismissed", "missed")


def test_what_is_gone_is_said_to_be_gone(post: Post) -> None:
    with pytest.raises(NotFound, match="is gone"):
        acting.done(post.database, MAYA, 12345, NOW)
