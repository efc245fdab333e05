"""Column types with one meaning on SQLite and PostgreSQL.

SQLite's STRICT tables know only INTEGER, REAL, TEXT and BLOB, so each type says how it is stored there:
instants as UTC text that sorts (`2026-11-22T06:30:00.000000`), days as ISO text, flags as 0/1, amounts as whole
ten-thousandths. `encode` gives the driver's form for bulk paths that bypass SQLAlchemy.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

AMOUNT_SCALE = 10_000
AMOUNT_LIMIT = Decimal(2**63 - 1) / AMOUNT_SCALE

BigInt = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def instant_text(value: datetime) -> str:
    """UTC text of an aware instant: fixed width, sorts in time order."""
    if value.tzinfo is not UTC:  # imports write a million of these, nearly all in UTC
        value = value.astimezone(UTC)
    return value.isoformat(timespec="microseconds")[:26]


def amount_units(value: Decimal) -> int:
    """Whole ten-thousandths, half-up. Raises OverflowError beyond 64 bits."""
    units = int((value * AMOUNT_SCALE).quantize(Decimal(1), ROUND_HALF_UP)) if value.is_finite() else None
    if units is None or abs(units) >= 2**63:
        raise OverflowError(f"{value} is too large for an amount")
    return units


def kept_amount(value: Decimal) -> Decimal:
    """The amount as it will be read back."""
    return Decimal(amount_units(value)) / AMOUNT_SCALE


def json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return instant_text(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        parsed = datetime.fromisoformat(value) if isinstance(value, str) else value
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A calendar day without a zone."""

    impl = sa.Date()
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.Date())

    def process_bind_param(self, value: date | None, dialect: sa.Dialect) -> Any:
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


class Flag(TypeDecorator[bool]):
    impl = sa.Boolean()
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.Integer() if dialect.name == "sqlite" else sa.Boolean())

    def process_bind_param(self, value: bool | None, dialect: sa.Dialect) -> Any:
        return int(value) if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> bool | None:
        return None if value is None else bool(value)


class Amount(TypeDecorator[Decimal]):
    """An exact decimal with four places (money, quantities, scores)."""

    impl = sa.BigInteger()
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.Integer() if dialect.name == "sqlite" else sa.BigInteger())

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Any:
        return None if value is None else amount_units(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / AMOUNT_SCALE


class Json(TypeDecorator[Any]):
    """A JSON document kept as text: written whole, read whole, never searched."""

    impl = sa.Text()
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        return None if value is None else json_text(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        return None if value is None else json.loads(value)
