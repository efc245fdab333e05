"""Serving Slack, and trying it all without Slack."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from bot.bootstrap import build_desk, open_database
from bot.cli.context import one_sentence, settings, start_logging
from bot.clock import Clock, system_clock
from bot.rulebook import Rulebook
from bot.services.desk import Desk
from bot.services.errors import BadInput
from bot.settings import Settings, SettingsError
from bot.storage import migrate

_SHARED_THREADS = 64


def _mode(use: Settings, socket: bool, http: bool) -> str:
    """How Slack reaches us. Raises SettingsError that names what is missing or contradictory."""
    problems = use.slack_problems()
    if problems:
        raise SettingsError(" ".join(problems) + " See README, section Connect to Slack.")
    if socket and http:
        raise BadInput("Say either --socket or --http.")
    if use.app_token is not None and use.signing_secret is not None and not (socket or http):
        raise SettingsError(
            "SLACK_APP_TOKEN (Socket Mode) and SLACK_SIGNING_SECRET (HTTP) are both set: "
            "unset one, or say steward run --socket or steward run --http."
        )
    if socket and use.app_token is None:
        raise SettingsError("--socket needs SLACK_APP_TOKEN: create an app-level token with connections:write.")
    if http and use.signing_secret is None:
        raise SettingsError("--http needs SLACK_SIGNING_SECRET: copy it from Basic Information.")
    return "http" if http or use.app_token is None else "socket"


@click.command("run")
@click.option("--socket", is_flag=True, help="Use Socket Mode (SLACK_APP_TOKEN).")
@click.option("--http", is_flag=True, help="Serve HTTP (SLACK_SIGNING_SECRET) on STEWARD_HOST and STEWARD_PORT.")
@one_sentence
def run(socket: bool, http: bool) -> None:
    """Connect to Slack and stay connected."""
    use = settings()
    if use.workspaces is not None:
        if socket or http:
            raise BadInput(
                "--socket and --http are for one workspace; several come by Socket Mode with SLACK_APP_TOKEN."
            )
        serve_several(use)
        return
    stay_connected(use, _mode(use, socket, http))


def stay_connected(use: Settings, mode: str, clock: Clock = system_clock) -> None:
    """Bring the database up to date, then serve Slack (`mode` is socket or http) until asked to stop."""
    quick_turns()
    keep_from_bolt()
    start_logging(use)
    database = open_database(use)
    migrate.upgrade(database)
    rules = Rulebook(use.policies)
    desk = build_desk(use, database, clock, rules)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(use, mode, desk, rules))
    database.close()


def keep_from_bolt() -> None:
    """Take these out of the environment once they are read: Bolt looks for them there by itself, and would give every
    app an installation store of its own, in files of clear text."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"):
        os.environ.pop(name, None)


def quick_turns() -> None:
    """Let the loop that acks have its turn soon: a thread that plans or composes would keep it waiting for 5 ms."""
    sys.setswitchinterval(0.0005)


async def _serve(use: Settings, mode: str, desk: Desk, rules: Rulebook) -> None:
    from bot.slack.serve import StartError, serve_http, serve_socket
    from bot.tenancy.office import Office

    stop = _stopping()
    office, removed = Office(use, desk), asyncio.Event()

    def leave() -> None:
        office.rest()
        removed.set()
        stop()

    office.app.on_removed = leave
    await office.start(rules.look)
    try:
        if mode == "socket":
            hello = "Steward is connected to Slack (Socket Mode)."
            await serve_socket(office.app, use, ready=lambda: click.echo(hello))
        else:
            await serve_http(office.app, use, ready=lambda port: click.echo(f"Steward listens on {use.host}:{port}."))
    except asyncio.CancelledError:
        if removed.is_set():
            raise StartError(
                "Steward was uninstalled from the workspace, or its token revoked: nothing is sent any more, all "
                "data is kept. Install it again and put the new token into SLACK_BOT_TOKEN."
            ) from None
        click.echo("Steward has stopped.")
    finally:
        office.rest()


def _stopping() -> Callable[[], object]:
    """What ends the task that calls this; signals do it, too."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None  # noqa: S101 - for types: a coroutine runs in a task
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, task.cancel)
    return task.cancel


def serve_several(use: Settings, clock: Clock = system_clock) -> None:
    """Serve every workspace that has installed Steward until asked to stop."""
    if problems := use.shared_problems():
        raise SettingsError(" ".join(problems) + " See README, section Several workspaces.")
    quick_turns()
    keep_from_bolt()
    start_logging(use)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve_several(use, clock))


async def _serve_several(use: Settings, clock: Clock) -> None:
    from bot.tenancy.registry import open_registry
    from bot.tenancy.serving import serve_workspaces
    from bot.tenancy.workspaces import Workspaces

    _stopping()
    # Whoever waits for a database holds a thread: one busy workspace must not leave none for the others.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_SHARED_THREADS, "steward-shared"))
    registry, places = await asyncio.to_thread(open_registry, use)
    workspaces = Workspaces(use, registry, places, Rulebook(use.policies), clock)

    def ready(port: int) -> None:
        click.echo(f"Steward listens on {use.host}:{port} and serves {len(workspaces.teams)} workspaces.")

    try:
        await serve_workspaces(use, workspaces, ready=ready)
    except asyncio.CancelledError:
        click.echo("Steward has stopped.")
    finally:
        registry.close()


@click.command("try")
@click.option("--book", type=click.Path(path_type=Path), help="Your own export instead of the sample book.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path(".steward"),
    show_default=True,
    help="Where to keep the trial's files.",
)
@click.option("--user", default="maya", show_default=True, help="Who you are in the workspace.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The workspace's port; 0 takes a free one.")
@one_sentence
def try_(book: Path | None, folder: Path, user: str, port: int) -> None:
    """A sample book and a local workspace to ask it in: no Slack, no token, nothing leaves this machine."""
    from bot.cli.trial import Trial

    asyncio.run(Trial(folder, book, user, port).run())


COMMANDS = (run, try_)
