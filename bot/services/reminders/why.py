"""Why a message came: the rule and its step, the day it counts towards and where that comes from, the policy file that
says so, who could have got it, and when the next one comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.audience import Audience
from bot.domain.days import written
from bot.domain.ids import id_text
from bot.domain.policy import Policies
from bot.domain.reminders.budget import COUNTED
from bot.domain.reminders.presence import Addressee, Part
from bot.domain.reminders.wanted import channel_of, to_person
from bot.domain.when.wall import local_day
from bot.services.errors import NotFound
from bot.services.lookup import require_internal
from bot.services.preferences import Usual
from bot.services.reminders.matters import Facts, facts, matter
from bot.services.reminders.people import People
from bot.services.results.matters import Because, WhyReminded
from bot.storage import acts
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.outbox import of_row
from bot.storage.queries import origins

_GONE = "That reminder is gone. See what is open with `/account reminders`."
_PARTS: dict[Part, str] = {"owner": "owner", "backup": "stands in", "lead": "lead", "named": "named"}
_NONE = "I have not reminded you of anything yet."


def why_reminded(
    database: Database, audience: Audience, reminder_id: int, policies: Policies, usual: Usual, now: datetime
) -> WhyReminded:
    """Raises NotFound when there is no such reminder."""
    require_internal(audience)
    with database.reading(audience) as reader:
        row = acts.rows(reader, [reminder_id]).get(reminder_id)
        if row is None:
            raise NotFound(_GONE)
        return _why(reader, row, policies, usual, now)


def last_to(
    database: Database,
    audience: Audience,
    account_id: int | None,
    policies: Policies,
    usual: Usual,
    now: datetime,
) -> WhyReminded:
    """The same of the last message that the asker got, about an account or about any. Raises NotFound without one."""
    require_internal(audience)
    with database.reading(audience) as reader:
        row = acts.last_told(reader, to_person(audience.actor.slack_user_id or ""), account_id)
        if row is None:
            raise NotFound(
                _NONE if account_id is None else "I have not reminded you of anything about that account yet."
            )
        return _why(reader, row, policies, usual, now)


def _why(reader: Reader, row: AnyRow, policies: Policies, usual: Usual, now: datetime) -> WhyReminded:
    one = of_row(row)
    known = facts(reader, [one], policies, now, local_day(now, usual.zone))
    said = matter(one, known, policies)
    return WhyReminded(
        id=id_text(row.id),
        matter=said.model_copy(update={"acted": None}) if said is not None else None,
        rule=one.rule,
        sent_at=row.sent_at,
        wanted_at=row.wanted_at,
        because=tuple(
            Because(label=label, sentence=sentence)
            for label, sentence in (
                *_rule(row, known, policies),
                *_anchor(reader, row, known),
                *_moved(row),
                *_considered(reader, row, policies, usual, now),
            )
        ),
        next_at=acts.next_planned(reader, row, now),
    )


def _rule(row: AnyRow, known: Facts, policies: Policies) -> Iterator[tuple[str, str]]:
    """The rule, its step, and the place in the file that says so."""
    segment = known.accounts[row.account_id].segment if row.account_id in known.accounts else None
    match row.rule:
        case "renewal":
            ladder = policies.renewals.ladder_for(segment)
            steps = ", ".join(f"{step}" for step in ladder.value)
            place = "default" if ladder.entry == "default" else f"ladders: {ladder.entry}"
            yield "Rule", f"Renewals are told {steps} days ahead (renewals.yml, {place}); this is step {row.milestone}."
        case "check-in":
            cadence = policies.cadence.days_for(segment)
            place = "default" if cadence.entry == "default" else f"days: {cadence.entry}"
            yield "Rule", f"A check-in every {cadence.value} days after the last touch (cadence.yml, {place})."
            yield "Step", f"Check-in {row.milestone + 1} since then; after {policies.cadence.missed + 1} I stop."
        case "promise":
            steps = " and ".join(f"{step}" for step in policies.reminders.promises)
            yield "Rule", f"Promises are told {steps} business days before they are due (reminders.yml, promises)."
        case "own":
            own = known.schedules.get(row.anchor_id)
            if own is not None:
                yield "Rule", f"Somebody set it on {written(own.created_at.date())}, in these words: “{own.phrase}”."
        case "alert":
            rules = policies.health.alerts
            yield (
                "Rule",
                (
                    f"Told when an account falls into a worse band, or by {rules.drop_points} points within "
                    f"{rules.drop_days} days (health.yml, alerts)."
                ),
            )


def _anchor(reader: Reader, row: AnyRow, known: Facts) -> Iterator[tuple[str, str]]:
    """The day it counts towards, and which row of whose data says so."""
    match row.rule:
        case "renewal":
            state = known.contracts.get(row.anchor_id)
            if state is None:
                yield "Counts to", f"{written(row.anchor_on)}, a date of a contract that is no longer in the book."
                return
            which = "notice deadline" if state.dates.notice_on == row.anchor_on else "end"
            number = f" {state.row.number}" if state.row.number else ""
            yield "Counts to", f"{written(row.anchor_on)}, the {which} of contract{number}. {state.dates.sentence}"
            yield "Source", _source(reader, state.row)
        case "check-in":
            yield "Counts from", f"{written(row.anchor_on)}, the last touch that was known."
        case "promise":
            promise = known.promises.get(row.anchor_id)
            owner = f", promised by {promise.owner}" if promise is not None and promise.owner else ""
            yield "Counts to", f"{written(row.anchor_on)}, the day it is due{owner}."


def _source(reader: Reader, version: AnyRow) -> str:
    """`contracts.csv, line 2, imported on 4 Mar 2026 by Maya`."""
    change = origins.change_of(reader, version)
    by = f" by {change.actor}" if change is not None else ""
    on = f" on {written(change.started_at.date())}" if change is not None else ""
    if change is not None and change.kind == "edit":
        return f"Said{on}{by}."
    file = origins.file_of(reader, version)
    line = f", line {version.line}" if file is not None and version.line is not None else ""
    return f"{file or version.source or 'An import'}{line}, imported{on}{by}."


def _moved(row: AnyRow) -> Iterator[tuple[str, str]]:
    if row.follows is not None:
        yield "Again", "It was snoozed or handed over before."
    if row.due_at != row.wanted_at:
        why = f": {row.reason}" if row.reason and row.acted is None else ""
        yield (
            "Moved",
            f"It was planned for {written(row.wanted_at.date())} and moved to {written(row.due_at.date())}{why}.",
        )


def _considered(
    reader: Reader, row: AnyRow, policies: Policies, usual: Usual, now: datetime
) -> Iterator[tuple[str, str]]:
    """Who could have got it, in the order in which they are tried, by our data as it is now."""
    if row.rule not in COUNTED or row.account_id is None or channel_of(row.recipient) is not None:
        return
    chain = People(reader, [row.account_id], usual, policies.access).chain(row.recipient, row.account_id)
    if not chain:
        return
    went = next((one.presence.name for one in chain if to_person(one.presence.slack_user_id) == row.told), None)
    order = ", then ".join(_standing(one, now) for one in chain)
    yield "Who", f"{order}.{f' It went to {went}.' if went is not None and len(chain) > 1 else ''}"


def _standing(one: Addressee, now: datetime) -> str:
    """`Maya Lindqvist (owner, away until 12 Mar 2026)`."""
    held, how = one.preferences, _PARTS[one.part]
    if not one.presence.reachable:
        how += ", left"
    elif held.is_away(local_day(now, held.zone)):
        how += f", away until {written(held.away_until)}" if held.away_until is not None else ", away"
    return f"{one.presence.name} ({how})"
