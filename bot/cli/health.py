"""Health on the shell: what people decide about it, and keeping the day's readings."""

from __future__ import annotations

from datetime import datetime

import click

from bot.cli import show
from bot.cli.ask import as_json, one_account
from bot.cli.context import audience, desk, one_sentence, print_json
from bot.services.health.desk import HealthDesk
from bot.services.results.why import Decided


@click.group("health")
def health() -> None:
    """Set a score by hand, dismiss a risk, keep the day's readings."""


@health.command("set")
@click.argument("name")
@click.argument("score", type=click.IntRange(0, 100))
@click.argument("reason")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The last day it holds.")
@as_json
@one_sentence
def set_score(name: str, score: int, reason: str, until: datetime, as_json: bool) -> None:
    """Show a score instead of the computed one: `steward health set acme 70 "new sponsor" --until 2026-12-31`."""
    use, one = _found(name, as_json=as_json)
    _print(use.set_score(audience(), one, score, reason, until.date()), as_json=as_json)


@health.command("clear")
@click.argument("name")
@as_json
@one_sentence
def clear(name: str, as_json: bool) -> None:
    """Show the computed score again."""
    use, one = _found(name, as_json=as_json)
    _print(use.clear_score(audience(), one), as_json=as_json)


@health.command("dismiss")
@click.argument("name")
@click.argument("risk")
@click.argument("reason")
@as_json
@one_sentence
def dismiss(name: str, risk: str, reason: str, as_json: bool) -> None:
    """This risk is none, until there is something new: `steward health dismiss acme silence "on holiday"`."""
    use, one = _found(name, as_json=as_json)
    _print(use.dismiss(audience(), one, risk, reason), as_json=as_json)


@health.command("restore")
@click.argument("name")
@click.argument("risk")
@as_json
@one_sentence
def restore(name: str, risk: str, as_json: bool) -> None:
    """A dismissed risk counts again."""
    use, one = _found(name, as_json=as_json)
    _print(use.restore(audience(), one, risk), as_json=as_json)


@health.command("keep")
@one_sentence
def keep() -> None:
    """Keep today's readings now, as `steward run` does every night."""
    passed = desk().keep_health()
    if not passed.accounts:
        show.line("Today's readings are kept." if passed.done else "Somebody else is keeping today's readings.")
        return
    day = show.day(passed.on)
    show.line(f"{day}: {passed.accounts:,} accounts, {passed.written:,} readings written, {passed.alerts:,} alerts.")


def _found(name: str, *, as_json: bool) -> tuple[HealthDesk, int]:
    use = desk()
    return use.health, one_account(use, (name,), as_json=as_json)


def _print(done: Decided, *, as_json: bool) -> None:
    if as_json:
        print_json(done)
    else:
        show.line(f"{done.sentence} Take it back with: steward undo {done.change}")


COMMANDS = (health,)
