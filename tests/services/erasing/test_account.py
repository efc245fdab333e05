"""An account is gone with everything about it; others are as they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.audience import Actor, Role, only_the_asker
from bot.services.doctor import examine_database
from bot.services.erasing.account import erase_account, plan_account
from bot.services.erasing.desk import Erasing
from bot.services.erasing.person import erase_person
from bot.services.erasing.work import Work
from bot.services.errors import NotAllowed, NotFound
from bot.storage.chain import Look
from bot.storage.tables import metadata
from tests.services.clerk import SELF, Clerk, clock
from tests.services.erasing.planting import Planter
from tests.services.erasing.test_person import BOOK, DANA, account

MORE = {
    "contracts.csv": "contract_id,contract number,account_id,product,quantity,amount,period,currency,starts_on,"
    "ends_on\n"
    "K1,KX-1,1,Core,5,100,month,EUR,2026-01-01,2026-12-31\nK2,KX-2,2,Core,5,100,month,EUR,2026-01-01,2026-12-31\n",
    "deals.csv": "opportunity_id,account_id,opportunity name,stage,amount,currency\nO1,1,Bigger,open,5,EUR\n",
}


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK | MORE)
    return clerk


def about(clerk: Clerk, account_id: int) -> dict[str, int]:
    """Rows about an account, by table."""
    found = {}
    for name, rows in clerk.dump().items():
        if name in metadata.tables and "account_id" in metadata.tables[name].c:
            at = list(metadata.tables[name].c.keys()).index("account_id")
            found[name] = sum(row[at] == account_id for row in rows)
    return {name: number for name, number in found.items() if number}


def test_everything_about_it_goes_and_nothing_about_others(book: Clerk) -> None:
    one, other = account(book), account(book, "2")
    Planter(book.database, one, book.row("contract", number="KX-1").id).everywhere()
    before = about(book, other)
    plan = plan_account(book.database, SELF, one)
    assert (
        dict.fromkeys(("interaction", "person", "contract", "contract_line", "qbr_version"), True).items()
        <= {each.table: each.rows > 0 for each in plan.own}.items()
    )
    done = erase_account(Work(book.database, SELF, clock, compact=True), one)
    assert about(book, one) == {}
    assert about(book, other) == before
    dump = book.dump()
    left = [
        row
        for rows in dump.values()
        for row in rows
        for word in ("Acme", "acme.", "KX-1", "Bigger")
        if word in repr(row)
    ]
    assert left == []
    assert "KX-2" in repr(dump)
    assert [each for each in done.remains if each.why is None] == []
    with book.database.reading(SELF) as reader:
        assert list(Look(reader).faults()) == []
    with pytest.raises(NotFound, match="no such account"):
        erase_account(Work(book.database, SELF, clock), one)
    assert book.desk.find_account(SELF, "acme").outcome == "none"


def test_what_others_say_about_it_is_told(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK | {
        "notes.csv": "call_id,account_id,activity date,activity type,notes\nC7,2,2026-01-03,call,They envy Acme\n"
    })  # fmt: skip
    done = erase_account(Work(sqlite_clerk.database, SELF, clock), account(sqlite_clerk))
    assert [(one.table, one.rows, one.why) for one in done.remains] == [
        ("interaction", 1, "said about other customers")
    ]  # fmt: skip


def test_a_process_that_died_is_followed_by_one_that_ends_it(book: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    one = account(book)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("bot.storage.erasing.rows.erase_things", die)
        with pytest.raises(KeyboardInterrupt):
            erase_account(Work(book.database, SELF, clock), one)
    desk = Erasing(book.database, lambda: datetime(2026, 3, 5, tzinfo=UTC))
    assert [line.state for line in desk.history(SELF)] == ["started"]
    (done,) = desk.finish()
    assert [line.state for line in desk.history(SELF)] == ["done"]
    assert done.kind == "account"
    assert about(book, one) == {}
    assert desk.finish() == ()


def test_a_person_half_erased_is_erased_by_who_comes_next(sqlite_clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlite_clerk.bring(BOOK | MORE)
    Planter(sqlite_clerk.database, account(sqlite_clerk)).everywhere()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    for place in ("rows.erase_person", "rewriting.write"):  # before anything is gone, and in between
        with monkeypatch.context() as patched:
            patched.setattr(f"bot.storage.erasing.{place}", die)
            with pytest.raises(KeyboardInterrupt):
                erase_person(Work(sqlite_clerk.database, SELF, clock), DANA)
    desk = Erasing(sqlite_clerk.database, clock)
    told = [one.sentence for one in examine_database(sqlite_clerk.database, clock) if one.name == "erasure"]
    assert told == ["Erasing a person is unfinished since 2026-03-04 10:15 UTC; run steward erase finish."] * 2
    assert desk.finish(after=timedelta(minutes=15)) == ()
    done = desk.finish()
    assert [one.kind for one in done] == ["person", "person"]
    assert not any(word in repr(sqlite_clerk.dump()) for word in ("Quibblethorpe", "QUIBBLETHORPE", "dana.q@"))


def test_only_admins_erase_and_look(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK)
    lead = only_the_asker(Actor(Role.LEAD, "slack", name="Lea"))
    desk = Erasing(sqlite_clerk.database, clock)
    for attempt in (
        lambda: desk.erase_account(lead, account(sqlite_clerk)),
        lambda: desk.plan_account(lead, account(sqlite_clerk)),
        lambda: desk.history(lead),
        lambda: desk.lift(lead, "1"),
    ):
        with pytest.raises(NotAllowed, match="Only an admin"):
            attempt()
    assert len(sqlite_clerk.rows("account")) == 2
