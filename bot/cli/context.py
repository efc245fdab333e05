"""What every command shares: settings, database, output, and one place where errors become a sentence."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from pydantic import BaseModel, TypeAdapter

from bot.bootstrap import build_desk, open_database
from bot.cli.shown import ShellRecord
from bot.documents.brand import BrandError
from bot.domain.audience import SHELL, Audience, only_the_asker
from bot.domain.policy import PolicyError
from bot.importers import ImportFileError
from bot.services.desk import Desk
from bot.services.errors import BadInput, StewardError
from bot.services.watching import watched
from bot.settings import Settings, SettingsError, load_settings
from bot.storage import migrate
from bot.storage.database import Database, DatabaseError
from bot.tenancy.registry import settings_of

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger("steward")

EXPECTED = (StewardError, SettingsError, DatabaseError, ImportFileError, PolicyError, BrandError)
NO_SUCCESS, NOT_DONE = 1, 2


def audience() -> Audience:
    """The shell belongs to whoever may read the database file: it sees everything."""
    return only_the_asker(SHELL)


def settings() -> Settings:
    """The settings; `steward --workspace` comes before STEWARD_WORKSPACE."""
    context = click.get_current_context(silent=True)
    chosen = context.find_root().params.get("workspace") if context is not None else None
    return load_settings(workspace=chosen) if chosen else load_settings()


def of_one_workspace(use: Settings) -> Settings:
    """The settings for a command that works in one database. Raises BadInput where several are served and none, or none
    of that name, is chosen."""
    if use.workspaces is not None:
        return settings_of(use, use.workspace or "")
    if use.workspace is not None:
        raise BadInput("--workspace and STEWARD_WORKSPACE are for several workspaces: STEWARD_WORKSPACES is not set.")
    return use


def database(*, upgraded: bool = True) -> Database:
    """The configured database, brought up to date."""
    opened = open_database(of_one_workspace(settings()))
    if upgraded:
        migrate.upgrade(opened)
    return opened


def desk() -> Desk:
    """The use cases; what they answer about accounts is recorded before it can be printed."""
    made = build_desk(settings(), database())
    record = ShellRecord(made)
    click.get_current_context().call_on_close(record.close)
    return watched(made, record.noted)


def one_sentence(command: Callable[P, T]) -> Callable[P, T]:
    """Expected failures print their sentence; others print a short id and log the traceback under it."""

    @wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except EXPECTED as error:
            click.echo(str(error), err=True)
            sys.exit(NOT_DONE)
        except (click.ClickException, click.Abort, click.exceptions.Exit, SystemExit, KeyboardInterrupt):
            raise
        except BrokenPipeError:
            raise  # the reader has gone (`| head`): click ends quietly
        except Exception:
            reference = secrets.token_hex(3)
            _log_somewhere()
            log.exception("unexpected error %s", reference)
            click.echo(
                f"Something went wrong on our side (ref {reference}); the log above has the traceback.", err=True
            )
            sys.exit(NO_SUCCESS)

    return wrapper


def _log_somewhere() -> None:
    """A traceback needs a log that keeps secrets out, also where no command has started one."""
    if not logging.getLogger().handlers:
        try:
            start_logging(settings())
        except SettingsError:
            start_logging(Settings.model_construct())


def print_json(result: BaseModel | tuple[Any, ...] | list[Any]) -> None:
    """A result as indented JSON with stable keys."""
    if isinstance(result, BaseModel):
        click.echo(result.model_dump_json(indent=2))
    else:
        click.echo(TypeAdapter(type(result)).dump_json(result, indent=2).decode())


def write(path: Path, content: bytes) -> None:
    """A file that somebody named. Raises BadInput when it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error


def start_logging(use: Settings) -> None:
    """To stderr, without secrets."""
    from bot.slack.logs import SecretFilter

    level = use.log_level
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("alembic", "apscheduler"):  # a line for each migration's set-up and for each tick
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    for handler in logging.getLogger().handlers:
        handler.addFilter(SecretFilter(use.secrets))
