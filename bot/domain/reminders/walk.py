"""Looking ahead: every message of the coming months, by walking through them with the rules that hold today.

Nothing is asked meanwhile: facts stay as they are, nobody acts, nobody logs a touch, and nobody's Slack is busy. What a
planner and a sender would do with the same book at the same time is what happens here, in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Literal, TypeAlias

from bot.domain.policy import Policies
from bot.domain.reminders.account import Account, plan_account
from bot.domain.reminders.budget import COUNTED, Due, Said, is_pressing, over_budget
from bot.domain.reminders.course import Changes
from bot.domain.reminders.items import item, overdue
from bot.domain.reminders.moment import Instead, Matter, Send, Wait, matter_of, moment, next_digest, next_morning
from bot.domain.reminders.morning import Item, morning
from bot.domain.reminders.presence import Addressee
from bot.domain.reminders.promises import Promised, once_overdue, overdue_from
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.rounds import rounds
from bot.domain.reminders.shelf import Shelf
from bot.domain.reminders.sight import Chain, Message, Sight, Spoken
from bot.domain.reminders.wanted import OWNER, channel_of, to_member
from bot.domain.when.wall import local_day

_Kind: TypeAlias = Literal["account", "overdue", "row", "morning", "weekly"]
_Key: TypeAlias = tuple[str, ...]
_TURN: dict[_Kind, int] = {"account": 0, "overdue": 1, "row": 2, "morning": 3, "weekly": 4}
_INSTANT = timedelta(microseconds=1)
_WEEK = timedelta(days=7)


def walk(sight: Sight, policies: Policies, start: datetime, until: datetime) -> Iterator[Message]:
    """Every message from `start` to `until`, in the order of time."""
    yield from _Walk(sight, policies, until).run(start)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What is said together: one reminder, or all of an account that are due at once."""

    verdict: Send | Instead
    rows: list[Reminder]

    @property
    def to(self) -> Addressee:
        return self.verdict.to


