"""Links of the app's own domains: people write them, the app is told, and may unfurl them."""

import re
from urllib.parse import urlsplit

from bot.sandbox.errors import Json
from bot.sandbox.messages import Message
from bot.sandbox.world import World

_LINK = re.compile(r"<(https?://[^<>|]+)(?:\|[^<>]*)?>")


def own_links(world: World, text: str) -> list[Json]:
    """The links in a message's text that point into the manifest's unfurl domains, each once."""
    found: dict[str, Json] = {}
    for match in _LINK.finditer(text):
        url = match[1].replace("&amp;", "&")
        host = urlsplit(url).hostname or ""
        for domain in world.manifest.features.unfurl_domains:
            if host == domain or host.endswith(f".{domain}"):
                found[url] = {"url": url, "domain": domain}
    return list(found.values())


def announce_links(world: World, message: Message) -> None:
    """Tell the app of links of its own, also where it is not a member: that is how Slack does it."""
    links = own_links(world, message.text)
    if not links:
        return
    unfurl_id = f"{message.user}-{next(world.ids):08d}"
    world.unfurls[unfurl_id] = (message.channel, message.ts)
    channel = world.workspace.channel(message.channel)
    event: Json = {"type": "link_shared", "channel": message.channel, "user": message.user, "message_ts": message.ts}
    event |= {"is_bot_user_member": world.bot.id in channel.members, "links": links, "event_ts": message.ts}
    event |= {"unfurl_id": unfurl_id, "source": "conversations_history"}
    world.emit(event | ({"thread_ts": message.thread_ts} if message.is_reply else {}))
