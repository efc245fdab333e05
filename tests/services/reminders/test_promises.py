"""Promises that people track: a day or a question, once, ended, listed and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.audience import Actor, Audience, Role, only_the_asker
from bot.domain.ids import parse_id
from bot.services.errors import BadInput, NotAllowed, NotFound
from bot.services.logbook.entry import Message
from bot.services.logbook.undo import undo_change
from bot.services.reminders.promises import Pledge, end_one, open_promises, track
from bot.services.results.own import PromiseLine, Question, Tracked
from tests.services.clerk import Clerk
from tests.services.reminders.posted import BERLIN, GUEST, MAYA, NOW, READER, Post


@pytest.fixture
def post(clerk: Clerk) -> Post:
    return Post(clerk)


@pytest.fixture
def maya(post: Post) -> Audience:
    """As the team list knows her."""
    member_id = int(post.clerk.row("member").id)
    return only_the_asker(replace(MAYA.actor, member_id=member_id))


def tracked(post: Post, who: Audience, due: str = "by Friday", **more: object) -> Tracked:
    pledge = replace(Pledge(post.account_id, "send the security questionnaire", due), **more)  # type: ignore[arg-type]
    found = track(post.database, who, pledge, BERLIN, NOW)
    assert isinstance(found, Tracked)
    return found


def test_ours_is_the_one_who_says_it_and_due_on_the_day_named(post: Post, maya: Audience) -> None:
    found = tracked(post, maya).promise
    assert (found.account, found.by, found.owner) == ("Nordwind", "us", "Maya Lindqvist")
    assert (found.due_on, found.days_left, found.made_on) == (date(2026, 3, 6), 2, NOW.date())
    assert tracked(post, maya, due="").promise.due_on is None


def test_theirs_has_no_owner_of_ours(post: Post, maya: Audience) -> None:
    found = tracked(post, maya, by="them").promise
    assert (found.by, found.owner) == ("them", None)


def test_the_same_submission_tracks_once(post: Post, maya: Audience) -> None:
    first, again = tracked(post, maya, key="k1"), tracked(post, maya, key="k1")
    assert (first.repeated, again.repeated, again.change) == (False, True, first.change)
    assert len(post.clerk.rows("commitment")) == 2  # one came with the book


def test_of_a_message_its_link_is_kept_and_not_its_text(post: Post, maya: Audience) -> None:
    link = "https://northlight.slack.com/archives/C1/p1"
    found = tracked(post, maya, message=Message("customer", None, link)).promise
    assert found.permalink == link
    [note] = [row for row in post.clerk.rows("interaction") if row.permalink]
    assert (note.kind, note.origin, note.text) == ("note", "customer", "Promised: send the security questionnaire")
    assert note.text_until is None


def test_an_ambiguous_day_is_asked_about(post: Post, maya: Audience) -> None:
    asked = track(post.database, maya, Pledge(post.account_id, "send it", "next Friday"), BERLIN, NOW)
    assert isinstance(asked, Question)
    days = [tracked(post, maya, due=choice).promise.due_on for choice in asked.choices]
    assert days == [date(2026, 3, 6), date(2026, 3, 13)]


@pytest.mark.parametrize(
    ("quote", "due", "sentence"),
    [
        (" ", "by Friday", "What was promised"),
        ("x" * 301, "by Friday", "at most 300 characters; this has 301"),
        ("send it", "yesterday", "."),
        ("send it", "every Tuesday", "due on one day"),
        ("send it", "2 days before renewal", "due on one day"),
        ("send it", "when pigs fly", "."),
    ],
)
def test_what_cannot_be_is_refused(post: Post, maya: Audience, quote: str, due: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        track(post.database, maya, Pledge(post.account_id, quote, due), BERLIN, NOW)
    assert len(post.clerk.rows("commitment")) == 1


def test_kept_missed_cancelled_once_and_back(post: Post, maya: Audience) -> None:
    one = parse_id(tracked(post, maya).promise.id) or 0
    kept = end_one(post.database, maya, one, "kept", BERLIN, NOW)
    assert (kept.promise.status, kept.repeated) == ("kept", False)
    again = end_one(post.database, maya, one, "kept", BERLIN, NOW)
    assert (again.promise.status, again.repeated, again.change) == ("kept", True, kept.change)
    undo_change(post.database, maya, kept.change, NOW)
    assert post.clerk.row("commitment", id=one).status == "open"
    assert end_one(post.database, maya, one, "cancelled", BERLIN, NOW).promise.status == "cancelled"


def test_tracking_is_taken_back(post: Post, maya: Audience) -> None:
    undo_change(post.database, maya, tracked(post, maya).change, NOW)
    assert len(post.clerk.rows("commitment")) == 1


def test_the_longest_overdue_comes_first_and_ended_ones_are_gone(post: Post, maya: Audience) -> None:
    for due in ("in 3 weeks", "tomorrow", ""):
        tracked(post, maya, due=due)
    ended = parse_id(tracked(post, maya, due="tomorrow").promise.id) or 0
    end_one(post.database, maya, ended, "missed", BERLIN, NOW)
    page = open_promises(post.database, maya, post.account_id, 1, BERLIN, NOW)
    assert [one.due_on for one in page.promises] == [date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 25), None]
    assert (page.account, page.total, page.pages) == ("Nordwind", 4, 1)
    mine = open_promises(post.database, maya, None, 1, BERLIN, NOW)
    assert len(mine.promises) == 4
    stranger = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U1", name="Nobody"))
    assert open_promises(post.database, stranger, None, 1, BERLIN, NOW).promises == ()


@pytest.mark.parametrize("who", [READER, GUEST])
def test_who_may_only_look_tracks_nothing(post: Post, who: Audience) -> None:
    with pytest.raises(NotAllowed):
        track(post.database, who, Pledge(post.account_id, "send it"), BERLIN, NOW)
    with pytest.raises(NotAllowed):
        end_one(post.database, who, post.promise_id(), "kept", BERLIN, NOW)


def test_what_is_gone_is_said_to_be_gone(post: Post, maya: Audience) -> None:
    with pytest.raises(NotFound):
        track(post.database, maya, Pledge(12345, "send it"), BERLIN, NOW)
    with pytest.raises(NotFound, match="is gone"):
        end_one(post.database, maya, 12345, "kept", BERLIN, NOW)


def test_a_line_has_what_a_list_shows() -> None:
    assert set(PromiseLine.model_fields) >= {"quote", "owner", "due_on", "permalink"}
