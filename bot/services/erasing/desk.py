"""The use cases of erasing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.audience import SYSTEM, Audience, only_the_asker
from bot.domain.ids import id_text, parse_id
from bot.services.erasing.account import erase_account, finish_account, plan_account
from bot.services.erasing.person import erase_person, finish_person, plan_person
from bot.services.erasing.whom import Whom, read, require_admin
from bot.services.erasing.work import Work
from bot.services.errors import NotFound
from bot.services.importing.batch import Now
from bot.services.results.erasing import Choice, Erased, ErasureLine, ErasurePlan
from bot.storage import audit
from bot.storage.database import AnyRow, Database
from bot.storage.erasing import records

_LISTED = 200


@dataclass(frozen=True)
class Erasing:
    """Every method is for admins; what is erased cannot be had back."""

    database: Database
    now: Now

    def plan_person(self, audience: Audience, whom: Whom) -> ErasurePlan | Choice:
        return plan_person(self.database, audience, whom)

    def erase_person(
        self, audience: Audience, whom: Whom, *, compact: bool = False, look_at_files: bool = False
    ) -> Erased | Choice:
        """Seconds for a large book: run it aside."""
        return erase_person(self._work(audience, compact=compact, look_at_files=look_at_files), whom)

    def plan_account(self, audience: Audience, account_id: int) -> ErasurePlan:
        return plan_account(self.database, audience, account_id)

    def erase_account(
        self, audience: Audience, account_id: int, *, compact: bool = False, look_at_files: bool = False
    ) -> Erased:
        return erase_account(self._work(audience, compact=compact, look_at_files=look_at_files), account_id)

    def history(self, audience: Audience) -> tuple[ErasureLine, ...]:
        """Erasures, newest first. Whom they were about is not known any more."""
        require_admin(audience)
        with self.database.reading(audience) as reader:
            return tuple(_line(row) for row in records.newest(reader, _LISTED))

    def lift(self, audience: Audience, erasure: str) -> ErasureLine:
        """Let imports bring them in again. Raises NotFound when there is no such erasure, or none that is done."""
        require_admin(audience)
        one = parse_id(erasure)
        with self.database.writing(audience, self.now()) as writer:
            if one is None or not records.lift(writer, one):
                raise NotFound(f"There is no erasure {erasure[:40]} to lift; `steward erase list` lists them.")
            audit.append(writer, "lift erasure", None, {"erasure": erasure})
            return next(_line(row) for row in records.newest(writer, _LISTED) if row.id == one)

    def finish(self, after: timedelta = timedelta()) -> tuple[Erased, ...]:
        """End what was begun so long ago and not ended: a process died. Raises Busy while an import loads."""
        audience, until = only_the_asker(SYSTEM), self.now() - after
        with self.database.reading(audience) as reader:
            begun = [row for row in records.unfinished(reader) if row.at <= until]
        return tuple(self._finish(self._work(audience), row) for row in begun)

    def _finish(self, work: Work, row: AnyRow) -> Erased:
        if row.kind == "account":
            return finish_account(work, row.id, row.pending)
        return finish_person(work, row.id, read(row.pending))

    def _work(self, audience: Audience, *, compact: bool = False, look_at_files: bool = False) -> Work:
        return Work(self.database, audience, self.now, compact, look_at_files)


def _line(row: AnyRow) -> ErasureLine:
    report = row.report or {}
    return ErasureLine(
        erasure=id_text(row.id),
        kind=row.kind,
        state="lifted" if row.lifted_at is not None else row.state,
        at=row.at,
        by=row.by,
        own=sum(report.get("own", {}).values()),
        named=sum(report.get("named", {}).values()),
    )
