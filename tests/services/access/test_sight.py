"""Whose accounts an audience sees, and that no query shows another."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from bot.domain.audience import SHELL, Actor, Audience, Clearance, Reach, Role, Sharing, everyone_in, only_the_asker
from bot.storage.database import Reader
from bot.storage.guard import SIGHT, Access
from bot.storage.live import statement
from bot.storage.tables import entity, restricted_account
from tests.architecture.test_access import EXEMPT, builds
from tests.services.access.book import actor_of, member_of, names, seen_by, standing_in
from tests.services.clerk import NOW, SELF, Clerk


def seen(book: Clerk, audience: Audience) -> str:
    with book.database.reading(audience) as reader:
        ids = [row.id for row in book.rows("account")]
        return names(book, reader.sight.among(ids))


def restrict(book: Clerk, account: str, *named: str) -> None:
    with book.database.writing(SELF, NOW) as writer:
        one = book.row("account", name=account).id
        members = [member_of(book, name) for name in named]
        writer.execute(restricted_account.insert(), {"account_id": one, "named": members, "by": "shell", "at": NOW})


def test_reach(book: Clerk) -> None:
    for who, reach, expected in (
        ("Ida Holm", Reach.ALL, "ABCDE"),
        ("Ida Holm", Reach.OWN, "A"),
        ("Ida Holm", Reach.TEAM, "AB"),
        ("Ole Berg", Reach.TEAM, "ABD"),
        ("Pia Lund", Reach.TEAM, "C"),
        ("Tom Falk", Reach.TEAM, "D"),
    ):
        assert seen(book, seen_by(actor_of(book, who, reach))) == expected, who
    # Who is not in the team list has none of their own.
    for reach, expected in ((Reach.ALL, "ABCDE"), (Reach.TEAM, ""), (Reach.OWN, "")):
        assert seen(book, seen_by(Actor(Role.MEMBER, "slack", slack_user_id="U9", reach=reach))) == expected


def test_a_restricted_account_is_seen_by_who_works_on_it_who_is_named_and_admins(book: Clerk) -> None:
    restrict(book, "Crux", "Tom Falk")
    found = {
        name: seen(book, seen_by(actor_of(book, name))) for name in ("Ida Holm", "Ole Berg", "Pia Lund", "Tom Falk")
    }
    assert found == {"Ida Holm": "ABDE", "Ole Berg": "ABDE", "Pia Lund": "ABCDE", "Tom Falk": "ABCDE"}
    assert seen(book, seen_by(actor_of(book, "Ida Holm", role=Role.ADMIN))) == "ABCDE"
    assert seen(book, only_the_asker(SHELL)) == "ABCDE"


def test_being_named_reaches_beyond_ones_own_and_a_team_does_not_reach_what_is_restricted(book: Clerk) -> None:
    restrict(book, "Crux", "Ida Holm")
    restrict(book, "Dune")
    assert seen(book, seen_by(actor_of(book, "Ida Holm", Reach.OWN))) == "AC"
    assert seen(book, seen_by(actor_of(book, "Ole Berg", Reach.TEAM))) == "AB"


def test_a_stand_in_sees_what_the_absent_sees_as_their_own(book: Clerk) -> None:
    restrict(book, "Crux")
    pia = member_of(book, "Pia Lund")
    assert seen(book, seen_by(standing_in(actor_of(book, "Ida Holm", Reach.OWN), [pia]))) == "AC"
    assert seen(book, seen_by(standing_in(actor_of(book, "Ida Holm"), [pia]))) == "ABCDE"


def test_a_reply_shows_what_all_who_see_it_may_see(book: Clerk) -> None:
    restrict(book, "Bolt")
    ida, ole = actor_of(book, "Ida Holm", Reach.OWN), actor_of(book, "Ole Berg", Reach.TEAM)
    assert seen(book, seen_by(ole)) == "ABD"
    assert seen(book, seen_by(ole, ida)) == "A"
    assert seen(book, seen_by(actor_of(book, "Pia Lund"), actor_of(book, "Tom Falk"))) == "ACDE"
    assert seen(book, seen_by(actor_of(book, "Pia Lund", Reach.OWN), ida)) == ""


def test_outsiders_and_unknown_places_see_nothing(book: Clerk) -> None:
    guest = Actor(Role.GUEST, "slack", slack_user_id="U9")
    ida = actor_of(book, "Ida Holm")
    for audience in (
        only_the_asker(guest),
        everyone_in(Sharing.UNKNOWN, ida),
        everyone_in(Sharing.EXTERNAL, ida),
        everyone_in(Sharing.INTERNAL, ida, (guest,)),
        Audience(ida, Clearance.CLIENT_SAFE),
    ):
        assert seen(book, audience) == ""


VALUES: dict[str, Any] = {
    "now": datetime(2027, 1, 1, tzinfo=UTC),
    "since": datetime(2020, 1, 1, tzinfo=UTC),
    "until": datetime(2027, 1, 1, tzinfo=UTC),
}


def _values(query: Any, ids: list[int], account: int) -> dict[str, Any]:
    """Something for every parameter of a query: all the ids there are, one account, wide spans of time."""
    found: dict[str, Any] = {}
    for name, bind in query.compile(dialect=sqlite.dialect()).binds.items():
        if bind.value is not None or not bind.required:
            continue
        kind = type(bind.type).__name__
        if name in ("ids", "members", "changes", SIGHT):
            found[name] = ids
        elif kind == "Day":
            found[name] = date(2020, 1, 1) if name in ("since", "first", "early", "start") else date(2027, 1, 1)
        elif kind == "Instant":
            found[name] = VALUES["since"] if name in ("since", "first") else VALUES["until"]
        elif kind == "TextSet":
            found[name] = ["U1"]
        elif kind in ("String", "Text"):
            found[name] = "acme"
        else:
            found[name] = 1000 if name in ("most", "limit", "size", "reach") else 0 if name == "skip" else account
    return found


def test_no_query_shows_an_account_that_may_not_be_seen(book: Clerk) -> None:
    """Every query of the room, once for somebody who sees all and once for who does not; nothing else differs."""
    restrict(book, "Crux")
    audience = seen_by(actor_of(book, "Ole Berg", Reach.TEAM))
    accounts = {row.name: row.id for row in book.rows("account")}
    with book.database.reading(SELF) as reader:
        ids = list(reader.connection.execute(sa.select(entity.c.id)).scalars())
    for table in ("interaction", "ticket", "commitment", "survey_answer"):
        ids += [row.id for row in book.rows(table)]
    shown = 0
    for name, build in builds():
        if name in EXEMPT or ".kpi." in name:
            continue
        query = statement(build, False, Access.ALL).query
        for account in accounts.values():
            values = _values(query, ids, account)
            with book.database.reading(SELF) as reader:
                everything = _accounts_in(reader, build, values)
            with book.database.reading(audience) as reader:
                limited, may = _accounts_in(reader, build, values), reader.sight
            assert all(may.sees(one) for one in limited), name
            shown += len(everything) - len(limited)
    assert shown > 100, "the queries show accounts, or this test shows nothing"


def _accounts_in(reader: Reader, build: Any, values: dict[str, Any]) -> list[int]:
    rows = reader.rows(build, **dict(values))
    return [row.account_id for row in rows if getattr(row, "account_id", None) is not None]
