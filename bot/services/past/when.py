"""Which instant somebody means: a day, the last review of the plan, the last business review."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from bot.domain.days import written
from bot.domain.when.past import BUSINESS_REVIEWS, PLAN_REVIEWS, PastError, past_day
from bot.services.errors import BadInput, NotFound
from bot.storage import qbrs
from bot.storage.database import Reader
from bot.storage.queries import plans
from bot.storage.queries.past import last_business_review

Since = tuple[datetime, str]
"""An instant, and the words for it."""


def since_when(reader: Reader, account_id: int, words: str, now: datetime, zone: tzinfo) -> Since:
    """Raises BadInput for words that name no time of the past, NotFound for a review that never was."""
    text = " ".join(words.casefold().replace("-", " ").split()).removeprefix("since ").removeprefix("the ")
    if text in PLAN_REVIEWS:
        reviews = plans.reviews(reader, [account_id]).get(account_id)
        if not reviews:
            raise NotFound("The plan of this account was never reviewed. Say a day instead, for example 2026-06-01.")
        return reviews[0].written_at, f"the plan's last review on {_day(reviews[0].reviewed_at, zone)}"
    if text in BUSINESS_REVIEWS:
        return _business_review(reader, account_id, now, zone)
    day = day_of(words, now.astimezone(zone).date())
    return beginning(day, zone), written(day)


def _business_review(reader: Reader, account_id: int, now: datetime, zone: tzinfo) -> Since:
    """The newest: a meeting or call that was one, or a draft that was approved or shared."""
    held, given = last_business_review(reader, account_id, now), qbrs.given(reader, account_id, now)
    if given is not None and (held is None or given.at > held.at):
        return given.at, f"the business review {given.words}, {given.deed} on {_day(given.at, zone)}"
    if held is None:
        raise NotFound("No business review of this account is known. Say a day instead, for example 2026-06-01.")
    return held.at, f"the business review on {_day(held.at, zone)}"


def day_of(words: str, today: date) -> date:
    """A day of the past, or today."""
    text = " ".join(words.casefold().split()).removeprefix("since ")
    if text in ("today", today.isoformat()):
        return today
    try:
        return past_day(text or "nothing", today)
    except PastError as error:
        raise BadInput(str(error)) from error


def beginning(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def end(day: date, zone: tzinfo, now: datetime) -> datetime:
    """The last moment of a day; of today this one."""
    return min(now, beginning(day + timedelta(days=1), zone) - timedelta(microseconds=1))


def _day(at: datetime, zone: tzinfo) -> str:
    return written(at.astimezone(zone).date())
