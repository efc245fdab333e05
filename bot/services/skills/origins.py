"""Who wrote a row, as the gates see it."""

from __future__ import annotations

from bot.storage.database import AnyRow
from skills.contract import Origin

_WRITTEN = ("email", "message")


def origin_of(row: AnyRow) -> Origin:
    """Of an interaction. A letter that came in is the customer's, whoever loaded it; a letter of nobody may be; an
    origin that is not known is an outsider's."""
    if row.origin == "customer" or row.direction == "in":
        return "customer"
    if row.origin == "import":
        nobodys = row.author_id is None and row.kind in _WRITTEN and row.direction != "out"
        return "external" if nobodys else "import"
    return "team" if row.origin == "team" else "external"
