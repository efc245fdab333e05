"""Opportunities: won renewals of the past, the renewals ahead, growth, and the prospects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.sample.account import Account, member_of
from bot.sample.cast import PRODUCT_BY_KEY
from bot.sample.contracts import price

AHEAD_DAYS = 200

# key -> (kind, product, quantity, stage, probability, opened days ago, closes in days, next step)
GROWTH: Final[dict[str, tuple[str, str, int, str, int, int, int, str]]] = {
    "acme": ("upsell", "folio", 30, "Proposal", 70, 40, 104, "Names of the 31 people in accounts payable"),
    "vasterled": ("upsell", "folio", 60, "Negotiation", 75, 80, 45, "Erik settles the seats next quarter"),
    "larkspur": ("upsell", "folio", 70, "Proposal", 80, 30, 40, "Quote for nine properties and the training"),
    "halvorsen": ("cross-sell", "flow", 120, "Discovery", 30, 60, 150, "Workshop with Kristin on approvals"),
    "brennan": ("cross-sell", "flow", 150, "Discovery", 35, 35, 120, "Amelia names the first two matters"),
    "ackermann": ("upsell", "folio", 20, "Proposal", 60, 25, 50, "Dirk compares with the interest saved"),
    "bergslagen": ("cross-sell", "sign", 2500, "Discovery", 25, 50, 110, "Call with sales about delivery notes"),
    "etoile": ("upsell", "sign", 4000, "Proposal", 55, 20, 60, "Price for twelve thousand envelopes"),
    "emporia": ("new", "folio", 650, "Proposal", 45, 150, 55, "Answer of legal on the term"),
    "solvik": ("new", "folio", 160, "Tender", 35, 130, 100, "Second stage of the tender"),
    "thalassa": ("new", "folio", 110, "Evaluation", 30, 100, 90, "Show the harbour office an electronic clearance"),
    "weidenbach": ("new", "folio", 240, "Evaluation", 30, 85, 120, "Visit to the ward with Simone"),
    "copperfinch": ("new", "folio", 10, "Trial", 60, 21, 12, "Offer for monthly payment"),
}
RENEWAL_STAGE: Final[dict[str, tuple[str, int, str]]] = {
    "acme": ("Proposal", 85, "One page for Susan Brandt"),
    "meridian": ("At risk", 35, "Meeting with Tom before the notice date"),
    "almeida": ("At risk", 30, "Exit terms and a plan to Rui"),
    "snofjall": ("Negotiation", 40, "Gustav decides on half the seats"),
    "rheinufer": ("At risk", 50, "Yusuf is heard in the comparison"),
    "nordwind-energie": ("Discovery", 55, "Hour with Matthias and Ulrike"),
    "miraflor": ("Discovery", 50, "Find a new champion; meeting with Carmen"),
    "etoile": ("Negotiation", 80, "Meeting with Hélène before the notice date"),
    "bluestem": ("Proposal", 80, "Board paper of Trevor"),
    "mueller-soehne": ("Committed", 95, "Smaller Flow package from next year"),
}


def opportunity_rows(account: Account) -> list[dict[str, object]]:
    rows = [*_past_renewals(account), *_renewal_ahead(account), *_growth(account)]
    return [{"id": f"O-{account.index:02}{place:02}", **row} for place, row in enumerate(rows, 1)]


def _row(account: Account, name: str, kind: str, stage: str, outcome: str, **more: object) -> dict[str, object]:
    return {
        "account_id": account.id,
        "name": f"{account.company.name}: {name}",
        "kind": kind,
        "stage": stage,
        "outcome": outcome,
        "owner_email": member_of(account.owner.key) if account.company.owner else None,
        **more,
    }


def _past_renewals(account: Account) -> Iterator[dict[str, object]]:
    for term in account.terms:
        signed = term.starts_on - timedelta(days=9 + account.index % 13)
        if term.line.product == "folio" and term.starts_on > account.began and signed >= account.told_from:
            kind = "renewal" if term.line.before else "new"
            name = f"{kind} {term.starts_on.year}"
            yield _row(
                account,
                name,
                kind,
                "Closed won",
                "won",
                amount=term.amount,
                currency=term.currency,
                probability=100,
                opened_on=signed - timedelta(days=80),
                closed_on=signed,
                product="Folio",
            )
    if account.company.lifecycle == "churned":
        ended = account.over_on
        last = next(term for term in account.terms if term.current)
        yield _row(
            account,
            f"renewal {ended.year}",
            "renewal",
            "Closed lost",
            "lost",
            amount=last.amount,
            probability=0,
            currency=last.currency,
            opened_on=ended - timedelta(days=110),
            closed_on=ended - timedelta(days=34),
            product="Folio",
            reason="Business shrank; two large customers of theirs left",
        )


def _renewal_ahead(account: Account) -> Iterator[dict[str, object]]:
    key = account.company.key
    for term in account.terms:
        near = account.ago(30) <= term.ends_on <= account.today + timedelta(days=AHEAD_DAYS)
        if not (term.current and near and term.line.product == "folio") or term.line.trial or term.line.contract != "A":
            continue
        stage, chance, step = RENEWAL_STAGE.get(key, ("Qualification", 70, ""))
        yield _row(
            account,
            f"renewal {term.ends_on.year}",
            "renewal",
            stage,
            "open",
            amount=term.amount,
            probability=chance,
            currency=term.currency,
            opened_on=min(account.ago(12), term.ends_on - timedelta(days=150)),
            closed_on=max(term.ends_on, account.today + timedelta(days=6)),
            product="Folio",
            next_step=step,
        )


def _growth(account: Account) -> Iterator[dict[str, object]]:
    found = GROWTH.get(account.company.key)
    if found is None:
        return
    kind, product, quantity, stage, chance, opened, closes, step = found
    amount = price(product, quantity, account.company.currency, 10)
    closes_on: date = account.ago(-closes)
    yield _row(
        account,
        _what(kind, product, quantity),
        kind,
        stage,
        "open",
        amount=amount,
        currency=account.company.currency,
        probability=chance,
        opened_on=account.ago(opened),
        closed_on=closes_on,
        product=PRODUCT_BY_KEY[product].name,
        next_step=step,
    )


def _what(kind: str, product: str, quantity: int) -> str:
    """`30 more seats`, `Folio Flow, 120,000 runs a year`."""
    more = "more " if kind == "upsell" else ""
    match product:
        case "folio":
            return f"{quantity} {more}seats"
        case "flow":
            return f"Folio Flow, {quantity * 1000:,} {more}runs a year"
        case _:
            return f"{quantity:,} {more}envelopes a year"
