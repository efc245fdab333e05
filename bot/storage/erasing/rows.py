"""The rows of a person, a colleague or an account: in every version, also ended, hidden and undone ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Final

import sqlalchemy as sa

from bot.domain.erasing import COLLEAGUE
from bot.domain.ids import id_text
from bot.domain.names import fold
from bot.storage import audit
from bot.storage.database import Reader, Writer
from bot.storage.tables import (
    account,
    audit_account,
    audit_event,
    audit_value,
    contract,
    entity,
    external_ref,
    member,
    metadata,
    opportunity,
    person,
    preference,
    qbr,
    reminder,
    schedule,
    survey_answer,
)

WEAK: Final = ("email:", "name:")
"""How keys begin that are made of a name or an address."""
_TO_COME: Final = ("planned", "claimed", "doubt", "held")


def erase_person(writer: Writer, one: int) -> Counter[str]:
    """The person's rows go, their answers stay without them and without what they wrote."""
    gone: Counter[str] = Counter()
    theirs = survey_answer.c.person_id == one
    gone["survey_answer"] += writer.execute(sa.update(survey_answer).where(theirs).values(comment=None)).rowcount
    gone["person"] += writer.execute(sa.delete(person).where(person.c.id == one)).rowcount
    gone["external_ref"] += writer.execute(sa.delete(external_ref).where(external_ref.c.entity_id == one)).rowcount
    _forget_links(writer, [one], ("person_id", "account_id"))
    gone["audit_value"] += audit.forget(writer, things=[one])
    return gone


def count_person(reader: Reader, one: int) -> Counter[str]:
    """How many rows are somebody's own, and how many answers lose what they wrote."""
    s, p, r = survey_answer, person, external_ref
    conditions = ((s, s.c.person_id == one), (p, p.c.id == one), (r, r.c.entity_id == one))
    counted: Counter[str] = Counter()
    for table, theirs in conditions:
        query = sa.select(sa.func.count()).select_from(table).where(theirs)
        counted[table.name] = reader.connection.execute(query).scalar_one()
    return +counted


def erase_colleague(writer: Writer, one: int, slack_ids: Collection[str]) -> Counter[str]:
    """Their row stays, so that what they own and did stays whole; it says no more who they were."""
    gone: Counter[str] = Counter()
    name = f"{COLLEAGUE} {id_text(one)}"
    blank = {"name": name, "folded": fold(name), "email": None, "slack_user_id": None, "role": None}
    c, r = member.c, external_ref.c
    gone["member"] += writer.execute(sa.update(member).where(c.id == one).values(**blank)).rowcount
    for key in WEAK:
        starts = c.external_id.startswith(key, autoescape=True)
        writer.execute(sa.update(member).where(c.id == one, starts).values(external_id=id_text(one)))
        weak = sa.and_(r.entity_id == one, r.external_id.startswith(key, autoescape=True))
        gone["external_ref"] += writer.execute(sa.delete(external_ref).where(weak)).rowcount
    own = sa.or_(preference.c.slack_user_id.in_(list(slack_ids)), preference.c.member_id == one)
    gone["preference"] += writer.execute(sa.delete(preference).where(own)).rowcount
    gone["reminder"] += _nothing_more_to(writer, slack_ids)
    gone["audit_value"] += audit.forget(writer, things=[one])
    return gone


def _nothing_more_to(writer: Writer, slack_ids: Collection[str]) -> int:
    """What they set for themselves ends, and nothing is sent to them any more."""
    s, r = schedule.c, reminder.c
    to = [f"slack:{one}" for one in slack_ids]
    mine = sa.or_(s.recipient.in_(to), s.created_by.in_(list(slack_ids)))
    writer.execute(sa.update(schedule).where(mine, s.state != "deleted").values(state="deleted", next_on=None))
    waiting = sa.and_(r.recipient.in_(to), r.state.in_(_TO_COME))
    over = {"state": "cancelled", "reason": "erased"}
    return writer.execute(sa.update(reminder).where(waiting).values(**over)).rowcount


