"""What may leave in a text: links whose words are ours, mentions and channels that code chose, and no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from bot.sandbox.records import Call

_MARKUP = re.compile(r"<([^<>\n]*)>")
# What the words of our links look like; a link that data brought would have its own words, or none.
_LABELS: Final = re.compile(
    r"Open|Open it where it was said|where it was said|The copy for [a-z ]+ as a canvas"
    r"|[a-z -]+ \d{1,2} [A-Z][a-z]+( \d{4})?"
)
_LINK = re.compile(r"https?://[^\s|<>]+\|(?P<label>[^|<>]+)")
_CHANNEL = re.compile(r"#[CDG][A-Z0-9]+")
_STANDS_IN = re.compile(r"<@[UW][A-Z0-9]+> stands in when you are away")
_NO_PREVIEWS: Final = ("chat.postMessage",)
_NEVER: Final = ("parse", "link_names", "mrkdwn", "as_user", "username", "icon_url", "icon_emoji")


def wrong_with(call: Call) -> list[str]:
    """A sentence for each thing that no call of ours may carry."""
    found = [f"{name} is set" for name in _NEVER if name in call.args]
    if call.method in _NO_PREVIEWS:
        found += [
            f"{name} is not off" for name in ("unfurl_links", "unfurl_media") if str(call.args.get(name)) not in _OFF
        ]
    for part in ("text", "initial_comment"):
        found += wrong_in_text(str(call.args.get(part) or ""))
    for part in ("blocks", "view", "unfurls", "chunks"):
        for text in _mrkdwn(_read(call.args.get(part))):
            if text.get("verbatim") is not True:
                found.append(f"addresses in {text['text'][:60]!r} would become links")
            found += wrong_in_text(text["text"])
    return found


_OFF: Final = ("False", "false", "0")


def wrong_in_text(text: str) -> Iterator[str]:
    """Whatever Slack would make more of than words, and code did not choose."""
    for markup in _MARKUP.finditer(_STANDS_IN.sub("", text)):
        inside = markup[1]
        link = _LINK.fullmatch(inside)
        if _CHANNEL.fullmatch(inside) or (link is not None and _LABELS.fullmatch(link["label"])):
            continue
        yield f"<{inside}> is no link and no channel of ours"


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


def _mrkdwn(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn" and isinstance(value.get("text"), str):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _mrkdwn(one)
