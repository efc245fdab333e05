"""conversations.* and users.conversations: what the bot may see of channels and their history."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, takewhile
from math import inf

from bot.sandbox.api.paging import make_cursor, page, read_cursor, read_limit
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.messages import Message
from bot.sandbox.workspace import Channel
from bot.sandbox.world import World

CURSOR = "next_ts"
TIMESTAMP = re.compile(r"\d{1,12}(\.\d{1,6})?")
TYPE_OF_KIND = {"public": "public_channel", "private": "private_channel", "im": "im"}
TYPES = {*TYPE_OF_KIND.values(), "mpim"}


def channel_json(world: World, channel: Channel) -> Json:
    team = world.workspace.team.id
    body: Json = {
        "id": channel.id,
        "created": 1_700_000_000,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": team,
        "updated": 1_700_000_000_000,
    }
    if channel.kind == "im":
        other = next((m for m in channel.members if m != world.bot.id), world.bot.id)
        return body | {"user": other, "is_user_deleted": world.workspace.person(other).deleted, "priority": 0}
    return body | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": True,
        "is_group": False,
        "is_mpim": False,
        "is_private": channel.kind == "private",
        "is_general": channel.is_general,
        "is_member": world.bot.id in channel.members,
        **_sharing(team, channel),
        "is_read_only": False,
        "is_thread_only": False,
        "is_non_threadable": False,
        "unlinked": 0,
        "creator": channel.creator,
        "parent_conversation": None,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "previous_names": [],
    }


def _sharing(team: str, channel: Channel) -> Json:
    return {
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": bool(channel.pending_shared_with),
        "pending_shared": channel.pending_shared_with,
        "pending_connected_team_ids": channel.pending_shared_with,
        "shared_team_ids": [team, *channel.shared_with],
        "connected_team_ids": channel.shared_with,
        "internal_team_ids": [],
        "conversation_host_id": team,
    }


def info(world: World, args: Json) -> Json:
    channel = world.bot_channel(args["channel"])
    world.require_channel_scope(channel, "read")
    body = channel_json(world, channel)
    if args.get("include_num_members"):
        body["num_members"] = len(channel.members)
    return {"channel": body}


def _listed(world: World, args: Json, default: str = "public_channel") -> list[Channel]:
    wanted = {part.strip() for part in (args.get("types") or default).split(",")}
    if not wanted <= TYPES:
        raise SlackError("invalid_types")
    for kind, name in TYPE_OF_KIND.items():
        if name in wanted:
            world.require_scope({"public": "channels:read", "private": "groups:read", "im": "im:read"}[kind])
    seen = [c for c in world.workspace.channels if c.kind == "public" or world.bot.id in c.members]
    return [c for c in seen if TYPE_OF_KIND[c.kind] in wanted and not (args.get("exclude_archived") and c.is_archived)]


def list_all(world: World, args: Json) -> Json:
    found, cursor = page(_listed(world, args), args)
    return {"channels": [channel_json(world, c) for c in found], "response_metadata": {"next_cursor": cursor}}


def of_user(world: World, args: Json) -> Json:
    user = args.get("user") or world.bot.id
    if world.workspace.person_or_none(user) is None:
        raise SlackError("user_not_found")
    found, cursor = page([c for c in _listed(world, args) if user in c.members], args)
    return {"channels": [channel_json(world, c) for c in found], "response_metadata": {"next_cursor": cursor}}


def _readable(world: World, args: Json) -> Channel:
    channel = world.bot_channel(args["channel"])
    world.require_channel_scope(channel, "history")
    if world.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _edge(args: Json, key: str) -> int | None:
    """A timestamp argument in microseconds."""
    given = args.get(key)
    if not given:
        return None
    if not TIMESTAMP.fullmatch(given):
        raise SlackError(f"invalid_ts_{key}")
    return int(Decimal(given) * 1_000_000)


@dataclass(frozen=True)
class _Window:
    """The time a read asks for, in microseconds: from `low` to before `high`."""

    low: int
    high: float

    @classmethod
    def of(cls, args: Json) -> "_Window":
        oldest, latest, edge = _edge(args, "oldest"), _edge(args, "latest"), 1 if args.get("inclusive") else 0
        return cls(0 if oldest is None else oldest - edge + 1, inf if latest is None else latest + edge)

    def holds(self, message: Message) -> bool:
        return self.low <= message.moment < self.high


def _with_replies(world: World, message: Message, *, with_metadata: bool) -> Json:
    body = message.to_api(with_metadata=with_metadata)
    replies = [] if message.is_reply else world.messages.replies(message.channel, message.ts)
    if replies:
        users = sorted({reply.user for reply in replies})
        body |= {"thread_ts": message.ts, "reply_count": len(replies), "reply_users": users}
        body |= {"reply_users_count": len(users), "latest_reply": replies[-1].ts}
    return body


def _page_of(world: World, messages: Iterable[Message], args: Json) -> Json:
    """One page and, when there is more, a cursor that names the message the next one begins with."""
    limit, metadata = read_limit(args), bool(args.get("include_all_metadata"))
    found = list(islice(messages, limit + 1))
    body: Json = {
        "messages": [_with_replies(world, m, with_metadata=metadata) for m in found[:limit]],
        "has_more": len(found) > limit,
    }
    if len(found) > limit:
        body["response_metadata"] = {"next_cursor": make_cursor(CURSOR, found[limit].moment)}
    return body


def history(world: World, args: Json) -> Json:
    """Newest first, without ephemeral messages and without thread replies unless broadcast.

    A cursor stands for a message, not for a number of them: what is written meanwhile moves nothing."""
    channel, window, cursor = _readable(world, args), _Window.of(args), read_cursor(args, CURSOR)
    if cursor is not None:
        window = _Window(window.low, min(window.high, cursor + 1))
    newest = takewhile(lambda m: m.moment >= window.low, world.messages.newest_first(channel.id))
    top = (m for m in newest if m.audience is None and (not m.is_reply or m.broadcast))
    return _page_of(world, filter(window.holds, top), args) | {"pin_count": 0}


def replies(world: World, args: Json) -> Json:
    """The thread, oldest first; the first page begins with the parent, whatever the window."""
    channel, window, cursor = _readable(world, args), _Window.of(args), read_cursor(args, CURSOR)
    parent = world.messages.find(channel.id, args["ts"])
    if parent is None or parent.audience is not None:
        raise SlackError("thread_not_found")
    first, *rest = world.messages.thread(channel.id, parent.thread_ts or parent.ts)
    if cursor is None:
        return _page_of(world, [first, *filter(window.holds, rest)], args)
    return _page_of(world, filter(_Window(max(window.low, cursor), window.high).holds, rest), args)


def members(world: World, args: Json) -> Json:
    channel = world.bot_channel(args["channel"])
    world.require_channel_scope(channel, "read")
    found, cursor = page(channel.members, args)
    return {"members": found, "response_metadata": {"next_cursor": cursor}}


def open_dm(world: World, args: Json) -> Json:
    if args.get("channel"):
        return {"channel": {"id": world.bot_channel(args["channel"]).id}}
    users = [part.strip() for part in (args.get("users") or "").split(",") if part.strip()]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 1:
        world.require_scope("mpim:write")
        raise SlackError("method_not_supported_for_channel_type")
    world.require_scope("im:write")
    person = world.workspace.person_or_none(users[0])
    if person is None or person.id != users[0]:
        raise SlackError("user_not_found")
    if person.deleted:
        raise SlackError("user_disabled")
    channel = world.workspace.dm(person.id)
    body = channel_json(world, channel) if args.get("return_im") else {"id": channel.id}
    return {"channel": body, "no_op": False, "already_open": False}


def join(world: World, args: Json) -> Json:
    channel = world.bot_channel(args["channel"])
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    if world.bot.id not in channel.members:
        channel.members.append(world.bot.id)
        ts = world.messages.next_ts()
        event = {"type": "member_joined_channel", "user": world.bot.id, "channel": channel.id, "channel_type": "C"}
        world.emit({**event, "team": world.workspace.team.id, "event_ts": ts})
    return {"channel": channel_json(world, channel)}


HANDLERS = {
    "conversations.history": history,
    "conversations.info": info,
    "conversations.join": join,
    "conversations.list": list_all,
    "conversations.members": members,
    "conversations.open": open_dm,
    "conversations.replies": replies,
    "users.conversations": of_user,
}
