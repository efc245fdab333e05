"""A team's books beside each other."""

from __future__ import annotations

import click

from bot.cli.ask import as_json
from bot.cli.context import audience, desk, one_sentence, print_json
from bot.cli.show import line, money, table
from bot.services.results.rollup import TeamNumbers, TeamRollup


@click.command("team")
@as_json
@one_sentence
def team(as_json: bool) -> None:
    """Every owner's book in the same numbers, their sum, and what nobody owns."""
    found = desk().team(audience())
    if as_json:
        print_json(found)
    else:
        _plain(found)


def _plain(found: TeamRollup) -> None:
    line(f"{found.scope}: {found.total.accounts} accounts, {money(found.total.arr)} ARR", bold=True)
    rows = [(row.member, *_cells(row.numbers)) for row in found.rows]
    table(
        ("Member", "Accounts", "Soon", "At risk", "Unknown health", "Silent", "Promises", "Planned", "ARR"),
        [*rows, ("all", *_cells(found.total))],
    )
    for row in found.rows:
        if row.first:
            line(f"{row.member}: first {row.first}, {', '.join(row.why)}")
    for one in found.unowned:
        line(f"Nobody looks after {one.name}, {money(one.arr)}{f', {one.left} left' if one.left else ''}")
    if found.unowned_total > len(found.unowned):
        line(f"and {found.unowned_total - len(found.unowned)} more without an owner")
    for note in found.notes:
        line(note)


def _cells(found: TeamNumbers) -> tuple[str, ...]:
    counts = (
        found.accounts, found.soon, found.danger, found.health_unknown, found.late, found.overdue_promises,
        found.planned,
    )  # fmt: skip
    base = f" = {money([found.base])}" if found.base is not None else ""
    return (*(str(one) for one in counts), f"{money(found.arr)}{base}")


COMMANDS = (team,)
