"""Buttons and menus. What they carry is read in `values.py`; who clicked is authorised like who typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.asked import of_action
from bot.slack.desk import Desk
from bot.slack.listeners.asking import handle
from bot.slack.listeners.clicks import Listener, action_of, chosen
from bot.slack.values import (
    RECORD,
    decode,
    decode_bind,
    decode_menu,
    decode_pick,
    decode_section,
    decode_sort,
    stamp_of,
)


async def on_turn(desk: Desk, body: dict[str, Any]) -> None:
    """Show a view in place of the one that was clicked."""
    value = action_of(body).get("value")
    await handle(desk, of_action(body), lambda: decode(value), replace=True, clicked=stamp_of(value))


async def on_open(desk: Desk, body: dict[str, Any]) -> None:
    """Show a view beside the one that was clicked."""
    await handle(desk, of_action(body), lambda: decode(action_of(body).get("value")))


async def on_sort(desk: Desk, body: dict[str, Any]) -> None:
    action = action_of(body)
    await handle(desk, of_action(body), lambda: decode_sort(action.get("block_id"), chosen(action)), replace=True)


async def on_section(desk: Desk, body: dict[str, Any]) -> None:
    action = action_of(body)
    await handle(desk, of_action(body), lambda: decode_section(action.get("block_id"), chosen(action)), replace=True)


async def on_pick(desk: Desk, body: dict[str, Any]) -> None:
    action = action_of(body)
    await handle(desk, of_action(body), lambda: decode_pick(action.get("block_id"), chosen(action)), replace=True)


def from_menu(listeners: Mapping[str, Listener]) -> Listener:
    """The listener of a menu: what its lines would do as buttons, they do. A line that opens a link does no more."""

    async def on_menu(desk: Desk, body: dict[str, Any]) -> None:
        action_id, value = decode_menu(chosen(action_of(body)))
        if action_id != RECORD:
            clicked = {**action_of(body), "action_id": action_id, "value": value}
            await listeners.get(action_id, on_unknown)(desk, {**body, "actions": [clicked]})

    return on_menu


async def on_bind(desk: Desk, body: dict[str, Any]) -> None:
    await handle(desk, of_action(body), lambda: decode_bind(action_of(body).get("value")), replace=True)


async def on_unknown(desk: Desk, body: dict[str, Any]) -> None:
    """A button that no listener knows: from an earlier version, or somebody else's."""
    await handle(desk, of_action(body), lambda: decode(None))
