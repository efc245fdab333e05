"""Drafts about an account of the book: what they read, who may have them, what is kept of a run."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.audience import Actor, Audience, Clearance, Role, only_the_asker
from bot.domain.ids import parse_id
from bot.llm import Limits
from bot.services.errors import NotAllowed, NotFound
from bot.services.results.skills import SkillDraft
from bot.services.skills.desk import Drafting
from bot.services.skills.ledger import StoredLedger
from skills.model import LLMUnavailable, Prompt, Reply, Usage
from tests.services.clerk import NOW, SELF, Clerk, clock

SECRET = "zephyr-clause"
BOOK = {
    "accounts.csv": "id,name,domain,owner email\n1,Birch,birch.example,ida@us.example\n2,Oak,oak.example,\n",
    "members.csv": "id,name,email,team,manager\nM1,Ida Holm,ida@us.example,North,\n",
    "people.csv": "id,account id,name,email,title\nP1,1,Dana White,dana@birch.example,CFO\n",
    "interactions.csv": "id,account_id,at,kind,direction,author_email,people,subject,text,client_safe,by_customer,url\n"
    f"C1,1,2026-03-01T09:00:00Z,call,,ida@us.example,Dana White,Price,"
    f"Dana asked for a discount of 12 percent on the renewal. Our floor is the {SECRET}.,,,https://m.example/1\n"
    "C2,1,2026-02-20T09:00:00Z,email,in,,Dana White,Archive,"
    "We are evaluating another vendor for the archive. See https://evil.example for details.,true,true,\n"
    "C3,1,2026-02-10T09:00:00Z,meeting,,ida@us.example,Dana White,Pilot,"
    "The board approved the pilot in Lyon.,true,,\n"
    "C4,2,2026-02-25T09:00:00Z,call,,,,,Oak wants to cancel everything at once.,,,\n"
    "C5,1,2024-02-25T09:00:00Z,call,,ida@us.example,,,Birch decided to leave the old portal.,,,\n",
    "promises.csv": "promise_id,account_id,quote,by,owner email,made on,due on,kept on,status\n"
    "Q1,1,Send the price list,us,ida@us.example,2026-02-10,2026-02-20,,open\n",
    "tickets.csv": "ticket_id,account_id,opened at,solved at,status,priority,subject\n"
    "T2,1,2026-02-02T08:00:00Z,,open,urgent,Export is broken for everybody\n",
}  # fmt: skip


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    return clerk


def account(clerk: Clerk) -> int:
    return parse_id(clerk.find("Birch").account_id or "") or 0


def drafted(clerk: Clerk, skill: str, audience: Audience = SELF, drafting: Drafting | None = None) -> SkillDraft:
    desk = replace(clerk.desk, drafting=drafting or Drafting())
    return desk.draft_skill(audience, account(clerk), skill)


def quotes(found: SkillDraft) -> list[str]:
    return [point.quote for section in found.sections for point in section.points if point.quote]


def test_a_brief_says_what_matters_with_its_sources(book: Clerk) -> None:
    found = drafted(book, "brief")
    said = quotes(found)
    assert "Dana asked for a discount of 12 percent on the renewal." in said
    assert "The board approved the pilot in Lyon." in said
    assert "Send the price list" in said
    assert not any("Oak" in quote or "old portal" in quote or "evil.example" in quote for quote in said)
    (price,) = [one for section in found.sections for one in section.points if "discount" in (one.quote or "")]
    assert price.sources[0].link == "https://m.example/1"
    assert price.sources[0].who == "Ida Holm with Dana White"
    assert price.internal
    assert found.written_by == "rules"


def test_a_customers_words_are_theirs(book: Clerk) -> None:
    found = drafted(book, "brief")
    (vendor,) = [one for section in found.sections for one in section.points if "vendor" in (one.quote or "")]
    assert vendor.sources[0].who == "Dana White"
    assert vendor.text == ""


@pytest.mark.parametrize("skill", ["brief", "handoff", "risk", "checkin"])
def test_every_skill_drafts(book: Clerk, skill: str) -> None:
    found = drafted(book, skill)
    assert not found.is_empty
    assert SkillDraft.model_validate_json(found.model_dump_json()) == found


def test_a_message_to_the_customer_has_nothing_internal(book: Clerk) -> None:
    found = drafted(book, "checkin")
    assert found.for_customer
    assert "The board approved the pilot in Lyon." in quotes(found)
    assert SECRET not in found.model_dump_json()
    assert "discount" not in found.model_dump_json()
    assert not any(point.internal for section in found.sections for point in section.points)


def test_only_insiders_get_one(book: Clerk) -> None:
    guest = only_the_asker(Actor(Role.GUEST, "slack"))
    outside = Audience(Actor(Role.ADMIN, "slack"), Clearance.NOTHING)
    for audience in (guest, outside):
        with pytest.raises(NotAllowed):
            drafted(book, "brief", audience)


def test_what_there_is_not_is_said(book: Clerk) -> None:
    with pytest.raises(NotFound, match="brief, checkin"):
        drafted(book, "poem")
    with pytest.raises(NotFound, match="command of its own"):
        drafted(book, "qbr")


class Parrot:
    """A model that has nothing of its own to say."""

    def draft(self, prompt: Prompt, seconds: float) -> Reply:
        assert SECRET in prompt.evidence
        assert seconds > 1
        raise LLMUnavailable("it is a parrot", Usage(model="parrot", tokens_in=5, tokens_out=0))


def test_a_run_is_logged_without_a_word_of_the_customer(book: Clerk) -> None:
    found = drafted(book, "brief", drafting=Drafting(model=Parrot()))
    assert found.note == "Written without a model: it is a parrot."
    (row,) = book.rows_of("skill_run")
    assert (row.skill, row.written_by, row.reason, row.model, row.draft) == (
        "brief", "rules", "it is a parrot", "parrot", None,
    )  # fmt: skip
    assert row.claims == sum(len(section.points) for section in found.sections)
    assert "discount" not in str(row)
    drafted(book, "brief", drafting=Drafting(keep_text=True))
    assert "discount" in str(book.rows_of("skill_run")[-1].draft)


def test_budgets_are_of_a_day_and_shared(book: Clerk) -> None:
    desk = book.desk
    one, other = (StoredLedger(book.database, clock, desk.zone) for _ in range(2))
    limits = Limits(person_tokens=1_000, day_tokens=1_500, day_cost=None)
    call = one.set_aside("U1", 700, 200, limits)
    with pytest.raises(LLMUnavailable, match="your budget"):
        other.set_aside("U1", 200, 0, limits)
    one.settle(call, 500, 100, limits)
    other.set_aside("U1", 200, 0, limits)
    with pytest.raises(LLMUnavailable, match="the day's budget"):
        other.set_aside("U2", 900, 0, limits)
    tomorrow = StoredLedger(book.database, lambda: NOW.replace(day=NOW.day + 1), desk.zone)
    tomorrow.set_aside("U1", 900, 0, limits)


def test_money_is_a_budget_too(book: Clerk) -> None:
    ledger = StoredLedger(book.database, clock, book.desk.zone)
    limits = Limits(None, None, Decimal("1.00"), Decimal(2), Decimal(8))
    call = ledger.set_aside("U1", 100_000, 50_000, limits)  # 0.20 + 0.40
    ledger.set_aside("U2", 100_000, 25_000, limits)  # 0.20 + 0.20
    with pytest.raises(LLMUnavailable, match="the day's budget"):
        ledger.set_aside("U3", 1_000, 0, limits)
    ledger.settle(call, 0, 0, limits)
    ledger.set_aside("U3", 1_000, 0, limits)
