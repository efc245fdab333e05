"""Rows of the book: members, products, accounts, people, opportunities and their lines."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from bot.domain.records import (
    AccountRow,
    MemberRow,
    Noun,
    OpportunityLineRow,
    OpportunityRow,
    PersonRow,
    ProductRow,
    Ref,
)  # fmt: skip
from bot.importers.convert import cached, to_domain, to_email, to_id, to_word
from bot.importers.errors import BadCellError
from bot.importers.kinds import values as word_tables
from bot.importers.plan import Cells, Make, Plan, Setup, full_name
from bot.importers.text import fold

ACCOUNT_REFS: tuple[tuple[str, Noun, str], ...] = (
    ("account_id", "account", "id"),
    ("account_domain", "account", "domain"),
    ("account", "account", "name"),
)
PERSON_REFS: tuple[tuple[str, Noun, str], ...] = (
    ("person_id", "person", "id"),
    ("person_email", "person", "email"),
    ("person", "person", "name"),
)


def members(setup: Setup) -> Make:
    plan = Plan(setup, MemberRow)
    plan.identify()
    plan.copy("email", "active", "role", "team", "timezone", "slack_user_id")
    plan.one("manager", "member")
    read, gone, name, active = (
        full_name(setup, "email", "external_id"),
        setup.get("deleted"),
        plan.at("name"),
        plan.at("active"),
    )

    def fill(cells: Cells, values: list[Any]) -> None:
        values[name] = _named(read(cells))
        if gone(cells):
            values[active] = False

    plan.extras.append(fill)
    return plan.compile()


def _named(name: str | None) -> str:
    if not name:
        raise BadCellError("there is no name")
    return name


def products(setup: Setup) -> Make:
    plan = Plan(setup, ProductRow)
    plan.identify()
    if not setup.has("external_id"):
        plan.copy(external_id="code")
    plan.required("name")
    plan.copy("family", "list_price")
    plan.money("list_price")
    return plan.compile()


def accounts(setup: Setup) -> Make:
    plan = Plan(setup, AccountRow)
    plan.identify()
    plan.required("name")
    plan.copy(
        "aliases", "segment", "tier", "industry", "lifecycle", "country", "timezone", "employees", "annual_revenue"
    )
    plan.copy("created_on", "last_activity_on", "churned", "url", "deleted", "merged_ids")
    plan.one("parent", "account")
    plan.one("owner", "member")
    plan.money("annual_revenue")
    _account_domains(plan)
    plan.word("kind", "account_kind")
    _former(plan)
    return plan.compile()


def _account_domains(plan: Plan) -> None:
    readers = [plan.setup.get(name) for name in ("domain", "website", "email") if plan.setup.has(name)]
    position = plan.at("domains")
    if readers:
        plan.extras.append(
            lambda cells, values: values.__setitem__(
                position, tuple(dict.fromkeys(d for read in readers for d in read(cells)))
            )
        )


def _former(plan: Plan) -> None:
    """A status column like "Churned" says what the account is when no type column does."""
    status = plan.setup.word("status", "account_kind")
    position = plan.at("kind")
    if plan.setup.has("status"):

        def fill(cells: Cells, values: list[Any]) -> None:
            if values[position] is None:
                values[position] = status(cells)

        plan.extras.append(fill)


def people(setup: Setup) -> Make:
    plan = Plan(setup, PersonRow)
    plan.identify()
    plan.copy("email", "title", "department", "stance", "left_on", "active", "deleted")
    plan.refs(*ACCOUNT_REFS)
    plan.word("role", "role")
    read, gone, name, active, left = (
        full_name(setup, "email", "external_id"), setup.get("inactive"), plan.at("name"), plan.at("active"),
        plan.at("left_on"),
    )  # fmt: skip
    refs, email = plan.at("refs"), setup.columns.get("email")
    domain_of = cached(_domain_ref)

    def fill(cells: Cells, values: list[Any]) -> None:
        values[name] = _named(read(cells))
        if gone(cells) or values[left] is not None:
            values[active] = False
        if not values[refs] and email is not None:
            values[refs] = domain_of(cells[email])

    plan.extras.append(fill)
    return plan.compile()


def _domain_ref(cell: str) -> tuple[Ref, ...]:
    address = to_email(cell)
    domain = to_domain(address) if address else None
    return (Ref("account", "domain", domain),) if domain else ()


def opportunities(setup: Setup) -> Make:
    plan = Plan(setup, OpportunityRow)
    plan.identify()
    plan.copy("stage", "amount", "probability", "opened_on", "closed_on", "next_step", "reason", "deleted")
    plan.refs(*ACCOUNT_REFS, *PERSON_REFS)
    plan.one("owner", "member")
    plan.one("product", "product")
    plan.money("amount")
    _outcome(plan)
    _deal_name(plan)
    return plan.compile()


def _outcome(plan: Plan) -> None:
    """won and lost by the flags where there are flags, else by the stage's or the status's name; open is the rest."""
    setup = plan.setup
    won, closed = setup.get("is_won"), setup.get("is_closed")
    stage, status = setup.word("stage", "outcome"), setup.word("status", "outcome")
    position, flags = plan.at("outcome"), setup.has("is_won")

    def fill(cells: Cells, values: list[Any]) -> None:
        if flags and (flag := won(cells)) is not None:
            over = closed(cells)
            values[position] = "won" if flag else "lost" if over or (over is None and _ended(stage(cells))) else "open"
            return
        values[position] = status(cells) if status(cells) in ("won", "lost") else stage(cells) or "open"

    plan.extras.append(fill)


def _ended(word: str | None) -> bool:
    return word == "lost"


def _deal_name(plan: Plan) -> None:
    """The name (an id where there is none) and the kind of deal: its column, a renewal flag, or the name's suffix."""
    setup = plan.setup
    read, kind_of, renewal = setup.get("name"), setup.word("kind", "deal_kind"), setup.get("renewal")
    name, kind, key = plan.at("name"), plan.at("kind"), plan.at("external_id")
    by_suffix = cached(kind_by_suffix)
    accounts_named = setup.get("account")
    product = setup.get("product")

    def fill(cells: Cells, values: list[Any]) -> None:
        found = read(cells)
        if not found:
            found = " - ".join(part for part in (accounts_named(cells), product(cells)) if part) or values[key]
        if not found:
            raise BadCellError("there is neither a name nor an id")
        values[name] = found
        values[kind] = kind_of(cells) or ("renewal" if renewal(cells) else by_suffix(found))

    plan.extras.append(fill)


