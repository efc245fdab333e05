"""What became of a promise by the end of a review's period."""

from __future__ import annotations

from datetime import date
from typing import Literal

Fate = Literal["kept", "late", "missed", "open", "dropped"]


def fate(status: str, due_on: date | None, kept_on: date | None, by: date) -> Fate:
    """As of the end of day `by`. Kept without a known day counts as kept; what is due later, or on no day, is open.

    What was kept after `by` was not kept yet.
    """
    if status == "cancelled":
        return "dropped"
    if (kept_on is not None and kept_on <= by) or (status == "kept" and kept_on is None):
        return "late" if kept_on is not None and due_on is not None and kept_on > due_on else "kept"
    if status == "missed" or (due_on is not None and due_on <= by):
        return "missed"
    return "open"
