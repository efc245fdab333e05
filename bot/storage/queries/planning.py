"""What reminders are planned from, each for a set of accounts at once, and which accounts a change touched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.domain.reminders.reminder import Reminder
from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.outbox import of_row
from bot.storage.tables import (
    account,
    assignment,
    commitment,
    contract,
    contract_line,
    interaction,
    member,
    reminder,
    renewal_outcome,
)

_READ = tuple(reminder.c[name] for name in Reminder.__dataclass_fields__)


def _is(column: sa.ColumnElement[str], *words: str) -> sa.ColumnElement[bool]:
    return sa.or_(*(column == word for word in words))


def _accounts(live: Live) -> sa.Select[Any]:
    c = account.c
    return sa.select(c.id, c.name, c.segment, c.country, c.timezone, c.kind, c.lifecycle, c.currency).where(
        among(c.id, "ids"), live(account)
    )


def _contracts(live: Live) -> sa.Select[Any]:
    c = contract.c
    return (
        sa.select(
            c.id, c.account_id, c.number, c.starts_on, c.ends_on, c.auto_renew, c.notice_days, c.notice_business_days,
            c.status,
        )
        .where(among(c.account_id, "ids"), live(contract))
        .order_by(c.account_id, c.id)
    )  # fmt: skip


def _products(live: Live) -> sa.Select[Any]:
    c = contract_line.c
    return sa.select(c.contract_id, c.product_id).where(
        among(c.account_id, "ids"), c.product_id.is_not(None), live(contract_line)
    )


def _outcomes(_live: Live) -> sa.Select[Any]:
    c = renewal_outcome.c
    return sa.select(c.contract_id, c.anchor_on, c.outcome, c.by).where(among(c.contract_id, "ids"))


def _promises(live: Live) -> sa.Select[Any]:
    c = commitment.c
    return (
        sa.select(c.id, c.account_id, c.owner_id, c.quote, c.due_on, c.status)
        .where(among(c.account_id, "ids"), c.by == "us", live(commitment))
        .order_by(c.account_id, c.id)
    )


def _rows(live: Live) -> sa.Select[Any]:
    return (
        sa.select(*_READ)
        .where(among(reminder.c.account_id, "ids"), _is(reminder.c.rule, "renewal", "check-in", "promise"))
        .where(live.seen(reminder))
        .order_by(reminder.c.account_id, reminder.c.id)
    )


def _rounds(_live: Live) -> sa.Select[Any]:
    return (
        sa.select(*_READ)
        .where(
            among(reminder.c.anchor_id, "ids"),
            _is(reminder.c.rule, "morning", "weekly"),
            _is(reminder.c.state, "planned", "held"),
        )
        .order_by(reminder.c.id)
    )


def _any_touch(live: Live) -> sa.Select[Any]:
    return sa.select(interaction.c.id).where(live(interaction)).limit(1)


def _everybody(live: Live) -> sa.Select[Any]:
    """Accounts there are, and those that are gone but of which something waits to be said."""
    c = reminder.c
    waiting = sa.select(c.account_id).where(c.account_id.is_not(None), _is(c.state, "planned", "held"))
    return sa.union(sa.select(account.c.id).where(live(account)), waiting)  # type: ignore[return-value]  # selects as one does


def _touched(_live: Live) -> sa.Select[Any]:
    """By versions that a change brought and by versions that it ended."""
    tables = ((account, account.c.id), *((one, one.c.account_id) for one in (contract, commitment, interaction)))
    found = (sa.select(key.label("id")).where(among(one.c[side], "changes"))
             for one, key in tables for side in ("v_in", "v_out"))  # fmt: skip
    return sa.union(*found)  # type: ignore[return-value]  # the same


def accounts(reader: Reader, ids: Sequence[int]) -> dict[int, AnyRow]:
    return {row.id: row for row in reader.rows(_accounts, ids=ids)}


def contracts(reader: Reader, ids: Sequence[int]) -> list[AnyRow]:
    return reader.rows(_contracts, ids=ids)


def products(reader: Reader, ids: Sequence[int]) -> dict[int, set[int]]:
    """The products of each contract of these accounts, by contract; none where they are not known."""
    found: dict[int, set[int]] = {}
    for row in reader.rows(_products, ids=ids) if ids else ():
        found.setdefault(row.contract_id, set()).add(row.product_id)
    return found


def outcomes(reader: Reader, contract_ids: Sequence[int]) -> list[AnyRow]:
    """contract_id, anchor_on, outcome, by of what people recorded."""
    return reader.rows(_outcomes, ids=contract_ids)


def promises(reader: Reader, ids: Sequence[int]) -> list[AnyRow]:
    """Ours, whatever became of them."""
    return reader.rows(_promises, ids=ids)


def rows(reader: Reader, ids: Sequence[int]) -> dict[int, list[Reminder]]:
    """The reminders that are planned by account, whatever their state."""
    found: dict[int, list[Reminder]] = {}
    for row in reader.rows(_rows, ids=ids):
        found.setdefault(row.account_id, []).append(of_row(row))
    return found


def rounds(reader: Reader, member_ids: Sequence[int]) -> dict[int, list[Reminder]]:
    """Morning messages and weekly lines that wait, by member."""
    found: dict[int, list[Reminder]] = {}
    for row in reader.rows(_rounds, ids=member_ids):
        found.setdefault(row.anchor_id, []).append(of_row(row))
    return found


def any_touch(reader: Reader) -> bool:
    """Whether anybody ever wrote down that they spoke with a customer."""
    return reader.row(_any_touch) is not None


def everybody(reader: Reader) -> list[int]:
    return [row[0] for row in reader.rows(_everybody)]


def touched(reader: Reader, changes: Sequence[int]) -> set[int]:
    """The accounts whose reminders a set of changes may move."""
    return {row[0] for row in reader.rows(_touched, changes=changes)} if changes else set()


def _members(live: Live) -> sa.Select[Any]:
    c = member.c
    return sa.select(c.id, c.name, c.slack_user_id, c.email, c.active, c.role, c.team, c.manager_id, c.timezone).where(
        live(member)
    )


def _concerned(live: Live) -> sa.Select[Any]:
    assigned = sa.select(assignment.c.member_id).where(live(assignment))
    c = commitment.c
    promised = sa.select(c.owner_id).where(c.status == "open", c.owner_id.is_not(None), live(commitment))
    return sa.union(assigned, promised)  # type: ignore[return-value]  # selects as one does


def _changed_members(_live: Live) -> sa.Select[Any]:
    return sa.select(member.c.id).where(sa.or_(among(member.c.v_in, "changes"), among(member.c.v_out, "changes")))


def members(reader: Reader) -> list[AnyRow]:
    """The team list."""
    return reader.rows(_members)


def concerned(reader: Reader) -> set[int]:
    """Members who work on an account or owe something."""
    return {row[0] for row in reader.rows(_concerned)}


def _assigned(_live: Live) -> sa.Select[Any]:
    c = assignment.c
    return sa.select(c.member_id).where(sa.or_(among(c.v_in, "changes"), among(c.v_out, "changes"))).limit(1)


def _promised(_live: Live) -> sa.Select[Any]:
    c = commitment.c
    return sa.select(c.owner_id).where(among(c.v_in, "changes"), c.owner_id.is_not(None)).limit(1)


def members_touched(reader: Reader, changes: Sequence[int]) -> bool:
    """Whether the changes touched the team list, who works on what, or who owes something."""
    if not changes:
        return False
    return any(reader.rows(build, changes=changes) for build in (_changed_members, _assigned, _promised))
