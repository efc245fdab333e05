"""Puts the files together: one row writer per file, all from the same accounts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from bot.sample.account import Account, fold, member_of, open_accounts, person_email
from bot.sample.cast import MEMBERS, PRODUCTS
from bot.sample.companies_north import NORTH
from bot.sample.companies_small import SMALL
from bot.sample.companies_south import SOUTH
from bot.sample.companies_strategic import STRATEGIC
from bot.sample.companies_west import WEST
from bot.sample.contracts import contract_rows
from bot.sample.interactions import touches_of
from bot.sample.opportunities import opportunity_rows
from bot.sample.promises import pledges_of
from bot.sample.surveys import answers_of
from bot.sample.tickets import tickets_of
from bot.sample.usage import usage_rows

COMPANIES: Final = (*STRATEGIC, *NORTH, *SOUTH, *WEST, *SMALL)

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "members.csv": ("id", "name", "email", "active", "role", "team", "manager", "timezone"),
    "products.csv": ("id", "name", "family", "list_price", "currency"),
    "accounts.csv": (
        "id", "name", "domains", "aliases", "parent", "owner_email", "owner", "kind", "segment", "tier", "industry",
        "lifecycle", "country", "timezone", "currency", "employees", "annual_revenue", "created_on", "url",
    ),
    "people.csv": (
        "id", "account_id", "account", "name", "email", "title", "department", "role", "stance", "left_on", "active",
    ),
    "contracts.csv": (
        "id", "contract_number", "account_id", "product", "unit", "quantity", "amount", "period", "currency",
        "starts_on", "ends_on", "auto_renew", "notice_days", "notice_business_days", "signed_on", "status", "trial",
    ),
    "opportunities.csv": (
        "id", "account_id", "name", "kind", "stage", "outcome", "amount", "currency", "probability", "opened_on",
        "closed_on", "owner_email", "product", "next_step", "reason",
    ),
    "interactions.csv": (
        "id", "account_id", "at", "kind", "direction", "author_email", "people", "subject", "text", "client_safe",
        "by_customer", "url",
    ),
    "promises.csv": ("id", "account_id", "quote", "by", "owner_email", "due_on", "made_on", "kept_on", "status"),
    "tickets.csv": (
        "id", "account_id", "person_email", "opened_at", "first_response_at", "solved_at", "status", "priority",
        "subject", "text", "escalated",
    ),
    "surveys.csv": ("id", "account_id", "person_email", "survey", "score", "scale_min", "scale_max", "at", "comment"),
    "usage.csv": ("id", "account_id", "on", "days", "metric", "feature", "value", "entitlement"),
}  # fmt: skip


def sample_files(today: date, seed: int = 7) -> dict[str, str]:
    """File name -> content, in the order in which kinds must be loaded. Lines end in `\\n`."""
    accounts = open_accounts(COMPANIES, today, seed)
    rows: dict[str, list[Mapping[str, object]]] = {name: [] for name in COLUMNS}
    rows["members.csv"] = _member_rows()
    rows["products.csv"] = _product_rows()
    for account in accounts:
        _add(account, accounts, rows)
    return {name: _csv(COLUMNS[name], rows[name]) for name in COLUMNS}


def _add(account: Account, accounts: tuple[Account, ...], rows: dict[str, list[Mapping[str, object]]]) -> None:
    tickets = tickets_of(account)
    answers = answers_of(account, tickets)
    pledges = pledges_of(account)
    touches = touches_of(account, tickets, answers, pledges)
    rows["accounts.csv"].append(_account_row(account, accounts))
    rows["people.csv"] += _people_rows(account)
    rows["contracts.csv"] += contract_rows(account.index, account.terms)
    rows["opportunities.csv"] += opportunity_rows(account)
    rows["interactions.csv"] += [touch.row(number) for number, touch in enumerate(touches, 1)]
    rows["promises.csv"] += [pledge.row(number) for number, pledge in enumerate(pledges, 1)]
    rows["tickets.csv"] += [ticket.row() for ticket in tickets]
    rows["surveys.csv"] += [answer.row(number) for number, answer in enumerate(answers, 1)]
    rows["usage.csv"] += usage_rows(account)


def _member_rows() -> list[Mapping[str, object]]:
    return [
        {
            "id": f"M-{number:02}",
            "name": member.name,
            "email": member_of(member.key),
            "active": member.active,
            "role": member.role,
            "team": member.team,
            "manager": member_of(member.manager) if member.manager else None,
            "timezone": member.zone,
        }
        for number, member in enumerate(MEMBERS, 1)
    ]


def _product_rows() -> list[Mapping[str, object]]:
    return [
        {
            "id": f"PR-{number}",
            "name": product.name,
            "family": product.family,
            "list_price": product.prices["EUR"],
            "currency": "EUR",
        }
        for number, product in enumerate(PRODUCTS, 1)
    ]


def _account_row(account: Account, accounts: tuple[Account, ...]) -> Mapping[str, object]:
    company = account.company
    parent = next((other.company.name for other in accounts if other.company.key == company.parent), None)
    first_met = account.began if account.company.kind == "prospect" else account.began - account.began.resolution * 45
    return {
        "id": account.id,
        "name": company.name,
        "domains": company.domain,
        "aliases": "; ".join(company.aliases),
        "parent": parent,
        "owner_email": member_of(company.owner) if company.owner else None,
        "owner": account.owner.name if company.owner else None,
        "kind": company.kind,
        "segment": company.segment,
        "tier": company.tier or {"strategic": "A", "mid-market": "B", "small": "C"}[company.segment],
        "industry": company.industry,
        "lifecycle": company.lifecycle,
        "country": company.country,
        "timezone": company.zone,
        "currency": company.currency,
        "employees": company.employees,
        "annual_revenue": company.revenue,
        "created_on": first_met,
        "url": f"https://crm.steward.example/accounts/{fold(company.key)}",
    }


def _people_rows(account: Account) -> list[Mapping[str, object]]:
    company = account.company
    return [
        {
            "id": f"{account.id}-{number}",
            "account_id": account.id,
            "account": company.name,
            "name": person.name,
            "email": person_email(company, person),
            "title": person.title,
            "department": person.department,
            "role": person.role,
            "stance": person.stance,
            "active": person.left is None,
            "left_on": None if person.left is None else account.ago(person.left),
        }
        for number, person in enumerate(company.people, 1)
    ]


def _csv(columns: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    """Nothing is an empty cell, truth is `true` or `false`, moments carry their offset."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return str(value)
