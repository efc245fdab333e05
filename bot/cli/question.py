"""Questions in one's own words: `steward ask "who haven't we talked to in 60 days?"`."""

from __future__ import annotations

import sys

import click

from bot.cli import show
from bot.cli.context import NOT_DONE, audience, desk, one_sentence, print_json
from bot.domain.ids import id_text, new_id
from bot.services.asking.memory import Spot
from bot.services.results.asking import Answer, AnswerRow, Choice, Reply, Said


@click.command("ask")
@click.argument("question", nargs=-1, required=True)
@click.option("--rows", is_flag=True, help="All rows that there is room for.")
@click.option("--follow", is_flag=True, help="As a follow-up of what was asked here in the last half hour.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON with stable keys.")
@one_sentence
def ask(question: tuple[str, ...], rows: bool, follow: bool, as_json: bool) -> None:
    """A question in your own words: `steward ask "what renews next month?"`."""
    asking, text = desk().asking, " ".join(question)
    turn = id_text(new_id())
    # A thread of its own follows nothing; without one it follows the last turn, whichever thread that was.
    spot = Spot("shell", None if follow else turn, turn, "shell")
    found = asking.ask(audience(), text, spot)
    replies = found.replies
    if rows:
        replies = tuple(
            asking.rows(audience(), one.question, {}) if isinstance(one, Answer) else one for one in found.replies
        )
    if as_json:
        print_json(found.model_copy(update={"replies": replies}))
    else:
        for reply in replies:
            _print(reply)
        if found.read_by is not None:
            show.line(f"Your words were read by a model ({found.read_by}), which chose the question and nothing else.")
    if not any(isinstance(reply, Answer) for reply in replies):
        sys.exit(NOT_DONE)


def _print(reply: Reply) -> None:
    match reply:
        case Answer():
            _answer(reply)
        case Choice():
            nobody = f"No account is called {reply.name!r}. Look with: steward book --search TEXT --owner all"
            click.echo(f"Which account is {reply.name!r}? Say its full name." if reply.candidates else nobody, err=True)
            for one in reply.candidates:
                click.echo(f"  {one.name}  ({one.hint})", err=True)
        case Said():
            click.echo(reply.sentence, err=reply.about in ("unclear", "account", "refused"))
            for example in reply.examples:
                click.echo(f"  {example}")


def _answer(found: Answer) -> None:
    show.line(f"{found.headline}  {show.money(found.sums) if found.sums else ''}".rstrip(), bold=True)
    show.line(found.understood)
    for row in found.rows:
        show.line(f"  {_row(row, alone=found.account is not None)}")
    if len(found.rows) < found.total:
        show.line(f"  {len(found.rows):,} of {found.total:,} shown; --rows for more.")
    newest = f"; newest of {show.day(found.receipts.newest_on)}" if found.receipts.newest_on else ""
    show.line(f"Read: {found.receipts.read}{newest}")
    for missing in found.receipts.missing:
        show.line(f"Missing: {missing}")


def _row(row: AnswerRow, *, alone: bool) -> str:
    text = f"“{row.text}”" if row.quoted and row.who else row.text
    parts = [
        None if alone else row.account, text, show.money(row.arr) if row.arr else None, row.who,
        show.day(row.on) if row.on and row.who and row.quoted else None, row.link,
    ]  # fmt: skip
    return "  ".join(part for part in parts if part)


COMMANDS = (ask,)
