"""Who may see which account."""

from __future__ import annotations

import click

from bot.cli import show
from bot.cli.ask import as_json, one_account
from bot.cli.context import audience, desk, one_sentence, print_json
from bot.services.results.access import Restricted, Restriction


@click.group("access")
def access() -> None:
    """Who may see which account, and restricting one."""


@access.command("who")
@click.argument("name", nargs=-1, required=True)
@as_json
@one_sentence
def who(name: tuple[str, ...], as_json: bool) -> None:
    """Who of the team list may see an account, and why: `steward access who acme`."""
    use = desk()
    found = use.access.who_may_see(audience(), one_account(use, name, as_json=as_json))
    if as_json:
        print_json(found)
        return
    if found.restriction is not None:
        _line(found.restriction)
    show.line(f"{found.account}: {len(found.viewers)} of {found.members} in the team list see it.", bold=True)
    show.table(("Who", "Why"), [(one.name, one.why) for one in found.viewers])


@access.command("restrict")
@click.argument("name")
@click.option("--to", "named", multiple=True, help="Somebody of the team list who may see it as well; repeat it.")
@click.option("--reason", default="", help="Why, for those who may see it.")
@as_json
@one_sentence
def restrict(name: str, named: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Show an account only to who works on it, who is named, and admins: `steward access restrict acme --to maya`."""
    use = desk()
    one = one_account(use, (name,), as_json=as_json)
    _print(use.access.restrict(audience(), one, named, reason), as_json=as_json)


@access.command("lift")
@click.argument("name")
@as_json
@one_sentence
def lift(name: str, as_json: bool) -> None:
    """Show a restricted account again to everybody whom access.yml lets see it."""
    use = desk()
    _print(use.access.lift(audience(), one_account(use, (name,), as_json=as_json)), as_json=as_json)


@access.command("list")
@as_json
@one_sentence
def list_(as_json: bool) -> None:
    """The restricted accounts."""
    found = desk().access.restricted(audience())
    if as_json:
        print_json(found)
    elif not found:
        show.line("No account is restricted.")
    for one in () if as_json else found:
        _line(one)


def _print(done: Restricted, *, as_json: bool) -> None:
    if as_json:
        print_json(done)
    elif done.now is None:
        show.line(f"{done.account} is not restricted any more.")
    else:
        _line(done.now)
        show.line(f"Take it back with: steward access lift {done.account!r}")


def _line(one: Restriction) -> None:
    named = f", and {', '.join(one.named)}" if one.named else ""
    why = f" Why: {one.reason}" if one.reason else ""
    show.line(f"{one.account} is seen only by who works on it{named}, since {show.day(one.at.date())} ({one.by}).{why}")


COMMANDS = (access,)
