"""The role that a team list gives somebody."""

from __future__ import annotations

from bot.domain.audience import Role


def role_of(text: str | None) -> Role:
    """Leads lead, readers read, everybody else is a member."""
    words = (text or "").casefold()
    if any(word in words for word in ("lead", "head", "director", "vp", "chief", "manager of")):
        return Role.LEAD
    return Role.READ_ONLY if "read" in words and "only" in words else Role.MEMBER
