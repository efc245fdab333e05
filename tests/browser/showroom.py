"""A bot that shows every block and input, to try the page with what Steward does not send (yet)."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.samples import BLOCKS, button, mrkdwn, option, plain

Json = dict[str, Any]
HOSTILE = "<img src=x onerror=alert(1)><script>alert(1)</script>\u202etxt.exe"
CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("*Really*?"), "confirm": plain("Do it"), "deny": plain("No")}


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    named = {"action_id": f"{block_id}_in", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": named, **more}


def form(title: str = "Log", **more: Any) -> Json:
    three = [option("call"), option("mail"), option("visit")]
    blocks = [
        field("note", "Note", {"type": "plain_text_input", "multiline": True}, hint=plain("What was said")),
        field("account", "Account", {"type": "external_select", "min_query_length": 2, "placeholder": plain("Search")}),
        field("kind", "Kind", {"type": "static_select", "options": three}),
        field("tags", "Tags", {"type": "multi_external_select", "min_query_length": 1}, optional=True),
        field("who", "Who took part", {"type": "multi_users_select"}, optional=True),
        field("where", "Channel", {"type": "conversations_select"}, optional=True),
        field("day", "Day", {"type": "datepicker", "initial_date": "2026-03-02"}),
        field("time", "Time", {"type": "timepicker", "initial_time": "09:30"}),
        field("seen", "Visibility", {"type": "radio_buttons", "options": three[:2], "initial_option": three[0]}),
        field("boxes", "Also", {"type": "checkboxes", "options": three}, optional=True),
        {"type": "actions", "block_id": "more", "elements": [button("deeper")]},
    ]
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Save"),
        "blocks": blocks,
    } | more


def rare() -> Json:
    """The inputs that `form` has not, one of which tells the app at once."""
    inside = {"include": ["public", "private"], "exclude_external_shared_channels": True}
    blocks = [
        field("file", "Files", {"type": "file_input", "filetypes": ["md", "csv"], "max_files": 2}),
        field("moment", "Moment", {"type": "datetimepicker"}),
        field("count", "How many", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}),
        field("link", "Link", {"type": "url_text_input"}, optional=True),
        field("mail", "Mail", {"type": "email_text_input"}, optional=True),
        field("place", "Where", {"type": "conversations_select", "filter": inside}, optional=True),
        field("who", "Who", {"type": "users_select"}, optional=True),
        field("kind", "Kind", {"type": "static_select", "options": [option("call")]}, dispatch_action=True),
    ]
    return {"type": "modal", "callback_id": "rare", "title": plain("Rare"), "submit": plain("Save"), "blocks": blocks}


class Showroom:
    """`seen` are the payloads of interactions, oldest first."""

    def __init__(self) -> None:
        self.seen: list[Json] = []

    async def run(self, sandbox: Sandbox) -> None:
        """Serve until cancelled."""
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url, retry_handlers=[])
        app = AsyncApp(client=client, signing_secret=sandbox.signing_secret)
        self._commands(app)
        self._acts(app)
        self._forms(app)
        handler = AsyncSocketModeHandler(app, sandbox.app_token, ping_interval=0.2)
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt has no types here
            await asyncio.Event().wait()
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]  # slack_bolt has no types here

    def _commands(self, app: AsyncApp) -> None:
        @app.command("/show")
        async def show(ack: Any, command: Json, client: Any) -> None:
            await ack()
            kinds = [command["text"]] if command["text"] else [kind for kind in BLOCKS if kind != "input"]
            for kind in kinds:
                await client.chat_postMessage(channel=command["channel_id"], text=kind, blocks=[BLOCKS[kind]])

        @app.command("/form")
        async def open_form(ack: Any, command: Json, client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=form())

        @app.command("/inputs")
        async def open_rare(ack: Any, command: Json, client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=rare())

        @app.command("/hostile")
        async def hostile(ack: Any, command: Json, client: Any) -> None:
            await ack()
            upload = await client.files_getUploadURLExternal(filename=f"{HOSTILE}.csv", length=4)
            async with aiohttp.ClientSession() as session:
                await session.post(upload["upload_url"], data=b"<b>x")
            files = [{"id": upload["file_id"], "title": HOSTILE}]
            channel = command["channel_id"]
            await client.files_completeUploadExternal(files=files, channel_id=channel, initial_comment=HOSTILE)
            blocks = [
                {
                    "type": "section",
                    "text": mrkdwn(f"*{HOSTILE}* <javascript:alert(1)|click> <https://x.example|{HOSTILE}>"),
                },
                {"type": "markdown", "text": f"{HOSTILE} [go](javascript:alert(1))"},
                {"type": "image", "image_url": "https://x.example/a.png", "alt_text": HOSTILE},
            ]
            await client.chat_postMessage(channel=channel, text="x", blocks=blocks)

    def _acts(self, app: AsyncApp) -> None:
        @app.event("agent_session_stopped")
        async def stopped(event: Json, client: Any) -> None:
            self.seen.append(event)
            where = {"channel_id": event["channel"], "thread_ts": event["thread_ts"]}
            await client.agents_sessions_setStatus(**where, status="active")

        @app.event("app_mention")
        async def mention(event: Json, say: Any) -> None:
            danger = button("danger") | {"text": plain("Delete"), "style": "danger", "confirm": CONFIRM}
            blocks = [{"type": "actions", "block_id": "acts", "elements": [danger, button("go")]}]
            await say(text="Choose", blocks=blocks, thread_ts=event["ts"])

        @app.action("deeper")
        async def deeper(ack: Any, body: Json, client: Any) -> None:
            self.seen.append(body)
            await ack()
            await client.views_push(trigger_id=body["trigger_id"], view=form("Second"))

        @app.action(re.compile(r"(?!deeper)"))
        async def other(ack: Any, body: Json) -> None:
            self.seen.append(body)
            await ack()

        @app.event("app_home_opened")
        async def home(event: Json, client: Any) -> None:
            if event["tab"] == "home":
                view = {"type": "home", "blocks": [BLOCKS["header"], BLOCKS["actions"]]}
                await client.views_publish(user_id=event["user"], view=view)

    def _forms(self, app: AsyncApp) -> None:
        @app.options("account_in")
        @app.options("tags_in")
        async def options(ack: Any, body: Json) -> None:
            await ack(
                options=[option(f"{body['value']}-{n}") | {"text": plain(f"Found {body['value']} {n}")} for n in (1, 2)]
            )

        @app.view("form")
        async def submitted(ack: Any, body: Json) -> None:
            self.seen.append(body)
            text = body["view"]["state"]["values"]["note"]["note_in"]["value"]
            await (ack(response_action="errors", errors={"note": "Say more"}) if text == "bad" else ack())

        @app.view("rare")
        async def taken(ack: Any, body: Json) -> None:
            self.seen.append(body)
            if body["view"]["state"]["values"]["count"]["count_in"]["value"] == "13":
                await ack(response_action="update", view=form("Instead"))
            else:
                await ack(response_action="clear")

        @app.shortcut("form_global")
        @app.shortcut("form_message")
        async def shortcut(ack: Any, body: Json, client: Any) -> None:
            self.seen.append(body)
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=form())
