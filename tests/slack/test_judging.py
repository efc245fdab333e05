"""A score by hand and a dismissed risk in Slack: by words, by forms, by buttons; what moved a score since a day."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.services.errors import BadInput
from bot.slack.grammar import parse_slash
from bot.slack.health_values import JUDGE, Judge, JudgeState, decode, decode_state, encode, encode_state
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.office import Office, aloud, office

CALLS = "id,account_id,at,kind,author_email,subject\n10,1,2026-03-03T10:00:00Z,call,maya@northlight.example,Plans\n"
TICKETS = "ticket_id,account_id,opened at,status,priority,subject\nT1,1,2026-03-03T08:00:00Z,open,urgent,Down <!here>\n"


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        found.clerk.bring({"calls.csv": CALLS, "tickets.csv": TICKETS})
        yield found


async def said(it: Office, text: str, user: str = "maya") -> str:
    return aloud(await it.ask(text, user, channel="dm"))


async def test_a_score_by_hand_in_words(it: Office) -> None:
    done = await said(it, 'health nordwind set 70 "new sponsor, met <!channel> on Monday" until 31 Dec')
    assert "Health of Nordwind is 70 until 31 Dec 2026: new sponsor, met <!channel> on Monday" in done
    card = await said(it, "nordwind")
    assert "Health 70 (watch), set by Maya Lindqvist until 31 Dec 2026: new sponsor" in card
    assert "computed: " in card
    why = await said(it, "health nordwind")
    assert "Until Thu 31 Dec 2026: new sponsor" in why
    assert "is computed again" in await said(it, "health nordwind clear")
    assert "set by" not in await said(it, "nordwind")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ('health nordwind set 170 "x1" until 31 Dec', "A score is a whole number from 0 to 100, not 170."),
        ('health nordwind set 70 "fine" until 2020-01-01', "has passed"),
        ('health nordwind set 70 "fine" until whenever', "Write it as 2026-12-31."),
        ('health nobody set 70 "fine" until 31 Dec', "Which account is “nobody”?"),
        ("health nordwind clear", "nobody has set it"),
        ('dismiss nordwind weather "fine"', "Which risk? Now there are: "),
        ("why nordwind since whenever", "is no day I know: try 2026-10-01"),
        ("why nordwind since 2030-01-01", "is no day I know"),
    ],
)
async def test_what_cannot_be_decided_is_said_in_a_sentence(it: Office, typed: str, sentence: str) -> None:
    assert sentence in await said(it, f"/account {typed}")
    assert it.clerk.rows("health_override") == it.clerk.rows("signal") == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("health nordwind set 70", "A score by hand needs a reason and its last day"),
        ("health nordwind set 70 reason", "A score by hand needs a reason and its last day"),
        ("dismiss nordwind silence", "in quotes why it is none"),
    ],
)
def test_what_is_left_out_is_asked_for(typed: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        parse_slash("/account", typed)


async def test_a_risk_is_dismissed_and_brought_back(it: Office) -> None:
    done = await said(it, 'dismiss nordwind open tickets "a test of ours"')
    assert "Dismissed for Nordwind: open tickets (a test of ours)" in done
    assert "Dismissed: open tickets (Maya Lindqvist, 4 Mar)" in await said(it, "nordwind")
    why = await said(it, "why nordwind")
    assert "dismissed by Maya Lindqvist on 4 Mar: a test of ours" in why
    await it.click("Bring back: open tickets")
    assert "counts again: open tickets" in it.last()
    assert "Down <!here>" in await said(it, "why nordwind")


async def test_forms_and_what_is_wrong_in_them(it: Office) -> None:
    await said(it, "why nordwind")
    await it.click("Set by hand…")
    still = await it.submit({"score": "abc", "reason": "new sponsor", "until": "2026-05-01"})
    assert still is not None
    assert it.clerk.rows("health_override") == []
    assert await it.submit({"score": "55", "reason": "new sponsor", "until": "2026-05-01"}) is None
    assert "Health of Nordwind is 55 until 1 May 2026: new sponsor" in it.last()
    await said(it, "why nordwind")
    await it.click("Dismiss a risk…")
    assert await it.submit({"risk": "open tickets", "reason": "a test of ours"}) is None
    [row] = it.clerk.rows("signal")
    assert (row.kind, row.state, row.reason) == ("open tickets", "dismissed", "a test of ours")


async def test_what_moved_it_since_a_day(it: Office) -> None:
    it.desk.keep_health()
    it.slack.advance(timedelta(days=3))
    more = TICKETS + "T2,1,2026-03-06T08:00:00Z,open,urgent,Slow\n"
    it.clerk.bring({"tickets.csv": more})
    shown = await said(it, "why nordwind since 2026-03-05")
    [line] = [line for line in shown.splitlines() if "since Wed 4 Mar" in line]
    total, rest = line.split(" since ", 1)
    points = [int(part.rsplit(" ", 1)[1]) for part in rest.split(": ")[1].split(", ")]
    assert sum(points) == int(total) < 0
    assert "support -" in rest


@pytest.mark.parametrize(
    "judge", [Judge("score", 7), Judge("risk", 7, "silence"), Judge("clear", 2**62), Judge("restore", 1, "competitor")]
)
def test_values_come_back(judge: Judge) -> None:
    assert decode(encode(judge)) == judge
    state = JudgeState(judge, "C123", "1.2")
    assert decode_state(encode_state(state)) == state
    assert JUDGE.startswith("steward.")


@pytest.mark.parametrize(
    "value", [None, 7, "", "[]", '["score"]', '["sing","7",null]', '["score","!",null]', "[" * 999]
)
def test_other_values_are_refused(value: Any) -> None:
    with pytest.raises(BadInput):
        decode(value)
    with pytest.raises(BadInput):
        decode_state(value)
