"""The day's budget for models, in the database: every process sees what the others set aside."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.audience import SYSTEM, only_the_asker
from bot.storage import skill_runs
from bot.storage.database import Database, LockedError
from skills.model import LLMUnavailable

_TAKES = "the day's budget for models is used up; it is new tomorrow"


class Limits(Protocol):
    """Budgets of a day; None is no limit."""

    @property
    def person_tokens(self) -> int | None: ...
    @property
    def day_tokens(self) -> int | None: ...
    @property
    def day_cost(self) -> Decimal | None: ...

    def cost(self, tokens_in: int, tokens_out: int) -> Decimal: ...


class StoredLedger:
    """`bot.llm.Ledger` over the database. A day is the workspace's."""

    def __init__(self, database: Database, clock: Clock, zone: ZoneInfo) -> None:
        self._database, self._clock, self._zone = database, clock, zone

    def set_aside(self, asker: str, tokens_in: int, tokens_out: int, limits: Limits) -> int:
        now = self._clock()
        on, tokens, cost = now.astimezone(self._zone).date(), tokens_in + tokens_out, limits.cost(tokens_in, tokens_out)
        try:
            with self._database.writing(only_the_asker(SYSTEM), now) as writer:
                skill_runs.one_at_a_time(writer)
                spent = skill_runs.spent(writer, on, asker)
                if limits.person_tokens is not None and spent.own_tokens + tokens > limits.person_tokens:
                    raise LLMUnavailable("your budget for models is used up for this day")
                if limits.day_tokens is not None and spent.tokens + tokens > limits.day_tokens:
                    raise LLMUnavailable(_TAKES)
                if limits.day_cost is not None and spent.cost + cost > limits.day_cost:
                    raise LLMUnavailable(_TAKES)
                return skill_runs.set_aside(writer, on, asker, tokens, cost)
        except LockedError:
            raise LLMUnavailable("the budget could not be read; somebody else keeps writing") from None

    def settle(self, call: int, tokens_in: int, tokens_out: int, limits: Limits) -> None:
        """What stays unsettled counts as it was set aside: rather too much."""
        now: datetime = self._clock()
        try:
            with self._database.writing(only_the_asker(SYSTEM), now) as writer:
                skill_runs.settle(writer, call, tokens_in + tokens_out, limits.cost(tokens_in, tokens_out))
        except LockedError:
            return
