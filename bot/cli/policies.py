"""The policy files: which are in force, and what is wrong with one."""

from __future__ import annotations

import sys

import click

from bot.cli import show
from bot.cli.context import NO_SUCCESS, one_sentence, settings
from bot.rulebook import PolicyFile, examine


@click.group("policies")
def policies() -> None:
    """The files with weights, cadences, ladders and thresholds."""


@policies.command("check")
@one_sentence
def check() -> None:
    """Read every policy file as the bot would; say what is wrong and where. Exit code 1 when something is."""
    files = examine(settings().policies)
    for one in files:
        _show(one)
    if any(one.fault for one in files):
        sys.exit(NO_SUCCESS)


def _show(one: PolicyFile) -> None:
    if one.policy is None:
        show.line(f"error    {one.fault}.", bold=True)
    else:
        where = str(one.path) if one.is_own else "as shipped"
        show.line(f"ok       {f'{one.name}.yml':<15} version {one.policy.fingerprint}  {where}")


COMMANDS = (policies,)
