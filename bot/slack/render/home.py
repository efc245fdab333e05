"""The App Home tab: what I can do, the first rows of my book, where settings are."""

from __future__ import annotations

from typing import Any

from bot.services.results import BookPage
from bot.slack.asks import Book, Renewals
from bot.slack.commands import COMMANDS, slash_example
from bot.slack.limits import VIEW_BLOCKS, fit
from bot.slack.render.book import book_row
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Message, actions, button, context, divider, section
from bot.slack.render.text import count, md, monies
from bot.slack.values import OPEN

_FIRST = 5


def home(book: BookPage | None, days: Days, note: str = "") -> dict[str, Any]:
    """The view to publish; without a book the `note` says why there is none."""
    doing = [f"• `{slash_example(command)}`  {md(command.help)}" for command in COMMANDS]
    blocks: list[Block] = [section(["*What I can do*", *doing]), divider()]
    if book is None:
        blocks.append(section(md(note, 500) or "Your book is not available right now."))
    else:
        blocks += _first_rows(book, days)
    blocks.append(context("Settings: an admin runs `steward doctor` where Steward is installed."))
    fitted = fit(Message("Steward", tuple(blocks)), VIEW_BLOCKS)
    return {"type": "home", "blocks": list(fitted.blocks)}


def _first_rows(book: BookPage, days: Days) -> list[Block]:
    figures = f"{count(book.total, 'account')}" + (f", {monies(book.arr, 3)} ARR" if book.arr else "")
    rows = [book_row(row, days) for row in book.rows[:_FIRST]]
    nothing = [] if rows else [section("No accounts are yours yet. Try the whole team's book with `/book all`.")]
    buttons = [
        button("My whole book", OPEN, Book(), suffix="book"),
        button("Team's book", OPEN, Book(owner="team"), suffix="team"),
        button("Renewals in 90 days", OPEN, Renewals(), suffix="renewals"),
    ]
    return [section(["*My book*", figures]), *rows, *nothing, actions(buttons)]
