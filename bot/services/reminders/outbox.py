"""Sending what is due, from the database's side. Each call is one transaction.

The promise: a reminder is posted at least once, and twice only when Slack took it, its answer was lost, and the
conversation's history cannot be read. It rests on four steps: claim with a lease; write down the channel before
posting; post no later than `Timing.settling` before the lease ends; and take a lease that ran out, or an answer that
was lost, for a doubt that is looked up before anything is posted again.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.clock import Clock
from bot.domain.audience import SYSTEM, only_the_asker
from bot.domain.ids import id_text
from bot.domain.policy import Rules
from bot.domain.reminders.moment import next_digest, next_morning
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import Wanted
from bot.services.errors import Busy
from bot.services.reminders.letters import Letter
from bot.services.reminders.outcomes import Doubtful, Ended, Later, Outcome, Sent
from bot.services.reminders.targets import Kept, Target, beyond_budget
from bot.storage import audit, outbox, reminders
from bot.storage.database import TROUBLE, Database, Writer

T = TypeVar("T")
_EVERYTHING = only_the_asker(SYSTEM)


@dataclass(frozen=True, slots=True)
class Timing:
    """`ahead`: how long before its instant a reminder is claimed. `lease`: how long a claim holds. `settling`: how long
    after it was posted a message may still appear, whatever we heard of it."""

    ahead: timedelta = timedelta(seconds=1)
    lease: timedelta = timedelta(seconds=90)
    settling: timedelta = timedelta(seconds=30)


class Outbox:
    """One process's hands in the outbox; `worker` tells it from the others'."""

    def __init__(self, database: Database, clock: Clock, rules: Rules, timing: Timing = Timing()) -> None:
        self.database, self.clock, self.rules, self.timing = database, clock, rules, timing
        self.worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"

    def is_anything_due(self) -> bool:
        now = self.clock()
        with self.database.reading(_EVERYTHING) as reader:
            return outbox.is_anything_due(reader, now, now + self.timing.ahead)

    def claim(self, limit: int) -> list[Reminder]:
        """What is due or will be within a moment, oldest first; nobody else gets it until our lease ends.

        State `doubt`: it may stand in its channel already.
        """
        now = self.clock()
        with self.database.writing(_EVERYTHING, now) as writer:
            return outbox.claim(writer, self.worker, now + self.timing.ahead, now + self.timing.lease, limit)

    def renew(self, ids: Sequence[int]) -> Kept:
        """Hold on to these for longer; which are still ours, and until when."""
        now = self.clock()
        until = now + self.timing.lease
        with self.database.writing(_EVERYTHING, now) as writer:
            return Kept(until, outbox.renew(writer, self.worker, ids, until))

    def aim(self, targets: Sequence[Target], sure: Sequence[int]) -> Kept:
        """Write down where to they are about to be posted, as far as the day's budget allows; `sure` are those of them
        that were in doubt and turned out not to be posted."""
        now = self.clock()
        until = now + self.timing.lease
        with self.database.writing(_EVERYTHING, now) as writer:
            over = beyond_budget(writer, targets, self.rules.policies.reminders, now)
            outbox.be_sure(writer, self.worker, sure, until)
            said = [one for one in targets if one.letter.first.id not in over]
            rows = [(row.id, one.place, one.told) for one in said for row in one.letter.reminders]
            ours = outbox.aim(writer, self.worker, rows, until)
            unsaid = [one.letter for one in targets if one.letter.first.id in over]
            self._put_off(writer, [(one, over[one.first.id]) for one in unsaid], now)
        return Kept(until, ours)

    def _put_off(self, writer: Writer, unsaid: Sequence[tuple[Letter, str]], now: datetime) -> None:
        """To the next morning message; of who wants none, to the next morning. Not before that: whoever would have it
        by our data alone may want none, and it would come back at once."""
        lines, alone = [], []
        for one, why in unsaid:
            if one.preferences.digest:
                lines += [(row.id, next_digest(one.preferences, now), why) for row in one.reminders]
            else:
                alone += [(row.id, next_morning(one.preferences, now), why) for row in one.reminders]
        outbox.leave_to_morning(writer, self.worker, lines)
        outbox.defer(writer, self.worker, alone)

    def settle(self, outcomes: Sequence[Outcome]) -> int:
        """Keep what became of them; how many of these rows were not ours any more. Raises Busy when the database does
        not take it now."""
        try:
            return self._settle(outcomes)
        except TROUBLE as error:
            raise Busy(f"The database is not available: {error}") from error

    def _settle(self, outcomes: Sequence[Outcome]) -> int:
        with self.database.writing(_EVERYTHING, self.clock()) as writer:
            kept = _keep_sent(writer, self.worker, _only(Sent, outcomes))
            later = [(one.reminder.id, one.due_at, one.why) for one in _only(Later, outcomes)]
            kept += outbox.defer(writer, self.worker, later)
            doubts = [(one.reminder.id, one.look_at, one.channel, one.why) for one in _only(Doubtful, outcomes)]
            kept += outbox.doubt(writer, self.worker, doubts)
            kept += _keep_ended(writer, self.worker, _only(Ended, outcomes))
        return len(outcomes) - kept


def _only(kind: type[T], outcomes: Iterable[Outcome]) -> list[T]:
    return [one for one in outcomes if isinstance(one, kind)]


def _keep_sent(writer: Writer, worker: str, sent: Sequence[Sent]) -> int:
    now = writer.now
    kept = outbox.mark_sent(writer, worker, [(one.reminder.id, one.channel, one.ts, now) for one in sent])
    carried = ((line, one.reminder.id, one.channel, one.ts, now) for one in sent for line in one.carried)
    outbox.mark_carried(writer, list(carried))
    audit.append_many(writer, "reminder", [_shown(one) for one in sent])
    return kept


def _shown(sent: Sent) -> audit.Deed:
    """Who was shown what, where."""
    detail: dict[str, Any] = {
        "rule": sent.reminder.rule,
        "reminder": id_text(sent.reminder.id),
        "to": sent.shown_to,
        "ts": sent.ts,
    }
    carried = [id_text(line) for line in sent.carried]
    detail |= {"channel": sent.channel, **({"with": carried} if carried else {})}
    others = sent.accounts - {sent.reminder.account_id}
    return audit.Deed(sent.reminder.account_id, detail, accounts=sorted(others))


def _keep_ended(writer: Writer, worker: str, ended: Sequence[Ended]) -> int:
    notices = {one.reminder.id: _notice(one, writer.now) for one in ended if one.tell is not None}
    reminders.insert(writer, list(notices.values()))
    return outbox.close(writer, worker, [(one.reminder.id, one.state, one.why, one.tell) for one in ended])


def _notice(ended: Ended, now: datetime) -> Wanted:
    """The message that says why another one was not posted."""
    about = ended.reminder
    return Wanted(
        rule="notice",
        account_id=about.account_id,
        anchor_id=about.id,
        anchor_on=about.anchor_on,
        milestone=0,
        recipient=ended.tell or "",
        due_at=now,
        zone=about.zone,
        carrier="own",
    )
