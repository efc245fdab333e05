"""People to write to, made up for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.preferences import Choices, resolve
from bot.domain.reminders.presence import Addressee, Part, Presence


def at(text: str, zone: str = "UTC") -> datetime:
    """The instant at which a clock in the zone shows this."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def somebody(
    name: str = "Maya",
    part: Part = "owner",
    *,
    reachable: bool = True,
    busy_until: datetime | None = None,
    zone: str = "UTC",
    choices: Choices | None = None,
) -> Addressee:
    """Works Monday to Friday; not disturbed from 19:00 to 08:00; reads the morning message at 08:30."""
    presence = Presence(f"U{name.upper()}", name, reachable, zone, busy_until)
    return Addressee(part, presence, resolve(choices, zone, ZoneInfo("UTC")))
