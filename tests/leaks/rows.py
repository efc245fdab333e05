"""The surfaces of the bot, read from its own tables, and for each how it is driven.

A surface without a row fails the suite, and so does a row without a surface. To add a row: a command's words into
`SAID`, an event into `EVENTS`, a reminder into `REMINDERS`, a way to send into `SENDS`. Buttons, forms, searches and
shortcuts need none: they are found in what the commands bring up. One that none brings up needs words that do.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import get_args

from bot.domain.asking.queries import Said
from bot.domain.audience import SHELL, only_the_asker
from bot.domain.ids import parse_id
from bot.domain.reminders.wanted import Rule
from bot.slack import ask_values
from bot.slack.app import _ACTIONS, _EVENTS, _FORMS, _OPTIONS, _SHORTCUTS
from bot.slack.ask_values import Held
from bot.slack.commands import COMMANDS
from bot.slack.messenger import Messenger
from bot.slack.render.qbr.forms import share_form
from bot.slack.values import RECORD
from tests.leaks.book import RESTRICTED, secret
from tests.leaks.corpus import Corpus, Json, filled
from tests.leaks.reminded import REMINDERS, ids_of, reminded
from tests.leaks.stage import Cell, Stage

HIDDEN = "everscale"
SAID: dict[str, tuple[str, ...]] = {
    "status": (HIDDEN, "status culverin", secret("alias", RESTRICTED), "everscal"),
    "ask": (
        "ask what did everscale say about pricing?",
        "ask which accounts renew this quarter?",
        "ask who owns everscale?",
        "ask how many open tickets are there?",
        "ask compare everscale and culverin",
        "ask who owns eversc?",
    ),
    "find": ("find everscale", "find zq"),
    "timeline": (f"timeline {HIDDEN}",),
    "people": (f"people {HIDDEN}",),
    "why": (f"why {HIDDEN}", f"why {HIDDEN} since 1 February"),
    "health": (f'health {HIDDEN} set 41 "{secret("reason", RESTRICTED)}" until 31 Mar',),
    "dismiss": (f'dismiss {HIDDEN} silence "{secret("dismissed", RESTRICTED)}"',),
    "plan": (f"plan {HIDDEN}",),
    "diff": (f"diff {HIDDEN} since 1 February",),
    "asof": (f"asof {HIDDEN} 2026-03-03",),
    "brief": (f"brief {HIDDEN}",),
    "risk": (f"risk {HIDDEN}",),
    "handoff": (f"handoff {HIDDEN}",),
    "checkin": (f"checkin {HIDDEN}",),
    "kpi": ("kpi arr all", "kpi arr everscale", "kpi nrr team over 12 months", "kpi export arr", "kpi"),
    "log": (f"log {HIDDEN} {secret('log', RESTRICTED)} met Ana", "log"),
    "remind": (
        f'remind {HIDDEN} "{secret("remind", RESTRICTED)}" tomorrow 9:00',
        f'remind {HIDDEN} "call" every monday 9:00',
    ),
    "reminders": ("reminders",),
    "promise": (f'promise {HIDDEN} "{secret("pledge", RESTRICTED)}" by friday',),
    "promises": ("promises", f"promises {HIDDEN}"),
    "why-reminded": ("why-reminded", f"why-reminded {HIDDEN}"),
    "book": ("book all", "book all zq", "book team", "book @ingrid"),
    "renewals": ("renewals 90d", "renewals 90d all"),
    "qbr": (f"qbr {HIDDEN}",),
    "bind": ("bind culverin", f"bind {HIDDEN}"),
    "unbind": ("unbind",),
    "who-sees": ("who-sees", f"who-sees {HIDDEN}"),
    "restrict": (f"restrict {HIDDEN}",),
    "unrestrict": ("unrestrict culverin",),
    "erase-person": (f'erase-person {HIDDEN} "Karl {secret("left", RESTRICTED)}"',),
    "audit": (f"audit {HIDDEN}", "audit"),
    "settings": ("settings",),
    "help": ("help", "help log"),
}
"""By verb what is typed after `/account` or a mention; for other slash commands without the verb."""

SENDS = {
    "post": "chat.postMessage",
    "deliver": "chat.postMessage",
    "upload": "files.completeUploadExternal",
    "revise": "chat.update",
    "remove": "chat.delete",
    "whisper": "chat.postEphemeral",
    "respond": "response_url",
    "open_view": "views.open",
    "push_view": "views.push",
    "update_view": "views.update",
    "permalink": "chat.getPermalink",
    "publish_home": "views.publish",
    "set_bookmark": "bookmarks.add",
    "remove_bookmark": "bookmarks.remove",
    "make_canvas": "canvases.access.set",
    "show": "chat.unfurl",
    "set_session": "agents.sessions.setStatus",
    "suggest_prompts": "assistant.threads.setSuggestedPrompts",
}
"""By method of the messenger the way by which Slack got it."""


SLOW = (
    "action steward.kpi.chart",
    "action steward.plan.draw",
    "action steward.qbr",
    "command qbr",
)
"""Surfaces that make files for the asker: not driven again and again where only the place differs."""

SILENT = {
    "action steward.record": "its button opens a link, and Slack tells of that",
    "event agent_session_stopped": "nothing is being worked on",
    "event channel_shared": "it takes a bookmark away",
    "event member_joined_channel": "it takes a bookmark away",
    "event user_change": "it is remembered",
}
"""Surfaces that show nothing to anybody, and why."""


def _button(action_id: str, value: str) -> Json:
    return {"type": "button", "action_id": action_id, "block_id": "b", "value": value}


_PASSAGES = tuple(
    ask_values.encode(Held(Said.model_validate({"topic": "pricing", "account": name}))) for name in (None, HIDDEN)
)
FORGED: dict[str, tuple[Json, ...]] = {
    # Only long answers have the first, only a model brings up the others.
    ask_values.ROWS: tuple(_button(ask_values.ROWS, value) for value in _PASSAGES),
    ask_values.CONDENSE: tuple(_button(ask_values.CONDENSE, value) for value in _PASSAGES),
    ask_values.MISREAD: (_button(ask_values.MISREAD, "1"),),
}


Drive = Callable[[Stage, Corpus, Cell], Awaitable[None]]


def surfaces() -> set[str]:
    """Everything of the bot that somebody can reach, or that reaches somebody."""
    return {
        *(f"command {one.verb}" for one in COMMANDS),
        *(f"event {one}" for one in _EVENTS),
        *(f"action {one}" for one in (*_ACTIONS, RECORD)),
        *(f"shortcut {one}" for one in _SHORTCUTS),
        *(f"form {one}" for one in _FORMS),
        *(f"options {one}" for one in _OPTIONS),
        *(f"reminder {one}" for one in get_args(Rule)),
        *(f"send {one}" for one, method in vars(Messenger).items() if _sends(one, method)),
    }


def _sends(name: str, method: object) -> bool:
    return not name.startswith("_") and inspect.iscoroutinefunction(method)


def rows() -> dict[str, Drive]:
    """How each surface is driven. What is sent is driven by all others."""
    return {
        **{f"command {verb}": _said(verb, words) for verb, words in SAID.items()},
        **{f"event {name}": drive for name, drive in EVENTS.items()},
        **{f"action {name}": _pressed(name) for name in (*_ACTIONS, RECORD)},
        **{f"shortcut {name}": _shortcut(name) for name in _SHORTCUTS},
        **{f"form {name}": _submitted(name) for name in _FORMS},
        **{f"options {name}": _searched(name) for name in _OPTIONS},
        **{f"reminder {rule}": reminded(rule) for rule in REMINDERS},
        **{f"send {name}": _nothing for name in SENDS},
    }


async def _nothing(_it: Stage, _corpus: Corpus, _cell: Cell) -> None: ...


def _said(verb: str, words: tuple[str, ...]) -> Drive:
    slash = next(one.slash for one in COMMANDS if one.verb == verb)

    async def drive(it: Stage, _corpus: Corpus, cell: Cell) -> None:
        for text in words:
            typed = text if slash == "/account" else text.removeprefix(f"{verb}").strip()
            await it.command(cell.asker, cell.place, slash, typed)
            await it.say(cell.asker, cell.place, text)

    return drive


def _pressed(name: str) -> Drive:
    async def drive(it: Stage, corpus: Corpus, cell: Cell) -> None:
        for action in FORGED.get(name, ()):
            await it.press(cell.asker, cell.place, action)
        for one in corpus.touches.get(name, ()):
            if one.view is None:
                await it.press(cell.asker, cell.place, one.action)
            else:
                await it.press_in_view(cell.asker, one.view, one.action)

    return drive


def _shortcut(name: str) -> Drive:
    async def drive(it: Stage, _corpus: Corpus, cell: Cell) -> None:
        await it.shortcut(cell.asker, cell.place, name)

    return drive


def _submitted(name: str) -> Drive:
    async def drive(it: Stage, corpus: Corpus, cell: Cell) -> None:
        person, channel = it.person(cell.asker), it.channel(cell.asker, cell.place)
        for view in corpus.views.get(name, ()):
            await it.submit(cell.asker, view, filled(view, corpus.hidden, person.id, channel.id))

    return drive


async def approved(it: Stage, corpus: Corpus) -> Json:
    """The form that shares a review: there is none before somebody approved it as it stands."""
    everything, reviews = only_the_asker(SHELL), it.desk.reviews
    one = ids_of(it, "qbr", account_id=parse_id(corpus.hidden) or 0)[0]
    seen = reviews.read(everything, one).version
    return share_form(await asyncio.to_thread(reviews.approve, everything, one, seen, "internal"))


def _searched(name: str) -> Drive:
    async def drive(it: Stage, _corpus: Corpus, cell: Cell) -> None:
        for query in (HIDDEN, "zq", secret("alias", RESTRICTED)):
            await it.suggest(cell.asker, cell.place, name, query)

    return drive


async def _mention(it: Stage, _corpus: Corpus, cell: Cell) -> None:
    await it.say(cell.asker, cell.place, HIDDEN)


async def _direct(it: Stage, _corpus: Corpus, cell: Cell) -> None:
    await it.say(cell.asker, "dm", HIDDEN)
    await it.say(cell.asker, "dm", "and what about the tickets?")


async def _home(it: Stage, _corpus: Corpus, cell: Cell) -> None:
    person = it.person(cell.asker)
    about = {"type": "app_home_opened", "user": person.id, "channel": it.channel(cell.asker, "dm").id}
    await it.event({**about, "tab": "home"})
    await it.event({**about, "tab": "messages"})


async def _linked(it: Stage, _corpus: Corpus, cell: Cell) -> None:
    """Somebody writes links to accounts in the CRM."""
    for account in (RESTRICTED, 3):
        await it.link(cell.asker, cell.place, f"https://crm.example/{secret('url', account)}")


async def _context(it: Stage, _corpus: Corpus, cell: Cell) -> None:
    """Somebody looks at another conversation while the one with the bot stands open."""
    person, looked_at = it.person(cell.asker), it.channel(cell.asker, cell.place)
    about = {"type": "app_context_changed", "user": person.id, "channel": it.channel(cell.asker, "dm").id}
    await it.event({**about, "context": {"channel_id": looked_at.id}})


async def _stopped(it: Stage, _corpus: Corpus, cell: Cell) -> None:
    channel = it.channel(cell.asker, "dm")
    about = {"type": "agent_session_stopped", "channel": channel.id, "user": it.person(cell.asker).id}
    await it.event({**about, "thread_ts": it.slack.world.messages.next_ts()})


async def _channel_shared(it: Stage, _corpus: Corpus, cell: Cell) -> None:
    channel = it.channel(cell.asker, cell.place)
    await it.event({"type": "channel_shared", "channel": channel.id, "connected_team_id": "T0HALDENFOODS"})


async def _user_changed(it: Stage, _corpus: Corpus, cell: Cell) -> None:
    person = it.person(cell.asker)
    guest = person.role == "guest"
    user = {"id": person.id, "team_id": person.team_id, "is_restricted": guest, "deleted": person.deleted}
    await it.event({"type": "user_change", "user": user | {"profile": {"email": person.email}}})


async def _joined(it: Stage, _corpus: Corpus, cell: Cell) -> None:
    person, channel = it.person(cell.asker), it.channel(cell.asker, cell.place)
    await it.event({"type": "member_joined_channel", "user": person.id, "channel": channel.id})


EVENTS: dict[str, Drive] = {
    "app_mention": _mention,
    "message": _direct,
    "app_home_opened": _home,
    "link_shared": _linked,
    "app_context_changed": _context,
    "agent_session_stopped": _stopped,
    "channel_shared": _channel_shared,
    "user_change": _user_changed,
    "member_joined_channel": _joined,
}
