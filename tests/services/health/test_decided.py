"""A score by hand, a risk dismissed, and where a score's points went since a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.audience import SHELL, Actor, Audience, Role, only_the_asker
from bot.domain.ids import parse_id
from bot.services.desk import Desk
from bot.services.errors import BadFields, BadInput, NotAllowed, NotFound
from bot.services.results import AccountCard, HealthWhy
from tests.services.clerk import NOW, SELF, Clerk
from tests.services.health.test_nightly import BOOK, TICKETS, night, urgent

TODAY = NOW.date()
MAYA = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U0MAYA", name="Maya"))
SOON = TODAY + timedelta(days=30)


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring({**BOOK, **urgent(1)})
    return clerk


def one(clerk: Clerk) -> int:
    return parse_id(clerk.find("birch").account_id or "") or 0


def at(clerk: Clerk, days: int) -> Desk:
    return replace(clerk.desk, clock=lambda: NOW + timedelta(days=days))


def card(clerk: Clerk, days: int = 0) -> AccountCard:
    return at(clerk, days).account_card(SELF, one(clerk))


def why(clerk: Clerk, days: int = 0, since: date | None = None) -> HealthWhy:
    return at(clerk, days).why_health(SELF, one(clerk), since)


def test_a_score_by_hand_shows_beside_the_computed_one_and_ends_by_itself(book: Clerk) -> None:
    computed = card(book).health.score
    done = book.desk.health.set_score(MAYA, one(book), 90, " New  sponsor, met on Monday ", SOON)
    assert done.sentence == "Health of Birch is 90 until 3 Apr 2026: New sponsor, met on Monday"
    health = card(book).health
    assert (health.score, health.band, health.computed) == (90, "healthy", computed)
    hand = health.by_hand
    assert hand is not None
    assert (hand.score, hand.by, hand.reason, hand.until) == (90, "Maya", "New sponsor, met on Monday", SOON)
    found = why(book)
    assert (found.score, found.computed, found.by_hand) == (90, computed, hand)
    assert sum(part.points for part in found.inputs) == computed
    assert card(book, 30).health.by_hand == hand
    assert card(book, 31).health.by_hand is None
    book.desk.health.set_score(SELF, one(book), 20, "They gave notice by phone", SOON)
    assert card(book).health.score == 20
    assert len(book.rows("health_override")) == 1


def test_a_score_by_hand_is_cleared_or_taken_back(book: Clerk) -> None:
    computed = card(book).health.score
    first = book.desk.health.set_score(MAYA, one(book), 90, "New sponsor", SOON)
    book.desk.health.clear_score(MAYA, one(book))
    assert card(book).health.score == computed
    with pytest.raises(BadInput, match="nobody has set it"):
        book.desk.health.clear_score(MAYA, one(book))
    second = book.desk.health.set_score(MAYA, one(book), 10, "They gave notice", SOON)
    book.desk.undo_change(SELF, second.change)
    assert card(book).health.score == computed
    with pytest.raises(NotAllowed):
        book.desk.undo_change(SELF, first.change)


def test_the_same_score_set_twice_is_one_decision(book: Clerk) -> None:
    first = book.desk.health.set_score(MAYA, one(book), 90, "New sponsor", SOON)
    written = len(book.rows_of("audit_event"))
    assert book.desk.health.set_score(MAYA, one(book), 90, "New  sponsor ", SOON) == first
    assert len(book.rows_of("audit_event")) == written
    assert book.desk.health.set_score(SELF, one(book), 90, "New sponsor", SOON).change != first.change


@pytest.mark.parametrize(
    ("score", "reason", "until", "fields"),
    [
        (101, "x1", SOON, {"score"}),
        (-1, "", SOON, {"score", "reason"}),
        (50, " \u200b ", SOON, {"reason"}),
        (50, "x" * 301, SOON, {"reason"}),
        (50, "fine", TODAY - timedelta(days=1), {"until"}),
        (50, "fine", TODAY + timedelta(days=367), {"until"}),
    ],
)
def test_what_is_wrong_is_said_under_its_field(
    sqlite_clerk: Clerk, score: int, reason: str, until: date, fields: set[str]
) -> None:
    sqlite_clerk.bring(BOOK)
    with pytest.raises(BadFields) as wrong:
        sqlite_clerk.desk.health.set_score(MAYA, one(sqlite_clerk), score, reason, until)
    assert set(wrong.value.fields) == fields
    assert sqlite_clerk.rows("health_override") == []


@pytest.mark.parametrize("role", [Role.GUEST, Role.READ_ONLY])
def test_who_may_not_decide(sqlite_clerk: Clerk, role: Role) -> None:
    sqlite_clerk.bring({**BOOK, **urgent(1)})
    who: Audience = only_the_asker(replace(SHELL, role=role))
    health, account = sqlite_clerk.desk.health, one(sqlite_clerk)
    with pytest.raises(NotAllowed):
        health.set_score(who, account, 50, "reason", SOON)
    with pytest.raises(NotAllowed):
        health.clear_score(who, account)
    with pytest.raises(NotAllowed):
        health.dismiss(who, account, "open tickets", "reason")
    with pytest.raises(NotAllowed):
        health.restore(who, account, "open tickets")
    with pytest.raises(NotFound):
        health.set_score(MAYA, 12345, 50, "reason", SOON)


def kinds(found: AccountCard) -> set[str]:
    return {risk.kind for risk in found.risks}


def test_a_dismissed_risk_comes_back_with_something_new(book: Clerk) -> None:
    assert "open tickets" in kinds(card(book))
    done = book.desk.health.dismiss(MAYA, one(book), "Open  Tickets", "a test of ours")
    assert done.sentence == (
        "Dismissed for Birch: open tickets (a test of ours). It comes back when there is something new."
    )
    found = card(book)
    assert "open tickets" not in kinds(found)
    [gone] = found.dismissed
    assert (gone.kind, gone.reason, gone.by, gone.on) == ("open tickets", "a test of ours", "Maya", TODAY)
    assert why(book).dismissed == found.dismissed
    book.bring(urgent(2))
    assert "open tickets" in kinds(card(book)), "another ticket is something new"
    assert card(book).dismissed == ()


def test_a_dismissed_risk_is_restored_or_taken_back(book: Clerk) -> None:
    health = book.desk.health
    first = health.dismiss(MAYA, one(book), "open", "a test of ours")
    health.restore(MAYA, one(book), "open tickets")
    assert "open tickets" in kinds(card(book))
    with pytest.raises(BadInput, match="No risk “open tickets” of Birch is dismissed"):
        health.restore(MAYA, one(book), "open tickets")
    second = health.dismiss(MAYA, one(book), "open tickets", "again")
    book.desk.undo_change(SELF, second.change)
    assert "open tickets" in kinds(card(book))
    assert first.change != second.change


@pytest.mark.parametrize(
    ("risk", "reason", "said"),
    [
        ("open tickets", " ", "Say why it is no risk"),
        ("silence", "reason", "There is no risk to dismiss: Last touch 12 days ago"),
        ("declining usage", "reason", "Nothing is known to dismiss: no usage has been recorded"),
        ("weather", "reason", "Which risk? Now there are: open tickets"),
        ("", "reason", "Which risk?"),
    ],
)
def test_what_cannot_be_dismissed(sqlite_clerk: Clerk, risk: str, reason: str, said: str) -> None:
    sqlite_clerk.bring({**BOOK, **urgent(1)})
    with pytest.raises(BadInput, match=said.replace("?", r"\?")):
        sqlite_clerk.desk.health.dismiss(MAYA, one(sqlite_clerk), risk, reason)


def test_every_risk_names_its_rows(book: Clerk) -> None:
    risks = {risk.kind: risk for risk in why(book).risks}
    [row] = risks["open tickets"].evidence
    assert (row.what, row.on, row.quote) == ("ticket", date(2026, 3, 4), "Down 0")
    assert all(risk.evidence_total == len(risk.evidence) for risk in risks.values())


def test_what_changed_since_a_day_adds_up(clerk: Clerk) -> None:
    clerk.bring({**BOOK, "tickets.csv": TICKETS})
    night(clerk)
    night(clerk, 3)
    clerk.bring(urgent(2))
    found = why(clerk, 5, TODAY + timedelta(days=1))
    since = found.since
    assert since is not None
    assert (since.asked, since.on, since.note) == (TODAY + timedelta(days=1), TODAY, None)
    assert since.score is not None
    assert found.computed is not None
    assert since.change == found.computed - since.score == sum(moved.points for moved in since.moved)
    assert since.change is not None
    assert since.change < 0
    support = since.moved[0]
    assert (support.component, support.before, support.after) == ("support", Decimal("100.0"), Decimal("20.0"))
    long_ago = why(clerk, 5, TODAY - timedelta(days=9)).since
    assert long_ago is not None
    assert long_ago.change is None
    assert long_ago.note == "No reading of 23 Feb 2026 was kept: the first one is of 4 Mar 2026."
    bare = clerk.desk.why_health(SELF, parse_id(clerk.find("bare").account_id or "") or 0, TODAY).since
    assert bare is not None
    assert bare.note == "It was unknown then and is unknown now: there is no difference to tell."
