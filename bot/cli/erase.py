"""Erasing people and accounts on the shell: shows what would go, asks, and says what is left."""

from __future__ import annotations

import sys

import click

from bot.cli import show
from bot.cli.ask import as_json, one_account
from bot.cli.context import NO_SUCCESS, NOT_DONE, audience, desk, one_sentence, print_json
from bot.services.desk import Desk
from bot.services.erasing.whom import Whom
from bot.services.results.erasing import Choice, Erased, ErasurePlan, Remains, Rows

_dry_run = click.option("--dry-run", is_flag=True, help="Show what would go; write nothing.")
_yes = click.option("--yes", is_flag=True, help="Do not ask.")
_compact = click.option(
    "--compact", is_flag=True, help="Write the database anew in the end: no byte stays in free space."
)


@click.group("erase")
def erase() -> None:
    """Erase a person or an account from everything that is kept. It cannot be taken back."""


@erase.command("person")
@click.argument("who", required=False, default="")
@click.option("--email", help="Their e-mail address.")
@click.option("--account", help="The account they belong to.")
@click.option("--unlisted", is_flag=True, help="Erase the name from texts although the book knows nobody of it.")
@_dry_run
@_yes
@_compact
@as_json
@one_sentence
def person(
    who: str,
    email: str | None,
    account: str | None,
    unlisted: bool,
    dry_run: bool,
    yes: bool,
    compact: bool,
    as_json: bool,
) -> None:
    """A person of a customer or a colleague, by name, id or address: `steward erase person "Dana Weiss"`."""
    use = desk()
    at = one_account(use, (account,), as_json=as_json) if account else None
    whom = Whom(who, email, at, unlisted)
    plan = use.erasing.plan_person(audience(), whom)
    if isinstance(plan, Choice):
        _choose(plan, as_json=as_json)
        return
    if not as_json:
        _rules(use, plan)
    if _agreed(plan, dry_run=dry_run, yes=yes, as_json=as_json):
        done = use.erasing.erase_person(audience(), whom, compact=compact, look_at_files=True)
        if isinstance(done, Choice):
            _choose(done, as_json=as_json)
        else:
            _say(done, as_json=as_json)


@erase.command("account")
@click.argument("name", nargs=-1, required=True)
@_dry_run
@_yes
@_compact
@as_json
@one_sentence
def account(name: tuple[str, ...], dry_run: bool, yes: bool, compact: bool, as_json: bool) -> None:
    """An account with its people, contracts, conversations and reviews: `steward erase account acme`."""
    use = desk()
    one = one_account(use, name, as_json=as_json)
    if _agreed(use.erasing.plan_account(audience(), one), dry_run=dry_run, yes=yes, as_json=as_json):
        _say(use.erasing.erase_account(audience(), one, compact=compact, look_at_files=True), as_json=as_json)


@erase.command("list")
@as_json
@one_sentence
def list_(as_json: bool) -> None:
    """Erasures, newest first; whom they were about is not known any more."""
    found = desk().erasing.history(audience())
    if as_json:
        print_json(found)
        return
    for one in found or ():
        show.line(f"{one.erasure}  {one.at:%Y-%m-%d %H:%M}  {one.kind:<9} {one.state:<8} by {one.by}  "
                  f"{one.own:,} rows, {one.named:,} texts")  # fmt: skip
    if not found:
        show.line("Nothing was erased so far.")


@erase.command("lift")
@click.argument("erasure")
@one_sentence
def lift(erasure: str) -> None:
    """Let imports bring somebody in again."""
    one = desk().erasing.lift(audience(), erasure)
    show.line(f"Lifted: the next import may bring the {one.kind} in again. What was erased stays erased.")


@erase.command("finish")
@one_sentence
def finish() -> None:
    """End an erasure that was interrupted; `steward run` does so by itself."""
    done = desk().erasing.finish()
    for one in done:
        show.line(one.sentence)
    if not done:
        show.line("Nothing is unfinished.")


def _rules(use: Desk, plan: ErasurePlan) -> None:
    """The files of rules are people's own: what they say of somebody is told, not changed."""
    listed = {one.email.casefold() for one in plan.who if one.email} & set(use.policies.access.people)
    for email in sorted(listed):
        show.line(f"  access.yml names {email}: take that line out yourself.")


