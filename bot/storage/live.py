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

Live = Callable[[Any], sa.ColumnElement[bool]]
"""Given a table or alias, the condition that a version is visible."""

Build = Callable[[Live], sa.Select[Any]]
"""A query that puts `live(table)` on every versioned table it reads. Module-level, so that it is compiled once."""


def _nothing_hidden(table: Any) -> sa.ColumnElement[bool]:
    condition: sa.ColumnElement[bool] = table.c.v_out.is_(None)
    return condition


def _some_hidden(table: Any) -> sa.ColumnElement[bool]:
    ended_unseen = among(table.c.v_out, "hidden")
    return sa.and_(sa.not_(among(table.c.v_in, "hidden")), sa.or_(table.c.v_out.is_(None), ended_unseen))


def rule(anything_hidden: bool) -> Live:
    return _some_hidden if anything_hidden else _nothing_hidden


@lru_cache(maxsize=512)
def statement(build: Build, anything_hidden: bool) -> sa.Select[Any]:
    return build(rule(anything_hidden))


@lru_cache(maxsize=1024)
def sqlite_plan(build: Build, anything_hidden: bool, single: bool) -> Plan:
    """`single`: for one id, which SQLite finds several times faster by `=` than in a set of one."""
    return plan(statement(build, anything_hidden), _SQLITE, single=single)


_SQLITE = sqlite.dialect()
