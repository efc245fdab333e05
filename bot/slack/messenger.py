"""The one place that sends anything to Slack."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.services.shown import Where
from bot.slack.calls import PATIENCE, Clock, Sleep, code_of, is_ok, is_slacks, monotonic, patiently, retry_after
from bot.slack.files import File, hand_over
from bot.slack.limits import fit
from bot.slack.pacing import Pacer
from bot.slack.render.parts import Message
from bot.slack.render.text import plain
from bot.slack.witness import Spot, direct

_NO_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}


Recheck: TypeAlias = Callable[[], Awaitable[None]]
"""Runs right before something can be seen, after all waiting, and stops it by raising."""


class UncheckedError(Exception):
    """Our mistake: something would be shown in a channel without a look right before at who reads along there."""


async def nothing_internal() -> None:
    """The recheck of what says nothing that an outsider may not read."""


def require_check(channel: str, recheck: Recheck | None = None) -> None:
    """What one person alone sees needs none: a direct message with the bot, or a message to a person."""
    if recheck is None and not channel.startswith(("D", "U", "W")):
        raise UncheckedError(f"nothing looks right before who reads along in {channel!r}")


class ResponseUrlError(Exception):
    """Slack did not take a reply through a response URL: expired, used up, or refused. Send it another way."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands."""

    channel: str
    ts: str


