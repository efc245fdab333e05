"""Several workspaces: which there are, what became of them, and the keys of their tokens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from bot.cli.ask import as_json
from bot.cli.context import one_sentence, print_json, settings
from bot.clock import system_clock
from bot.services.errors import BadInput
from bot.storage.registry import Registry, new_key
from bot.tenancy.registry import find, open_registry


@click.group("workspaces", invoke_without_command=True)
@as_json
@click.pass_context
@one_sentence
def workspaces(context: click.Context, as_json: bool) -> None:
    """The workspaces that installed Steward, where STEWARD_WORKSPACES serves several."""
    if context.invoked_subcommand is not None:
        return
    with _registry() as registry:
        known = registry.installations()
    if as_json:
        print_json(list(known))
        return
    for one in known:
        ended = f", left {one.ended_at:%Y-%m-%d}" if one.ended_at else ""
        click.echo(f"{one.team_name} ({one.team_id}): {one.state}, installed {one.installed_at:%Y-%m-%d}{ended}")
    if not known:
        click.echo("No workspace has installed Steward yet: open /slack/install of this server in a browser.")


@workspaces.command("history")
@click.argument("workspace")
@one_sentence
def history(workspace: str) -> None:
    """What happened to a workspace, oldest first: installed, frozen, thawed, erased."""
    with _registry() as registry:
        events = registry.events(find(registry, workspace).team_id)
    for event in events:
        click.echo(f"{event.at:%Y-%m-%d %H:%M} {event.action} {event.detail}".rstrip())


@workspaces.command("new-key")
def make_key() -> None:
    """A new key for STEWARD_TOKEN_KEYS. Put it first; the keys after it still open what they closed."""
    click.echo(new_key())


@workspaces.command("reseal")
@one_sentence
def reseal() -> None:
    """Encrypt every stored token with the first key, so that the others can be taken away."""
    with _registry() as registry:
        count = registry.reseal(system_clock())
    click.echo(f"{count} tokens are encrypted with the first key of STEWARD_TOKEN_KEYS; the others may go.")


@contextmanager
def _registry() -> Iterator[Registry]:
    use = settings()
    if use.workspaces is None:
        raise BadInput("STEWARD_WORKSPACES is not set: this installation serves one workspace.")
    registry, _ = open_registry(use)
    with closing(registry):
        yield registry


COMMANDS = (workspaces,)
