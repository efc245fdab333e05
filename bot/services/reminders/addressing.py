"""Whom a reminder could go to: the owner, those who stand in, those who lead. Slack is not asked here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.audience import Actor, Reach, Role
from bot.domain.policy import AccessPolicy
from bot.domain.reminders.presence import Part
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import OWNER
from bot.services.identity import member_as_actor
from bot.services.roles import role_of
from bot.storage import restrictions
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import addressing as queries
from bot.storage.queries import preferences
from bot.storage.sight import Sight, Sights

PERSON, MEMBER, CHANNEL = "slack:", "member:", "channel:"


@dataclass(frozen=True, slots=True)
class Known:
    """What our data knows of somebody: a Slack user id, or an e-mail address to find it by, or neither."""

    part: Part
    name: str
    slack_user_id: str | None
    email: str | None


def channel_of(reminder: Reminder) -> str | None:
    """The channel it is meant for, None when it is for a person."""
    return reminder.recipient.removeprefix(CHANNEL) if reminder.recipient.startswith(CHANNEL) else None


def known_addressees(reader: Reader, due: Sequence[Reminder], access: AccessPolicy) -> dict[int, tuple[Known, ...]]:
    """By reminder, in the order in which they are tried."""
    accounts = [one.account_id for one in due if one.account_id is not None]
    book = AddressBook(reader, accounts, access, [one.anchor_id for one in due if one.rule == "own"])
    return {one.id: book.chain(one.recipient, one.account_id, one.anchor_id, own=one.rule == "own") for one in due}


class AddressBook:
    """The team, and who works on a set of accounts."""

    def __init__(
        self, reader: Reader, account_ids: Sequence[int], access: AccessPolicy, schedule_ids: Sequence[int] = ()
    ) -> None:
        self._reader, self._clearances = reader, Clearances(reader, access, lambda: self.team)
        self._assigned = queries.assigned(reader, account_ids)
        self._creators = queries.creators(reader, schedule_ids)
        self._behind_one: dict[int, tuple[Known, ...]] = {}

    def look_ahead(self) -> None:
        """Read now what chains may need when the reader is gone."""
        _ = self.team
        self._clearances.look_ahead()

    @cached_property
    def team(self) -> dict[int, AnyRow]:
        """Everybody; read when somebody is not named by a Slack user."""
        return queries.members(self._reader)

    def chain(
        self, recipient: str, account_id: int | None, anchor_id: int = 0, *, own: bool = False
    ) -> tuple[Known, ...]:
        """Who may hear of it, in the order in which they are tried.

        A named person: only they. A member: they, then their lead; once they left, whoever the account has. The owner
        of the account: whoever owns it now, then their lead, then others of the account's team. Without an account the
        anchor is the member. For a channel: who is told when it cannot be posted. Who may not see the account is passed
        over; where nobody is left, whoever the account has hears of it, else those who are named for it.
        """
        found = self._chain(recipient, account_id, anchor_id, own=own)
        if account_id is None or self._clearances.all_see_all:
            return found
        cleared = self._cleared(found, account_id)
        if cleared or recipient.startswith(PERSON):
            return cleared
        return self._cleared(self._of_account(self._assigned.get(account_id, ())), account_id) or tuple(
            _known("lead", self.team[one]) for one in self._clearances.named_for(account_id)
        )

    def _cleared(self, chain: Iterable[Known], account_id: int) -> tuple[Known, ...]:
        return tuple(one for one in chain if self._clearances.sees(one, account_id))

    def _chain(self, recipient: str, account_id: int | None, anchor_id: int, *, own: bool) -> tuple[Known, ...]:
        if recipient.startswith(PERSON):
            return (_named(recipient.removeprefix(PERSON)),)
        if recipient == OWNER and account_id is None:
            return self._behind([anchor_id])
        if recipient.startswith(MEMBER):
            found = self._behind([int(recipient.removeprefix(MEMBER))])
            if any(one.part == "owner" for one in found):
                return found
        made_by = self._creators.get(anchor_id) if own and recipient.startswith(CHANNEL) else None
        first = (_named(made_by),) if made_by else ()
        return (*first, *self._of_account(self._assigned.get(account_id or 0, ())))

    def _of_account(self, rows: Iterable[AnyRow]) -> tuple[Known, ...]:
        """Its owners, then who leads them; without an active owner whoever else works on it first; with nobody at all
        who leads all."""
        rows = list(rows)
        chain = self._behind([row.member_id for row in rows if row.part == "owner"])
        if not any(one.part == "owner" for one in chain):
            others = (self.team[row.member_id] for row in rows if row.part != "owner" and row.member_id in self.team)
            chain = (*(_known("backup", one) for one in others if one.active), *chain)
        return chain or tuple(_known("lead", one) for one in self._heads)

    def _behind(self, ids: Sequence[int]) -> tuple[Known, ...]:
        """These members, then their leads."""
        if len(ids) == 1 and ids[0] in self._behind_one:  # a book has many accounts and few owners
            return self._behind_one[ids[0]]
        people = [self.team[one] for one in ids if one in self.team]
        leads = {lead.id: lead for person in people for lead in self._leads_of(person)}
        first = tuple(_known("owner", one) for one in people if one.active)
        found = (*first, *(_known("lead", lead) for key, lead in leads.items() if key not in ids))
        if len(ids) == 1:
            self._behind_one[ids[0]] = found
        return found

    def _leads_of(self, person: AnyRow) -> list[AnyRow]:
        """Their manager, and who leads their team; without either, who leads all."""
        found = [self.team[person.manager_id]] if person.manager_id in self.team else []
        found += [one for one in self._leaders if person.team is not None and one.team == person.team]
        return [one for one in found if one.active] or self._heads

    @cached_property
    def _leaders(self) -> list[AnyRow]:
        return [one for one in self.team.values() if role_of(one.role).covers(Role.LEAD)]

    @cached_property
    def _heads(self) -> list[AnyRow]:
        """Leads with nobody above them, and of several those who manage somebody."""
        heads = [one for one in self._leaders if one.active and one.manager_id not in self.team]
        managers = {one.manager_id for one in self.team.values()}
        return [one for one in heads if one.id in managers] or heads


class Clearances:
    """Who of the team may see which account. Costs one small look where everybody may see every account."""

    def __init__(self, reader: Reader, access: AccessPolicy, team: Callable[[], dict[int, AnyRow]]) -> None:
        self._reader, self._access, self._team = reader, access, team
        self._sights = Sights(reader.everything)
        self._seen: dict[int | None, Sight] = {}
        self._restricted = {row.account_id: tuple(row.named) for row in restrictions.all_of_them(reader)}
        self.all_see_all = access.least is Reach.ALL and not self._restricted

    def look_ahead(self) -> None:
        """Read now what may be asked when the reader is gone."""
        if not self.all_see_all:
            self._sight_of(None)
            for row in self._team().values():
                self._sight_of(row)
            _ = self._members

    def named_for(self, account_id: int) -> list[int]:
        """The active members who are named for a restricted account."""
        team = self._team()
        return [one for one in self._restricted.get(account_id, ()) if one in team and team[one].active]

    def sees(self, one: Known, account_id: int) -> bool:
        return self._sight_of(self._row(one)).sees(account_id)

    def _sight_of(self, row: AnyRow | None) -> Sight:
        key = row.id if row is not None else None
        if key not in self._seen:
            actor = member_as_actor(row, self._access) if row is not None else self._unlisted
            self._seen[key] = self._sights.of(actor)
        return self._seen[key]

    @property
    def _unlisted(self) -> Actor:
        return Actor(Role.MEMBER, "system", reach=self._access.reach.unlisted)

    def _row(self, one: Known) -> AnyRow | None:
        """Who that is in the team list, which may know their e-mail address only."""
        user, email = one.slack_user_id, one.email
        if user is not None and user in self._members:
            return self._team().get(self._members[user])
        rows = self._team().values()
        found = [row for row in rows if (row.slack_user_id == user if user else email and row.email == email)]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _members(self) -> dict[str, int]:
        return {user: one for one, user in preferences.all_choices(self._reader).users.items()}


def _named(slack_user_id: str) -> Known:
    return Known("named", "", slack_user_id, None)


def _known(part: Part, row: AnyRow) -> Known:
    return Known(part, row.name, row.slack_user_id, row.email)
