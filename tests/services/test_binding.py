"""Which channel is about which account: who may say so, what it replaces, and what stays when an account goes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bot.domain.audience import Actor, Audience, Role, only_the_asker
from bot.domain.ids import id_text, parse_id
from bot.services.errors import NotAllowed, NotFound
from tests.services.clerk import Clerk

MAYA = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U1", name="Maya"))
ACCOUNTS = "id,name,domain,url\n1,Acme Corp,acme.example,https://crm.example/1\n2,Nordic Foods,nordic.example,\n"
ROOM = "C0ACCTACME"


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring({"accounts.csv": ACCOUNTS})
    return clerk


def _id(clerk: Clerk, name: str) -> int:
    return parse_id(clerk.find(name).account_id or "") or 0


def _audited(clerk: Clerk) -> list[tuple[str, str, int, str]]:
    query = sa.text("SELECT actor, action, subject_id, detail FROM audit_event WHERE action LIKE '%bind%' ORDER BY seq")
    with clerk.database.reading(MAYA) as reader:
        return [tuple(row) for row in reader.connection.execute(query)]


def test_a_channel_is_bound_and_unbound(book: Clerk) -> None:
    acme = _id(book, "acme corp")
    assert book.desk.account_of_channel(MAYA, ROOM) is None
    done = book.desk.bind_channel(MAYA, ROOM, acme)
    assert (done.outcome, done.before) == ("bound", None)
    assert (done.now.account, done.now.url, done.now.gone, done.now.bound_by) == (
        "Acme Corp",
        "https://crm.example/1",
        False,
        "U1",
    )
    assert book.desk.account_of_channel(MAYA, ROOM) == done.now
    assert book.desk.account_of_channel(MAYA, "C0OTHER") is None
    assert book.desk.account_card(MAYA, acme).channels == (ROOM,)
    assert book.desk.bind_channel(MAYA, ROOM, acme).outcome == "already"
    assert book.desk.unbind_channel(MAYA, ROOM) == done.now
    assert book.desk.unbind_channel(MAYA, ROOM) is None
    assert book.desk.account_of_channel(MAYA, ROOM) is None
    assert _audited(book) == [
        ("U1", "bind channel", acme, f'{{"channel":"{ROOM}","instead_of":null}}'),
        ("U1", "unbind channel", acme, f'{{"channel":"{ROOM}"}}'),
    ]


def test_another_binding_is_only_replaced_by_whoever_saw_it(book: Clerk) -> None:
    acme, nordic = _id(book, "acme corp"), _id(book, "nordic foods")
    book.desk.bind_channel(MAYA, ROOM, acme)
    for instead_of in (None, nordic, 12345):
        taken = book.desk.bind_channel(MAYA, ROOM, nordic, instead_of)
        assert (taken.outcome, taken.now.account) == ("taken", "Acme Corp")
    changed = book.desk.bind_channel(MAYA, ROOM, nordic, acme)
    assert (changed.outcome, changed.now.account) == ("bound", "Nordic Foods")
    assert changed.before is not None
    assert changed.before.account == "Acme Corp"
    assert book.desk.bind_channel(MAYA, ROOM, acme, acme).outcome == "taken"


def test_the_bookmark_is_remembered_with_its_account_only(book: Clerk) -> None:
    acme, nordic = _id(book, "acme corp"), _id(book, "nordic foods")
    first = book.desk.bind_channel(MAYA, ROOM, acme).now
    book.desk.note_bookmark(MAYA, first, "Bk1")
    changed = book.desk.bind_channel(MAYA, ROOM, nordic, acme).now
    assert changed.bookmark_id == "Bk1"
    book.desk.note_bookmark(MAYA, first, "Bk2")
    assert book.desk.account_of_channel(MAYA, ROOM) == changed
    book.desk.note_bookmark(MAYA, changed, None)
    assert book.desk.account_of_channel(MAYA, ROOM) == changed.model_copy(update={"bookmark_id": None})


def test_an_account_that_goes_leaves_its_name(book: Clerk) -> None:
    report = book.bring({"accounts.csv": ACCOUNTS + "3,Zebra Ltd,zebra.example,\n"})
    zebra, acme = _id(book, "zebra ltd"), _id(book, "acme corp")
    book.desk.bind_channel(MAYA, ROOM, zebra)
    book.undo(report)
    gone = book.desk.account_of_channel(MAYA, ROOM)
    assert gone is not None
    assert gone.gone
    assert gone.account_id == id_text(zebra)
    assert gone.account in ("Zebra Ltd", "The account")
    with pytest.raises(NotFound):
        book.desk.bind_channel(MAYA, ROOM, zebra)
    assert book.desk.bind_channel(MAYA, ROOM, acme).outcome == "bound"


def test_a_merged_account_is_found_by_its_last_name(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": ACCOUNTS})
    clerk.bring({"more.csv": "id,name,website\nX9,Acme Corporation,acme.example\n"})
    (item,) = [one for one in clerk.reviews() if one.kind == "same?"][:1]
    this = _id(clerk, "Acme Corporation")
    clerk.desk.bind_channel(MAYA, ROOM, this)
    clerk.decide(item.item, "accepted")
    gone = clerk.desk.account_of_channel(MAYA, ROOM)
    assert gone is not None
    assert (gone.gone, gone.account) == (True, "Acme Corporation")
    assert clerk.found(gone.account) == "Acme Corp"


def test_only_members_bind_and_only_insiders_look(book: Clerk) -> None:
    acme = _id(book, "acme corp")
    binding = book.desk.bind_channel(MAYA, ROOM, acme).now
    writes: list[Callable[[Audience], object]] = [
        lambda who: book.desk.bind_channel(who, ROOM, acme),
        lambda who: book.desk.unbind_channel(who, ROOM),
        lambda who: book.desk.note_bookmark(who, binding, "Bk"),
    ]
    reader = only_the_asker(Actor(Role.READ_ONLY, "slack", slack_user_id="U3"))
    guest = only_the_asker(Actor(Role.GUEST, "slack", slack_user_id="U9"))
    assert book.desk.account_of_channel(reader, ROOM) == binding
    with pytest.raises(NotAllowed):
        book.desk.account_of_channel(guest, ROOM)
    for write in writes:
        for who in (reader, guest):
            with pytest.raises(NotAllowed):
                write(who)
    assert book.desk.account_of_channel(MAYA, ROOM) == binding


def test_two_who_bind_at_once_do_not_trip(book: Clerk) -> None:
    acme, nordic = _id(book, "acme corp"), _id(book, "nordic foods")
    with ThreadPoolExecutor(8) as pool:
        rooms = [f"C{n // 8}" for n in range(40)]
        done = list(pool.map(lambda n: book.desk.bind_channel(MAYA, rooms[n], (acme, nordic)[n % 2]), range(40)))
    assert {one.outcome for one in done} <= {"bound", "already", "taken"}
    assert all(book.desk.account_of_channel(MAYA, room) is not None for room in rooms)
