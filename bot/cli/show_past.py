"""An account at another time as plain lines."""

from __future__ import annotations

from bot.cli.show import card, day, line
from bot.cli.show_account import entry_line
from bot.services.results.past import AccountDiff, AccountThen, HealthMoved, Learned


def then(found: AccountThen) -> None:
    line(found.note)
    card(found.card)


def diff(found: AccountDiff) -> None:
    line(f"{found.account}  what changed since {found.said}", bold=True)
    if found.learned is None:
        first = day(found.known_since.date()) if found.known_since else "later"
        line(f"  The account is known here only since {first}: there is nothing to compare with.")
    if found.health is not None:
        _health(found.health)
    for one in found.learned or ():
        line(f"  Learned   {_learned(one)}")
    if found.learned_total > len(found.learned or ()):
        line(f"  and {found.learned_total - len(found.learned or ())} more")
    for entry in found.happened:
        line(f"  Happened  {entry_line(entry)}")
    more = found.counts.get("all", 0) - len(found.happened)
    if more > 0:
        line(f"  and {more} things more that happened; see --timeline")
    line("Learned goes by when it was written down here, happened by the day it is about.")


def _health(moved: HealthMoved) -> None:
    before = "unknown" if moved.before is None else f"{moved.before} ({moved.before_band})"
    after = "unknown" if moved.after is None else f"{moved.after} ({moved.after_band})"
    inputs = (f"{one.component} {one.before} → {one.after}" for one in moved.inputs if one.before != one.after)
    told = f"{before} → {after}" if before != after else f"still {after}"
    line(f"  Health    {'  '.join(filter(None, (told, ', '.join(inputs))))}")


def _learned(one: Learned) -> str:
    how = "" if one.how == "changed" else {"new": " is new", "gone": " is no longer there"}[one.how]
    changed = "; ".join(f"{field.field}: {field.before} → {field.after}" for field in one.changed)
    return f"{one.name}{how}{f'  {changed}' if changed else ''}  ({one.source}, {day(one.at.date())})"
