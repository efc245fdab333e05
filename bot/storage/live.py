"""Which versions are visible: the one rule behind imports that appear at once and undo that leaves no trace.

A version is visible when the change that wrote it is live and no live change has ended it. Changes that are loading or
undone are few, so a reader learns their ids once and the rule becomes two comparisons with constants; with none of
them (nearly always) it is `v_out IS NULL`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from bot.storage.among import among
from bot.storage.plan import Plan, plan
from bot.storage.tables import change
from bot.storage.types import Instant

Live = Callable[[Any], sa.ColumnElement[bool]]
"""Given a table or alias, the condition that a version is visible."""

Build = Callable[[Live], sa.Select[Any]]
"""A query that puts `live(table)` on every versioned table it reads. Module-level, so that it is compiled once."""

_KNOWN_AT = sa.bindparam("known_at", type_=Instant())


def _nothing_hidden(table: Any) -> sa.ColumnElement[bool]:
    condition: sa.ColumnElement[bool] = table.c.v_out.is_(None)
    return condition


def _some_hidden(table: Any) -> sa.ColumnElement[bool]:
    ended_unseen = among(table.c.v_out, "hidden")
    return sa.and_(sa.not_(among(table.c.v_in, "hidden")), sa.or_(table.c.v_out.is_(None), ended_unseen))


def _known_then(table: Any) -> sa.ColumnElement[bool]:
    """As everybody saw it at `known_at`, but for what was taken back since: that is held to have never been said."""
    said = sa.select(change.c.id).where(change.c.state == "live", change.c.published_at <= _KNOWN_AT)
    return sa.and_(table.c.v_in.in_(said), sa.or_(table.c.v_out.is_(None), table.c.v_out.not_in(said)))


def rule(anything_hidden: bool) -> Live:
    return _some_hidden if anything_hidden else _nothing_hidden


@lru_cache(maxsize=512)
def statement(build: Build, anything_hidden: bool) -> sa.Select[Any]:
    return build(rule(anything_hidden))


@lru_cache(maxsize=256)
def past_statement(build: Build) -> sa.Select[Any]:
    """The query over what was known at an instant, the parameter `known_at`."""
    return build(_known_then)


@lru_cache(maxsize=1024)
def sqlite_plan(build: Build, anything_hidden: bool, single: bool) -> Plan:
    """`single`: for one id, which SQLite finds several times faster by `=` than in a set of one."""
    return plan(statement(build, anything_hidden), _SQLITE, single=single)


_SQLITE = sqlite.dialect()
