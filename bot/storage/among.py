"""`column IN (a set)` as one parameter, so that a query has the same text for one id and for a thousand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from bot.storage.types import BigInt


class IdSet(TypeDecorator[Any]):
    """Ids as one value: JSON text on SQLite, an array on PostgreSQL."""

    impl = sa.Text()
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else postgresql.ARRAY(BigInt))

    def process_bind_param(self, value: Iterable[int] | None, dialect: sa.Dialect) -> Any:
        if dialect.name == "sqlite" and isinstance(value, frozenset):
            return _written(value)
        ids = list(value or ())
        return json.dumps(ids) if dialect.name == "sqlite" else ids


@lru_cache(maxsize=512)
def _written(ids: frozenset[int]) -> str:
    """Of sets that are asked with again and again: what somebody may see."""
    return json.dumps(sorted(ids))


class TextSet(TypeDecorator[Any]):
    """Texts as one value, in the same way."""

    impl = sa.Text()
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else postgresql.ARRAY(sa.Text()))

    def process_bind_param(self, value: Iterable[str] | None, dialect: sa.Dialect) -> Any:
        texts = list(value or ())
        return json.dumps(texts) if dialect.name == "sqlite" else texts


class Among(FunctionElement[Any]):
    """Column, then parameter. Not of type Boolean: SQLAlchemy would write `... = 1`, which no index serves."""

    type = sa.Integer()
    inherit_cache = True
    name = "among"

    @property
    def parameter(self) -> str:
        """The name of the parameter with the set."""
        return str(self.clauses.clauses[1].key)


@compiles(Among, "sqlite")
def _sqlite(element: Among, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    if options.get("single") and element.parameter == "ids":
        return f"{column} = {values}"
    value = "CAST(value AS INTEGER)" if isinstance(element.clauses.clauses[1].type, IdSet) else "value"
    return f"{column} IN (SELECT {value} FROM json_each({values}))"  # noqa: S608 - all are SQL that SQLAlchemy or we wrote


@compiles(Among, "postgresql")
def _postgresql(element: Among, compiler: Any, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY({values})"


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """True for rows whose column is one of the ids given as parameter `name`."""
    return Among(column, sa.bindparam(name, type_=IdSet()))


def among_texts(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """The same of texts."""
    return Among(column, sa.bindparam(name, type_=TextSet()))
