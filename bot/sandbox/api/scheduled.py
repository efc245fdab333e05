"""chat.scheduleMessage and what is waiting: messages that Slack itself posts later."""

from bot.sandbox.api import chat
from bot.sandbox.api.content import Content, read_content
from bot.sandbox.api.paging import page
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.limits import TEXT_MAX
from bot.sandbox.world import Scheduled, World

DAYS = 120
WINDOW_SECONDS, WINDOW_MESSAGES = 300, 30
TOO_LATE_SECONDS = 60


def schedule(world: World, args: Json) -> Json:
    channel = chat.writable(world, args["channel"])
    content, post_at = read_content(args, text_max=TEXT_MAX), args["post_at"]
    ahead = post_at - world.clock.time()
    if ahead <= 0:
        raise SlackError("time_in_past")
    if ahead > DAYS * 86_400:
        raise SlackError("time_too_far")
    near = [one for one in world.scheduled.values() if _window(one.post_at) == _window(post_at)]
    if sum(one.channel == channel.id for one in near) >= WINDOW_MESSAGES:
        raise SlackError("restricted_too_many")
    parent = chat.thread_parent(world, channel, args.get("thread_ts"))
    key = f"Q{next(world.ids):08d}"
    timer = world.clock.call_later(ahead, lambda: _post(world, key, content, parent, args))
    world.scheduled[key] = Scheduled(key, channel.id, post_at, int(world.clock.time()), content.text, timer)
    message = {"type": "delayed_message", "text": content.text, "user": world.bot.id, **world.app_identity()}
    return {"channel": channel.id, "scheduled_message_id": key, "post_at": post_at, "message": message}


def _window(post_at: int) -> int:
    return post_at // WINDOW_SECONDS


def _post(world: World, key: str, content: Content, parent: str | None, args: Json) -> None:
    """Post at last. What cannot be posted any more is lost without a word to the app, and recorded as a failure.

    So is a message with metadata: Slack documents that those never arrive."""
    waiting = world.scheduled.pop(key)
    try:
        if content.metadata is not None:
            raise SlackError("metadata_on_scheduled_message")
        channel = chat.writable(world, waiting.channel)
        chat.bot_message(world, channel, content, thread_ts=parent, broadcast=bool(args.get("reply_broadcast")))
    except SlackError as problem:
        world.fail("scheduled", key, problem.code)


def delete(world: World, args: Json) -> Json:
    channel = world.bot_channel(args["channel"], posting=True)
    waiting = world.scheduled.get(args["scheduled_message_id"])
    soon = waiting is not None and waiting.post_at - world.clock.time() < TOO_LATE_SECONDS
    if waiting is None or waiting.channel != channel.id or soon:
        raise SlackError("invalid_scheduled_message_id")
    waiting.timer.cancel()
    del world.scheduled[waiting.id]
    return {}


def _moment(args: Json, key: str, default: float) -> float:
    given = args.get(key)
    if given and not given.replace(".", "", 1).isdigit():
        raise SlackError(f"invalid_ts_{key}")
    return float(given) if given else default


def list_all(world: World, args: Json) -> Json:
    wanted = args.get("channel")
    channel = world.workspace.channel_or_none(wanted) if wanted else None
    if wanted and channel is None:
        raise SlackError("invalid_channel")
    oldest, latest = _moment(args, "oldest", 0.0), _moment(args, "latest", float("inf"))
    waiting = [one for one in world.scheduled.values() if channel is None or one.channel == channel.id]
    listed = sorted((one for one in waiting if oldest <= one.post_at <= latest), key=lambda one: one.post_at)
    found, cursor = page(listed, args)
    rows = [
        {
            "id": one.id,
            "channel_id": one.channel,
            "post_at": one.post_at,
            "date_created": one.created,
            "text": one.text,
        }
        for one in found
    ]
    return {"scheduled_messages": rows, "response_metadata": {"next_cursor": cursor}}


HANDLERS = {
    "chat.deleteScheduledMessage": delete,
    "chat.scheduleMessage": schedule,
    "chat.scheduledMessages.list": list_all,
}
