"""What people do with a reminder: each deed is one transaction, done once however often and by however many it is
clicked, audited, and undoable while it did not lead on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Final

from bot.domain.audience import Actor, Audience
from bot.domain.ids import id_text
from bot.domain.preferences import Preferences
from bot.domain.reminders.wanted import Wanted, to_person
from bot.domain.when.snooze import SnoozeError
from bot.domain.when.snooze import snooze as moment_of
from bot.services.errors import BadInput, NotFound
from bot.services.lookup import require_member
from bot.services.preferences import note_member
from bot.services.reminders.own import switch_own
from bot.services.reminders.own_planning import workdays_of
from bot.services.results.matters import Deed
from bot.services.writing import writing
from bot.storage import acts, audit, commitments
from bot.storage.database import AnyRow, Database, Writer
from bot.storage.sight import Sights

REASONS: Final = (
    "price",
    "budget cut",
    "missing features",
    "poor experience",
    "competitor",
    "no longer needed",
    "champion left",
    "closed or merged",
    "other",
)
"""Why a customer does not renew: a closed list, so that it can be counted."""

MORNING: Final = time(9)
_LONGEST_NOTE = 1_000
_GONE = "That reminder is gone. See what is open with `/account reminders`."
_NOT_THERE = "That reminder is not open any more. See what is open with `/account reminders`."


def done(database: Database, audience: Audience, reminder_id: int, now: datetime) -> Deed:
    """Somebody saw to it."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        return _act(writer, _row(writer, reminder_id), "done", None)


def snooze(
    database: Database, audience: Audience, reminder_id: int, choice: str, ways: Preferences, now: datetime
) -> Deed:
    """Say it again in the morning of a working day, this once: what is planned after it stays where it is.

    `choice` is as `bot.domain.when.snooze` reads it, `ways` those of who will read it again.
    """
    require_member(audience)
    try:
        until = moment_of(choice, now, ways.zone, workdays_of(ways), MORNING)
    except SnoozeError as error:
        raise BadInput(str(error)) from error
    with writing(database, audience, now) as writer:
        row = _row(writer, reminder_id)
        did = _act(writer, row, "snoozed", None)
        if did.first:
            acts.follow(writer, row, replace(_wanted(row), due_at=until, carrier=row.carrier))
        return did


def hand_over(
    database: Database,
    audience: Audience,
    reminder_id: int,
    slack_user_id: str,
    name: str,
    now: datetime,
    colleague: Actor | None = None,
) -> Deed:
    """Let a colleague see to it: it is said to them at once. Whose account it is stays as it is.

    Raises BadInput for a `colleague` who may not see the account.
    """
    require_member(audience)
    if slack_user_id == audience.actor.slack_user_id:
        raise BadInput("That is you already. Pick a colleague, or press Snooze.")
    with writing(database, audience, now) as writer:
        row = _row(writer, reminder_id)
        if colleague is not None and row.account_id is not None:
            if not Sights(writer.everything).of(colleague).sees(row.account_id):
                raise BadInput(f"{name} may not see this account. `/account who-sees` tells who may: pick one of them.")
            note_member(writer, slack_user_id, colleague.member_id)
        did = _act(writer, row, "reassigned", name)
        if did.first:
            acts.follow(writer, row, replace(_wanted(row), recipient=to_person(slack_user_id), due_at=now))
        return did


def not_renewing(
    database: Database, audience: Audience, reminder_id: int, reason: str, note: str, now: datetime
) -> Deed:
    """The customer leaves: recorded for this term of the contract, and nothing more is said about its renewal."""
    require_member(audience)
    if reason not in REASONS:
        raise BadInput(f"Pick a reason: {', '.join(REASONS)}.")
    if len(note) > _LONGEST_NOTE:
        raise BadInput(f"The note has {len(note):,} characters; keep it under {_LONGEST_NOTE:,}.")
    with writing(database, audience, now) as writer:
        row = _row(writer, reminder_id)
        if row.rule != "renewal":
            raise BadInput("Only a renewal can be answered like that.")
        did = _act(writer, row, "not renewing", reason, note or None)
        if did.first:
            by = writer.actor.name
            values = {"outcome": "not renewing", "reason": reason, "note": note or None, "by": by}
            acts.record_outcome(writer, row.anchor_id, row.anchor_on, values)
            acts.look_again(writer, row.account_id)
        return did


