"""The Bolt app: parts put together, listeners registered. Nothing happens on import."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.errors import StewardError
from bot.services.watching import watched
from bot.settings import Settings
from bot.slack import (
    ask_values,
    erase_values,
    figure_values,
    health_values,
    log_values,
    own_values,
    plan_values,
    qbr_values,
    values,
)
from bot.slack.asked import of_body
from bot.slack.background import Background
from bot.slack.calls import Clock, Sleep, make_client, monotonic
from bot.slack.commands import SLASHES
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.home_state import HOME
from bot.slack.identity import Me, People, Workspace
from bot.slack.listeners import (
    actions,
    answers,
    channels,
    commands,
    erasing,
    figures,
    health,
    home,
    lifecycle,
    links,
    log,
    mentions,
    messages,
    options,
    own,
    plan,
    qbr,
    reminders,
    share,
)
from bot.slack.listeners import settings as own_settings
from bot.slack.listeners.clicks import Listener
from bot.slack.listeners.forms import Submission, Submitted, first_input
from bot.slack.logs import bolt_logger
from bot.slack.messenger import Messenger
from bot.slack.ports import Runner, UseCases
from bot.slack.render.errors import sorry
from bot.slack.render.parts import Element
from bot.slack.render.settings import SETTINGS
from bot.slack.render.settings_form import COUNTRIES, FORM, ZONES
from bot.slack.replies import reply
from bot.slack.runner import PoolRunner
from bot.slack.seen_homes import SeenHomes
from bot.slack.sessions import Sessions
from bot.slack.sharing import Rooms
from bot.slack.streams import Streams
from bot.slack.witness import Witness, noted, watching

Offering: TypeAlias = Callable[[Desk, dict[str, Any]], Awaitable[list[Element]]]
DRAIN_SECONDS = 5.0
_AT_MODELS, _FOR_MODELS = 8, 50
"""How many may wait for a model at once, and how many more in line."""
AFTER_ACK = 0.002
"""Seconds for an ack to leave the loop: a use case that runs inline at once would hold it up by its own length."""


class SlackApp(AsyncApp):
    """Bolt's app with the desk its listeners work at. Built by `build_app`; close it when done."""

    desk: Desk
    background: Background
    before_close: list[Callable[[], Awaitable[None]]]
    """What else works with the app's session, and has to end first."""
    on_removed: Callable[[], None]
    """Called when Slack told that the app was uninstalled or its token revoked, and refuses the token. Must not wait:
    whoever closes the app does so elsewhere."""

    async def check(self) -> Me:
        """Who the bot is, asked ahead so that no request waits for it. Raises what `auth.test` raises."""
        return await self.desk.workspace.me()

    async def close(self) -> None:
        """Let answers under way finish, then close the HTTP session."""
        for end in self.before_close:
            await end()
        await self.background.drain(DRAIN_SECONDS)
        session = self.desk.messenger.client.session
        if session is not None and not session.closed:
            await session.close()


def build_app(
    settings: Settings,
    use_cases: UseCases,
    runner: Runner,
    *,
    messenger: Messenger | None = None,
    clock: Clock = monotonic,
    sleep: Sleep = asyncio.sleep,
) -> SlackApp:
    """The app, ready for `serve_socket`, `serve_http` or any Bolt adapter. Needs a running event loop.

    `runner` runs the quick use cases of this edge; give slow work a `PoolRunner` of its own. Pass a `messenger` when
    something else (reminders) posts too, so that both keep to one pace. `clock` counts seconds monotonically.
    """
    messenger = messenger or Messenger(make_client(settings), clock=clock, sleep=sleep)
    messenger.witness = Witness(use_cases)
    use_cases = watched(use_cases, noted)
    client = messenger.client
    workspace = Workspace(client, sleep)
    people = People(workspace, client, use_cases, runner, clock=clock, sleep=sleep)
    rooms = Rooms(workspace, client, people, sleep, clock)
    app = _bare_app(settings, client, workspace)
    private = settings.replies == "private"
    sessions = Sessions(messenger, clock, sleep)
    app.desk = Desk(
        use_cases, runner, messenger, workspace, people, rooms, SeenHomes(clock), sessions, Streams(messenger, clock),
        PoolRunner(_AT_MODELS, max_waiting=_FOR_MODELS, name="steward-models"), private, settings.own_domains,
    )  # fmt: skip
    app.background, app.before_close, app.on_removed = Background(), [], lambda: None
    _register(app)
    leaving = lifecycle.leaving(lambda: app.on_removed())
    for event in lifecycle.EVENTS:
        app.event(event)(_ack_then(app, leaving))
    return app


