"""Looking ahead: every message that would be sent, and what other rules would change."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import click

from bot.cli import show
from bot.cli.ask import choose
from bot.cli.context import NOT_DONE, audience, desk, one_sentence, print_json, settings
from bot.domain.ids import parse_id
from bot.rulebook import policies_with
from bot.services.preferences import Usual
from bot.services.reminders.simulate import LONGEST, Ahead, compare_rules, simulate
from bot.services.results.simulation import Changed, Difference, MessageAhead, SaidAhead, Simulation


@click.command("simulate")
@click.option("--days", type=click.IntRange(1, LONGEST), default=180, show_default=True, help="How far to look.")
@click.option("--account", "name", help="Only what is said about this account.")
@click.option("--rules", type=click.Path(path_type=Path), help="Other rules (a file or a folder): show what changes.")
@click.option("--json", "--as-json", "as_json", is_flag=True, help="Print JSON with stable keys.")
@one_sentence
def simulate_command(days: int, name: str | None, rules: Path | None, as_json: bool) -> None:
    """Every message that would be sent: to whom, when, and why. Nothing is written and nothing is sent.

    Nobody acts meanwhile: no touch is logged, no promise kept, no date changed. Health and risks stay as they are.
    """
    use = desk()
    usual, now = Usual(use.zone, use.locale), use.clock()
    ahead = Ahead(days, _account_id(name, as_json=as_json) if name else None)
    if rules is None:
        found = simulate(use.database, audience(), use.policies, usual, ahead, now)
        print_json(found) if as_json else _show(found)
    else:
        other = policies_with(settings().policies, rules)
        differs = compare_rules(use.database, audience(), use.policies, other, usual, ahead, now)
        print_json(differs) if as_json else _show_difference(differs)


def _account_id(name: str, *, as_json: bool) -> int | None:
    match = desk().find_account(audience(), name)
    if match.outcome != "one" or match.account_id is None:
        choose(match, as_json=as_json)
        sys.exit(NOT_DONE)
    return parse_id(match.account_id)


def _show(found: Simulation) -> None:
    _show_head(found)
    for day, messages in groupby(found.messages, key=lambda one: one.local[:10]):
        show.line()
        show.line(day, bold=True)
        for one in messages:
            _show_message(one)
    _show_people(found)


def _show_head(found: Simulation) -> None:
    days = (found.until - found.since).days
    accounts = "1 account" if found.accounts == 1 else f"{found.accounts:,} accounts"
    show.line(f"{days} days from {show.day(found.since.date())}, {accounts}: {_count(found)}", bold=True)
    show.line("Nobody acts meanwhile: no touch is logged, no promise kept, no date changed.")


def _count(found: Simulation) -> str:
    mornings = sum(one.kind == "morning" for one in found.messages)
    nobody = sum(one.kind == "nobody" for one in found.messages)
    parts = [f"{len(found.messages) - mornings - nobody:,} messages", f"{mornings:,} morning messages"]
    if nobody:
        parts.append(f"{nobody:,} reminders for which there is nobody")
    return ", ".join(parts)


def _show_message(one: MessageAhead) -> None:
    way = {"morning": ", morning message", "weekly": ", weekly line"}.get(one.kind, "")
    who = f"{one.to or 'NOBODY'}{way}"
    show.line(f"  {one.local[11:]}  {who}{f' ({one.why})' if one.why else ''}")
    for said in one.says:
        show.line(f"      {_said(said)}")
    if one.left_out:
        show.line(f"      {one.left_out}")


def _said(said: SaidAhead) -> str:
    name = f"{said.account}: " if said.account else ""
    return f"{name}{said.reason}{f' [{_which(said)}]' if _which(said) else ''}"


def _which(said: SaidAhead) -> str:
    """Which reminder it is, for whoever changes the rules."""
    if said.milestone is None or said.rule == "own":
        return ""
    if said.rule == "check-in":
        return f"check-in {said.milestone + 1}"
    return f"{said.rule} {said.milestone}"


def _show_people(found: Simulation) -> None:
    if not found.people:
        return
    show.line()
    show.table(
        ("Person", "Messages", "Morning messages", "Most on one day"),
        [(one.name, str(one.messages), str(one.mornings), str(one.most_a_day)) for one in found.people],
    )


def _show_difference(found: Difference) -> None:
    show.line(f"By the rules of today: {_count(found.before)}.")
    show.line(f"By the other rules:    {_count(found.after)}.", bold=True)
    show.line(f"{found.same:,} things stay, {len(found.gone):,} go, {len(found.new):,} come.")
    changes: Iterable[tuple[str, Changed]] = [*(("-", one) for one in found.gone), *(("+", one) for one in found.new)]
    for sign, one in sorted(changes, key=lambda pair: (pair[1].at, pair[0])):
        way = " in the morning message" if one.kind == "morning" else ""
        show.line(f"{sign} {one.local[:16]}  {one.to or 'NOBODY'}{way}: {_said(one.says)}")


COMMANDS = (simulate_command,)
