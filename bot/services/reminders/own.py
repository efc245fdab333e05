"""Reminders that people set for themselves, or for everybody in a channel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.audience import Audience
from bot.domain.days import written
from bot.domain.ids import id_text, new_id
from bot.domain.preferences import Preferences
from bot.domain.reminders.own import Own, State
from bot.domain.reminders.wanted import to_channel, to_person
from bot.domain.when.calendars import Workdays
from bot.domain.when.phrases import read
from bot.domain.when.readings import Anchored, Ask, Definite, Once, Refused, Repeating
from bot.domain.when.recurrence import Schedule, next_n
from bot.domain.when.wall import resolve
from bot.domain.words import shows
from bot.services.errors import BadFields, BadInput
from bot.services.existing import require_account
from bot.services.lookup import require_member
from bot.services.preferences import note_member
from bot.services.reminders.own_planning import anchored_on, forget_planned, plan_next, workdays_of
from bot.services.reminders.own_reading import require_mine, shown, who
from bot.services.results.own import OwnReminder, Question
from bot.services.writing import writing
from bot.storage import audit, schedules
from bot.storage.database import Database, Reader

LONGEST = 300
MOST = 200
_EXAMPLE = '`/account remind acme "send pricing" tue 9:00`'
_ANCHORS = {"renewal": "renewal", "notice": "notice deadline", "contract end": "contract end", "qbr": "QBR"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: to be told `text`, when `phrase` says, about an account or none. `channel` is where it is
    to be said, None to them alone; `to` another recipient, for who is not in Slack themselves; `own_id` names the
    submission: the same one again sets nothing."""

    text: str
    phrase: str
    account_id: int | None = None
    channel: str | None = None
    own_id: int | None = None
    to: str | None = None


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
            return shown(writer, schedules.own_of(before), workdays_of(ways), now, None)
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
            recipient=_recipient(wish, me),
            created_by=me,
            created_at=now,
        )
        first = _first(writer, own, found, workdays_of(ways), now)
        note_member(writer, me, audience.actor.member_id)
        schedules.add(writer, own, first.date())
        plan_next(writer, own, workdays_of(ways), now)
        audit.append(writer, "remind", own.account_id, {"reminder": id_text(own.id)}, _values(None, own))
        return shown(writer, own, workdays_of(ways), now, _assumed(found))


def change_own(
    database: Database, audience: Audience, own_id: int, text: str, phrase: str, ways: Preferences, now: datetime
) -> OwnReminder | Question:
    """Other words or another time for a reminder. Raises as `set_own`."""
    require_member(audience)
    text = _checked(text)
    with writing(database, audience, now) as writer:
        before = require_mine(writer, audience, own_id)
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
        audit.append(writer, "change reminder", own.account_id, {"reminder": id_text(own.id)}, _values(before, own))
        return shown(writer, own, workdays_of(ways), now, _assumed(found) if found else None)


def switch_own(
    database: Database, audience: Audience, own_id: int, state: State, ways: Preferences, now: datetime
) -> OwnReminder:
    """Pause, resume or delete a reminder, or bring a deleted one back. The same twice is the same once."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        before = require_mine(writer, audience, own_id)
        after = replace(before, state=state)
        if schedules.set_state(writer, own_id, before.state, after.state):
            if after.state == "active":
                plan_next(writer, after, workdays_of(ways), now)
            else:
                forget_planned(writer, own_id, "paused" if after.state == "paused" else "deleted")
            audit.append(
                writer, "change reminder", after.account_id, {"reminder": id_text(own_id)}, _values(before, after)
            )
        return shown(writer, after, workdays_of(ways), now, None)


def _values(before: Own | None, after: Own) -> list[audit.Value]:
    """What it said and when, before and after."""
    found = [
        audit.Value(f"reminder.{name}", getattr(before, name, None), getattr(after, name), after.id)
        for name in ("text", "phrase", "zone", "recipient", "state")
    ]
    return [one for one in found if one.before != one.after]


def _recipient(wish: Wish, me: str) -> str:
    return to_channel(wish.channel) if wish.channel else wish.to or to_person(me)


def _checked(text: str) -> str:
    tidy = " ".join(text.replace("\x00", "").split())
    if not shows(tidy):
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
    match found:
        case Once():
            at = found.local.time()
        case Repeating():
            at = found.schedule.first.time()
        case Anchored():
            at = found.at
    return f"No time was said, so {at:%H:%M}."
