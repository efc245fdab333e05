"""Why an account's health is what it is: every input with its weight, its reading, its age and its source."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from bot.domain.audience import Audience
from bot.domain.health import Contribution, Health, Missing, band_above, moves, points_to
from bot.domain.ids import id_text
from bot.domain.policy import HealthPolicy, Policies
from bot.services.assess import assess
from bot.services.existing import require_account
from bot.services.lookup import require_internal
from bot.services.results import HealthInput, HealthWhy, MissingInput, WayUp
from bot.storage.database import Database


def why_health(
    database: Database, audience: Audience, account_id: int, policies: Policies, now: datetime, today: date
) -> HealthWhy:
    """The health of one account on `today`, taken apart. Raises NotFound when the account is gone."""
    require_internal(audience)
    with database.reading(audience) as reader:
        account = require_account(reader, account_id)
        state = assess(reader, [account_id], policies, now, today)[account_id]
    return _explained(id_text(account_id), account.name, state.health, policies.health, now)


def _explained(account_id: str, name: str, found: Health, policy: HealthPolicy, now: datetime) -> HealthWhy:
    above = band_above(found, policy)
    return HealthWhy(
        account_id=account_id,
        account=name,
        score=found.score,
        band=found.band,
        inputs=tuple(_input(one) for one in found.contributions),
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
    )


def _input(one: Contribution) -> HealthInput:
    return HealthInput(
        component=one.component,
        value=_tenth(one.reading.value or 0.0),
        weight_percent=_percent(one.weight),
        points=_tenth(one.points),
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
