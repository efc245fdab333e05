"""Help, written from the command table: all of it on one screen of a phone, and a page for each command."""

from __future__ import annotations

from bot.slack.asks import Book, Renewals
from bot.slack.command import Command
from bot.slack.commands import BY_NAME, COMMANDS, slash_example, spoken_example
from bot.slack.render.parts import Block, Message, actions, button, context, section
from bot.slack.render.text import md
from bot.slack.values import OPEN

_TITLE = "I tell you how an account stands, and remind you in time."
_HOW = "Type `/account` or `@Steward`, for example:"
_TALK = "In threads mention me; in a direct message just type `acme`."
_PRIVATE = "Commands answer you alone until you press *Share in channel*."


def help_page(topic: str | None = None) -> Message:
    """All commands in groups, or one of them (by its verb or another name of it) in full."""
    command = BY_NAME.get(topic or "")
    blocks = _overview() if command is None else [section(_in_full(command))]
    blocks += [
        context(_TALK, _PRIVATE),
        actions(
            [button("My book", OPEN, Book(), suffix="book"), button("Renewals", OPEN, Renewals(), suffix="renewals")]
        ),
    ]
    text = "Ask me: " + ", ".join(f"`{slash_example(one)}`" for one in ([command] if command else COMMANDS))
    return Message(text, tuple(blocks))


def _overview() -> list[Block]:
    groups = dict.fromkeys(command.group for command in COMMANDS if command.brief)
    more = ", ".join(f"`{command.verb}`" for command in COMMANDS if not command.brief)
    return [section([f"*{_TITLE}*", _HOW]), *map(_group, groups), section(f"*More*: {more}")]


def _group(group: str) -> Block:
    return section(
        [f"*{group}*", *(_line(command) for command in COMMANDS if command.group == group and command.brief)]
    )


def _line(command: Command) -> str:
    typed = command.example if command.slash == "/account" else slash_example(command)
    return f"`{typed}` {md(command.brief)}"


def _in_full(command: Command) -> list[str]:
    own = "" if command.verb == "status" or command.slash != "/account" else f" {command.verb}"
    usage = md(f"{command.slash}{own} {command.arguments}".strip())
    return [f"`{usage}`", md(command.help), f"For example `{slash_example(command)}` or `{spoken_example(command)}`"]
