"""Small cards under links that people write: shown to everybody who reads the channel."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack.calls import patiently
from bot.slack.limits import fit
from bot.slack.messenger import Messenger, Recheck
from bot.slack.render.parts import Message
from bot.slack.witness import Spot


async def show_under_links(
    messenger: Messenger, channel: str, ts: str, cards: Mapping[str, Message], *, recheck: Recheck
) -> None:
    """By the links in the message, as they were written. `recheck` runs right before each attempt and stops it by
    raising. Raises `SlackApiError`."""
    body = {
        "channel": channel,
        "ts": ts,
        "unfurls": {url: {"blocks": list(fit(card).blocks)} for url, card in cards.items()},
    }

    async def show() -> None:
        await recheck()
        await messenger.show(Spot("message", channel))
        await messenger.client.api_call("chat.unfurl", json=body)

    await patiently(show, messenger.sleep)