def kind_by_suffix(name: str) -> str | None:
    """The kind of deal a name ends with: "Oozz - Upsell", "Meembee - Renewal 2024"; None when it says nothing."""
    for separator in (" - ", " – ", " -", ": ", " ("):
        if separator in name:
            suffix = name.rsplit(separator, 1)[1].strip(" )")
            found = to_word("deal_kind", suffix) or to_word("deal_kind", re.sub(r"[\s\d/]+$", "", suffix))
            if found:
                return found
    folded = fold(name)
    return next(
        (kind for word, kind in word_tables()["deal_kind"].items() if len(word) > 5 and folded.endswith(word)), None
    )


def opportunity_lines(setup: Setup) -> Make:
    plan = Plan(setup, OpportunityLineRow)
    plan.identify()
    plan.refs(("opportunity_id", "opportunity", "id"))
    plan.copy("description", "quantity", "unit_price", "amount", "deleted")
    plan.one("product", "product")
    index, header = setup.columns["opportunity_id"], setup.headers["opportunity_id"]
    amount, price, quantity = plan.at("amount"), plan.at("unit_price"), plan.at("quantity")

    def fill(cells: Cells, values: list[Any]) -> None:
        if to_id(cells[index]) is None:
            raise BadCellError(f"{header} is blank")
        if values[amount] is None and values[price] is not None:
            values[amount] = values[price] * (Decimal(1) if values[quantity] is None else values[quantity])

    plan.extras.append(fill)
    return plan.compile()
