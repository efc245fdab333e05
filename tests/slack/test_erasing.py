"""Erasing a person from Slack: who may, what is said first, and what the button does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.ids import id_text
from bot.services.errors import BadInput
from bot.slack.asks_admin import ErasePerson
from bot.slack.erase_values import Erase, decode, encode
from bot.slack.grammar import parse_slash
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.office import Office, aloud, office

TEAM = (
    "id,name,email,slack_user_id,role\n7,Maya Lindqvist,maya@northlight.example,U0MAYA,Head of accounts\n"
    "8,Jonas Berg,jonas@northlight.example,U0JONAS,Account manager\n"
)
PEOPLE = (
    "contact_id,account_id,name,email\nP1,{0},Dana Quibble,dana@nordwind.example\n"
    "P2,{0},Dana Ruiz,dr@nordwind.example\n"
)
CALLS = "call_id,account_id,activity date,activity type,notes\nC1,{0},2026-01-01,call,Quibble wants a discount\n"


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        key = found.clerk.rows("account", name="Nordwind")[0].external_id
        found.clerk.bring({"members.csv": TEAM, "people.csv": PEOPLE.format(key), "calls.csv": CALLS.format(key)})
        found.slack.world.workspace.person("maya").is_admin = True
        yield found


def names(it: Office) -> list[str]:
    return sorted(row.name for row in it.clerk.rows("person"))


async def test_an_admin_is_shown_what_goes_and_asked_once_more(it: Office) -> None:
    said = aloud(await it.ask('erase-person nordwind "Dana Quibble"', channel="dm"))
    assert "Erase Dana Quibble (dana@nordwind.example) of Nordwind? It cannot be taken back." in said
    assert "“Dana” alone stays where it stands: somebody else there is called that, or the account." in said
    assert names(it) == ["Dana Quibble", "Dana Ruiz", "Tom Falk"]
    await it.click("Erase")
    assert "Erased. The person's rows are gone" in it.last()
    assert names(it) == ["Dana Ruiz", "Tom Falk"]
    assert it.clerk.row("interaction", external_id="C1").text == "[erased] wants a discount"
    await it.click("Erase")
    assert "Nobody there is called" in it.last()


async def test_whoever_is_no_admin_is_refused(it: Office) -> None:
    said = aloud(await it.ask('erase-person nordwind "Dana Quibble"', "jonas", channel="dm"))
    assert "Your role does not allow that" in said
    assert "Quibble" not in said
    assert names(it) == ["Dana Quibble", "Dana Ruiz", "Tom Falk"]


async def test_nobody_and_hostile_names_change_nothing(it: Office) -> None:
    for who in ("Zoe", "<!channel>", "*Dana*" * 9, "@here"):
        said = aloud(await it.ask(f'erase-person nordwind "{who}"', channel="dm"))
        assert "Nobody there is called" in said or "Whom?" in said
    assert names(it) == ["Dana Quibble", "Dana Ruiz", "Tom Falk"]


def test_the_account_then_the_person() -> None:
    assert parse_slash("/account", 'erase-person acme nord "Dana Weiss"') == ErasePerson("acme nord", "Dana Weiss")
    for typed in ("erase-person", "erase-person acme", 'erase-person acme ""', 'erase-person "Dana Weiss"'):
        with pytest.raises(BadInput, match="account and the person"):
            parse_slash("/account", typed)


@pytest.mark.parametrize("value", [None, 7, "", "x", "1.2.3", "1.!", f"{id_text(5)}.{'z' * 40}", "1", "."])
def test_a_button_that_is_not_ours_is_refused(value: object) -> None:
    assert decode(encode(Erase(5, 6))) == Erase(5, 6)
    with pytest.raises(BadInput, match="older message"):
        decode(value)
