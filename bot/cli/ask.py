"""The same answers as in Slack: account, book, renewals."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from bot.cli import show, show_account, show_past
from bot.cli.context import NOT_DONE, audience, desk, one_sentence, print_json
from bot.domain.ids import parse_id
from bot.domain.when.past import PastError, past_day
from bot.services.desk import Desk
from bot.services.errors import BadInput
from bot.services.results import SECTIONS, Match, Result, Section

R = TypeVar("R", bound=Result)
SORTS = ("rank", "renewal", "risk", "touch", "name")

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON with stable keys.")


@click.command("account")
@click.argument("name", nargs=-1, required=True)
@click.option("--timeline", "view", flag_value="timeline", help="What happened, newest first.")
@click.option("--people", "view", flag_value="people", help="Who is known there, and who is missing.")
@click.option("--why", "view", flag_value="why", help="Where its health comes from.")
@click.option("--since", help="What changed since: a day, 3 months, last review, last-qbr; with --why, in the health.")
@click.option("--as-of", help="The card as it was known on a day of the past.")
@click.option("--kind", type=click.Choice(SECTIONS), default="all", help="Which entries of the timeline.")
@click.option("--page", type=click.IntRange(1), default=1)
@as_json
@one_sentence
def account(
    name: tuple[str, ...],
    view: str | None,
    since: str | None,
    as_of: str | None,
    kind: Section,
    page: int,
    as_json: bool,
) -> None:
    """The state of one account: `steward account acme`."""
    use = desk()
    one = one_account(use, name, as_json=as_json)
    if since is not None and view is None:
        _print(use.past.diff(audience(), one, since), show_past.diff, as_json=as_json)
    elif as_of is not None:
        _print(use.past.as_of(audience(), one, as_of), show_past.then, as_json=as_json)
    elif view == "timeline":
        _print(use.timeline(audience(), one, section=kind, page=page), show_account.timeline, as_json=as_json)
    elif view == "people":
        _print(use.contacts(audience(), one, page=page), show_account.people, as_json=as_json)
    elif view == "why":
        day = _day(since, use.today()) if since is not None else None
        _print(use.why_health(audience(), one, day), show_account.why, as_json=as_json)
    else:
        _print(use.account_card(audience(), one), show.card, as_json=as_json)


def _day(words: str, today: date) -> date:
    try:
        return past_day(words, today)
    except PastError as error:
        raise BadInput(str(error)) from error


def one_account(use: Desk, name: tuple[str, ...], *, as_json: bool) -> int:
    """The account that these words name; else says what to choose from, and ends."""
    match = use.find_account(audience(), " ".join(name))
    if match.outcome != "one":
        choose(match, as_json=as_json)
        sys.exit(NOT_DONE)
    return parse_id(match.account_id or "") or 0


def _print(found: R, plain: Callable[[R], None], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        plain(found)


def choose(match: Match, *, as_json: bool) -> None:
    """Say what to choose from."""
    if as_json:
        print_json(match)
    elif match.candidates:
        several = f"Several accounts fit {match.query!r}. Which one?"
        click.echo(
            several if len(match.candidates) > 1 else f"No account is called {match.query!r}. Is it this?", err=True
        )
        for candidate in match.candidates:
            click.echo(f"  {candidate.name}  ({candidate.hint})", err=True)
    else:
        click.echo(f"No account is called {match.query!r}. Look with: steward book --search TEXT --owner all", err=True)


@click.command("book")
@click.option("--owner", help="mine, team, all, or somebody's name.", default="all", show_default=True)
@click.option("--search", help="Only accounts with this text in their name.")
@click.option(
    "--sort", type=click.Choice(["rank", "renewal", "risk", "touch", "name"]), default="rank", show_default=True
)
@click.option("--page", type=click.IntRange(1), default=1)
@as_json
@one_sentence
def book(owner: str, search: str | None, sort: str, page: int, as_json: bool) -> None:
    """A portfolio, most pressing first."""
    found = desk().book(audience(), owner=owner, search=search, sort=sort, page=page)
    if as_json:
        print_json(found)
    else:
        show.book(found)


def days_of(text: str) -> int:
    """Days in "90d", "12w", "3m", "90", "3 months". Raises BadInput for anything else."""
    found = re.fullmatch(r"\s*(\d{1,4})\s*(?:(d|w|m|q|y)|(day|week|month|quarter|year)s?)?\s*", text.lower())
    if found is None:
        raise BadInput(f"{text!r} is not a span of time; try 90d, 12w or 3m.")
    factor = {"d": 1, "w": 7, "m": 30, "q": 91, "y": 365}[(found[2] or found[3] or "d")[0]]
    return int(found[1]) * factor


@click.command("renewals")
@click.option("--within", default="90d", show_default=True, help="How far ahead: 90d, 12w, 3m.")
@click.option("--owner", default="all", show_default=True, help="mine, team, all, or somebody's name.")
@click.option("--page", type=click.IntRange(1), default=1)
@as_json
@one_sentence
def renewals(within: str, owner: str, page: int, as_json: bool) -> None:
    """What renews, by notice deadline or contract end, whichever comes first."""
    found = desk().renewals(audience(), within_days=days_of(within), owner=owner, page=page)
    if as_json:
        print_json(found)
    else:
        show.renewals(found)


COMMANDS = (account, book, renewals)
