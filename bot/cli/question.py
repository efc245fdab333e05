"""Questions in one's own words: `steward ask "who haven't we talked to in 60 days?"`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli import pictures, show
from bot.cli.context import NOT_DONE, audience, desk, one_sentence, print_json
from bot.cli.skills import point
from bot.domain.ids import id_text, new_id
from bot.services.asking.ask import Asking
from bot.services.asking.memory import Spot
from bot.services.results.asking import Answer, AnswerRow, Choice, Reply, Said


@click.command("ask")
@click.argument("question", nargs=-1, required=True)
@click.option("--rows", is_flag=True, help="All rows that there is room for.")
@click.option("--follow", is_flag=True, help="As a follow-up of what was asked here in the last half hour.")
@click.option("--in-short", is_flag=True, help="What one account said, summed up by the model above the passages.")
@click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), help="Draw the answer's series into FILE.png."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON with stable keys.")
@one_sentence
def ask(question: tuple[str, ...], rows: bool, follow: bool, in_short: bool, chart: Path | None, as_json: bool) -> None:
    """A question in your own words: `steward ask "what renews next month?"`."""
    if chart is not None:
        pictures.check_png(chart)
    asking, text = desk().asking, " ".join(question)
    turn = id_text(new_id())
    # A thread of its own follows nothing; without one it follows the last turn, whichever thread that was.
    spot = Spot("shell", None if follow else turn, turn, "shell")
    found = asking.ask(audience(), text, spot)
    replies = tuple(_more(asking, one, rows=rows, in_short=in_short) for one in found.replies)
    if as_json:
        print_json(found.model_copy(update={"replies": replies}))
    else:
        for reply in replies:
            _print(reply)
        if found.read_by is not None:
            show.line(f"Your words were read by a model ({found.read_by}), which chose the question and nothing else.")
    if not any(isinstance(reply, Answer) for reply in replies):
        sys.exit(NOT_DONE)
    if chart is not None:
        drawn = [asking.chart(audience(), one.question, {}) for one in replies if isinstance(one, Answer)]
        pictures.save([picture for one in drawn for picture in one.pictures], chart)


def _more(asking: Asking, reply: Reply, *, rows: bool, in_short: bool) -> Reply:
    """The answer with what else was asked for. Raises BadInput where it cannot be summed up."""
    if not isinstance(reply, Answer):
        return reply
    found = asking.rows(audience(), reply.question, {}) if rows else reply
    if not in_short or not isinstance(found, Answer):
        return found
    summed = asking.condense(audience(), reply.question, {})
    made = summed.condensed if isinstance(summed, Answer) else None
    return found.model_copy(update={"condensed": made, "can_condense": False})


def _print(reply: Reply) -> None:
    match reply:
        case Answer():
            _answer(reply)
        case Choice():
            nobody = f"No account is called {reply.name!r}. Look with: steward book --search TEXT --owner all"
            click.echo(
                f"Which account is {reply.name!r}? Say its full name, in quotes." if reply.candidates else nobody,
                err=True,
            )
            for one in reply.candidates:
                click.echo(f"  {one.name}  ({one.hint})", err=True)
        case Said():
            click.echo(reply.sentence, err=reply.about in ("unclear", "account", "refused"))
            for example in reply.examples:
                click.echo(f"  {example}")


def _answer(found: Answer) -> None:
    show.line(f"{found.headline}  {show.money(found.sums) if found.sums else ''}".rstrip(), bold=True)
    show.line(found.understood)
    if found.condensed is not None:
        for one in found.condensed.points:
            show.line(f"  {point(one)}")
        show.line(f"  {' '.join(part for part in (found.condensed.note, found.condensed.withheld) if part)}")
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
