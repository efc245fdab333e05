"""The bodies Slack sends to an app: commands, interactions, event envelopes."""

from bot.sandbox.api.surfaces import view_json
from bot.sandbox.errors import Json
from bot.sandbox.messages import Message
from bot.sandbox.views import View
from bot.sandbox.workspace import Channel, Person
from bot.sandbox.world import World

COMMAND_CHANNEL_NAME = {"private": "privategroup", "im": "directmessage"}


def response_url(world: World, key: str) -> str:
    return f"{world.base}/response/{key}"


def _team(world: World) -> Json:
    return {"id": world.workspace.team.id, "domain": world.workspace.team.domain}


def _user(person: Person) -> Json:
    return {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id}


def channel_name(channel: Channel) -> str:
    return COMMAND_CHANNEL_NAME.get(channel.kind, channel.name)


def command(world: World, person: Person, channel: Channel, name: str, text: str) -> Json:
    """A slash command: every field Slack sends, all of them strings."""
    return {
        "token": world.secrets.verification_token,
        "team_id": world.workspace.team.id,
        "team_domain": world.workspace.team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": world.workspace.app.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(world, world.response_urls.issue(person.id, channel.id)),
        "trigger_id": world.triggers.issue(person.id, channel.id),
    }


def _interaction(world: World, kind: str, person: Person, *, trigger: bool = True, channel: str = "") -> Json:
    body: Json = {
        "type": kind,
        "user": _user(person),
        "api_app_id": world.workspace.app.app_id,
        "token": world.secrets.verification_token,
        "team": _team(world),
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return body | ({"trigger_id": world.triggers.issue(person.id, channel)} if trigger else {})


def actions_in_message(
    world: World, person: Person, channel: Channel, message: Message, attachment: Json | None, actions: list[Json]
) -> Json:
    """block_actions from a message or its attachment; an ephemeral one is not quoted back, as in Slack."""
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container["is_ephemeral"] = message.audience is not None
    if attachment is not None:
        unfurled = bool(attachment.get("is_app_unfurl"))
        container |= {"type": "message_attachment", "attachment_id": attachment["id"], "is_app_unfurl": unfurled}
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    key = world.response_urls.issue(person.id, channel.id, message.ts, message.thread_ts)
    body = _interaction(world, "block_actions", person, channel=channel.id) | {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": message.picks.get(person.id, {})},
        "response_url": response_url(world, key),
        "actions": actions,
    }
    return body | ({} if message.audience else {"message": message.to_api()})


def actions_in_view(world: World, person: Person, view: View, actions: list[Json]) -> Json:
    return _interaction(world, "block_actions", person) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(world, view),
        "actions": actions,
    }


def suggestion(world: World, person: Person, container: Json, block_id: str, action_id: str, query: str) -> Json:
    """block_suggestion; `container` carries what the select sits in (message or view members)."""
    body = _interaction(world, "block_suggestion", person, trigger=False) | container
    return body | {"block_id": block_id, "action_id": action_id, "value": query}


def message_container(channel: Channel, message: Message) -> Json:
    container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    body: Json = {"container": container | {"is_ephemeral": message.audience is not None}}
    body["channel"] = {"id": channel.id, "name": channel_name(channel)}
    return body | ({} if message.audience else {"message": message.to_api()})


def view_container(world: World, view: View) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": view_json(world, view)}


def view_submission(world: World, person: Person, view: View) -> Json:
    body = _interaction(world, "view_submission", person)
    return body | {"view": view_json(world, view), "response_urls": _chosen_urls(world, person, view)}


def _chosen_urls(world: World, person: Person, view: View) -> list[Json]:
    """A response URL for each conversation chosen in a select that asks for one."""
    found: list[Json] = []
    for block in view.body["blocks"]:
        element: Json = block.get("element") or {}
        entry = (view.picks.get(block.get("block_id", "")) or {}).get(element.get("action_id", "")) or {}
        chosen = entry.get("selected_conversation") or entry.get("selected_channel")
        if element.get("response_url_enabled") and chosen:
            url = response_url(world, world.response_urls.issue(person.id, chosen))
            about = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
            found.append({**about, "response_url": url})
    return found


def view_closed(world: World, person: Person, view: View, *, cleared: bool) -> Json:
    body = _interaction(world, "view_closed", person, trigger=False)
    return body | {"view": view_json(world, view), "is_cleared": cleared}


def shortcut(world: World, person: Person, callback_id: str) -> Json:
    body = _interaction(world, "shortcut", person)
    return body | {"callback_id": callback_id, "action_ts": world.messages.next_ts()}


def message_shortcut(world: World, person: Person, callback_id: str, channel: Channel, message: Message) -> Json:
    key = world.response_urls.issue(person.id, channel.id, message.ts, message.thread_ts)
    return _interaction(world, "message_action", person, channel=channel.id) | {
        "callback_id": callback_id,
        "action_ts": world.messages.next_ts(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message.to_api(),
        "response_url": response_url(world, key),
    }


def envelope(world: World, event: Json) -> Json:
    """The Events API wrapper around one event."""
    channel_id = event.get("channel")
    if isinstance(channel_id, dict):
        channel_id = channel_id.get("id")
    channel = world.workspace.channel_or_none(channel_id) if isinstance(channel_id, str) else None
    team = world.workspace.team.id
    authorization = {"enterprise_id": None, "team_id": team, "user_id": world.bot.id}
    return {
        "token": world.secrets.verification_token,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": world.workspace.app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{next(world.ids):08d}",
        "event_time": int(world.clock.time()),
        "authorizations": [authorization | {"is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        "event_context": f"4-sandbox-{next(world.ids)}",
    }
