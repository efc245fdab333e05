"""Health on the shell: what people decide about it, and keeping the day's readings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from bot.cli import show
from bot.cli.ask import as_json, one_account
from bot.cli.context import audience, desk, one_sentence, print_json, settings
from bot.rulebook import policies_with
from bot.services.health.desk import HealthDesk
from bot.services.results.health import BandCount, Foresight, RulesCompared
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


@health.command("compare")
@click.argument("rules", type=click.Path(path_type=Path))
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Which day of the stored past; 90 days ago.")
@as_json
@one_sentence
def compare(rules: Path, since: datetime | None, as_json: bool) -> None:
    """Other weights before they are switched on: whose band would change, and which rules saw better who left."""
    use = desk()
    other = policies_with(settings().policies, rules)
    found = use.health.compare(audience(), other, since.date() if since is not None else None)
    print_json(found) if as_json else _show(found)


def _show(found: RulesCompared) -> None:
    show.line(f"{found.accounts:,} accounts today: {found.changed:,} would be in another band.", bold=True)
    show.table(("Band", "Now", "Other"), _bands(found.today))
    for one in found.changes:
        segment = f"  ({one.segment})" if one.segment else ""
        show.line(
            f"  {one.account}{segment}  {_scored(one.score, one.band)} -> {_scored(one.other_score, one.other_band)}"
        )
    if found.changed > len(found.changes):
        show.line(f"  and {found.changed - len(found.changes):,} more")
    day = show.day(found.then_on)
    if found.then is None:
        show.line(f"No reading of {day} is stored: nothing to compare in the past.")
    else:
        show.line(f"Readings of {day}, their inputs weighed anew:", bold=True)
        show.table(("Band", "Now", "Other"), _bands(found.then))
    if found.foresight is not None:
        show.line(_foresight(found.foresight))


def _bands(counts: tuple[BandCount, ...]) -> list[tuple[str, str, str]]:
    return [(one.band, f"{one.now:,}", f"{one.other:,}") for one in counts]


def _scored(score: int | None, band: str) -> str:
    return band if score is None else f"{score} {band}"


def _foresight(found: Foresight) -> str:
    if found.now is None or found.other is None:
        return f"{found.left:,} of these left since: too little to say which rules saw it better."
    told = f"told apart from {found.stayed:,} who stayed: {found.now} % now, {found.other} % by the other rules"
    return f"{found.left:,} left since; {told} (50 % is a coin)."


def _found(name: str, *, as_json: bool) -> tuple[HealthDesk, int]:
    use = desk()
    return use.health, one_account(use, (name,), as_json=as_json)


def _print(done: Decided, *, as_json: bool) -> None:
    if as_json:
        print_json(done)
    else:
        show.line(done.sentence)
        show.line(f"Take it back with: steward undo {done.change}")


COMMANDS = (health,)
