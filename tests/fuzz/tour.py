"""One of every payload that the bot takes, as the workspace really sends them: somebody types every command, presses
and chooses whatever then stands there, fills in every form, and lets the clock go on."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from bot.domain.reminders.wanted import Rule
from bot.sandbox.api.surfaces import STATE_KEY
from bot.sandbox.elements_at import spots
from bot.sandbox.errors import UserError
from bot.sandbox.people_acts import Touched
from bot.slack.ask_values import CHARTED, CONDENSE, MISREAD, ROWS
from bot.slack.commands import COMMANDS, SLASHES, slash_example, spoken_example
from bot.slack.deeds import Deed, deed_id
from bot.slack.erase_values import ERASE, Erase
from bot.slack.erase_values import encode as encode_erase
from bot.slack.values import REMOVE
from bot.storage import reminders
from tests.services.clerk import SELF
from tests.services.qbr.book import BOOK
from tests.slack.conftest import Json
from tests.slack.reminders.office import Office

ME = "maya"
CHANNEL = "#accounts"
NAME = "nordwind logistics"
_TYPED = (
    "/account zzz",
    "/account nordwind",
    "/account find nordwind",
    "/account kpi nrr",
    "/account kpi",
    "/account people nordwind logistics",
    "/account log nordwind logistics",
    "/account log zzz: talked",
    "/account remind",
    "/account promise nordwind logistics",
    "/account ask how is nordwind doing?",
    "/account ask which of my accounts renew in the next 90 days?",
    "/account bind nordwind logistics",
    "/account bind quiet gmbh",
    "/account ask how is nordwnd logistcs doing?",
    "/account ask what happened at nordwind logistics in the last 12 months?",
    "/account",
    "/book team",
)
_WORD = re.compile(r"[a-z_.]{1,30}")
_EVENTS: tuple[Json, ...] = (
    {"type": "channel_shared", "connected_team_id": "T0KAPPA", "channel": "C0ACCOUNTS"},
    {"type": "member_joined_channel", "user": "U0JONAS", "channel": "C0ACCOUNTS", "channel_type": "C", "team": "T0N"},
    {
        "type": "app_context_changed",
        "user": "U0MAYA",
        "channel": "D0MAYA",
        "context": {
            "entities": [{"type": "slack#/types/channel_id", "value": "C0ACCOUNTS", "team_id": "T0NORTHLIGHT"}]
        },
    },
    {
        "type": "link_shared",
        "user": "U0MAYA",
        "channel": "C0ACCOUNTS",
        "message_ts": "1.2",
        "source": "conversations_history",
        "links": [{"domain": "crm.example", "url": "https://crm.example/accounts/1"}],
    },
    {"type": "agent_session_stopped", "user": "U0MAYA", "channel": "D0MAYA", "thread_ts": "1.2"},
    {"type": "user_change", "user": {"id": "U0JONAS", "team_id": "T0NORTHLIGHT", "is_restricted": True}},
    {"type": "tokens_revoked", "tokens": {"oauth": ["U0MAYA"], "bot": ["U0STEWARD"]}},
    {"type": "app_uninstalled"},
)


def name_of(delivery: Json) -> str:
    """What a payload is for: the command, the event, or the kind of interaction with what was touched."""
    payload = delivery["payload"]
    match delivery["kind"], payload.get("type"):
        case "slash_commands", _:
            return f"command {payload['command']}"
        case "events_api", _:
            return f"event {payload['event']['type']}"
        case _, "block_actions":
            return f"action {payload['actions'][0]['action_id'].partition(':')[0]}"
        case _, "view_submission" | "view_closed" as kind:
            return f"{kind} {payload['view']['callback_id']}"
        case _, "block_suggestion":
            return f"options {payload['action_id']}"
        case _, kind:
            return f"{kind} {payload['callback_id']}"


class Tour:
    def __init__(self, office: Office) -> None:
        self._office = office
        self._slack = office.slack
        self._touched: Counter[tuple[str, str]] = Counter()

    async def walk(self) -> list[Json]:
        """Every delivery on the way."""
        await self._reminders()
        await self._speak()
        await self._shortcuts()
        for _ in range(4):
            await self._everything_in_sight()
        for event in _EVENTS:
            await self._slack.emit(dict(event))
        await self._settled()
        found = list(self._slack.world.journal.deliveries)
        return [*found, *_rare(found, Erase(self._office.post.account_id, self._office.clerk.rows("person")[0].id))]

    async def _settled(self) -> None:
        await self._slack.quiet(idle=0)
        while self._office.app.background.busy:
            await self._office.app.background.drain(30)
            await self._slack.quiet(idle=0)

    async def _reminders(self) -> None:
        """Messages that came unasked, each kind with its own buttons; then the larger book."""
        post, now = self._office.post, self._office.now
        kinds: tuple[tuple[Rule, int, date, int], ...] = (
            ("renewal", post.contract_id(), date(2026, 4, 3), 30),
            ("check-in", post.account_id, date(2026, 1, 20), 0),
            ("promise", post.promise_id(), date(2026, 3, 9), 3),
        )
        for rule, anchor_id, on, milestone in kinds:
            wanted = post.wanted(rule, anchor_id, on, milestone, due_at=now)
            with post.database.writing(SELF, now) as writer:
                reminders.insert(writer, [wanted])
            await self._office.deliver()
        self._office.clerk.bring(BOOK)
        for tab in ("messages", "home"):
            await self._slack.open_home(ME, "home" if tab == "home" else "messages")
        await self._settled()

    async def _speak(self) -> None:
        examples = [slash_example(command) for command in COMMANDS]
        spoken = [spoken_example(command, f"<@{self._slack.world.bot.id}>") for command in COMMANDS]
        for line in (*examples, *SLASHES, *_TYPED, *spoken[:4]):
            await self._say(CHANNEL, line.replace("acme", f'"{NAME}"' if '"' in line else NAME))
        for line in ("help", NAME, "who needs a call?", f"log {NAME} met Ana, she will send the plan by friday"):
            await self._say("dm", line)

    async def _say(self, channel: str, line: str) -> None:
        await self._slack.say(ME, channel, line)
        await self._settled()
        await self._fill_in()

    async def _shortcuts(self) -> None:
        said = await self._slack.say("jonas", CHANNEL, "We will send the plan on Friday")
        for shortcut in self._slack.world.manifest.features.shortcuts:
            about = {} if shortcut.type == "global" else {"channel": CHANNEL, "ts": said.ts}
            await self._slack.shortcut(ME, shortcut.callback_id, **about)
            await self._settled()
            await self._fill_in()

    async def _everything_in_sight(self) -> None:
        for found in list(self._in_sight()):
            if await self._touch(found):
                await self._fill_in()

    def _in_sight(self) -> Iterator[Touched]:
        world, me = self._slack.world, self._slack.world.workspace.person(ME)
        home = world.views.homes.get(me.id)
        if home is not None:
            yield from (Touched(spot, view=home) for spot in spots(home.body["blocks"], me.id))
        for channel in list(world.workspace.channels):
            for message in reversed(world.messages.visible(channel.id, me.id)):
                for spot in spots(message.blocks, me.id):
                    yield Touched(spot, channel=channel, message=message)

    async def _touch(self, found: Touched) -> bool:
        """Each kind of element a few times, a menu line by line; whether anything was done."""
        done = False
        for choice in await self._choices(found):
            key = (found.spot.action_id, _kind_of(choice or found.spot.element.get("value")))
            if self._touched[key]:
                continue
            self._touched[key] += 1
            people = self._slack.people
            try:
                turn = people.click(ME, found) if choice is None else people.pick(ME, found, choice)
            except UserError:
                continue
            await turn.acked()
            await self._settled()
            await self._fill_in()
            done = True
        return done

    async def _choices(self, found: Touched) -> list[Any]:
        """None is a click."""
        element = found.spot.element
        if element["type"] == "external_select":
            offered = await self._slack.people.suggest(ME, found, "nord")
            return [one["value"] for one in offered[:1]]
        if element["type"] == "feedback_buttons":
            return ["positive", "negative"]
        if element["type"] not in ("button", "workflow_button", "icon_button"):
            options = element.get("options") or []
            return [one["value"] for one in options] or [_any(element)]
        return [None]

    async def _fill_in(self) -> None:
        """Whatever form is open now: touch what tells the app, submit it, and close what stays."""
        views, me = self._slack.world.views, self._slack.world.workspace.person(ME).id
        for _ in range(3):
            view = views.top(me)
            if view is None:
                return
            for spot in list(spots(view.body["blocks"], me)):
                if spot.element["type"] == "external_select" or (not spot.is_input or spot.dispatches):
                    await self._touch_in_form(Touched(spot, view=view))
            top = views.top(me)
            if top is not None and top.body.get("submit") is not None:
                await self._submit(top.body["blocks"], me)
            if views.top(me) is not None:
                await (await self._slack.close_modal(ME, everything=True)).acked()
        await self._settled()

    async def _touch_in_form(self, found: Touched) -> None:
        key = (found.spot.action_id, "form")
        if self._touched[key] and found.spot.element["type"] != "external_select":
            return
        self._touched[key] += 1
        for choice in (await self._choices(found))[:1]:
            people = self._slack.people
            turn = people.click(ME, found) if choice is None else people.pick(ME, found, choice)
            await turn.acked()
            await self._settled()

    async def _submit(self, blocks: list[Json], me: str) -> None:
        values = {spot.block_id: _any(spot.element) for spot in spots(blocks, me) if spot.is_input}
        try:
            await self._slack.submit(ME, {key: value for key, value in values.items() if value is not None})
        except UserError:
            return
        await self._settled()


def _rare(found: list[Json], erase: Erase) -> Iterator[Json]:
    """Buttons that stand only under a reminder in a certain state, under what a model understood, under what a whole
    channel sees, or for admins; as if they stood where another one did."""
    known = {name_of(one): one for one in found}
    done, rows = known[f"action {deed_id('done')}"], known[f"action {ROWS}"]
    reminder, question = (one["payload"]["actions"][0]["value"] for one in (done, rows))
    deeds = [(deed_id(deed), reminder) for deed in get_args(Deed)]
    for action_id, value in (
        *deeds, (CONDENSE, question), (CHARTED, question), (MISREAD, "1"), (REMOVE, "U0MAYA"),
        (ERASE, encode_erase(erase)),
    ):  # fmt: skip
        made = copy.deepcopy(done)
        made["payload"]["actions"][0] |= {"action_id": action_id, "value": value}
        yield made


def _kind_of(value: object) -> str:
    """What a value begins with: values of one kind do the same."""
    return "".join(_WORD.findall(value)[:2]) if isinstance(value, str) else ""


def _any(element: Json) -> Any:
    """Something that fits into this input; None for what only a search offers."""
    options = element.get("options") or [
        one for group in element.get("option_groups") or () for one in group["options"]
    ]
    match STATE_KEY.get(element["type"]):
        case "selected_option":
            return options[-1]["value"] if options else None
        case "selected_options":
            return [options[0]["value"]] if options else None
        case "selected_date":
            return "2026-05-04"
        case "selected_time":
            return "09:30"
        case "selected_date_time":
            return "2026-05-04T09:30"
        case "selected_user":
            return "U0JONAS"
        case "selected_conversation" | "selected_channel":
            return "C0ACCOUNTS"
        case "value":
            return element.get("initial_value") or ("40" if element["type"] == "number_input" else "Send the plan")
    return None
