"""Reminders as messages: what they say aloud, their buttons, and that nothing in them breaks or pings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import id_text
from bot.sandbox.render_text import render
from bot.services.reminders.own import Wish
from bot.services.results import Sum
from bot.services.results.matters import (
    Acted,
    AlertMatter,
    Because,
    CheckInMatter,
    Matter,
    OwnMatter,
    PromiseMatter,
    Reminding,
    RenewalMatter,
    Subject,
    WhyReminded,
)
from bot.services.results.own import OwnList, OwnReminder, Question
from bot.slack.limits import fit, violations
from bot.slack.render.dates import Days
from bot.slack.render.parts import Message
from bot.slack.render.reminders.message import reminder_message
from bot.slack.render.reminders.own_set import own_list, own_set, question
from bot.slack.render.reminders.why import why_message
from tests.slack.oracle import problems
from tests.slack.test_render import PING, monstrous, words

NOW = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
DAYS = Days(NOW.date())
HOSTILE = "<!channel> <@U0MAYA> *x* `y` <https://evil|click> \u202egnp\n" + "ä" * 400
ACME = Subject(id=id_text(4711), name="Acme", owner="Maya", arr=(Sum(amount=Decimal(120000), currency="EUR"),))


def matters(text: str | None = None, **more: Any) -> dict[str, Matter]:
    """One of each rule; with `text` in every place that may hold somebody's words."""
    subject = ACME if text is None else Subject(id=ACME.id, name=text, owner=text, arr=ACME.arr)
    base: dict[str, Any] = {"id": id_text(99), "subject": subject, "why": text or "a step of the ladder", **more}
    said = {"step": text or "Talk to them.", "missing": (text or "no touch for 43 days", "no next step noted")}
    return {
        "renewal": RenewalMatter(
            **base, **said, contract=text or "C-1", leads="notice", lead_on=date(2026, 4, 3), days_left=30,
            ends_on=date(2026, 6, 30), notice_on=date(2026, 4, 3), renews=True,
        ),
        "check-in": CheckInMatter(
            **base, **said, due_on=NOW.date(), cadence_days=30, touch_on=date(2026, 2, 2), touch_days=30,
            touch_kind=text or "call", touch_by=text or "Maya", stops=False,
        ),
        "promise": PromiseMatter(
            **base, step="Keep it, or tell them a new date now.", quote=text or "send the questionnaire", by="us",
            owner=text or "Maya", due_on=date(2026, 3, 9), days_left=5,
        ),
        "own": OwnMatter(
            **base, text=text or "send pricing", set_by=text or "Maya", due_at=NOW, next_at=NOW + timedelta(days=14)
        ),
        "alert": AlertMatter(**base, step="Look at the account.", sentence=text or "Active users fell 23 %."),
    }  # fmt: skip


def aloud(message: Message) -> str:
    """As the terminal shows it."""
    return render(list(fit(message).blocks)).text


def sound(message: Message) -> Message:
    fitted = fit(message)
    assert not list(violations(fitted))
    assert problems("blocks", list(fitted.blocks)) == ()
    assert not PING.search(words(fitted))
    return fitted


def test_a_renewal_in_four_lines() -> None:
    lines = aloud(reminder_message(Reminding(matters=(matters()["renewal"],)), DAYS)).splitlines()
    assert lines[:4] == [
        "Acme: notice deadline Fri 3 Apr 2026 (in 30 days)",
        "€120,000 ARR · Without notice it renews by itself after 30 Jun.",
        "Next: Talk to them.",
        "Missing: no touch for 43 days · no next step noted",
    ]
    assert "Done" in lines[5]
    assert "Snooze" in lines[5]
    assert "Reassign" in lines[5]
    assert "Not renewing" in lines[5]
    assert "Open" in lines[5]
    assert "Why this?" in lines[5]


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("check-in", "Acme: check-in due Wed 4 Mar 2026 (today)"),
        ("promise", "Acme: Maya promised “send the questionnaire”, due Mon 9 Mar 2026 (in 5 days)"),
        ("own", "Acme: send pricing"),
        ("alert", "Acme: Active users fell 23 %."),
    ],
)
def test_what_happened_comes_first(rule: str, first: str) -> None:
    message = reminder_message(Reminding(matters=(matters()[rule],)), DAYS)
    assert aloud(message).splitlines()[0] == first
    assert message.text.replace("*", "") == first


