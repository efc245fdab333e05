"""Passes over a book: planned once, only what changed, and right after every kind of change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.bootstrap import load_policies
from bot.domain.audience import Actor, Role, only_the_asker
from bot.domain.policy import Policies
from bot.domain.preferences import Choices
from bot.domain.reminders.wanted import OWNER, to_member
from bot.services.logbook.entry import LogEntry
from bot.services.logbook.log import log_touch
from bot.services.logbook.undo import undo_change
from bot.services.preferences import save_preferences
from bot.services.reminders.planning import Planned, plan, plan_accounts
from bot.storage import acts, outbox
from bot.storage.database import AnyRow, Database
from bot.storage.tables import reminder
from tests.domain.reminders.books import policies
from tests.services.clerk import NOW, SELF, Clerk

UTC_ZONE = ZoneInfo("UTC")
POLICIES = load_policies(None)
ACCOUNTS = (
    "id,name,segment,owner_email,country,timezone,type\n"
    "1,Nordwind,strategic,maya@northlight.example,DE,Europe/Berlin,customer\n"
    "2,Acme,small,maya@northlight.example,,,customer\n"
)
MEMBERS = (
    "id,name,email,slack_user_id,manager\n"
    "7,Maya Lindqvist,maya@northlight.example,U0MAYA,Lea Brandt\n"
    "8,Lea Brandt,lea@northlight.example,U0LEA,\n"
)
CONTRACTS = (
    "id,contract_number,account_id,product,quantity,amount,period,currency,starts_on,ends_on,auto_renew,notice_days\n"
    "3,C-3,1,Platform,1,120000,year,EUR,2025-07-01,2026-06-30,true,30\n"
    "4,C-4,2,Platform,1,6000,year,EUR,2026-01-01,2026-12-31,false,\n"
)
INTERACTIONS = (
    "id,account_id,at,kind,author_email,subject,text\n"
    "9,1,2026-02-27T10:00:00Z,call,maya@northlight.example,Kick-off,went well\n"
)
BOOK = {
    "accounts.csv": ACCOUNTS, "members.csv": MEMBERS, "contracts.csv": CONTRACTS, "interactions.csv": INTERACTIONS,
}  # fmt: skip
MAYA_EMAIL = "maya@northlight.example"


def run(clerk: Clerk, now: datetime = NOW, use: Policies = POLICIES) -> Planned:
    """A pass until nothing is left; another one then has nothing to do."""
    done = plan(clerk.database, use, UTC_ZONE, now)
    assert done.left == 0
    again = plan(clerk.database, use, UTC_ZONE, now)
    assert (again.created, again.moved, again.ended, again.settled) == (0, 0, 0, 0)
    return done


def rows(database: Database, **where: object) -> list[AnyRow]:
    query = sa.select(reminder).order_by(reminder.c.due_at, reminder.c.id)
    for name, value in where.items():
        query = query.where(reminder.c[name] == value)
    with database.reading(SELF) as reader:
        return list(reader.connection.execute(query))


def account(clerk: Clerk, name: str) -> int:
    return int(clerk.row("account", name=name).id)


def told(found: list[AnyRow], zone: str = "UTC") -> list[tuple[int, str]]:
    return [(row.milestone, f"{row.due_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}") for row in found]


def send(database: Database, now: datetime) -> list[AnyRow]:
    """Everything due is sent, whichever way it travels."""
    due = [row for row in rows(database, state="planned") if row.due_at <= now]
    with database.writing(SELF, now) as writer:
        for row in due:
            values = {"state": "sent", "sent_at": now, "channel": "D1", "ts": f"{row.id}.0"}
            writer.execute(sa.update(reminder).where(reminder.c.id == row.id).values(values))
    return due


def test_a_book_is_planned(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    done = run(clerk)
    assert done.accounts == 2
    assert done.created == len(rows(clerk.database))
    nordwind = rows(clerk.database, account_id=account(clerk, "Nordwind"), rule="renewal")
    assert told(nordwind, "Europe/Berlin") == [
        (90, "2026-03-05 09:00"), (60, "2026-04-01 09:00"), (45, "2026-04-16 09:00"), (30, "2026-04-30 09:00"),
        (14, "2026-05-15 09:00"), (7, "2026-05-22 09:00"), (0, "2026-05-29 09:00"),
    ]  # fmt: skip
    assert {(row.anchor_on, row.recipient, row.zone) for row in nordwind} == {
        (date(2026, 5, 31), OWNER, "Europe/Berlin")
    }
    assert nordwind[0].carrier == "morning"  # a catch-up: the day was 2 March
    acme = rows(clerk.database, account_id=account(clerk, "Acme"), rule="renewal")
    assert [row.milestone for row in acme] == [60, 30, 7, 0, -7, -21]


def test_check_ins_count_from_the_touch_or_the_contract(clerk: Clerk) -> None:
    """Nordwind's renewal is near: 14 days become 7. Acme was never touched since its contract began."""
    clerk.bring(BOOK)
    run(clerk)
    nordwind = rows(clerk.database, account_id=account(clerk, "Nordwind"), rule="check-in")
    assert told(nordwind, "Europe/Berlin")[0] == (0, "2026-03-06 09:00")
    acme = rows(clerk.database, account_id=account(clerk, "Acme"), rule="check-in")
    assert told(acme)[0] == (0, "2026-04-01 09:00")
    assert acme[0].anchor_on == date(2026, 1, 1)


