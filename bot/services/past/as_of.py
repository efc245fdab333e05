"""An account as it was known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.domain.audience import Audience
from bot.domain.days import written
from bot.domain.policy import Policies
from bot.services.assess import assess
from bot.services.card import card_of
from bot.services.errors import NotFound
from bot.services.existing import require_account
from bot.services.lookup import require_internal
from bot.services.past.when import day_of, end
from bot.services.results.past import AccountThen
from bot.storage.database import Database
from bot.storage.past import AsKnown
from bot.storage.queries.past import known_since


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What both questions about the past go by."""

    policies: Policies
    now: datetime
    zone: tzinfo


def account_then(database: Database, audience: Audience, account_id: int, day: str, by: Clockwork) -> AccountThen:
    """The card as it would have been shown at the end of a day, by the rules of today.

    Raises BadInput for no day of the past, NotFound when the account is gone or was not known then.
    """
    require_internal(audience)
    today = by.now.astimezone(by.zone).date()
    on = day_of(day, today)
    at = end(on, by.zone, by.now)
    with database.reading(audience) as reader:
        account = require_account(reader, account_id)
        then = AsKnown(reader, at)
        state = assess(then, [account_id], by.policies, at, on).get(account_id)
        if state is None:
            since = known_since(reader, account_id)
            first = f"; it was first written down here on {written(since.astimezone(by.zone).date())}" if since else ""
            raise NotFound(f"On {written(on)} nothing was known of {account.name}{first}. Ask for a later day.")
        card = card_of(then, account_id, state, at, on)
    note = (
        f"As it was known at the end of {written(on)}: what was written down later is not in it, even if it happened "
        "before. Health and risks by the rules of today."
    )
    return AccountThen(card=card, at=at, note=note)
