"""Logging touches, adding to them, undoing them, and whose account a line begins with."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.bootstrap import keep_house
from bot.domain.audience import SHELL, Actor, Audience, Role, only_the_asker
from bot.domain.ids import id_text, parse_id
from bot.services.desk import Desk
from bot.services.errors import BadFields, BadInput, Busy, NotAllowed, NotFound
from bot.services.logbook.entry import LogEntry, Message, NewPromise, problems
from bot.services.logbook.hints import kind_of
from bot.storage import batches
from bot.storage.database import Database
from tests.services.clerk import NOW, SELF, Clerk

BOOK = {
    "members.csv": "id,name,email,team,slack user id\nM1,Ida Holm,ida@us.example,North,U1\n"
    "M2,Ole Berg,ole@us.example,North,U2\n",
    "accounts.csv": "id,name,domain,aliases,segment,owner email\n"
    "1,Acme Corporation,acme.example,,mid,ida@us.example\n2,Acme Nord Inc,,,mid,ida@us.example\n"
    "3,Nordwind AS,nordwind.example,,mid,ole@us.example\n4,Birch GmbH,,Tree House,mid,ole@us.example\n",
    "calls.csv": "call_id,account_id,activity date,activity type,subject\nC1,1,2026-01-01,call,Hello\n",
}


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    return clerk


def as_member(clerk: Clerk, folded: str, role: Role = Role.MEMBER) -> Audience:
    row = clerk.row("member", folded=folded)
    actor = Actor(role, "slack", member_id=row.id, slack_user_id=row.slack_user_id, name=row.name)
    return only_the_asker(actor)


def account(clerk: Clerk, key: str = "1") -> int:
    return int(clerk.row("account", external_id=key).id)


def desk_at(clerk: Clerk, minutes: float = 0, keep_days: int = 0) -> Desk:
    moment = NOW + timedelta(minutes=minutes)
    return replace(clerk.desk, clock=lambda: moment, keep_text=timedelta(days=keep_days))


def entry(text: str = "talked about pricing", **more: Any) -> LogEntry:
    return replace(LogEntry(key=f"key {hash(text)}", kind="call", at=NOW, text=text), **more)


def facts(clerk: Clerk) -> dict[str, Any]:
    return {
        name: rows
        for name, rows in clerk.dump().items()
        if name not in ("change", "planned_account") and not name.startswith("audit_")
    }


def test_a_touch_is_logged_in_the_name_of_its_author_and_shows_at_once(book: Clerk) -> None:
    desk, ida = book.desk, as_member(book, "ida holm")
    done = desk.log_touch(
        ida,
        account(book),
        entry(people="Ana", next_step="Send the quote", next_step_on=date(2026, 3, 6),
              promise=NewPromise("A quote by Friday", due_on=date(2026, 3, 6))),
    )  # fmt: skip
    assert (done.account, done.kind, done.touch, done.author) == ("Acme Corporation", "call", True, "Ida Holm")
    assert done.sentence == "Logged a call with Acme Corporation; only the account team sees it."
    assert (done.repeated, done.undo_until) == (False, NOW + timedelta(minutes=10))
    assert done.promise is not None
    assert (done.promise.owner, done.promise.owner_slack_user_id) == ("Ida Holm", "U1")
    row = book.row("interaction", source="steward")
    assert (row.origin, row.visibility, row.next_step, row.text_until) == ("team", "internal", "Send the quote", None)
    card = desk.account_card(SELF, account(book))
    assert card.last_touch is not None
    assert (card.last_touch.by, card.last_touch.subject) == ("Ida Holm", "talked about pricing")
    assert [promise.quote for promise in card.promises] == ["A quote by Friday"]
    assert any("engagement 100" in reason for reason in card.health.reasons)
    listed = {one.name: one.last_touch_days for one in desk.book(SELF, owner="all").rows}
    assert listed["Acme Corporation"] == 0
    [event] = [row for row in book.dump()["audit_event"] if "log" in row]
    assert "talked" not in str(event)
    assert id_text(row.id) in str(event)


def test_what_people_log_is_data_of_its_day_with_and_without_an_import(clerk: Clerk) -> None:
    def ages() -> dict[str, Any]:
        return {one.data: one for one in desk_at(clerk).account_card(SELF, account(clerk)).data}

    clerk.bring({name: BOOK[name] for name in ("members.csv", "accounts.csv")})
    assert (ages()["interactions"].age_days, ages()["promises"].age_days) == (None, None)
    yesterday = NOW - timedelta(days=1)
    desk_at(clerk).log_touch(
        as_member(clerk, "ida holm"), account(clerk), entry(at=yesterday, promise=NewPromise("a quote"))
    )
    for name in ("interactions", "promises"):
        assert (ages()[name].age_days, ages()[name].imported_at) == (1, None), name
    clerk.bring({"calls.csv": BOOK["calls.csv"]})
    assert ages()["interactions"].newest_on == yesterday.date()


def test_what_the_shell_or_a_stranger_to_the_team_list_logs_has_no_author(book: Clerk) -> None:
    done = book.desk.log_touch(only_the_asker(SHELL), account(book), entry(kind="note"))
    assert (done.author, done.touch) == (None, False)
    assert book.desk.account_card(SELF, account(book)).last_touch is not None
    assert book.row("interaction", source="steward").author_id is None


def test_the_same_submission_is_logged_once_even_at_the_same_time(book: Clerk) -> None:
    desk, ida, one = book.desk, as_member(book, "ida holm"), account(book)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: desk.log_touch(ida, one, entry()), range(4)))
    assert sorted(one.repeated for one in done) == [False, True, True, True]
    assert len({(one.change, one.touch_id) for one in done}) == 1
    assert len(book.rows("interaction", source="steward")) == 1
    assert next(one for one in done if one.repeated).sentence.startswith("Logged before: a call")


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"text": " \n "}, "text", "Say in a sentence what happened."),
        ({"text": "x" * 3001}, "text", "A summary has at most 3,000 characters; this has 3,001. Shorten it."),
        ({"kind": "dinner"}, "kind", "The kind is one of call, meeting, email, message, note."),
        ({"visibility": "public"}, "visibility", "Choose who may see it"),
        ({"at": NOW + timedelta(minutes=6)}, "at", "That is in the future."),
        ({"at": NOW - timedelta(days=4000)}, "at", "more than ten years ago"),
        ({"people": "x" * 301}, "people", "The list of people has at most 300 characters"),
        ({"next_step_on": date(2026, 3, 5)}, "next_step", "Say what the next step is"),
        ({"next_step": "Go", "next_step_on": date(2026, 3, 1)}, "next_step_on", "lies before what you log"),
        ({"promise": NewPromise("", due_on=date(2026, 3, 9))}, "promise", "Say what was promised"),
        ({"promise": NewPromise("x" * 301)}, "promise", "A promise has at most 300 characters"),
        ({"promise": NewPromise("A quote", due_on=date(2026, 3, 1))}, "promise_due", "before it was promised"),
        ({"message": Message("team", permalink="x" * 3001)}, "text", "The link to the message"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    sqlite_clerk: Clerk, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    sqlite_clerk.bring(BOOK)
    before = sqlite_clerk.dump()
    with pytest.raises(BadFields) as refused:
        sqlite_clerk.desk.log_touch(
            as_member(sqlite_clerk, "ida holm"), account(sqlite_clerk), replace(entry(), **wrong)
        )
    assert sentence in refused.value.fields[field]
    assert sqlite_clerk.dump() == before


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = problems(entry("", kind="x", at=NOW + timedelta(days=1), next_step_on=date(2026, 4, 1)), NOW)
    assert set(found) == {"text", "kind", "at", "next_step"}


@pytest.mark.parametrize(
    "text",
    [
        "🎉👩‍👩‍👧 deal",
        "שלום עולם \u202eabc",
        "<!channel> <@U1> <https://x|y> & <b>",
        "a\x00b\ud83d",
        "line\r\nline",
        "ﷺ" * 3000,
    ],
)
def test_any_text_can_be_kept(book: Clerk, text: str) -> None:
    done = book.desk.log_touch(as_member(book, "ida holm"), account(book), entry(text))
    assert done.text == text.replace("\x00", "").replace("\ud83d", "").replace("\r\n", "\n")


def test_a_moment_ahead_is_now(book: Clerk) -> None:
    """A form says "now" by another clock; the touch is to show at once."""
    done = book.desk.log_touch(as_member(book, "ida holm"), account(book), entry(at=NOW + timedelta(minutes=4)))
    assert done.at == NOW


def test_who_may_log(book: Clerk) -> None:
    one = account(book)
    with pytest.raises(NotAllowed, match="look but not change"):
        book.desk.log_touch(as_member(book, "ida holm", Role.READ_ONLY), one, entry())
    with pytest.raises(NotAllowed, match="only shown to members"):
        book.desk.log_touch(only_the_asker(Actor(Role.GUEST, "slack", name="Visitor")), one, entry())
    with pytest.raises(NotFound, match="not in the book"):
        book.desk.log_touch(as_member(book, "ida holm"), 77, entry())
    assert book.rows("interaction", source="steward") == []


def test_undo_by_its_author_within_ten_minutes(book: Clerk) -> None:
    ida, before = as_member(book, "ida holm"), facts(book)
    promise = NewPromise("A quote")
    done = book.desk.log_touch(ida, account(book), entry(promise=promise))
    with pytest.raises(NotAllowed, match="A colleague logged that: only they, a lead or an admin can undo it"):
        book.desk.undo_change(as_member(book, "ole berg"), done.change)
    undone = desk_at(book, 10).undo_change(ida, done.change)
    assert (undone.sentence, undone.restored) == ("Undone: a call with Acme Corporation.", False)
    assert facts(book) == before
    again = book.desk.undo_change(ida, done.change)
    assert (again.repeated, again.sentence) == (True, "Was undone before: a call with Acme Corporation.")
    with pytest.raises(NotFound, match="it was undone"):
        book.desk.read_touch(ida, parse_id(done.touch_id) or 0)


def test_later_only_the_shell_can_undo(book: Clerk) -> None:
    ida = as_member(book, "ida holm")
    done = book.desk.log_touch(ida, account(book), entry())
    for audience in (ida, as_member(book, "ole berg", Role.ADMIN)):
        with pytest.raises(NotAllowed, match=f"more than 10 minutes ago and stays.*`steward undo {done.change}`"):
            desk_at(book, 10.1).undo_change(audience, done.change)
    desk_at(book, 60).undo_change(SELF, done.change)
    assert book.rows("interaction", source="steward") == []


def test_a_lead_undoes_what_a_colleague_logged(book: Clerk) -> None:
    done = book.desk.log_touch(as_member(book, "ida holm"), account(book), entry())
    book.desk.undo_change(as_member(book, "ole berg", Role.LEAD), done.change)
    assert book.rows("interaction", source="steward") == []


def test_only_edits_are_undone_here(book: Clerk) -> None:
    batch = id_text(min(row[0] for row in book.dump()["change"]))
    for name in (batch, "zzz", "!", "x" * 100):
        with pytest.raises(NotFound, match="There is nothing called"):
            book.desk.undo_change(SELF, name)


def test_an_import_under_logged_touches_is_undone_after_them(clerk: Clerk) -> None:
    report = clerk.bring(BOOK)
    done = clerk.desk.log_touch(as_member(clerk, "ida holm"), account(clerk), entry())
    with pytest.raises(NotAllowed, match=rf"{done.change} \(a call with Acme Corporation"):
        clerk.undo(report)
    desk_at(clerk, 99).undo_change(SELF, done.change)
    clerk.undo(report)


def test_details_are_added_and_undone_one_by_one(book: Clerk) -> None:
    ida, one = as_member(book, "ida holm"), account(book)
    done = book.desk.log_touch(ida, one, entry())
    touch, first = parse_id(done.touch_id) or 0, facts(book)
    more = entry(kind="meeting", people="Ana", visibility="client-safe", promise=NewPromise("A quote", by="them"))
    detailed = book.desk.add_details(ida, touch, account(book, "3"), more)
    assert (detailed.account, detailed.kind, detailed.people, detailed.touch_id) == (
        "Nordwind AS", "meeting", "Ana", done.touch_id)  # fmt: skip
    assert detailed.sentence == "Details saved: a meeting with Nordwind AS; it may be shown to the customer."
    assert book.row("commitment").account_id == account(book, "3")
    again = book.desk.add_details(ida, touch, account(book, "3"), more)
    assert (again.repeated, again.change) == (True, detailed.change)
    kept = book.desk.add_details(
        ida, touch, account(book, "3"), replace(more, promise=NewPromise("A better quote", by="them"))
    )
    assert [row.quote for row in book.rows("commitment")] == ["A better quote"]
    assert kept.promise is not None
    with pytest.raises(NotAllowed, match=r"You went on from that \(details of a meeting.*\): undo that first\.$"):
        book.desk.undo_change(ida, done.change)
    gone = book.desk.add_details(ida, touch, account(book, "3"), replace(more, promise=None))
    assert book.rows("commitment") == []
    for change in (gone, kept, detailed):
        undone = book.desk.undo_change(ida, change.change)
        assert undone.restored
    assert facts(book) == first
    assert undone.sentence == "Undone: details of a meeting with Nordwind AS; it is as it was before."


def test_only_ones_own_entries_get_details(book: Clerk) -> None:
    ida, ole = as_member(book, "ida holm"), as_member(book, "ole berg")
    done = book.desk.log_touch(ida, account(book), entry())
    touch = parse_id(done.touch_id) or 0
    with pytest.raises(NotAllowed, match="A colleague logged that"):
        book.desk.add_details(ole, touch, account(book), entry("mine"))
    lead = as_member(book, "ole berg", Role.LEAD)
    assert book.desk.add_details(lead, touch, account(book), entry("corrected")).author == "Ida Holm"
    with pytest.raises(NotFound, match="it was undone"):
        book.desk.add_details(ida, book.row("interaction", external_id="C1").id + 1, account(book), entry())
    imported = book.row("interaction", external_id="C1").id
    with pytest.raises(NotAllowed):
        book.desk.add_details(ida, imported, account(book), entry("mine"))


def test_a_form_that_knows_only_minutes_changes_no_time(book: Clerk) -> None:
    ida, at = as_member(book, "ida holm"), NOW - timedelta(seconds=33, microseconds=7)
    done = book.desk.log_touch(ida, account(book), entry(at=at))
    touch = parse_id(done.touch_id) or 0
    again = book.desk.add_details(ida, touch, account(book), entry(at=at.replace(second=0, microsecond=0)))
    assert (again.repeated, again.at) == (True, at)


def test_a_messages_text_is_kept_only_where_allowed_and_then_erased_from_every_version(book: Clerk) -> None:
    ida, one = as_member(book, "ida holm"), account(book)
    message = Message("customer", permalink="https://x.slack.com/archives/C1/p1", text="Our secret plan")
    said = entry("They have a plan", kind="message", people="Elena", message=message)
    off = book.desk.log_touch(ida, one, said)
    assert "secret" not in str(book.dump())
    row = book.row("interaction", source="steward")
    assert (row.origin, row.direction, row.author_id, row.permalink) == ("customer", "in", None, message.permalink)
    book.desk.undo_change(ida, off.change)

    desk = desk_at(book, keep_days=30)
    done = desk.log_touch(ida, one, said)
    assert (done.text, done.quoted_until) == ("They have a plan", NOW + timedelta(days=30))
    assert "secret plan" in str(book.row("interaction", source="steward").text)
    desk.add_details(ida, parse_id(done.touch_id) or 0, one, entry("They have a good plan", kind="message"))
    keep_house(desk_at(book, 29 * 24 * 60))
    assert str(book.dump()).count("secret plan") == 3  # two versions, and the audit trail
    keep_house(desk_at(book, 30 * 24 * 60))
    assert "secret" not in str(book.dump())
    touched = book.desk.read_touch(ida, parse_id(done.touch_id) or 0)
    assert (touched.text, touched.quoted_until) == ("They have a good plan", None)
    book.desk.add_details(ida, parse_id(done.touch_id) or 0, one, entry("Corrected", kind="message"))
    assert book.row("interaction", source="steward").subject == "Corrected"


def test_an_erased_quote_is_not_in_the_file_any_more(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK)
    message = Message("team", text="Our secret plan")
    desk = desk_at(sqlite_clerk, keep_days=1)
    desk.log_touch(as_member(sqlite_clerk, "ida holm"), account(sqlite_clerk), entry(message=message))
    path = sqlite_clerk.database.path
    assert path is not None

    def on_disk() -> bytes:
        with sqlite_clerk.database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()

    assert b"secret plan" in on_disk()
    keep_house(desk_at(sqlite_clerk, 25 * 60))
    assert b"secret" not in on_disk()


def test_whoever_cannot_write_is_told_that_nothing_is_lost(book: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    ida, one = as_member(book, "ida holm"), account(book)
    impatient = f"{book.database.url.render_as_string(hide_password=False)}"
    monkeypatch.setattr("bot.storage.edits._PATIENCE", "20ms")
    monkeypatch.setattr("bot.storage.database.BUSY", "busy_timeout=20")
    monkeypatch.setattr(
        "bot.storage.engines._SQLITE_SETTINGS", ("journal_mode=WAL", "busy_timeout=20", "foreign_keys=ON")
    )
    other = Database(impatient.replace("postgresql+psycopg", "postgresql"))
    desk = replace(book.desk, database=other)
    with book.database.writing(SELF, NOW) as writer:
        batches.take_turns(writer)
        with pytest.raises(Busy, match="Nothing was lost: try again in a moment"):
            desk.log_touch(ida, one, entry())
    assert not desk.log_touch(ida, one, entry()).repeated
    other.close()


@pytest.mark.parametrize(
    ("text", "name", "rest"),
    [
        ("acme talked to Ana", "Acme Corporation", "talked to Ana"),
        ("acme corp: talked to Ana", "Acme Corporation", "talked to Ana"),
        ("acme nord, talked", "Acme Nord Inc", "talked"),
        ("Acme Nord Inc - talked\nabout <x>", "Acme Nord Inc", "talked\nabout <x>"),
        ('"tree house" burnt', "Birch GmbH", "burnt"),
        ("“acme” nord wind blew", "Acme Corporation", "nord wind blew"),
        ("acme and birch met", "Acme Corporation", "and birch met"),
        ("acme as discussed", "Acme Corporation", "as discussed"),
        ("nordwind as called", "Nordwind AS", "called"),
        ("nordwind called as agreed", "Nordwind AS", "called as agreed"),
        ("birch.example said hi", None, "said hi"),
        ("3 new seats", "Nordwind AS", "new seats"),
        ("acme", "Acme Corporation", ""),
    ],
)
def test_the_account_that_a_line_begins_with(book: Clerk, text: str, name: str | None, rest: str) -> None:
    found = book.desk.find_leading(SELF, text)
    assert found.rest == rest
    if name is None:
        assert found.match.account_id is None
        return
    assert found.match.outcome == "one"
    assert book.row("account", id=parse_id(found.match.account_id or "")).name == name


def test_likeness_is_a_choice_and_the_text_stays(book: Clerk) -> None:
    found = book.desk.find_leading(SELF, "nordwnd talked to Ana")
    assert (found.match.outcome, found.rest) == ("several", "talked to Ana")
    assert [one.name for one in found.match.candidates] == ["Nordwind AS"]
    assert book.desk.find_leading(SELF, "zzzz talked to Ana").match.outcome == "none"
    assert book.desk.find_leading(SELF, "x" * 5000).match.outcome == "none"
    with pytest.raises(BadInput, match="Which account"):
        book.desk.find_leading(SELF, " \n ")


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("call: talked to Ana", "call", "talked to Ana"),
        ("Meeting - budget", "meeting", "budget"),
        ("phone call: x", "call", "x"),
        ("e-mail: x", "email", "x"),
        ("meeting with Ana", "meeting", "meeting with Ana"),
        ("talked to Ana", "call", "talked to Ana"),
        ("met Ana", "meeting", "met Ana"),
        ("call Ana back", None, "call Ana back"),
        ("caller is happy", None, "caller is happy"),
        ("they want a quote", None, "they want a quote"),
        ("call:", None, "call:"),
        ("", None, ""),
    ],
)
def test_hints_of_the_kind(text: str, kind: str | None, rest: str) -> None:
    assert kind_of(text) == (kind, rest)
