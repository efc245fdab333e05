"""What the lines of a morning message say, when it is sent and whenever it is drawn anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, cast

from bot.domain.ids import id_text
from bot.domain.policy import Policies
from bot.domain.reminders.account import Account, with_standing
from bot.domain.reminders.items import item, overdue
from bot.domain.reminders.morning import Item, Kind, Line, Morning, morning
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import Rule
from bot.services.assess import assess
from bot.services.health.falls import Alert, alerts_of
from bot.services.preferences import Usual
from bot.services.reminders.gather import gather
from bot.services.reminders.planning import standing_of
from bot.services.reminders.stakes import with_stakes
from bot.services.results.matters import Acted, MorningLine
from bot.storage.database import Reader

_KINDS: Mapping[Rule, Kind] = {"renewal": "renewal", "check-in": "check-in", "promise": "promise"}
_GONE = "What this was about is no longer in the book."
_NOTHING: Mapping[int, Acted] = {}


@dataclass(slots=True)
class Lines:
    """What a morning message speaks for: rows, and promises (id, account) past their day. `on` None: it is sent now,
    and what is gone is not said; a day: it was sent on that day, and each line keeps its place."""

    rows: list[Reminder]
    promises: list[tuple[int, int]]
    on: date | None = None


def said(reader: Reader, lines: Lines, policies: Policies, usual: Usual, now: datetime) -> Morning | None:
    """What comes first, with the reasons of today; None when there is nothing to say."""
    ids = {row.account_id for row in lines.rows if row.account_id is not None}
    ids.update(account_id for _, account_id in lines.promises)
    accounts = with_stakes(reader, gather(reader, sorted(ids), now, usual.zone), now)
    alerts = alerts_of(reader, lines.rows, policies.health, now.astimezone(usual.zone).date())
    items = _Items(lines, accounts, policies, alerts, now)
    first = morning(items, policies.reminders.lines)
    if first is None:
        return None
    silent = {row.account_id for row in lines.rows if row.rule == "check-in"}
    near = sorted({line.account_id for line in first.lines} & silent)
    # Why a check-in comes soon rests on health and risks: looked at for the few that are said.
    for one, state in assess(reader, near, policies, now, now.astimezone(usual.zone).date()).items():
        accounts[one] = with_standing(accounts[one], standing_of(state))
    return morning(items, policies.reminders.lines)


@dataclass(frozen=True, slots=True)
class _Items:
    """What could be said, by what is known of the accounts when it is asked for."""

    lines: Lines
    accounts: Mapping[int, Account]
    policies: Policies
    alerts: Mapping[int, Alert]
    now: datetime

    def __iter__(self) -> Iterator[Item]:
        return _items(self.lines, self.accounts, self.policies, self.alerts, self.now)


def _items(
    lines: Lines,
    accounts: Mapping[int, Account],
    policies: Policies,
    alerts: Mapping[int, Alert],
    now: datetime,
) -> Iterator[Item]:
    for row in lines.rows:
        account = accounts[row.account_id or 0]
        found = (
            _fell(row, account, alerts.get(row.id))
            if row.rule == "alert"
            else item(row, account, policies, lines.on or account.place.today(now))
        )
        if found is not None:
            yield found
        elif lines.on is not None:
            name = account.name or "An account"
            yield Item(_KINDS.get(row.rule, "change"), account.id, name, _GONE, "", "", reminders=(row.id,))
    for promise_id, account_id in lines.promises:
        account = accounts[account_id]
        one = next((each for each in account.promises if each.id == promise_id), None)
        today = lines.on or account.place.today(now)
        late = overdue(account, replace(one, over=None), policies.reminders, today) if one is not None else None
        if late is not None:
            yield replace(late, promise=promise_id)


def _fell(row: Reminder, account: Account, said: Alert | None) -> Item | None:
    if said is None:
        return None
    reason = f"{said.sentence[0].upper()}{said.sentence[1:-1]}: {said.because}."
    return Item("change", account.id, account.name, reason, said.step, said.clause, reminders=(row.id,))


def line_of(
    line: Line,
    rows: Mapping[int, Reminder],
    acted: Mapping[int, Acted] = _NOTHING,
    ended: Mapping[int, Acted] = _NOTHING,
) -> MorningLine:
    """A line with what can be done about it. What was done makes way for what else there is to do; when nothing is left
    it stays. `acted` by reminder, `ended` by promise."""

    def became(one: Item) -> Acted | None:
        return ended.get(one.promise) if one.promise is not None else acted.get(one.reminders[0])

    left = [one for one in line.items if became(one) is None]
    lead = left[0] if left else line.items[0]
    undone = (one.reminders[0] for one in line.items if one is not lead and one.reminders and _undoable(became(one)))
    undo = next(undone, None)
    row = rows[lead.reminders[0]] if lead.reminders else None
    silent = not left and lead.kind == "check-in"
    return MorningLine(
        account_id=id_text(line.account_id),
        account=line.account,
        reason="A check-in was due." if silent else lead.reason,
        step=lead.step,
        also=tuple(dict.fromkeys(one.clause for one in left[1:] if one.clause)),
        id=id_text(row.id) if row is not None else None,
        rule=cast(Literal["renewal", "check-in", "promise", "alert"], row.rule) if row is not None else None,
        promise=id_text(lead.promise) if lead.promise is not None else None,
        acted=became(lead),
        undo=id_text(undo) if undo is not None else None,
    )


def _undoable(acted: Acted | None) -> bool:
    return acted is not None and acted.undoable
