"""The Home tab, a bound channel and settings over a real book: what one surface changes, the others show."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.conftest import said
from tests.slack.test_logging import Logging, logging


@pytest.fixture
def clerk(sqlite_database: Database, tmp_path: Path) -> Clerk:
    return Clerk(sqlite_database, tmp_path / "files")


@pytest.fixture
async def at(clerk: Clerk) -> AsyncIterator[Logging]:
    """A book in which Acme has not been spoken with for 45 days and was promised something for last week."""
    async with logging(clerk) as found:
        today = found.desk.today()
        old, late, end = (today - timedelta(days=45), today - timedelta(days=7), today + timedelta(days=60))
        clerk.bring({
            "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew,notice days\n"
            f"K1,1,Folio,100,{today - timedelta(days=300)},{end},false,30\n",
            "calls.csv": f"call_id,account_id,activity date,activity type,subject\nC1,1,{old},call,a\n",
            "promises.csv": f"id,account_id,quote,by,owner_email,due_on,kept_on\nP1,1,send the quote,us,,{late},\n",
        })  # fmt: skip
        yield found


async def home(at: Logging) -> str:
    await at.slack.open_home("maya", "home")
    await at.bot.settled()
    return shown(at)


def shown(at: Logging) -> str:
    return json.dumps(at.slack.home("maya"), ensure_ascii=False)


async def test_a_day_and_what_logging_makes_of_it(at: Logging) -> None:
    first = await home(at)
    for part in (
        "*Acme Corp* · we promised “send the quote”, *7 days overdue*",
        "*Acme Corp* · Notice deadline",
        "*Acme Corp* · last touch 45 days ago",
        "*Your accounts*\\n1 account",
    ):
        assert part in first
    await at.ask("/account log acme called Ana about the quote")
    assert "Check-ins due" not in shown(at)
    assert "send the quote" in shown(at)
    await at.press("Undo")
    assert "*Acme Corp* · last touch 45 days ago" in shown(at)
    assert not at.slack.failures


async def test_a_touch_by_a_colleague_is_news(at: Logging) -> None:
    assert "New since" not in await home(at)
    await at.ask("/account log acme called Ana", user="jonas")
    now = await home(at)
    assert "New since" in now
    assert "*Acme Corp* · call by Jonas Berg\\nRead it before you write to them." in now
    assert "Check-ins due" not in now
    await at.ask("/account log acme called Ana again")
    assert "2 conversations" not in await home(at)


async def test_a_bound_channel_shows_the_account_until_it_is_merged(at: Logging) -> None:
    answer = await at.ask("/account bind acme")
    assert "This channel is about *Acme Corp* now" in said([answer])
    assert "Notice deadline" in said([await at.ask("/account")])
    assert "channel <#C0ACCOUNTS>" in said([await at.ask("/account acme", channel="#general")])
    at.clerk.bring({"more.csv": "id,name,website\nX9,Acme Corporation,acme.example\n"})
    [item] = [one for one in at.clerk.reviews() if "Acme" in (one.this or "")]
    await at.ask("/account unbind")
    await at.ask("/account bind Acme Corporation")
    at.clerk.decide(item.item, "accepted")
    gone = await at.ask("/account")
    assert "This channel was about *Acme Corporation*, which was merged or removed." in said([gone])
    assert "This channel is about *Acme Corp* now" in said(await at.press("Bind to what it is now"))
    assert not at.slack.failures


async def test_settings_hold_for_every_surface(at: Logging) -> None:
    await at.ask("/account settings")
    assert await at.submit({"locale": "Deutsch"}) is None
    weekday = at.desk.today().strftime("%Y")
    card = said([await at.ask("/account acme")])
    assert f". {weekday} (in 30 days)" in card.replace("Dez.", ".").replace("Jan.", ".")
    assert "(Deutsch)" in await home(at)


async def test_a_person_without_a_row_in_the_team_list_sees_everybodys_book(at: Logging) -> None:
    await at.slack.open_home("tomas", "home")
    await at.bot.settled()
    view = json.dumps(at.slack.home("tomas"), ensure_ascii=False)
    assert "you are not in the team list" in view
    assert "*All accounts*\\n5 accounts" in view
    assert "You own no accounts by the team list" in view
