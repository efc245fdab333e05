"""Every query says who may see its rows: what is about an account goes through `live` or `live.seen`."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.sql import visitors

import bot.storage
from bot.storage.guard import Access, account_of
from bot.storage.live import Rule, _nothing_hidden
from bot.storage.queries.timeline import Event
from bot.storage.tables import account, contract_line, interaction, planned_account, reminder

_SAME = "other rows of what the guarded row is about"
EXEMPT = {
    "bot.storage.outbox._any_ready": "whether anything waits at all; only delivery asks",
    "bot.storage.outbox._next": "an instant; only the clock asks",
    "bot.storage.planned._due": "the planner's memory",
    "bot.storage.queries.channels._any": "whether a channel is taken, not by whom",
    "bot.storage.queries.health._lower": _SAME,
    "bot.storage.queries.health._standing": _SAME,
    "bot.storage.queries.news._accounts": _SAME,
    "bot.storage.queries.news._contracts": _SAME,
    "bot.storage.queries.planning._assigned": "the planner plans for all",
    "bot.storage.queries.planning._everybody": "the planner plans for all",
    "bot.storage.queries.planning._promised": "the planner plans for all",
    "bot.storage.queries.planning._rounds": "the planner plans for all",
    "bot.storage.queries.planning._touched": "the planner plans for all",
    "bot.storage.queries.qbr._authors": _SAME,
    "bot.storage.queries.timeline._answers": _SAME,
    "bot.storage.queries.timeline._contracts": _SAME,
    "bot.storage.queries.timeline._interactions": _SAME,
    "bot.storage.queries.timeline._movements": _SAME,
    "bot.storage.queries.timeline._promises": _SAME,
    "bot.storage.queries.timeline._tickets": _SAME,
    "bot.storage.schedules._unplanned": "whether a reminder of one's own is planned",
    "bot.storage.sight._restricted": "what access itself is made of",
}
"""Queries in which a table has no guard of its own, and why it needs none."""


ALONE = {"bot.storage.queries.kpi.lines._special": "ids by which guarded lines are judged"}
"""Queries whose tables go along with what another query guards."""


def builds() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every module-level query of the room, by name; of those that are made for a case, each case."""
    for found in pkgutil.walk_packages(bot.storage.__path__, "bot.storage."):
        if ".migrations" in found.name:
            continue
        module = importlib.import_module(found.name)
        for name, thing in vars(module).items():
            inner = inspect.unwrap(thing) if callable(thing) else None
            if not inspect.isfunction(inner) or inner.__module__ != found.name:
                continue
            parameters = list(inspect.signature(inner).parameters.values())
            if [one.name.lstrip("_") for one in parameters] == ["live"]:
                yield f"{found.name}.{name}", thing
            elif inspect.signature(inner).return_annotation == "Build":
                cases = product(*(_tried(one) for one in parameters))
                yield from ((f"{found.name}.{name}{case}", thing(**dict(case))) for case in cases)


_TRIED: dict[str, list[Any]] = {
    "bool": [True, False],
    "sa.Table": [contract_line],
    "Sequence[Event]": [tuple(Event)],
    "str": ["call"],
}


def _tried(parameter: inspect.Parameter) -> list[tuple[str, Any]]:
    return [(parameter.name, value) for value in _TRIED[parameter.annotation]]


class Watching(Rule):
    """Remembers which tables it was asked about."""

    def __init__(self) -> None:
        super().__init__(_nothing_hidden, Access.ONLY, frozenset(), [])
        object.__setattr__(self, "asked", [])
        object.__setattr__(self, "went_along", 0)

    def along(self, table: Any) -> sa.ColumnElement[bool]:
        self.asked.append(table)  # type: ignore[attr-defined]  # frozen: set above
        object.__setattr__(self, "went_along", 1)
        return super().along(table)

    def _guard(self, table: Any, *, nobodys: bool) -> sa.ColumnElement[bool]:
        self.asked.append(table)  # type: ignore[attr-defined]  # frozen: set above
        return super()._guard(table, nobodys=nobodys)


def unguarded(build: Callable[..., Any]) -> set[str]:
    """The tables about accounts that a query reads and says nothing of."""
    watching = Watching()
    query = build(watching)
    asked: list[Any] = watching.asked  # type: ignore[attr-defined]  # set above
    columns = (part for part in visitors.iterate(query) if isinstance(part, sa.Column))
    read = {id(column.table): column.table for column in columns if isinstance(_base(column.table), sa.Table)}
    guarded = {id(one) for one in asked}
    return {_base(one).name for one in read.values() if account_of(one) is not None and id(one) not in guarded}


def _base(table: Any) -> Any:
    return table.element if isinstance(table, sa.sql.selectable.Alias) else table


@pytest.mark.parametrize(("name", "build"), list(builds()))
def test_a_query_about_accounts_says_who_may_see_them(name: str, build: Callable[..., Any]) -> None:
    assert not unguarded(build) or name in EXEMPT


@pytest.mark.parametrize(("name", "build"), list(builds()))
def test_what_goes_along_goes_along_with_a_guard(name: str, build: Callable[..., Any]) -> None:
    """A query that looks at who may see nothing at all may not say that another row does."""
    watching = Watching()
    build(watching)
    along: int = watching.went_along  # type: ignore[attr-defined]  # set by itself
    assert not along or watching.guards or name in ALONE, name


def test_exemptions_are_needed() -> None:
    found = dict(builds())
    assert {name for name in EXEMPT if name not in found or not unguarded(found[name])} == set()


@pytest.mark.parametrize(
    "build",
    [
        lambda _live: sa.select(reminder.c.id),
        lambda live: sa.select(account.c.id).join(interaction, interaction.c.account_id == account.c.id).where(
            live(account)
        ),
        lambda live: sa.select(account.c.id).where(
            live(account), account.c.id.in_(sa.select(planned_account.c.account_id))
        ),
    ],
)  # fmt: skip
def test_the_gate_sees_a_table_without_a_guard(build: Callable[..., Any]) -> None:
    assert unguarded(build)
