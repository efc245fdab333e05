"""A renewal that comes nearer."""

from __future__ import annotations

from bot.services.results.matters import RenewalMatter
from bot.slack.render.dates import Days
from bot.slack.render.text import away


def head(matter: RenewalMatter, days: Days) -> str:
    """`notice deadline *Fri 3 Apr 2026* (in 30 days)`."""
    what = (
        "notice deadline" if matter.leads == "notice" else "contract ended" if matter.days_left < 0 else "contract ends"
    )
    return f"{what} *{days.full(matter.lead_on)}* ({away(matter.days_left)})"


def facts(matter: RenewalMatter, days: Days) -> str:
    """What happens then."""
    if matter.days_left < 0:
        return "No renewal is on record."
    ends = days.short(matter.ends_on) if matter.ends_on is not None else None
    if matter.leads == "notice":
        return {
            True: f"Without notice it renews by itself{f' after {ends}' if ends else ''}.",
            False: f"It ends{f' on {ends}' if ends else ''} and does not renew by itself.",
            None: f"It ends{f' on {ends}' if ends else ''}; whether it renews by itself is not known.",
        }[matter.renews]
    over = matter.notice_on is not None and matter.notice_on < matter.lead_on
    until = f"; notice was possible until {days.short(matter.notice_on)}" if matter.notice_on and over else ""
    return {
        True: f"It renews by itself{until}.",
        False: f"It does not renew by itself{until}.",
        None: f"Whether it renews by itself is not known{until}.",
    }[matter.renews]
