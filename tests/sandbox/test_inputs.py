"""Every input of a form: what a choice becomes in the state, what cannot be chosen, what survives a change."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import Sandbox, UserError
from bot.sandbox.people import ACCOUNTS, ELENA, JONAS, MAYA, SHARED_CHANNEL
from tests.sandbox.conftest import connect
from tests.sandbox.samples import Json, option, plain
from tests.sandbox.tiny_bot import modal

FOUR = [option(name) for name in ("call", "mail", "visit", "other")]
KINDS: dict[str, Json] = {
    "note": {"type": "plain_text_input", "multiline": True, "min_length": 2, "max_length": 10},
    "kind": {"type": "static_select", "options": FOUR},
    "grouped": {"type": "static_select", "option_groups": [{"label": plain("Group"), "options": FOUR[2:]}]},
    "tags": {"type": "multi_static_select", "options": FOUR, "max_selected_items": 2},
    "one": {"type": "radio_buttons", "options": FOUR},
    "boxes": {"type": "checkboxes", "options": FOUR},
    "day": {"type": "datepicker"},
    "time": {"type": "timepicker"},
    "moment": {"type": "datetimepicker"},
    "person": {"type": "users_select"},
    "people": {"type": "multi_users_select"},
    "place": {"type": "conversations_select"},
    "inside": {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    },
    "public": {"type": "channels_select"},
    "places": {"type": "multi_conversations_select"},
    "file": {"type": "file_input", "filetypes": ["csv", ".md"], "max_files": 2},
    "count": {"type": "number_input", "is_decimal_allowed": False},
    "share": {"type": "number_input", "is_decimal_allowed": True, "min_value": "0.5", "max_value": "1"},
    "link": {"type": "url_text_input"},
    "mail": {"type": "email_text_input"},
    "rich": {"type": "rich_text_input"},
}


def block(name: str, **more: Any) -> Json:
    element = {**KINDS[name], "action_id": f"{name}_in"}
    return {"type": "input", "block_id": name, "label": plain(name), "element": element, "optional": True, **more}


async def opened(slack: Sandbox, client: AsyncWebClient, *blocks: Json, channel: str = "", **more: Any) -> str:
    view = modal(blocks=list(blocks), **{"callback_id": "any", **more})
    made = await client.views_open(trigger_id=slack.world.triggers.issue(MAYA.id, channel), view=view)
    return str(made["view"]["id"])


@pytest.fixture
async def sent(slack: Sandbox, app: AsyncApp) -> AsyncIterator[list[Json]]:
    """What was submitted, to an app that is content with everything."""
    got: list[Json] = []

    @app.view("any")
    async def submitted(ack: Any, body: Json) -> None:
        got.append(body)
        await ack()

    async with connect(slack, app):
        yield got


def held(slack: Sandbox) -> Json:
    """The values of Maya's form, each by its block, without its type."""
    view = slack.modal("maya")
    assert view is not None
    values: Json = view["state"]["values"]
    return {
        name: next(value for key, value in next(iter(entry.values())).items() if key != "type")
        for name, entry in values.items()
    }


@pytest.mark.parametrize(
    ("name", "choice", "value"),
    [
        ("note", "Spoke", "Spoke"),
        ("note", "", None),
        ("kind", "mail", FOUR[1]),
        ("grouped", "visit", FOUR[2]),
        ("tags", ["call", "visit"], [FOUR[0], FOUR[2]]),
        ("tags", "call, visit", [FOUR[0], FOUR[2]]),
        ("one", "other", FOUR[3]),
        ("boxes", [], []),
        ("day", "2026-03-09", "2026-03-09"),
        ("time", "09:30", "09:30"),
        ("moment", 1_772_442_000, 1_772_442_000),
        ("moment", "2026-03-02T10:00", int(datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp())),
        ("person", "Jonas Berg", JONAS.id),
        ("person", JONAS.id, JONAS.id),
        ("people", [JONAS.id, "Ingrid Solberg"], [JONAS.id, "U0INGRID"]),
        ("place", "#ext-halden-foods", SHARED_CHANNEL),
        ("place", "Steward", "D0MAYA"),
        ("inside", "leads", "C0LEADS"),
        ("public", "random", "C0RANDOM"),
        ("places", ["general", ACCOUNTS], ["C0GENERAL", ACCOUNTS]),
        ("count", "12", "12"),
    ],
)
async def test_a_choice_in_the_state(
    slack: Sandbox, client: AsyncWebClient, name: str, choice: Any, value: Any
) -> None:
    await opened(slack, client, block(name))
    slack.modals.fill("maya", {name: choice})
    assert held(slack)[name] == value


