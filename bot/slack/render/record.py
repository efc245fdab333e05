"""Where data comes from: the names of the systems, and the link to an account's page there."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.slack.render.parts import Offer
from bot.slack.render.text import safe_url
from bot.slack.values import RECORD

_HOSTS = {
    "salesforce.com": "Salesforce",
    "force.com": "Salesforce",
    "hubspot.com": "HubSpot",
    "dynamics.com": "Dynamics",
    "pipedrive.com": "Pipedrive",
    "zendesk.com": "Zendesk",
}


_NAMES = {"hubspot": "HubSpot"}


def system(source: str | None) -> str | None:
    """The name of the system that rows come from; None for plain files, which say only what they are called."""
    return None if source is None or source == "csv" else _NAMES.get(source, source.capitalize())


def record(url: str | None) -> list[Offer]:
    """Opens the record, named by the system when the host tells which; nothing for what is no web address."""
    safe = safe_url(url)
    return [Offer(f"Open {_where(safe)}", RECORD, url=safe)] if safe else []


def _where(url: str) -> str:
    host = (urlsplit(url).hostname or "").casefold()
    named = (name for domain, name in _HOSTS.items() if host == domain or host.endswith(f".{domain}"))
    return next((f"in {name}" for name in named), "record")
