"""What would be said in the coming months: by today's rules, and by others beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.domain.policy import Policies
from bot.domain.reminders.sight import Message, Sight, Spoken
from bot.domain.reminders.walk import walk
from bot.domain.when.wall import local_time
from bot.services.errors import BadInput
from bot.services.lookup import require_internal
from bot.services.preferences import Usual
from bot.services.reminders.foresight import sight
from bot.services.results.simulation import (
    Changed,
    Difference,
    MessageAhead,
    PersonAhead,
    SaidAhead,
    Simulation,
)
from bot.storage.database import Database
from bot.storage.queries import planning as queries

LONGEST = 730


@dataclass(frozen=True, slots=True)
class Ahead:
    """How far to look, and at one account or at all."""

    days: int = 180
    account_id: int | None = None


def simulate(
    database: Database, audience: Audience, policies: Policies, usual: Usual, ahead: Ahead, now: datetime
) -> Simulation:
    """Every message that would be sent from now on, if nobody acted and no fact changed. Nothing is written.

    Of one account: what is said about it while all others are reminded of, too. Raises BadInput for a number of days
    that is not between 1 and `LONGEST`.
    """
    until = _until(audience, ahead, now)
    return _walked(_sight(database, audience, policies, usual, now, until), policies, usual, ahead, now, until)


def compare_rules(
    database: Database,
    audience: Audience,
    policies: Policies,
    other: Policies,
    usual: Usual,
    ahead: Ahead,
    now: datetime,
) -> Difference:
    """The same walk by two sets of rules over one reading of the book."""
    until = _until(audience, ahead, now)
    seen = _sight(database, audience, policies, usual, now, until)
    before = _walked(seen, policies, usual, ahead, now, until)
    after = _walked(seen, other, usual, ahead, now, until)
    return _difference(before, after)


def _until(audience: Audience, ahead: Ahead, now: datetime) -> datetime:
    require_internal(audience)
    if not 1 <= ahead.days <= LONGEST:
        raise BadInput(f"One can look 1 to {LONGEST} days ahead; try --days 180.")
    return now + timedelta(days=ahead.days)


def _sight(
    database: Database, audience: Audience, policies: Policies, usual: Usual, now: datetime, until: datetime
) -> Sight:
    with database.reading(audience) as reader:
        return sight(reader, sorted(queries.everybody(reader)), policies, usual, now, until)


def _walked(seen: Sight, policies: Policies, usual: Usual, ahead: Ahead, now: datetime, until: datetime) -> Simulation:
    messages = tuple(_about(walk(seen, policies, now, until), ahead.account_id))
    return Simulation(
        since=now,
        until=until,
        accounts=len(seen.accounts) if ahead.account_id is None else 1,
        people=_people(messages),
        messages=tuple(_ahead(one, usual) for one in messages),
    )


def _about(messages: Iterable[Message], account_id: int | None) -> Iterable[Message]:
    """Only what is said about an account, and what it is said in."""
    for one in messages:
        if account_id is None:
            yield one
        elif any(spoken.account_id == account_id for spoken in one.spoken):
            spoken = tuple(each for each in one.spoken if each.account_id == account_id)
            yield Message(one.at, one.kind, one.to, spoken, one.why, None, one.channel)


def _people(messages: Sequence[Message]) -> tuple[PersonAhead, ...]:
    own, mornings = Counter[str](), Counter[str]()
    days: dict[str, Counter[object]] = {}
    for one in messages:
        if one.to is None:
            continue
        name = one.to.presence.name
        (mornings if one.kind == "morning" else own)[name] += 1
        days.setdefault(name, Counter())[local_time(one.at, one.to.preferences.zone).date()] += 1
    return tuple(
        PersonAhead(name=name, messages=own[name], mornings=mornings[name], most_a_day=max(days[name].values()))
        for name in sorted(days)
    )


def _ahead(one: Message, usual: Usual) -> MessageAhead:
    zone = one.to.preferences.zone if one.to is not None else usual.zone
    to = one.to.presence.name if one.to is not None else None
    return MessageAhead(
        at=one.at,
        local=f"{local_time(one.at, zone):%Y-%m-%d %H:%M} {zone.key}",
        kind=one.kind,
        to=to if one.channel is None else f"#{one.channel}",
        says=tuple(_said(spoken) for spoken in one.spoken),
        why=one.why,
        left_out=one.left_out,
    )


def _said(spoken: Spoken) -> SaidAhead:
    return SaidAhead(
        rule=spoken.rule,
        account_id=id_text(spoken.account_id) if spoken.account_id is not None else None,
        account=spoken.account,
        anchor_on=spoken.anchor_on,
        milestone=spoken.milestone,
        reason=spoken.reason,
        step=spoken.step,
    )


def _difference(before: Simulation, after: Simulation) -> Difference:
    old, new = _things(before), _things(after)
    return Difference(
        before=before,
        after=after,
        gone=tuple(found for key, found in old.items() if key not in new),
        new=tuple(found for key, found in new.items() if key not in old),
        same=len(old.keys() & new.keys()),
    )


def _things(one: Simulation) -> dict[tuple[object, ...], Changed]:
    """What is said, by what makes it the same thing: day, person, way, and the reminder."""
    found: dict[tuple[object, ...], Changed] = {}
    for message in one.messages:
        for said in message.says:
            what = (said.rule, said.account_id, said.anchor_on, said.milestone, said.reason)
            found[message.local[:10], message.to, message.kind, *what] = Changed(
                at=message.at, local=message.local, kind=message.kind, to=message.to, says=said
            )
    return found
