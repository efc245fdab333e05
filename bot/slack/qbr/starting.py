"""From `/qbr acme` to a draft: a thread is begun at once and shows each step; the draft takes its place."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from slack_sdk.errors import SlackApiError

from bot.domain.ids import parse_id
from bot.services.errors import BadInput, StewardError
from bot.services.qbr.asked import Named
from bot.services.qbr.drafting import Wanted
from bot.services.results import Match
from bot.services.results.qbr import Qbr, Reader
from bot.slack.asked import Asked
from bot.slack.asks import Review
from bot.slack.calls import UNKNOWN_FATE
from bot.slack.desk import Desk
from bot.slack.growing import UNFINISHED
from bot.slack.mentioned import with_names
from bot.slack.messenger import Posted
from bot.slack.qbr.thread import hand_files, show_draft
from bot.slack.qbr_values import QBR, Start, encode
from bot.slack.render import picker
from bot.slack.render.errors import sorry
from bot.slack.render.parts import Element, Message, actions, section, simple
from bot.slack.render.qbr.draft import under_way
from bot.slack.render.text import md, plain
from bot.slack.replies import reply
from bot.slack.setting import Setting

_WHICH = "Which account? For example `/qbr acme` or `/qbr acme Q3 2026 for exec`."


async def begin(desk: Desk, setting: Setting, asked: Asked, ask: Review) -> None:
    """Draft the review that was typed, or ask which account is meant: never a guess."""
    text = await with_names(desk, ask.text)
    named = await desk.run(lambda use_cases: use_cases.reviews.asked(text))
    if named.account is None:
        await _here(desk, setting, asked, named)
        return
    name = named.account
    match = await desk.run(lambda use_cases: use_cases.find_account(setting.audience, name))
    account_id = parse_id(match.account_id or "") if match.outcome == "one" else None
    if account_id is None:
        await reply(desk.messenger, asked, _which(match, named))
        return
    await draft(desk, setting, asked, Start(account_id, named.period, named.readers))


async def _here(desk: Desk, setting: Setting, asked: Asked, named: Named) -> None:
    """Of the account that the channel is about."""
    channel = setting.channel
    found = None
    if channel is not None:
        found = await desk.run(lambda use_cases: use_cases.account_of_channel(setting.audience, channel))
    account_id = parse_id(found.account_id) if found is not None and not found.gone else None
    if account_id is None:
        raise BadInput(_WHICH)
    await draft(desk, setting, asked, Start(account_id, named.period, named.readers))


def _which(match: Match, named: Named) -> Message:
    """A button for each candidate."""
    if not match.candidates:
        return picker.nothing(match.query)
    buttons: list[Element] = [
        {
            "type": "button",
            "text": {"type": "plain_text", "text": plain(one.name), "emoji": False},
            "action_id": f"{QBR}:start{place}",
            "value": encode(Start(account_id, named.period, named.readers)),
        }
        for place, one in enumerate(match.candidates[: picker.MOST])
        if (account_id := parse_id(one.id)) is not None
    ]
    text = f"Whose review? “{md(match.query, 80)}” is not quite the name of an account."
    return Message(text, (section(text), actions(buttons)))


async def draft(desk: Desk, setting: Setting, asked: Asked, start: Start) -> None:
    """Begin the thread, draft beside the loop while it shows each step, show the draft. What goes wrong is said in the
    thread, where the asker looks."""
    name = await desk.run(lambda use_cases: use_cases.account_name(setting.audience, start.account_id))
    words = start.period or "last quarter"
    steps = Steps(desk, name, words)
    head = await steps.begin(asked.user)
    if not asked.private:
        note = f"I am drafting the review of {md(name, 120)} in our direct messages."
        await reply(desk.messenger, asked, simple(note))
    wanted = Wanted(start.account_id, start.period, start.readers)
    try:
        qbr = await desk.slowly(lambda use_cases: use_cases.reviews.draft(setting.audience, wanted, steps.tell))
    except StewardError as error:
        await steps.end()
        await desk.messenger.revise(head.channel, head.ts, sorry(error.sentence))
        return
    except asyncio.CancelledError:  # somebody pressed Stop
        await steps.end()
        await desk.messenger.revise(head.channel, head.ts, simple(UNFINISHED))
        raise
    await steps.end()
    await show_draft(desk, setting, qbr, head)
    await _first_files(desk, setting, qbr, head)


async def _first_files(desk: Desk, setting: Setting, qbr: Qbr, head: Posted) -> None:
    """The team's files, and the customer's copy where that was asked for. A copy that is not clean is not handed out:
    the thread says what was found."""
    wanted: list[Reader] = ["internal"]
    if qbr.body.wanted_for != "internal":
        wanted.append(qbr.body.wanted_for)
    for readers in wanted:
        try:
            await hand_files(desk, setting, qbr, readers, head)
        except StewardError as error:
            await desk.messenger.post(head.channel, sorry(error.sentence), thread_ts=head.ts)


class Steps:
    """The head of a thread while a draft is made. `tell` may be called from any thread."""

    def __init__(self, desk: Desk, account: str, period: str) -> None:
        self._desk, self._account, self._period = desk, account, period
        self._loop = asyncio.get_running_loop()
        self._head: Posted | None = None
        self._wanted = "gathering"
        self._shown = "gathering"
        self._work: asyncio.Task[None] | None = None

    async def begin(self, user: str) -> Posted:
        first = under_way(self._account, self._period, self._shown)
        self._head = await self._desk.messenger.deliver(user, first, urgent=True)
        return self._head

    def tell(self, step: str) -> None:
        self._loop.call_soon_threadsafe(self._note, step)

    def _note(self, step: str) -> None:
        self._wanted = step
        if self._work is None or self._work.done():
            self._work = self._loop.create_task(self._show())

    async def _show(self) -> None:
        """The newest step; what came and went while one was sent is skipped."""
        while self._head is not None and self._shown != self._wanted:
            step = self._wanted
            with suppress(SlackApiError, *UNKNOWN_FATE):  # the draft matters, its progress does not
                await self._desk.messenger.revise(
                    self._head.channel, self._head.ts, under_way(self._account, self._period, step)
                )
            self._shown = step

    async def end(self) -> None:
        """Nothing of this is on its way any more: what stands there next is not overwritten."""
        await asyncio.sleep(0)
        if self._work is not None:
            await self._work
        self._head = None
