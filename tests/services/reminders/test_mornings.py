"""The morning message and the weekly line: whose lines are whose, what they carry, and what they say later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.bootstrap import load_policies
from bot.domain.audience import Actor, Role, only_the_asker
from bot.domain.ids import parse_id
from bot.domain.preferences import Choices
from bot.domain.reminders.presence import Part, Presence
from bot.domain.reminders.reminder import Reminder
from bot.services.preferences import Usual, save_preferences
from bot.services.reminders import acting
from bot.services.reminders.letters import NOTHING, Correspondence, Letter
from bot.services.reminders.mornings import Mornings, let_go
from bot.services.reminders.outbox import Outbox
from bot.services.reminders.outcomes import Ended, Later, Sent
from bot.services.reminders.planning import plan
from bot.services.reminders.promises import end_one
from bot.services.reminders.standing import standing
from bot.services.reminders.weeklies import weekly
from bot.services.results.matters import Morning, MorningLine, Reminding, Weekly
from bot.storage.outbox import of_row
from bot.storage.queries.preferences import choices_of
from bot.storage.tables import reminder
from tests.services.clerk import NOW, SELF, Clerk
from tests.services.reminders.posted import BERLIN, MAYA

POLICIES = load_policies(None)
UTC_ZONE = ZoneInfo("UTC")
USUAL = Usual(UTC_ZONE, "en_GB")
MORNING = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
MEMBERS = (
    "id,name,email,role,manager_id\n"
    "3,Lea Brandt,lea@northlight.example,Head of accounts,\n"
    "1,Maya Lindqvist,maya@northlight.example,Account Manager,3\n"
    "2,Jonas Weber,jonas@northlight.example,Account Manager,3\n"
    "4,Walter Quist,walter@northlight.example,Account Manager,3\n"
)
ACCOUNTS = (
    "id,name,segment,owner_email\n"
    "1,Nordwind,strategic,maya@northlight.example\n"
    "2,Acme,strategic,maya@northlight.example\n"
    "3,Oak,strategic,jonas@northlight.example\n"
    "4,Pine,strategic,walter@northlight.example\n"
)
CONTRACTS = "id,contract_number,account_id,starts_on,ends_on,auto_renew,notice_days\n" + "".join(
    f"{n},C-{n},{n},2025-07-01,2027-06-30,true,30\n" for n in range(1, 5)
)
# A strategic customer is asked about after two weeks: on 5 March.
TOUCHES = "id,account_id,at,kind,author_email,subject,text\n" + "".join(
    f"{n},{n},2026-02-19T10:00:00Z,call,maya@northlight.example,Call,well\n" for n in range(1, 5)
)
PROMISES = (
    "id,account_id,quote,by,owner_email,due_on\n"
    "1,2,send the security questionnaire,us,maya@northlight.example,2026-03-02\n"
)
WITHOUT_WALTER = "".join(
    f"{line},{'active' if line.startswith('id') else str(not line.startswith('4')).lower()}\n"
    for line in MEMBERS.splitlines()
)
BOOK = {
    "members.csv": MEMBERS, "accounts.csv": ACCOUNTS, "contracts.csv": CONTRACTS, "interactions.csv": TOUCHES,
    "promises.csv": PROMISES,
}  # fmt: skip


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    plan(clerk.database, POLICIES, UTC_ZONE, NOW)
    return clerk


def member(clerk: Clerk, name: str) -> int:
    return next(int(row.id) for row in clerk.rows("member") if row.name.startswith(name))


def choose(clerk: Clerk, name: str, user: str, chosen: Choices) -> None:
    """As somebody whom the team list knows by an e-mail address only."""
    actor = Actor(Role.MEMBER, "slack", member(clerk, name), user, name)
    save_preferences(clerk.database, only_the_asker(actor), chosen, NOW)


def morning_of(clerk: Clerk, name: str, at: datetime = MORNING) -> tuple[Morning, tuple[int, ...]] | None:
    with clerk.database.reading(SELF) as reader:
        return Mornings(reader, POLICIES, USUAL, at).of_member(member(clerk, name))


def accounts(found: tuple[Morning, tuple[int, ...]] | None) -> list[str]:
    return [line.account for line in found[0].lines] if found is not None else []


def reminders(clerk: Clerk, **where: object) -> list[Reminder]:
    query = sa.select(reminder).order_by(reminder.c.due_at, reminder.c.id)
    for name, value in where.items():
        query = query.where(reminder.c[name] == value)
    with clerk.database.reading(SELF) as reader:
        return [of_row(row) for row in reader.connection.execute(query)]


def letter_of(clerk: Clerk, one: Reminder, user: str, at: datetime = MORNING) -> Letter | Later | Ended:
    letters = Correspondence(clerk.database, lambda: at, POLICIES, USUAL)
    present: Sequence[tuple[Part, Presence]] = [("owner", Presence(user, "Maya Lindqvist", True, None, None))]
    [verdict] = letters.compose([one], {one.id: present})
    return verdict


def send(clerk: Clerk, name: str, user: str) -> tuple[Letter, str]:
    """Claim somebody's morning, post it, and keep that it was posted."""
    box = Outbox(clerk.database, lambda: MORNING, POLICIES)
    [one] = [row for row in box.claim(50) if row.rule == "morning" and row.anchor_id == member(clerk, name)]
    letter = letter_of(clerk, one, user)
    assert isinstance(letter, Letter)
    with clerk.database.writing(SELF, MORNING) as writer:
        writer.execute(sa.update(reminder).where(reminder.c.id == one.id).values(told=f"slack:{user}"))
    assert box.settle([Sent(one, "D0MAYA", "177.1", user, letter.carried)]) == 0
    return letter, "177.1"


