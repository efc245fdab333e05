"""Reading reminders that people set: one, one's own and a channel's, all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.audience import Audience, Role
from bot.domain.ids import id_text
from bot.domain.names import fold
from bot.domain.preferences import Preferences
from bot.domain.reminders.own import Own, next_due
from bot.domain.reminders.wanted import to_channel, to_member, to_person
from bot.domain.when import plain
from bot.domain.when.calendars import Workdays
from bot.domain.when.readings import Anchored
from bot.domain.when.recurrence import Schedule, next_n
from bot.services.errors import BadInput, NotAllowed, NotFound
from bot.services.lookup import require_internal
from bot.services.reminders.own_planning import anchored_on, workdays_of
from bot.services.results.own import OwnList, OwnReminder
from bot.storage import schedules
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import accounts, people

_CHANNEL = "channel:"
_GONE = "That reminder is gone. See yours with `/account reminders`."


def own_list(database: Database, audience: Audience, channel: str | None, ways: Preferences, now: datetime) -> OwnList:
    """The asker's reminders, and those that are said in the channel they ask from. The shell sees everybody's."""
    require_internal(audience)
    with database.reading(audience) as reader:
        all_of_them = audience.actor.via == "shell"
        rows = schedules.kept(reader) if all_of_them else schedules.set_by(reader, who(audience))
        here = schedules.for_recipient(reader, to_channel(channel)) if channel else []
        named = {row.id for row in here}
        return OwnList(
            mine=_all_shown(reader, (row for row in rows if row.id not in named), workdays_of(ways), now),
            channel=_all_shown(reader, here, workdays_of(ways), now),
            as_of=now,
        )


def get_own(database: Database, audience: Audience, own_id: int, ways: Preferences, now: datetime) -> OwnReminder:
    """One reminder, for changing it. Raises NotFound and NotAllowed."""
    require_internal(audience)
    with database.reading(audience) as reader:
        return shown(reader, require_mine(reader, audience, own_id), workdays_of(ways), now)


def recipient_called(database: Database, audience: Audience, name: str) -> str:
    """Somebody of the team as a recipient. Raises BadInput for a name that nobody or several people have."""
    require_internal(audience)
    with database.reading(audience) as reader:
        found = people.members_called(reader, fold(name.lstrip("@")))
    if len(found) != 1:
        names = f" could be {', '.join(row.name for row in found)}; say the full name." if found else None
        raise BadInput(f"{name[:60]}{names or ' is nobody in the team list.'}")
    return to_person(found[0].slack_user_id) if found[0].slack_user_id else to_member(found[0].id)


def who(audience: Audience) -> str:
    """Whose reminders these are: a Slack user's, or of a name elsewhere."""
    return audience.actor.slack_user_id or audience.actor.name


def require_mine(reader: Reader, audience: Audience, own_id: int) -> Own:
    """A reminder that the actor may change: their own, or one that is said in a channel."""
    row = schedules.get_or_none(reader, own_id)
    if row is None:
        raise NotFound(_GONE)
    own = schedules.own_of(row)
    for_all = own.recipient.startswith(_CHANNEL)
    if own.created_by != who(audience) and not for_all and not audience.actor.role.covers(Role.ADMIN):
        raise NotAllowed("That reminder is a colleague's own. Only they can change it.")
    return own


def shown(reader: Reader, own: Own, workdays: Workdays, now: datetime, note: str | None = None) -> OwnReminder:
    """A reminder in plain words, with its next dates; `note` says what was assumed."""
    account = accounts.accounts(reader, [own.account_id]).get(own.account_id) if own.account_id is not None else None
    by = people.member_behind(reader, own.created_by, None)
    return OwnReminder(
        id=id_text(own.id),
        text=own.text,
        when=plain.rhythm(own.when) if isinstance(own.when, Schedule) else plain.say(own.when),
        phrase=own.phrase,
        zone=own.zone,
        repeats=isinstance(own.when, Schedule) and own.when.rule is not None,
        anchored=isinstance(own.when, Anchored),
        next=_upcoming(reader, own, workdays, now),
        state=own.state,
        account_id=id_text(own.account_id) if own.account_id is not None else None,
        account=account.name if account is not None else None,
        channel=own.recipient.removeprefix(_CHANNEL) if own.recipient.startswith(_CHANNEL) else None,
        set_by=own.created_by,
        set_by_name=by.name if by is not None else None,
        note=note,
    )


def _all_shown(reader: Reader, rows: Iterable[AnyRow], workdays: Workdays, now: datetime) -> tuple[OwnReminder, ...]:
    return tuple(shown(reader, schedules.own_of(row), workdays, now) for row in rows)


def _upcoming(reader: Reader, own: Own, workdays: Workdays, now: datetime) -> tuple[datetime, ...]:
    """The next instants, at most three."""
    if own.state == "deleted":
        return ()
    if isinstance(own.when, Schedule):
        return tuple(next_n(own.when, now, 3, workdays))
    due_at = next_due(own, anchored_on(reader, own, now), workdays, now)
    return (due_at,) if due_at is not None else ()
