"""The app's Home tab and Messages tab: opening them, and what is clicked in the Home tab."""

from __future__ import annotations

from typing import Any

from bot.slack.asked import of_action, of_home
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.home_state import HomeState, changed, decode_home
from bot.slack.homes import show_home
from bot.slack.listeners.clicks import action_of
from bot.slack.listeners.messages import on_messages_tab
from bot.slack.render.home import refusal


async def on_home_opened(desk: Desk, body: dict[str, Any]) -> None:
    """Publishing twice does no harm, so a repeated delivery is simply done again. Slack sends the tab as it was, with
    the state that it showed."""
    event = body.get("event") or {}
    if event.get("tab") == "messages":
        await on_messages_tab(desk, event)
        return
    user = of_home(event).user
    await _show(desk, user, decode_home((event.get("view") or {}).get("private_metadata")))


async def on_home_action(desk: Desk, body: dict[str, Any]) -> None:
    """A filter, a page, the search or Refresh."""
    action = action_of(body)
    state = decode_home((body.get("view") or {}).get("private_metadata"))
    _, _, what = str(action.get("action_id", "")).partition(":")
    await _show(desk, of_action(body).user, changed(state, what.partition(":")[0], action))


async def _show(desk: Desk, user: str, state: HomeState) -> None:
    async def tell(sentence: str) -> None:
        await desk.messenger.publish_home(user, refusal(sentence))

    async with caught("showing the Home tab", tell):
        await show_home(desk, user, state)
