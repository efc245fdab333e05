"""What was seen when looking ahead is what planner and sender do then: books that are lived through for two months."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.domain.audience import Actor, Role, only_the_asker
from bot.domain.preferences import Choices
from bot.domain.reminders.items import item, overdue
from bot.domain.reminders.moment import Instead, Matter, Send, moment
from bot.domain.reminders.morning import Item, Morning, morning
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.sight import Chain, Sight
from bot.domain.reminders.wanted import OWNER, to_member
from bot.domain.when.wall import local_day
from bot.services.preferences import Usual, save_preferences
from bot.services.reminders.foresight import sight
from bot.services.reminders.letters import Correspondence, Letter
from bot.services.reminders.outbox import Outbox
from bot.services.reminders.outcomes import Ended, Outcome, Sent
from bot.services.reminders.planning import plan
from bot.services.reminders.simulate import Ahead, simulate
from bot.services.reminders.targets import Target
from bot.storage import outbox as kept
from bot.storage.database import Database
from bot.storage.queries import planning as queries
from bot.storage.tables import planned_account, reminder
from tests.domain.reminders.books import policies
from tests.services.clerk import NOW, SELF, Clerk

# Health changes with the days, and is taken as it is when one looks ahead: here it decides nothing.
POLICIES = policies(
    cadence=(
        "health_below: 65 # unknown health is no reason\n  severity_from: 4",
        "health_below: 0\n  severity_from: 5",
    )
)
USUAL = Usual(ZoneInfo("UTC"), "en_GB")
DAYS = 60
Told = tuple[str, str, str, str, int, int | None]
"""Day on the reader's clock, reader, way, rule, account and milestone."""

OWNERS = ("Maya Lind", "Jonas Berg", "Priya Raman")
MEMBERS = (
    "id,name,email,slack_user_id,manager,timezone,role\n"
    "1,Maya Lind,maya@steward.example,UMAYA,Lea Brandt,Europe/Stockholm,\n"
    "2,Jonas Berg,jonas@steward.example,UJONAS,Lea Brandt,America/New_York,\n"
    "3,Priya Raman,priya@steward.example,UPRIYA,Lea Brandt,Pacific/Auckland,\n"
    "4,Lea Brandt,lea@steward.example,ULEA,,Europe/Lisbon,Team lead\n"
)


