"""Packs to try gates and composers on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from skills.contract import Draft, Evidence, Metric, Pack, Period, Section, WireClaim, WireDraft
from skills.gates import check

QUARTER = Period(start=date(2026, 7, 1), end=date(2026, 9, 30), label="Q3 2026")
SECTIONS = (Section(key="points", title="Points", room=50),)


def evidence(number: int, text: str, **more: Any) -> Evidence:
    """A note of ours unless `more` says otherwise."""
    usual: dict[str, Any] = {
        "id": f"E{number}",
        "account_id": "acme",
        "entity_id": f"row{number}",
        "kind": "note",
        "at": datetime(2026, 8, 3, 9, tzinfo=UTC),
        "who": "Maya Keller",
        "origin": "team",
        "visibility": "internal",
        "text": text,
    }
    return Evidence(**(usual | more))


def metric(number: int, label: str, value: int | None, previous: int | None = None, **more: Any) -> Metric:
    usual: dict[str, Any] = {
        "id": f"M{number}",
        "key": label.casefold(),
        "label": label,
        "value": None if value is None else Decimal(value),
        "rendered": "not known" if value is None else str(value),
        "previous": None if previous is None else Decimal(previous),
        "visibility": "client-safe",
        "good": "up",
    }
    return Metric(**(usual | more))


def pack(*record: Evidence, metrics: Sequence[Metric] = (), names: Sequence[str] = ()) -> Pack:
    return Pack(
        account_id="acme",
        account="Acme",
        known_names=tuple(names),
        period=QUARTER,
        today=date(2026, 10, 1),
        metrics=tuple(metrics),
        evidence=record,
    )


def claim(text: str, *ids: str, quote: str | None = None) -> WireClaim:
    """About evidence (E...) and metrics (M...)."""
    return WireClaim(
        section="points",
        text=text,
        evidence_ids=[one for one in ids if not one.startswith("M")],
        metric_ids=[one for one in ids if one.startswith("M")],
        quote=quote,
    )


def gated(given: Pack, *claims: WireClaim, for_customer: bool = False) -> Draft:
    return check(WireDraft(claims=list(claims)), given, SECTIONS, for_customer=for_customer)


def verdict(given: Pack, one: WireClaim, *, for_customer: bool = False) -> str:
    """Why a claim was withheld; "kept" when it was not."""
    draft = gated(given, one, for_customer=for_customer)
    return draft.withheld[0].reason.name if draft.withheld else "kept"
