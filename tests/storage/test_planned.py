"""What the planner remembers: every change is looked at, however late it is published, and none twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.domain.audience import Audience
from bot.domain.ids import id_after, new_id
from bot.storage import batches, planned
from bot.storage.database import Database, Lease, Writer
from bot.storage.planned import News
from bot.storage.tables import change, entity, planned_change
from tests.conftest import NOW

LATER = NOW + timedelta(hours=1)


def news(database: Database, audience: Audience, rules: str = "r") -> News:
    with database.reading(audience) as reader:
        return planned.news(reader, rules)


def look(database: Database, audience: Audience, rules: str = "r") -> News:
    """Look at what is new, and remember that."""
    seen = news(database, audience, rules)
    with database.writing(audience, NOW) as writer:
        planned.remember(writer, seen, rules)
    return seen


def edit(database: Database, audience: Audience) -> int:
    with database.writing(audience, NOW) as writer:
        return writer.begin_change("edit")


def aged(writer: Writer, one: int, minutes: int) -> None:
    """As if it had been begun so long ago."""
    values = {"id": id_after(one, -minutes * 60_000)}
    writer.execute(sa.update(change).where(change.c.id == one).values(values))


def test_the_first_look_is_at_everything(database: Database, audience: Audience) -> None:
    one = edit(database, audience)
    assert (look(database, audience).everything, news(database, audience).everything) == (True, False)
    assert news(database, audience).changes == ()
    two = edit(database, audience)
    assert news(database, audience).changes == (two,)
    assert one < two


def test_a_change_is_looked_at_once(database: Database, audience: Audience) -> None:
    look(database, audience)
    made = [edit(database, audience) for _ in range(3)]
    assert look(database, audience).changes == tuple(made)
    assert look(database, audience).changes == ()


def test_other_rules_mean_everything(database: Database, audience: Audience) -> None:
    look(database, audience)
    assert news(database, audience, "other").everything


def test_what_was_begun_earlier_and_published_later_is_not_missed(database: Database, audience: Audience) -> None:
    """An import of an hour: edits go on meanwhile and are planned, then the import is published with an older id."""
    look(database, audience)
    with database.writing(audience, NOW) as writer:
        loading = writer.begin_change("import", lease=Lease("host:1", LATER))
    made = [edit(database, audience) for _ in range(3)]
    assert look(database, audience).changes == tuple(made)
    with database.writing(audience, LATER) as writer:
        assert batches.publish(writer, loading, {})
    assert look(database, audience).changes == (loading,)
    assert look(database, audience).changes == ()


def test_what_commits_a_little_late_is_not_missed(database: Database, audience: Audience) -> None:
    look(database, audience)
    slow = new_id()
    quick = edit(database, audience)
    assert look(database, audience).changes == (quick,)
    with database.writing(audience, NOW) as writer:
        one = writer.begin_change("edit")
        writer.execute(sa.update(change).where(change.c.id == one).values(id=slow))
    assert look(database, audience).changes == (slow,)


def test_old_changes_are_forgotten_one_by_one(database: Database, audience: Audience) -> None:
    """The mark moves up to some minutes below the newest; what lies under it needs no row."""
    look(database, audience)
    made = [edit(database, audience) for _ in range(4)]
    with database.writing(audience, NOW) as writer:
        for minutes, one in zip((60, 50, 40), made, strict=False):
            aged(writer, one, minutes)
    look(database, audience)
    with database.reading(audience) as reader:
        kept = set(reader.connection.execute(sa.select(planned_change.c.change_id)).scalars())
    assert kept == {made[3]}
    assert look(database, audience).changes == ()


def test_an_undone_import_means_everything_and_an_undone_edit_only_its_accounts(
    database: Database, audience: Audience
) -> None:
    one, two = edit(database, audience), edit(database, audience)
    with database.writing(audience, NOW) as writer:
        writer.execute(entity.insert(), {"id": 77, "kind": "account", "change_id": one})
    look(database, audience)
    with database.writing(audience, NOW) as writer:
        batches.hide(writer, one)
    assert look(database, audience).everything
    with database.writing(audience, NOW) as writer:
        batches.hide(writer, two)
        planned.look_after_undo(writer, [77])
    assert not look(database, audience).everything
    assert due(database, audience, NOW) == [77]


def due(database: Database, audience: Audience, now: datetime) -> list[int]:
    with database.reading(audience) as reader:
        return [row.account_id for row in planned.due_again(reader, now, 10)]


def test_looking_again(database: Database, audience: Audience) -> None:
    one = edit(database, audience)
    with database.writing(audience, NOW) as writer:
        writer.execute(entity.insert(), [{"id": each, "kind": "account", "change_id": one} for each in (1, 2, 3)])
        planned.look_again(writer, [(1, NOW), (2, LATER), (3, None)])
    assert due(database, audience, NOW) == [1]
    assert due(database, audience, LATER) == [1, 2]
    with database.writing(audience, NOW) as writer:
        planned.look_again(writer, [(1, LATER), (2, None)])
        planned.look_again(writer, [])
    assert due(database, audience, NOW) == []
    assert due(database, audience, LATER) == [1]
