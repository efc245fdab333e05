"""Why an account's health is what it is: every input with its weight, its reading, its age and its source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from bot.domain.audience import Audience
from bot.domain.days import written
from bot.domain.health import UNKNOWN, Contribution, Health, Missing, band_above, moves, points_to
from bot.domain.health_past import Kept, kept, points, shifts
from bot.domain.ids import id_text
from bot.domain.policy import Component, HealthPolicy, Policies
from bot.domain.signals import Signal
from bot.services.assess import State, assess
from bot.services.existing import require_account
from bot.services.lookup import require_internal
from bot.services.results.why import (
    DismissedRisk,
    Evidence,
    HealthInput,
    HealthSince,
    HealthWhy,
    MissingInput,
    Moved,
    OpenRisk,
    SetByHand,
    WayUp,
)
from bot.storage.database import Database, Reader
from bot.storage.queries import health as queries

_EVIDENCE: Final = 5


def why_health(
    database: Database,
    audience: Audience,
    account_id: int,
    policies: Policies,
    now: datetime,
    today: date,
    *,
    since: date | None = None,
) -> HealthWhy:
    """The health of one account on `today`, taken apart; with `since` also what became of it since that day.

    Raises NotFound when the account is gone.
    """
    require_internal(audience)
    with database.reading(audience) as reader:
        account = require_account(reader, account_id)
        state = assess(reader, [account_id], policies, now, today)[account_id]
        current = kept(state.health, policies, today)
        compared = _since(reader, account_id, current, since) if since is not None else None
    found = _explained(id_text(account_id), account.name, state.health, policies.health, now)
    return found.model_copy(update={"risks": open_risks(state), "dismissed": dismissed_risks(state), "since": compared})


def _explained(account_id: str, name: str, found: Health, policy: HealthPolicy, now: datetime) -> HealthWhy:
    above = band_above(found, policy)
    shown = points({one.component: one.points for one in found.contributions}, found.computed or 0)
    return HealthWhy(
        account_id=account_id,
        account=name,
        score=found.score,
        band=found.band,
        inputs=tuple(_input(one, shown if found.computed is not None else {}) for one in found.contributions),
        missing=tuple(_missing(one) for one in found.missing),
        coverage_percent=_percent(found.coverage),
        least_percent=_percent(policy.least_coverage),
        next_band=above.name if above else None,
        to_next=points_to(above, found) if above else None,
        ways_up=tuple(
            WayUp(component=one.component, now=_tenth(one.now), needed=one.needed) for one in moves(found, policy)
        ),
        model=f"v{found.version}",
        weights=found.weights,
        as_of=now,
        computed=found.computed,
        by_hand=by_hand(found),
    )


def by_hand(found: Health) -> SetByHand | None:
    """What a person set, as it is shown."""
    one = found.override
    if one is None:
        return None
    return SetByHand(score=one.score, by=one.by, reason=one.reason, until=one.expires_on, change=one.change)


def open_risks(state: State) -> tuple[OpenRisk, ...]:
    """Each risk with the rows it rests on."""
    return tuple(
        OpenRisk(
            kind=one.kind,
            severity=one.severity,
            sentence=one.sentence,
            evidence=tuple(Evidence(what=row.noun, on=row.on, quote=row.quote) for row in one.evidence[:_EVIDENCE]),
            evidence_total=len(one.evidence),
        )
        for one in state.findings
        if isinstance(one, Signal)
    )


def dismissed_risks(state: State) -> tuple[DismissedRisk, ...]:
    return tuple(
        DismissedRisk(kind=one.signal.kind, sentence=one.signal.sentence, reason=one.reason, by=one.by, on=one.on)
        for one in state.dismissed
    )


def _since(reader: Reader, account_id: int, current: Kept, since: date) -> HealthSince:
    before = queries.standing(reader, [account_id], since).get(account_id)
    if before is None:
        first = queries.first_day(reader, account_id)
        kept_from = f"the first one is of {written(first)}" if first is not None else "the first one is kept tonight"
        note = f"No reading of {written(since)} was kept: {kept_from}."
        return HealthSince(asked=since, on=None, score=None, band=UNKNOWN, change=None, moved=(), note=note)
    known = before.computed is not None and current.computed is not None
    return HealthSince(
        asked=since,
        on=before.on,
        score=before.score,
        band=before.band,
        change=(current.computed or 0) - (before.computed or 0) if known else None,
        moved=tuple(
            Moved(component=one.component, points=one.points, before=_value(one.before), after=_value(one.after))
            for one in shifts(before, current)
        ),
        note=_note(before, current),
    )


def _note(before: Kept, current: Kept) -> str | None:
    """What keeps two readings from being like for like."""
    if before.computed is None or current.computed is None:
        then, now = ("unknown" if one.computed is None else str(one.computed) for one in (before, current))
        return f"It was {then} then and is {now} now: there is no difference to tell."
    if before.model != current.model:
        return "The rules of the score changed in between; part of the difference may be theirs."
    gone = {one.component for one in before.parts} ^ {one.component for one in current.parts}
    return f"Not the same inputs counted then: {', '.join(sorted(gone))}." if gone else None


def _value(value: float | None) -> Decimal | None:
    return None if value is None else _tenth(value)


def _input(one: Contribution, shown: Mapping[Component, float]) -> HealthInput:
    return HealthInput(
        component=one.component,
        value=_tenth(one.reading.value or 0.0),
        weight_percent=_percent(one.weight),
        points=_tenth(shown.get(one.component, one.points)),
        sentence=one.reading.sentence,
        age_days=one.reading.age_days,
        source=one.reading.source,
    )


def _missing(one: Missing) -> MissingInput:
    return MissingInput(component=one.component, share_percent=_percent(one.share), why=one.why, fill=one.fill)


def _percent(share: float) -> Decimal:
    return _tenth(share * 100)


def _tenth(value: float) -> Decimal:
    return Decimal(str(round(value, 6))).quantize(Decimal("0.1"))
