"""The audit trail: `steward audit verify`, `steward audit list --account acme`, `steward audit export trail.jsonl`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import get_args

import click

from bot.cli import show
from bot.cli.ask import as_json, one_account
from bot.cli.context import NO_SUCCESS, audience, desk, one_sentence, print_json
from bot.services.errors import BadInput
from bot.services.results.trail import TrailChange, TrailEvent
from bot.services.trail.verify import Form

_HASH = re.compile(r"[0-9a-f]{64}")


@click.group("audit")
def audit() -> None:
    """Who was shown what, who changed what, and whether the record is whole."""


@audit.command("verify")
@click.option("--head", help="A hash that `steward audit head` printed before: that event must still be there.")
@as_json
@one_sentence
def verify(head: str | None, as_json: bool) -> None:
    """Look for events that were changed, removed, inserted or exchanged. Exit code 1 when there are any."""
    if head is not None and _HASH.fullmatch(head) is None:
        raise BadInput("--head takes the 64 characters that `steward audit head` prints.")
    watched = not as_json and sys.stderr.isatty()
    found = desk().trail.verify(audience(), head=head, progress=_progress if watched else None)
    if watched:
        click.echo("\r\x1b[K", nl=False, err=True)
    if as_json:
        print_json(found)
    elif found.broken:
        show.line(f"The audit trail of {found.events:,} events is broken in {found.broken:,} places:", bold=True)
        for one in found.faults:
            show.line(f"  event {one.seq}: {one.sentence}")
        if found.broken > len(found.faults):
            show.line(f"  and {found.broken - len(found.faults):,} more")
        show.line("Compare with a backup or an export; nothing of it can be trusted from the first of these on.")
    else:
        erased = f" {found.erased:,} values were erased, as they may be." if found.erased else ""
        show.line(f"The audit trail is whole: {found.events:,} events.{erased}", bold=True)
        show.line(f"Its head is {found.head}. Keep it elsewhere: --head shows later if events at the end are missing.")
    if found.broken:
        sys.exit(NO_SUCCESS)


def _progress(events: int) -> None:
    click.echo(f"\r{events:,} events", nl=False, err=True)


@audit.command("head")
@one_sentence
def head() -> None:
    """The hash of the last event, to be kept where nobody who can write the database can write."""
    _, found = desk().trail.head(audience())
    click.echo(found)


@audit.command("list")
@click.option("--account", "name", help="Only what shows or changes this account.")
@click.option("--who", help="Only what this person did: a name or a Slack user id.")
@click.option("--since", default="", help="Since a day: 2026-10-01, 1 Oct, Monday, 30 days, last month.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, help="The newest so many.")
@as_json
@one_sentence
def listed(name: str | None, who: str | None, since: str, limit: int, as_json: bool) -> None:
    """What happened, newest first."""
    use = desk()
    one = one_account(use, (name,), as_json=as_json) if name is not None else None
    found = use.trail.events(audience(), account_id=one, who=who, since=since, limit=limit)
    if as_json:
        print_json(found)
        return
    for event in found:
        show.line(f"{event.seq}  {event.at:%Y-%m-%d %H:%M} UTC  {event.sentence}{_where(event)}")
        for change in event.changes:
            show.line(f"    {_change(change)}")
    if not found:
        show.line("Nothing of that is in the audit trail.")
    elif len(found) == limit:
        show.line(f"The newest {limit:,}; --limit for more.")


def _where(event: TrailEvent) -> str:
    channel, people = event.detail.get("channel"), event.detail.get("people")
    if event.detail.get("to") is not None or channel is None:
        return ""
    return f" in {channel}{f', {people} people' if people else ''}"


def _change(one: TrailChange) -> str:
    if one.erased:
        return f"{one.field}: erased"
    before, after = (text if text is not None else "nothing" for text in (one.before, one.after))
    return f"{one.field}: {before} -> {after}"


@audit.command("export")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@one_sentence
def export(path: Path) -> None:
    """All of it, as .jsonl or .csv, so that anybody can verify it without Steward. README says how."""
    form = next((one for one in get_args(Form) if path.suffix.casefold() == f".{one}"), None)
    if form is None:
        raise BadInput(f"{path.name} must end in .jsonl or .csv.")
    lines = desk().trail.export(audience(), form)
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from error
    show.line(f"Wrote the audit trail to {path}. README says how to verify it without Steward.")


COMMANDS = (audit,)