def test_without_any_record_of_touches_nobody_is_nagged(clerk: Clerk) -> None:
    clerk.bring({name: text for name, text in BOOK.items() if name != "interactions.csv"})
    run(clerk)
    assert rows(clerk.database, rule="check-in") == []


def test_only_what_a_change_touched_is_looked_at(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    clerk.bring({"contracts.csv": CONTRACTS.replace("2026-12-31", "2027-01-31")})
    done = plan(clerk.database, POLICIES, UTC_ZONE, NOW)
    assert (done.accounts, done.created, done.ended) == (1, 6, 6)
    gone = rows(clerk.database, state="superseded")
    assert {row.reason for row in gone} == {"the dates of the contract changed"}
    assert {row.account_id for row in gone} == {account(clerk, "Acme")}


def test_a_pass_with_nothing_to_do_writes_nothing(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    before = clerk.dump()
    assert plan(clerk.database, POLICIES, UTC_ZONE, NOW) == Planned()
    assert clerk.dump() == before


def test_undoing_an_import_plans_everything_again(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    planned = {row.key for row in rows(clerk.database, state="planned")}
    report = clerk.bring({"contracts.csv": CONTRACTS.replace("2026-12-31", "2027-01-31")})
    run(clerk)
    clerk.undo(report)
    run(clerk)
    assert {row.key for row in rows(clerk.database, state="planned")} == planned


def test_new_rules_plan_everything_again(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    fewer = policies(renewals=("strategic: [180, 120, 90, 60, 45, 30, 14, 7, 1, 0]", "strategic: [14, 0]"))
    run(clerk, use=fewer)
    left = rows(clerk.database, account_id=account(clerk, "Nordwind"), rule="renewal", state="planned")
    assert [row.milestone for row in left] == [14, 0]
    run(clerk)
    left = rows(clerk.database, account_id=account(clerk, "Nordwind"), rule="renewal", state="planned")
    assert [row.milestone for row in left] == [90, 60, 45, 30, 14, 7, 0]


def test_a_contract_rolls_forward_by_itself(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    after = datetime(2026, 6, 30, 22, 5, tzinfo=UTC_ZONE)  # 1 July, five past midnight in Berlin
    run(clerk, after)
    waiting = rows(clerk.database, account_id=account(clerk, "Nordwind"), rule="renewal", state="planned")
    assert {row.anchor_on for row in waiting} == {date(2027, 5, 31)}
    assert {row.reason for row in rows(clerk.database, rule="renewal", state="superseded")} <= {
        "the contract renewed by itself on 2026-07-01", "a nearer reminder took its place"
    }  # fmt: skip


def test_a_logged_touch_moves_the_check_in_and_settles_the_posted_one(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    due = datetime(2026, 3, 6, 12, tzinfo=UTC_ZONE)
    (asked,) = [row for row in send(clerk.database, due) if row.rule == "check-in"]
    run(clerk, due)
    nordwind = account(clerk, "Nordwind")
    entry = LogEntry("k", "call", due, "Spoke with Tom")
    logged = log_touch(clerk.database, SELF, nordwind, entry, due, timedelta())
    done = plan(clerk.database, POLICIES, UTC_ZONE, due + timedelta(minutes=1))
    assert (done.accounts, done.settled) == (1, 1)
    (row,) = rows(clerk.database, id=asked.id)
    assert (row.acted, row.reason) == ("done", "somebody spoke with them")
    assert row.redraw is not None
    first = rows(clerk.database, account_id=nordwind, rule="check-in", state="planned")[0]
    assert (first.anchor_on, first.milestone) == (date(2026, 3, 6), 0)

    undo_change(clerk.database, SELF, logged.change, due + timedelta(minutes=2))
    again = plan(clerk.database, POLICIES, UTC_ZONE, due + timedelta(minutes=3))
    assert again.accounts == 1
    assert [row.anchor_on for row in rows(clerk.database, account_id=nordwind, rule="check-in", state="planned")] == [
        date(2026, 2, 27), date(2026, 2, 27)
    ]  # fmt: skip


def test_a_recorded_outcome_ends_the_ladder_and_taking_it_back_brings_it_back(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    nordwind, contract = account(clerk, "Nordwind"), int(clerk.row("contract", number="C-3").id)
    with clerk.database.writing(SELF, NOW) as writer:
        said = {"outcome": "not renewing", "reason": "price", "note": None, "by": "Maya"}
        acts.record_outcome(writer, contract, date(2026, 5, 31), said)
        acts.look_again(writer, nordwind)
    assert run(clerk).ended == 7
    with clerk.database.writing(SELF, NOW) as writer:
        acts.forget_outcome(writer, contract, date(2026, 5, 31))
        acts.look_again(writer, nordwind)
    assert run(clerk).created == 7


def test_a_promise_is_its_givers(clerk: Clerk) -> None:
    header = "id,account_id,quote,by,owner_email,due_on\n"
    promised = f"{header}4,1,send the questionnaire,us,{MAYA_EMAIL},2026-03-16\n5,1,send the data,them,,2026-03-16\n"
    clerk.bring({**BOOK, "promises.csv": promised})
    run(clerk)
    found = rows(clerk.database, rule="promise")
    assert told(found, "Europe/Berlin") == [(3, "2026-03-11 09:00"), (1, "2026-03-13 09:00")]
    assert {row.recipient for row in found} == {to_member(int(clerk.row("member", name="Maya Lindqvist").id))}
    clerk.bring({"promises.csv": promised.replace("due_on\n4", "due_on\n4").replace("2026-03-16\n5", "2026-03-17\n5")})
    run(clerk)
    moved = rows(clerk.database, rule="promise", state="planned")
    assert {row.anchor_on for row in moved} == {date(2026, 3, 17)}


@pytest.mark.parametrize(("column", "value"), [("customer\n2", "former\n2")])
def test_a_customer_who_left_is_left_alone(clerk: Clerk, column: str, value: str) -> None:
    clerk.bring(BOOK)
    run(clerk)
    clerk.bring({"accounts.csv": ACCOUNTS.replace(column, value)})
    run(clerk)
    nordwind = account(clerk, "Nordwind")
    assert {row.state for row in rows(clerk.database, account_id=nordwind)} == {"superseded"}
    assert {row.reason for row in rows(clerk.database, account_id=nordwind)} == {"the account is no customer any more"}


def test_a_following_contract_ends_the_ladder_of_the_one_before(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    clerk.bring({"contracts.csv": f"{CONTRACTS}5,C-5,1,Platform,1,130000,year,EUR,2026-07-01,2027-06-30,true,30\n"})
    run(clerk)
    first = int(clerk.row("contract", number="C-3").id)
    assert {row.reason for row in rows(clerk.database, anchor_id=first)} == {"contract C-5 follows it"}


def test_a_contract_for_something_else_does_not(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    clerk.bring({"contracts.csv": f"{CONTRACTS}5,C-5,1,Other,1,9000,year,EUR,2026-07-01,2027-06-30,true,30\n"})
    run(clerk)
    first = int(clerk.row("contract", number="C-3").id)
    assert {row.state for row in rows(clerk.database, anchor_id=first)} == {"planned"}


def days(clerk: Clerk, state: str) -> list[str]:
    """Of Maya's mornings."""
    maya = clerk.row("member", name="Maya Lindqvist").id
    found = rows(clerk.database, rule="morning", state=state, anchor_id=maya)
    return [f"{row.due_at:%a %H:%M}" for row in found]


class TestRounds:
    def test_a_morning_message_for_who_may_hear_of_something_and_a_weekly_line_for_who_leads(
        self, clerk: Clerk
    ) -> None:
        clerk.bring(BOOK)
        run(clerk)
        maya, lea = (int(clerk.row("member", name=name).id) for name in ("Maya Lindqvist", "Lea Brandt"))
        mornings = {row.anchor_id: f"{row.due_at:%Y-%m-%d %H:%M}" for row in rows(clerk.database, rule="morning")}
        (weekly,) = rows(clerk.database, rule="weekly")
        assert mornings == {maya: "2026-03-05 08:30", lea: "2026-03-05 08:30"}
        assert (weekly.anchor_id, f"{weekly.due_at:%Y-%m-%d %H:%M}") == (lea, "2026-03-09 08:00")

    def test_the_next_is_planned_when_the_last_has_come(self, clerk: Clerk) -> None:
        clerk.bring(BOOK)
        run(clerk)
        run(clerk, datetime(2026, 3, 5, 8, 30, tzinfo=UTC_ZONE))
        assert days(clerk, "planned") == ["Thu 08:30", "Fri 08:30"]

    def test_a_machine_that_slept_says_todays_late_and_not_yesterdays(self, clerk: Clerk) -> None:
        clerk.bring(BOOK)
        run(clerk)
        run(clerk, datetime(2026, 3, 6, 11, tzinfo=UTC_ZONE))
        assert days(clerk, "planned") == ["Fri 08:30", "Mon 08:30"]
        assert days(clerk, "superseded") == ["Thu 08:30"]

    def test_another_hour_moves_it_and_none_ends_it(self, clerk: Clerk) -> None:
        clerk.bring(BOOK)
        run(clerk)
        mine = int(clerk.row("member", name="Maya Lindqvist").id)
        me = only_the_asker(Actor(Role.MEMBER, "slack", mine, "U0MAYA", "Maya"))
        save_preferences(
            clerk.database, me, Choices(digest_at=datetime(2026, 1, 1, 9, 15, tzinfo=UTC_ZONE).time()), NOW
        )
        assert run(clerk).moved == 1
        assert [f"{row.due_at:%H:%M}" for row in rows(clerk.database, rule="morning", anchor_id=mine)] == ["09:15"]
        save_preferences(clerk.database, me, Choices(digest=False), NOW)
        run(clerk)
        assert {row.state for row in rows(clerk.database, rule="morning", anchor_id=mine)} == {"superseded"}


def test_health_decides_late_and_only_where_it_matters(clerk: Clerk) -> None:
    """Three urgent tickets of an account that is silent for longer than the closer cadence: asked the next morning."""
    renewed = CONTRACTS.replace("2026-06-30,true,30", "2027-06-30,true,30")
    tickets = "id,account_id,opened_at,solved_at,status,priority,subject\n" + "".join(
        f"{number},1,2026-02-0{number}T09:00:00Z,,open,urgent,Export fails\n" for number in range(1, 4)
    )
    later = INTERACTIONS.replace("2026-02-27", "2026-02-23")
    clerk.bring({**BOOK, "contracts.csv": renewed, "interactions.csv": later, "tickets.csv": tickets})
    run(clerk)
    first = rows(clerk.database, account_id=account(clerk, "Nordwind"), rule="check-in")[0]
    assert told([first], "Europe/Berlin") == [(0, "2026-03-05 09:00")]


def test_planning_at_once_is_the_same_as_waiting_for_a_pass(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    ids = [account(clerk, name) for name in ("Nordwind", "Acme")]
    at_once = plan_accounts(clerk.database, ids, POLICIES, UTC_ZONE, NOW)
    assert at_once.created > 0
    assert plan(clerk.database, POLICIES, UTC_ZONE, NOW).created == 3  # the rounds


def test_what_is_claimed_meanwhile_is_left_alone(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    run(clerk)
    soon = datetime(2026, 4, 30, 7, tzinfo=UTC_ZONE)
    with clerk.database.writing(SELF, soon) as writer:
        claimed = outbox.claim(writer, "somebody", soon, soon + timedelta(minutes=1), 5)
    assert "renewal" in {one.rule for one in claimed}
    clerk.bring({"accounts.csv": ACCOUNTS.replace("customer\n2", "former\n2")})
    plan(clerk.database, POLICIES, UTC_ZONE, soon)
    states: Mapping[int, str] = {row.id: row.state for row in rows(clerk.database)}
    assert {states[one.id] for one in claimed} == {"claimed"}
