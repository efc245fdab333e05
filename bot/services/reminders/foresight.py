"""The book as looking ahead reads it: once, and from our data alone, for Slack cannot be asked about next month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import islice

from bot.domain.policy import Policies
from bot.domain.preferences import Choices, resolve
from bot.domain.reminders.account import Account, with_standing
from bot.domain.reminders.own import Own, next_due, wanted
from bot.domain.reminders.presence import Addressee, Part, Presence
from bot.domain.reminders.sight import Chain, Sight
from bot.domain.reminders.wanted import Wanted
from bot.services.assess import assess
from bot.services.contracts import account_arr
from bot.services.preferences import Usual
from bot.services.reminders.addressing import AddressBook, Known
from bot.services.reminders.gather import gather
from bot.services.reminders.own_planning import anchored_on, workdays_of
from bot.services.reminders.planning import standing_of
from bot.services.reminders.team import members
from bot.storage import schedules
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as account_queries
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
    people = _People(reader, ids, usual)
    own = [schedules.own_of(row) for row in schedules.active(reader)]
    kept = [one for one in own if one.account_id is None or one.account_id in accounts]
    return Sight(
        accounts=accounts,
        rows=rows,
        chains=people.chain,
        team=[(member, people.of_member(member.id)) for member in members(reader, usual.zone).values()],
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
    rows = account_queries.contracts(reader, list(found))
    lines = account_queries.lines(reader, list(found))
    known = {one: with_standing(account, standing_of(states[one]) if one in states else None)
             for one, account in found.items()}  # fmt: skip
    return {one: _with_stakes(account, rows.get(one, ()), lines.get(one, ()), now) for one, account in known.items()}


def _with_stakes(account: Account, rows: Sequence[AnyRow], lines: Sequence[AnyRow], now: datetime) -> Account:
    today = account.place.today(now)
    stakes = {}
    for row in rows:
        found = account_arr([row], [line for line in lines if line.contract_id == row.id], None, today)
        stakes[row.id] = max((money.amount for money in found.totals), default=Decimal(0))
    contracts = tuple(replace(one, arr=stakes.get(one.id, Decimal(0))) for one in account.contracts)
    return replace(account, contracts=contracts)


class _People:
    """Who hears of what, by the team list and by what people chose."""

    def __init__(self, reader: Reader, account_ids: Sequence[int], usual: Usual) -> None:
        self._usual = usual
        self._book = AddressBook(reader, account_ids)
        self._choices = preferences.all_choices(reader)
        self._rows = {key: row for row in self._book.team.values() for key in (row.email, row.slack_user_id) if key}
        self._made: dict[tuple[Known, ...], Chain] = {}
        self._chains: dict[tuple[str, int | None], Chain] = {}

    def chain(self, recipient: str, account_id: int | None) -> Chain:
        """Accounts with the same people share one chain."""
        key = (recipient, account_id)
        if key not in self._chains:
            known = self._book.chain(recipient, account_id)
            if known not in self._made:
                self._made[known] = tuple(self._with_backups(known))
            self._chains[key] = self._made[known]
        return self._chains[key]

    def of_member(self, member_id: int) -> Addressee:
        row = self._book.team[member_id]
        return self._addressee("owner", row.name, row.slack_user_id, row.email)

    def _with_backups(self, known: tuple[Known, ...]) -> Iterator[Addressee]:
        """Whoever stands in for somebody comes right after them, as when it is sent."""
        seen = set[str]()
        for one in known:
            found = [self._addressee(one.part, one.name, one.slack_user_id, one.email)]
            backup = self._rows.get(found[0].preferences.backup_id)
            if backup is not None and one.part != "lead":
                found.append(self._addressee("backup", backup.name, backup.slack_user_id, backup.email))
            for each in found:
                if each.presence.slack_user_id not in seen:
                    seen.add(each.presence.slack_user_id)
                    yield each

    def _addressee(self, part: Part, name: str, slack_user_id: str | None, email: str | None) -> Addressee:
        row = self._rows.get(slack_user_id or email)
        presence = Presence(
            slack_user_id=slack_user_id or email or name,
            name=name or (row.name if row is not None else slack_user_id or ""),
            reachable=row.active if row is not None else True,
            tz=row.timezone if row is not None else None,
            busy_until=None,
        )
        held = resolve(self._chosen(slack_user_id), presence.tz, self._usual.zone, self._usual.locale)
        return Addressee(part, presence, held)

    def _chosen(self, slack_user_id: str | None) -> Choices | None:
        return self._choices.get(slack_user_id) if slack_user_id is not None else None


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
