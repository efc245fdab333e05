"""The plans of three accounts: one well kept, one that grows into its subsidiaries, one that fights for its renewal.

Plans are written by people and come in no export, so they are told as entries of forms: a field that is a day is told
in days from today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class PlanNote:
    """An entry of a plan. `fields` as typed into its form; `days` are its days, counted from today. `owner` is one of
    us, `serves` the objective that it is for, `product` what it is about: each by name."""

    part: str
    fields: dict[str, str]
    days: dict[str, int]
    owner: str = ""
    serves: str = ""
    product: str = ""


def _note(part: str, *, owner: str = "", serves: str = "", product: str = "", **told: str | int) -> PlanNote:
    fields = {name: value for name, value in told.items() if isinstance(value, str)}
    days = {name: value for name, value in told.items() if isinstance(value, int)}
    return PlanNote(part, fields, days, owner, serves, product)


_SAFE = "client-safe"
_ONBOARD = "Bring new suppliers on board faster"
_AUDIT = "Pass every supplier audit without a hunt for certificates"
_SIGNED = "Have every charter party signed before the vessel leaves port"
_PAGES = "Invoice every delivery with a complete receipt"

PLANS: Final[dict[str, tuple[PlanNote, ...]]] = {
    "Acme Corporation": (
        _note("profile", why_bought="Nineteen days to bring a supplier on board, and nobody could say where it stood.",
              visibility=_SAFE, next_review_on=41),
        _note("objective", text=_ONBOARD, measure="days from offer to first order", baseline="19 days",
              target="7 days", due_on=104, agreed_on=-262),
        _note("objective", text=_AUDIT, measure="certificates missing on the day of the audit", baseline="31",
              target="0", due_on=220, agreed_on=-120),
        _note("outcome", what="A supplier is on board in nine days", metric="days from offer to first order",
              value_before="19 days", value_after="9 days", worth="240,000 USD", reached_on=-75, confirmed_on=-44,
              evidence="Dana's figures in the quarterly review", serves=_ONBOARD, visibility=_SAFE),
        _note("outcome", what="The ISO audit passed with two certificates missing", metric="certificates missing",
              value_before="31", value_after="2", worth="60,000 USD", reached_on=-130, serves=_AUDIT,
              evidence="Told by Ray after the audit", visibility=_SAFE),
        _note("request", what="An alert when a certificate is about to expire", asked_on=-90, status="planned",
              answer="Live with the second wave", visibility=_SAFE),
        _note("idea", what="Accounts payable shares one login: 31 seats of their own", unit="Accounts payable",
              worth="10,800 USD", state="pursued", reason="Dana counts 31 people", product="Folio"),
        _note("idea", what="Quality certificates kept for ten years", unit="Supplier quality", worth="14,000 USD",
              state="idea", product="Folio Vault"),
        _note("idea", what="Nothing is signed in the warehouse", unit="Warehouse", state="none",
              reason="Deliveries are signed on paper by law", product="Folio Sign"),
        _note("action", quote="Show Marcus the nine days, in his own figures", owner="Maya Lindqvist",
              metric="Marcus uses them in front of his board", due_on=12, serves=_ONBOARD),
        _note("action", quote="Train the accounts payable team", owner="Aoife Brady", metric="31 people logged in",
              due_on=35, serves=_ONBOARD, visibility=_SAFE),
        _note("action", quote="Send the list of certificates that expire next year", by="them",
              metric="The list is imported", due_on=20, serves=_AUDIT, visibility=_SAFE),
        _note("review", note="Nine days are there; now the step from procurement to accounts payable.",
              next_review_on=41),
    ),
    "Halvorsen Shipping Group AS": (
        _note("profile", why_bought="Vessels sailed with unsigned charter parties, twice with a claim behind it.",
              visibility=_SAFE, next_review_on=-6),
        _note("objective", text=_SIGNED, measure="signed before departure", baseline="71 %", target="100 %", due_on=150,
              agreed_on=-310),
        _note("outcome", what="97 of 100 charter parties are signed before departure", metric="signed before departure",
              value_before="71 %", value_after="97 %", worth="310,000 EUR", reached_on=-60, serves=_SIGNED,
              visibility=_SAFE),
        _note("idea", what="Ports signs its berth agreements on paper", unit="Halvorsen Ports AS", worth="38,000 EUR",
              state="idea", product="Folio Sign"),
        _note("action", quote="Have the 97 % confirmed in writing by Anders", owner="Maya Lindqvist",
              metric="a mail that names the figure", due_on=-3, serves=_SIGNED),
    ),
    "Meridian Freight Lines Inc.": (
        _note("objective", text=_PAGES, measure="receipts with a page missing", baseline="212 a month", target="0",
              due_on=36),
        _note("action", quote="Give Tom the cause of the missing pages in writing", owner="Priya Raman",
              metric="Tom says that it answers his question", due_on=2, serves=_PAGES, visibility=_SAFE),
        _note("action", quote="Find somebody beside Latoya who speaks for us", owner="Priya Raman",
              metric="a second name, met in person", due_on=16),
    ),
}  # fmt: skip
