"""Weekly usage per product, and daily sessions of the last four weeks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from bot.sample.account import Account
from bot.sample.cast import PRODUCT_BY_KEY

WEEKS = 104
DAILY = 28


def usage_rows(account: Account) -> Iterator[dict[str, object]]:
    """Rows of usage.csv, oldest first. A week starts on Monday; the week that is not over has no row."""
    if account.company.usage is None:
        return
    rng = account.dice("usage")
    this_monday = account.today - timedelta(days=account.today.weekday())
    for back in range(WEEKS, 0, -1):
        monday = this_monday - timedelta(weeks=back)
        if account.told_from <= monday < account.over_on:
            yield from _week(account, monday, rng)
    for back in range(DAILY, 0, -1):
        day = account.ago(back)
        if day >= account.began:
            share = rng.uniform(2.1, 3.4) if day.weekday() < 5 else rng.uniform(0.05, 0.3)
            yield _row(account, day, 1, "sessions", "Folio", round(account.active_on(day) * share), None)


def _week(account: Account, monday: date, rng: random.Random) -> Iterator[dict[str, object]]:
    # Holidays of the last weeks are left out: whoever tries the book in January should not see every account fall.
    expected = account.active_on(monday)
    quiet = 0.62 if (monday.month, monday.day // 7) in {(12, 3), (12, 4), (8, 1)} and monday < account.ago(70) else 1.0
    active = max(0, round(expected * quiet * rng.uniform(0.96, 1.04)))
    yield _row(account, monday, 7, "active_users", "Folio", active, account.seats_on(monday))
    yield _row(account, monday, 7, "documents_filed", "Folio", round(active * rng.uniform(5.5, 8.5)), None)
    for key in dict.fromkeys(line.product for line in account.company.lines if line.product != "folio"):
        held = [t for t in account.terms if t.line.product == key and t.starts_on <= monday]
        if not held:
            continue
        product, quantity = PRODUCT_BY_KEY[key], held[-1].quantity
        if key == "vault":
            age = min(1.0, (monday - account.ago(WEEKS * 7)).days / (WEEKS * 7))
            value, entitled = round(quantity * (0.45 + 0.42 * age)), quantity
        else:
            yearly = quantity * (1000 if key == "flow" else 1)
            value, entitled = round(yearly / 52 * active / max(1, expected) * rng.uniform(0.7, 0.98)), None
        yield _row(account, monday, 7, product.metric, product.name, value, entitled)


def _row(
    account: Account, day: date, days: int, metric: str, feature: str, value: int, entitlement: int | None
) -> dict[str, object]:
    return {
        "id": f"U-{account.index:02}-{day:%y%m%d}-{metric.split('_')[0]}",
        "account_id": account.id,
        "on": day,
        "days": days,
        "metric": metric,
        "feature": feature,
        "value": value,
        "entitlement": entitlement,
    }
