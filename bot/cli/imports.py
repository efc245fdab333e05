"""Bringing files in, taking them back, deciding what could not be decided."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.cli import show
from bot.cli.ask import as_json
from bot.cli.context import NO_SUCCESS, audience, database, one_sentence, print_json, settings
from bot.cli.interrupt import stop_when_asked
from bot.cli.progress import file_progress
from bot.clock import system_clock
from bot.importers import Options, load_mapping
from bot.services.errors import BadInput
from bot.services.importing.review import decide, open_items, waiting
from bot.services.importing.run import Request, bring_in
from bot.services.importing.undo import history, undo


class _ImportGroup(click.Group):
    """`steward import FILES...` imports; `steward import undo|list|review ...` are verbs of their own."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["files", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0].startswith("-") and args[0] not in {"-h", "--help"}:
            args = ["files", *args]
        return super().parse_args(ctx, args)


@click.group("import", cls=_ImportGroup, invoke_without_command=False)
def import_() -> None:
    """Bring in CSV exports: `steward import FILE_OR_FOLDER...` (Salesforce, HubSpot, Zendesk, plain tables).

    \b
    steward import files --help    all options
    steward import list            what was imported
    steward import undo BATCH      take one back
    steward import review          what needs a decision
    """


@import_.command("files")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--mapping", type=click.Path(path_type=Path), help="A YAML or JSON file that says which column is what.")
@click.option("--date-order", type=click.Choice(["dmy", "mdy", "ymd"]), help="For dates that fit two orders.")
@click.option("--source", help="The system the files come from, when it cannot be seen: it owns the ids in them.")
@click.option("--timezone", help="The zone of times that state none (default: STEWARD_TIMEZONE).")
@click.option("--currency", help="The currency of amounts that state none, e.g. EUR.")
@click.option("--encoding", help="Override the encoding that was found.")
@click.option("--delimiter", help="Override the delimiter that was found.")
@click.option("--decimal", type=click.Choice([".", ","]), help="The decimal mark, where it cannot be seen.")
@click.option("--create-accounts", is_flag=True, help="Make accounts of customers that only these files name.")
@as_json
@one_sentence
def files(
    paths: tuple[Path, ...], dry_run: bool, as_json: bool, create_accounts: bool, **said: str | Path | None
) -> None:
    """Import files or folders as one batch: all of it or nothing."""
    with ExitStack() as stack:
        stopped = stack.enter_context(stop_when_asked())
        request = Request(paths, _options(said), dry_run, create_accounts, stopped)
        progress = None if as_json else stack.enter_context(file_progress())
        report = bring_in(database(), audience(), system_clock, request, progress)
    if as_json:
        print_json(report)
    else:
        show.import_report(report)
    if any(file.read and file.skipped + file.to_review == file.read for file in report.files):
        sys.exit(NO_SUCCESS)


def _options(said: dict[str, str | Path | None]) -> Options:
    mapping = said.get("mapping")
    zone = str(said["timezone"]) if said.get("timezone") else settings().timezone
    return Options(
        source=_text(said, "source"),
        date_order=said.get("date_order"),  # type: ignore[arg-type]  # click allows the three orders only
        zone=_zone(zone),
        currency=(_text(said, "currency") or "").upper() or None,
        mapping=load_mapping(Path(mapping)) if mapping else None,
        encoding=_text(said, "encoding"),
        delimiter=_text(said, "delimiter"),
        decimal=said.get("decimal"),  # type: ignore[arg-type]  # click allows the two marks only
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, a folder of zones
        raise BadInput(f"There is no time zone {name!r}; try one like Europe/Berlin.") from None


def _text(said: dict[str, str | Path | None], name: str) -> str | None:
    value = said.get(name)
    return str(value) if value else None


@import_.command("list")
@as_json
@one_sentence
def list_(as_json: bool) -> None:
    """Imports, newest first."""
    found = history(database(), audience())
    if as_json:
        print_json(found)
    else:
        show.batches(found)


@import_.command("undo")
@click.argument("batch")
@as_json
@one_sentence
def undo_(batch: str, as_json: bool) -> None:
    """Take an import back, unless later changes build on it."""
    done = undo(database(), audience(), system_clock, batch)
    if as_json:
        print_json(done)
    else:
        gone = f"{done.created} rows are gone, {done.updated} are as before"
        click.echo(f"{done.batch} ({done.files}) is undone: {gone}.")


@import_.command("review")
@click.argument("item", required=False)
@click.option("--accept", "verdict", flag_value="accepted", help="Yes: the two are the same; merge them.")
@click.option("--dismiss", "verdict", flag_value="dismissed", help="No: keep things as they are.")
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="How many to list.")
@as_json
@one_sentence
def review(item: str | None, verdict: str | None, limit: int, as_json: bool) -> None:
    """What an import left for a person to decide."""
    if verdict:
        if not item:
            raise BadInput("Say which item: steward import review ITEM --accept (or --dismiss).")
        decided = decide(database(), audience(), system_clock, item, verdict)
        if as_json:
            print_json(decided)
        else:
            click.echo(decided.sentence)
        return
    opened = database()
    found = open_items(opened, audience(), item, limit)
    if as_json:
        print_json(found)
        return
    show.reviews(found)
    if item is None and (total := waiting(opened, audience())) > len(found):
        click.echo(f"{len(found)} of {total:,} shown; --limit {total} shows all.")


COMMANDS = (import_,)
