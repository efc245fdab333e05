"""The plans of the sample book, written as its account managers would write them."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.audience import Actor, Audience, Role, only_the_asker
from bot.domain.ids import id_text, parse_id
from bot.domain.names import fold
from bot.sample.plans import PLANS, PlanNote
from bot.services.desk import Desk
from bot.services.plans.parts import PARTS
from bot.services.plans.write import PlanEntry
from bot.storage.queries import people


def write_plans(desk: Desk, audience: Audience, today: date) -> None:
    """Each through the same door as what anybody types."""
    for account, notes in PLANS.items():
        found = desk.find_account(audience, account)
        account_id = parse_id(found.account_id or "")
        if account_id is None:
            raise LookupError(f"the sample book has no account {account!r}")
        author = _author(desk, audience, account_id)
        for place, note in enumerate(notes):
            desk.plans.change(author, _entry(desk, audience, account_id, note, today, place))


def _author(desk: Desk, audience: Audience, account_id: int) -> Audience:
    owner = desk.account_card(audience, account_id).owner
    name = owner.name if owner is not None else ""
    return only_the_asker(Actor(Role.MEMBER, "sample", member_id=_member(desk, audience, name), name=name))


def _member(desk: Desk, audience: Audience, name: str) -> int | None:
    with desk.database.reading(audience) as reader:
        found = people.members_called(reader, fold(name)) if name else []
    return found[0].id if found else None


def _entry(desk: Desk, audience: Audience, account_id: int, note: PlanNote, today: date, place: int) -> PlanEntry:
    part = next(one for one in PARTS if one == note.part)
    row = desk.plans.row(audience, part, account_id)
    days = {name: (today + timedelta(days=ago)).isoformat() for name, ago in note.days.items()}
    owner_id = _member(desk, audience, note.owner)
    links = {
        "owner_id": id_text(owner_id) if owner_id is not None else "",
        "objective_id": _named(row.objectives, note.serves),
        "product_id": _named(row.products, note.product),
    }
    fields = {**note.fields, **days, **{name: value for name, value in links.items() if value}}
    return PlanEntry(part, account_id, f"sample:{account_id}:{place}", fields, version=row.version)


def _named(names: dict[str, str], wanted: str) -> str:
    return next((one for one, name in names.items() if name == wanted), "")
