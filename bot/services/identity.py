"""Who somebody is to us: their place in the team list, their role, and whose accounts they may see."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from bot.domain.audience import SYSTEM, Actor, Audience, Role, Sharing, everyone_in, only_the_asker
from bot.domain.policy import AccessPolicy
from bot.services.roles import role_of
from bot.storage.database import AnyRow, Database
from bot.storage.queries import people, preferences


class Person(Protocol):
    """Who a chat service says somebody is."""

    @property
    def user_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...
    @property
    def is_guest(self) -> bool: ...
    @property
    def is_external(self) -> bool: ...
    @property
    def is_bot(self) -> bool: ...
    @property
    def deleted(self) -> bool: ...
    @property
    def is_admin(self) -> bool: ...


def identified(database: Database, who: Person, access: AccessPolicy, today: date) -> Actor:
    """Whoever is not certainly one of us is a guest. `today` is the workspace's day: who is away on it is stood in
    for."""
    if who.is_guest or who.is_external or who.is_bot or who.deleted:
        return Actor(Role.GUEST, "slack", slack_user_id=who.user_id, name=who.name)
    with database.reading(only_the_asker(SYSTEM)) as reader:
        row = people.member_behind(reader, who.user_id, who.email)
        others = preferences.stood_in_for(reader, who.user_id, today)
    email = who.email or (row.email if row else None)
    role = Role.ADMIN if who.is_admin else access.role_of(email, role_of(row.role if row else None))
    return Actor(
        role,
        "slack",
        member_id=row.id if row else None,
        slack_user_id=who.user_id,
        name=row.name if row else who.name,
        reach=access.reach_of(email, role, listed=row is not None),
        stands_in_for=others,
    )


def member_as_actor(row: AnyRow, access: AccessPolicy, stands_in_for: tuple[int, ...] = ()) -> Actor:
    """Somebody of the team list, without Slack's word: whether they are an admin of Slack is not known, so not."""
    role = access.role_of(row.email, role_of(row.role))
    reach = access.reach_of(row.email, role, listed=True)
    return Actor(
        role, "system", member_id=row.id, slack_user_id=row.slack_user_id, name=row.name, reach=reach,
        stands_in_for=stands_in_for,
    )  # fmt: skip


def narrowing(
    database: Database, actor: Actor, people: Iterable[Person], access: AccessPolicy, today: date, *, public: bool
) -> tuple[Actor, ...]:
    """Those because of whom a reply that these people see shows less than the actor alone would be shown: the others of
    its audience. A `public` place may be read by everybody in the workspace."""
    anybody = Actor(Role.READ_ONLY, "slack", reach=access.least)
    least = _narrowing(database, actor, (anybody,))
    if public or not least:  # whom not even anybody keeps anything from, nobody does
        return least
    return _narrowing(database, actor, tuple(identified(database, one, access, today) for one in people))


def _narrowing(database: Database, actor: Actor, others: tuple[Actor, ...]) -> tuple[Actor, ...]:
    with database.reading(everyone_in(Sharing.INTERNAL, actor, others)) as reader:
        return reader.narrowing()


def sees(database: Database, audience: Audience, account_ids: Iterable[int]) -> bool:
    """Whether everybody in the audience may see these accounts."""
    with database.reading(audience) as reader:
        return audience.sees_internal and all(reader.sight.sees(one) for one in account_ids)
