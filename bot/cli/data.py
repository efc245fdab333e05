"""What an administrator asks: stats, doctor, migrate."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from bot.bootstrap import open_database
from bot.cli import show
from bot.cli.ask import as_json
from bot.cli.context import NO_SUCCESS, audience, database, desk, one_sentence, print_json, settings
from bot.clock import system_clock
from bot.rulebook import examine
from bot.services.doctor import check_brand, check_policies, check_skills, examine_database
from bot.services.results import Check
from bot.settings import Settings
from bot.storage import migrate as migrations
from skills.registry import Registry


@click.command("stats")
@as_json
@one_sentence
def stats(as_json: bool) -> None:
    """Counts and sums over the whole book."""
    found = desk().stats(audience())
    if as_json:
        print_json(found)
    else:
        show.stats(found)


@click.command("doctor")
@as_json
@one_sentence
def doctor(as_json: bool) -> None:
    """Check configuration, database and Slack; say what to do, a line each. Exit code 1 when something is wrong."""
    use = settings()
    checks = (
        check_policies([one.fault for one in examine(use.policies) if one.fault]),
        check_skills(Registry(use.skills).problems(), use.drafting_model),
        *check_brand(use.brand),
        *_installation(use),
    )
    if as_json:
        print_json(list(checks))
    else:
        show.checks(checks)
    if any(check.state == "error" for check in checks):
        sys.exit(NO_SUCCESS)


def _installation(use: Settings) -> Iterator[Check]:
    """The database and Slack: of one workspace, or of all that are served."""
    from bot.slack.doctor import slack_checks
    from bot.tenancy.doctor import shared_checks

    if use.workspaces is not None:
        yield from shared_checks(use, system_clock)
    else:
        yield from examine_database(open_database(use), system_clock)
        yield from slack_checks(use)


@click.command("migrate")
@one_sentence
def migrate() -> None:
    """Bring the database to this version. Other commands do it by themselves."""
    opened = database(upgraded=False)
    before = migrations.current(opened)
    migrations.upgrade(opened)
    after = migrations.current(opened)
    where = migrations.describe(opened)
    click.echo(f"{where} is at revision {after}." if before == after else f"{where}: {before or 'empty'} → {after}.")


COMMANDS = (stats, doctor, migrate)
