"""Files on their way into Slack: an address is asked for, the bytes go there, and only then they are shown.

As slack_sdk's `files_upload_v2` does it, but over our own session, and with the moment before anybody can see the file
in our hands.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.services.errors import StewardError
from bot.slack.calls import Sleep, patiently
from bot.slack.render.text import plain

ALT_MAX = 1000
_NOT_IN_NAMES = str.maketrans({"/": "-", "\\": "-", ":": "-"})


class UploadFailed(StewardError):  # noqa: N818 - named as its sentence reads
    """Slack did not take the bytes of a file. Nothing was shown to anybody."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to show. `title` stands above it; `alt` says what a picture shows, for who cannot see it."""

    name: str
    content: bytes
    title: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that Slack has and nobody sees yet."""

    id: str
    title: str


async def hand_over(client: AsyncWebClient, files: Sequence[File], sleep: Sleep = asyncio.sleep) -> tuple[Handed, ...]:
    """Give Slack the bytes. Raises `UploadFailed`, `SlackApiError`, or one of `calls.UNKNOWN_FATE`.

    Whatever goes wrong here, nothing was shown: Slack drops what is never completed, and it may all be tried again.
    """
    return tuple([await _one(client, file, sleep) for file in files])


async def _one(client: AsyncWebClient, file: File, sleep: Sleep) -> Handed:
    name = plain(file.name.translate(_NOT_IN_NAMES), 100)
    if not file.content:
        raise UploadFailed(f"{name} is empty, so there is nothing to send.")
    alt = plain(file.alt, ALT_MAX) if file.alt else None
    granted = await patiently(
        lambda: client.files_getUploadURLExternal(filename=name, length=len(file.content), alt_txt=alt), sleep
    )
    session = client.session
    if session is None:
        raise UploadFailed("I am shutting down. Try again in a minute.")
    async with session.post(str(granted["upload_url"]), data=file.content, proxy=client.proxy) as answer:
        if answer.status != 200:
            raise UploadFailed(f"Slack did not take {name} (HTTP {answer.status}). Try again in a minute.")
    return Handed(str(granted["file_id"]), plain(file.title, 200))
