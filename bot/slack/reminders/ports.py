"""What delivery needs from the services; each call is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias

from bot.domain.reminders.presence import Part, Presence
from bot.domain.reminders.reminder import Reminder
from bot.services.reminders.addressing import Known
from bot.services.reminders.letters import Verdict
from bot.services.reminders.outbox import Timing
from bot.services.reminders.outcomes import Outcome
from bot.services.reminders.targets import Kept, Target

Now: TypeAlias = Callable[[], datetime]
"""The bot's clock; it may be moved."""


class Box(Protocol):
    """`bot.services.reminders.outbox.Outbox`."""

    timing: Timing

    def is_anything_due(self) -> bool: ...
    def claim(self, limit: int) -> list[Reminder]: ...
    def renew(self, ids: Sequence[int]) -> Kept: ...
    def aim(self, targets: Sequence[Target], sure: Sequence[int]) -> Kept: ...
    def settle(self, outcomes: Sequence[Outcome]) -> int: ...


class Letters(Protocol):
    """`bot.services.reminders.letters.Correspondence`."""

    def known(self, due: Sequence[Reminder]) -> dict[int, tuple[Known, ...]]: ...
    def stand_ins(self, slack_user_ids: Sequence[str]) -> dict[str, str]: ...
    def compose(
        self, due: Sequence[Reminder], present: Mapping[int, Sequence[tuple[Part, Presence]]]
    ) -> list[Verdict]: ...