@pytest.mark.parametrize(
    ("name", "choice", "why"),
    [
        ("kind", "dinner", "no option"),
        ("tags", ["call", "mail", "visit"], "No more than 2"),
        ("day", "2026-02-30", "is no date"),
        ("day", "tomorrow", "is no date"),
        ("time", "24:00", "is no time"),
        ("moment", "noon", "is no date and time"),
        ("person", ELENA.id, "cannot be chosen here"),
        ("person", "U0WALTER", "cannot be chosen here"),
        ("place", "board", "cannot be chosen here"),
        ("place", "old-deals", "cannot be chosen here"),
        ("inside", "ext-halden-foods", "cannot be chosen here"),
        ("inside", "Steward", "cannot be chosen here"),
        ("public", "leads", "cannot be chosen here"),
        ("file", ["F0"], "upload it first"),
    ],
)
async def test_what_cannot_be_chosen(slack: Sandbox, client: AsyncWebClient, name: str, choice: Any, why: str) -> None:
    await opened(slack, client, block(name))
    with pytest.raises(UserError, match=why):
        slack.modals.fill("maya", {name: choice})


@pytest.mark.parametrize(
    ("name", "choice", "complaint"),
    [
        ("note", "x", "at least 2 characters"),
        ("note", "x" * 11, "no more than 10 characters"),
        ("count", "1.5", "a whole number"),
        ("count", "many", "Enter a number"),
        ("share", "0.25", "at least 0.5"),
        ("share", "1.01", "at most 1"),
        ("link", "acme", "valid URL"),
        ("mail", "ada@", "valid email"),
        ("mail", "a b@acme.example", "valid email"),
        ("note", None, "complete this required field"),
        ("file", [], "complete this required field"),
        ("people", [], "complete this required field"),
    ],
)
async def test_what_the_client_says_before_it_sends(
    slack: Sandbox, client: AsyncWebClient, name: str, choice: Any, complaint: str
) -> None:
    await opened(slack, client, block(name, optional=False))
    with pytest.raises(UserError, match=complaint):
        await slack.submit("maya", {name: choice})
    assert slack.world.journal.deliveries == []


async def test_files_are_uploaded_then_chosen(slack: Sandbox, client: AsyncWebClient, sent: list[Json]) -> None:
    await opened(slack, client, block("file"), block("note"))
    notes, table = slack.upload("maya", "notes.md", b"# Acme"), slack.upload("maya", "usage.CSV", b"a,b")
    for wrong, why in (
        ([slack.upload("maya", "run.exe", b"x")], "only csv, md files"),
        ([slack.upload("jonas", "his.md", b"x")], "upload it first"),
        ([notes, table, notes], "No more than 2"),
    ):
        with pytest.raises(UserError, match=why):
            slack.modals.fill("maya", {"file": wrong})
    await slack.submit("maya", {"file": [notes, "usage.CSV"], "note": "Spoke"})
    await slack.quiet()
    files = sent[0]["view"]["state"]["values"]["file"]["file_in"]["files"]
    assert [(f["name"], f["filetype"], f["size"], f["user"]) for f in files] == [
        ("notes.md", "md", 6, MAYA.id),
        ("usage.CSV", "csv", 3, MAYA.id),
    ]
    with pytest.raises(UserError, match="larger than 10 MB"):
        slack.upload("maya", "big.csv", bytes(10 * 1024 * 1024 + 1))
    with pytest.raises(UserError, match="is empty"):
        slack.upload("maya", "none.csv", b"")


