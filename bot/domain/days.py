"""How a day is written in a sentence: one way everywhere."""

from __future__ import annotations

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written(day: date | None) -> str:
    """`6 Mar 2027`. Month names are ours: `strftime` would ask the machine's locale."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day is not None else "a day that is not known"
