"""Readers see the state before until all of an import shows at once; other writers get through meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from bot.domain.audience import SYSTEM
from bot.domain.ids import parse_id
from bot.importers import SourceFile
from bot.services.errors import Busy, NotAllowed
from bot.services.importing.batch import recover
from bot.storage import bulk
from tests.services.clerk import NOW, SELF, Clerk, clock

HEAD = "id,name,domain,segment,owner\n"
OLD = {
    "accounts.csv": f"{HEAD}1,Northwind Trading,north.example,mid,Ida\n2,Oak,oak.example,mid,Ole\n",
    "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew\n"
    "K1,1,Folio,10,2025-05-01,2026-04-30,false\n",
    "calls.csv": "call_id,account_id,activity date,activity type,subject\nC1,1,2026-02-01,call,Hello\n",
}
NEW = {
    "accounts.csv": f"{HEAD}1,Northwind Renamed,north.example,big,Ole\n2,Oak,oak.example,mid,Ole\n"
    + "".join(f"N{at},Nortwind Tradinge {at:03d},,mid,Ida\n" for at in range(90)),
    "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew\n"
    "K1,1,Folio,99,2025-05-01,2026-03-31,false\n",
    "calls.csv": "call_id,account_id,activity date,activity type,subject\n"
    + "".join(f"C{at},1,2026-02-{at % 28 + 1:02d},call,Hello {at}\n" for at in range(40)),
}


def _look(clerk: Clerk) -> tuple[Any, ...]:
    """What somebody sees who asks for everything."""
    desk = clerk.desk
    one = parse_id(clerk.find("1").account_id or "") or 0
    card = desk.account_card(SELF, one).model_dump(exclude={"as_of"})
    looked = [clerk.find(text) for text in ("nortwind tradin", "north", "northwind trading", "oak.example", "N5")]
    return card, desk.book(SELF, owner="all"), desk.renewals(SELF), desk.stats(SELF), looked


def test_an_import_shows_all_at_once(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.bring(OLD)
    before, seen = _look(clerk), 0
    monkeypatch.setattr(bulk, "chunk_rows", lambda **_: 20)

    def progress(file: SourceFile, done: int) -> None:
        nonlocal seen
        seen += 1
        assert _look(clerk) == before
        assert not clerk.desk.handled_before(f"key {seen}")
        clerk.desk.audit(SYSTEM, "looked", None, {"at": seen})
        with pytest.raises(Busy, match=r"Another import \(accounts.csv, contracts.csv, calls.csv\) is running"):
            clerk.bring({"other.csv": OLD["accounts.csv"]})

    clerk.bring(NEW, progress=progress)
    assert seen >= 3
    card, book, *_, looked = _look(clerk)
    assert (card["name"], card["segment"], card["owner"]["name"]) == ("Northwind Renamed", "big", "Ole")
    assert (book.total, clerk.stats().interactions) == (92, 40)
    assert looked[4].outcome == "one"
    assert clerk.found("N5") == "Nortwind Tradinge 005"


def test_nobody_undoes_or_merges_while_an_import_loads(clerk: Clerk) -> None:
    first = clerk.bring({"accounts.csv": "id,name,segment\n1,GTXPro,a\n2,GTX Pro,b\n"})
    (item,) = clerk.reviews()
    refused = 0

    def progress(file: SourceFile, done: int) -> None:
        nonlocal refused
        for forbidden in (lambda: clerk.undo(first), lambda: clerk.decide(item.item, "accepted")):
            with pytest.raises(Busy):
                forbidden()
        refused += 1

    clerk.bring({"usage.csv": "usage_id,account_id,on,metric,value\nU1,2,2026-01-05,logins,4\n"}, progress=progress)
    assert refused
    with pytest.raises(NotAllowed, match=r"usage\.csv"):
        clerk.undo(first)


def test_an_import_that_fails_leaves_everything_as_it_was(clerk: Clerk) -> None:
    clerk.bring(OLD)
    before = clerk.visible()

    def progress(file: SourceFile, done: int) -> None:
        if file.kind == "interactions":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        clerk.bring(NEW, progress=progress)
    assert clerk.visible() == before
    assert len(clerk.dump()["import_file"]) == len(OLD)
    clerk.bring(NEW)


def test_a_loader_that_was_given_up_cannot_publish(clerk: Clerk) -> None:
    """Its lease ran out (a laptop slept), and somebody else cleaned up."""
    clerk.bring(OLD)
    before = clerk.visible()

    def progress(file: SourceFile, done: int) -> None:
        if file.kind == "contracts":
            recover(clerk.database, SELF, lambda: NOW.replace(year=2027))

    with pytest.raises(Busy, match="cleaned up by another process"):
        clerk.bring(NEW, progress=progress)
    assert clerk.visible() == before


def _race(count: int, attempt: Callable[[int], bool]) -> list[bool]:
    """Attempts that start together, each in its own thread."""
    gate = threading.Barrier(count)

    def run(number: int) -> bool:
        gate.wait()
        return attempt(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_one_of_many_takes_a_delivery(clerk: Clerk) -> None:
    desk = clerk.desk
    for key in ("Ev1", "Ev2", "Ev3"):
        assert _race(6, lambda _, key=key: desk.handled_before(key)).count(False) == 1  # type: ignore[misc]


def test_one_of_two_imports_that_start_together_goes_on(clerk: Clerk) -> None:
    loading = threading.Event()

    def attempt(number: int) -> bool:
        def progress(file: SourceFile, done: int) -> None:
            loading.wait(20)

        try:
            clerk.bring({f"accounts-{number}.csv": f"{HEAD}1,Birch,,mid,Ida\n"}, progress=progress)
        except Busy:
            loading.set()
            return False
        return True

    assert sorted(_race(2, attempt)) == [False, True]
    assert clerk.stats().accounts == 1


def test_the_audit_trail_is_one_chain_whoever_writes(clerk: Clerk) -> None:
    desk = clerk.desk

    def write(number: int) -> bool:
        desk.audit(SYSTEM, f"deed {number}", None, {"n": number})
        return True

    _race(4, write)
    assert [row[0] for row in clerk.dump()["audit_event"]] == [1, 2, 3, 4]


def test_the_days_of_the_data_are_those_of_live_imports(clerk: Clerk) -> None:
    clerk.bring(OLD)
    newer = clerk.bring({"calls.csv": OLD["calls.csv"].replace("2026-02-01", "2026-03-01")})

    def newest() -> date | None:
        one = parse_id(clerk.find("oak").account_id or "") or 0
        ages = clerk.desk.account_card(SELF, one).data
        return next(age.newest_on for age in ages if "interaction" in age.data or "touch" in age.data)

    assert newest() == date(2026, 3, 1)
    clerk.undo(newer)
    assert newest() == date(2026, 2, 1)
    assert clock() == NOW
