"""A lead's roll-up: the sum first, then each member in the same numbers, then what nobody looks after."""

from __future__ import annotations

from bot.services.results.rollup import TeamNumbers, TeamRollup, TeamRow, Unowned
from bot.services.scope import MEMBER
from bot.slack.asks import Book, Team
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Element, Message, actions, button, context, joined, section
from bot.slack.render.text import capitalised, count, md, monies
from bot.slack.stamps import Stamp
from bot.slack.values import OPEN, TURN

_MOST = 30


def team_page(found: TeamRollup, days: Days) -> Message:
    """Whose books need a lead most stand first."""
    title = capitalised(md(found.scope, 80))
    total = _numbers(found.total, found.soon_days)
    blocks: list[Block] = [section([f"*{title}*", *total])]
    blocks += [section(_member(row, found.soon_days), _opener(row)) for row in found.rows[:_MOST]]
    if len(found.rows) > _MOST:
        blocks.append(context(f"and {len(found.rows) - _MOST} more members"))
    if found.unowned_total:
        blocks.append(section(_lost(found)))
    blocks += [context(*(md(note, 200) for note in found.notes))] if found.notes else []
    blocks.append(
        actions(
            [
                button("Accounts of the team", OPEN, Book(owner="team")),
                button("Refresh", TURN, Team(), stamp=Stamp.of_result(found.as_of, found, but={"as_of"})),
            ]
        )
    )
    blocks.append(
        context(f"Soon: a notice deadline or an end within {found.soon_days} days. As of {days.moment(found.as_of)}")
    )
    said = f"{title}: {joined(total, '; ')}"
    return Message(said, tuple(blocks), "Team", Stamp.of_result(found.as_of, found, but={"as_of"}))


def _numbers(found: TeamNumbers, soon_days: int) -> list[str]:
    base = f" ({monies([found.base])} in all)" if found.base is not None and len(found.arr) > 1 else ""
    unknown = f"ARR of {found.arr_unknown} not known" if found.arr_unknown else None
    soon = f"{found.soon} due in {soon_days} days{f' ({monies(found.soon_arr)})' if found.soon_arr else ''}"
    danger = f"{found.danger} at risk{f' ({monies(found.danger_arr)})' if found.danger_arr else ''}"
    blind = f"{found.health_unknown} of unknown health" if found.health_unknown else None
    return [
        joined([count(found.accounts, "account"), f"{monies(found.arr)} ARR{base}" if found.arr else None, unknown]),
        joined([soon, danger, blind]),
        joined(
            [
                f"{found.late} silent for too long",
                f"{count(found.overdue_promises, 'promise')} overdue" if found.overdue_promises else None,
                f"{found.planned} of {found.accounts} with an objective",
            ]
        ),
    ]


def _member(row: TeamRow, soon_days: int) -> list[str]:
    gone = "" if row.active else " (left)"
    first = f"First: {md(row.first, 80)}, {md(', '.join(row.why), 160)}" if row.first else None
    return [f"*{md(row.member, 80)}{gone}*", *_numbers(row.numbers, soon_days), *([first] if first else [])]


def _opener(row: TeamRow) -> Element:
    return button("Open", OPEN, Book(owner=f"{MEMBER}{row.member_id}"))


def _lost(found: TeamRollup) -> list[str]:
    more = found.unowned_total - len(found.unowned)
    lines = [f"• {_orphan(one)}" for one in found.unowned]
    return [f"*Nobody looks after* ({found.unowned_total})", *lines, f"and {more} more" if more else ""]


def _orphan(one: Unowned) -> str:
    left = f"{md(one.left, 60)} left" if one.left else "no owner"
    return joined([f"*{md(one.name, 80)}*", f"{monies(one.arr)} ARR" if one.arr else "ARR not known", left])
