"""The plan of an account."""

from __future__ import annotations

import click

from bot.cli import show_plan
from bot.cli.ask import as_json, one_account
from bot.cli.context import audience, desk, one_sentence, print_json


@click.command("plan")
@click.argument("name", nargs=-1, required=True)
@as_json
@one_sentence
def plan(name: tuple[str, ...], as_json: bool) -> None:
    """The plan of one account, and what is missing in it: `steward plan acme`."""
    use = desk()
    found = use.plans.plan(audience(), one_account(use, name, as_json=as_json))
    if as_json:
        print_json(found)
    else:
        show_plan.plan(found)


COMMANDS = (plan,)