def _bare_app(settings: Settings, client: AsyncWebClient, workspace: Workspace) -> SlackApp:
    """With `process_before_response` the ack leaves as soon as the ack function returns; otherwise Bolt polls for it
    every 10 ms."""
    secret = settings.signing_secret
    # Bolt makes a client per request from this one; nobody uses it but Socket Mode, to ask for its address.
    spare = AsyncWebClient(None, client.base_url, client.timeout, retry_handlers=[])
    return SlackApp(
        name="steward",
        logger=bolt_logger(settings.log_level),
        signing_secret=secret.get_secret_value() if secret else "",
        client=spare,
        authorize=workspace,
        process_before_response=True,
    )


def _register(app: SlackApp) -> None:
    for slash in SLASHES:
        app.command(slash)(_ack_then(app, commands.on_command))
    for event, listener in _EVENTS.items():
        app.event(event)(_ack_then(app, listener))
    for action, listener in _ACTIONS.items():
        app.action(re.compile(rf"{re.escape(action)}(:.*)?$"))(_ack_then(app, listener))
    app.action(values.RECORD)(_ack)
    app.action(re.compile(""))(_ack_then(app, actions.on_unknown))
    for menu, offering in _OPTIONS.items():
        app.options(menu)(_offering(app.desk, offering))
    for callback_id, shortcut in _SHORTCUTS.items():
        app.shortcut(callback_id)(_ack_then(app, shortcut))
    for callback_id, submission in _FORMS.items():
        app.view(callback_id)(_submitting(app, submission))
    app.error(_reporting(app.desk))


_EVENTS: dict[str, Listener] = {
    "app_mention": mentions.on_mention,
    "message": messages.on_message,
    "app_home_opened": home.on_home_opened,
    "app_context_changed": messages.on_context,
    "agent_session_stopped": messages.on_stop,
    "channel_shared": channels.on_channel_shared,
    "user_change": channels.on_user_change,
    "link_shared": links.on_link_shared,
    "member_joined_channel": channels.on_member_joined,
}
_ACTIONS: dict[str, Listener] = {
    values.TURN: actions.on_turn,
    values.OPEN: actions.on_open,
    values.SHARE: share.on_share,
    values.SHARE_NOW: share.on_share_now,
    values.CANCEL: share.on_cancel,
    values.SORT: actions.on_sort,
    values.SECTION: actions.on_section,
    values.PICK: actions.on_pick,
    values.BIND: actions.on_bind,
    values.REMOVE: share.on_remove,
    ask_values.ROWS: answers.on_rows,
    ask_values.MEANT: answers.on_meant,
    ask_values.VERDICT: answers.on_verdict,
    ask_values.MISREAD: answers.on_misread,
    ask_values.CONDENSE: answers.on_condense,
    ask_values.CHARTED: answers.on_chart,
    figure_values.CHART: figures.on_file,
    figure_values.EXPORT: figures.on_file,
    figure_values.POST: figures.on_post,
    log_values.LOG: log.on_pressed,
    own_values.OWN: own.on_pressed,
    own_values.PROMISE: own.on_pressed,
    plan_values.PLAN: plan.on_pressed,
    plan_values.PLAN_DRAW: plan.on_draw,
    health_values.JUDGE: health.on_pressed,
    erase_values.ERASE: erasing.on_erase,
    qbr_values.QBR_SECTION: qbr.on_section,
    qbr_values.QBR: qbr.on_pressed,
    HOME: home.on_home_action,
    SETTINGS: own_settings.on_settings,
    **reminders.LISTENERS,
}
_ACTIONS[values.MENU] = actions.from_menu(_ACTIONS)
_SHORTCUTS: dict[str, Listener] = {
    log_values.LOG_MESSAGE: log.on_message_shortcut,
    log_values.LOG_NEW: log.on_new_shortcut,
    own_values.TRACK_MESSAGE: own.on_message_shortcut,
}
_FORMS: dict[str, Submission] = {
    log_values.LOG_FORM: log.on_submitted,
    own_values.REMIND_FORM: own.on_wish_form,
    own_values.PROMISE_FORM: own.on_pledge_form,
    plan_values.PLAN_FORM: plan.on_form,
    health_values.SCORE_FORM: health.on_score,
    health_values.RISK_FORM: health.on_risk,
    qbr_values.EDIT_FORM: qbr.on_edited,
    qbr_values.APPROVE_FORM: qbr.on_approved,
    qbr_values.SHARE_FORM: qbr.on_shared,
    FORM: own_settings.on_submitted,
    **reminders.FORMS,
}
_OPTIONS: dict[str, Offering] = {
    values.PICK: options.offer_accounts,
    log_values.LOG_ACCOUNT: options.offer_accounts,
    own_values.PROMISE_ACCOUNT: options.offer_accounts,
    ZONES: own_settings.offer_zones,
    COUNTRIES: own_settings.offer_countries,
}


