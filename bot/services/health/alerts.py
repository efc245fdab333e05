"""Alerts: an owner hears of an account that fell, as a reminder like any other.

Quiet when the pass before rests on something else: what moves with a new source, an import that was taken back or new
rules is not the customer. Quiet as well when so many accounts fell at once that the data must have moved.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.audience import SYSTEM, only_the_asker
from bot.domain.health_past import Fall, fall
from bot.domain.policy import HealthPolicy, Policies
from bot.domain.reminders.wanted import OWNER, Wanted
from bot.storage import health as storage
from bot.storage import reminders
from bot.storage.database import Database, Reader
from bot.storage.health import Turn
from bot.storage.queries import accounts as account_queries
from bot.storage.queries import health as queries

_EVERYTHING = only_the_asker(SYSTEM)
_AT_ONCE = 500
_log = logging.getLogger(__name__)


def announce_falls(database: Database, policies: Policies, zone: ZoneInfo, turn: Turn, now: datetime) -> int:
    """Plan the alerts of a pass and end it; how many. None are planned when the pass is in other hands by now."""
    with database.reading(_EVERYTHING) as reader:
        found = _falls(reader, policies.health, turn)
        accounts = account_queries.accounts(reader, list(found))
        everybody = len(found) and account_queries.how_many(reader)
    rules = policies.health.alerts
    if len(found) > max(rules.most_accounts, rules.most_share * everybody):
        _log.warning("health fell in %d of %d accounts at once: the data moved, nobody hears", len(found), everybody)
        found = {}
    zones = {one: row.timezone or zone.key for one, row in accounts.items()}
    wanted = [_wanted(one, fell, policies.health, zones[one], now) for one, fell in found.items() if one in zones]
    with database.writing(_EVERYTHING, now) as writer:
        if not storage.finish(writer, turn, len(wanted)):
            return 0
        reminders.insert(writer, wanted)
    return len(wanted)


def _falls(reader: Reader, policy: HealthPolicy, turn: Turn) -> dict[int, Fall]:
    if not policy.alerts.enabled or turn.comparable_from >= turn.on:
        return {}
    since = max(turn.on - timedelta(days=policy.alerts.drop_days), turn.comparable_from)
    lower = queries.lower_than_before(reader, turn.on, since)
    found: dict[int, Fall] = {}
    for at in range(0, len(lower), _AT_ONCE):
        found |= _fallen(reader, lower[at : at + _AT_ONCE], policy, turn, since)
    return found


def _fallen(reader: Reader, ids: Sequence[int], policy: HealthPolicy, turn: Turn, since: date) -> dict[int, Fall]:
    """Those that nobody was told of lately, or that got into a worse band since."""
    told = queries.alerted_since(reader, ids, turn.on - timedelta(days=policy.alerts.quiet_days))
    fell = falls_of(reader, ids, policy, turn.on, since)
    return {
        one: found
        for one, found in fell.items()
        if one not in told or (found.how == "crossed" and policy.rank(found.after.band) < told[one])
    }


def falls_of(reader: Reader, ids: Sequence[int], policy: HealthPolicy, on: date, since: date) -> dict[int, Fall]:
    """Which of these accounts fell on a day, compared with what stood on the days from `since` on."""
    before = queries.standing(reader, ids, since)
    past = queries.between(reader, ids, since + timedelta(days=1), on)
    found = {}
    for one, readings in past.items():
        stood = [replace(before[one], on=since)] if one in before else []
        *earlier, todays = [*stood, *readings]
        if todays.on == on and (fell := fall(earlier, todays, policy)) is not None:
            found[one] = fell
    return found


def _wanted(account_id: int, fell: Fall, policy: HealthPolicy, zone: str, now: datetime) -> Wanted:
    """One message of its own; how many of them a day, and when, is for those who send it."""
    return Wanted(
        rule="alert",
        account_id=account_id,
        anchor_id=account_id,
        anchor_on=fell.after.on,
        milestone=policy.rank(fell.after.band),
        recipient=OWNER,
        due_at=now,
        zone=zone,
        carrier="own",
    )
