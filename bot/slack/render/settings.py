"""Somebody's settings in four lines."""

from __future__ import annotations

import re
from datetime import date

from babel import Locale

from bot.domain.preferences import LOCALES, Preferences
from bot.slack.render.dates import Days
from bot.slack.render.parts import Element, Message, actions, joined, section
from bot.slack.render.text import md

SETTINGS = "steward.settings"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_USER = re.compile(r"[UW][A-Z0-9]{2,30}")
_FROM = {"chosen": "", "Slack": ", as in Slack", "workspace": ", as the workspace"}


def settings_lines(held: Preferences, days: Days) -> list[str]:
    """What holds for somebody; `days` are theirs."""
    zone = f"Time zone {md(held.zone.key, 60)}{_FROM[held.zone_from]}"
    dates = f"dates like {days.full(days.today)}"
    free = f"free on public holidays in {country_name(held.country)}" if held.country else "no public holidays"
    morning = f"Morning message at {held.digest_at:%H:%M}" if held.digest else "No morning message"
    same = held.quiet_from == held.quiet_until
    quiet = "no quiet hours" if same else f"quiet hours {held.quiet_from:%H:%M} to {held.quiet_until:%H:%M}"
    return [
        joined([zone, f"{dates} ({LOCALES[held.locale]})"]),
        joined([f"Working days {working_days(held.working_days)}", free]),
        joined([morning, None if held.alerts else "no alerts", quiet]),
        joined([_away(held, days), _backup(held.backup_id)]),
    ]


def settings_message(held: Preferences, days: Days) -> Message:
    lines = settings_lines(held, days)
    return Message(lines[0], (section(lines), actions([settings_button()])), "My settings")


def settings_button() -> Element:
    text = {"type": "plain_text", "text": "Change settings", "emoji": False}
    return {"type": "button", "text": text, "action_id": SETTINGS, "value": "settings"}


def working_days(chosen: frozenset[int]) -> str:
    """`Mon to Fri`, `Mon, Wed, Thu`."""
    ordered = sorted(chosen)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):
        return f"{WEEKDAYS[ordered[0] - 1]} to {WEEKDAYS[ordered[-1] - 1]}"
    return ", ".join(WEEKDAYS[day - 1] for day in ordered)


def country_name(code: str) -> str:
    """In English, as all our texts; the code for one that has no name."""
    return str(Locale("en").territories.get(code, code))


def _away(held: Preferences, days: Days) -> str:
    if held.away_from is None or (held.away_until is not None and held.away_until < days.today):
        return "Not away"
    return f"Away {_span(held.away_from, held.away_until, days)}"


def _span(begin: date, end: date | None, days: Days) -> str:
    return f"from {days.short(begin)} on" if end is None else f"{days.short(begin)} to {days.short(end)}"


def _backup(user: str | None) -> str:
    return f"<@{user}> stands in when you are away" if user and _USER.fullmatch(user) else "nobody stands in"
