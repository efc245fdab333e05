"""Reminders of every kind about the account that hardly anybody may see, for people and places of every kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

from bot.domain.audience import SHELL, only_the_asker
from bot.domain.ids import parse_id
from bot.domain.reminders.wanted import OWNER, Rule, Wanted, to_channel, to_person
from bot.storage import reminders
from bot.storage.tables import metadata, reminder
from tests.leaks.corpus import Corpus
from tests.leaks.stage import Cell, Stage


def ids_of(it: Stage, table: str, **where: Any) -> list[int]:
    """The ids of rows, oldest first."""
    found = metadata.tables[table]
    query = found.select().filter_by(**where).order_by(found.c.id)
    with it.desk.database.reading(only_the_asker(SHELL)) as reader:
        return [int(row.id) for row in reader.connection.execute(query)]


Anchor = Callable[[Stage, int], tuple[int | None, list[int]]]
REMINDERS: dict[Rule, Anchor] = {
    "renewal": lambda it, account: (account, ids_of(it, "contract", account_id=account)),
    "check-in": lambda _it, account: (account, [account]),
    "promise": lambda it, account: (account, ids_of(it, "commitment", account_id=account)[:1]),
    "own": lambda it, account: (account, ids_of(it, "schedule", account_id=account)),
    "morning": lambda it, _account: (None, ids_of(it, "member")),
    "alert": lambda _it, account: (account, [account]),
    "weekly": lambda it, _account: (None, ids_of(it, "member")),
    "notice": lambda _it, account: (account, [account]),
}
"""By rule the account that a reminder is about and what it is anchored in."""


def reminded(rule: Rule) -> Callable[[Stage, Corpus, Cell], Awaitable[None]]:
    """To the asker by name, to the channel, and to whoever owns the account."""

    async def drive(it: Stage, corpus: Corpus, cell: Cell) -> None:
        person, channel, now = it.person(cell.asker), it.channel(cell.asker, cell.place), it.desk.now()
        account, anchors = REMINDERS[rule](it, parse_id(corpus.hidden) or 0)
        on = now.date() if rule == "alert" else date(2026, 3, 31)
        rule_of: Rule
        to = [OWNER, to_person(person.id), *([] if channel.kind == "im" else [to_channel(channel.id)])]
        if rule == "notice":  # of what must not be said where outsiders read
            to, rule_of, milestone = [to_channel("C0EXTHALDEN")], "check-in", 7
        else:
            to, rule_of, milestone = (to if account is not None else [OWNER]), rule, 30
        for one in to:
            wanted = [Wanted(rule_of, account, anchor, on, milestone, one, now, "UTC", "own") for anchor in anchors]
            with it.desk.database.writing(only_the_asker(SHELL), now) as writer:
                # Of an account people hear once a day: what they heard before was yesterday.
                sent = reminder.c.state == "sent"
                writer.execute(reminder.update().values(sent_at=now - timedelta(days=2)).where(sent))
                reminders.insert(writer, wanted)
            await it.delivered()
        await it.delivered()  # what says that something could not be said

    return drive
