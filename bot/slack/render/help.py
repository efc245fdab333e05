"""Help, written from the command table."""

from __future__ import annotations

from bot.slack.asks import Book, Renewals
from bot.slack.commands import COMMANDS, Command, slash_example, spoken_example
from bot.slack.render.parts import Block, Message, actions, button, context, section
from bot.slack.render.text import md
from bot.slack.values import OPEN

_TITLE = "I tell you how an account stands, and remind you in time."
# A section holds 3,000 characters.
_TOGETHER = 6
_TALK = (
    "In threads, where slash commands do not work, mention me: `@Steward acme`. In a direct message just type `acme`."
)
_PRIVATE = "Answers are for your eyes only until you press *Share in channel*."


def help_page(topic: str | None = None) -> Message:
    """Everything, or the commands of one topic: "account", "book", "renewals"."""
    chosen = [command for command in COMMANDS if topic in (None, command.verb, command.slash.removeprefix("/"))]
    rows = chosen or list(COMMANDS)
    lines = [_line(command) for command in rows if command.handler != "help" or topic is None]
    blocks: list[Block] = [
        section(f"*{_TITLE if topic is None else md(topic, 40)}*"),
        *(section(lines[start : start + _TOGETHER]) for start in range(0, len(lines), _TOGETHER)),
        context(_TALK, _PRIVATE),
        actions(
            [button("My book", OPEN, Book(), suffix="book"), button("Renewals", OPEN, Renewals(), suffix="renewals")]
        ),
    ]
    text = "Ask me: " + ", ".join(f"`{slash_example(command)}`" for command in rows)
    return Message(text, tuple(blocks))


def _line(command: Command) -> str:
    own = "" if command.verb == "status" or command.slash != "/account" else f" {command.verb}"
    usage = md(f"{command.slash}{own} {command.arguments}".strip())
    return f"`{usage}` {md(command.help)}\n      for example `{slash_example(command)}` or `{spoken_example(command)}`"