def end_promise(
    database: Database, audience: Audience, reminder_id: int, status: commitments.Ended, now: datetime
) -> Deed:
    """The promise that it is about was kept, missed, or is no longer needed."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        row = _row(writer, reminder_id)
        if row.rule != "promise":
            raise BadInput("Only a promise can be answered like that.")
        if status == "kept":
            did = _act(writer, row, "done", None)
        else:
            did = _act(writer, row, "dismissed", "missed" if status == "missed" else "no longer needed")
        if did.first:
            commitments.end(writer, row.anchor_id, status)
        return did


def never_again(database: Database, audience: Audience, reminder_id: int, ways: Preferences, now: datetime) -> Deed:
    """The reminder that somebody set is deleted; this one is seen to."""
    require_member(audience)
    with database.reading(audience) as reader:
        row = acts.rows(reader, [reminder_id]).get(reminder_id)
    if row is None or row.rule != "own":
        raise NotFound(_GONE)
    switch_own(database, audience, row.anchor_id, "deleted", ways, now)
    return done(database, audience, reminder_id, now)


def to_me_instead(database: Database, audience: Audience, notice_id: int, now: datetime) -> Deed:
    """Say to the actor alone what was held back, at once. `notice_id` is the message that told of it."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        notice = _row(writer, notice_id)
        held = acts.rows(writer, [notice.anchor_id]).get(notice.anchor_id) if notice.rule == "notice" else None
        if held is None or audience.actor.slack_user_id is None:
            raise NotFound(_NOT_THERE)
        did = _act(writer, notice, "done", f"sent to {audience.actor.name} instead")
        if did.first and acts.give_up(writer, held.id, f"sent to {audience.actor.name} instead"):
            to = to_person(audience.actor.slack_user_id)
            note_member(writer, audience.actor.slack_user_id, audience.actor.member_id)
            acts.follow(writer, held, replace(_wanted(held), recipient=to, due_at=now))
        return did


def undo(database: Database, audience: Audience, reminder_id: int, now: datetime) -> Deed:
    """Take back what was done last. Raises BadInput where it has led on."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        row = _row(writer, reminder_id)
        if row.acted is None:
            return _deed(row, first=False, late=None)
        _take_back(writer, row)
        if not acts.take_back(writer, row.id, row.acted_at):
            raise NotFound(_NOT_THERE)
        audit.append(
            writer,
            "undo",
            row.account_id,
            {"reminder": id_text(row.id), "was": row.acted},
            [audit.Value("reminder.acted", row.acted, None, row.id)],
        )
        return _deed(row, first=True, late=None)


def _take_back(writer: Writer, row: AnyRow) -> None:
    for one in acts.followers(writer, row):
        if one.state == "planned":
            acts.drop_follower(writer, one.id)
        elif one.state != "cancelled":
            raise BadInput("That cannot be taken back: the reminder was said again meanwhile. Act on that one.")
    if row.acted == "not renewing":
        acts.forget_outcome(writer, row.anchor_id, row.anchor_on)
        acts.look_again(writer, row.account_id)
    if row.rule == "promise" and row.acted in {"done", "dismissed"} and not commitments.reopen(writer, row.anchor_id):
        raise BadInput("That cannot be taken back: the promise was changed meanwhile.")


def _row(writer: Writer, reminder_id: int) -> AnyRow:
    row = acts.rows(writer, [reminder_id]).get(reminder_id)
    if row is None:
        raise NotFound(_GONE)
    return row


def _act(writer: Writer, row: AnyRow, deed: acts.Deed, why: str | None, note: str | None = None) -> Deed:
    if acts.act(writer, row.id, deed, writer.actor.name, why):
        said = {"reminder.acted": deed, "reminder.why": why, "reminder.note": note}
        values = [audit.Value(name, None, text, row.id) for name, text in said.items() if text is not None]
        audit.append(writer, deed, row.account_id, {"reminder": id_text(row.id), "rule": row.rule}, values)
        return _deed(row, first=True, late=None)
    row = _row(writer, row.id)
    if row.acted is None:
        raise NotFound(_NOT_THERE)
    same = row.acted == deed and row.acted_by == writer.actor.name
    return _deed(row, first=False, late=None if same else f"{row.acted_by or 'Somebody'} was faster: {row.acted}.")


def _deed(row: AnyRow, *, first: bool, late: str | None) -> Deed:
    return Deed(channel=row.channel, ts=row.ts, first=first, late=late)


def _wanted(row: AnyRow) -> Wanted:
    return Wanted(
        rule=row.rule,
        account_id=row.account_id,
        anchor_id=row.anchor_id,
        anchor_on=row.anchor_on,
        milestone=row.milestone,
        recipient=row.recipient,
        due_at=row.due_at,
        zone=row.zone,
        carrier="own",
    )
