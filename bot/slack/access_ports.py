"""The use cases of access, as the Slack edge needs them; `bot.services.access.desk.AccessDesk` has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.audience import Audience
from bot.services.results.access import Restricted, Restriction, WhoMaySee


class AccessCases(Protocol):
    """Each is one transaction and may raise `StewardError`."""

    def restrict(self, audience: Audience, account_id: int, named: Sequence[str], reason: str) -> Restricted:
        """`named` are names or Slack users. Raises `BadInput` for one that is nobody's or several's."""

    def lift(self, audience: Audience, account_id: int) -> Restricted: ...

    def who_may_see(self, audience: Audience, account_id: int) -> WhoMaySee:
        """Looks at everybody of the team list: run it aside."""

    def restricted(self, audience: Audience) -> tuple[Restriction, ...]: ...