def now_says(clerk: Clerk, at: datetime) -> Morning:
    found = standing(clerk.database, MAYA, "D0MAYA", "177.1", POLICIES, USUAL, at)
    assert found is not None
    assert found.told == "slack:U0MAYA"
    assert isinstance(found.says, Morning)
    return found.says


def test_what_matters_most_comes_first_and_each_line_is_one_persons(book: Clerk) -> None:
    found = morning_of(book, "Maya")
    assert found is not None
    said, carried = found
    assert said.on == date(2026, 3, 5)
    first, second = said.lines
    assert (first.account, first.rule, first.also) == ("Acme", None, ("a check-in is due",))
    assert first.reason == "“send the security questionnaire” was due on 2 Mar 2026, 3 days ago."
    assert parse_id(first.promise or "") == book.row("commitment").id
    assert (second.account, second.rule, second.promise) == ("Nordwind", "check-in", None)
    assert second.reason == "No touch for 14 days; the cadence is 14 days."
    rows = {row.id: row for row in reminders(book, carrier="morning")}
    assert {rows[one].account_id for one in carried} == {parse_id(first.account_id), parse_id(second.account_id)}
    assert accounts(morning_of(book, "Jonas")) == ["Oak"]
    assert accounts(morning_of(book, "Walter")) == ["Pine"]
    assert morning_of(book, "Lea") is None


def test_yesterday_nothing_was_due(book: Clerk) -> None:
    assert accounts(morning_of(book, "Maya", MORNING - timedelta(days=1))) == ["Acme"]
    assert morning_of(book, "Jonas", MORNING - timedelta(days=1)) is None


def test_who_left_is_followed_by_their_lead(book: Clerk) -> None:
    book.bring({"members.csv": WITHOUT_WALTER})
    assert morning_of(book, "Walter") is None
    found = morning_of(book, "Lea")
    assert accounts(found) == ["Pine"]
    assert found is not None
    assert found[0].lines[0].also == ("nobody owns it",)


@pytest.mark.parametrize(
    ("until", "backup", "jonas", "lea"),
    [
        (date(2026, 3, 20), "U0JONAS", ["Acme", "Nordwind", "Oak"], []),
        (date(2026, 3, 20), None, ["Oak"], ["Acme", "Nordwind"]),
        (date(2026, 3, 5), None, ["Oak"], []),
    ],
)
def test_lines_of_somebody_away_go_to_who_stands_in(
    book: Clerk, until: date, backup: str | None, jonas: list[str], lea: list[str]
) -> None:
    """For a short absence without a stand-in they wait."""
    choose(book, "Jonas", "U0JONAS", Choices(digest=True))
    choose(book, "Maya", "U0MAYA", Choices(away_from=NOW.date(), away_until=until, backup_id=backup))
    assert morning_of(book, "Maya") is None
    assert accounts(morning_of(book, "Jonas")) == jonas
    assert accounts(morning_of(book, "Lea")) == lea


def test_a_stand_in_known_by_an_e_mail_address_is_found(book: Clerk) -> None:
    until = date(2026, 3, 20)
    chosen = Choices(away_from=NOW.date(), away_until=until, backup_id="U0JONAS")
    actor = Actor(Role.MEMBER, "slack", member(book, "Maya"), "U0MAYA", "Maya")
    save_preferences(book.database, only_the_asker(actor), chosen, NOW, "Jonas@Northlight.example")
    assert accounts(morning_of(book, "Jonas")) == ["Acme", "Nordwind", "Oak"]
    assert morning_of(book, "Lea") is None
    choose(book, "Jonas", "U0JONAS", Choices(digest=False))
    save_preferences(book.database, only_the_asker(actor), chosen, NOW, "jonas@northlight.example")
    with book.database.reading(SELF) as reader:
        assert choices_of(reader, "U0JONAS") == Choices(digest=False)


