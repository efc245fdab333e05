"""Files into Slack: shown once, where they may be seen, with what a picture shows said in words."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.sandbox.people import ACCOUNTS, MAYA
from bot.sandbox.world import Upload
from bot.slack.files import File, UploadFailed
from bot.slack.messenger import Messenger, nothing_internal
from tests.slack.conftest import Bot, running

CHART = File("nrr: a/b.png", b"\x89PNG\r\n", "NRR <!channel>", "NRR rose from 98 % to 104 %")
SHEET = File("figures.csv", b"a,b\n1,2\n", "Figures")


async def test_files_stand_in_one_message_under_their_comment(bot: Bot) -> None:
    parent = (await bot.slack.say("jonas", "#accounts", "numbers?")).ts
    ids = await bot.app.desk.messenger.upload(
        ACCOUNTS, [CHART, SHEET], "Here they are", thread_ts=parent, recheck=nothing_internal
    )
    message = bot.slack.messages("#accounts", "jonas")[-1]
    assert (message["text"], message["thread_ts"]) == ("Here they are", parent)
    assert tuple(one["id"] for one in message["files"]) == ids
    picture, sheet = message["files"]
    assert (picture["name"], picture["title"]) == ("nrr- a-b.png", "NRR ‹!channel›")
    assert picture["alt_txt"] == "NRR rose from 98 % to 104 %"
    assert "alt_txt" not in sheet
    async with aiohttp.ClientSession() as session, session.get(sheet["url_private_download"]) as answer:
        assert await answer.read() == SHEET.content


async def test_a_person_gets_a_file_in_their_direct_message(socket_bot: Bot) -> None:
    await socket_bot.app.desk.messenger.upload(MAYA.id, [SHEET])
    assert [one["files"][0]["name"] for one in socket_bot.slack.messages("dm", "maya")] == ["figures.csv"]
    assert socket_bot.slack.messages("dm", "jonas") == []


async def test_a_lost_answer_sends_nothing_twice(socket_bot: Bot) -> None:
    socket_bot.slack.fault("drop_after", "files.completeUploadExternal")
    with pytest.raises(aiohttp.ClientError):
        await socket_bot.app.desk.messenger.upload(ACCOUNTS, [SHEET], recheck=nothing_internal)
    assert len(socket_bot.slack.messages("#accounts", "maya")) == 1


async def test_what_opens_while_the_file_waits_gets_nothing() -> None:
    """Slack asks to wait before the file is shown; meanwhile the channel is shared with a customer."""
    pauses: list[float] = []

    async def opened(seconds: float) -> None:
        pauses.append(seconds)
        bot.slack.world.workspace.channel("#accounts").shared_with.append("T0HALDENFOODS")

    async def recheck() -> None:
        room = await bot.app.desk.rooms.look(ACCOUNTS)
        if room.why:
            raise UploadFailed(room.why)

    async with running("socket", sleep=opened, clock=lambda: sum(pauses)) as bot:
        bot.slack.fault("rate_limited", "files.completeUploadExternal")
        with pytest.raises(UploadFailed, match="shared with another company"):
            await bot.app.desk.messenger.upload(ACCOUNTS, [SHEET], recheck=recheck)
        assert bot.slack.messages("#accounts", "maya") == []
        assert pauses


async def test_nothing_is_sent_of_an_empty_file(socket_bot: Bot) -> None:
    with pytest.raises(UploadFailed, match=r"notes\.md is empty"):
        await socket_bot.app.desk.messenger.upload(
            ACCOUNTS, [SHEET, File("notes.md", b"", "Notes")], recheck=nothing_internal
        )
    assert socket_bot.slack.messages("#accounts", "maya") == []


class Forgetful(AsyncWebClient):
    """Of a workspace that forgets the addresses it grants."""

    uploads: dict[str, Upload]

    async def files_getUploadURLExternal(  # noqa: N802 - Slack's name
        self, *, filename: str, length: int, alt_txt: str | None = None, snippet_type: str | None = None, **more: Any
    ) -> AsyncSlackResponse:
        answer = await super().files_getUploadURLExternal(
            filename=filename, length=length, alt_txt=alt_txt, snippet_type=snippet_type, **more
        )
        self.uploads.clear()
        return answer


async def test_bytes_that_slack_does_not_take_are_told(socket_bot: Bot) -> None:
    real = socket_bot.app.desk.messenger.client
    client = Forgetful(real.token, real.base_url, session=real.session, retry_handlers=[])
    client.uploads = socket_bot.slack.world.uploads
    with pytest.raises(UploadFailed, match=r"did not take figures\.csv \(HTTP 404\)"):
        await Messenger(client).upload(ACCOUNTS, [SHEET], recheck=nothing_internal)
    assert socket_bot.slack.messages("#accounts", "maya") == []
