"""Reviews as they are kept: versions are added, never overwritten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.audience import Actor, Audience, Role, only_the_asker
from bot.storage import identities, qbrs
from bot.storage.database import Database
from bot.storage.qbrs import Version

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
MAYA = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U1", name="Maya"))
LAST = date(2026, 9, 30)
ACCOUNT = 77


@pytest.fixture
def review(database: Database) -> int:
    with database.writing(MAYA, NOW) as writer:
        identities.register(writer, "account", [ACCOUNT], writer.begin_change("edit"))
        version = Version("drafted", "drafted", {"words": ["one"]}, "by rules")
        return qbrs.create(writer, ACCOUNT, date(2026, 7, 1), LAST, "Q3 2026", version)


def _add(database: Database, review: int, seen: int, version: Version, audience: Audience = MAYA) -> int | None:
    with database.writing(audience, NOW + timedelta(hours=seen)) as writer:
        return qbrs.add(writer, review, seen, version)


def test_a_version_comes_after_the_one_that_was_seen(database: Database, review: int) -> None:
    assert _add(database, review, 1, Version("edited", "edited", {"words": ["two"]}, "wins edited")) == 2
    assert _add(database, review, 1, Version("edited", "edited", {"words": ["three"]})) is None
    with database.reading(MAYA) as reader:
        row = qbrs.newest(reader, review)
        first = qbrs.numbered(reader, review, 1)
        history = qbrs.history(reader, review)
    assert row is not None
    assert first is not None
    assert (row.number, row.body, row.state, row.name, row.by) == (2, {"words": ["two"]}, "edited", "Maya", "U1")
    assert first.body == {"words": ["one"]}
    assert [(one.deed, one.note) for one in history] == [("drafted", "by rules"), ("edited", "wins edited")]


def test_only_an_approved_review_is_carried_over(database: Database, review: int) -> None:
    def carried(last: date) -> str | None:
        with database.reading(MAYA) as reader:
            row = qbrs.approved_before(reader, ACCOUNT, last)
            return row.words if row is not None else None

    assert carried(date(2026, 12, 31)) is None
    _add(database, review, 1, Version("approved", "approved", {}))
    assert carried(date(2026, 12, 31)) == "Q3 2026"
    assert carried(LAST) is None
    _add(database, review, 2, Version("undone", "drafted", {}))
    assert carried(date(2026, 12, 31)) is None


def test_a_second_opinion_replaces_the_first(database: Database, review: int) -> None:
    for verdict in ("good", "bad"):
        with database.writing(MAYA, NOW) as writer:
            qbrs.feedback(writer, review, "good" if verdict == "good" else "bad", 1)
    with database.reading(MAYA) as reader:
        assert qbrs.verdicts(reader, review) == {"U1": "bad"}
