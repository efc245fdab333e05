"""Reminders in memory: rows that change by the same rules as the database's, for looking ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from typing import Any

from bot.domain.reminders.course import Changes
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import Wanted, key_of


class Shelf:
    """Rows by id, and the ids of each account's. New rows get ids above those that were there."""

    def __init__(self, rows: Iterable[Reminder] = ()) -> None:
        self.rows = {row.id: row for row in rows}
        self._ids = count(max(self.rows, default=0) + 1)
        self._of_account: dict[int | None, list[int]] = {}
        self._keys: dict[str, int] = {}
        for row in self.rows.values():
            self._file(row)

    def of_account(self, account_id: int) -> list[Reminder]:
        return [self.rows[one] for one in self._of_account.get(account_id, ())]

    def apply(self, changes: Changes) -> list[Reminder]:
        """Make the changes of an account; the rows that are planned now and were not, or not for then."""
        fresh = [row for wish in changes.insert if (row := self._plan(wish)) is not None]
        fresh += [
            self.change(one, due_at=wish.due_at, wanted_at=wish.due_at, zone=wish.zone, carrier=wish.carrier)
            for one, wish in changes.move
        ]
        for one, why in changes.end:
            self.change(one, state="superseded", reason=why)
        for one, over in changes.settle:
            self.change(one, acted=over.settled, acted_by=over.by)
        return fresh

    def change(self, row_id: int, **values: Any) -> Reminder:
        self.rows[row_id] = replace(self.rows[row_id], **values)
        return self.rows[row_id]

    def _plan(self, wish: Wanted) -> Reminder | None:
        """A new row, or one that was superseded; None when it is there already."""
        there = self._keys.get(wish.key)
        if there is not None:
            if self.rows[there].state != "superseded":
                return None
            return self.change(
                there, state="planned", reason=None, due_at=wish.due_at, wanted_at=wish.due_at, zone=wish.zone,
                carrier=wish.carrier,
            )  # fmt: skip
        row = Reminder(
            id=next(self._ids), rule=wish.rule, account_id=wish.account_id, anchor_id=wish.anchor_id,
            anchor_on=wish.anchor_on, milestone=wish.milestone, recipient=wish.recipient, carrier=wish.carrier,
            zone=wish.zone, due_at=wish.due_at, wanted_at=wish.due_at, state="planned", reason=None, claimed_at=None,
            attempts=0, channel=None, ts=None, sent_at=None, acted=None, acted_by=None, follows=None,
        )  # fmt: skip
        self.rows[row.id] = row
        self._file(row)
        return row

    def _file(self, row: Reminder) -> None:
        self._of_account.setdefault(row.account_id, []).append(row.id)
        if row.follows is None:
            key = key_of(row.rule, row.account_id, row.anchor_id, row.anchor_on, row.milestone, row.recipient)
            self._keys[key] = row.id
