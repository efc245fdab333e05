"""Who was erased does not come back with the next import of the same files."""

from __future__ import annotations

import pytest

from bot.services.erasing.account import erase_account
from bot.services.erasing.desk import Erasing
from bot.services.erasing.whom import Whom
from bot.services.errors import NotFound
from bot.services.importing.report import ImportReport
from tests.services.clerk import SELF, Clerk, clock, counts
from tests.services.erasing.test_person import BOOK, account, erased, texts, work

DEALS = {
    "deals.csv": "opportunity_id,account_id,opportunity name,stage,amount,currency\n"
    "O1,1,Upgrade for Dana Quibblethorpe,open,5,EUR\n"
}
LATER = {
    "calls2.csv": "call_id,account_id,activity date,activity type,subject,notes\n"
    "C5,1,2026-03-01,call,Dana Quibblethorpe,\"Write to dana.q@acme.example, says Quibblethorpe, and DANA calls\"\n"
    "C6,2,2026-03-01,call,Hi,Dana from Acme\n",
}  # fmt: skip


@pytest.fixture
def book(sqlite_clerk: Clerk) -> Clerk:
    sqlite_clerk.bring(BOOK | DEALS)
    return sqlite_clerk


def reasons(report: ImportReport) -> dict[str, int]:
    return {one.sentence: one.rows for file in report.files for one in file.reasons}


def says(clerk: Clerk, word: str) -> bool:
    return word.casefold() in repr(clerk.dump()).casefold()


def test_a_person_stays_away_and_the_report_says_so(clerk: Clerk) -> None:
    clerk.bring(BOOK | DEALS)
    erased(clerk)
    report = clerk.bring(BOOK | DEALS)
    assert counts(report) == {"updated": 1, "unchanged": 10, "skipped": 1}  # the answer, which is nobody's now
    assert reasons(report) == {
        "was erased on request, and is left out (`steward erase list`)": 1,
        "names somebody who was erased; written without the name": 1,  # the deal
    }
    assert not says(clerk, "quibblethorpe")
    assert not says(clerk, "I love it")
    clerk.again_changes_nothing(BOOK | DEALS)


def test_what_others_write_later_comes_without_the_name(book: Clerk) -> None:
    erased(book)
    report = book.bring(LATER)
    assert reasons(report) == {"names somebody who was erased; written without the name": 1}
    row = book.row("interaction", external_id="C5")
    assert (row.subject, row.text) == ("[erased]", "Write to [erased], says [erased], and [erased] calls")
    assert "Dana from Acme" in texts(book)  # another customer's Dana may be anybody
    assert not says(book, "quibblethorpe")
    book.again_changes_nothing(LATER)


def test_leftovers_for_review_come_without_the_name(book: Clerk) -> None:
    erased(book)
    book.bring({
        "stray.csv": "call_id,account_id,activity date,activity type,notes\n"
        "C9,404,2026-03-01,call,Dana Quibblethorpe <dana.q@acme.example>\n"
    })  # fmt: skip
    (item,) = book.rows_of("review_item")
    assert item.cells["text"] == "[erased] <[erased]>"


def test_a_colleague_comes_back_without_a_name(book: Clerk) -> None:
    erased(book, Whom("Ida Holm"))
    before = book.rows("assignment")
    report = book.bring(BOOK)
    assert reasons(report) == {"was erased on request, and is left out (`steward erase list`)": 1}
    assert book.rows("assignment") == before
    book.bring({"calls3.csv": "call_id,account_id,activity date,activity type,author_email,notes\n"
                "C8,1,2026-03-01,call,ida@us.example,A call\n"})  # fmt: skip
    assert book.row("interaction", external_id="C8").author_id == before[0].member_id
    assert not says(book, "ida holm")
    assert not says(book, "ida@us")


def test_an_account_stays_away_with_all_that_is_about_it(book: Clerk) -> None:
    erase_account(work(book), account(book))
    report = book.bring(BOOK | DEALS, create_accounts=True)
    assert set(reasons(report)) == {"is about an account that was erased, and is left out (`steward erase list`)"}
    assert counts(report) == {"unchanged": 5, "skipped": 7}
    assert [row.name for row in book.rows("account")] == ["Globex"]
    assert book.rows_of("review_item") == []


def test_lifted_they_may_come_back(book: Clerk) -> None:
    done, desk = erased(book), Erasing(book.database, clock)
    assert desk.lift(SELF, done.erasure).state == "lifted"
    book.bring(BOOK)
    assert book.row("person", external_id="P1").name == "Dana Quibblethorpe"
    for unknown in (done.erasure, "nonsense", "", "x" * 99):
        with pytest.raises(NotFound, match="no erasure"):
            desk.lift(SELF, unknown)
