"""The weekly line to those who lead: what was said to their team, what became of it, and what nobody can be told."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.policy import Policies
from bot.domain.reminders.wanted import OWNER
from bot.domain.reminders.weekly import Told, advice, tally
from bot.domain.when.wall import local_day
from bot.services.preferences import Usual
from bot.services.reminders.people import People
from bot.services.results.matters import Weekly
from bot.storage.database import Reader
from bot.storage.queries import accounts
from bot.storage.queries import mornings as queries
from bot.storage.queries import people as team_queries

_WEEK = timedelta(days=7)


def weekly(reader: Reader, member_id: int, policies: Policies, usual: Usual, now: datetime) -> Weekly | None:
    """The line to one who leads; None when nothing was said and everybody can be reached."""
    waiting = queries.reminded(reader)
    people = People(reader, waiting, usual, policies.access)
    to = people.of_member(member_id)
    if to is None:
        return None
    today = local_day(now, to.preferences.zone)
    theirs = team_queries.accounts_owned_by(reader, team_queries.team_of(reader, member_id))
    told = (
        Told(row.rule, row.acted, (today - local_day(row.sent_at, to.preferences.zone)).days)
        for row in queries.told_about(reader, theirs, now - _WEEK)
    )
    tallies = tally(told, policies.reminders.ignored_after_days)
    orphans = _orphans(reader, people, waiting, to.presence.slack_user_id)
    if not tallies and not orphans:
        return None
    return Weekly(on=today, lines=tuple(one.sentence for one in tallies), advice=advice(tallies), orphans=orphans)


def _orphans(reader: Reader, people: People, waiting: list[int], lead: str) -> tuple[str, ...]:
    """Accounts that none of us owns, about which something is to be said: it comes to this lead."""
    found = []
    for one in waiting:
        there = [each for each in people.chain(OWNER, one) if each.presence.reachable]
        if there and there[0].part == "lead" and there[0].presence.slack_user_id == lead:
            found.append(one)
    names = (row.name for row in accounts.accounts(reader, found).values()) if found else ()
    return tuple(sorted(names, key=str.casefold))