class _Walk:
    """What changes while we walk: the rows, what was said to whom on which day, and what comes next."""

    def __init__(self, sight: Sight, policies: Policies, until: datetime) -> None:
        self.sight, self.policies, self.until = sight, policies, until
        self.shelf = Shelf(sight.rows)
        self._agenda: list[tuple[datetime, int, int, _Kind, int]] = []
        self._serial = count()
        self._said: dict[tuple[str, date], Said] = {}
        self._spoke: list[datetime] = []
        self._lines: dict[_Key, set[int]] = {}
        self._promises: dict[_Key, list[tuple[Account, Promised]]] = {}
        self._alone: list[Promised] = []
        self._chains: dict[str, dict[_Key, Chain]] = {}
        self._rounds: set[tuple[_Kind, int]] = set()

    def run(self, now: datetime) -> Iterator[Message]:
        self._note_promises(now)
        self.shelf.apply(Changes(insert=list(self.sight.wishes)))
        for row in list(self.shelf.rows.values()):
            self._note(row)
        for one in self.sight.accounts:
            self._plan(one, now)
        for place in range(len(self.sight.team)):
            self._expect_rounds(place, now)
        while self._agenda:
            now, kind, found = self._next()
            if kind == "row":
                yield from self._say(found, now)
                continue
            for one in found:
                if kind == "account":
                    self._plan(one, now)
                elif kind == "overdue":
                    self._say_overdue(one, now)
                else:
                    yield from self._morning(one, now) if kind == "morning" else self._weekly(one, now)
                    self._rounds.discard((kind, one))
                    self._expect_rounds(one, now)

    def _next(self) -> tuple[datetime, _Kind, list[int]]:
        """Everything of one kind that comes up at the next instant: plans first, then messages, then mornings."""
        now, turn, _, kind, _ = self._agenda[0]
        found = []
        while self._agenda and self._agenda[0][:2] == (now, turn):
            found.append(heappop(self._agenda)[4])
        return now, kind, found

    def _expect(self, at: datetime, kind: _Kind, one: int) -> None:
        if at <= self.until:
            heappush(self._agenda, (at, _TURN[kind], next(self._serial), kind, one))

    def _note(self, row: Reminder) -> None:
        """Put a row where it will be found: on the agenda, or among the lines of a morning message. Who wants none
        hears of it by itself."""
        if row.state == "planned":
            chain = self._chain(row)
            first = next((one for one in chain if one.presence.reachable), None)
            if row.carrier == "own" or first is None or not first.preferences.digest:
                self._expect(row.due_at, "row", row.id)
            else:
                self._lines.setdefault(self._known(chain), set()).add(row.id)

    def _note_promises(self, now: datetime) -> None:
        for account in self.sight.accounts.values():
            for one in account.promises:
                chain = self.sight.chains(OWNER if one.owner_id is None else to_member(one.owner_id), account.id)
                self._promises.setdefault(self._known(chain), []).append((account, one))
                first = next((each for each in chain if each.presence.reachable), None)
                if first is not None and not first.preferences.digest and one.due_on is not None:
                    self._alone.append(one)
                    self._expect(
                        max(overdue_from(one.due_on, one, self.policies.reminders), now),
                        "overdue",
                        len(self._alone) - 1,
                    )

    def _say_overdue(self, place: int, now: datetime) -> None:
        wish = once_overdue(self._alone[place], self.policies.reminders, now)
        for row in self.shelf.apply(Changes(insert=[wish] if wish is not None else [])):
            self._note(row)

    def _known(self, chain: Chain) -> _Key:
        """The name of a chain, which is remembered for everybody in it."""
        key = tuple(_user(one) for one in chain)
        for user in key:
            self._chains.setdefault(user, {})[key] = chain
        return key

    def _plan(self, one: int, now: datetime) -> None:
        plan = plan_account(self.sight.accounts[one], self.shelf.of_account(one), self.policies, now)
        for row in self.shelf.apply(plan.changes):
            self._note(row)
        if plan.again_at is not None:
            self._expect(max(plan.again_at, now + _INSTANT), "account", one)

    def _chain(self, row: Reminder) -> Chain:
        return self.sight.chains(row.recipient, row.account_id)

    # Messages of their own

    def _say(self, ids: Iterable[int], now: datetime) -> Iterator[Message]:
        """What is due now and still wanted: said, put off, or left to the next morning message."""
        letters: dict[tuple[object, ...], _Letter] = {}
        for row in sorted((self.shelf.rows[one] for one in ids), key=lambda one: one.id):
            if row.state != "planned" or row.due_at > now:
                continue
            if (channel := channel_of(row.recipient)) is not None:
                yield self._sent(Message(now, "message", None, (self._spoken(row, now),), channel=channel), [row], now)
                continue
            verdict = moment(self._chain(row), matter_of(row), self.policies.reminders.wait_days, now)
            if isinstance(verdict, Wait):
                self._note(self.shelf.change(row.id, due_at=verdict.until, reason=verdict.why))
            elif isinstance(verdict, Send | Instead):
                together = row.rule in COUNTED and row.account_id is not None
                key = (_user(verdict.to), row.account_id) if together else (row.id,)
                letters.setdefault(key, _Letter(verdict, [])).rows.append(row)
            else:
                self.shelf.change(row.id, state="held", reason=verdict.why)
                yield Message(now, "nobody", None, (self._spoken(row, now),), verdict.why)
        for letter in self._within_budget(list(letters.values()), now):
            spoken = tuple(self._spoken(row, now) for row in letter.rows)
            yield self._sent(Message(now, "message", letter.verdict.to, spoken, letter.verdict.why), letter.rows, now)

    def _sent(self, message: Message, rows: Iterable[Reminder], now: datetime) -> Message:
        for row in rows:
            self.shelf.change(row.id, state="sent", sent_at=now)
        self._spoke.append(now)
        return message

    def _within_budget(self, letters: list[_Letter], now: datetime) -> Iterator[_Letter]:
        """One message about an account, counted by the first of what it says, as when it is sent."""
        said = {_user(one.to): self._said.get(_day(one.to, now), Said()) for one in letters}
        due = [
            Due(one.rows[0], _user(one.to), any(is_pressing(row, one.to, now) for row in one.rows)) for one in letters
        ]
        over = over_budget(due, said, self.policies.reminders)
        for one in letters:
            if (why := over.get(one.rows[0].id)) is None:
                self._count(one, now)
                yield one
                continue
            for row in one.rows:
                if one.to.preferences.digest:
                    later = next_digest(one.to.preferences, now)
                    self._note(self.shelf.change(row.id, carrier="morning", due_at=later, reason=why))
                else:
                    later = next_morning(one.to.preferences, now)
                    self._note(self.shelf.change(row.id, due_at=later, reason=why))

    def _count(self, letter: _Letter, now: datetime) -> None:
        row = letter.rows[0]
        if row.rule in COUNTED:
            before = self._said.get(_day(letter.to, now), Said())
            accounts = before.accounts | {row.account_id} if row.account_id is not None else before.accounts
            self._said[_day(letter.to, now)] = Said(before.messages + 1, accounts)

    # Messages that come round

    def _expect_rounds(self, place: int, now: datetime) -> None:
        """The morning and the Monday that come next, each once."""
        kinds: tuple[_Kind, _Kind] = ("morning", "weekly")
        courses = rounds(self.sight.team[place][0], self.policies.reminders, (), now)
        for kind, course in zip(kinds, courses, strict=True):
            if course.ahead and (kind, place) not in self._rounds:
                self._rounds.add((kind, place))
                self._expect(course.ahead[0].due_at, kind, place)

    def _morning(self, place: int, now: datetime) -> Iterator[Message]:
        to = self.sight.team[place][1]
        message = morning(self._items(to, now), self.policies.reminders.lines)
        if message is None:
            return
        spoken = tuple(self._line(found) for line in message.lines for found in line.items)
        rows = [self.shelf.rows[one] for one in message.carried]
        yield self._sent(Message(now, "morning", to, spoken, left_out=message.left_out), rows, now)

    def _items(self, to: Addressee, now: datetime) -> Iterator[Item]:
        """What waits for the morning of somebody: of their own accounts, and of those they stand in for today."""
        today, rules = _day(to, now)[1], self.policies.reminders
        for key, chain in self._chains.get(_user(to), {}).items():
            verdict = moment(chain, Matter(), rules.wait_days, now)
            if not isinstance(verdict, Send | Instead) or _user(verdict.to) != _user(to):
                continue
            for account, one in self._promises.get(key, ()):
                if (late := overdue(account, one, rules, account.place.today(now))) is not None:
                    yield late
            waiting = self._lines.get(key, set())
            for row in [self.shelf.rows[one] for one in sorted(waiting)]:
                if row.state != "planned" or row.carrier != "morning":
                    waiting.discard(row.id)
                elif local_day(row.due_at, to.preferences.zone) <= today and (found := self._item(row, now)):
                    yield found

    def _weekly(self, place: int, now: datetime) -> Iterator[Message]:
        said = sum(at > now - _WEEK for at in self._spoke)
        if said:
            yield Message(now, "weekly", self.sight.team[place][1], why=f"{said} messages in the week before")

    # What is said

    def _item(self, row: Reminder, now: datetime) -> Item | None:
        account = self.sight.accounts.get(row.account_id) if row.account_id is not None else None
        return item(row, account, self.policies, account.place.today(now)) if account is not None else None

    def _spoken(self, row: Reminder, now: datetime) -> Spoken:
        found = self._item(row, now)
        account = self.sight.accounts.get(row.account_id) if row.account_id is not None else None
        return Spoken(
            rule=row.rule,
            account_id=row.account_id,
            account=account.name if account is not None else None,
            anchor_id=row.anchor_id,
            anchor_on=row.anchor_on,
            milestone=row.milestone,
            reason=found.reason if found is not None else (self.sight.words or {}).get(row.anchor_id, ""),
            step=found.step if found is not None else None,
        )

    def _line(self, found: Item) -> Spoken:
        row = self.shelf.rows[found.reminders[0]] if found.reminders else None
        return Spoken(
            rule=row.rule if row is not None else "promise",
            account_id=found.account_id,
            account=found.account,
            anchor_id=row.anchor_id if row is not None else found.account_id,
            anchor_on=row.anchor_on if row is not None else None,
            milestone=row.milestone if row is not None else None,
            reason=found.reason,
            step=found.step,
        )


def _user(to: Addressee) -> str:
    return to.presence.slack_user_id


def _day(to: Addressee, now: datetime) -> tuple[str, date]:
    return _user(to), local_day(now, to.preferences.zone)
