"""What would stand in a channel, shown to who shares it: share it, or do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.slack.asks import Shareable
from bot.slack.render.parts import Element, Message, actions, button, context
from bot.slack.render.text import plain
from bot.slack.values import CANCEL, SHARE_NOW


def preview(message: Message, view: Shareable, notes: Iterable[str]) -> Message:
    """`message` between what it is and the two buttons; `notes` are ours."""
    says = ["Only you see this yet. This is what everyone in this channel would see:", *notes]
    cancel: Element = {
        "type": "button",
        "text": {"type": "plain_text", "text": plain("Cancel"), "emoji": False},
        "action_id": CANCEL,
    }
    buttons = actions([button("Share", SHARE_NOW, view, primary=True, stamp=message.stamp), cancel])
    return replace(message, blocks=(context(*says), *message.blocks, buttons))
