"""What a draft says: exact figures, promises and their fate, sentences with rows behind them, gaps named."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.domain.audience import Actor, Role, only_the_asker
from bot.services.errors import BadInput, NotAllowed
from bot.services.kpi.ask import KpiQuestion
from bot.services.qbr.drafting import Wanted
from bot.services.qbr.wording import say
from bot.services.results.qbr import Qbr
from tests.services.clerk import SELF
from tests.services.qbr.book import SECRETS
from tests.services.qbr.conftest import Room, id_of


def _figure(qbr: Qbr, key: str) -> tuple[str, str | None]:
    found = next(one for one in qbr.body.figures if one.key == key)
    return found.shown, found.previous


def test_figures_are_those_of_the_kpi_services(room: Room) -> None:
    qbr = room.draft()
    assert (qbr.period, qbr.before) == ("Q4 2025", "Q3 2025")
    for key in ("ttr", "csat", "nps", "ces"):
        this, before = (
            room.desk.kpi(SELF, KpiQuestion(key, "account:Nordwind Logistics", quarter)).figures[0]
            for quarter in ("2025-Q4", "2025-Q3")
        )
        assert _figure(qbr, key)[0] == (this.shown if this.value is not None else "not known")
        assert _figure(qbr, key)[1] == (before.shown if before.value is not None else None)
    assert _figure(qbr, "usage") == ("280", "210")
    assert _figure(qbr, "seats") == ("310 of 400 (78 %)", None)
    assert _figure(qbr, "opened") == ("4", "3")
    assert _figure(qbr, "urgent") == ("1", "0")
    assert _figure(qbr, "broken") == ("2 of 3", None)
    assert _figure(qbr, "arr") == ("EUR 73,456", None)


def test_months_are_counted_and_nothing_is_made_up(room: Room) -> None:
    months = {one.first.month: one for one in room.draft().body.months}
    assert [months[month].usage for month in (7, 10, 12)] == [Decimal(200), Decimal(250), Decimal(310)]
    assert [months[month].opened for month in (7, 8, 9, 10, 11, 12)] == [1, 1, 1, 1, 1, 2]


def test_promises_are_told_with_what_became_of_them(room: Room) -> None:
    body = room.draft().body
    assert [(one.text, one.fate) for one in body.promises] == [
        ("Train the night shift", "kept"),
        ("Fix the slow exports", "late"),
        ("Send the audit log plan", "missed"),
    ]
    assert [one.text for one in body.actions] == ["Name an administrator for Berlin"]


def test_every_sentence_has_rows_behind_it(room: Room) -> None:
    qbr = room.draft()
    known = {one.id: one for one in qbr.body.sources}
    assert len(qbr.body.sentences) > 5
    for one in qbr.body.sentences:
        assert one.sources or one.figures, say(one, qbr)
        assert set(one.sources) <= set(known)
        if one.quote is not None:
            assert one.quote in known[one.quoted or ""].text
        assert one.internal is any(known[source].internal for source in one.sources)


def test_nothing_that_is_quoted_is_from_another_time(room: Room) -> None:
    room.clerk.bring(
        {
            "later.csv": "id,account_id,at,kind,subject,text,client_safe\n"
            "L1,A1,2026-01-02T10:00:00Z,call,Late,They decided to cancel everything next week,true\n"
            "L2,A1,2025-05-02T10:00:00Z,call,Early,They decided to cancel everything last week,true\n"
        }
    )
    assert "cancel everything" not in room.draft().model_dump_json()


def test_a_quiet_account_gets_a_draft_that_says_what_is_missing(room: Room) -> None:
    qbr = room.draft(name="Quiet GmbH")
    assert qbr.body.sentences == ()
    assert qbr.body.months[0].usage is None
    gaps = " ".join(qbr.body.missing)
    for gap in ("No usage is recorded", "No conversation is recorded in Q4 2025", "No survey was ever answered"):
        assert gap in gaps
    assert room.files(qbr, "champion")["pptx"]


def test_the_newest_word_on_a_matter_stands(room: Room) -> None:
    room.clerk.bring(
        {
            "turn.csv": "id,account_id,at,kind,subject,text,client_safe\n"
            "X1,A1,2025-10-15T10:00:00Z,call,SSO,Ana complained that single sign-on is broken and unresolved,true\n"
            "X2,A1,2025-12-20T10:00:00Z,call,SSO,Ana no longer complained: single sign-on is broken no more,true\n"
        }
    )
    told = [say(one, qbr) for qbr in [room.draft()] for one in qbr.body.sentences]
    assert not [one for one in told if "broken and unresolved" in one]


def test_an_unknown_period_or_too_little_right_drafts_nothing(quick_room: Room) -> None:
    with pytest.raises(BadInput, match="has not begun"):
        quick_room.draft("Q4 2031")
    for role in (Role.GUEST, Role.READ_ONLY):
        audience = only_the_asker(Actor(role, "slack", slack_user_id="U9", name="Nobody"))
        with pytest.raises(NotAllowed):
            quick_room.desk.reviews.draft(audience, Wanted(quick_room.account()))
    assert quick_room.clerk.rows_of("qbr") == []


def test_the_next_review_reports_on_the_plan_of_the_last(room: Room) -> None:
    first = room.draft()
    room.desk.reviews.approve(SELF, id_of(first), 1, "internal")
    room.clerk.bring(
        {
            "promises.csv": "id,account_id,quote,by,due_on,made_on,kept_on\n"
            "M4,A1,Name an administrator for Berlin,them,2026-03-20,2025-12-15,2026-03-25\n"
        }
    )
    room.now = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)
    second = room.draft()
    assert (second.period, second.body.last_review) == ("Q1 2026", "Q4 2025")
    carried = {one.text: (one.fate, one.from_last_review) for one in second.body.promises}
    assert carried["Name an administrator for Berlin"] == ("late", True)
    assert not any("earlier review" in gap for gap in second.body.missing)


@pytest.mark.parametrize("secret", SECRETS)
def test_the_teams_copy_has_what_the_team_knows(quick_room: Room, secret: str) -> None:
    body = quick_room.draft().body
    assert any(secret in one.text for one in body.sources)
