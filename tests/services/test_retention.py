"""Words go when their days are over, and nothing that figures rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.bootstrap import keep_house
from bot.domain.audience import SHELL, Actor, Role, only_the_asker
from bot.domain.policy import PolicyError, RetentionPolicy, parse_policy
from bot.services.errors import NotAllowed
from bot.services.results.erasing import Retention
from bot.storage.chain import Look
from bot.storage.queries.notes import Wanted, proposed
from bot.storage.retention import RULES
from bot.storage.tables import metadata
from tests.services.clerk import NOW, SELF, Clerk
from tests.services.erasing.planting import Planter
from tests.services.erasing.test_person import BOOK, account

ALL = RetentionPolicy.model_validate(
    dict.fromkeys(RULES, 30) | {"questions": 30, "reminders": 400}  # the book's own days lie before that
)
LATER = NOW + timedelta(days=1000)


def let_go(clerk: Clerk, policy: RetentionPolicy, *, at: datetime = LATER, dry_run: bool = False) -> Retention:
    desk = replace(clerk.desk, clock=lambda: at, rules=replace(clerk.desk.policies, retention=policy))
    return desk.retention(SELF, dry_run=dry_run)


def gone(found: Retention) -> dict[str, int]:
    return {one.what: one.rows for one in found.kinds if one.rows}


def test_every_setting_has_a_rule() -> None:
    assert [name for name, _ in RetentionPolicy().days()] == list(RULES)


def test_by_default_nothing_goes_but_old_questions(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK)
    Planter(sqlite_clerk.database, account(sqlite_clerk)).everywhere()
    before = sqlite_clerk.dump()
    found = let_go(sqlite_clerk, RetentionPolicy())
    after = sqlite_clerk.dump()
    assert {name for name in after if after[name] != before[name]} == {"ask_turn", "audit_event"}
    assert {one.what for one in found.kinds if one.days is not None} == {"questions"}


def test_words_go_and_what_figures_rest_on_stays(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    planter = Planter(clerk.database, account(clerk))
    planter.everywhere()
    scores = [(row.score, row.at) for row in clerk.rows("survey_answer")]
    touches = [(row.id, row.at, row.kind, row.people) for row in clerk.rows("interaction")]
    dry = let_go(clerk, ALL, dry_run=True)
    assert gone(dry) == gone(let_go(clerk, ALL))
    assert gone(let_go(clerk, ALL)).keys() <= {"trail"}
    assert set(gone(dry)) >= {"conversations", "answers", "questions", "drafts", "reviews", "leftovers"}
    assert [(row.score, row.at) for row in clerk.rows("survey_answer")] == scores
    assert [(row.id, row.at, row.kind, row.people) for row in clerk.rows("interaction")] == touches
    assert {(row.subject, row.text) for row in clerk.rows("interaction")} == {(None, None)}
    with clerk.database.reading(SELF) as reader:
        assert list(Look(reader).faults()) == []
        assert proposed(reader, Wanted(("discount",)), 10) == {}
        query = sa.select(metadata.tables["audit_event"].c.detail).where(sa.text("action = 'retention'"))
        told = [row[0]["what"] for row in reader.connection.execute(query)]
    assert set(told) == set(gone(dry))


def test_younger_words_stay(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK)  # calls of 1 and 2 January; the clock stands at 4 March
    assert gone(let_go(sqlite_clerk, RetentionPolicy(conversations=61), at=NOW)) == {"conversations": 1}
    assert sorted(row.text or "" for row in sqlite_clerk.rows("interaction")) == ["", "Dana was not there"]


def test_a_review_somebody_approved_is_kept(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK)
    one = account(sqlite_clerk)
    with sqlite_clerk.database.writing(SELF, NOW) as writer:
        for number, deed in ((1, "drafted"), (2, "approved")):
            qbr = metadata.tables["qbr"]
            writer.execute(qbr.insert(), {"id": number, "account_id": one, "first": NOW.date(), "last": NOW.date(),
                                          "words": "Q1", "created_by": "U1", "created_at": NOW, "version": 1,
                                          "state": deed})  # fmt: skip
            version = metadata.tables["qbr_version"]
            writer.execute(version.insert(), {"qbr_id": number, "number": 1, "deed": deed, "state": deed, "by": "U1",
                                              "name": "Ida", "at": NOW, "body": {}})  # fmt: skip
    assert gone(let_go(sqlite_clerk, RetentionPolicy(reviews=90))) == {"reviews": 1}
    assert [row.id for row in sqlite_clerk.rows_of("qbr")] == [2]


def test_reminders_that_are_over_are_emptied_and_not_planned_again(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK | {
        "promises.csv": "id,account_id,quote,by,owner_email,due_on\nQ1,1,A quote,us,ida@us.example,2026-04-01\n"
        "Q2,1,A plan,us,ida@us.example,2026-04-02\n",
        "contracts.csv": "contract_id,account_id,product,quantity,amount,period,currency,starts_on,ends_on\n"
        "K1,1,Core,5,100,month,EUR,2025-05-01,2026-04-30\n",
    })  # fmt: skip
    desk = sqlite_clerk.desk
    for days in range(0, 90, 10):
        replace(desk, clock=lambda at=NOW + timedelta(days=days): at).reminders.plan()
    reminder = metadata.tables["reminder"]
    with sqlite_clerk.database.writing(SELF, NOW) as writer:
        writer.execute(sa.update(reminder).values(state="sent", sent_at=NOW))
    late = replace(desk, clock=lambda: LATER)
    late.reminders.plan()
    before = {row.key for row in sqlite_clerk.rows_of("reminder") if row.state == "planned"}
    assert gone(let_go(sqlite_clerk, RetentionPolicy(reminders=400)))["reminders"] > 0
    with sqlite_clerk.database.writing(SELF, NOW) as writer:
        writer.execute(sa.delete(metadata.tables["planned_through"]))  # look at everything again
    late.reminders.plan()
    assert {row.key for row in sqlite_clerk.rows_of("reminder") if row.state == "planned"} == before


def test_it_is_done_once_a_day(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK)
    desk = replace(sqlite_clerk.desk, rules=replace(sqlite_clerk.desk.policies, retention=ALL), clock=lambda: LATER)
    keep_house(desk)
    assert {row.text for row in sqlite_clerk.rows("interaction")} == {None}
    with sqlite_clerk.database.writing(SELF, NOW) as writer:
        writer.execute(sa.update(metadata.tables["interaction"]).values(text="again"))
    keep_house(desk)
    assert {row.text for row in sqlite_clerk.rows("interaction")} == {"again"}
    keep_house(replace(desk, clock=lambda: LATER + timedelta(days=1)))
    assert {row.text for row in sqlite_clerk.rows("interaction")} == {None}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("conversations: 0", "greater than or equal to 1"),
        ("conversations: never", "forever"),
        ("reminders: 30", "400"),
        ("questions: 31", "30"),
        ("calls: 3", "not known"),
    ],
)
def test_a_bad_file_is_refused_with_its_place(text: str, fault: str) -> None:
    with pytest.raises(PolicyError, match=rf"retention.yml.*line 1.*{fault}"):
        parse_policy(text, "retention.yml")


def test_only_admins_let_go(sqlite_clerk: Clerk) -> None:
    lead = only_the_asker(Actor(Role.LEAD, "slack", name="Lea"))
    with pytest.raises(NotAllowed, match="Only an admin"):
        sqlite_clerk.desk.retention(lead)
    assert sqlite_clerk.desk.retention(only_the_asker(SHELL)).rows == 0
