"""Loading things with an identity: members, products, people, opportunities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.domain.names import fold, squash
from bot.domain.records import (
    AccountRow,
    MemberRow,
    OpportunityRow,
    PersonRow,
    ProductRow,
    Ref,
)
from bot.services.importing.loading import Load, chunks
from bot.services.importing.merge import NounMerger, Thing

NO_ACCOUNT = "names no account that is in the book"


def _loop(load: Load, noun: str, identify: Callable[[Any], Thing | None]) -> None:
    """Chunk by chunk: who is each row, then merge."""
    merger = NounMerger(load.batch, noun, load.file_id, load.tally)
    for rows in chunks(load):
        things = [thing for row in rows if (thing := identify(row)) is not None]
        with load.batch.chunk() as writer:
            merger.merge(writer, things)


def load_members(load: Load) -> None:
    """Everybody's identity first, so that a manager may stand below."""
    merger = NounMerger(load.batch, "member", load.file_id, load.tally)
    for rows in chunks(load):
        known = [(row, *_member(load, row)) for row in rows]
        things = [Thing(row.line, key, one, _member_cells(load, row), row.name) for row, key, one in known]
        with load.batch.chunk() as writer:
            merger.merge(writer, things)


def _member(load: Load, row: MemberRow) -> tuple[str, int]:
    """Their key at the source, and who they are."""
    directory = load.batch.directory
    key = row.external_id or (f"email:{row.email.lower()}" if row.email else f"name:{fold(row.name)}")
    known = directory.by_own_id("member", key) or directory.same_member(row.external_id, row.name, row.email)
    one = known or directory.new_entity("member", key)
    directory.add_ref("member", key, one)
    directory.learn_member(one, fold(row.name), row.email)
    return key, one


def _member_cells(load: Load, row: MemberRow) -> dict[str, Any]:
    return {
        "name": row.name, "folded": fold(row.name), "email": row.email.lower() if row.email else None,
        "active": row.active, "role": row.role, "team": row.team, "timezone": row.timezone,
        "slack_user_id": row.slack_user_id, "manager_id": load.member(row.manager),
    }  # fmt: skip


def load_products(load: Load) -> None:
    directory = load.batch.directory

    def identify(row: ProductRow) -> Thing:
        key = row.external_id or f"name:{fold(row.name)}"
        known = directory.by_own_id("product", key) or directory.same_product(row.external_id, row.name)
        one = known or directory.new_entity("product", key)
        directory.add_ref("product", key, one)
        alike = directory.similar_product(row.name)
        if known is None and alike is not None:
            load.propose(row.line, "product", f"{row.name} may be the product {alike[1]}", one, [alike[0]])
        cells = {
            "name": row.name, "squashed": squash(row.name), "family": row.family, "list_price": row.list_price,
            "currency": row.currency,
        }  # fmt: skip
        directory.learn_product(one, row.name)
        return Thing(row.line, row.external_id, one, cells, row.name)

    _loop(load, "product", identify)


def who(row: AccountRow | PersonRow | OpportunityRow) -> dict[str, str]:
    """What tells the row apart from others on the review list."""
    return {"id": row.external_id or "", "name": row.name}


def load_people(load: Load) -> None:
    directory = load.batch.directory

    def identify(row: PersonRow) -> Thing | None:
        account_id = directory.account(row.refs, "person", row.external_id)
        if row.deleted:
            load.tally.leave_out("skipped", "deleted or merged in the source", row.line)
            return None
        made_up = f"email:{row.email.lower()}" if row.email else f"name:{account_id or ''}:{fold(row.name)}"
        key = row.external_id or made_up
        known = directory.by_own_id("person", key)
        if known is None and account_id is not None:
            ref = Ref("person", "email", row.email) if row.email else Ref("person", "name", row.name)
            alike = directory.person(ref, account_id)
            another = alike is not None and row.external_id is not None and directory.is_known_to_source(alike)
            known = None if another else alike
        one = known or directory.new_entity("person", key)
        directory.add_ref("person", key, one)
        directory.learn_person(one, account_id, row.email, row.name)
        if account_id is None:
            load.note_review(row.line, "no account", f"the person {NO_ACCOUNT}", who(row))
        cells = {
            "account_id": account_id, "name": row.name, "email": row.email.lower() if row.email else None,
            "title": row.title, "department": row.department, "role": row.role, "stance": row.stance,
            "active": row.active and row.left_on is None, "left_on": row.left_on,
        }  # fmt: skip
        return Thing(row.line, key, one, cells, row.name)

    _loop(load, "person", identify)


def load_opportunities(load: Load) -> None:
    directory = load.batch.directory

    def identify(row: OpportunityRow) -> Thing | None:
        if row.deleted:
            load.tally.leave_out("skipped", "deleted in the source", row.line)
            return None
        account_id = directory.account(row.refs, "opportunity", row.external_id)
        if account_id is None:
            load.note_review(row.line, "no account", f"the opportunity {NO_ACCOUNT}", who(row))
        key = row.external_id or f"name:{account_id}:{fold(row.name)}:{row.opened_on}:{row.amount}"
        one = directory.by_own_id("opportunity", key) or directory.new_entity("opportunity", key)
        directory.learn_account_of("opportunity", one, account_id)
        product_id = load.product(row.product, row.line)
        cells = {
            "account_id": account_id, "product_id": product_id, "owner_id": load.member(row.owner), "name": row.name,
            "kind": row.kind, "stage": row.stage, "outcome": row.outcome, "amount": row.amount,
            "currency": row.currency, "probability": row.probability, "opened_on": row.opened_on,
            "closed_on": row.closed_on, "next_step": row.next_step, "reason": row.reason,
        }  # fmt: skip
        return Thing(row.line, key, one, cells, row.name)

    _loop(load, "opportunity", identify)
