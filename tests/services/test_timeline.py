"""What happened with an account: every kind, in order, page by page, and where it came from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.audience import Actor, Audience, Clearance, Role, only_the_asker
from bot.domain.ids import parse_id
from bot.services.errors import NotAllowed, NotFound
from bot.services.results import SECTIONS, Entry, Section, TimelinePage
from bot.services.timeline import Slice, timeline
from bot.storage import edits, tables
from tests.services.clerk import NOW, SELF, Clerk

BOOK = {
    "accounts.csv": "id,name,domain,owner email\n1,Birch,birch.example,ida@us.example\n2,Oak,oak.example,\n",
    "members.csv": "id,name,email,team,manager\nM1,Ida Holm,ida@us.example,North,\n",
    "people.csv": "id,account id,name,email\nP1,1,Dana White,dana@birch.example\n",
    "calls.csv": "call_id,account_id,activity date,activity type,subject,text,attendees,author email,url,client safe\n"
    "C1,1,2026-03-03T09:00:00Z,email,Rollout,\"Hi Ida,\n\nwe start on Monday.\",Dana White,ida@us.example,https://m.example/1,true\n"
    "C2,1,2026-03-03T09:00:00Z,call,,Spoke about the price,,ida@us.example,,\n"
    "C3,1,2026-03-09T09:00:00Z,meeting,Review,,,,,\n"
    "C4,2,2026-03-03T09:00:00Z,call,Somebody else's,,,,,\n",
    "promises.csv": "promise_id,account_id,quote,by,owner email,made on,due on,kept on,status\n"
    "Q1,1,Send the deck,us,ida@us.example,2026-02-10,2026-02-20,2026-02-18,kept\n"
    "Q2,1,Name a sponsor,them,,2026-02-11,2026-02-25,,open\n"
    "Q3,1,Fix the export,us,,2026-02-12,2026-03-20,,open\n"
    "Q4,1,Never mind,us,,2026-02-13,2026-02-26,,cancelled\n",
    "tickets.csv": "ticket_id,account_id,opened at,solved at,status,priority,subject\n"
    "T1,1,2026-02-01T08:00:00Z,2026-02-05T08:00:00Z,solved,urgent,Login loop\n"
    "T2,1,2026-02-02T08:00:00Z,,open,low,Slow report\n",
    "surveys.csv": "response id,account id,person email,survey,score,scale min,scale max,response date,comment\n"
    "S1,1,dana@birch.example,nps,9,0,10,2026-01-15,Good people\n",
    "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew\n"
    "K1,1,Folio,10,2025-02-01,2026-01-31,false\nK2,1,Folio,10,2026-02-01,2027-01-31,true\n",
    "churn.csv": "churn_id,account_id,churn_date,reason_code,feedback_text\nX1,1,2024-05-01,price,Too dear\n",
}  # fmt: skip


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    report = clerk.bring(BOOK)
    assert report.to_review == 0, report
    return clerk


def account(clerk: Clerk, name: str = "Birch") -> int:
    found = parse_id(clerk.find(name).account_id or "")
    assert found is not None
    return found


def page(clerk: Clerk, section: Section = "all", number: int = 1) -> TimelinePage:
    return clerk.desk.timeline(SELF, account(clerk), section=section, page=number)


def told(entries: tuple[Entry, ...]) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.on.isoformat(), one.title, one.who, one.text) for one in entries]


def test_everything_stands_in_one_list_newest_first(book: Clerk) -> None:
    first, second = page(book), page(book, number=2)
    assert (first.first, first.last, first.total, first.pages) == (1, 10, 16, 2)
    assert (second.first, second.last) == (11, 16)
    assert told(first.entries + second.entries) == [
        ("2026-03-03", "Call", "Ida Holm", "Spoke about the price"),
        ("2026-03-03", "E-mail", "Ida Holm with Dana White", "Rollout: we start on Monday."),
        ("2026-02-25", "Promise due, still open", "by the customer", "“Name a sponsor”"),
        ("2026-02-18", "Promise kept", "by Ida Holm", "“Send the deck”"),
        ("2026-02-13", "Promise made", "by us", "“Never mind”"),
        ("2026-02-12", "Promise made", "by us", "“Fix the export”"),
        ("2026-02-11", "Promise made", "by the customer", "“Name a sponsor”"),
        ("2026-02-10", "Promise made", "by Ida Holm", "“Send the deck”"),
        ("2026-02-05", "Ticket solved", None, "Login loop"),
        ("2026-02-02", "Ticket opened", None, "Slow report"),
        ("2026-02-01", "Ticket opened, urgent", None, "Login loop"),
        ("2026-02-01", "Contract K2 started", None, None),
        ("2026-01-31", "Contract K1 ended", None, None),
        ("2026-01-15", "NPS 9 of 10", "Dana White", "Good people"),
        ("2025-02-01", "Contract K1 started", None, None),
        ("2024-05-01", "Churn", None, "price: Too dear"),
    ]


def test_what_lies_ahead_stands_apart_soonest_first(book: Clerk) -> None:
    first = page(book)
    assert told(first.ahead) == [
        ("2026-03-09", "Meeting", None, "Review"),
        ("2026-03-20", "Promise due", "by us", "“Fix the export”"),
        ("2027-01-31", "First term of contract K2 ends", None, "It renews by itself"),
    ]
    assert first.ahead_total == 3
    assert page(book, number=2).ahead == ()


@pytest.mark.parametrize(
    ("section", "past", "ahead"),
    [("conversations", 2, 1), ("tickets", 3, 0), ("promises", 6, 1), ("surveys", 1, 0), ("contracts", 4, 1)],
)
def test_a_section_lists_its_own_and_counts_all(book: Clerk, section: Section, past: int, ahead: int) -> None:
    found = page(book, section)
    assert (found.total, found.ahead_total) == (past, ahead)
    assert {one.section for one in found.entries + found.ahead} == {section}
    assert len(found.entries) == past
    assert found.counts == {
        "all": 16, "conversations": 2, "tickets": 3, "promises": 6, "surveys": 1, "contracts": 4
    }  # fmt: skip


def test_entries_say_where_they_are_from_and_link_there(book: Clerk) -> None:
    call, mail = page(book).entries[:2]
    assert (mail.origin.source, mail.origin.file, mail.origin.line) == ("csv", "calls.csv", 2)
    assert (mail.link, mail.internal) == ("https://m.example/1", False)
    assert (call.link, call.internal, call.origin.logged_by) == (None, True, None)


def test_what_somebody_logged_says_who_also_after_others_touched_it(book: Clerk) -> None:
    maya = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U0MAYA", name="Maya"))
    values = {"account_id": account(book), "at": NOW - timedelta(hours=1), "kind": "note", "subject": "Typed here",
              "visibility": "internal", "origin": "team"}  # fmt: skip
    with book.database.writing(maya, NOW) as writer, edits.edit(writer, "log") as made:
        one = made.add(tables.interaction, values)
    with book.database.writing(SELF, NOW) as writer, edits.edit(writer, "correct") as made:
        row = edits.current(writer, tables.interaction, one)
        assert row is not None
        made.revise(tables.interaction, row, {"subject": "Corrected"})
    newest = page(book).entries[0]
    assert (newest.text, newest.origin.logged_by, newest.origin.file) == ("Corrected", "Maya", None)


def test_what_was_moved_by_hand_is_still_from_its_file(book: Clerk) -> None:
    call = book.row("interaction", external_id="C2")
    with book.database.writing(SELF, NOW) as writer, edits.edit(writer, "correct") as made:
        row = edits.current(writer, tables.interaction, call.id)
        assert row is not None
        made.revise(tables.interaction, row, {"kind": "meeting"})
    entry = page(book, "conversations").entries[0]
    assert (entry.title, entry.origin.file, entry.origin.logged_by) == ("Meeting", "calls.csv", None)


def test_the_workspace_decides_which_day_it_was(book: Clerk) -> None:
    late = ZoneInfo("Pacific/Auckland")
    found = timeline(book.database, SELF, account(book), Slice("tickets"), NOW, late)
    assert [one.on.isoformat() for one in found.entries] == ["2026-02-05", "2026-02-02", "2026-02-01"]
    early = timeline(book.database, SELF, account(book), Slice("tickets"), NOW, ZoneInfo("Pacific/Honolulu"))
    assert [one.on.isoformat() for one in early.entries] == ["2026-02-04", "2026-02-01", "2026-01-31"]
    promises = timeline(book.database, SELF, account(book), Slice("promises"), NOW, ZoneInfo("Pacific/Honolulu"))
    assert promises.entries[0].on.isoformat() == "2026-02-25"


def test_pages_hold_every_entry_once_whatever_their_instants(clerk: Clerk) -> None:
    same = "".join(f"C{at},1,2026-02-{at % 3 + 1:02d}T10:00:00Z,call,Call {at}\n" for at in range(47))
    tickets = "".join(f"T{at},1,2026-02-{at % 3 + 1:02d}T10:00:00Z,low,Ticket {at}\n" for at in range(8))
    clerk.bring({
        "accounts.csv": "id,name,domain\n1,Birch,\n",
        "calls.csv": f"call_id,account_id,activity date,activity type,subject\n{same}",
        "tickets.csv": f"ticket_id,account_id,opened at,priority,subject\n{tickets}",
    })  # fmt: skip
    pages = [page(clerk, number=number) for number in range(1, 7)]
    entries = [entry for one in pages for entry in one.entries]
    assert sorted(entry.text or "" for entry in entries) == sorted(
        [f"Call {at}" for at in range(47)] + [f"Ticket {at}" for at in range(8)]
    )
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    assert (pages[-1].first, pages[-1].last, len(pages[-1].entries)) == (51, 55, 5)
    assert page(clerk, number=99) == pages[-1]


def test_what_is_loading_undone_or_gone_is_not_told(book: Clerk) -> None:
    before = page(book)
    more = {"more.csv": "call_id,account_id,activity date,activity type,subject\nC9,1,2026-03-04T09:00:00Z,call,New\n"}
    report = book.bring(more, progress=lambda _file, _done: assert_same(before, page(book)))
    assert page(book).entries[0].text == "New"
    assert page(book).total == before.total + 1
    book.undo(report)
    assert_same(before, page(book))


def assert_same(one: TimelinePage, other: TimelinePage) -> None:
    assert one == other


def test_an_account_without_history_has_an_empty_first_page(book: Clerk) -> None:
    book.bring({"accounts.csv": BOOK["accounts.csv"] + "3,Bare,,\n"})
    empty = book.desk.timeline(SELF, account(book, "Bare"), page=5)
    assert (empty.page, empty.pages, empty.first, empty.last, empty.total) == (1, 1, 0, 0, 0)
    assert (empty.entries, empty.ahead) == ((), ())
    assert set(empty.counts) == set(SECTIONS)


@pytest.mark.parametrize("clearance", [Clearance.NOTHING, Clearance.CLIENT_SAFE])
def test_nobody_but_the_team_gets_any_of_it(book: Clerk, clearance: Clearance) -> None:
    outside: Any = Audience(Actor(Role.MEMBER, "slack", name="Maya"), clearance)
    for ask in (book.desk.timeline, book.desk.contacts, book.desk.why_health):
        with pytest.raises(NotAllowed):
            ask(outside, account(book))


def test_an_account_that_left_the_book_says_how(clerk: Clerk) -> None:
    head = "company id,company name,merged ids\n"
    clerk.bring({"accounts.csv": f"{head}1,Birch,\n2,Birch Group,\n"})
    left = account(clerk, "2")
    clerk.bring({"accounts.csv": f"{head}1,Birch,2\n"})
    [item] = [one for one in clerk.reviews() if one.kind == "same?"]
    clerk.decide(item.item, "accepted")
    gone = next(one for one in (left, account(clerk, "1")) if not clerk.rows("account", id=one))
    for ask in (clerk.desk.timeline, clerk.desk.contacts, clerk.desk.why_health, clerk.desk.account_card):
        with pytest.raises(NotFound, match=r"^Birch.* left the book on 4 Mar 2026 \(merge .* into Birch.*, shell\)"):
            ask(SELF, gone)


def test_an_account_whose_import_was_taken_back_says_so(clerk: Clerk) -> None:
    report = clerk.bring({"accounts.csv": "id,name,domain\n1,Birch,\n"})
    one = account(clerk)
    clerk.undo(report)
    with pytest.raises(NotFound, match="The import that brought this account in was taken back"):
        clerk.desk.timeline(SELF, one)
    with pytest.raises(NotFound, match="That account is not in the book any more"):
        clerk.desk.timeline(SELF, 12345)


def test_hostile_text_is_told_as_it_is_and_cut(clerk: Clerk) -> None:
    long = "x" * 5000
    clerk.bring({
        "accounts.csv": "id,name,domain\n1,Birch,\n",
        "calls.csv": "call_id,account_id,activity date,activity type,subject,text\n"
        f'C1,1,2026-02-01T10:00:00Z,call,<!channel>,"{long}"\nC2,1,2026-02-02T10:00:00Z,call,,"\n \n"\n',
    })  # fmt: skip
    blank, loud = page(clerk).entries
    assert blank.text is None
    assert loud.text is not None
    assert loud.text.startswith("<!channel>: xxx")
    assert len(loud.text) < 700


def test_now_is_on_the_side_of_the_past(book: Clerk) -> None:
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    found = timeline(book.database, SELF, account(book), Slice("conversations"), at, UTC)
    assert (found.total, found.ahead_total) == (2, 1)
    assert timeline(
        book.database, SELF, account(book), Slice("conversations"), at - timedelta(microseconds=1), UTC
    ).total == 0  # fmt: skip
