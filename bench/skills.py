"""Skills: what the gates and the composer cost, and what is found in histories of any length."""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.report import Report, percentile
from skills.compose import chosen, quoting, ranked
from skills.compose.ranking import Rollups
from skills.contract import Pack, Section, WireClaim, WireDraft
from skills.evals.histories import QUARTER, TODAY, History, history
from skills.evals.measure import baseline, measured
from skills.gates import check

ROOM = 12
_POINTS = (Section(key="points", title="Points", room=60),)
_GATES_MS, _COLD_MS, _WARM_MS = 50, 1_000, 200
_COVERED = 90


def run(report: Report, largest: int) -> None:
    """`largest` interactions is the longest history."""
    for size in (40, 1_000, largest):
        _found(report, size, seeds=range(8 if size < 5_000 else 2))
    pack = _packed(history(largest, 1))
    long = f"{largest:,} interactions"
    report.below(f"compose, {long}, first time", _best(lambda: ranked(pack, rollups=Rollups())), _COLD_MS, "ms")
    kept = Rollups()
    ranked(pack, rollups=kept)
    report.below(f"compose, {long}, months kept", _best(lambda: ranked(pack, rollups=kept)), _WARM_MS, "ms")
    few = _packed(history(300, 1))
    ours = [one for one in few.evidence if not one.is_external][:40]
    draft = WireDraft(
        claims=[WireClaim(section="points", text=_without_digits(one.text), evidence_ids=[one.id]) for one in ours]
    )
    report.below("gates, a draft of 40 claims, 300 texts", _best(lambda: check(draft, few, _POINTS)), _GATES_MS, "ms")


def _found(report: Report, size: int, seeds: range) -> None:
    shares, chance, lead = [], [], []
    for seed in seeds:
        told = history(size, seed)
        pack = _packed(told)
        wire = WireDraft(claims=[quoting("points", one) for one in chosen(ranked(pack), ROOM)])
        shares.append(measured(check(wire, pack, _POINTS), pack, told.planted).coverage)
        chance.append(baseline(told, told.planted, ROOM, first=False, seed=seed))
        lead.append(baseline(told, told.planted, ROOM, first=True))
    mean = sum(shares) / len(shares)
    beside = f"random {sum(chance) / len(chance):.0%}, newest {sum(lead) / len(lead):.0%}"
    report.above(f"planted facts in {ROOM} points, {size:,} texts", 100 * mean, _COVERED, "%", beside)


def _packed(told: History) -> Pack:
    return Pack(
        account_id="acme", account="Acme", known_names=told.names, period=QUARTER, today=TODAY, evidence=told.evidence
    )


def _without_digits(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())[:200]


def _best(work: Callable[[], object]) -> float:
    """Milliseconds of the median of five."""
    spent = []
    for _ in range(5):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return percentile(spent, 50)
