"""Every figure that can be asked for, by the names people use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from . import movements, renewals, retention, sales, service
from .base import Definition

Key = Literal[
    "nrr", "grr", "retention", "churn", "renewal-rate", "arr", "mrr", "net-new-mrr", "expansion", "upsell-rate",
    "cross-sell-rate", "clv", "csat", "nps", "ces", "fcr", "ttr", "forecast", "quota",
]  # fmt: skip
KEYS: tuple[Key, ...] = get_args(Key)
AHEAD: frozenset[Key] = frozenset({"forecast", "quota"})
"""What is about a whole period, also the part that lies ahead; it has no past to draw."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure: what it is asked for by, and how it is made. `from_rows` says what has to be imported for it."""

    key: Key
    also: tuple[str, ...]
    definition: Definition
    from_rows: str


CATALOGUE: tuple[Entry, ...] = (
    Entry("nrr", ("net-revenue-retention", "ndr"), retention.NRR, "contracts"),
    Entry("grr", ("gross-revenue-retention",), retention.GRR, "contracts"),
    Entry("retention", ("logo-retention", "customer-retention", "crr"), retention.RETENTION, "contracts"),
    Entry("churn", ("logo-churn", "churn-rate", "customer-churn"), retention.CHURN, "contracts"),
    Entry("renewal-rate", ("renewals", "renewal"), renewals.RENEWAL, "contracts"),
    Entry("arr", (), movements.ARR, "contracts"),
    Entry("mrr", (), movements.MRR, "contracts"),
    Entry("net-new-mrr", ("movements", "mrr-movements", "net-new"), movements.NET_NEW, "contracts"),
    Entry("expansion", ("expansion-revenue",), movements.EXPANSION, "contracts"),
    Entry("upsell-rate", ("upsell",), movements.UPSELL, "contracts with products"),
    Entry("cross-sell-rate", ("cross-sell", "crosssell"), movements.CROSS_SELL, "contracts with products"),
    Entry("clv", ("ltv", "lifetime-value"), retention.CLV, "contracts"),
    Entry("csat", ("satisfaction",), service.CSAT, "surveys or ticket scores"),
    Entry("nps", ("net-promoter-score",), service.NPS, "surveys"),
    Entry("ces", ("effort", "customer-effort-score"), service.CES, "surveys"),
    Entry("fcr", ("first-contact-resolution",), service.FCR, "tickets with their contacts counted"),
    Entry("ttr", ("time-to-resolution", "resolution-time"), service.TTR, "tickets"),
    Entry("forecast", (), sales.FORECAST, "opportunities with probabilities"),
    Entry("quota", ("quota-attainment", "attainment"), sales.QUOTA, "opportunities, and a target in kpi.yml"),
)
_BY_NAME = {name: entry for entry in CATALOGUE for name in (entry.key, *entry.also)}


def entry_called(name: str) -> Entry | None:
    """`Net new MRR`, `net_new_mrr` and `net-new-mrr` are one name."""
    return _BY_NAME.get(_spelled(name))


def leading_entry(words: list[str]) -> tuple[Entry, list[str]] | None:
    """The figure that the first words name, the longest name that fits, and the words after it."""
    for length in range(min(len(words), 4), 0, -1):
        entry = entry_called(" ".join(words[:length]))
        if entry is not None:
            return entry, words[length:]
    return None


def _spelled(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip().casefold())
