"""An answer as a modal: what a click shows where there is no conversation to answer in."""

from __future__ import annotations

from typing import Any

from bot.slack.limits import TITLE, VIEW_BLOCKS, fit
from bot.slack.render.parts import Message
from bot.slack.render.text import plain


def modal(message: Message) -> dict[str, Any]:
    fitted = fit(message, VIEW_BLOCKS)
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": plain(message.title, TITLE), "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "blocks": list(fitted.blocks),
    }
