"""A few lines of Bolt that use every kind of delivery."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox

Json = dict[str, Any]


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(text: str, action_id: str, value: str = "v") -> Json:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id, "value": value}


def modal(**more: Any) -> Json:
    title = {"type": "plain_text", "text": "Log"}
    note = {
        "type": "input",
        "block_id": "note",
        "label": {"type": "plain_text", "text": "Note"},
        "element": {"type": "plain_text_input", "action_id": "note_text", "max_length": 100},
    }
    account = {
        "type": "input",
        "block_id": "account",
        "optional": True,
        "label": {"type": "plain_text", "text": "Account"},
        "element": {"type": "external_select", "action_id": "account_pick", "min_query_length": 2},
    }
    submit = {"type": "plain_text", "text": "Save"}
    return {"type": "modal", "callback_id": "log", "title": title, "submit": submit, "blocks": [note, account], **more}


SEEN: dict[int, list[Json]] = {}


def seen_by(app: AsyncApp) -> list[Json]:
    """The payloads this app received, oldest first."""
    return SEEN[id(app)]


def make_app(slack: Sandbox) -> AsyncApp:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url, retry_handlers=[])
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)
    seen: list[Json] = []
    SEEN[id(app)] = seen
    _messages(app, seen)
    _modals(app, seen)
    _events(app, seen)
    return app


def _messages(app: AsyncApp, seen: list[Json]) -> None:
    @app.command("/account")
    async def account(ack: Any, respond: Any, command: Json) -> None:
        seen.append(command)
        await ack()
        blocks = [
            section(f"*{command['text']}*"),
            {"type": "actions", "elements": [button("Share", "share"), button("Log", "log")]},
        ]
        await respond(text=f"Account {command['text']}", blocks=blocks)

    @app.command("/plain")
    async def plain(ack: Any, command: Json) -> None:
        seen.append(command)
        await ack(text=f"plain {command['text']}", response_type="in_channel")

    @app.action("share")
    async def share(ack: Any, body: Json, client: Any) -> None:
        seen.append(body)
        await ack()
        await client.chat_postMessage(channel=body["channel"]["id"], text="Shared with everyone")

    @app.action("log")
    async def log(ack: Any, body: Json, client: Any) -> None:
        seen.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal())


def _modals(app: AsyncApp, seen: list[Json]) -> None:
    @app.options("account_pick")
    async def options(ack: Any, body: Json) -> None:
        seen.append(body)
        text = {"type": "plain_text", "text": f"Acme {body['value']}"}
        await ack(options=[{"text": text, "value": "acme"}])

    @app.view("log")
    async def submitted(ack: Any, body: Json, client: Any) -> None:
        seen.append(body)
        text = body["view"]["state"]["values"]["note"]["note_text"]["value"]
        if text == "bad":
            await ack(response_action="errors", errors={"note": "Say more"})
        elif text == "wrong":
            await ack(response_action="errors", errors={"no_such_block": "?"})
        elif text == "again":
            await ack(response_action="push", view=modal(title={"type": "plain_text", "text": "Second"}))
        else:
            await ack()
            await client.chat_postMessage(channel=body["user"]["id"], text=f"Logged: {text}")


def _events(app: AsyncApp, seen: list[Json]) -> None:
    @app.event("app_mention")
    async def mention(event: Json, body: Json, say: Any) -> None:
        seen.append(body)
        await say(text=f"You said {event['text']}", thread_ts=event["ts"])

    @app.event("message")
    async def direct(event: Json, body: Json, say: Any) -> None:
        seen.append(body)
        await say(text=f"DM {event['text']}")

    @app.event("app_home_opened")
    async def home(event: Json, body: Json, client: Any) -> None:
        seen.append(body)
        blocks = [section("Home of " + event["user"]), {"type": "actions", "elements": [button("Refresh", "refresh")]}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("refresh")
    async def refresh(ack: Any, body: Json) -> None:
        seen.append(body)
        await ack()

    @app.shortcut("log_message")
    async def shortcut(ack: Any, body: Json, client: Any) -> None:
        seen.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