def test_ten_lines_and_the_rest_waits(clerk: Clerk) -> None:
    many = "id,name,segment,owner_email\n" + "".join(
        f"{n},Acme {n:02},strategic,maya@northlight.example\n" for n in range(1, 14)
    )
    contracts = (
        CONTRACTS.splitlines()[0]
        + "\n"
        + "".join(f"{n},C-{n},{n},2025-07-01,2027-06-30,true,30\n" for n in range(1, 14))
    )
    touches = (
        TOUCHES.splitlines()[0]
        + "\n"
        + "".join(f"{n},{n},2026-02-19T10:00:00Z,call,maya@northlight.example,Call,well\n" for n in range(1, 14))
    )
    clerk.bring({"members.csv": MEMBERS, "accounts.csv": many, "contracts.csv": contracts, "interactions.csv": touches})
    plan(clerk.database, POLICIES, UTC_ZONE, NOW)
    found = morning_of(clerk, "Maya")
    assert found is not None
    assert (len(found[0].lines), len(found[1]), found[0].left_out) == (10, 10, "3 more check-ins.")


def test_the_letter_carries_its_lines_and_they_are_sent_with_it(book: Clerk) -> None:
    letter, ts = send(book, "Maya", "U0MAYA")
    assert isinstance(letter.says, Morning)
    assert len(letter.carried) == 2
    for one in letter.carried:
        row = next(row for row in reminders(book) if row.id == one)
        assert (row.state, row.channel, row.ts) == ("sent", "D0MAYA", ts)
    assert morning_of(book, "Maya") is not None  # the promise stays overdue
    assert accounts(morning_of(book, "Maya")) == ["Acme"]


def test_nothing_to_say_sends_nothing(book: Clerk) -> None:
    lea = member(book, "Lea")
    [one] = reminders(book, rule="morning", anchor_id=lea)
    verdict = letter_of(book, one, "U0LEA")
    assert isinstance(verdict, Ended)
    assert (verdict.state, verdict.why, verdict.tell) == ("cancelled", NOTHING, None)


def test_late_at_night_it_waits_and_is_not_lost(book: Clerk) -> None:
    [one] = reminders(book, rule="morning", anchor_id=member(book, "Maya"))
    verdict = letter_of(book, one, "U0MAYA", datetime(2026, 3, 5, 22, tzinfo=UTC))
    assert isinstance(verdict, Later)
    assert verdict.due_at == datetime(2026, 3, 6, 8, tzinfo=UTC)


def test_what_was_done_stays_in_its_line(book: Clerk) -> None:
    send(book, "Maya", "U0MAYA")
    before = now_says(book, MORNING)
    assert [(line.account, line.acted) for line in before.lines] == [("Acme", None), ("Nordwind", None)]
    nordwind = parse_id(before.lines[1].id or "") or 0
    acting.done(book.database, MAYA, nordwind, MORNING + timedelta(minutes=5))
    after = now_says(book, MORNING + timedelta(hours=9))  # in her quiet hours, too
    assert [line.account for line in after.lines] == ["Acme", "Nordwind"]
    acted = after.lines[1].acted
    assert acted is not None
    assert (acted.how, acted.by, acted.undoable) == ("done", "Maya Lindqvist", True)
    assert after.lines[1].reason == "A check-in was due."
    acting.undo(book.database, MAYA, nordwind, MORNING + timedelta(minutes=6))
    assert now_says(book, MORNING + timedelta(minutes=6)).lines[1].acted is None


def test_a_line_leads_with_what_is_left_to_do(book: Clerk) -> None:
    send(book, "Maya", "U0MAYA")
    promise_id = int(book.row("commitment").id)
    end_one(book.database, MAYA, promise_id, "kept", BERLIN, MORNING + timedelta(minutes=5))
    [morning] = reminders(book, rule="morning", anchor_id=member(book, "Maya"), state="sent")
    with book.database.reading(SELF) as reader:
        assert reader.connection.execute(sa.select(reminder.c.redraw).where(reminder.c.id == morning.id)).scalar()
    acme = next(line for line in now_says(book, MORNING + timedelta(minutes=5)).lines if line.account == "Acme")
    assert (acme.rule, acme.promise, acme.acted, acme.also) == ("check-in", None, None, ())
    acting.done(book.database, MAYA, parse_id(acme.id or "") or 0, MORNING + timedelta(minutes=6))
    done = next(line for line in now_says(book, MORNING + timedelta(minutes=7)).lines if line.account == "Acme")
    assert done.promise is not None
    assert done.acted is not None
    assert (done.acted.how, done.acted.by) == ("done", "Maya Lindqvist")


