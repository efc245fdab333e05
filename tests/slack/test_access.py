"""Restricting an account in Slack, and what others get of it from then on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services.errors import BadInput
from bot.slack.asks_admin import Restrict, Unrestrict, WhoSees
from bot.slack.grammar import parse_slash, parse_spoken
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.office import Office, aloud, office

TEAM = (
    "id,name,email,slack_user_id,role\n7,Maya Lindqvist,maya@northlight.example,U0MAYA,Head of accounts\n"
    "8,Jonas Berg,jonas@northlight.example,U0JONAS,Account manager\n"
)


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        found.clerk.bring({"members.csv": TEAM})
        yield found


async def said(it: Office, text: str, user: str = "maya") -> str:
    return aloud(await it.ask(text, user, channel="dm"))


async def test_a_restricted_account_is_for_others_as_if_it_were_not_there(it: Office) -> None:
    assert "Nordwind is seen by everybody in the team" in await said(it, "who-sees nordwind")
    before = await said(it, "nordwind", "jonas")
    assert "Nordwind" in before
    never = await said(it, "nordwunder", "jonas")
    done = await said(it, 'restrict nordwind "merger <!channel> talks"')
    assert "Nordwind is now seen only by those who work on it, and admins. Why: merger <!channel> talks" in done
    assert "Nordwind is restricted since Wed 4 Mar 2026, by Maya Lindqvist" in await said(it, "who-sees nordwind")
    after = await said(it, "nordwunder", "jonas")
    assert "Nordwind" in never
    assert "Nordwind" not in after, "not even as what may have been meant"
    assert (await said(it, "nordwind", "jonas")).replace("nordwind", "?") == after.replace("nordwunder", "?")
    assert "No account that you may see is restricted" in await said(it, "who-sees", "jonas")
    assert "1 account is restricted" in await said(it, "who-sees")
    assert "named: Jonas Berg" in await said(it, "restrict nordwind to <@U0JONAS>") + await said(it, "who-sees")
    assert "Nordwind" in await said(it, "nordwind", "jonas")
    assert "not restricted any more" in await said(it, "unrestrict nordwind")


async def test_who_may_not_decide_is_told_so(it: Office) -> None:
    assert "Your role does not allow that" in await said(it, "restrict nordwind", "jonas")
    assert "You would not see it any more" not in await said(it, "restrict nordwind to @jonas")
    assert "Nobody called @zoe is in the team list" in await said(it, "restrict nordwind to @zoe")


async def test_ones_own_reminder_about_an_account_ends_with_the_sight_of_it(it: Office) -> None:
    assert "Nordwind" in await said(it, 'remind nordwind "send the plan" tomorrow 9:00', "jonas")
    assert "Nordwind" in await said(it, 'remind nordwind "call them" tomorrow 9:00')
    await said(it, "restrict nordwind")
    heard = len(it.heard("jonas"))
    await it.deliver(timedelta(days=1))
    assert it.heard("jonas")[heard:] == []
    assert "call them" in it.last()


async def test_who_is_known_by_address_only_keeps_what_they_may_see(it: Office) -> None:
    it.clerk.bring({"members.csv": TEAM.replace("U0JONAS", "")})
    await said(it, "restrict nordwind to @jonas")
    assert "Nordwind" in await said(it, 'remind nordwind "send the plan" tomorrow 9:00', "jonas")
    await it.deliver(timedelta(days=1))
    assert "send the plan" in it.last("jonas")


@pytest.mark.parametrize(
    ("typed", "ask"),
    [
        ("restrict acme", Restrict("acme")),
        ("restrict acme corp to @maya, @jonas", Restrict("acme corp", ("@maya", "@jonas"))),
        ('restrict "road to rome" to @maya "why not"', Restrict("road to rome", ("@maya",), "why not")),
        ("restrict road to rome", Restrict("road to rome")),
        ("unrestrict acme", Unrestrict("acme")),
        ("who-sees acme", WhoSees("acme")),
        ("who-sees", WhoSees()),
    ],
)
def test_how_it_is_typed(typed: str, ask: object) -> None:
    assert parse_slash("/account", typed) == ask
    assert parse_spoken(typed) == ask


@pytest.mark.parametrize("typed", ["restrict", 'restrict "why"' + "x" * 200, "unrestrict", "who-sees " + "x" * 300])
def test_an_account_is_asked_for(typed: str) -> None:
    with pytest.raises(BadInput, match="Which account"):
        parse_slash("/account", typed)
