"""What holds for somebody, and changing it. Everybody changes their own settings and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.audience import Audience
from bot.domain.preferences import Choices, Preferences, mistakes, resolve
from bot.services.errors import BadFields, NotAllowed
from bot.services.lookup import require_internal
from bot.storage import audit, planned
from bot.storage.database import Database, Writer
from bot.storage.queries import people
from bot.storage.queries import preferences as queries


@dataclass(frozen=True, slots=True)
class Usual:
    """The workspace's ways, for whoever chose nothing."""

    zone: ZoneInfo
    locale: str


def preferences_of(
    database: Database, audience: Audience, slack_user_id: str, slack_tz: str | None, usual: Usual
) -> Preferences:
    """`slack_tz` is the zone that Slack says the person is in, where it was asked."""
    require_internal(audience)
    with database.reading(audience) as reader:
        chosen = queries.choices_of(reader, slack_user_id)
    return resolve(chosen, slack_tz, usual.zone, usual.locale)


def save_preferences(
    database: Database, audience: Audience, chosen: Choices, now: datetime, backup_email: str | None = None
) -> None:
    """Keep the actor's own choices, all of them. Raises BadFields, and keeps nothing then. `backup_email` is Slack's
    of whoever stands in."""
    require_internal(audience)
    own_id = audience.actor.slack_user_id
    if own_id is None:
        raise NotAllowed("Settings belong to a Slack user. Change them in Slack, in the app's Home tab.")
    if wrong := mistakes(chosen, own_id):
        raise BadFields(wrong)
    with database.writing(audience, now) as writer:
        before = queries.choices_of(writer, own_id) or Choices()
        if before != chosen:
            queries.save_choices(writer, own_id, chosen, audience.actor.member_id)
            audit.append(writer, "settings", None, {}, _changes(before, chosen, audience.actor.member_id))
            if audience.actor.member_id is not None:  # their morning message may come at another time
                planned.look_again(writer, [(audience.actor.member_id, now)])
        if chosen.backup_id is not None:
            _introduce(writer, chosen.backup_id, backup_email)


def _introduce(writer: Writer, slack_user_id: str, email: str | None) -> None:
    """The team list may know whoever stands in by an e-mail address only: note that it is them, so that lines for the
    morning find them."""
    member = people.member_behind(writer, slack_user_id, email)
    if member is None:
        return
    note_member(writer, slack_user_id, member.id)
    planned.look_again(writer, [(member.id, writer.now)])  # they may get a morning message from now on


def note_member(writer: Writer, slack_user_id: str | None, member_id: int | None) -> None:
    """Who a Slack user is, of whom the team list may have no more than an e-mail address: what is addressed to the user
    alone is held against what the member may see."""
    if slack_user_id is not None and member_id is not None and not queries.is_noted(writer, slack_user_id):
        queries.save_choices(writer, slack_user_id, Choices(), member_id)


def _changes(before: Choices, after: Choices, member_id: int | None) -> list[audit.Value]:
    """Each changed setting, before and after as text."""
    return [
        audit.Value(f"settings.{name}", _shown(was), _shown(now), member_id)
        for name in (field.name for field in fields(Choices))
        if (was := getattr(before, name)) != (now := getattr(after, name))
    ]


def _shown(value: object) -> str | None:
    match value:
        case None:
            return None
        case frozenset():
            return "".join(str(day) for day in sorted(value))
        case time() | date():
            return value.isoformat()
        case _:
            return str(value)
