"""The plan of an account."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli import show_plan
from bot.cli.ask import as_json, one_account
from bot.cli.context import audience, desk, one_sentence, print_json, write
from bot.services.plans.pictures import Drawing


@click.command("plan")
@click.argument("name", nargs=-1, required=True)
@click.option("--map", "people", type=click.Path(dir_okay=False, path_type=Path), help="Draw its people: FILE.png.")
@click.option("--white-space", "space", type=click.Path(dir_okay=False, path_type=Path), help="Draw it: FILE.png.")
@as_json
@one_sentence
def plan(name: tuple[str, ...], people: Path | None, space: Path | None, as_json: bool) -> None:
    """The plan of one account, and what is missing in it: `steward plan acme`."""
    use = desk()
    one = one_account(use, name, as_json=as_json)
    wanted: tuple[tuple[Drawing, Path | None], ...] = (("people", people), ("white space", space))
    for shown, path in wanted:
        if path is not None:
            drawn = use.plans.picture(audience(), one, shown)
            write(path, drawn.png)
            click.echo(f"{path}: {drawn.alt}")
    if people is not None or space is not None:
        return
    found = use.plans.plan(audience(), one)
    if as_json:
        print_json(found)
    else:
        show_plan.plan(found)


COMMANDS = (plan,)
