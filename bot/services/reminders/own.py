"""Reminders that people set for themselves, or for everybody in a channel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.audience import Audience, Role
from bot.domain.days import written
from bot.domain.ids import id_text, new_id
from bot.domain.preferences import Preferences
from bot.domain.reminders.own import Own, State, next_due
from bot.domain.reminders.wanted import to_channel, to_person
from bot.domain.when import plain
from bot.domain.when.calendars import Workdays
from bot.domain.when.phrases import read
from bot.domain.when.readings import Anchored, Ask, Definite, Once, Refused, Repeating
from bot.domain.when.recurrence import Schedule, next_n
from bot.domain.when.wall import resolve
from bot.services.errors import BadFields, BadInput, NotAllowed, NotFound
from bot.services.existing import require_account
from bot.services.lookup import require_internal, require_member
from bot.services.reminders.own_planning import anchored_on, forget_planned, plan_next, workdays_of
from bot.services.results.own import OwnList, OwnReminder, Question
from bot.services.writing import writing
from bot.storage import audit, schedules
from bot.storage.database import Database, Reader
from bot.storage.queries import accounts, people

LONGEST = 300
MOST = 200
_CHANNEL = "channel:"
_EXAMPLE = '`/account remind acme "send pricing" next tue 9:00`'
_GONE = "That reminder is gone. See yours with `/account reminders`."
_ANCHORS = {"renewal": "renewal", "notice": "notice deadline", "contract end": "contract end", "qbr": "QBR"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: to be told `text`, when `phrase` says, about an account or none. `channel` is where it is
    to be said, None to them alone; `own_id` names the submission: the same one again sets nothing."""

    text: str
    phrase: str
    account_id: int | None = None
    channel: str | None = None
    own_id: int | None = None


def set_own(
    database: Database, audience: Audience, wish: Wish, ways: Preferences, now: datetime
) -> OwnReminder | Question:
    """Set a reminder, or ask which of several times is meant; what is asked about is not set.

    `ways` are the asker's: times are on their clock, working days theirs. Raises BadInput for what cannot be, NotFound
    when the account is gone.
    """
    require_member(audience)
    text = _checked(wish.text)
    found = _understood(wish.phrase, ways, now)
    if isinstance(found, Question):
        return found
    with writing(database, audience, now) as writer:
        if wish.account_id is not None:
            require_account(writer, wish.account_id)
        before = schedules.get_or_none(writer, wish.own_id) if wish.own_id is not None else None
        if before is not None:
            return _shown(writer, schedules.own_of(before), workdays_of(ways), now, None)
        me = who(audience)
        if len(schedules.set_by(writer, me)) >= MOST:
            raise BadInput(f"You have {MOST} reminders already. Delete some with `/account reminders`, then try again.")
        own = Own(
            id=wish.own_id if wish.own_id is not None else new_id(),
            account_id=wish.account_id,
            text=text,
            phrase=" ".join(wish.phrase.split()),
            when=_kept(found, ways.zone.key),
            zone=ways.zone.key,
            recipient=to_channel(wish.channel) if wish.channel else to_person(me),
            created_by=me,
            created_at=now,
        )
        first = _first(writer, own, found, workdays_of(ways), now)
        schedules.add(writer, own, first.date())
        plan_next(writer, own, workdays_of(ways), now)
        audit.append(writer, "remind", own.account_id, {"reminder": id_text(own.id), "when": own.phrase})
        return _shown(writer, own, workdays_of(ways), now, _assumed(found))


def change_own(
    database: Database, audience: Audience, own_id: int, text: str, phrase: str, ways: Preferences, now: datetime
) -> OwnReminder | Question:
    """Other words or another time for a reminder. Raises as `set_own`."""
    require_member(audience)
    text = _checked(text)
    with writing(database, audience, now) as writer:
        before = _mine(writer, audience, own_id)
        same = " ".join(phrase.split()) == before.phrase
        found = None if same else _understood(phrase, ways, now)
        if isinstance(found, Question):
            return found
        own = replace(before, text=text)
        if found is not None:
            own = replace(own, phrase=" ".join(phrase.split()), when=_kept(found, ways.zone.key), zone=ways.zone.key)
            forget_planned(writer, own.id, "it was set for another time")
            first = _first(writer, own, found, workdays_of(ways), now)
            schedules.change(writer, own, first.date())
            plan_next(writer, own, workdays_of(ways), now)
        else:
            schedules.reword(writer, own.id, text)
        audit.append(writer, "change reminder", own.account_id, {"reminder": id_text(own.id), "when": own.phrase})
        return _shown(writer, own, workdays_of(ways), now, _assumed(found) if found else None)