def test_a_line_whose_account_is_gone_says_so(book: Clerk) -> None:
    send(book, "Maya", "U0MAYA")
    book.bring({"accounts.csv": ACCOUNTS.replace("1,Nordwind,strategic,maya@northlight.example\n", "")})
    line: MorningLine = now_says(book, MORNING + timedelta(hours=1)).lines[-1]
    assert line.reason in {
        "What this was about is no longer in the book.",
        "No touch for 14 days; the cadence is 14 days.",
    }


def test_a_snoozed_line_comes_back_as_a_line(book: Clerk) -> None:
    send(book, "Maya", "U0MAYA")
    nordwind = parse_id(now_says(book, MORNING).lines[1].id or "") or 0
    acting.snooze(book.database, MAYA, nordwind, "morning", BERLIN, MORNING)
    acted = now_says(book, MORNING).lines[1].acted
    assert acted is not None
    assert acted.how == "snoozed"
    assert "Nordwind" in accounts(morning_of(book, "Maya", MORNING + timedelta(days=1)))


def test_who_wants_no_morning_message_hears_it_by_itself(book: Clerk) -> None:
    assert let_go(book.database, POLICIES, USUAL, MORNING + timedelta(hours=2)) == 0
    choose(book, "Maya", "U0MAYA", Choices(digest=False))
    plan(book.database, POLICIES, UTC_ZONE, NOW)
    assert reminders(book, rule="morning", anchor_id=member(book, "Maya"), state="planned") == []
    assert let_go(book.database, POLICIES, USUAL, MORNING) == 1  # the overdue promise: the others are not due yet
    assert let_go(book.database, POLICIES, USUAL, MORNING + timedelta(hours=2)) == 2
    assert {row.carrier for row in reminders(book, rule="check-in", state="planned")} == {"own", "morning"}
    assert accounts(morning_of(book, "Jonas", MORNING + timedelta(hours=2))) == ["Oak"]
    plan(book.database, POLICIES, UTC_ZONE, MORNING + timedelta(hours=2))
    first = reminders(book, rule="check-in", milestone=0)
    assert sorted(row.carrier for row in first) == ["morning", "morning", "own", "own"]


def test_who_wants_no_morning_message_hears_of_an_overdue_promise_once(book: Clerk) -> None:
    choose(book, "Maya", "U0MAYA", Choices(digest=False))
    night = datetime(2026, 3, 4, 23, tzinfo=UTC)
    assert let_go(book.database, POLICIES, USUAL, night) == 0
    for day in range(3):
        let_go(book.database, POLICIES, USUAL, MORNING + timedelta(days=day))
        plan(book.database, POLICIES, UTC_ZONE, MORNING + timedelta(days=day, hours=1))
    [late] = reminders(book, rule="promise", milestone=-1)
    assert (late.state, late.carrier, late.due_at) == ("planned", "own", MORNING)
    letter = letter_of(book, late, "U0MAYA")
    assert isinstance(letter, Letter)
    assert isinstance(letter.says, Reminding)
    [matter] = letter.says.matters
    assert matter.why == "its day has passed and it is open; said once"
    assert matter.step == "Keep it today, or agree on a new date."


def week_of(clerk: Clerk, name: str, at: datetime) -> Weekly | None:
    with clerk.database.reading(SELF) as reader:
        return weekly(reader, member(clerk, name), POLICIES, USUAL, at)


def test_the_weekly_line_counts_what_became_of_it(book: Clerk) -> None:
    monday = datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert week_of(book, "Lea", monday) is None
    send(book, "Maya", "U0MAYA")
    nordwind = parse_id(now_says(book, MORNING).lines[1].id or "") or 0
    acting.done(book.database, MAYA, nordwind, MORNING)
    found = week_of(book, "Lea", monday)
    assert found is not None
    assert found.lines == ("Check-in reminders: 2 sent, 1 acted on, 1 still open.",)
    assert (found.on, found.advice, found.orphans) == (monday.date(), None, ())
    assert week_of(book, "Lea", monday + timedelta(days=14)) is None


def test_what_nobody_owns_is_listed_for_the_lead(book: Clerk) -> None:
    book.bring({"members.csv": WITHOUT_WALTER})
    found = week_of(book, "Lea", datetime(2026, 3, 9, 8, tzinfo=UTC))
    assert found is not None
    assert (found.lines, found.orphans) == ((), ("Pine",))
    assert week_of(book, "Maya", datetime(2026, 3, 9, 8, tzinfo=UTC)) is None
