"""Questions answered from a real book: the right rows, the right account, and what the answer rests on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.bootstrap import keep_house
from bot.domain.asking.queries import Said as SaidQuestion
from bot.domain.asking.queries import Status
from bot.domain.audience import SHELL, Actor, Audience, Role, Sharing, everyone_in, only_the_asker
from bot.domain.ids import parse_id
from bot.domain.names import squash
from bot.services.asking.memory import Spot
from bot.services.asking.said import passage, words_of
from bot.services.errors import BadInput, NotAllowed
from bot.services.results.asking import Answer, Choice, Replies, Reply, Said
from bot.storage import turns
from tests.services.clerk import NOW, SELF, Clerk

SPOT = Spot("C1", "T1", "1", "U1")


def as_ida(clerk: Clerk) -> Audience:
    row = clerk.row("member", folded="ida holm")
    return only_the_asker(Actor(Role.MEMBER, "slack", member_id=row.id, slack_user_id="U1", name=row.name))


def ask(clerk: Clerk, text: str, audience: Audience = SELF, spot: Spot | None = None) -> Reply:
    (reply,) = clerk.desk.asking.ask(audience, text, spot).replies
    return reply


def answer(clerk: Clerk, text: str, **more: Any) -> Answer:
    found = ask(clerk, text, **more)
    assert isinstance(found, Answer), found
    return found


def accounts(found: Answer) -> list[str | None]:
    return [row.account for row in found.rows]


def test_renewals_of_a_span_by_value_and_owner(book: Clerk) -> None:
    assert accounts(answer(book, "what renews in the next 90 days?")) == ["Acme", "Globex"]
    assert accounts(answer(book, "what renews next month?")) == ["Globex"]
    assert accounts(answer(book, "renewals over 50k in the next 90 days")) == ["Acme"]
    assert accounts(answer(book, "renewals of ole until 31.12.2026")) == ["Acme Labs"]
    found = answer(book, "my renewals this quarter", audience=as_ida(book))
    assert found.understood == "Renewals, this quarter (1 Jan 2026 to 31 Mar 2026), your accounts"
    assert accounts(found) == ["Acme"]
    assert [one.amount for one in found.sums] == [120_000]
    nothing = answer(book, "what renews in june 2030?")
    assert (nothing.rows, nothing.headline) == ((), "I found nothing that renews then.")


def test_who_is_silent_and_who_is_not(book: Clerk) -> None:
    found = answer(book, "who haven't we talked to in 60 days?")
    assert accounts(found) == ["Globex"]
    assert found.receipts.newest_on == date(2026, 3, 1)
    assert found.receipts.missing == ("1 account without any known conversation",)


def test_what_was_said_with_who_when_and_no_other_account(book: Clerk) -> None:
    found = answer(book, "what did Acme say about pricing?")
    (row,) = found.rows
    assert (row.account, row.text, row.on) == (
        "Acme", "Check-in. Ana finds the pricing of seats too high", date(2026, 2, 20),
    )  # fmt: skip
    assert row.quoted
    assert row.internal
    assert set(accounts(answer(book, "who mentioned pricing?"))) == {"Acme", "Acme Labs"}
    assert accounts(answer(book, "what was said about pricing since march")) == ["Acme Labs"]
    assert answer(book, "what did Globex say about pricing?").headline == "I found nothing about “pricing”."
    partly = answer(book, "notes about seats and holograms")
    assert partly.headline == "1 passage from 1 account with some of these words, none with all"


def test_what_was_edited_is_not_found_by_its_old_words(book: Clerk) -> None:
    book.bring({
        "calls.csv": "call_id,account_id,owner,activity date,activity type,subject,notes\n"
        "C1,1,ida@us.example,2026-02-20,call,Check-in,Ana is happy\n"
    })  # fmt: skip
    assert answer(book, "what did Acme say about pricing?").rows == ()
    assert len(answer(book, "what did Acme say about happy?").rows) == 1


def test_one_account_from_every_side(book: Clerk) -> None:
    assert answer(book, "how is acme doing?").card is not None
    assert answer(book, "who owns acme labs?").headline == "Ole Berg owns Acme Labs"
    assert answer(book, "when does Globex renew?").rows[0].text == "The contract ends on 30 Apr 2026"
    assert [one.amount for one in answer(book, "how much does acme pay us").sums] == [120_000]
    assert answer(book, "last contact with acme").headline.startswith("Call by Ida Holm, 12 days ago")
    assert answer(book, "who is the champion at acme").headline == "Ana Ruiz"
    assert answer(book, "open tickets for acme").rows[0].text == "Export broken (urgent, open for 58 days)"
    assert answer(book, "what happened with acme in february").total == 1
    assert accounts(answer(book, "compare acme and acme labs")) == ["Acme", "Acme Labs"]
    assert answer(book, "is usage at acme falling?").headline == "I cannot tell: no usage is known for them."
    assert answer(book, "arr of acme").headline.endswith("120,000.00 EUR")


def test_lists_and_figures(book: Clerk) -> None:
    assert accounts(answer(book, "accounts over 5k, biggest first")) == ["Acme", "Acme Labs"]
    assert accounts(answer(book, "enterprise accounts sorted by name")) == ["Acme", "Globex"]
    assert accounts(answer(book, "urgent tickets")) == ["Acme"]
    assert "Acme" in accounts(answer(book, "which accounts are at risk?"))
    assert "Acme" not in accounts(answer(book, "which accounts have no champion"))
    assert answer(book, "my next steps", audience=as_ida(book)).total >= 1
    assert answer(book, "churn last quarter").headline.startswith(("0", "Not available"))


@pytest.mark.parametrize(
    ("text", "name", "offered"),
    [
        ("when does Acme Digital renew?", "Acme Digital", "Acme"),
        ("how is acme lab doing", "acme lab", "Acme Labs"),
        ("tickets of Globex Energie", "Globex Energie", "Globex Energy"),
        ("renewals for globx", "globx", "Globex"),
        ("what did the acme laboratories say about pricing", "acme laboratories", "Acme Labs"),
    ],
)
def test_a_name_that_is_only_like_one_is_asked_about(book: Clerk, text: str, name: str, offered: str) -> None:
    found = ask(book, text)
    assert isinstance(found, Choice)
    assert found.name == name
    assert offered in [one.name for one in found.candidates]


def test_the_account_that_was_chosen_answers_the_question_and_stays_chosen(book: Clerk) -> None:
    asking = book.desk.asking
    found = ask(book, "open tickets of acmee", spot=SPOT)
    assert isinstance(found, Choice)
    acme = parse_id(next(one.id for one in found.candidates if one.name == "Acme")) or 0
    (reply,) = asking.again(SELF, found.question, {squash("acmee"): acme}, SPOT).replies
    assert isinstance(reply, Answer)
    assert reply.account == "Acme"
    assert answer(book, "who owns it?", spot=SPOT).headline == "Ida Holm owns Acme"


def test_follow_ups_in_a_thread_by_another_process(book: Clerk) -> None:
    assert answer(book, "what renews in the next 90 days?", spot=SPOT).total == 2
    assert accounts(answer(book, "only over 50k", spot=SPOT)) == ["Acme"]
    assert answer(book, "how is globex?", spot=SPOT).account == "Globex"
    assert answer(book, "and acme?", spot=SPOT).account == "Acme"
    assert answer(book, "who talked to them last?", spot=SPOT).headline.startswith("Call by Ida Holm")
    elsewhere = replace(SPOT, thread="T2")
    assert isinstance(ask(book, "who talked to them last?", spot=elsewhere), Said)
    assert answer(book, "who owns it?", spot=replace(elsewhere, account="Acme Labs")).account == "Acme Labs"


def test_memory_is_bounded_and_goes(book: Clerk) -> None:
    for _ in range(turns.KEPT + 5):
        ask(book, "how is acme?", spot=SPOT)
    assert len(book.rows_of("ask_turn")) == turns.KEPT
    later = NOW + turns.KEPT_FOR + timedelta(days=1)
    keep_house(replace(book.desk, clock=lambda: later))
    assert book.rows_of("ask_turn") == []


def test_a_turn_is_small_whatever_was_said(book: Clerk) -> None:
    """Also of several long questions, and of far more names than anybody chose accounts for."""
    long = " and ".join(f"what did {'y' * 110}{n} say about {'x' * 110}{n}?" for n in range(5))
    asking = book.desk.asking
    asking.ask(SELF, long, SPOT)
    for n in range(40):
        asking.again(SELF, Status(account="Acme"), {f"{'z' * 100}{n}": 1}, SPOT)
    rows = book.rows_of("ask_turn")
    assert len(rows) == turns.KEPT
    assert max(len(json.dumps([row.questions, row.chosen])) for row in rows) < 4_096


def test_an_opinion_is_kept_for_whom_the_answer_was(book: Clerk) -> None:
    asking, ida = book.desk.asking, as_ida(book)
    replies = asking.ask(ida, "how is acme?", SPOT)
    assert replies.turn is not None
    assert not asking.judge(only_the_asker(SHELL), replies.turn, "bad")
    assert asking.judge(ida, replies.turn, "good")
    assert [row.verdict for row in book.rows_of("ask_turn")] == ["good"]
    assert not asking.judge(ida, "nonsense!", "good")


def test_all_rows_at_once(book: Clerk) -> None:
    many = "".join(f"X{at},1,,2026-02-0{at % 9 + 1},call,Sync,about the rollout {at}\n" for at in range(12))
    book.bring({"calls.csv": "call_id,account_id,owner,activity date,activity type,subject,notes\n" + many})
    asked = SaidQuestion(topic="rollout", account="acme")
    few = answer(book, "what did acme say about the rollout")
    assert (few.question, len(few.rows), few.total) == (asked, 5, 12)
    unfolded = book.desk.asking.rows(SELF, asked, {})
    assert isinstance(unfolded, Answer)
    assert len(unfolded.rows) == 12


@pytest.mark.parametrize("audience", [
    only_the_asker(Actor(Role.GUEST, "slack", name="Visitor")),
    everyone_in(Sharing.EXTERNAL, SHELL),
    everyone_in(Sharing.UNKNOWN, SHELL),
])  # fmt: skip
def test_nothing_internal_for_anybody_else(book: Clerk, audience: Audience) -> None:
    asking = book.desk.asking
    with pytest.raises(NotAllowed):
        asking.ask(audience, "how is acme?")
    with pytest.raises(NotAllowed):
        asking.reading(audience, "how is acme?")
    with pytest.raises(NotAllowed):
        asking.again(audience, Status(account="Acme"), {})
    with pytest.raises(NotAllowed):
        asking.rows(audience, Status(account="Acme"), {})
    with pytest.raises(NotAllowed):
        asking.note(audience, Status(account="Acme"), {}, SPOT)


@pytest.mark.parametrize(
    "text", ["", "???", "'; DROP TABLE account; --", "\x00", 'what did acme say about "NEAR(a*"', "*" * 1_999, "🙂 🙂"]
)
def test_nothing_typed_breaks_it(book: Clerk, text: str) -> None:
    found: Replies = book.desk.asking.ask(SELF, text)
    assert len(found.replies) >= 1


def test_far_too_much_is_said_to_be(book: Clerk) -> None:
    with pytest.raises(BadInput, match="too long for a question: 2,001 characters"):
        book.desk.asking.ask(SELF, "x" * 2_001)


def test_several_questions_at_once(book: Clerk) -> None:
    replies = book.desk.asking.ask(SELF, "when does Acme renew and who owns it?").replies
    assert [one.account for one in replies if isinstance(one, Answer)] == ["Acme", "Acme"]


def test_passages_are_cut_around_the_words() -> None:
    text = "word " * 100 + "the surcharge matters " + "word " * 100
    shown = passage(text, words_of("surcharges"))
    assert "surcharge matters" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 240