def switch_own(
    database: Database, audience: Audience, own_id: int, state: State, ways: Preferences, now: datetime
) -> OwnReminder:
    """Pause, resume or delete a reminder, or bring a deleted one back. The same twice is the same once."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        before = _mine(writer, audience, own_id)
        after = replace(before, state=state)
        if schedules.set_state(writer, own_id, before.state, after.state):
            if after.state == "active":
                plan_next(writer, after, workdays_of(ways), now)
            else:
                forget_planned(writer, own_id, "paused" if after.state == "paused" else "deleted")
            detail = {"reminder": id_text(own_id), "to": after.state}
            audit.append(writer, "change reminder", after.account_id, detail)
        return _shown(writer, after, workdays_of(ways), now, None)


def own_list(database: Database, audience: Audience, channel: str | None, ways: Preferences, now: datetime) -> OwnList:
    """The asker's reminders, and those that are said in the channel they ask from."""
    require_internal(audience)
    with database.reading(audience) as reader:
        mine = [schedules.own_of(row) for row in schedules.set_by(reader, who(audience))]
        here = (
            [schedules.own_of(row) for row in schedules.for_recipient(reader, to_channel(channel))] if channel else []
        )
        known = {own.id for own in here}
        return OwnList(
            mine=tuple(_shown(reader, own, workdays_of(ways), now, None) for own in mine if own.id not in known),
            channel=tuple(_shown(reader, own, workdays_of(ways), now, None) for own in here),
            as_of=now,
        )


def get_own(database: Database, audience: Audience, own_id: int, ways: Preferences, now: datetime) -> OwnReminder:
    """One reminder, for changing it. Raises NotFound and NotAllowed."""
    require_internal(audience)
    with database.reading(audience) as reader:
        return _shown(reader, _mine(reader, audience, own_id), workdays_of(ways), now, None)


def who(audience: Audience) -> str:
    """Whose reminders these are: a Slack user's, or of a name elsewhere."""
    return audience.actor.slack_user_id or audience.actor.name


def _checked(text: str) -> str:
    tidy = " ".join(text.replace("\x00", "").split())
    if not tidy:
        raise BadFields({"text": f"What should I say? For example: {_EXAMPLE}"})
    if len(tidy) > LONGEST:
        sentence = f"A reminder has at most {LONGEST} characters; that text has {len(tidy):,}. Shorten it."
        raise BadFields({"text": sentence})
    return tidy


def _understood(phrase: str, ways: Preferences, now: datetime) -> Definite | Question:
    if not phrase.strip():
        raise BadInput(f"When? For example: {_EXAMPLE}")
    found = read(phrase, now, ways.zone, workdays_of(ways))
    if isinstance(found, Refused):
        raise BadInput(found.sentence)
    if isinstance(found, Ask):
        if not found.choices:
            raise BadInput(found.question)
        return Question(question=found.question, choices=tuple(choice.words for choice in found.choices))
    return found


def _kept(found: Definite, zone: str) -> Schedule | Anchored:
    match found:
        case Once():
            return Schedule(None, found.local, zone)
        case Repeating():
            return found.schedule
        case Anchored():
            return found


def _first(reader: Reader, own: Own, found: Definite, workdays: Workdays, now: datetime) -> datetime:
    """When it comes first. Raises BadInput when its day is not known, or over."""
    if not isinstance(found, Anchored):
        upcoming = next_n(own.when, now, 1, workdays) if isinstance(own.when, Schedule) else []
        if not upcoming:
            raise BadInput("That is over already. Give a time that lies ahead.")
        return upcoming[0]
    name = _ANCHORS[found.anchor]
    if own.account_id is None:
        raise BadInput(f'The {name} of which account? Name it: `/account remind acme "send pricing" {own.phrase}`.')
    day = anchored_on(reader, own, now)
    if day is None:
        raise BadInput(f"The {name} of that account is not known, so I cannot count from it. Give a date instead.")
    local = found.local(day, workdays)
    due_at = resolve(local, ZoneInfo(own.zone))
    if due_at <= now:
        raise BadInput(
            f"That was {written(local.date())}: the {name} is on {written(day)}. Give a time that lies ahead."
        )
    return due_at


def _assumed(found: Definite) -> str | None:
    """What the words did not say."""
    if found.time_explicit:
        return None
    at = (
        found.schedule.first
        if isinstance(found, Repeating)
        else found.at
        if isinstance(found, Anchored)
        else found.local
    )
    return f"No time was said, so {at:%H:%M}."


def _mine(reader: Reader, audience: Audience, own_id: int) -> Own:
    """A reminder that the actor may change: their own, or one that is said in a channel."""
    row = schedules.get_or_none(reader, own_id)
    if row is None:
        raise NotFound(_GONE)
    own = schedules.own_of(row)
    for_all = own.recipient.startswith(_CHANNEL)
    if own.created_by != who(audience) and not for_all and not audience.actor.role.covers(Role.ADMIN):
        raise NotAllowed("That reminder is a colleague's own. Only they can change it.")
    return own


def _shown(reader: Reader, own: Own, workdays: Workdays, now: datetime, note: str | None) -> OwnReminder:
    account = accounts.accounts(reader, [own.account_id]).get(own.account_id) if own.account_id is not None else None
    by = people.member_behind(reader, own.created_by, None)
    repeats = isinstance(own.when, Schedule) and own.when.rule is not None
    return OwnReminder(
        id=id_text(own.id),
        text=own.text,
        when=plain.rhythm(own.when) if isinstance(own.when, Schedule) else plain.say(own.when),
        phrase=own.phrase,
        zone=own.zone,
        repeats=repeats,
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


def _upcoming(reader: Reader, own: Own, workdays: Workdays, now: datetime) -> tuple[datetime, ...]:
    """The next instants, at most three."""
    if own.state == "deleted":
        return ()
    if isinstance(own.when, Schedule):
        return tuple(next_n(own.when, now, 3, workdays))
    due_at = next_due(own, anchored_on(reader, own, now), workdays, now)
    return (due_at,) if due_at is not None else ()
