"""chat.unfurl: what the app shows under a link of its own domains."""

from bot.sandbox.api import chat
from bot.sandbox.api.content import check_attachments
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.links import own_links
from bot.sandbox.messages import Message
from bot.sandbox.world import World

SOURCES = ("composer", "conversations_history")


def _place(world: World, args: Json) -> tuple[str, str]:
    """Channel and ts, named by themselves or by the id that link_shared brought."""
    if args.get("unfurl_id") or args.get("source"):
        for key in ("unfurl_id", "source"):
            if not args.get(key):
                raise SlackError(f"missing_{key}")
        if args["source"] not in SOURCES:
            raise SlackError("invalid_source")
        if args["unfurl_id"] not in world.unfurls:
            raise SlackError("invalid_unfurl_id")
        return world.unfurls[args["unfurl_id"]]
    for key in ("channel", "ts"):
        if not args.get(key):
            raise SlackError(f"missing_{key}")
    return args["channel"], args["ts"]


def _message(world: World, args: Json) -> Message:
    place, ts = _place(world, args)
    channel = world.workspace.channel_or_none(place)
    if channel is None or (channel.kind != "public" and world.bot.id not in channel.members):
        raise SlackError("cannot_find_channel")
    message = world.messages.find(channel.id, ts)
    if message is None or message.audience is not None:
        raise SlackError("cannot_find_message")
    return message


def unfurl(world: World, args: Json) -> Json:
    """Attach previews to a message; a second call replaces those of the same links."""
    message, unfurls = _message(world, args), args.get("unfurls")
    if unfurls is None:
        raise SlackError("missing_unfurls")
    if not isinstance(unfurls, dict) or not all(isinstance(one, dict) for one in unfurls.values()):
        raise SlackError("invalid_unfurls_format")
    known = {link["url"] for link in own_links(world, message.text)}
    if not unfurls or not set(unfurls) <= known:
        raise SlackError("cannot_unfurl_url")
    check_attachments(list(unfurls.values()))
    app = world.app_identity()
    for url, shown in unfurls.items():
        kept = [one for one in message.attachments if one.get("from_url") != url]
        about = {"from_url": url, "app_unfurl_url": url, "is_app_unfurl": True, "app_id": app["app_id"]}
        message.attachments = world.messages.attached([*kept, {**shown, **about, "bot_id": app["bot_id"]}])
    world.activity.touch()
    channel = world.workspace.channel(message.channel)
    chat.emit_change(world, channel, "message_changed", message=message.to_api(with_metadata=False))
    return {}


HANDLERS = {"chat.unfurl": unfurl}