class Messenger:
    """Posts paced, within Slack's limits, without previews; waits when Slack asks for it.

    The `witness` is asked before anything can be seen, and stops it by raising.

    Methods raise `SlackApiError` when Slack refused, and one of `calls.UNKNOWN_FATE` when the connection broke: then
    the message may or may not have arrived, and nothing here sends it again.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        *,
        clock: Clock = monotonic,
        sleep: Sleep = asyncio.sleep,
        pacer: Pacer | None = None,
    ) -> None:
        self.client = client
        self.witness: Callable[[Spot], Awaitable[None]] | None = None
        self.sleep = sleep
        self._pacer = pacer or Pacer(clock, sleep)

    @property
    def interval(self) -> float:
        """Seconds between two messages in a channel, on a long run."""
        return self._pacer.interval

    async def post(
        self,
        channel: str,
        message: Message,
        *,
        thread_ts: str | None = None,
        urgent: bool = True,
        recheck: Recheck | None = None,
    ) -> str:
        """Post to a channel, or to a person by user id; the message's timestamp. `recheck` runs right before each
        attempt, after all waiting, and stops the post by raising; a channel has to have one."""
        sent = await self.deliver(channel, message, thread_ts=thread_ts, urgent=urgent, recheck=recheck)
        return sent.ts

    async def deliver(
        self,
        channel: str,
        message: Message,
        *,
        thread_ts: str | None = None,
        urgent: bool = False,
        metadata: dict[str, Any] | None = None,
        recheck: Recheck | None = None,
        patience: float = PATIENCE,
    ) -> Posted:
        """The same, with metadata that finds the message again, and no longer than `patience` for a rate limit."""
        require_check(channel, recheck)
        fitted = fit(message)
        body: dict[str, Any] = {"channel": channel, "text": fitted.text, "blocks": fitted.blocks, **_NO_PREVIEWS}
        body |= {name: value for name, value in (("thread_ts", thread_ts), ("metadata", metadata)) if value is not None}
        response = await self._in_turn(
            channel,
            # The SDK's own method looks through every block for objects of its classes; we have none.
            lambda: self.client.api_call("chat.postMessage", json=body),
            urgent=urgent,
            recheck=recheck,
            patience=patience,
        )
        posted = Posted(str(response["channel"]), str(response["ts"]))
        direct(posted.channel, channel)
        return posted

    async def upload(
        self,
        channel: str,
        files: Sequence[File],
        comment: str = "",
        *,
        thread_ts: str | None = None,
        recheck: Recheck | None = None,
    ) -> tuple[str, ...]:
        """Show files in one message in a conversation, or to a person by user id; Slack's ids of the files.

        `comment` is mrkdwn that stands above them, its data made harmless by `render.text`. `recheck` runs right before
        anybody can see them and stops that by raising. Nothing is sent twice: also raises `UploadFailed`, and after
        that or a refusal nothing was shown.
        """
        require_check(channel, recheck)
        handed = await hand_over(self.client, files, self.sleep)
        where = await self._conversation(channel)
        await self._in_turn(
            where,
            lambda: self.client.files_completeUploadExternal(
                files=[{"id": one.id, "title": one.title} for one in handed],
                channel_id=where,
                initial_comment=comment or None,
                thread_ts=thread_ts,
            ),
            where="file",
            recheck=recheck,
        )
        return tuple(one.id for one in handed)

    async def _conversation(self, channel: str) -> str:
        """Files go to conversations only: for a person, their direct message with the bot."""
        if not channel.startswith(("U", "W")):
            return channel
        opened = await patiently(lambda: self.client.conversations_open(users=channel), self.sleep)
        found = str(opened["channel"]["id"])
        direct(found, channel)
        return found

    async def show(self, spot: Spot) -> None:
        """To be called before anything can be seen there, also by who sends it past this messenger."""
        if self.witness is not None:
            await self.witness(spot)

    async def _in_turn(
        self,
        channel: str,
        send: Callable[[], Awaitable[AsyncSlackResponse]],
        *,
        where: Where = "message",
        urgent: bool = True,
        recheck: Recheck | None = None,
        patience: float = PATIENCE,
    ) -> AsyncSlackResponse:
        """Wait for a turn, look again whether it may be sent, send; again only when Slack asked to wait."""
        waited = 0.0
        while True:
            await self._pacer.turn(channel, urgent=urgent)
            await self.show(Spot(where, channel))
            if recheck is not None:
                await recheck()
            try:
                return await send()
            except SlackApiError as error:
                pause = retry_after(error)
                if pause is not None:
                    self._pacer.hold(channel, pause)
                if pause is None or waited + pause > patience:
                    raise
                waited += pause

    async def revise(self, channel: str, ts: str, message: Message, *, recheck: Recheck | None = None) -> None:
        """Let a message of ours say something else, in place; in a channel with a `recheck`, as for a post."""
        require_check(channel, recheck)
        fitted = fit(message)
        await self.show(Spot("message", channel))

        async def update() -> None:
            if recheck is not None:
                await recheck()
            await self.client.chat_update(channel=channel, ts=ts, text=fitted.text, blocks=fitted.blocks)

        await patiently(update, self.sleep)

    async def remove(self, channel: str, ts: str) -> None:
        """Take a message of ours away; done as well when it is gone."""
        try:
            await patiently(lambda: self.client.chat_delete(channel=channel, ts=ts), self.sleep)
        except SlackApiError as error:
            if code_of(error) != "message_not_found":
                raise

    async def whisper(self, channel: str, user: str, message: Message, *, thread_ts: str | None = None) -> None:
        """A message in a channel that only this person sees."""
        fitted = fit(message)
        await self.show(Spot("message", channel, user))
        await patiently(
            lambda: self.client.chat_postEphemeral(
                channel=channel, user=user, text=fitted.text, blocks=fitted.blocks, thread_ts=thread_ts
            ),
            self.sleep,
        )

    async def respond(
        self, response_url: str, message: Message, *, replace: bool = False, thread_ts: str | None = None
    ) -> None:
        """Answer through a response URL, ephemeral, beside or in place of what was clicked.

        Raises `ResponseUrlError` on any answer but ok, and for an address that is not Slack's: nothing is sent there.
        """
        if not is_slacks(response_url, self.client.base_url):
            raise ResponseUrlError("the address is not Slack's")
        fitted = fit(message)
        body: dict[str, Any] = {
            "text": fitted.text,
            "blocks": list(fitted.blocks),
            "replace_original": replace,
            **_NO_PREVIEWS,
        }
        if not replace:
            body["response_type"] = "ephemeral"
            if thread_ts is not None:
                body["thread_ts"] = thread_ts
        # The SDK's webhook client and Bolt's `respond` look up proxies and sign for each call; Bolt's retries, too.
        session = self.client.session
        if session is None:
            raise ResponseUrlError("no session is open")
        await self.show(Spot("message", private=True))
        answering = session.post(response_url, json=body, proxy=self.client.proxy, allow_redirects=False)
        async with answering as answer:
            if answer.status != 200 or not is_ok(await answer.text()):
                raise ResponseUrlError(f"HTTP {answer.status}")

    async def open_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Show a modal; whatever modals the person has open are gone then. A trigger works once, for three seconds."""
        await self.show(Spot("view", private=True))
        await self.client.views_open(trigger_id=trigger_id, view=view)

    async def push_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Show a modal above the one that was clicked in; at most three lie above each other."""
        await self.show(Spot("view", private=True))
        await self.client.views_push(trigger_id=trigger_id, view=view)

    async def update_view(self, view_id: str, view: dict[str, Any]) -> None:
        await self.show(Spot("view", private=True))
        await patiently(lambda: self.client.views_update(view_id=view_id, view=view), self.sleep)

    async def permalink(self, channel: str, ts: str) -> str:
        """The address of a message. Raises `SlackApiError` where the bot cannot see it."""
        found = await patiently(lambda: self.client.chat_getPermalink(channel=channel, message_ts=ts), self.sleep)
        return str(found["permalink"])

    async def publish_home(self, user: str, view: dict[str, Any]) -> None:
        await self.show(Spot("home", user=user))
        await patiently(lambda: self.client.views_publish(user_id=user, view=view), self.sleep)

    async def set_bookmark(
        self, channel: str, title: str, url: str, bookmark_id: str | None = None, *, recheck: Recheck
    ) -> str:
        """Show a link above a channel, in place of the bookmark of that id where it still is; the bookmark's id.
        `recheck` as for a post."""
        await recheck()
        named = plain(title, 100)
        await self.show(Spot("bookmark", channel))
        if bookmark_id is not None:
            try:
                await patiently(
                    lambda: self.client.bookmarks_edit(
                        bookmark_id=bookmark_id, channel_id=channel, title=named, link=url
                    ),
                    self.sleep,
                )
            except SlackApiError as error:
                if code_of(error) != "not_found":
                    raise
            else:
                return bookmark_id
        made = await patiently(
            lambda: self.client.bookmarks_add(channel_id=channel, title=named, type="link", link=url), self.sleep
        )
        return str(made["bookmark"]["id"])

    async def remove_bookmark(self, channel: str, bookmark_id: str) -> None:
        """Done as well when somebody removed it before."""
        try:
            await patiently(
                lambda: self.client.bookmarks_remove(bookmark_id=bookmark_id, channel_id=channel), self.sleep
            )
        except SlackApiError as error:
            if code_of(error) != "not_found":
                raise

    async def make_canvas(self, title: str, markdown: str, user: str) -> str:
        """A canvas that this person may change and nobody else sees; its id. Raises `SlackApiError` where the
        workspace's plan has none."""
        await self.show(Spot("canvas", user=user))
        made = await patiently(
            lambda: self.client.canvases_create(
                title=plain(title, 100), document_content={"type": "markdown", "markdown": markdown}
            ),
            self.sleep,
        )
        canvas_id = str(made["canvas_id"])
        await patiently(
            lambda: self.client.canvases_access_set(canvas_id=canvas_id, access_level="write", user_ids=[user]),
            self.sleep,
        )
        return canvas_id

    async def suggest_prompts(self, channel: str, prompts: Iterable[tuple[str, str]]) -> None:
        """Offer things to ask in the direct message with the bot; nowhere else."""
        require_check(channel)
        await patiently(
            lambda: self.client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, prompts=[{"title": title, "message": message} for title, message in prompts]
            ),
            self.sleep,
        )

    async def set_session(self, channel: str, thread_ts: str, status: str, **about: str) -> None:
        """Say how far the work in a thread of a direct message is. `about` gives the session its title and initiator,
        when it is new."""
        require_check(channel)
        say = self.client.agents_sessions_setStatus
        await patiently(lambda: say(channel_id=channel, thread_ts=thread_ts, status=status, **about), self.sleep)
