"""Addresses of databases. They may hold a password, which libraries show when one is wrong: nothing here does."""

from __future__ import annotations

import sqlalchemy as sa


class DatabaseError(Exception):
    """The database cannot be used; the message says why and what to do."""


def parsed(address: str, advice: str) -> sa.URL:
    """The address of a database. Raises DatabaseError with the advice when it is none."""
    try:
        return sa.make_url(address)
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseError(advice) from None
