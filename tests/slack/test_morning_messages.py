"""The morning message and the weekly line: what they say aloud, their menus, and that nothing in them breaks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import id_text
from bot.services.results.matters import Acted, Morning, MorningLine, Weekly
from bot.slack.render.dates import Days
from bot.slack.render.reminders.message import message_of
from tests.slack.test_reminder_messages import DAYS, HOSTILE, NOW, aloud, sound
from tests.slack.test_render import monstrous


def line(number: int = 1, **more: Any) -> MorningLine:
    given: dict[str, Any] = {
        "account_id": id_text(number),
        "account": f"Acme {number}",
        "reason": "The notice deadline of contract C-1 is on 3 Apr 2026, in 30 days.",
        "step": "Find out whether they give notice, and record it.",
        "id": id_text(100 + number),
        "rule": "renewal",
        **more,
    }
    return MorningLine(**given)


OVERDUE = line(
    2, reason="“send the questionnaire” was due on 2 Mar 2026, 2 days ago.", step="Keep it today.", id=None, rule=None,
    promise=id_text(55), also=("a check-in is due",),
)  # fmt: skip


def test_read_aloud() -> None:
    says = Morning(on=NOW.date(), lines=(OVERDUE, line(rule="check-in")), left_out="3 more check-ins.")
    message = sound(message_of(says, DAYS))
    assert aloud(message).splitlines() == [
        "Wed 4 Mar 2026: 2 things to see to, what matters most first",
        "Acme 2: “send the questionnaire” was due on 2 Mar, 2 days ago.",
        "→ Keep it today. · also: a check-in is due",
        "[1 Kept / Missed / No longer needed / Open account v]",
        "Acme 1: The notice deadline of contract C-1 is on 3 Apr, in 30 days.",
        "→ Find out whether they give notice, and record it.",
        "[2 Done / Snooze: next business morning / Log a touch… / Open account / Why this? v]",
        "3 more check-ins. · Its time, or none at all: `/account settings`",
    ]
    assert message.text == (
        "*Wed 4 Mar 2026*: 2 things to see to, what matters most first; first *Acme 2*: “send the questionnaire” was "
        "due on 2 Mar, 2 days ago."
    )


@pytest.mark.parametrize(
    ("rule", "menu"),
    [
        ("renewal", "Done / Snooze: next business morning / Not renewing… / Open account / Why this?"),
        ("check-in", "Done / Snooze: next business morning / Log a touch… / Open account / Why this?"),
        ("promise", "Kept / Snooze: next business morning / Snooze: pick a date… / Open account / Why this?"),
        ("alert", "Done / Snooze: next business morning / Snooze: pick a date… / Open account / Why this?"),
    ],
)
def test_every_line_has_what_can_be_done_about_it(rule: str, menu: str) -> None:
    assert f"[1 {menu} v]" in aloud(message_of(Morning(on=NOW.date(), lines=(line(rule=rule),)), DAYS))


def test_what_was_done_stays_in_its_place() -> None:
    done = Acted(how="done", by="Maya", at=NOW, undoable=True)
    touched = Acted(how="done", by="Maya", at=NOW, why="somebody spoke with them")
    lines = (line(acted=done), line(2, rule="check-in", acted=touched), line(3))
    text = aloud(message_of(Morning(on=NOW.date(), lines=lines), DAYS)).splitlines()
    assert text[0] == "Wed 4 Mar 2026: 1 thing to see to"
    assert text[2:4] == ["✓ Done by Maya, 08:00", "[1 Undo]"]
    assert text[5:7] == ["✓ Done by Maya: somebody spoke with them, 08:00", "[2 Open account / Why this? v]"]
    text = aloud(message_of(Morning(on=NOW.date(), lines=lines[:2]), DAYS)).splitlines()
    assert text[0] == "Wed 4 Mar 2026: all done"


def test_late_and_for_somebody_else() -> None:
    says = Morning(on=NOW.date(), lines=(line(),), late_since=NOW - timedelta(hours=3), repeat=True)
    small = aloud(message_of(says, DAYS)).splitlines()[-1]
    assert small == (
        "Was due 05:00, I was not running then · May be a repeat: I could not see whether it arrived before · "
        "Its time, or none at all: `/account settings`"
    )


def test_twenty_hostile_lines_fit() -> None:
    lines = tuple(
        line(n, account=HOSTILE, reason=HOSTILE, step=HOSTILE, also=(HOSTILE,) * 9, rule="check-in") for n in range(20)
    )
    message = sound(message_of(Morning(on=NOW.date(), lines=lines, left_out=HOSTILE), DAYS))
    assert len(message.blocks) == 22


@monstrous
@given(st.text(min_size=1, max_size=3_000))
def test_no_text_breaks_them(text: str) -> None:
    acted = Acted(how="dismissed", by=text, at=NOW, why=text, undoable=True)
    lines = (line(account=text, reason=text, step=text, also=(text,)), line(2, account=text, reason=text, acted=acted))
    sound(message_of(Morning(on=NOW.date(), lines=lines, left_out=text), DAYS))
    sound(message_of(Weekly(on=NOW.date(), lines=(text, text), advice=text, orphans=(text,) * 9), DAYS))


def test_the_weekly_line_read_aloud() -> None:
    says = Weekly(
        on=NOW.date(),
        lines=("Renewals: 12 sent, 7 acted on, 3 snoozed, 2 ignored.", "Promises: 2 sent, 2 acted on, 0 ignored."),
        advice="Most renewal reminders led to nothing: drop the milestones nobody acts on, in renewals.yml.",
        orphans=tuple(f"Oak {number}" for number in range(7)),
        late_since=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    )
    message = sound(message_of(says, Days(NOW.date())))
    assert aloud(message).splitlines() == [
        "The week before Wed 4 Mar 2026: what I told your team, and what became of it",
        "Renewals: 12 sent, 7 acted on, 3 snoozed, 2 ignored.",
        "Promises: 2 sent, 2 acted on, 0 ignored.",
        "Next: Most renewal reminders led to nothing: drop the milestones nobody acts on, in renewals.yml.",
        "Nobody to tell: 7 accounts without anybody I can reach. Give them an owner.",
        "• Oak 0", "• Oak 1", "• Oak 2", "• Oak 3", "• Oak 4", "and 2 more",
        "Was due Mon 2 Mar 2026, 08:00, I was not running then",
    ]  # fmt: skip
