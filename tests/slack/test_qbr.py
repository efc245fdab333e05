"""Business reviews in Slack: asked for, drafted under one's eyes, edited, approved, shared, taken back."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.services.qbr.editing import Edits
from bot.storage.database import Database
from tests.services.clerk import Clerk
from tests.services.qbr.book import BOOK, SECRETS
from tests.services.reminders.posted import JONAS
from tests.slack.conftest import said
from tests.slack.reminders.office import Office, aloud, office

DM = "dm"
ASKED = "/qbr nordwind logistics"


@pytest.fixture
async def it(sqlite_database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    clerk = Clerk(sqlite_database, tmp_path / "files")
    async with office(clerk) as found:
        clerk.bring(BOOK)
        yield found


def _thread(it: Office, user: str = "maya") -> list[str]:
    return [aloud(one) for one in it.slack.messages(DM, user)]


async def _draft(it: Office, words: str = ASKED) -> list[str]:
    await it.slack.say("maya", "#accounts", words)
    await it.settled()
    return _thread(it)


def _files(it: Office, channel: str = DM, user: str = "maya") -> list[str]:
    return [file["name"] for one in it.slack.messages(channel, user) for file in one.get("files") or ()]


async def test_a_draft_stands_in_the_askers_own_thread(it: Office) -> None:
    head, chapters, *_ = await _draft(it)
    assert head.splitlines()[0] == "Business review · Nordwind Logistics · Q4 2025"
    assert "Active users rose: 280 (Q3 2025: 210)." in head
    assert "Our promises late or missed: 2 of 3." in head
    assert "They promised by 20 Mar" in head
    assert "Written from the record, without a model." in head
    assert "🟠 late  Fix the slow exports" in chapters
    assert "3 gaps in the record" in chapters
    assert "2 survey answers" in head
    assert [name.rpartition(".")[2] for name in _files(it)][:1] == ["pptx"]
    channel = said(it.slack.messages("#accounts", "maya"))
    assert "in our direct messages" in channel
    assert "Active users" not in channel
    assert it.slack.messages(DM, "jonas") == []


async def test_progress_is_seen_before_the_draft_and_names_its_step(it: Office) -> None:
    await _draft(it)
    first = next(call for call in it.slack.calls("chat.postMessage") if call.args.get("channel", "").startswith("U"))
    assert "Reading the record" in json.dumps(first.args, ensure_ascii=False)
    shown = [json.dumps(call.args, ensure_ascii=False) for call in it.slack.calls("chat.update")]
    assert "Our ask" in shown[-1]


async def test_every_citation_leads_to_its_conversation(it: Office) -> None:
    await _draft(it)
    blocks = json.dumps(it.slack.messages(DM, "maya")[0]["blocks"], ensure_ascii=False)
    assert "<https://mail.steward.example/i1|meeting 7 Oct>" in blocks


async def test_where_a_sentence_comes_from_is_shown_with_age_and_words(it: Office) -> None:
    await _draft(it)
    await it.click("Source", **_block_with(it, "rollout in Hamburg"))
    shown = _modal(it)
    assert "Taken from the record, word for word" in shown
    assert "Meeting, Maya Lindqvist with Ana Ruiz, 7 Oct · 148 days old · client-safe" in shown
    assert "Open it where it was said" in shown
    await it.click("Source", **_block_with(it, "Active users rose"))
    assert "mean of the months of the period" in _modal(it)


def _head(it: Office) -> dict[str, Any]:
    return it.slack.messages(DM, "maya")[0]


def _modal(it: Office) -> str:
    view = it.slack.modal("maya")
    assert view is not None
    return aloud({"blocks": view["blocks"], "text": ""})


def _block_with(it: Office, words: str) -> dict[str, Any]:
    """The first sentence in the thread that says this."""
    for message in it.slack.messages(DM, "maya"):
        for block in message.get("blocks") or ():
            if words in json.dumps(block, ensure_ascii=False) and "accessory" in block:
                return {"ts": message["ts"], "block_id": block["block_id"]}
    raise AssertionError(f"nobody says {words!r}")


async def _press(it: Office, label: str) -> None:
    await it.click(label, ts=_head(it)["ts"])


async def _more(it: Office, line: str) -> None:
    await it.pick("steward.qbr:more", line, ts=_head(it)["ts"])


async def test_a_reworded_sentence_is_the_persons_and_an_empty_one_goes(it: Office) -> None:
    await _draft(it)
    await _press(it, "Edit")
    view = it.slack.modal("maya")
    assert view is not None
    keys = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert await it.submit({keys[0]: "Hamburg *works* <!channel>", keys[1]: "", "new": "They like us"}) is None
    head = aloud(_head(it))
    assert "Draft, edited · version 2, Maya Lindqvist" in head
    assert "• Hamburg ∗works∗ <!channel>" in head
    assert "worded by Maya Lindqvist" in head
    assert "They like us" in head
    assert "<!channel>" not in json.dumps(_head(it)["blocks"])
    await it.click("Source", **_block_with(it, "Hamburg"))
    shown = _modal(it)
    assert "who vouches for it" in shown
    assert "It was:" in shown
    await _press(it, "Undo")
    assert "Hamburg ∗works∗" not in aloud(_head(it))
    assert "version 3" in aloud(_head(it))


@pytest.mark.parametrize("section", ["Wins", "Concerns", "Our ask"])
async def test_saving_what_was_not_changed_changes_nothing(it: Office, section: str) -> None:
    await _draft(it)
    before = aloud(_head(it))
    await _open_section(it, section)
    assert await it.submit({}) is None
    assert aloud(_head(it)) == before
    assert len(it.clerk.rows_of("qbr_version")) == 1


async def test_a_section_is_written_anew_and_keeps_what_people_wrote(it: Office) -> None:
    await _draft(it)
    await _open_section(it, "Concerns")
    await it.submit({**dict.fromkeys(_keys(it), ""), "new": "My own worry"})
    assert "exports are slow" not in aloud(_head(it))
    await _open_section(it, "Concerns")
    await it.click("Write this section anew", place="modal")
    head = aloud(_head(it))
    assert "version 3" in head
    assert "My own worry" in head
    assert "Urgent tickets open at the end rose" in str(it.slack.modal("maya"))
    assert "exports are slow" in str(it.slack.modal("maya"))


async def _open_section(it: Office, title: str) -> None:
    await _press(it, "Edit")
    await it.pick("steward.qbr.section", title, place="modal")


def _keys(it: Office) -> list[str]:
    """The fields of the sentences in the open editor."""
    view = it.slack.modal("maya")
    assert view is not None
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input" and block["block_id"] != "new"]


async def test_who_edits_at_the_same_time_is_told_and_loses_nothing(it: Office) -> None:
    await _draft(it)
    await _press(it, "Edit")
    [row] = it.clerk.rows_of("qbr")
    edits = Edits(1, "wins", {}, "Jonas was faster")
    it.desk.reviews.edit(JONAS, row.id, edits)
    still = await it.submit({"new": "Too late"})
    assert still is not None
    assert "changed this review while you were at it" in json.dumps(still["errors"])


async def test_a_customers_copy_is_approved_and_shared_without_anything_internal(it: Office) -> None:
    await _draft(it, f"{ASKED} for champion")
    await _press(it, "Approve")
    assert await it.submit({"readers": "their champion"}) is None
    head = aloud(_head(it))
    assert "Approved for their champion" in head
    await _press(it, "Share")
    assert await it.submit({"channel": "#ext-halden-foods"}) is None
    shown = it.slack.messages("#ext-halden-foods", "maya")[-1]
    assert "Business review Q4 2025" in shown["text"]
    assert shown["files"][0]["name"] == "nordwind-logistics-q4-2025.pptx"
    assert "Shared for their champion" in aloud(_head(it))


async def test_a_copy_that_is_not_clean_is_refused_in_the_thread_and_not_approved(it: Office) -> None:
    await _draft(it)
    await _press(it, "Edit")
    await it.submit({"new": f"Note: {SECRETS[0]}"})
    await _press(it, "Approve")
    assert await it.submit({"readers": "their champion"}) is None
    assert "The customer's copy was held back" in _thread(it)[-1]
    assert "Draft, edited" in aloud(_head(it))


async def test_the_teams_copy_never_goes_where_outsiders_read(it: Office) -> None:
    await _draft(it)
    await _press(it, "Approve")
    assert await it.submit({"readers": "the team"}) is None
    await _press(it, "Share")
    still = await it.submit({"channel": "#ext-halden-foods"})
    assert still is not None
    assert "another company" in json.dumps(still["errors"])
    assert _files(it, "#ext-halden-foods") == []
    assert await it.submit({"channel": "#accounts"}) is None
    assert len(_files(it, "#accounts")) > 0


async def test_a_canvas_where_the_plan_has_them_and_a_sentence_where_not(it: Office) -> None:
    await _draft(it)
    await _more(it, "As a canvas")
    [canvas] = it.slack.world.canvases.values()
    assert canvas.title == "Nordwind Logistics Q4 2025"
    assert "Train the night shift" in canvas.markdown
    assert "as a canvas" in _thread(it)[-1]
    it.slack.fault("error", "canvases.create", code="free_teams_cannot_create_standalone_canvases")
    await _more(it, "As a canvas")
    assert "This workspace cannot make canvases" in _thread(it)[-1]


async def test_an_opinion_is_kept_and_history_told(it: Office) -> None:
    await _draft(it)
    await it.pick("steward.qbr:opinion", "negative", ts=_head(it)["ts"])
    [kept] = it.clerk.rows_of("qbr_feedback")
    assert (kept.by, kept.verdict, kept.version) == ("U0MAYA", "bad", 1)
    await _more(it, "Who did what")
    assert "1. Maya Lindqvist drafted" in _modal(it)


@pytest.mark.parametrize("asked", ["<@{bot}> qbr nordwind logistics last quarter", "<@{bot}> ebr nordwind logistics"])
async def test_a_mention_does_the_same(it: Office, asked: str) -> None:
    head, *_ = await _draft(it, asked.format(bot=it.slack.world.bot.id))
    assert "Nordwind Logistics · Q4 2025" in head


async def test_a_card_leads_to_a_draft(it: Office) -> None:
    await it.ask("/account nordwind logistics")
    await it.click("Draft QBR", channel="#accounts")
    assert "Business review · Nordwind Logistics" in _thread(it)[0]


async def test_a_name_that_fits_several_is_asked_about_never_guessed(it: Office) -> None:
    shown = aloud(await it.ask("/qbr nordwind logistic"))
    assert "Whose review?" in shown
    assert it.clerk.rows_of("qbr") == []
    await it.click("Nordwind Logistics", channel="#accounts")
    assert "Nordwind Logistics" in _thread(it)[0]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("/qbr", "Which account? For example"),
        ("/qbr nordwind logistics for <!everyone>", "I write for exec, champion or internal"),
        ("/qbr nordwind logistics Q4 2031", "has not begun yet"),
    ],
)
async def test_what_cannot_be_read_is_answered_in_a_sentence(it: Office, typed: str, sentence: str) -> None:
    await it.slack.say("maya", "#accounts", typed)
    await it.settled()
    heard = "\n".join([*it.heard(), *it.heard(channel="#accounts")])
    assert sentence in heard
    assert it.clerk.rows_of("qbr") == []


async def test_a_channel_that_opens_while_files_are_on_their_way_gets_nothing(it: Office) -> None:
    await _draft(it)
    await _press(it, "Approve")
    assert await it.submit({"readers": "the team"}) is None
    await _press(it, "Share")
    it.slack.world.workspace.channel("#accounts").shared_with.append("T0HALDENFOODS")
    still = await it.submit({"channel": "#accounts"})
    assert still is not None
    assert _files(it, "#accounts") == []
    assert "Approved for the team" in aloud(_head(it))


HOSTILE = "<!channel> <https://evil.example|open> *bold* `code` @here \u202egnirts " + "x" * 4000


async def test_what_people_typed_pings_nobody_and_breaks_no_card(it: Office) -> None:
    rows = "\n".join(
        f'H{at},A1,2025-11-0{at}T10:00:00Z,{kind},"{HOSTILE[:200]} escalated {at}","{HOSTILE} decided {at}",{safe}'
        for at, (kind, safe) in enumerate([("call", "true"), ("note", "false"), ("meeting", "true")], 1)
    )
    it.clerk.bring({"h.csv": f"id,account_id,at,kind,subject,text,client_safe\n{rows}\n"})
    it.clerk.bring(
        {"p.csv": f'id,account_id,quote,by,due_on,made_on\nH1,A1,"{HOSTILE[:250]}",us,2025-12-05,2025-11-01\n'}
    )
    await _draft(it, f"{ASKED} for champion")
    for message in it.slack.messages(DM, "maya"):
        shown = json.dumps(message.get("blocks") or [], ensure_ascii=False)
        assert "<!channel>" not in shown
        assert "<https://evil" not in shown
        assert "\u202e" not in shown
    await _open_section(it, "Wins")
    assert it.slack.failures == []


async def test_a_customers_copy_never_goes_to_another_customer(it: Office) -> None:
    await it.ask("/account bind quiet gmbh", channel="#ext-halden-foods")
    await _draft(it, f"{ASKED} for champion")
    await _press(it, "Approve")
    assert await it.submit({"readers": "their champion"}) is None
    await _press(it, "Share")
    still = await it.submit({"channel": "#ext-halden-foods"})
    assert still is not None
    assert "another customer may read it" in json.dumps(still["errors"])
    assert _files(it, "#ext-halden-foods") == []
