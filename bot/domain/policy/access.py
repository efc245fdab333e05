"""The schema of access.yml: whose accounts people may see."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from bot.domain.audience import Reach, Role

from .base import File, Section

Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]


class Reaches(Section):
    """What each role reaches. Admins reach everything."""

    lead: Reach = Reach.ALL
    member: Reach = Reach.ALL
    read_only: Reach = Field(default=Reach.ALL, alias="read-only")
    unlisted: Reach = Reach.ALL


class Person(Section):
    """Somebody of whom the team list does not say enough; what is left empty is as for everybody."""

    role: Role | None = None
    reach: Reach | None = None


class AccessPolicy(File):
    """`unlisted` are colleagues who are not in the team list: with "own" or "team" they see nothing. `people` by
    e-mail address."""

    reach: Reaches = Reaches()
    people: dict[Email, Person] = Field(default_factory=dict)

    @field_validator("people")
    @classmethod
    def _folded(cls, people: dict[str, Person]) -> dict[str, Person]:
        folded = {email.casefold(): person for email, person in people.items()}
        if len(folded) < len(people):
            raise ValueError("two entries are for the same e-mail address; keep one of them")
        return folded

    def role_of(self, email: str | None, usual: Role) -> Role:
        """The role of somebody whom the team list makes a `usual`. A guest stays one: Slack says so, no file."""
        named = self.people.get((email or "").casefold())
        return named.role if named is not None and named.role is not None and usual is not Role.GUEST else usual

    def reach_of(self, email: str | None, role: Role, *, listed: bool) -> Reach:
        named = self.people.get((email or "").casefold())
        if role is Role.ADMIN:
            return Reach.ALL
        if named is not None and named.reach is not None:
            return named.reach
        if not listed:
            return self.reach.unlisted
        return {Role.LEAD: self.reach.lead, Role.READ_ONLY: self.reach.read_only}.get(role, self.reach.member)

    @property
    def least(self) -> Reach:
        """What anybody reaches, whoever they are."""
        named = (one.reach for one in self.people.values() if one.reach is not None)
        reach = self.reach
        everybody = (reach.lead, reach.member, reach.read_only, reach.unlisted, *named)
        return min(everybody, key=list(Reach).index)
