"""reactions.add, bookmarks.*, assistant.threads.*."""

import re

from bot.sandbox.api.chat import writable
from bot.sandbox.errors import Json, SlackError, invalid_arguments
from bot.sandbox.messages import Message
from bot.sandbox.workspace import Channel
from bot.sandbox.world import World

MAX_PROMPTS = 4
EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def add_reaction(world: World, args: Json) -> Json:
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
    users = message.reactions.setdefault(name, [])
    if world.bot.id in users:
        raise SlackError("already_reacted")
    users.append(world.bot.id)
    world.activity.touch()
    return {}


def _bookmarked(world: World, args: Json) -> tuple[Channel, list[Json]]:
    channel = world.bot_channel(args["channel_id"])
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


def _thread(world: World, args: Json) -> tuple[Channel, Message | None]:
    channel = writable(world, args["channel_id"], posting=False)
    if args.get("thread_ts") is None:
        return channel, None
    parent = world.messages.find(channel.id, args["thread_ts"])
    if parent is None:
        raise SlackError("invalid_thread_ts")
    return channel, parent


def _note(world: World, args: Json, **facts: object) -> Json:
    channel, parent = _thread(world, args)
    key = (channel.id, parent.ts if parent else "")
    world.threads.setdefault(key, {}).update(facts)
    world.activity.touch()
    return {}


def set_status(world: World, args: Json) -> Json:
    messages = args.get("loading_messages")
    if messages is not None and (not isinstance(messages, list) or len(messages) > 10):
        raise invalid_arguments("no more than 10 items allowed [json-pointer:/loading_messages]")
    return _note(world, args, status=args["status"], loading_messages=messages or [])


def set_title(world: World, args: Json) -> Json:
    return _note(world, args, title=args["title"])


def set_suggested_prompts(world: World, args: Json) -> Json:
    prompts = args["prompts"]
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= MAX_PROMPTS:
        raise invalid_arguments(f"no more than {MAX_PROMPTS} items allowed [json-pointer:/prompts]")
    for index, prompt in enumerate(prompts):
        if not isinstance(prompt, dict) or set(prompt) != {"title", "message"}:
            raise invalid_arguments(f"must provide title and message [json-pointer:/prompts/{index}]")
    return _note(world, args, prompts=prompts, prompts_title=args.get("title") or "")


HANDLERS = {
    "assistant.threads.setStatus": set_status,
    "assistant.threads.setSuggestedPrompts": set_suggested_prompts,
    "assistant.threads.setTitle": set_title,
    "bookmarks.add": add_bookmark,
    "bookmarks.edit": edit_bookmark,
    "bookmarks.list": list_bookmarks,
    "bookmarks.remove": remove_bookmark,
    "reactions.add": add_reaction,
}
