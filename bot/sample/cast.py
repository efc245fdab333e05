"""Our own side of the book: the vendor's people and its four products. All invented."""

from __future__ import annotations

from typing import Final

from bot.sample.model import Member, Product

MAIL_DOMAIN: Final = "steward.example"

MEMBERS: Final = (
    Member("ingrid", "Ingrid Solberg", "Head of Account Management", "Accounts", "Europe/Oslo"),
    Member("maya", "Maya Lindqvist", "Senior Account Manager", "Accounts", "Europe/Stockholm", "ingrid"),
    Member("jonas", "Jonas Berg", "Account Manager", "Accounts", "Europe/Berlin", "ingrid"),
    Member("priya", "Priya Raman", "Senior Account Manager", "Accounts", "America/New_York", "ingrid"),
    Member("tomás", "Tomás Ferreira", "Account Manager", "Accounts", "Europe/Lisbon", "ingrid"),
    Member("daniel", "Daniel Okafor", "Account Manager", "Accounts", "Europe/London", "ingrid", active=False),
    Member("aoife", "Aoife Brady", "Solutions Engineer", "Solutions", "Europe/Dublin", "ingrid"),
    Member("samir", "Samir Haddad", "Support Lead", "Support", "Europe/Paris"),
)

PRODUCTS: Final = (
    Product(
        "folio", "Folio", "Platform", "seat", "active_users",
        {"EUR": 312, "GBP": 276, "USD": 348, "SEK": 3600, "JPY": 48000},
    ),
    Product(
        "flow", "Folio Flow", "Add-on", "1,000 runs", "workflow_runs",
        {"EUR": 140, "GBP": 124, "USD": 156, "SEK": 1600, "JPY": 21500},
    ),
    Product(
        "sign", "Folio Sign", "Add-on", "envelope", "envelopes_sent",
        {"EUR": 1.9, "GBP": 1.7, "USD": 2.1, "SEK": 21.5, "JPY": 290},
    ),
    Product(
        "vault", "Folio Vault", "Add-on", "GB", "storage_gb",
        {"EUR": 8.4, "GBP": 7.5, "USD": 9.2, "SEK": 96, "JPY": 1290},
    ),
)  # fmt: skip

MEMBER_BY_KEY: Final = {member.key: member for member in MEMBERS}
PRODUCT_BY_KEY: Final = {product.key: product for product in PRODUCTS}


def member_email(member: Member) -> str:
    """`Tomás Ferreira` writes from tomas.ferreira@steward.example."""
    return member.name.lower().replace("á", "a").replace(" ", ".") + "@" + MAIL_DOMAIN
