"""What the Slack edge needs of business reviews; `bot.services.qbr.desk.Reviews` has it."""

from __future__ import annotations

from typing import Literal, Protocol

from bot.domain.audience import Audience
from bot.services.qbr.asked import Named
from bot.services.qbr.drafting import Tell, Wanted
from bot.services.qbr.editing import Edits
from bot.services.results.qbr import Qbr, QbrDeed, QbrFile, Reader


class ReviewCases(Protocol):
    """Each is one transaction and may raise `StewardError`; those that change a review raise `Stale` when somebody went
    on since the version that was `seen`."""

    def asked(self, text: str) -> Named:
        """A name, a period and readers, as typed together."""

    def draft(self, audience: Audience, wanted: Wanted, progress: Tell | None = None) -> Qbr:
        """Seconds where a model writes: run it aside. `progress` is called from that thread."""

    def read(self, audience: Audience, qbr_id: int) -> Qbr: ...

    def history(self, audience: Audience, qbr_id: int) -> tuple[QbrDeed, ...]: ...

    def edit(self, audience: Audience, qbr_id: int, edits: Edits) -> Qbr:
        """Raises `BadFields` by the keys of the sentences."""

    def rewrite(self, audience: Audience, qbr_id: int, seen: int, section: str) -> Qbr: ...

    def undo(self, audience: Audience, qbr_id: int, seen: int) -> Qbr: ...

    def approve(self, audience: Audience, qbr_id: int, seen: int, readers: Reader) -> Qbr:
        """Raises `NotAllowed` that says what was found in a customer's copy."""

    def files(self, audience: Audience, qbr_id: int, readers: Reader) -> tuple[QbrFile, ...]:
        """The same; half a second and more: run it aside."""

    def note_shared(self, audience: Audience, qbr_id: int, seen: int, where: str) -> Qbr: ...

    def note_place(self, audience: Audience, qbr_id: int, channel: str, ts: str, parts: tuple[str, ...]) -> None: ...

    def note_feedback(self, audience: Audience, qbr_id: int, verdict: Literal["good", "bad"]) -> None: ...
