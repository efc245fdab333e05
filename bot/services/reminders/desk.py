"""The use cases about reminders behind one door, with database, clock and policies already in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.audience import SYSTEM, Actor, Audience, only_the_asker
from bot.domain.policy import Policies
from bot.domain.preferences import Preferences
from bot.domain.reminders.own import State
from bot.services.errors import Busy
from bot.services.preferences import Usual
from bot.services.reminders import acting, own, own_reading, promises, why
from bot.services.reminders.mornings import let_go
from bot.services.reminders.own import Wish
from bot.services.reminders.own_planning import plan_own
from bot.services.reminders.planning import plan
from bot.services.reminders.promises import Pledge
from bot.services.reminders.standing import standing
from bot.services.results.matters import Deed, Standing, WhyReminded
from bot.services.results.own import OwnList, OwnReminder, PromisePage, Question, Tracked
from bot.services.writing import BUSY
from bot.storage import acts
from bot.storage.commitments import Ended
from bot.storage.database import Database, LockedError

_EVERYTHING = only_the_asker(SYSTEM)


@dataclass(frozen=True)
class Reminders:
    """Each call is one transaction; all may raise StewardError. `ways` are those of whoever asks, or will read it."""

    database: Database
    clock: Clock
    policies: Policies
    usual: Usual

    def plan(self) -> None:
        """One pass over everything that may have changed. Raises Busy when somebody else keeps writing."""
        now = self.clock()
        try:
            plan(self.database, self.policies, self.usual.zone, now)
            plan_own(self.database, self.usual, now)
            let_go(self.database, self.policies, self.usual, now)
        except LockedError as error:
            raise Busy(BUSY) from error

    def done(self, audience: Audience, reminder_id: int) -> Deed:
        return acting.done(self.database, audience, reminder_id, self.clock())

    def snooze(self, audience: Audience, reminder_id: int, choice: str, ways: Preferences) -> Deed:
        return acting.snooze(self.database, audience, reminder_id, choice, ways, self.clock())

    def hand_over(
        self, audience: Audience, reminder_id: int, slack_user_id: str, name: str, colleague: Actor | None = None
    ) -> Deed:
        return acting.hand_over(self.database, audience, reminder_id, slack_user_id, name, self.clock(), colleague)

    def not_renewing(self, audience: Audience, reminder_id: int, reason: str, note: str) -> Deed:
        return acting.not_renewing(self.database, audience, reminder_id, reason, note, self.clock())

    def end_promise(self, audience: Audience, reminder_id: int, status: Ended) -> Deed:
        return acting.end_promise(self.database, audience, reminder_id, status, self.clock())

    def never_again(self, audience: Audience, reminder_id: int, ways: Preferences) -> Deed:
        return acting.never_again(self.database, audience, reminder_id, ways, self.clock())

    def to_me_instead(self, audience: Audience, notice_id: int) -> Deed:
        return acting.to_me_instead(self.database, audience, notice_id, self.clock())

    def undo(self, audience: Audience, reminder_id: int) -> Deed:
        return acting.undo(self.database, audience, reminder_id, self.clock())

    def standing(self, audience: Audience, channel: str, ts: str) -> Standing | None:
        return standing(self.database, audience, channel, ts, self.policies, self.usual, self.clock())

    def why(self, audience: Audience, reminder_id: int) -> WhyReminded:
        return why.why_reminded(self.database, audience, reminder_id, self.policies, self.usual, self.clock())

    def why_last(self, audience: Audience, account_id: int | None) -> WhyReminded:
        return why.last_to(self.database, audience, account_id, self.policies, self.usual, self.clock())

    def stale(self, limit: int = 50) -> list[tuple[str, str]]:
        """(channel, ts) of messages that say something that is no longer so."""
        with self.database.reading(_EVERYTHING) as reader:
            return [(row.channel, row.ts) for row in acts.to_redraw(reader, self.clock(), limit)]

    def redrawn(self, channel: str, ts: str, as_of: datetime) -> None:
        """The message shows what held then."""
        with self.database.writing(_EVERYTHING, self.clock()) as writer:
            acts.redrawn(writer, channel, ts, as_of)

    def set_own(self, audience: Audience, wish: Wish, ways: Preferences) -> OwnReminder | Question:
        return own.set_own(self.database, audience, wish, ways, self.clock())

    def change_own(
        self, audience: Audience, own_id: int, text: str, phrase: str, ways: Preferences
    ) -> OwnReminder | Question:
        return own.change_own(self.database, audience, own_id, text, phrase, ways, self.clock())

    def switch_own(self, audience: Audience, own_id: int, state: State, ways: Preferences) -> OwnReminder:
        return own.switch_own(self.database, audience, own_id, state, ways, self.clock())

    def get_own(self, audience: Audience, own_id: int, ways: Preferences) -> OwnReminder:
        return own_reading.get_own(self.database, audience, own_id, ways, self.clock())

    def own_list(self, audience: Audience, channel: str | None, ways: Preferences) -> OwnList:
        return own_reading.own_list(self.database, audience, channel, ways, self.clock())

    def recipient_called(self, audience: Audience, name: str) -> str:
        return own_reading.recipient_called(self.database, audience, name)

    def track(self, audience: Audience, pledge: Pledge, ways: Preferences) -> Tracked | Question:
        return promises.track(self.database, audience, pledge, ways, self.clock())

    def end_one(self, audience: Audience, promise_id: int, status: Ended, ways: Preferences) -> Tracked:
        return promises.end_one(self.database, audience, promise_id, status, ways, self.clock())

    def open_promises(self, audience: Audience, account_id: int | None, page: int, ways: Preferences) -> PromisePage:
        return promises.open_promises(self.database, audience, account_id, page, ways, self.clock())
