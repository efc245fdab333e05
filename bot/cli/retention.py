"""How long words are kept, and what goes because of it."""

from __future__ import annotations

import click

from bot.cli import show
from bot.cli.ask import as_json
from bot.cli.context import audience, desk, one_sentence, print_json


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="Show what would go; write nothing.")
@as_json
@one_sentence
def retention(dry_run: bool, as_json: bool) -> None:
    """Let go now what is kept for longer than retention.yml says, as `steward run` does every night."""
    found = desk().retention(audience(), dry_run=dry_run)
    if as_json:
        print_json(found)
        return
    rows = [
        (one.what, "forever" if one.days is None else f"{one.days:,} days", show.day(one.before) if one.before else "",
         f"{one.rows:,}" if one.days is not None else "")
        for one in found.kinds
    ]  # fmt: skip
    show.table(("What", "Kept for", "From", "Would go" if dry_run else "Went"), rows)
    if all(one.days is None for one in found.kinds if one.what != "questions"):
        show.line("Set days in a retention.yml of your own (STEWARD_POLICIES) to let words go.")


COMMANDS = (retention,)
