"""The use cases of reviews behind one door, with database, clock and ground in place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.clock import Clock
from bot.domain.audience import Audience
from bot.services.qbr.approving import approve_qbr, files_of, note_feedback, note_place, note_shared
from bot.services.qbr.asked import Named, read_asked
from bot.services.qbr.drafting import Ground, Tell, Wanted, draft_qbr
from bot.services.qbr.editing import Edits, edit_qbr, rewrite_section, undo_qbr
from bot.services.qbr.keeping import qbr_history, read_qbr
from bot.services.results.qbr import Qbr, QbrDeed, QbrFile, Reader
from bot.storage.database import Database


@dataclass(frozen=True)
class Reviews:
    """Each call is one transaction; all may raise StewardError."""

    database: Database
    clock: Clock
    ground: Ground

    def asked(self, text: str) -> Named:
        """A name, a period and readers, as typed together."""
        return read_asked(text, self.clock().astimezone(self.ground.zone).date())

    def draft(self, audience: Audience, wanted: Wanted, progress: Tell | None = None) -> Qbr:
        """Seconds with a model: run it aside. `progress` is called from the thread that this runs in."""
        return draft_qbr(self.database, audience, wanted, self.ground, self.clock(), progress)

    def read(self, audience: Audience, qbr_id: int) -> Qbr:
        return read_qbr(self.database, audience, qbr_id)

    def history(self, audience: Audience, qbr_id: int) -> tuple[QbrDeed, ...]:
        return qbr_history(self.database, audience, qbr_id)

    def edit(self, audience: Audience, qbr_id: int, edits: Edits) -> Qbr:
        return edit_qbr(self.database, audience, qbr_id, edits, self.clock())

    def rewrite(self, audience: Audience, qbr_id: int, seen: int, section: str) -> Qbr:
        return rewrite_section(self.database, audience, qbr_id, seen, section, self.ground, self.clock())

    def undo(self, audience: Audience, qbr_id: int, seen: int) -> Qbr:
        return undo_qbr(self.database, audience, qbr_id, seen, self.clock())

    def approve(self, audience: Audience, qbr_id: int, seen: int, readers: Reader) -> Qbr:
        return approve_qbr(self.database, audience, qbr_id, seen, readers, self.ground, self.clock())

    def files(self, audience: Audience, qbr_id: int, readers: Reader) -> tuple[QbrFile, ...]:
        """Half a second and more: run it aside."""
        return files_of(self.database, audience, qbr_id, readers, self.ground)

    def note_shared(self, audience: Audience, qbr_id: int, seen: int, where: str) -> Qbr:
        return note_shared(self.database, audience, qbr_id, seen, where, self.clock())

    def note_place(self, audience: Audience, qbr_id: int, channel: str, ts: str, parts: tuple[str, ...]) -> None:
        note_place(self.database, audience, qbr_id, channel, ts, parts, self.clock())

    def note_feedback(self, audience: Audience, qbr_id: int, verdict: Literal["good", "bad"]) -> None:
        note_feedback(self.database, audience, qbr_id, verdict, self.clock())
