"""Reminders that people set: understood or asked about, planned one at a time, moved with what they count from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.audience import Audience
from bot.domain.ids import parse_id
from bot.services.errors import BadInput, NotAllowed, NotFound
from bot.services.preferences import Usual
from bot.services.reminders import own
from bot.services.reminders.own import (
    LONGEST,
    Wish,
    change_own,
    set_own,
    switch_own,
)
from bot.services.reminders.own_planning import plan_own
from bot.services.reminders.own_reading import get_own, own_list, recipient_called
from bot.services.results.own import OwnReminder, Question
from bot.storage import outbox
from tests.services.clerk import SELF, Clerk
from tests.services.reminders.posted import BERLIN, BOOK, GUEST, JONAS, MAYA, NOW, READER, Post

USUAL = Usual(ZoneInfo("Europe/Berlin"), "en_GB")


def at(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def post(clerk: Clerk) -> Post:
    return Post(clerk)


def wish(post: Post, phrase: str, text: str = "send pricing", who: Audience = MAYA, **more: object) -> OwnReminder:
    given = {"account_id": post.account_id, **more}
    found = set_own(post.database, who, Wish(text, phrase, **given), BERLIN, NOW)  # type: ignore[arg-type]  # kept short
    assert isinstance(found, OwnReminder)
    return found


def planned(post: Post) -> list[tuple[datetime, str, str]]:
    """(due at, recipient, state) of all reminders of this rule, by instant."""
    rows = [row for row in post.clerk.rows_of("reminder") if row.rule == "own"]
    return [(row.due_at, row.recipient, row.state) for row in sorted(rows, key=lambda row: (row.due_at, row.id))]


def say_due(post: Post, now: datetime) -> int:
    """Send everything that is due; how many."""
    with post.database.writing(SELF, now) as writer:
        found = outbox.claim(writer, "w", now, now + timedelta(minutes=1), 100)
        outbox.mark_sent(writer, "w", [(one.id, "D0MAYA", f"1.{one.id}", now) for one in found])
    return len(found)


def test_once_is_planned_at_its_wall_time(post: Post) -> None:
    found = wish(post, "next tue 9:00")
    assert (found.text, found.account, found.channel, found.state) == ("send pricing", "Nordwind", None, "active")
    assert (found.next, found.zone, found.note) == ((at(10, 8),), "Europe/Berlin", None)
    assert planned(post) == [(at(10, 8), "slack:U0MAYA", "planned")]
    assert wish(post, "tomorrow").note == "No time was said, so 09:00."


def test_the_next_three_dates_of_what_repeats(post: Post) -> None:
    """At nine on the wall, also after the clocks have changed on 29 March."""
    found = wish(post, "every other Tuesday at 9")
    assert (found.when, found.repeats) == ("every other Tuesday at 09:00", True)
    assert found.next == (at(10, 8), at(24, 8), at(7, 7, month=4))
    assert planned(post) == [(at(10, 8), "slack:U0MAYA", "planned")]


def test_one_occurrence_is_planned_at_a_time_and_missed_ones_come_once(post: Post) -> None:
    wish(post, "every weekday at 8:30")
    assert plan_own(post.database, USUAL, NOW) == 0
    later = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)  # the machine slept for a week
    assert say_due(post, later) == 1
    assert plan_own(post.database, USUAL, later) == 1
    assert plan_own(post.database, USUAL, later) == 0
    assert [(due, state) for due, _, state in planned(post)] == [
        (datetime(2026, 3, 5, 7, 30, tzinfo=UTC), "sent"),
        (datetime(2026, 3, 13, 7, 30, tzinfo=UTC), "planned"),
    ]


def test_sent_a_moment_early_it_is_not_planned_for_the_same_day_again(post: Post) -> None:
    wish(post, "every day at 9:00")
    early = at(5, 8) - timedelta(milliseconds=300)
    with post.database.writing(SELF, early) as writer:
        [one] = outbox.claim(writer, "w", at(5, 8), at(5, 9), 10)
        outbox.mark_sent(writer, "w", [(one.id, "D0MAYA", "1.1", early)])
    plan_own(post.database, USUAL, early)
    assert [due for due, _, state in planned(post) if state == "planned"] == [at(6, 8)]


def test_once_said_it_is_over(post: Post) -> None:
    wish(post, "tomorrow at 9")
    say_due(post, at(5, 9))
    plan_own(post.database, USUAL, at(5, 9))
    assert own_list(post.database, MAYA, None, BERLIN, at(5, 9)).mine == ()
    assert plan_own(post.database, USUAL, at(6, 9)) == 0


def test_ambiguous_times_are_asked_about_with_phrases_that_mean_one_thing(post: Post) -> None:
    asked = set_own(post.database, MAYA, Wish("call", "next Friday"), BERLIN, NOW)
    assert isinstance(asked, Question)
    assert len(asked.choices) == 2
    assert planned(post) == []
    found = [set_own(post.database, MAYA, Wish("call", choice), BERLIN, NOW) for choice in asked.choices]
    dues = [one.next for one in found if isinstance(one, OwnReminder)]
    assert dues == [(at(6, 8),), (at(13, 8),)]


@pytest.mark.parametrize(
    ("text", "phrase", "sentence"),
    [
        ("call", "yesterday", "."),
        ("call", "", "When\\?"),
        ("call", "when pigs fly", "."),
        ("call", "in -5 minutes", "."),
        ("", "tomorrow", "What should I say"),
        (" \n ", "tomorrow", "What should I say"),
        ("x" * (LONGEST + 1), "tomorrow", "at most 300 characters; that text has 301"),
        ("call", "x" * 10_000, "."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(post: Post, text: str, phrase: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        set_own(post.database, MAYA, Wish(text, phrase), BERLIN, NOW)
    assert planned(post) == []


@pytest.mark.parametrize("who", [READER, GUEST])
def test_who_may_only_look_sets_nothing(post: Post, who: Audience) -> None:
    with pytest.raises(NotAllowed):
        set_own(post.database, who, Wish("call", "tomorrow"), BERLIN, NOW)


def test_about_an_account_that_is_gone(post: Post) -> None:
    with pytest.raises(NotFound):
        set_own(post.database, MAYA, Wish("call", "tomorrow", 12345), BERLIN, NOW)


def test_before_the_renewal_it_moves_with_the_contract(post: Post) -> None:
    found = wish(post, "2 business days before renewal")
    assert (found.anchored, found.when) == (True, "2 business days before renewal at 09:00")
    assert planned(post) == [(at(29, 7, month=6), "slack:U0MAYA", "planned")]
    assert plan_own(post.database, USUAL, NOW) == 0
    post.clerk.bring({"contracts.csv": BOOK["contracts.csv"].replace("2026-06-30", "2026-07-31")})
    assert plan_own(post.database, USUAL, NOW) == 1
    assert [(due, state) for due, _, state in planned(post)] == [
        (at(29, 7, month=6), "superseded"),
        (at(30, 7, month=7), "planned"),
    ]
    say_due(post, at(30, 7, month=7))
    assert plan_own(post.database, USUAL, at(30, 8, month=7)) == 0
    assert own_list(post.database, MAYA, None, BERLIN, at(30, 8, month=7)).mine == ()


@pytest.mark.parametrize(
    ("phrase", "account", "sentence"),
    [
        ("2 days before renewal", False, "renewal of which account"),
        ("1 week before the QBR", True, "QBR of that account is not known"),
        ("200 days before the contract end", True, "That was 12 Dec 2025: the contract end is on 30 Jun 2026"),
    ],
)
def test_what_it_counts_from_must_be_known_and_ahead(post: Post, phrase: str, account: bool, sentence: str) -> None:
    account_id = post.account_id if account else None
    with pytest.raises(BadInput, match=sentence):
        set_own(post.database, MAYA, Wish("call", phrase, account_id), BERLIN, NOW)


def test_deleting_pausing_and_back(post: Post) -> None:
    one = parse_id(wish(post, "every Tuesday at 9").id) or 0
    for state in ("paused", "paused", "deleted"):
        assert switch_own(post.database, MAYA, one, state, BERLIN, NOW).state == state
        assert [was for *_, was in planned(post)] == ["superseded"]
        assert plan_own(post.database, USUAL, NOW) == 0
    assert own_list(post.database, MAYA, None, BERLIN, NOW).mine == ()
    assert switch_own(post.database, MAYA, one, "active", BERLIN, NOW).next[0] == at(10, 8)
    assert [was for *_, was in planned(post)] == ["superseded", "planned"]


def test_other_words_keep_the_time_and_another_time_replaces_it(post: Post) -> None:
    one = parse_id(wish(post, "every Tuesday at 9").id) or 0
    change_own(post.database, MAYA, one, "send the new pricing", "every Tuesday at 9", BERLIN, NOW)
    assert len(planned(post)) == 1
    found = change_own(post.database, MAYA, one, "send the new pricing", "every Tuesday at 10", BERLIN, NOW)
    assert isinstance(found, OwnReminder)
    assert (found.text, found.next[0]) == ("send the new pricing", at(10, 9))
    assert [(due, state) for due, _, state in planned(post)] == [(at(10, 8), "superseded"), (at(10, 9), "planned")]
    assert isinstance(change_own(post.database, MAYA, one, "x", "next Friday", BERLIN, NOW), Question)
    assert get_own(post.database, MAYA, one, BERLIN, NOW).text == "send the new pricing"


def test_for_a_channel_everybody_of_the_team_sees_and_changes_it(post: Post) -> None:
    one = wish(post, "every Monday at 9", "standup notes", channel="C0ACCOUNTS")
    assert planned(post) == [(at(9, 8), "channel:C0ACCOUNTS", "planned")]
    listed = own_list(post.database, JONAS, "C0ACCOUNTS", BERLIN, NOW)
    assert [found.id for found in listed.channel] == [one.id]
    assert listed.mine == ()
    assert switch_own(post.database, JONAS, parse_id(one.id) or 0, "paused", BERLIN, NOW).state == "paused"
    both = own_list(post.database, MAYA, "C0ACCOUNTS", BERLIN, NOW)
    assert (len(both.channel), len(both.mine)) == (1, 0)  # named once


def test_nobody_reads_or_changes_a_colleagues_own(post: Post) -> None:
    one = parse_id(wish(post, "tomorrow at 9").id) or 0
    for deed in _deeds(post, JONAS, one):
        with pytest.raises(NotAllowed, match="colleague's own"):
            deed()
    assert own_list(post.database, JONAS, None, BERLIN, NOW).mine == ()
    with pytest.raises(NotFound, match="is gone"):
        get_own(post.database, MAYA, 12345, BERLIN, NOW)


def _deeds(post: Post, who: Audience, one: int) -> Iterator[Callable[[], object]]:
    yield lambda: get_own(post.database, who, one, BERLIN, NOW)
    yield lambda: switch_own(post.database, who, one, "deleted", BERLIN, NOW)
    yield lambda: change_own(post.database, who, one, "x", "tomorrow", BERLIN, NOW)


def test_there_is_an_end_to_how_many_one_may_have(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "MOST", 2)
    wish(post, "tomorrow at 9", "one")
    wish(post, "tomorrow at 9", "two")
    with pytest.raises(BadInput, match="2 reminders already"):
        wish(post, "tomorrow at 9", "three")


def test_the_shell_sets_for_somebody_and_sees_everybodys(post: Post) -> None:
    to = recipient_called(post.database, SELF, "maya")
    set_own(post.database, SELF, Wish("send pricing", "tomorrow at 9", to=to), BERLIN, NOW)
    wish(post, "tomorrow at 10")
    assert [recipient for _, recipient, _ in planned(post)] == ["slack:U0MAYA", "slack:U0MAYA"]
    assert len(own_list(post.database, SELF, None, BERLIN, NOW).mine) == 2
    with pytest.raises(BadInput, match="nobody in the team list"):
        recipient_called(post.database, SELF, "nobody")


def test_the_words_keep_what_was_typed(post: Post) -> None:
    hostile = "<!channel> *bold* \u202egnp"
    assert wish(post, "tomorrow at 9", hostile).text == hostile
    assert wish(post, "tomorrow at 9", "a\x00b").text == "ab"
    assert date(2026, 3, 5) == wish(post, "  tomorrow   at 9 ").next[0].date()
