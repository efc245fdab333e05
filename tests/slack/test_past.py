"""An account's past in Slack: as it was known, what changed since, and how such asks are read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.ids import id_text
from bot.services.errors import BadInput
from bot.slack.asks import AsOf, Diff, Here, Status
from bot.slack.grammar import parse_slash
from bot.slack.values import decode, decode_pick, encode
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.office import Office, aloud, office

PLACE = "#accounts"


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        yield found


async def test_what_changed_since_and_back_to_the_day_before(it: Office) -> None:
    it.slack.advance(timedelta(days=3))
    await it.ask('/account promise nordwind "send the offer" by Friday')
    text = aloud(await it.ask("/account diff nordwind since yesterday"))
    assert text.splitlines()[0] == "Nordwind · What changed since 6 Mar"
    assert "• send the offer new (written by Maya Lindqvist, 7 Mar)" in text
    assert "1 change in what is known" in text
    then = aloud(await it.ask("/account asof nordwind yesterday"))
    assert "As it was known at the end of 6 Mar" in then.splitlines()[0]
    assert "send the offer" not in then
    await it.click("What changed since", channel=PLACE)
    assert "send the offer" in it.last(channel=PLACE)


async def test_before_it_was_known_one_sentence_says_so(it: Office) -> None:
    text = aloud(await it.ask("/account asof nordwind 2024-01-01"))
    assert "On 1 Jan 2024 nothing was known of Nordwind" in text
    text = aloud(await it.ask("/account diff nordwind since 2024-01-01"))
    assert "there is nothing to compare with" in text


@pytest.mark.parametrize(
    ("typed", "ask"),
    [
        ("diff acme since 1 June", Status("acme", "diff", time="1 June")),
        ("diff acme corp since last review", Status("acme corp", "diff", time="last review")),
        ("diff acme since last-qbr", Status("acme", "diff", time="last-qbr")),
        ("diff acme 90d", Status("acme", "diff", time="90d")),
        ("diff acme", Status("acme", "diff")),
        ("diff since 2026-01-01", Here("diff", "2026-01-01")),
        ("diff", Here("diff")),
        ("asof acme 2026-06-01", Status("acme", "asof", time="2026-06-01")),
        ("asof studio 54 on 2026-06-01", Status("studio 54", "asof", time="2026-06-01")),
        ("as-of acme 3 months ago", Status("acme", "asof", time="3 months ago")),
        ("asof since sliced bread yesterday", Status("since sliced bread", "asof", time="yesterday")),
    ],
)
def test_a_name_and_a_time_behind_it(typed: str, ask: object) -> None:
    assert parse_slash("/account", typed) == ask


@pytest.mark.parametrize("typed", ["asof acme", "asof", "asof acme soon"])
def test_a_card_of_the_past_needs_its_day(typed: str) -> None:
    with pytest.raises(BadInput, match="As of which day"):
        parse_slash("/account", typed)


def test_buttons_and_searches_keep_the_time() -> None:
    for view in (Diff(12, "last review"), AsOf(12, "2026-06-01")):
        assert decode(encode(view)) == view
    assert decode_pick("diff last review", id_text(12)) == Diff(12, "last review")
    assert decode_pick("asof 1 June", id_text(12)) == AsOf(12, "1 June")


@pytest.mark.parametrize("value", ['["diff","1"]', '["asof","1",""]', '["diff","1",3]', f'["asof","1","{"x" * 61}"]'])
def test_foreign_values_are_refused(value: str) -> None:
    with pytest.raises(BadInput):
        decode(value)
