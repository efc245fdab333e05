"""reactions.* and bookmarks.*."""

import re

from bot.sandbox.errors import Json, SlackError
from bot.sandbox.messages import Message
from bot.sandbox.workspace import Channel
from bot.sandbox.world import World

EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def _reacted(world: World, args: Json) -> tuple[Message, str]:
    """The message a reaction is about and the reaction's name; raises invalid_name, message_not_found, no_access..."""
    channel = world.bot_channel(args["channel"])
    name = args["name"].strip(":")
    if not EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    if channel.is_archived:
        raise SlackError("is_archived")
    message = world.messages.find(channel.id, args["timestamp"])
    if message is None or message.audience is not None:
        raise SlackError("message_not_found")
    if world.bot.id not in channel.members:
        raise SlackError("no_access")
    return message, name


def _emit_reaction(world: World, kind: str, message: Message, name: str) -> None:
    item = {"type": "message", "channel": message.channel, "ts": message.ts}
    event: Json = {"type": kind, "user": world.bot.id, "reaction": name, "item": item, "item_user": message.user}
    world.emit(event | {"event_ts": world.messages.next_ts()})
    world.activity.touch()


def add_reaction(world: World, args: Json) -> Json:
    message, name = _reacted(world, args)
    users = message.reactions.setdefault(name, [])
    if world.bot.id in users:
        raise SlackError("already_reacted")
    users.append(world.bot.id)
    _emit_reaction(world, "reaction_added", message, name)
    return {}


def remove_reaction(world: World, args: Json) -> Json:
    if not (args.get("channel") and args.get("timestamp")):
        raise SlackError("no_item_specified")
    message, name = _reacted(world, args)
    users = message.reactions.get(name, [])
    if world.bot.id not in users:
        raise SlackError("no_reaction")
    users.remove(world.bot.id)
    if not users:
        del message.reactions[name]
    _emit_reaction(world, "reaction_removed", message, name)
    return {}


def _bookmarked(world: World, args: Json) -> tuple[Channel, list[Json]]:
    channel = world.bot_channel(args["channel_id"])
    if world.bot.id not in channel.members or channel.is_archived:
        raise SlackError("permission_denied")
    return channel, world.bookmarks.setdefault(channel.id, [])


def _check_link(link: str | None) -> None:
    if link is not None and not re.match(r"(https?|slack)://\S+$", link):
        raise SlackError("invalid_link")


def add_bookmark(world: World, args: Json) -> Json:
    channel, bookmarks = _bookmarked(world, args)
    if args["type"] != "link":
        raise SlackError("invalid_bookmark_type")
    if not args.get("link"):
        raise SlackError("invalid_link")
    _check_link(args["link"])
    if len(bookmarks) >= 100:
        raise SlackError("too_many_bookmarks")
    bookmark: Json = {
        "id": f"Bk{next(world.ids):08d}",
        "channel_id": channel.id,
        "title": args["title"],
        "link": args["link"],
        "emoji": args.get("emoji") or "",
        "type": "link",
        "date_created": int(world.clock.time()),
        "date_updated": 0,
        "rank": f"{len(bookmarks):08d}",
        "app_id": world.workspace.app.app_id,
        "app_action_id": None,
        "last_updated_by_user_id": world.bot.id,
        "shortcut_id": None,
        "entity_id": args.get("entity_id"),
        "icon_url": None,
    }
    bookmarks.append(bookmark)
    world.activity.touch()
    return {"bookmark": bookmark}


def _bookmark(bookmarks: list[Json], bookmark_id: str) -> Json:
    found = next((b for b in bookmarks if b["id"] == bookmark_id), None)
    if found is None:
        raise SlackError("not_found")
    return found


def edit_bookmark(world: World, args: Json) -> Json:
    _, bookmarks = _bookmarked(world, args)
    _check_link(args.get("link"))
    bookmark = _bookmark(bookmarks, args["bookmark_id"])
    bookmark |= {key: args[key] for key in ("title", "link", "emoji") if args.get(key) is not None}
    bookmark["date_updated"] = int(world.clock.time())
    world.activity.touch()
    return {"bookmark": bookmark}


def remove_bookmark(world: World, args: Json) -> Json:
    _, bookmarks = _bookmarked(world, args)
    bookmarks.remove(_bookmark(bookmarks, args["bookmark_id"]))
    world.activity.touch()
    return {}


def list_bookmarks(world: World, args: Json) -> Json:
    return {"bookmarks": _bookmarked(world, args)[1]}


HANDLERS = {
    "bookmarks.add": add_bookmark,
    "bookmarks.edit": edit_bookmark,
    "bookmarks.list": list_bookmarks,
    "bookmarks.remove": remove_bookmark,
    "reactions.add": add_reaction,
    "reactions.remove": remove_reaction,
}
