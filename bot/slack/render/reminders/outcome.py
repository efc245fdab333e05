"""What became of a reminder, said in place of its buttons."""

from __future__ import annotations

from bot.services.results.matters import Acted
from bot.slack.render.dates import Days
from bot.slack.render.text import md


def outcome(acted: Acted, days: Days) -> str:
    """`✓ Done by Maya, 14:05`."""
    by = f" by {md(acted.by, 60)}" if acted.by else ""
    why = f": {md(acted.why, 160)}" if acted.why else ""
    match acted.how:
        case "done":
            said = f"Done{by}{why}"
        case "snoozed":
            until = f" until {days.moment(acted.until)}" if acted.until is not None else ""
            said = f"Snoozed{until}{by}"
        case "reassigned":
            said = f"Handed to {md(acted.to or 'a colleague', 60)}{by}"
        case "not renewing":
            said = f"Not renewing{why}, recorded{by}"
        case "dismissed":
            said = f"Closed{by}{why}"
        case "overtaken":
            said = f"No longer needed{why}{by}"
    return f"✓ {said}, {days.lately(acted.at)}"