def test_what_is_due_together_is_a_line_each() -> None:
    found = matters()
    several = tuple(
        one.model_copy(update={"id": id_text(number)})
        for number, one in enumerate((found["renewal"], found["promise"], found["check-in"]), 1)
    )
    text = aloud(reminder_message(Reminding(matters=several), DAYS))
    assert text.splitlines()[0] == "Acme: 3 things to look at · €120,000 ARR"
    assert [line for line in text.splitlines() if line.startswith("• ")] == [
        "• Notice deadline Fri 3 Apr 2026 (in 30 days)",
        "• Maya promised “send the questionnaire”, due Mon 9 Mar 2026 (in 5 days)",
        "• Check-in due Wed 4 Mar 2026 (today)",
    ]


@pytest.mark.parametrize(
    ("acted", "sentence"),
    [
        (Acted(how="done", by="Maya", at=NOW, undoable=True), "✓ Done by Maya, 08:00"),
        (
            Acted(how="snoozed", by="Maya", at=NOW, until=NOW + timedelta(days=1), undoable=True),
            "✓ Snoozed until Thu 5 Mar 2026, 08:00 by Maya, 08:00",
        ),
        (Acted(how="reassigned", by="Maya", at=NOW, to="Jonas"), "✓ Handed to Jonas by Maya, 08:00"),
        (Acted(how="not renewing", by="Maya", at=NOW, why="price"), "✓ Not renewing: price, recorded by Maya, 08:00"),
        (Acted(how="dismissed", by="Maya", at=NOW, why="missed"), "✓ Closed by Maya: missed, 08:00"),
        (
            Acted(how="overtaken", by=None, at=NOW - timedelta(days=2), why="the dates of the contract changed"),
            "✓ No longer needed: the dates of the contract changed, Mon 2 Mar 2026, 08:00",
        ),
    ],
)
def test_what_became_of_it_stands_in_place_of_the_buttons(acted: Acted, sentence: str) -> None:
    text = aloud(reminder_message(Reminding(matters=(matters(acted=acted)["renewal"],)), DAYS))
    assert sentence in text.splitlines()
    assert "Done]" not in text
    assert ("Undo" in text) is acted.undoable
    assert "Next:" not in text


def test_late_repeated_and_for_somebody_else() -> None:
    says = Reminding(
        matters=(matters()["renewal"],),
        late_since=NOW - timedelta(hours=3),
        repeat=True,
        instead_of="Maya Lindqvist",
        because="Maya Lindqvist is away until 12 Mar 2026",
    )
    small = aloud(reminder_message(says, DAYS)).splitlines()[4]
    assert small == (
        "A step of the ladder · For Maya Lindqvist: Maya Lindqvist is away until 12 Mar · Was due 05:00, I was not "
        "running then · May be a repeat: I could not see whether it arrived before"
    )


@pytest.mark.parametrize("rule", ["renewal", "check-in", "promise", "own", "alert"])
@pytest.mark.parametrize("together", [1, 30])
def test_hostile_words_neither_ping_nor_break(rule: str, together: int) -> None:
    one = matters(HOSTILE)[rule]
    many = tuple(one.model_copy(update={"id": id_text(number)}) for number in range(1, together + 1))
    says = Reminding(matters=many, instead_of=HOSTILE, because=HOSTILE)
    message = sound(reminder_message(says, DAYS))
    assert len(message.blocks) <= 50


@monstrous
@given(st.text(min_size=1, max_size=3_000))
def test_no_text_breaks_a_message(text: str) -> None:
    acted = Acted(how="dismissed", by=text, at=NOW, why=text, undoable=True)
    for one in (*matters(text).values(), *matters(text, acted=acted).values()):
        sound(reminder_message(Reminding(matters=(one,)), DAYS))
        sound(reminder_message(Reminding(matters=(one, one.model_copy(update={"id": "z"}))), DAYS))


def own(**more: Any) -> OwnReminder:
    given: dict[str, Any] = {
        "id": id_text(7),
        "text": "send pricing",
        "when": "every other Tuesday at 09:00",
        "phrase": "every other Tuesday at 9",
        "zone": "Europe/Berlin",
        "repeats": True,
        "anchored": False,
        "next": tuple(NOW + timedelta(days=days) for days in (6, 20, 34)),
        "state": "active",
        "account_id": id_text(4711),
        "account": "Acme",
        "channel": None,
        "set_by": "U0MAYA",
        "set_by_name": "Maya",
        **more,
    }
    return OwnReminder(**given)


