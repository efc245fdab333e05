"""Setting, listing, changing and hearing one's own reminders: by command, mention, direct message, card and form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.slack.reminders.office import Office, aloud, office


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(Clerk(sqlite_database, tmp_path / "files")) as found:
        yield found


async def test_set_read_back_said_and_seen_to(it: Office) -> None:
    answer = await it.ask('/account remind nordwind "send pricing" next tue 9:00')
    assert answer["is_ephemeral"]
    assert aloud(answer).splitlines()[:2] == [
        "I will remind you: send pricing (Nordwind)",
        "Tue 10 Mar 2026, 09:00 (Europe/Stockholm)",
    ]
    await it.deliver(timedelta(days=5, hours=21, minutes=59))
    assert it.heard() == []
    await it.deliver(timedelta(minutes=1))
    [message] = it.heard()
    assert message.splitlines()[0] == "Nordwind: send pricing"
    await it.click("Done")
    [message] = it.heard()
    assert "✓ Done by Maya Lindqvist, 09:00" in message
    await it.click("Undo")
    assert "Done by" not in it.last()


@pytest.mark.parametrize(
    ("typed", "channel"),
    [
        ('<@U0STEWARD> remind nordwind "send pricing" next tue 9:00', "#accounts"),
        ('remind nordwind "send pricing" next tue 9:00', "dm"),
        ("remind nordwind send pricing next tue 9:00", "dm"),
        ("remind me to nordwind send pricing next tue 9:00", "dm"),
    ],
)
async def test_the_same_in_a_mention_and_in_a_direct_message(it: Office, typed: str, channel: str) -> None:
    text = aloud(await it.ask(typed, channel=channel))
    assert "I will remind you: send pricing (Nordwind)" in text
    assert "Tue 10 Mar 2026, 09:00" in text


async def test_undo_before_it_counts(it: Office) -> None:
    await it.ask('/account remind "send pricing" tomorrow at 9')
    await it.click("Undo", channel="#accounts")
    assert it.last(channel="#accounts").splitlines()[0] == "Deleted: send pricing"
    await it.deliver(timedelta(days=2))
    assert it.heard() == []
    await it.ask('/account remind "send pricing" tomorrow at 9')
    await it.click("Undo", channel="#accounts")
    await it.click("Undo", channel="#accounts")
    assert "I will remind you: send pricing" in it.last(channel="#accounts")


async def test_a_question_first_and_a_choice_sets_it_once(it: Office) -> None:
    text = aloud(await it.ask('/account remind "call Ana" next Friday'))
    assert "Which day is meant?" in text
    assert "Nothing is set yet" in text
    await it.click("Fri 13 Mar 2026 at 09:00", channel="#accounts")
    assert "Fri 13 Mar 2026, 09:00" in it.last(channel="#accounts")
    assert len(it.clerk.rows_of("schedule")) == 1


async def test_which_account_is_asked_about_too(it: Office) -> None:
    it.clerk.bring({"accounts.csv": "id,name,segment\n8,Nordlicht,small\n9,Nordstern,small\n"})
    text = aloud(await it.ask('/account remind nord "send pricing" tomorrow at 9'))
    assert "Which account is “nord”?" in text
    await it.click("Nordstern", channel="#accounts")
    assert "I will remind you: send pricing (Nordstern)" in it.last(channel="#accounts")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ('/account remind "call" yesterday', "past"),
        ('/account remind nobody "call" tomorrow', "No account is called “nobody”"),
        ('/account remind "call" 2 days before renewal', "The renewal of which account?"),
        ('/account remind nordwind "call" 2 days before the QBR', "not known"),
        (f'/account remind "{"x" * 301}" tomorrow', "at most 300 characters"),
        ('/account remind "call" when pigs fly', "No time is read from that"),
        ('remind us "call" tomorrow', "There is no channel here"),
    ],
)
async def test_bad_input_is_one_sentence(it: Office, typed: str, sentence: str) -> None:
    channel = "#accounts" if typed.startswith("/") else "dm"
    text = aloud(await it.ask(typed, channel=channel))
    assert sentence in text
    assert it.clerk.rows_of("schedule") == []


async def test_without_a_time_the_form_opens_with_what_is_known(it: Office) -> None:
    await it.slack.say("maya", "#accounts", "/account remind nordwind send pricing")
    await it.settled()
    form = it.slack.modal("maya")
    assert form is not None
    assert form["title"]["text"] == "Remind me"
    still = await it.submit({"when": "next Friday"})
    assert still is not None
    [sentence] = still["errors"].values()
    assert sentence == "Which day is meant? Say one of: Fri 6 Mar 2026 at 09:00; Fri 13 Mar 2026 at 09:00."
    assert await it.submit({"when": "next tue 9:00"}) is None
    assert "I will remind you: send pricing (Nordwind)" in it.last(channel="#accounts")
    assert len(it.clerk.rows_of("schedule")) == 1


async def test_the_card_opens_the_form_for_its_account(it: Office) -> None:
    await it.ask("/account nordwind")
    await it.click("Remind me", channel="#accounts")
    assert await it.submit({"text": "send pricing", "when": "2 business days before renewal", "whom": "me"}) is None
    text = it.last(channel="#accounts")
    assert "I will remind you: send pricing (Nordwind)" in text
    assert "2 business days before renewal at 09:00: Mon 29 Jun 2026, 09:00" in text


async def test_a_list_to_change_pause_and_delete_in(it: Office) -> None:
    await it.ask('/account remind nordwind "send pricing" every other Tuesday at 9')
    await it.ask('/account remind "water the plants" every Friday at 9')
    text = aloud(await it.ask("/account reminders"))
    assert text.splitlines()[0] == "Your reminders (2)"
    assert "every Friday at 09:00 · next Fri 6 Mar 2026, 09:00" in text
    await it.pick("steward.menu", "Pause", channel="#accounts")
    assert "paused" in it.last(channel="#accounts")
    await it.pick("steward.menu", "Edit", channel="#accounts")
    assert await it.submit({"text": "water all plants", "when": "every Monday at 9"}) is None
    assert "Changed: I will remind you: water all plants" in it.last(channel="#accounts")
    await it.ask("/account reminders")
    await it.pick("steward.menu", "Delete", channel="#accounts")
    text = it.last(channel="#accounts")
    assert "Your reminders (1)" in text
    assert "Deleted: " in text


async def test_for_a_channel_it_is_said_to_everybody_there(it: Office) -> None:
    text = aloud(await it.ask('/account remind the channel "standup notes" tomorrow at 9'))
    assert text.splitlines()[0].startswith("I will remind everybody in")
    await it.deliver(timedelta(days=1))
    assert "standup notes" in it.heard("jonas", "#accounts")[-1]
    await it.click("Done", "jonas", "#accounts")
    assert "✓ Done by jonas" in it.heard("maya", "#accounts")[-1]


@pytest.mark.parametrize("where", ["#acct-acme", "#ext-halden-foods"])
async def test_where_outsiders_read_nothing_is_set(it: Office, where: str) -> None:
    """A guest is in one, another company in the other."""
    text = aloud(await it.ask('/account remind the channel "mention the discount" tomorrow at 9', channel=where))
    assert "so I keep this between us" in text
    assert it.clerk.rows_of("schedule") == []


async def test_what_became_shared_is_held_back_and_sent_to_oneself_with_one_click(it: Office) -> None:
    await it.ask('/account remind the channel "mention the discount" tomorrow at 9')
    it.slack.changes.share("#accounts")
    await it.deliver(timedelta(days=1))
    await it.deliver(timedelta(seconds=1))
    [notice] = it.heard()
    assert "I held back a reminder that was asked for" in notice
    assert "discount" not in notice
    await it.click("Send it to me instead")
    await it.deliver(timedelta(seconds=1))
    assert "mention the discount" in it.heard()[-1]
    assert "mention the discount" not in "".join(it.heard("jonas", "#accounts"))


async def test_hostile_words_are_said_as_they_were_typed(it: Office) -> None:
    hostile = "<!channel> <@U0JONAS> *bold* `code` \u202egnp"
    await it.ask(f'/account remind "{hostile}" tomorrow at 9')
    await it.deliver(timedelta(days=1))
    message = it.slack.messages("dm", "maya")[-1]
    assert "<!channel>" not in str(message["blocks"])
    assert "<@U0JONAS>" not in str(message["blocks"])


async def test_guests_and_outsiders_set_nothing(it: Office) -> None:
    for user, channel in (("noor", "#acct-acme"), ("elena", "#ext-halden-foods")):
        await it.slack.say(user, channel, '<@U0STEWARD> remind "call" tomorrow at 9')
        await it.settled()
        assert "account team only" in it.last(user, channel)
    assert it.clerk.rows_of("schedule") == []


async def test_a_channel_one_is_not_in_cannot_be_reminded(it: Office) -> None:
    """Maya is not on the board; Jonas is not among the leads."""
    text = aloud(await it.ask('/account remind "call" tomorrow at 9 for <#C0LEADS>', "jonas"))
    assert "You are not in that channel" in text
    text = aloud(await it.ask('/account remind "call" tomorrow at 9 for <#C0SECRET>'))
    assert "I am not in this channel" in text
    assert it.clerk.rows_of("schedule") == []
