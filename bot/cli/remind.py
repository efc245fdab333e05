"""Reminders that people set, from the shell."""

from __future__ import annotations

import sys

import click

from bot.cli import show
from bot.cli.ask import as_json, choose
from bot.cli.context import NOT_DONE, audience, desk, one_sentence, print_json
from bot.domain.ids import parse_id
from bot.domain.preferences import Preferences, resolve
from bot.services.desk import Desk
from bot.services.errors import BadInput
from bot.services.reminders.own import Wish
from bot.services.results.own import OwnReminder, Question


@click.command("remind")
@click.argument("text")
@click.argument("when")
@click.option("--for", "name", help="Who hears it: a name from the team list.")
@click.option("--channel", help="The id of a Slack channel that hears it, e.g. C0123456.")
@click.option("--account", help="The account it is about.")
@as_json
@one_sentence
def remind(text: str, when: str, name: str | None, channel: str | None, account: str | None, as_json: bool) -> None:
    """Set a reminder: `steward remind "send pricing" "next tue 9:00" --for maya --account acme`."""
    use = desk()
    if (name is None) == (channel is None):
        raise BadInput("Say who hears it: either --for NAME or --channel ID.")
    account_id = None
    if account is not None:
        match = use.find_account(audience(), account)
        if match.outcome != "one":
            choose(match, as_json=as_json)
            sys.exit(NOT_DONE)
        account_id = parse_id(match.account_id or "")
    to = use.reminders.recipient_called(audience(), name) if name is not None else None
    done = use.reminders.set_own(audience(), Wish(text, when, account_id, channel, to=to), ways(use))
    if as_json:
        print_json(done)
    elif isinstance(done, Question):
        show.line(f"{done.question} Nothing is set yet; say one of:")
        for words in done.choices:
            show.line(f"  {words}")
    else:
        show.line(f"Set: {_told(done)}")
    if isinstance(done, Question):
        sys.exit(NOT_DONE)


@click.command("reminders")
@as_json
@one_sentence
def reminders(as_json: bool) -> None:
    """Reminders that anybody has set and that still come, soonest first."""
    use = desk()
    found = use.reminders.own_list(audience(), None, ways(use))
    if as_json:
        print_json(found)
        return
    for one in found.mine:
        show.line(_told(one))
    if not found.mine:
        show.line("Nobody has set any.")


def ways(use: Desk) -> Preferences:
    """The workspace's clock and working days: the shell has no settings of its own."""
    return resolve(None, None, use.zone, use.locale)


def _told(one: OwnReminder) -> str:
    """`send pricing (Acme): every other Tuesday at 09:00, next 2026-03-10 09:00 (Europe/Berlin), by U0MAYA`."""
    about = f" ({one.account})" if one.account else ""
    state = " [paused]" if one.state == "paused" else ""
    next_at = f", next {one.next[0]:%Y-%m-%d %H:%M} UTC" if one.next else ""
    by = one.set_by_name or one.set_by
    where = f" in {one.channel}" if one.channel else ""
    return f"{one.text}{about}: {one.when}{next_at} ({one.zone}), by {by}{where}{state}"


COMMANDS = (remind, reminders)
