"""The book as looking ahead reads it: once, and from our data alone, for Slack cannot be asked about next month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from bot.domain.policy import Policies
from bot.domain.preferences import resolve
from bot.domain.reminders.account import Account, with_standing
from bot.domain.reminders.own import Own, next_due, wanted
from bot.domain.reminders.sight import Sight
from bot.domain.reminders.wanted import Wanted
from bot.services.assess import assess
from bot.services.preferences import Usual
from bot.services.reminders.gather import gather
from bot.services.reminders.own_planning import anchored_on, workdays_of
from bot.services.reminders.people import People
from bot.services.reminders.planning import standing_of
from bot.services.reminders.stakes import with_stakes
from bot.services.reminders.team import members
from bot.storage import schedules
from bot.storage.database import Reader
from bot.storage.queries import planning as queries
from bot.storage.queries import preferences

_AT_ONCE = 250
_MOST_TIMES = 1_000


def sight(
    reader: Reader, ids: Sequence[int], policies: Policies, usual: Usual, now: datetime, until: datetime
) -> Sight:
    """These accounts as they are now, with health and risks as they are now; own reminders as far as `until`."""
    accounts: dict[int, Account] = {}
    rows = []
    for some in _some(ids):
        accounts |= _standing(reader, gather(reader, some, now, usual.zone), policies, usual, now)
        rows += [row for found in queries.rows(reader, some).values() for row in found]
    people = People(reader, ids, usual, policies.access)
    people.look_ahead()
    own = [schedules.own_of(row) for row in schedules.active(reader)]
    kept = [one for one in own if one.account_id is None or one.account_id in accounts]
    return Sight(
        accounts=accounts,
        rows=rows,
        chains=people.chain,
        team=[
            (one, to) for one in members(reader, usual.zone).values() if (to := people.of_member(one.id)) is not None
        ],
        wishes=[wish for one in kept for wish in _occurrences(reader, one, usual, now, until)],
        words={one.id: one.text for one in kept},
    )


def _some(ids: Sequence[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _standing(
    reader: Reader, found: dict[int, Account], policies: Policies, usual: Usual, now: datetime
) -> dict[int, Account]:
    """With health and risks of those whose silence counts, and with what is at stake."""
    silent = [one for one, account in found.items() if account.silence is not None]
    states = assess(reader, silent, policies, now, now.astimezone(usual.zone).date())
    known = {one: with_standing(account, standing_of(states[one]) if one in states else None)
             for one, account in found.items()}  # fmt: skip
    return with_stakes(reader, known, now)


def _occurrences(reader: Reader, own: Own, usual: Usual, now: datetime, until: datetime) -> Iterator[Wanted]:
    """Every time that somebody's own reminder comes."""
    ways = resolve(preferences.choices_of(reader, own.created_by), None, usual.zone, usual.locale)
    day, at = anchored_on(reader, own, now), now
    for number in range(_MOST_TIMES):
        due_at = next_due(own, day, workdays_of(ways), at)
        if due_at is None or due_at > until:
            return
        yield wanted(replace(own, occurrence=own.occurrence + number), due_at)
        at = due_at
