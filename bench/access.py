"""What it costs to show people only the accounts that they may see, beside the same use cases where all may see all."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bench.report import Report
from bot.bootstrap import load_policies
from bot.domain.audience import SHELL, Actor, Audience, Reach, Role, only_the_asker
from bot.services.desk import Desk
from bot.services.kpi.ask import KpiQuestion
from bot.storage import restrictions
from bot.storage.database import Database
from bot.storage.queries import addressing, people

RESTRICTED, ROUNDS = 25, 40
AT_MOST = 1.10
Act: TypeAlias = Callable[[Audience], object]


def run(report: Report, address: str) -> None:
    """Restricts some accounts of this book, and lifts that again."""
    database = Database(address)
    desk = Desk(database, lambda: datetime.now(UTC), load_policies(None), ZoneInfo("UTC"))
    everybody = only_the_asker(SHELL)
    with database.reading(everybody) as reader:
        one = min(addressing.members(reader))
        own = sorted(people.accounts_owned_by(reader, [one]))
        others = people.accounts_owned_by(reader, [max(addressing.members(reader))])[:RESTRICTED]
    actor = Actor(Role.MEMBER, "bench", member_id=one, slack_user_id="U1", name="Bench")
    acts: dict[str, tuple[Act, int]] = {
        "a card": (lambda audience: desk.account_card(audience, own[0]), ROUNDS * 4),
        "a book": (lambda audience: desk.book(audience), ROUNDS),
        "a question about one's book": (
            lambda audience: desk.asking.ask(audience, "which of mine renew in the next 90 days?"),
            ROUNDS,
        ),
        "a search in all notes": (lambda audience: desk.asking.ask(audience, "who mentioned pricing?"), ROUNDS),
        "a figure of one's book": (lambda audience: desk.kpi(audience, KpiQuestion("nrr", "mine")), ROUNDS),
        "a figure of all accounts": (lambda audience: desk.kpi(audience, KpiQuestion("arr", "all")), 5),
    }
    _restrict(database, others)
    try:
        for name, (act, rounds) in acts.items():
            _beside(report, database, others, name, act, actor, rounds)
    finally:
        _lift(database, others)


def _beside(
    report: Report, database: Database, others: list[int], name: str, act: Act, actor: Actor, rounds: int
) -> None:
    """In turns with the same thing where all may see all, so that both meet the same machine."""
    audience = only_the_asker(actor)
    narrow = only_the_asker(replace(actor, reach=Reach.OWN))
    for kind, who in ((f"{len(others)} accounts restricted", audience), ("own accounts only", narrow)):
        if who is narrow and "all" in name:
            continue  # less is read: nothing to compare with
        guarded, bare = [], []
        for _ in range(3):
            guarded.append(_typical(act, who, rounds))
            _lift(database, others)
            bare.append(_typical(act, audience, rounds))
            _restrict(database, others)
        report.ratio(f"{name}, {kind}", median(guarded) * 1000, median(bare) * 1000, AT_MOST, "ms")


def _typical(act: Act, audience: Audience, rounds: int) -> float:
    """Seconds of CPU of the typical quick round: what others do on the machine meanwhile does not count."""
    act(audience)
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        act(audience)
        seconds.append(time.process_time() - begun)
    return sorted(seconds)[len(seconds) // 4]


def _restrict(database: Database, accounts: list[int]) -> None:
    with database.writing(only_the_asker(SHELL), datetime.now(UTC)) as writer:
        for one in accounts:
            restrictions.restrict(writer, one, [], None)


def _lift(database: Database, accounts: list[int]) -> None:
    with database.writing(only_the_asker(SHELL), datetime.now(UTC)) as writer:
        for one in accounts:
            restrictions.lift(writer, one)
