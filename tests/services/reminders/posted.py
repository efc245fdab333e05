"""Reminders that were sent, without sending any."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.domain.audience import Actor, Audience, Role, only_the_asker
from bot.domain.preferences import Choices, resolve
from bot.domain.reminders.wanted import OWNER, Rule, Wanted
from bot.services.preferences import save_preferences
from bot.storage import acts, outbox, reminders
from bot.storage.database import AnyRow, Database
from bot.storage.tables import reminder
from tests.services.clerk import NOW, SELF, Clerk

MAYA = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U0MAYA", name="Maya Lindqvist"))
JONAS = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U0JONAS", name="Jonas Weber"))
READER = only_the_asker(Actor(Role.READ_ONLY, "slack", slack_user_id="U0READ", name="Rita Reader"))
GUEST = only_the_asker(Actor(Role.GUEST, "slack", slack_user_id="U0GUEST", name="Gil Guest"))

BERLIN = resolve(None, "Europe/Berlin", ZoneInfo("UTC"))

BOOK = {
    "accounts.csv": "id,name,segment,owner_email,country\n1,Nordwind,strategic,maya@northlight.example,DE\n",
    "members.csv": "id,name,email,slack_user_id\n7,Maya Lindqvist,maya@northlight.example,U0MAYA\n",
    "contracts.csv": (
        "id,contract_number,account_id,product,quantity,amount,period,currency,starts_on,ends_on,auto_renew,notice_days\n"
        "3,C-3,1,Platform,1,120000,year,EUR,2025-07-01,2026-06-30,true,88\n"
    ),
    "people.csv": "id,account_id,name,title,role,left_on\n5,1,Tom Falk,CTO,champion,2026-02-01\n",
    "interactions.csv": (
        "id,account_id,at,kind,author_email,subject,text\n"
        "9,1,2026-01-20T10:00:00Z,call,maya@northlight.example,Kick-off,went well\n"
    ),
    "promises.csv": (
        "id,account_id,quote,by,owner_email,due_on\n"
        "4,1,send the security questionnaire,us,maya@northlight.example,2026-03-09\n"
    ),
}


class Post:
    """A book of one account, and its reminders as if they had been sent."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        clerk.bring(BOOK)
        self.account_id = clerk.only_account()
        self._count = 0

    @property
    def database(self) -> Database:
        return self.clerk.database

    def contract_id(self) -> int:
        return int(self.clerk.row("contract").id)

    def promise_id(self) -> int:
        return int(self.clerk.row("commitment").id)

    def wanted(self, rule: Rule, anchor_id: int, anchor_on: date, milestone: int = 30, **more: Any) -> Wanted:
        due_at = NOW - timedelta(minutes=1)
        given: dict[str, Any] = {
            "rule": rule,
            "account_id": self.account_id,
            "anchor_id": anchor_id,
            "anchor_on": anchor_on,
            "milestone": milestone,
            "recipient": OWNER,
            "due_at": due_at,
            "zone": "Europe/Berlin",
            "carrier": "own",
            **more,
        }
        return Wanted(**given)

    def renewal(self, **more: Any) -> int:
        return self.send(self.wanted("renewal", self.contract_id(), date(2026, 4, 3), **more))

    def check_in(self, milestone: int = 0, **more: Any) -> int:
        return self.send(self.wanted("check-in", self.account_id, date(2026, 1, 20), milestone, **more))

    def promise(self, **more: Any) -> int:
        return self.send(self.wanted("promise", self.promise_id(), date(2026, 3, 9), 3, **more))

    def send(self, wanted: Wanted, channel: str = "D0MAYA", ts: str | None = None) -> int:
        """Planned, claimed and posted; its id."""
        self._count += 1
        at = max(NOW, wanted.due_at)
        with self.database.writing(SELF, at) as writer:
            reminders.insert(writer, [wanted])
            [one] = outbox.claim(writer, "w", at, at + timedelta(minutes=1), 1)
            outbox.mark_sent(writer, "w", [(one.id, channel, ts or f"177.{self._count}", at)])
        return one.id

    def send_again(self, row: AnyRow, at: datetime) -> None:
        """Post what is planned already."""
        self._count += 1
        with self.database.writing(SELF, at) as writer:
            claimed = outbox.claim(writer, "w", at, at + timedelta(minutes=1), 10)
            assert [one.id for one in claimed] == [row.id]
            outbox.mark_sent(writer, "w", [(row.id, "D0MAYA", f"177.{self._count}", at)])

    def note_told(self, reminder_id: int, user: str) -> None:
        """Who got it."""
        with self.database.writing(SELF, NOW) as writer:
            writer.execute(sa.update(reminder).where(reminder.c.id == reminder_id).values(told=user))

    def lead(self) -> None:
        """Ingrid leads Maya, who is away for some weeks."""
        self.clerk.bring(
            {
                "members.csv": "id,name,email,slack_user_id,role,manager_id\n"
                "7,Maya Lindqvist,maya@northlight.example,U0MAYA,Account Manager,8\n"
                "8,Ingrid Solberg,ingrid@northlight.example,U0INGRID,Head of accounts,\n"
            }
        )
        save_preferences(self.database, MAYA, Choices(away_from=date(2026, 3, 2), away_until=date(2026, 4, 20)), NOW)

    def row(self, reminder_id: int) -> AnyRow:
        with self.database.reading(SELF) as reader:
            return acts.rows(reader, [reminder_id])[reminder_id]

    def followers(self, reminder_id: int) -> list[AnyRow]:
        with self.database.reading(SELF) as reader:
            return acts.followers(reader, acts.rows(reader, [reminder_id])[reminder_id])

    def audits(self) -> list[tuple[str, str]]:
        """(actor, action) of what people did, oldest first."""
        return [(one.actor, one.action) for one in self.clerk.rows_of("audit_event") if one.via == "slack"]


__all__ = ["BERLIN", "GUEST", "JONAS", "MAYA", "NOW", "READER", "Audience", "Post"]
