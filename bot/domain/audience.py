"""Who asks, and who will see the answer.

Every read takes an `Audience`, every write an `Actor`. Where it is not known who can see a reply, nothing internal is
shown: the unknown is treated as an outsider.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do, least first. A guest may do nothing."""

    GUEST = "guest"
    READ_ONLY = "read-only"
    MEMBER = "member"
    LEAD = "lead"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    def covers(self, needed: Role) -> bool:
        return self.rank >= needed.rank


class Reach(StrEnum):
    """Whose accounts somebody may see, least first: those they work on, also those of their team, all of them.

    Restricted accounts are apart from that: whoever works on one or is named for it sees it, and admins.
    """

    OWN = "own"
    TEAM = "team"
    ALL = "all"


class Sharing(StrEnum):
    """Whether outsiders can read a place."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    UNKNOWN = "unknown"


class Clearance(StrEnum):
    """What the least-cleared viewer of a reply may see."""

    NOTHING = "nothing"
    CLIENT_SAFE = "client-safe"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts: a person, or the system itself (`via` says through which door).

    `reach` is what the access policy gives a person; see `bot.domain.policy.access`. `stands_in_for` are the members
    whose stand-in they are today, while these are away.
    """

    role: Role
    via: str
    member_id: int | None = None
    slack_user_id: str | None = None
    name: str = ""
    reach: Reach = Reach.ALL
    stands_in_for: tuple[int, ...] = ()

    @property
    def is_insider(self) -> bool:
        return self.role is not Role.GUEST

    @property
    def sees_restricted(self) -> bool:
        """Admins see what is restricted: they are who lifts a restriction."""
        return self.role.covers(Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Audience:
    """The asker, everybody else who will see the reply, and the least clearance among all of them.

    What is shown is what each of them may see: `bot.storage.sight` sees to it wherever rows are read.
    """

    actor: Actor
    clearance: Clearance
    others: tuple[Actor, ...] = ()

    @property
    def sees_internal(self) -> bool:
        return self.clearance is Clearance.INTERNAL

    @property
    def viewers(self) -> tuple[Actor, ...]:
        return (self.actor, *self.others)


def only_the_asker(actor: Actor) -> Audience:
    """A reply that nobody but the asker sees: ephemeral, direct message, shell."""
    return Audience(actor, Clearance.INTERNAL if actor.is_insider else Clearance.NOTHING)


def everyone_in(sharing: Sharing, actor: Actor, others: tuple[Actor, ...] = ()) -> Audience:
    """A reply that the asker and all `others` of a channel see. Anything but a channel known to be internal, with
    nobody in it but insiders, fails closed."""
    cleared = sharing is Sharing.INTERNAL and all(one.is_insider for one in (actor, *others))
    return Audience(actor, Clearance.INTERNAL if cleared else Clearance.NOTHING, others)


SHELL = Actor(Role.ADMIN, via="shell", name="shell")
SYSTEM = Actor(Role.ADMIN, via="system", name="Steward")
