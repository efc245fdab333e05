"""Which maker of rows belongs to which kind."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.records import Kind
from bot.importers.plan import Make, Setup
from bot.importers.rows_activity import associations, churn, commitments, interactions, surveys, tickets, usage
from bot.importers.rows_book import accounts, members, opportunities, opportunity_lines, people, products
from bot.importers.rows_contracts import contracts

MAKERS: dict[Kind, Callable[[Setup], Make]] = {
    Kind.MEMBERS: members, Kind.PRODUCTS: products, Kind.ACCOUNTS: accounts, Kind.PEOPLE: people,
    Kind.CONTRACTS: contracts,
    Kind.OPPORTUNITIES: opportunities, Kind.OPPORTUNITY_LINES: opportunity_lines, Kind.ASSOCIATIONS: associations,
    Kind.INTERACTIONS: interactions, Kind.COMMITMENTS: commitments, Kind.TICKETS: tickets, Kind.SURVEYS: surveys,
    Kind.USAGE: usage, Kind.CHURN: churn,
}  # fmt: skip
