"""What an alert says: an account's fall as it was kept, and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.days import written
from bot.domain.health_past import Fall, Shift, shifts
from bot.domain.policy import Component, HealthPolicy
from bot.domain.reminders.reminder import Reminder
from bot.services.health.alerts import falls_of
from bot.storage.database import Reader
from bot.storage.queries import health as queries

_STEPS: Mapping[Component, str] = {
    "usage": "Find out who stopped using it, and why.",
    "engagement": "Call them: nobody has spoken with them for long.",
    "support": "Look at their open tickets before they ask you.",
    "sentiment": "Ask whoever answered what went wrong.",
    "commercial": "Open the renewal talk: its date is near.",
}


@dataclass(frozen=True, slots=True)
class Alert:
    """A fall in words: what changed, why, since when, what to do next; `clause` in a few words."""

    sentence: str
    because: str
    since: str
    step: str
    clause: str


def alerts_of(reader: Reader, rows: Iterable[Reminder], policy: HealthPolicy, today: date) -> dict[int, Alert]:
    """What alerts say, by the id of their row. One that was not sent and holds no longer says nothing."""
    by_day: dict[date, list[Reminder]] = {}
    for row in rows:
        if row.rule == "alert":
            by_day.setdefault(row.anchor_on, []).append(row)
    found = {}
    for on, told in by_day.items():
        fallen = _fallen(reader, told, policy, on)
        now = queries.standing(reader, sorted(fallen), today)
        for row in told:
            fell = fallen.get(row.anchor_id)
            if fell is None:
                continue
            stands = now.get(row.anchor_id, fell.after)
            risen = stands.score is None or stands.score >= (fell.before.score or 0)
            if row.state == "sent" or not risen:
                found[row.id] = _alert(fell, on)
    return found


def _fallen(reader: Reader, rows: list[Reminder], policy: HealthPolicy, on: date) -> dict[int, Fall]:
    passed = queries.last_pass(reader, on)
    since = on - timedelta(days=policy.alerts.drop_days)
    since = max(since, passed.comparable_from) if passed is not None else since
    return falls_of(reader, sorted({row.anchor_id for row in rows}), policy, on, since)


def _alert(fell: Fall, on: date) -> Alert:
    before, after = fell.before, fell.after
    moved = shifts(before, after)
    worst = next((one for one in moved if one.points < 0), None)
    days = max(1, (on - before.on).days)
    span = "overnight" if days == 1 else f"within {days} days"
    return Alert(
        sentence=f"health fell from {before.score} ({before.band}) to {after.score} ({after.band}).",
        because=", ".join(shift_words(one) for one in moved[:3]),
        since=f"{-fell.points} points {span}, since {written(before.on)}",
        step=_STEPS[worst.component] if worst is not None else "Look at what changed.",
        clause=f"health fell to {after.score}",
    )


def shift_words(one: Shift) -> str:
    """`usage -6 (80 → 63)`; where it did not count before or does not now, that."""
    was = "not counted" if one.before is None else f"{one.before:.0f}"
    now = "not counted" if one.after is None else f"{one.after:.0f}"
    return f"{one.component} {one.points:+d} ({was} → {now})"
