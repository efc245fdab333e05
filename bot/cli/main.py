"""The command table of the shell."""

from __future__ import annotations

import click

from bot.cli import (
    access,
    ahead,
    ask,
    audit,
    brand,
    data,
    erase,
    health,
    imports,
    kpi,
    log,
    plan,
    policies,
    qbr,
    question,
    remind,
    retention,
    serve,
    skills,
    team,
    workspaces,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="steward", message="Steward %(version)s")
@click.option("--workspace", metavar="NAME", help="Which workspace, by name or id, where several are served.")
def main(workspace: str | None) -> None:
    """Steward: the state of your accounts, in Slack and here.

    Start with `steward try` (a sample book and a local workspace), or bring your own book in with
    `steward import FOLDER` and ask `steward account NAME`.
    """


for group in (
    access,
    ask,
    question,
    plan,
    kpi,
    qbr,
    brand,
    audit,
    log,
    remind,
    ahead,
    imports,
    data,
    erase,
    retention,
    health,
    policies,
    serve,
    skills,
    team,
    workspaces,
):
    for command in group.COMMANDS:
        main.add_command(command)