def _agreed(plan: ErasurePlan, *, dry_run: bool, yes: bool, as_json: bool) -> bool:
    """Say what would go, and ask, unless nobody is to be asked."""
    if dry_run and as_json:
        print_json(plan)
    elif not as_json:
        _plan(plan)
    if dry_run:
        return False
    if yes:
        return True
    if as_json:
        click.echo("With --json nobody is asked: say --yes, or --dry-run to look first.", err=True)
        sys.exit(NOT_DONE)
    return click.confirm("Erase? It cannot be taken back", default=False)


def _plan(plan: ErasurePlan) -> None:
    if not plan.who:
        show.line("A name that the book does not list, in texts:", bold=True)
    for one in plan.who:
        where = f" of {one.account}" if one.account and one.kind == "person" else ""
        show.line(f"{one.name}{f' <{one.email}>' if one.email else ''}: a {one.kind}{where}"
                  if one.kind != "account" else f"{one.name} and everything about it", bold=True)  # fmt: skip
    own = "Row without a name" if plan.kind == "colleague" else "Rows that go"
    show.line(f"  {own:<21} {_rows(plan.own)}")
    if any(one.table == "survey_answer" for one in plan.own) and plan.kind == "person":
        show.line("                        (answers keep their score, and lose who gave them and what they wrote)")
    show.line(f"  Texts written anew    {_rows(plan.named)}")
    if plan.alone:
        show.line(f"  Also alone, there     {', '.join(plan.alone)}")
    if plan.shared:
        show.line(
            f"  Not alone             {', '.join(plan.shared)}: somebody else there is called that, or the account"
        )
    if plan.namesakes:
        show.line(f"  {plan.namesakes} more of this name: elsewhere the name in full stays, it may be theirs.")


def _say(done: Erased, *, as_json: bool) -> None:
    if as_json:
        print_json(done)
    else:
        show.line(done.sentence, bold=True)
        show.line(f"  Gone: {_rows(done.own)}")
        show.line(f"  Written anew: {_rows(done.named)}")
        for one in done.remains:
            show.line(f"  {_stays(one)}")
        _files(done)
        show.line(f"Imports leave them out from now on; steward erase lift {done.erasure} ends that.")
    if any(one.why is None for one in done.remains):
        sys.exit(NO_SUCCESS)


def _stays(one: Remains) -> str:
    place = f"{one.rows:,} in {one.table}.{one.column}"
    return f"Stays: {place} ({one.why})" if one.why else f"STILL THERE: {place}; somebody is writing, run this again"


def _files(done: Erased) -> None:
    if not done.log_emptied:
        show.line("  Somebody was reading: the database's log still holds it, until the next checkpoint.")
    if done.in_files:
        show.line(f"  Free space of the file still shows the words in {done.in_files} places; --compact removes them.")
    if done.in_files is None and not done.compacted:
        show.line("  PostgreSQL keeps old row versions until it vacuums; --compact does so now.")
    show.line("  Backups, files that were handed out and messages in Slack are yours to remove.")


def _rows(found: tuple[Rows, ...]) -> str:
    return ", ".join(f"{one.rows:,} {one.called}" for one in found) or "none"


def _choose(found: Choice, *, as_json: bool) -> None:
    """Say who may be meant; nothing was done."""
    if as_json:
        print_json(found)
    elif found.candidates:
        click.echo(f"Several are called {found.query!r}. Which one? Say the id:", err=True)
        for one in found.candidates:
            parts = [one.name, one.email, one.account, one.kind]
            click.echo(f"  {one.id}  {'  '.join(part for part in parts if part)}", err=True)
    else:
        rows = f"{found.mentions:,} {'row has' if found.mentions == 1 else 'rows have'}"
        more = f" {rows} the name in their texts: --unlisted erases it there." if found.mentions else ""
        click.echo(f"The book knows nobody called {found.query!r}.{more}", err=True)
    sys.exit(NOT_DONE)


COMMANDS = (erase,)