async def _ack(ack: AsyncAck) -> None:
    await ack()


def _ack_then(app: SlackApp, listener: Listener) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """Ack, and let the listener work in the background; whoever asked hears of any failure."""

    async def work(body: dict[str, Any]) -> None:
        await asyncio.sleep(AFTER_ACK)
        async with _told(app.desk, body):
            await listener(app.desk, body)

    async def ack_first(ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        app.background.start(work(body))

    return ack_first


def _submitting(app: SlackApp, submission: Submission) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    """The answer is the ack; what is to be done after it is done in the background."""

    async def work(body: dict[str, Any], then: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(AFTER_ACK)
        async with _told(app.desk, body):
            await then()

    async def submit(ack: AsyncAck, body: dict[str, Any]) -> None:
        with watching(_place_of(body)):  # and so does the task that is started here
            done = await _answered(app.desk, body, submission)
            await ack(**done.answer)
            if done.then is not None:
                app.background.start(work(body, done.then))

    return submit


async def _answered(desk: Desk, body: dict[str, Any], submission: Submission) -> Submitted:
    """What a submission comes to. A form that cannot be read, as one of an earlier version, stays open and says so."""
    try:
        return await submission(desk, body)
    except StewardError as error:
        field_name = first_input(body)
        if field_name is None:
            raise
        return Submitted.wrong({field_name: error.sentence})


@asynccontextmanager
async def _told(desk: Desk, body: dict[str, Any]) -> AsyncIterator[None]:
    """Whatever fails inside is told to who asked; what is shown is watched."""
    asked = of_body(body)

    async def tell(sentence: str) -> None:
        if asked is not None:
            await reply(desk.messenger, asked, sorry(sentence))

    with watching(asked.channel if asked is not None else None):
        async with caught(f"answering a {asked.surface if asked else 'request'}", tell):
            yield


def _place_of(body: dict[str, Any]) -> str | None:
    asked = of_body(body)
    return asked.channel if asked is not None else None


def _offering(desk: Desk, offering: Offering) -> Callable[[AsyncAck, dict[str, Any]], Awaitable[None]]:
    async def offer(ack: AsyncAck, body: dict[str, Any]) -> None:
        with watching(_place_of(body)):
            await ack(options=await offering(desk, body))

    return offer


def _reporting(desk: Desk) -> Callable[[Exception, dict[str, Any]], Awaitable[BoltResponse]]:
    """What fails before a listener runs: told like any other failure, and acked, for a repetition would fail as well
    and Slack's own note would tell them a second time."""

    async def report(error: Exception, body: dict[str, Any]) -> BoltResponse:
        async with _told(desk, body):
            raise error
        return BoltResponse(status=200)

    return report
