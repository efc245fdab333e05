"""The same facts as three systems write them: our plain tables, a Salesforce export, a HubSpot export."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tests.services.kpi.books import TODAY

KINDS = ("renewal", "upsell", "new")
Table = tuple[list[str], list[list[object]]]


@dataclass(frozen=True)
class Line:
    number: int
    account: int
    product: str
    yearly: Decimal
    starts: date
    ends: date


@dataclass(frozen=True)
class Deal:
    number: int
    account: int
    kind: str
    outcome: str
    amount: Decimal
    chance: int
    opened: date
    closes: date


@dataclass(frozen=True)
class Ticket:
    number: int
    account: int
    opened: str
    solved: str


@dataclass(frozen=True)
class Facts:
    parents: dict[int, int]
    lines: tuple[Line, ...]
    deals: tuple[Deal, ...]
    tickets: tuple[Ticket, ...]


def facts(seed: int, accounts: int = 12) -> Facts:
    draw = random.Random(seed)  # noqa: S311 - invented data
    lines, number = [], 0
    for account in range(1, accounts + 1):
        starts, yearly = TODAY - timedelta(days=draw.randrange(500, 900)), Decimal(draw.randrange(100, 999) * 12)
        for _ in range(draw.randrange(1, 4)):
            number += 1
            ends = starts + timedelta(days=364)
            lines.append(Line(number, account, draw.choice(["Core", "Flow"]), yearly, starts, ends))
            starts = ends + timedelta(days=draw.choice([1, 1, 12, 60]))
            yearly = Decimal(draw.randrange(100, 999) * 12)
    deals = tuple(
        Deal(at, draw.randrange(1, accounts + 1), draw.choice(KINDS), outcome, Decimal(draw.randrange(500, 90_000)) / 4,
             draw.choice([10, 50, 90]) if outcome == "open" else 100, TODAY - timedelta(days=90),
             TODAY + timedelta(days=draw.randrange(1, 25) * (1 if outcome == "open" else -1)))
        for at, outcome in enumerate(["open"] * 8 + ["won"] * 6)
    )  # fmt: skip
    tickets = tuple(
        Ticket(at, draw.randrange(1, accounts + 1), f"{TODAY - timedelta(days=40 + at)} 09:00:00",
               f"{TODAY - timedelta(days=30 - at)} {draw.randrange(10, 20)}:30:00")
        for at in range(9)
    )  # fmt: skip
    return Facts({2: 1, 3: 1}, tuple(lines), deals, tickets)


def _file(table: Table, *, every_cell: bool = False, line: str = "\n") -> str:
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL if every_cell else csv.QUOTE_MINIMAL, lineterminator=line)
    rows.writerows([table[0], *table[1]])
    return out.getvalue()


def _names(found: Facts) -> Iterable[int]:
    return sorted({one.account for one in found.lines} | set(found.parents) | set(found.parents.values()))


def plain(found: Facts) -> dict[str, str]:
    above = found.parents
    return {
        "accounts.csv": _file((["id", "name", "parent id", "currency"], [
            [f"A{one}", f"Firm {one}", f"A{above[one]}" if one in above else "", "USD"] for one in _names(found)])),
        "contracts.csv": _file((
            ["id", "contract number", "account id", "product", "amount", "period", "currency", "starts on", "ends on"],
            [[f"C{one.number}", f"N{one.number}", f"A{one.account}", one.product, one.yearly, "year", "USD", one.starts,
              one.ends] for one in found.lines])),
        "opportunities.csv": _file((
            ["id", "account id", "name", "kind", "stage", "outcome", "amount", "currency", "probability", "opened on",
             "closed on"],
            [[f"O{one.number}", f"A{one.account}", f"Deal {one.number}", one.kind, "Talk", one.outcome, one.amount,
              "USD", one.chance, one.opened, one.closes] for one in found.deals])),
        "tickets.csv": _file((["id", "account id", "opened at", "solved at", "status", "subject"], [
            [f"T{one.number}", f"A{one.account}", one.opened, one.solved, "solved", f"Case {one.number}"]
            for one in found.tickets])),
    }  # fmt: skip


_TYPES = {"renewal": "Renewal", "upsell": "Upsell", "new": "New Business"}


def _sf(kind: str, number: int) -> str:
    return f"{kind}AA{number:013d}"


def salesforce(found: Facts) -> dict[str, str]:
    above, nobody = found.parents, "000000000000000AAA"
    day = "{} 00:00:00".format
    tables: dict[str, Table] = {
        "Account.csv": (["Id", "IsDeleted", "Name", "Type", "ParentId", "BillingCountry", "NumberOfEmployees",
                         "CurrencyIsoCode"], [
            [_sf("001", one), 0, f"Firm {one}", "Customer", _sf("001", above[one]) if one in above else nobody,
             "United States", 10, "USD"] for one in _names(found)]),
        "Contract.csv": (["Id", "IsDeleted", "ContractNumber", "AccountId", "Product", "Annual Contract Value",
                          "CurrencyIsoCode", "StartDate", "EndDate"], [
            [_sf("800", one.number), 0, f"{one.number:08d}", _sf("001", one.account), one.product, one.yearly, "USD",
             day(one.starts), day(one.ends)] for one in found.lines]),
        "Opportunity.csv": (["Id", "IsDeleted", "AccountId", "Name", "StageName", "Amount", "Probability", "CloseDate",
                             "Type", "IsClosed", "IsWon", "CurrencyIsoCode", "CreatedDate"], [
            [_sf("006", one.number), 0, _sf("001", one.account), f"Deal {one.number}",
             "Closed Won" if one.outcome == "won" else "Negotiation", one.amount, one.chance, day(one.closes),
             _TYPES[one.kind], int(one.outcome == "won"), int(one.outcome == "won"), "USD", day(one.opened)]
            for one in found.deals]),
        "Case.csv": (["Id", "IsDeleted", "CaseNumber", "AccountId", "Subject", "Status", "IsClosed", "CreatedDate",
                      "ClosedDate"], [
            [_sf("500", one.number), 0, f"{one.number:08d}", _sf("001", one.account), f"Case {one.number}", "Closed", 1,
             one.opened, one.solved] for one in found.tickets]),
    }  # fmt: skip
    return {name: _file(table, every_cell=True) for name, table in tables.items()}


def hubspot(found: Facts) -> dict[str, str]:
    above = found.parents
    day = "{} 00:00".format
    tables: dict[str, Table] = {
        "hubspot-crm-exports-all-companies.csv": (["Record ID", "Company name", "Parent Company", "Currency"], [
            [100 + one, f"Firm {one}", f"Firm {above[one]}" if one in above else "", "USD"] for one in _names(found)]),
        "hubspot-crm-exports-subscriptions.csv": (
            ["Record ID", "Contract number", "Associated Company IDs (Primary)", "Product", "Monthly recurring revenue",
             "Currency", "Contract start date", "Contract end date"], [
            [5000 + one.number, f"S-{one.number}", 100 + one.account, one.product, one.yearly / 12, "USD",
             day(one.starts), day(one.ends)] for one in found.lines]),
        "hubspot-crm-exports-all-deals.csv": (
            ["Record ID", "Deal Name", "Deal Stage", "Deal Type", "Deal probability", "Amount", "Currency",
             "Close Date", "Create Date", "Associated Company IDs (Primary)"], [
            [7000 + one.number, f"Deal {one.number}", "Closed Won" if one.outcome == "won" else "Contract Sent",
             _TYPES[one.kind], Decimal(one.chance) / 100, one.amount, "USD", day(one.closes), day(one.opened),
             100 + one.account] for one in found.deals]),
        "hubspot-crm-exports-tickets.csv": (
            ["Ticket ID", "Ticket name", "Ticket status", "Create date", "Close date",
             "Associated Company IDs (Primary)"], [
            [9000 + one.number, f"Case {one.number}", "Closed", one.opened[:16], one.solved[:16], 100 + one.account]
            for one in found.tickets]),
    }  # fmt: skip
    return {name: _file(table, line="\r\n") for name, table in tables.items()}
