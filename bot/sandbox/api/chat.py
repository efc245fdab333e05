"""chat.*: posting, ephemerals, editing, deleting, permalinks, and the same effects for response URLs."""

from bot.sandbox.api.content import Content, read_content
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.limits import UPDATE_TEXT_MAX
from bot.sandbox.messages import Message
from bot.sandbox.workspace import Channel
from bot.sandbox.world import World

CHANNEL_TYPE = {"public": "channel", "private": "group", "im": "im"}


def writable(world: World, key: str, *, posting: bool = True) -> Channel:
    """A channel the bot may write to; raises channel_not_found, not_in_channel, is_archived, messages_tab_disabled."""
    channel = world.bot_channel(key, posting=posting)
    left = channel.kind == "im" and any(p.deleted for p in world.workspace.people if p.id in channel.members)
    if channel.is_archived or left:
        raise SlackError("is_archived")
    if channel.kind == "im" and not world.manifest.features.app_home.messages_tab_enabled:
        raise SlackError("messages_tab_disabled")
    if world.bot.id not in channel.members and "chat:write.public" not in world.manifest.scopes:
        raise SlackError("not_in_channel")
    return channel


def thread_parent(world: World, channel: Channel, thread_ts: str | None) -> str | None:
    """The ts of the thread's parent; a ts that is no message is an error here, Slack would misplace the reply."""
    if not thread_ts:
        return None
    parent = world.messages.find(channel.id, thread_ts)
    if parent is None or parent.audience is not None:
        raise SlackError("cannot_reply_to_message")
    return parent.thread_ts or parent.ts


def bot_message(world: World, channel: Channel, content: Content, **more: object) -> Message:
    """Add a message by the app; ephemeral ones raise no event."""
    message = Message(
        channel=channel.id,
        ts=world.messages.next_ts(),
        user=world.bot.id,
        text=content.text,
        team=world.workspace.team.id,
        blocks=content.blocks,
        attachments=content.attachments,
        metadata=content.metadata,
        app=world.app_identity(),
    )
    for name, value in more.items():
        setattr(message, name, value)
    world.messages.add(message)
    # an answer in its thread ends what the app said it was doing
    world.threads.get((channel.id, message.thread_ts or ""), {}).pop("status", None)
    world.activity.touch()
    if message.audience is None:
        emit_message(world, channel, message)
    return message


def emit_message(world: World, channel: Channel, message: Message) -> None:
    event = {**message.to_api(with_metadata=False), "channel": channel.id, "event_ts": message.ts}
    event["channel_type"] = CHANNEL_TYPE[channel.kind]
    if message.is_reply:
        parent = world.messages.find(channel.id, message.thread_ts or "")
        event["parent_user_id"] = parent.user if parent else ""
    if channel.is_ext_shared:
        event |= {"user_team": message.team, "source_team": message.team}
    world.emit(event)


def emit_change(world: World, channel: Channel, subtype: str, **parts: object) -> None:
    event = {"type": "message", "subtype": subtype, "channel": channel.id, "channel_type": CHANNEL_TYPE[channel.kind]}
    ts = world.messages.next_ts()
    world.emit({**event, "hidden": True, "ts": ts, "event_ts": ts, **parts})


def post_message(world: World, args: Json) -> Json:
    channel = writable(world, args["channel"])
    if args.get("as_user"):
        raise SlackError("as_user_not_supported")
    content = read_content(args)
    parent = thread_parent(world, channel, args.get("thread_ts"))
    broadcast = bool(args.get("reply_broadcast"))
    message = bot_message(world, channel, content, thread_ts=parent, broadcast=broadcast)
    return {"channel": channel.id, "ts": message.ts, "message": message.to_api()}


def post_ephemeral(world: World, args: Json) -> Json:
    channel = writable(world, args["channel"], posting=False)
    content = read_content(args)
    person = world.workspace.person_or_none(args["user"])
    if person is None or person.id not in channel.members:
        raise SlackError("user_not_in_channel")
    parent = thread_parent(world, channel, args.get("thread_ts"))
    message = bot_message(world, channel, content, audience=person.id, thread_ts=parent)
    return {"message_ts": message.ts}


def _own(world: World, channel: Channel, ts: str, error: str) -> Message:
    message = world.messages.find(channel.id, ts)
    if message is None or message.audience is not None:
        raise SlackError("message_not_found")
    if message.user != world.bot.id:
        raise SlackError(error)
    return message


def revise(world: World, channel: Channel, message: Message, content: Content) -> None:
    """Replace what a message says; picks made in its old blocks are gone."""
    before = message.to_api(with_metadata=False)
    message.text, message.attachments = content.text, world.messages.attached(content.attachments)
    message.blocks = world.messages.named(content.blocks)
    message.metadata = content.metadata or message.metadata
    message.edited, message.picks = True, {}
    world.activity.touch()
    if message.audience is None:
        after = message.to_api(with_metadata=False)
        emit_change(world, channel, "message_changed", message=after, previous_message=before)


def update(world: World, args: Json) -> Json:
    channel = world.bot_channel(args["channel"])
    message = _own(world, channel, args["ts"], "cant_update_message")
    if message.streaming:
        raise SlackError("streaming_state_conflict")
    if channel.is_archived:
        raise SlackError("is_inactive")
    revise(world, channel, message, read_content(args, text_max=UPDATE_TEXT_MAX))
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.to_api()}


def remove(world: World, channel: Channel, message: Message) -> None:
    world.messages.remove(message)
    world.activity.touch()
    if message.audience is None:
        before = message.to_api(with_metadata=False)
        emit_change(world, channel, "message_deleted", deleted_ts=message.ts, previous_message=before)


def delete(world: World, args: Json) -> Json:
    channel = world.bot_channel(args["channel"])
    message = _own(world, channel, args["ts"], "cant_delete_message")
    remove(world, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(world: World, args: Json) -> Json:
    channel = world.bot_channel(args["channel"])
    message = world.messages.find(channel.id, args["message_ts"])
    if message is None or message.audience is not None:
        raise SlackError("message_not_found")
    link = f"https://{world.workspace.team.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


HANDLERS = {
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post_message,
    "chat.update": update,
}
