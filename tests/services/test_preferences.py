"""Settings are kept as they were chosen, audited, and everybody's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
import sqlalchemy as sa

from bot.domain.audience import SHELL, Actor, Role, only_the_asker
from bot.domain.preferences import Choices
from bot.services.errors import BadInput, NotAllowed
from tests.services.clerk import Clerk

MAYA = only_the_asker(Actor(Role.READ_ONLY, "slack", slack_user_id="U1", name="Maya"))
JONAS = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U2", name="Jonas"))
ALL = Choices(
    timezone="Asia/Kolkata",
    locale="ja",
    country="IN",
    working_days=frozenset({1, 2, 3, 7}),
    digest=False,
    alerts=False,
    digest_at=time(0),
    quiet_from=time(23, 59),
    quiet_until=time(6),
    away_from=date(2026, 3, 9),
    away_until=date(2026, 3, 20),
    backup_id="U2",
)


@pytest.mark.parametrize("chosen", [ALL, Choices(), Choices(digest=True), replace(ALL, away_until=None)])
def test_choices_come_back_as_they_were_made(clerk: Clerk, chosen: Choices) -> None:
    assert clerk.desk.preferences(MAYA, "U1").chosen == Choices()
    clerk.desk.save_preferences(MAYA, ALL)
    clerk.desk.save_preferences(MAYA, chosen)
    assert clerk.desk.preferences(MAYA, "U1").chosen == chosen
    assert clerk.desk.preferences(JONAS, "U2", "Europe/Oslo").zone.key == "Europe/Oslo"


def test_what_changed_is_audited_and_nothing_else(clerk: Clerk) -> None:
    clerk.desk.save_preferences(MAYA, ALL)
    clerk.desk.save_preferences(MAYA, replace(ALL, locale=None, quiet_until=time(7)))
    clerk.desk.save_preferences(MAYA, replace(ALL, locale=None, quiet_until=time(7)))
    with clerk.database.reading(MAYA) as reader:
        rows = reader.connection.execute(sa.text("SELECT actor, action FROM audit_event ORDER BY seq")).all()
        second = sa.text("SELECT field, before, after FROM audit_value WHERE seq = 2 ORDER BY field")
        changed = reader.connection.execute(second).all()
    assert [(row.actor, row.action) for row in rows] == [("U1", "settings")] * 2
    assert [tuple(row) for row in changed] == [
        ("settings.locale", ALL.locale, None),
        ("settings.quiet_until", "06:00:00", "07:00:00"),
    ]


def test_a_mistake_keeps_nothing(clerk: Clerk) -> None:
    clerk.desk.save_preferences(MAYA, ALL)
    with pytest.raises(BadInput, match=r"Pick one from the list.*stand in for yourself"):
        clerk.desk.save_preferences(MAYA, Choices(locale="tlh", backup_id="U1"))
    assert clerk.desk.preferences(MAYA, "U1").chosen == ALL


def test_outsiders_and_the_shell_have_no_settings(clerk: Clerk) -> None:
    guest = only_the_asker(Actor(Role.GUEST, "slack", slack_user_id="U9"))
    for use in (lambda: clerk.desk.preferences(guest, "U1"), lambda: clerk.desk.save_preferences(guest, Choices())):
        with pytest.raises(NotAllowed):
            use()
    with pytest.raises(NotAllowed, match="belong to a Slack user"):
        clerk.desk.save_preferences(only_the_asker(SHELL), Choices())
