"""What Slack's client makes of the text a person types: mentions, channel links, URLs, escaped characters."""

import re

from bot.sandbox.errors import Json
from bot.sandbox.workspace import Workspace

_MARK = re.compile(
    r"(?P<done><(?:@[UW]\w+|#C\w+)(?:\|[^<>]*)?>)"
    r"|(?P<url>https?://[^\s<>]+)"
    r"|(?<![\w@])@(?P<who>[\w.-]*\w)"
    r"|(?<![\w#])#(?P<where>[\w-]+)"
)
_ENTITY = re.compile(
    r"<(?:@(?P<user>\w+)|#(?P<channel>\w+)|!(?P<range>here|channel|everyone)|(?P<url>https?://[^|>]+))(?:\|[^>]*)?>"
)
_BROADCAST = ("here", "channel", "everyone")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def encode(workspace: Workspace, text: str, *, named: bool = False, mentions: bool = True) -> str:
    """The text as it travels. `named` adds |name to mentions (commands); `mentions=False` leaves @ and # alone."""

    def one(match: re.Match[str]) -> str:
        done, url, who, where = match.group("done", "url", "who", "where")
        if done:
            return done
        if url:
            return f"<{url}>" if mentions else escape(url)
        if who and mentions:
            if who in _BROADCAST:
                return f"<!{who}>"
            person = workspace.person_or_none(who)
            return (
                escape(match[0]) if person is None else f"<@{person.id}|{person.name}>" if named else f"<@{person.id}>"
            )
        channel = workspace.channel_or_none(where) if where and mentions else None
        return f"<#{channel.id}|{channel.name}>" if channel else escape(match[0])

    parts, last = [], 0
    for match in _MARK.finditer(text):
        parts += [escape(text[last : match.start()]), one(match)]
        last = match.end()
    return "".join([*parts, escape(text[last:])])


def rich_text(text: str) -> list[Json]:
    """The rich_text block Slack adds to a typed message."""
    elements: list[Json] = []
    last = 0

    def plain(piece: str) -> None:
        if piece:
            clear = piece.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            elements.append({"type": "text", "text": clear})

    for match in _ENTITY.finditer(text):
        plain(text[last : match.start()])
        user, channel, broadcast, url = match.group("user", "channel", "range", "url")
        if user:
            elements.append({"type": "user", "user_id": user})
        elif channel:
            elements.append({"type": "channel", "channel_id": channel})
        elif broadcast:
            elements.append({"type": "broadcast", "range": broadcast})
        else:
            elements.append({"type": "link", "url": url})
        last = match.end()
    plain(text[last:])
    return (
        [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}] if elements else []
    )
