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
    """The one who acts: a person, or the system itself (`via` says through which door)."""

    role: Role
    via: str
    member_id: int | None = None
    slack_user_id: str | None = None
    name: str = ""

    @property
    def is_insider(self) -> bool:
        return self.role is not Role.GUEST


@dataclass(frozen=True, slots=True)
class Audience:
    """The asker and the least clearance among all who will see the reply."""

    actor: Actor
    clearance: Clearance

    @property
    def sees_internal(self) -> bool:
        return self.clearance is Clearance.INTERNAL


def only_the_asker(actor: Actor) -> Audience:
    """A reply that nobody but the asker sees: ephemeral, direct message, shell."""
    return Audience(actor, Clearance.INTERNAL if actor.is_insider else Clearance.NOTHING)


def everyone_in(sharing: Sharing, actor: Actor) -> Audience:
    """A reply that the whole channel sees. Anything but a channel known to be internal fails closed."""
    cleared = actor.is_insider and sharing is Sharing.INTERNAL
    return Audience(actor, Clearance.INTERNAL if cleared else Clearance.NOTHING)


SHELL = Actor(Role.ADMIN, via="shell", name="shell")
SYSTEM = Actor(Role.ADMIN, via="system", name="Steward")