async def test_the_conversation_it_was_opened_in(slack: Sandbox, client: AsyncWebClient, sent: list[Json]) -> None:
    """A select may begin with it, and ask for a way to answer there."""
    here = {**KINDS["place"], "default_to_current_conversation": True, "response_url_enabled": True}
    element = {**here, "action_id": "place_in"}
    await opened(slack, client, block("place", element=element), block("note"), channel="C0RANDOM")
    assert held(slack)["place"] == "C0RANDOM"
    await slack.submit("maya", {"note": "Spoke"})
    await slack.quiet()
    [url] = sent[0]["response_urls"]
    assert (url["block_id"], url["action_id"], url["channel_id"]) == ("place", "place_in", "C0RANDOM")
    await AsyncWebhookClient(url["response_url"]).send(text="Logged")
    assert [(m["text"], m["is_ephemeral"]) for m in slack.messages("#random", "maya")] == [("Logged", True)]
    await opened(slack, client, block("place", element=element))
    assert held(slack)["place"] is None, "opened from nowhere"


async def test_a_button_carries_the_channel_it_was_pressed_in(slack: Sandbox, app: AsyncApp) -> None:
    element = {**KINDS["place"], "default_to_current_conversation": True, "action_id": "place_in"}

    @app.command("/slow")
    async def form(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(blocks=[block("place", element=element)]))

    async with connect(slack, app):
        await slack.ask("maya", "#accounts", "/slow")
    assert held(slack)["place"] == ACCOUNTS


async def test_a_changed_form_keeps_what_still_fits(slack: Sandbox, client: AsyncWebClient) -> None:
    key = await opened(slack, client, block("note"), block("kind"), block("day"))
    slack.modals.fill("maya", {"note": "Spoke", "kind": "mail", "day": "2026-03-09"})
    other = {**KINDS["time"], "action_id": "day_in"}
    await client.views_update(
        view_id=key, view=modal(blocks=[block("kind"), block("day", element=other), block("one")])
    )
    assert held(slack) == {"kind": FOUR[1], "day": None, "one": None}


async def test_a_submission_may_update_or_clear(slack: Sandbox, app: AsyncApp, client: AsyncWebClient) -> None:
    answers: list[Json] = [
        {"response_action": "update", "view": modal(callback_id="two", blocks=[block("note"), block("kind")])},
        {"response_action": "clear"},
    ]

    @app.view("two")
    async def submitted(ack: Any) -> None:
        await ack(**answers.pop(0))

    async with connect(slack, app):
        await opened(slack, client, block("note"), callback_id="two")
        await slack.submit("maya", {"note": "Spoke"})
        await slack.quiet()
        assert held(slack) == {"note": "Spoke", "kind": None}
        await client.views_push(
            trigger_id=slack.world.triggers.issue(MAYA.id), view=modal(callback_id="two", blocks=[block("note")])
        )
        await slack.submit("maya", {"note": "Spoke"})
        await slack.quiet()
    assert slack.modal("maya") is None
    assert slack.failures == []


async def test_an_input_may_tell_the_app_at_once(slack: Sandbox, app: AsyncApp, client: AsyncWebClient) -> None:
    got: list[Json] = []

    @app.action("kind_in")
    async def picked(ack: Any, body: Json) -> None:
        got.append(body)
        await ack()

    async with connect(slack, app):
        await opened(slack, client, block("kind", dispatch_action=True), block("one"))
        await slack.pick("maya", "one", "call", place="modal")
        await slack.pick("maya", "kind", "mail", place="modal")
        await slack.quiet()
    [body] = got
    assert body["actions"][0]["selected_option"] == FOUR[1]
    assert body["view"]["state"]["values"]["one"]["one_in"]["selected_option"] == FOUR[0]
