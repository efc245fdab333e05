"""Before other rules are switched on: whose band would change, and which rules would have seen better who left."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from bot.domain.audience import Audience
from bot.domain.health import UNKNOWN
from bot.domain.health_past import rescored
from bot.domain.ids import id_text
from bot.domain.policy import HealthPolicy, Policies
from bot.services.lookup import require_internal
from bot.services.measure import healths
from bot.services.results.health import BandChange, BandCount, Foresight, RulesCompared
from bot.storage.database import Database, Reader
from bot.storage.queries import accounts as account_queries
from bot.storage.queries import health as queries

USUAL_PAST: Final = timedelta(days=90)
SHOWN: Final = 50
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class _Pair:
    """One account by both rules; scores of None are unknown."""

    account_id: int
    now: tuple[int | None, str]
    other: tuple[int | None, str]


def compare_health(
    database: Database,
    audience: Audience,
    policies: Policies,
    other: Policies,
    since: date | None,
    now: datetime,
    today: date,
) -> RulesCompared:
    """Both rules over today's facts and over the stored readings of `since` (without one of 90 days ago)."""
    require_internal(audience)
    then_on = since or today - USUAL_PAST
    with database.reading(audience) as reader:
        named: dict[int, tuple[str, str | None]] = {}
        current: list[_Pair] = []
        past: list[_Pair] = []
        cursor = 0
        while ids := queries.accounts_after(reader, cursor, _AT_ONCE):
            cursor = ids[-1]
            rows = account_queries.accounts(reader, ids)
            named |= {one: (row.name, row.segment) for one, row in rows.items()}
            current += _today(reader, ids, policies, other, now, today)
            stood = queries.standing(reader, ids, then_on)
            past += [
                _Pair(one, (kept.computed, kept.band), rescored(kept, other.health, rows[one].segment))
                for one, kept in stood.items()
                if one in rows and not kept.overridden
            ]
        left = queries.left_since(reader, then_on, today)
    changes = [pair for pair in current if pair.now[1] != pair.other[1]]
    return RulesCompared(
        rules=_named(policies.health),
        other_rules=_named(other.health),
        on=today,
        accounts=len(current),
        today=_counts(current, policies.health, other.health),
        changes=tuple(_change(pair, *named[pair.account_id]) for pair in sorted(changes, key=_fall)[:SHOWN]),
        changed=len(changes),
        then_on=then_on,
        then=_counts(past, policies.health, other.health) if past else None,
        foresight=_foresight(past, left) if past else None,
    )


def _today(
    reader: Reader, ids: Sequence[int], policies: Policies, other: Policies, now: datetime, today: date
) -> list[_Pair]:
    """Computed scores: what people set by hand stands under any rules."""
    by_now = healths(reader, ids, policies, now, today)
    by_other = healths(reader, ids, other, now, today)
    return [
        _Pair(one, _computed(found.computed, policies.health), _computed(by_other[one].computed, other.health))
        for one, found in by_now.items()
    ]


def _computed(score: int | None, policy: HealthPolicy) -> tuple[int | None, str]:
    return score, UNKNOWN if score is None else policy.band(score)


def _named(policy: HealthPolicy) -> str:
    return f"v{policy.version} {policy.fingerprint}"


def _counts(pairs: Iterable[_Pair], *policies: HealthPolicy) -> tuple[BandCount, ...]:
    """Best band first, then what is unknown."""
    names = dict.fromkeys(band.name for policy in policies for band in reversed(policy.bands))
    now, other = Counter[str](), Counter[str]()
    for pair in pairs:
        now[pair.now[1]] += 1
        other[pair.other[1]] += 1
    return tuple(BandCount(band=name, now=now[name], other=other[name]) for name in (*names, UNKNOWN))


def _fall(pair: _Pair) -> tuple[int, int]:
    """Those that would fall deepest first."""
    return (pair.other[0] or 0) - (pair.now[0] or 0), pair.account_id


def _change(pair: _Pair, name: str, segment: str | None) -> BandChange:
    return BandChange(
        account_id=id_text(pair.account_id),
        account=name,
        segment=segment,
        score=pair.now[0],
        band=pair.now[1],
        other_score=pair.other[0],
        other_band=pair.other[1],
    )


def _foresight(pairs: Sequence[_Pair], left: frozenset[int]) -> Foresight:
    """Over accounts with a score by both rules, so that they are asked the same."""
    known = [pair for pair in pairs if pair.now[0] is not None and pair.other[0] is not None]
    gone = [pair for pair in known if pair.account_id in left]
    stayed = [pair for pair in known if pair.account_id not in left]
    return Foresight(
        left=len(gone),
        stayed=len(stayed),
        now=_told_apart([pair.now[0] or 0 for pair in gone], [pair.now[0] or 0 for pair in stayed]),
        other=_told_apart([pair.other[0] or 0 for pair in gone], [pair.other[0] or 0 for pair in stayed]),
    )


def _told_apart(gone: Sequence[int], stayed: Sequence[int]) -> Decimal | None:
    """Percent of pairs in which the one who left scored lower; equal scores count half (Mann-Whitney)."""
    if not gone or not stayed:
        return None
    ordered = sorted(stayed)
    won = sum(len(ordered) - (bisect_left(ordered, score) + bisect_right(ordered, score)) / 2 for score in gone)
    return round(Decimal(won * 100 / (len(gone) * len(stayed))), 1)
