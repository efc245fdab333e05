"""Logging what happened, and taking it back."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from bot.cli import show
from bot.cli.ask import as_json, choose
from bot.cli.context import NOT_DONE, audience, desk, one_sentence, print_json
from bot.domain.ids import id_text, new_id, parse_id
from bot.services.desk import Desk
from bot.services.errors import BadInput
from bot.services.logbook.entry import KINDS, LogEntry
from bot.services.logbook.hints import kind_of


@click.command("log")
@click.argument("name")
@click.argument("text")
@click.option("--kind", type=click.Choice(KINDS), help="What it was; else as the text begins (`call: ...`), or a note.")
@click.option("--at", help="When, e.g. 2026-03-04 or '2026-03-04 14:30' (STEWARD_TIMEZONE); now when left out.")
@click.option("--people", help="Who took part.")
@click.option("--next", "next_step", help="The next step.")
@click.option("--next-on", type=click.DateTime(["%Y-%m-%d"]), help="When the next step is due.")
@click.option("--client-safe", is_flag=True, help="It may be shown to the customer.")
@as_json
@one_sentence
def log(name: str, text: str, at: str | None, as_json: bool, client_safe: bool, **said: str | datetime | None) -> None:
    """Log a call, a meeting, a mail, a message or a note: `steward log acme "call: pricing with Ana"`."""
    use = desk()
    match = use.find_account(audience(), name)
    if match.outcome != "one":
        choose(match, as_json=as_json)
        sys.exit(NOT_DONE)
    hint, words = kind_of(text.strip())
    next_on = said.get("next_on")
    entry = LogEntry(
        key=f"shell:{id_text(new_id())}",
        kind=_text(said, "kind") or hint or "note",
        at=_instant(use, at),
        text=words,
        people=_text(said, "people"),
        visibility="client-safe" if client_safe else "internal",
        next_step=_text(said, "next_step"),
        next_step_on=next_on.date() if isinstance(next_on, datetime) else None,
    )
    done = use.log_touch(audience(), parse_id(match.account_id or "") or 0, entry)
    if as_json:
        print_json(done)
    else:
        show.line(f"{done.sentence} Take it back with: steward undo {done.change}")


def _text(said: dict[str, str | datetime | None], name: str) -> str | None:
    value = said.get(name)
    return value if isinstance(value, str) else None


def _instant(use: Desk, text: str | None) -> datetime:
    if text is None:
        return use.clock()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is not a time; try {use.today()} or '{use.today()} 14:30'.") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=use.zone)


@click.command("undo")
@click.argument("change")
@as_json
@one_sentence
def undo(change: str, as_json: bool) -> None:
    """Take back what was logged, at any time, unless somebody went on from it."""
    done = desk().undo_change(audience(), change)
    if as_json:
        print_json(done)
    else:
        show.line(done.sentence)


COMMANDS = (log, undo)
