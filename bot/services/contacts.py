"""Who is known at a customer, when they were last involved, and who is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.audience import Audience
from bot.domain.contacts import Contact, Involvement, gaps, in_order, is_here, keys_of, named_in
from bot.domain.ids import id_text
from bot.services.existing import require_account
from bot.services.lookup import require_internal
from bot.services.results import Contact as Shown
from bot.services.results import PeoplePage
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import contacts as queries

PAGE = 10
_LOOK_BACK = timedelta(days=730)
"""Conversations longer ago do not say who is involved."""


def people_page(
    database: Database, audience: Audience, account_id: int, page: int, now: datetime, today: date
) -> PeoplePage:
    """Everybody known at an account, those who matter most first. Raises NotFound when the account is gone."""
    require_internal(audience)
    with database.reading(audience) as reader:
        account = require_account(reader, account_id)
        everybody = everybody_at(reader, account_id, now, today)
    pages = max(1, -(-len(everybody) // PAGE))
    page = min(max(page, 1), pages)
    skip = (page - 1) * PAGE
    return PeoplePage(
        account_id=id_text(account_id),
        account=account.name,
        page=page,
        pages=pages,
        first=skip + 1 if everybody else 0,
        last=min(skip + PAGE, len(everybody)),
        total=len(everybody),
        active=sum(is_here(one, today) for one in everybody),
        contacts=tuple(_shown(one, today) for one in everybody[skip : skip + PAGE]),
        gaps=gaps(everybody, today),
        as_of=now,
    )


def everybody_at(reader: Reader, account_id: int, now: datetime, today: date) -> list[Contact]:
    """All contacts of an account with their last involvement, those who matter most first."""
    known = [_contact(row) for row in queries.contacts(reader, account_id)]
    involved = _involved(reader, account_id, known, now) if known else {}
    return in_order((replace(one, involved=involved.get(one.id)) for one in known), today)


def _contact(row: AnyRow) -> Contact:
    return Contact(
        row.id, row.name, row.email, row.title, row.department, row.role, active=row.active, left_on=row.left_on,
        stance=row.stance,
    )  # fmt: skip


def _involved(reader: Reader, account_id: int, known: Iterable[Contact], now: datetime) -> dict[int, Involvement]:
    """Each person's last involvement: an answer of theirs, or a conversation that names them exactly."""
    found = {
        person_id: Involvement(at.date(), "survey")
        for person_id, at in queries.last_answers(reader, account_id, now).items()
    }
    keys = keys_of(known)
    for row in queries.people_named(reader, account_id, now - _LOOK_BACK, now):
        for person_id in named_in(row.people, keys):
            if person_id not in found or found[person_id].on <= row.at.date():
                found[person_id] = Involvement(row.at.date(), "conversation")
    return found


def _shown(one: Contact, today: date) -> Shown:
    return Shown(
        name=one.name,
        title=one.title,
        department=one.department,
        role=one.role,
        active=is_here(one, today),
        left_on=one.left_on,
        involved_on=one.involved.on if one.involved else None,
        involved_in=one.involved.where if one.involved else None,
    )
