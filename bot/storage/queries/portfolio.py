"""Which accounts and contracts a list is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.storage.among import among
from bot.storage.database import AnyRow, Reader
from bot.storage.live import Live
from bot.storage.tables import account, account_name, assignment, contract, member


def _count(live: Live) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(account).where(live(account))


def accounts_in_all(reader: Reader) -> int:
    return int(reader.rows(_count)[0][0])


def _any(live: Live) -> sa.Select[Any]:
    return sa.select(account.c.id).where(live(account)).limit(1)


def any_account(reader: Reader) -> bool:
    return reader.row(_any) is not None


def _soonest(live: Live) -> sa.Select[Any]:
    """Accounts by the contract end that lies nearest ahead; those without one last."""
    ends = (
        sa.select(contract.c.account_id, sa.func.min(contract.c.ends_on).label("ends_on"))
        .where(contract.c.ends_on >= sa.bindparam("today", type_=contract.c.ends_on.type), live(contract))
        .group_by(contract.c.account_id)
        .subquery()
    )
    return (
        sa.select(account.c.id)
        .select_from(account)
        .outerjoin(ends, ends.c.account_id == account.c.id)
        .where(live(account))
        .order_by(ends.c.ends_on.is_(None), ends.c.ends_on, account.c.id)
        .limit(sa.bindparam("most"))
    )


def soonest_to_end(reader: Reader, today: date, most: int) -> list[int]:
    return [row[0] for row in reader.rows(_soonest, today=today, most=most)]


def _next_ends(live: Live) -> sa.Select[Any]:
    c = contract.c
    return (
        sa.select(c.account_id, sa.func.min(c.ends_on))
        .where(among(c.account_id, "ids"), c.ends_on >= sa.bindparam("today", type_=c.ends_on.type), live(contract))
        .group_by(c.account_id)
    )


def soonest_of(reader: Reader, ids: Sequence[int], today: date) -> list[int]:
    """These accounts by the contract end that lies nearest ahead; those without one last."""
    ends = {row[0]: str(row[1]) for row in reader.rows(_next_ends, ids=ids, today=today)}
    return sorted(ids, key=lambda one: (one not in ends, ends.get(one, ""), one))


def _named_like(live: Live) -> sa.Select[Any]:
    c = account_name.c
    return (
        sa.select(c.account_id)
        .where(c.folded.contains(sa.bindparam("folded"), autoescape=False), live(account_name))
        .distinct()
        .limit(sa.bindparam("most"))
    )


def named_like(reader: Reader, folded: str, most: int) -> list[int]:
    """Accounts with this text in a name, alias or domain."""
    plain = folded.replace("%", "").replace("_", "")
    return [row[0] for row in reader.rows(_named_like, folded=plain, most=most)] if plain else []


def _ending(live: Live) -> sa.Select[Any]:
    c = contract.c
    since, until, far = (sa.bindparam(name, type_=c.ends_on.type) for name in ("since", "until", "far"))
    return _contract_rows(live).where(
        sa.or_(
            c.ends_on.between(since, until),
            sa.and_(c.auto_renew.is_(sa.true()), c.ends_on < since),
            sa.and_(c.notice_days > sa.bindparam("usual"), c.ends_on.between(since, far)),
        )
    )


def _ending_of(live: Live) -> sa.Select[Any]:
    return _ending(live).where(among(contract.c.account_id, "ids"))


def _contract_rows(live: Live) -> sa.Select[Any]:
    return (
        sa.select(
            contract,
            account.c.name.label("account_name"),
            account.c.country,
            account.c.currency.label("account_currency"),
            member.c.name.label("owner"),
        )
        .select_from(contract)
        .join(account, sa.and_(account.c.id == contract.c.account_id, live.along(account)))
        .outerjoin(
            assignment,
            sa.and_(assignment.c.account_id == account.c.id, assignment.c.role == "owner", live.along(assignment)),
        )
        .outerjoin(member, sa.and_(member.c.id == assignment.c.member_id, live(member)))
        .where(live(contract))
    )


def contracts_ending(
    reader: Reader, since: date, until: date, far: date, usual: int, ids: Sequence[int] | None = None
) -> list[AnyRow]:
    """Contracts that may matter up to a day: ending in between, renewing themselves, or with a long notice (`far`);
    with `ids` those of these accounts only."""
    days = {"since": since, "until": until, "far": far, "usual": usual}
    return reader.rows(_ending, **days) if ids is None else reader.rows(_ending_of, **days, ids=list(ids))


def _later_contracts(live: Live) -> sa.Select[Any]:
    c = contract.c
    return sa.select(c.id, c.account_id, c.starts_on, c.ends_on).where(among(c.account_id, "ids"), live(contract))


def contracts_of(reader: Reader, ids: Sequence[int]) -> list[AnyRow]:
    return reader.rows(_later_contracts, ids=ids) if ids else []


def _unowned(live: Live) -> sa.Select[Any]:
    c = assignment.c
    return (
        sa.select(account.c.id, account.c.name, member.c.name.label("left_by"))
        .select_from(account)
        .outerjoin(assignment, sa.and_(c.account_id == account.c.id, c.role == "owner", live.along(assignment)))
        .outerjoin(member, sa.and_(member.c.id == c.member_id, live(member)))
        .where(live(account), sa.or_(member.c.id.is_(None), member.c.active.is_(sa.false())))
        .order_by(account.c.id)
    )


def unowned(reader: Reader) -> list[AnyRow]:
    """Accounts without an owner, and those whose owner has left (`left_by`)."""
    return reader.rows(_unowned)