def book(seed: int, accounts: int = 9) -> dict[str, str]:
    """An invented book in which much is due."""
    draw = random.Random(seed)  # noqa: S311 - invented data
    today = NOW.date()
    files = {
        "accounts.csv": ["id,name,segment,owner_email,country,timezone"],
        "contracts.csv": ["id,account_id,product,amount,period,currency,starts_on,ends_on,auto_renew,notice_days"],
        "interactions.csv": ["id,account_id,at,kind,text"],
        "promises.csv": ["id,account_id,quote,by,owner_email,due_on"],
    }
    for one in range(1, accounts + 1):
        owner = draw.choice(OWNERS).split()[0].lower()
        zone = draw.choice(["", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns"])
        segment = draw.choice(["strategic", "mid-market", "small"])
        country = draw.choice(["", "DE", "US", "NZ"])
        files["accounts.csv"].append(f"{one},Customer {one},{segment},{owner}@steward.example,{country},{zone}")
        for number in range(draw.choice([1, 1, 2])):
            starts = today - timedelta(days=draw.randrange(200, 360))
            ends = starts + timedelta(days=draw.choice([364, 364, 729]))
            renews, notice = draw.choice(["true", "false", ""]), draw.choice(["", "30", "90"])
            files["contracts.csv"].append(
                f"{one}{number},{one},P{number},{draw.randrange(9_000)},year,EUR,{starts},{ends},{renews},{notice}"
            )
        if draw.random() < 0.8:
            at = NOW - timedelta(days=draw.randrange(1, 50))
            files["interactions.csv"].append(f"{one},{one},{at:%Y-%m-%dT%H:%M:%SZ},call,hello")
        if draw.random() < 0.5:
            due = today + timedelta(days=draw.randrange(-5, 40))
            giver = f"{draw.choice(OWNERS).split()[0].lower()}@steward.example"
            files["promises.csv"].append(f"{one},{one},We send it.,us,{draw.choice([giver, ''])},{due}")
    return {"members.csv": MEMBERS, **{name: "\n".join(lines) + "\n" for name, lines in files.items()}}


def seen(database: Database) -> list[Told]:
    found = simulate(database, SELF, POLICIES, USUAL, Ahead(DAYS), NOW)
    assert not [one for one in found.messages if one.kind == "nobody"]
    names = {one.name: one.id for one in _accounts(database)}
    return sorted(
        (one.local[:10], one.to or "", one.kind, said.rule, names[said.account or ""], said.milestone)
        for one in found.messages
        for said in one.says
        if one.kind != "weekly"
    )


def _accounts(database: Database) -> list[sa.Row[tuple[int, str]]]:
    with database.reading(SELF) as reader:
        return list(reader.connection.execute(sa.text("SELECT id, name FROM account WHERE v_out IS NULL")))


@dataclass
class Life:
    """The bot beside Slack: plans when something is to be planned, sends what is due."""

    database: Database
    now: datetime = NOW
    told: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.box = Outbox(self.database, lambda: self.now, POLICIES)
        self.letters = Correspondence(self.database, lambda: self.now, POLICIES, USUAL)

    def live(self, until: datetime) -> None:
        while self.now <= until:
            while plan(self.database, POLICIES, USUAL.zone, self.now).left:
                pass
            while claimed := self.box.claim(500):
                self.send(claimed)
            self.now = self.next()

    def next(self) -> datetime:
        """When something is due or to be planned again."""
        due = sa.select(sa.func.min(reminder.c.due_at)).where(
            reminder.c.state == "planned", reminder.c.carrier == "own"
        )
        again = sa.select(sa.func.min(planned_account.c.again_at))
        with self.database.reading(SELF) as reader:
            found: list[datetime] = [at for query in (due, again) for at in reader.connection.execute(query).scalars()]
        return max(min(found), self.now + timedelta(microseconds=1))

    def send(self, claimed: list[Reminder]) -> None:
        book = self.book()
        rounds = [one for one in claimed if one.rule in {"morning", "weekly"}]
        others = [one for one in claimed if one not in rounds]
        chains = {one.id: book.chains(one.recipient, one.account_id) for one in others}
        present = {one: [(each.part, each.presence) for each in chain] for one, chain in chains.items()}
        verdicts = self.letters.compose(others, present)
        letters = [one for one in verdicts if isinstance(one, Letter)]
        outcomes: list[Outcome] = [one for one in verdicts if not isinstance(one, Letter)]
        aimed = self.box.aim([Target(one, f"D{one.user}") for one in letters], [])
        for letter in letters:
            for one in letter.reminders:
                if one.id in aimed.ours:
                    outcomes.append(Sent(one, f"D{letter.user}", f"{one.id}.0", letter.user or ""))
                    self.note(_name(book, letter.user), letter.preferences.zone, "message", one)
        self.box.settle(outcomes)
        # The order of an instant: what is a message of its own first, for it may go over to the morning message.
        self.box.settle([self.morning(one) for one in rounds])

    def book(self) -> Sight:
        with self.database.reading(SELF) as reader:
            ids = queries.everybody(reader)
            return sight(reader, ids, POLICIES, USUAL, self.now, self.now)

    def note(self, name: str, zone: ZoneInfo, way: str, row: Reminder) -> None:
        day = f"{local_day(self.now, zone)}"
        self.told.append((day, name, way, row.rule, row.account_id or 0, row.milestone))

    def morning(self, row: Reminder) -> Outcome:
        book = self.book()
        to = next((one for member, one in book.team if member.id == row.anchor_id), None)
        found = self.lines(book, to.presence.slack_user_id) if to is not None and row.rule == "morning" else None
        if to is None or found is None:
            return Ended(row, "cancelled", "there is nothing to say")
        by_id = {one.id: one for one in self.waiting()}
        for line in found.lines:
            for each in line.items:
                if each.reminders:
                    self.note(to.presence.name, to.preferences.zone, "morning", by_id[each.reminders[0]])
                else:
                    day = f"{local_day(self.now, to.preferences.zone)}"
                    self.told.append((day, to.presence.name, "morning", "promise", each.account_id, None))
        return Sent(row, "D", f"{row.id}.0", to.presence.slack_user_id, found.carried)

    def waiting(self) -> list[Reminder]:
        query = sa.select(reminder).where(reminder.c.carrier == "morning", reminder.c.state == "planned")
        with self.database.reading(SELF) as reader:
            return [kept.of_row(row) for row in reader.connection.execute(query)]

    def lines(self, book: Sight, user: str) -> Morning | None:
        found: list[Item] = []
        for row in self.waiting():
            to = self.hearer(book.chains(row.recipient, row.account_id))
            account = book.accounts[row.account_id or 0]
            if to is None or to[0] != user or local_day(row.due_at, to[1]) > local_day(self.now, to[1]):
                continue
            said = item(row, account, POLICIES, account.place.today(self.now))
            found += [said] if said is not None else []
        for account in book.accounts.values():
            for one in account.promises:
                recipient = OWNER if one.owner_id is None else to_member(one.owner_id)
                to = self.hearer(book.chains(recipient, account.id))
                late = overdue(account, one, POLICIES.reminders, account.place.today(self.now))
                found += [late] if late is not None and to is not None and to[0] == user else []
        return morning(found, POLICIES.reminders.lines)

    def hearer(self, chain: Chain) -> tuple[str, ZoneInfo] | None:
        verdict = moment(chain, Matter(), POLICIES.reminders.wait_days, self.now)
        if not isinstance(verdict, Send | Instead):
            return None
        return verdict.to.presence.slack_user_id, verdict.to.preferences.zone


def _name(book: Sight, user: str | None) -> str:
    return next(one.presence.name for _, one in book.team if one.presence.slack_user_id == user)


def live_through(clerk: Clerk, seed: int) -> None:
    clerk.bring(book(seed))
    away = Choices(away_from=date(2026, 3, 16), away_until=date(2026, 3, 27), backup_id="UJONAS")
    for user, chosen in (("UMAYA", away), ("UPRIYA", Choices(country="NZ", working_days=frozenset({1, 2, 3, 4})))):
        actor = Actor(Role.MEMBER, "slack", slack_user_id=user, name=user)
        save_preferences(clerk.database, only_the_asker(actor), chosen, NOW)
    foreseen = seen(clerk.database)
    life = Life(clerk.database)
    life.live(NOW + timedelta(days=DAYS))
    last = f"{(NOW + timedelta(days=DAYS)).date()}"
    lived = sorted((one for one in life.told if one[0] < last), key=str)
    assert lived == sorted((one for one in foreseen if one[0] < last), key=str)
    assert {one[2] for one in lived} == {"message", "morning"}


def test_what_was_seen_comes_true(clerk: Clerk) -> None:
    live_through(clerk, 0)


@pytest.mark.parametrize("seed", [1, 2])
def test_of_other_books_too(sqlite_clerk: Clerk, seed: int) -> None:
    live_through(sqlite_clerk, seed)