def _forget_links(writer: Writer, ids: Collection[int], names: Collection[str]) -> Counter[str]:
    """Rows that point at things that are gone, by columns of these names: the link goes where a row can be without it,
    else the row."""
    gone: Counter[str] = Counter()
    for table in reversed(metadata.sorted_tables):
        for column in table.columns:
            if column.name not in names or not any(key.column.table is entity for key in column.foreign_keys):
                continue
            here = column.in_(list(ids))
            if column.nullable:
                writer.execute(sa.update(table).where(here).values({column.name: None}))
            else:
                gone[table.name] += writer.execute(sa.delete(table).where(here)).rowcount
    return gone


_THINGS: Final = (account, person, contract, opportunity)
_LAST: Final = frozenset(("account", "person", "contract", "opportunity", "qbr"))
"""What says whose the rest is goes last."""


def things_of(reader: Reader, account_id: int) -> list[int]:
    """The account and what is its own: its people, contracts and opportunities, unless they moved to another."""
    found = [account_id]
    for table in _THINGS[1:]:
        c, moved = table.c, table.alias("moved")
        later = sa.exists().where(moved.c.id == c.id, moved.c.v_in > c.v_in, moved.c.account_id != account_id)
        query = sa.select(c.id).where(c.account_id == account_id, ~later).distinct()
        found += reader.connection.execute(query).scalars()
    return found


def _about(table: sa.Table, account_id: int) -> sa.ColumnElement[bool] | None:
    """What makes a row one of the account's; None where rows are about no account."""
    c = table.c
    if "account_id" in c:
        return c.account_id == account_id
    if "qbr_id" in c:
        return c.qbr_id.in_(sa.select(qbr.c.id).where(qbr.c.account_id == account_id))
    return c.id == account_id if table is account else None


def count_account(reader: Reader, account_id: int) -> Counter[str]:
    """How many rows are about an account, by table."""
    counted: Counter[str] = Counter()
    for table in metadata.sorted_tables:
        if (ours := _about(table, account_id)) is not None and table is not audit_account:
            query = sa.select(sa.func.count()).select_from(table).where(ours)
            counted[table.name] = reader.connection.execute(query).scalar_one()
    return +counted


def erase_facts(writer: Writer, account_id: int, step: int) -> Counter[str]:
    """Up to `step` rows of every table that are about the account go; empty when there are none left."""
    gone: Counter[str] = Counter()
    for table in reversed(metadata.sorted_tables):
        ours = _about(table, account_id)
        if ours is None or table.name in _LAST or table is audit_account:
            continue
        keys = list(table.primary_key.columns)
        some = sa.select(*keys).where(ours).limit(step)
        this = sa.tuple_(*keys).in_(some) if len(keys) > 1 else keys[0].in_(some)
        gone[table.name] += writer.execute(sa.delete(table).where(this)).rowcount
    return +gone


def erase_things(writer: Writer, account_id: int, things: Collection[int]) -> Counter[str]:
    """Then the account itself, its people, contracts and opportunities, and whatever points at them."""
    names = ("parent_id", "person_id", "contract_id", "opportunity_id", "entity_id", "account_id")
    gone: Counter[str] = Counter()
    gone["qbr"] += writer.execute(sa.delete(qbr).where(qbr.c.account_id == account_id)).rowcount
    for table in _THINGS:
        ours = table.c.id.in_(list(things))
        gone[table.name] += writer.execute(sa.delete(table).where(ours)).rowcount
    gone += _forget_links(writer, things, names)
    gone["audit_value"] += _forget_trail(writer, account_id)
    if writer.connection.dialect.name == "sqlite":
        writer.execute(sa.text("DELETE FROM account_search WHERE account_id = :one"), {"one": account_id})
    return +gone


def _forget_trail(writer: Writer, account_id: int) -> int:
    """Every value that the audit trail holds of what was done about the account; who saw it and when stays."""
    e, shown, v = audit_event.c, audit_account.c, audit_value.c
    done = sa.select(e.seq).where(e.subject_id == account_id)
    seen = sa.select(shown.seq).where(shown.account_id == account_id)
    theirs = sa.and_(sa.or_(v.seq.in_(done), v.seq.in_(seen)), v.salt.is_not(None))
    return writer.execute(sa.update(audit_value).where(theirs).values(before=None, after=None, salt=None)).rowcount
