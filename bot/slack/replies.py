"""Getting an answer to the one who asked, by the first way that works."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack.asked import Asked, Place
from bot.slack.calls import UNKNOWN_FATE, code_of
from bot.slack.errors import UnreachableError
from bot.slack.messenger import Messenger, ResponseUrlError
from bot.slack.render.modal import modal
from bot.slack.render.parts import Message

log = logging.getLogger(__name__)
Way = tuple[str, Callable[[], Awaitable[object]]]


async def reply(messenger: Messenger, asked: Asked, message: Message, *, replace: bool = False) -> None:
    """Answer the asker and nobody else: response URL, then ephemeral, then direct message; a click in the Home tab or
    in a modal with a modal.

    A way whose fate is unknown counts as failed: only the asker sees the copy, and silence is worse. Raises
    `UnreachableError` when none works.
    """
    last: Exception | None = None
    for name, send in _ways(messenger, asked, message, replace=replace):
        try:
            await send()
        except (ResponseUrlError, SlackApiError, *UNKNOWN_FATE) as error:
            log.warning("reply to a %s through %s failed: %s", asked.surface, name, error)
            last = error
        else:
            return
    raise UnreachableError(asked.surface) from last


async def show_form(messenger: Messenger, asked: Asked, view: dict[str, Any]) -> None:
    """Open a form: above the modal that was clicked in, else by itself. Raises `SlackApiError` when the trigger
    expired."""
    if asked.place is None or asked.place.kind == "home":
        await messenger.open_view(asked.trigger_id, view)
        return
    try:
        await messenger.push_view(asked.trigger_id, view)
    except SlackApiError as error:
        if code_of(error) != "push_limit_reached":
            raise
        await messenger.update_view(asked.place.view_id, view)


def _ways(messenger: Messenger, asked: Asked, message: Message, *, replace: bool) -> Iterator[Way]:
    channel, thread = asked.channel, asked.thread_ts
    if asked.place is not None:
        yield from _as_modal(messenger, asked.place, modal(message), replace=replace)
    # In a direct message a new answer belongs into its thread, where it stays; response URLs would make it ephemeral.
    replace = replace and asked.replaceable
    if asked.response_url and (replace or not asked.private):
        url = asked.response_url
        yield "response_url", lambda: messenger.respond(url, message, replace=replace, thread_ts=thread)
    moved = message
    if channel and asked.private:
        yield "thread", lambda: messenger.post(channel, message, thread_ts=thread)
    elif channel:
        yield "ephemeral", lambda: messenger.whisper(channel, asked.user, message, thread_ts=thread)
        moved = message.noting(f"You asked in <#{channel}>, where I could not answer you alone.")
    yield "direct message", lambda: messenger.post(asked.user, moved)


def _as_modal(messenger: Messenger, place: Place, view: dict[str, Any], *, replace: bool) -> Iterator[Way]:
    if place.kind == "home":
        yield "modal", lambda: messenger.open_view(place.trigger_id, view)
        return
    if not replace:
        yield "modal above", lambda: messenger.push_view(place.trigger_id, view)
    # In place of what was clicked, also when three modals lie above each other already.
    yield "modal", lambda: messenger.update_view(place.view_id, view)
