"""Which account a web address leads to."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from bot.domain.audience import Audience
from bot.services.lookup import require_internal
from bot.storage.database import Database
from bot.storage.queries import lookup

_LONGEST = 3_000


def account_at(database: Database, audience: Audience, url: str) -> int | None:
    """The one account whose record in the CRM has this address; fragment, query and a last slash do not matter."""
    require_internal(audience)
    try:
        spellings = _spellings(url)
    except ValueError:
        return None
    with database.reading(audience) as reader:
        found = lookup.at_addresses(reader, spellings)
    return found[0] if len(found) == 1 else None


def _spellings(url: str) -> list[str]:
    """How our data may have it. Raises ValueError for what is no address."""
    parts = urlsplit(url[:_LONGEST])
    path = parts.path.rstrip("/")
    hosts = dict.fromkeys((parts.netloc, parts.netloc.casefold()))
    return [
        urlunsplit((parts.scheme, host, f"{path}{end}", query, ""))
        for host in hosts
        for end in ("", "/")
        for query in dict.fromkeys((parts.query, ""))
    ]
