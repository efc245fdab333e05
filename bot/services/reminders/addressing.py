"""Whom a reminder could go to: the owner, those who stand in, those who lead. Slack is not asked here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.audience import Role
from bot.domain.reminders.presence import Part
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import OWNER
from bot.services.roles import role_of
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import addressing as queries

PERSON, CHANNEL = "slack:", "channel:"


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


def known_addressees(reader: Reader, due: Sequence[Reminder]) -> dict[int, tuple[Known, ...]]:
    """By reminder, in the order in which they are tried.

    A named person: only they. The owner of the account: whoever owns it now, then their lead, then others of the
    account's team. Without an account the anchor is the member. For a channel: who is told when it cannot be posted.
    """
    team = queries.members(reader)
    assigned = queries.assigned(reader, [one.account_id for one in due if one.account_id is not None])
    creators = queries.creators(reader, [one.anchor_id for one in due if one.rule == "own"])
    found: dict[int, tuple[Known, ...]] = {}
    for one in due:
        if one.recipient.startswith(PERSON):
            found[one.id] = (_named(one.recipient.removeprefix(PERSON)),)
        elif one.recipient == OWNER and one.account_id is None:
            found[one.id] = _behind([one.anchor_id], team)
        else:
            made_by = creators.get(one.anchor_id) if one.rule == "own" else None
            first = (_named(made_by),) if made_by and channel_of(one) else ()
            found[one.id] = (*first, *_of_account(assigned.get(one.account_id or 0, ()), team))
    return found


def _named(slack_user_id: str) -> Known:
    return Known("named", "", slack_user_id, None)


def _of_account(rows: Iterable[AnyRow], team: dict[int, AnyRow]) -> tuple[Known, ...]:
    """Its owners, then who leads them; without an active owner whoever else works on it first; with nobody at all who
    leads all."""
    rows = list(rows)
    chain = _behind([row.member_id for row in rows if row.part == "owner"], team)
    if not any(one.part == "owner" for one in chain):
        others = (team[row.member_id] for row in rows if row.part != "owner" and row.member_id in team)
        chain = (*(_known("backup", one) for one in others if one.active), *chain)
    return chain or tuple(_known("lead", one) for one in _heads(team))


def _behind(ids: Sequence[int], team: dict[int, AnyRow]) -> tuple[Known, ...]:
    """These members, then their leads."""
    people = [team[one] for one in ids if one in team]
    leads = {lead.id: lead for person in people for lead in _leads_of(person, team)}
    first = tuple(_known("owner", one) for one in people if one.active)
    return (*first, *(_known("lead", lead) for key, lead in leads.items() if key not in ids))


def _leads_of(person: AnyRow, team: dict[int, AnyRow]) -> list[AnyRow]:
    """Their manager, and who leads their team; without either, who leads all."""
    found = [team[person.manager_id]] if person.manager_id in team else []
    found += [one for one in team.values() if _leads(one) and person.team is not None and one.team == person.team]
    return [one for one in found if one.active] or _heads(team)


def _heads(team: dict[int, AnyRow]) -> list[AnyRow]:
    """Leads with nobody above them, and of several those who manage somebody."""
    heads = [one for one in team.values() if one.active and _leads(one) and one.manager_id not in team]
    managers = {one.manager_id for one in team.values()}
    return [one for one in heads if one.id in managers] or heads


def _leads(one: AnyRow) -> bool:
    return role_of(one.role).covers(Role.LEAD)


def _known(part: Part, row: AnyRow) -> Known:
    return Known(part, row.name, row.slack_user_id, row.email)