def test_what_was_set_is_read_back_with_three_dates_and_an_undo() -> None:
    lines = aloud(own_set(own(), DAYS)).splitlines()
    assert lines == [
        "I will remind you: send pricing (Acme)",
        "every other Tuesday at 09:00 (Europe/Berlin): Tue 10 Mar 2026, 08:00 · Tue 24 Mar 2026, 08:00 · "
        "Tue 7 Apr 2026, 08:00",
        "[1 Undo] [2 Edit] [3 My reminders]",
    ]


def test_once_anchored_paused_and_for_a_channel() -> None:
    once = own(repeats=False, next=(NOW,), when="Wed 4 Mar 2026 at 09:00", note="No time was said, so 09:00.")
    assert aloud(own_set(once, DAYS)).splitlines()[1:3] == [
        "Wed 4 Mar 2026, 08:00 (Europe/Berlin)",
        "No time was said, so 09:00.",
    ]
    anchored = own(repeats=False, anchored=True, next=(NOW,), when="2 business days before renewal at 09:00")
    assert "before renewal at 09:00: Wed 4 Mar 2026, 08:00 (Europe/Berlin); it moves" in aloud(own_set(anchored, DAYS))
    assert "of which the day is not known now" in aloud(own_set(anchored.model_copy(update={"next": ()}), DAYS))
    assert "paused" in aloud(own_set(own(state="paused"), DAYS))
    assert fit(own_set(own(channel="C0ACCOUNTS"), DAYS)).text.startswith("I will remind everybody in <#C0ACCOUNTS>:")


def test_a_question_offers_what_may_be_meant() -> None:
    asked = Question(question="Which day is meant?", choices=("Fri 6 Mar 2026 at 09:00", "Fri 13 Mar 2026 at 09:00"))
    text = aloud(question(asked, Wish("call Ana", "next Friday")))
    assert text.splitlines() == [
        "Which day is meant? For: call Ana",
        "[1 Fri 6 Mar 2026 at 09:00] [2 Fri 13 Mar 2026 at 09:00]",
        "Nothing is set yet. Press what you meant, or say it in other words.",
    ]
    sound(question(asked, Wish("ä" * 300, "next Friday", 4711, "C0ACCOUNTS")))


def test_lists_stay_within_limits_whatever_is_in_them() -> None:
    many = tuple(own(id=id_text(number), text=HOSTILE[:300], account=HOSTILE) for number in range(1, 60))
    found = OwnList(mine=many, channel=(own(id=id_text(1000), channel="C1"),), as_of=NOW)
    for page in (1, 8, 99):
        message = own_list(found, page, DAYS)
        assert not list(violations(fit(message)))
        assert "<!channel>" not in words(message)
    assert "None yet" in aloud(own_list(OwnList(mine=(), channel=(), as_of=NOW), 1, DAYS))


def test_why_reads_as_sentences() -> None:
    found = WhyReminded(
        id=id_text(1),
        matter=matters()["renewal"],
        rule="renewal",
        wanted_at=NOW,
        sent_at=NOW,
        because=(
            Because(label="Rule", sentence="Renewals are told 30, 14, 0 days ahead (renewals.yml, default)."),
            Because(label="Counts to", sentence="3 Apr 2026, the notice deadline of contract C-1."),
        ),
        next_at=None,
    )
    assert aloud(why_message(found, DAYS)).splitlines() == [
        "Why you were told: Acme: notice deadline Fri 3 Apr 2026 (in 30 days)",
        "Rule: Renewals are told 30, 14, 0 days ahead (renewals.yml, default).",
        "Counts to: 3 Apr, the notice deadline of contract C-1.",
        "Sent: Wed 4 Mar 2026, 08:00",
        "Next: nothing is planned",
        "Fewer of them: change the file named above, or your quiet hours and morning message in my Home tab.",
    ]
    hostile = found.model_copy(update={"because": (Because(label="Rule", sentence=HOSTILE),) * 8})
    sound(why_message(hostile, DAYS))
