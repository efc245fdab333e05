"""Work on accounts: tickets, usage, promises, next steps, what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.domain.asking import queries as q
from bot.domain.contacts import gaps as gaps_of
from bot.domain.contacts import is_here
from bot.domain.days import written
from bot.domain.ids import id_text
from bot.domain.words import shows
from bot.services.asking.ground import Ground, count, of_ages, told
from bot.services.asking.listed import Chosen, choose
from bot.services.assess import State
from bot.services.card import risks_of
from bot.services.contacts import everybody_at
from bot.services.errors import NotFound
from bot.services.existing import what_became_of
from bot.services.look import Look
from bot.services.results.asking import Answer, AnswerRow
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries.asking import open_tickets

_SOON, _NEAR, _PRESSING = 7, 90, 3
"""Days to a promise, days to a deadline, severity of a signal: from then on something is to be done."""
_URGENT = ("urgent", "high")
_MANY = 60
"""Accounts whose people are read one by one."""


def about(reader: Reader, ground: Ground, asked: q.Listing, account_id: int | None, default: str = "all") -> Chosen:
    """The one account that a question is about, else the list that it is about."""
    if account_id is None:
        return choose(reader, ground, asked, default)
    rows = queries.accounts(reader, [account_id])
    if account_id not in rows:
        raise NotFound(what_became_of(reader, account_id))
    look = Look(reader, ground.policies, ground.now, ground.today, rows)
    return Chosen(look, [account_id], str(rows[account_id].name), (), ())


def _of(picked: Chosen, account_id: int | None) -> dict[str, str | None]:
    one = id_text(account_id) if account_id is not None else None
    return {"account_id": one, "account": str(picked.look.rows[account_id].name) if account_id is not None else None}


def tickets(reader: Reader, ground: Ground, asked: q.Tickets, account_id: int | None) -> Answer:
    """Open tickets, urgent ones first, then the oldest."""
    picked = about(reader, ground, asked, account_id)
    rows = open_tickets(reader, picked.ids)
    if asked.urgent:
        rows = [row for row in rows if row.escalated or row.priority in _URGENT]
    if asked.days is not None:
        rows = [row for row in rows if (ground.today - row.opened_at.date()).days >= (asked.days or 0)]
    rows.sort(key=lambda row: (not row.escalated, row.priority not in _URGENT, row.opened_at))
    rows = rows[: asked.limit] if asked.limit else rows
    served = queries.ever_ticketed(reader, picked.ids) if picked.ids else set()
    ages = queries.data_ages(reader)
    unserved = [one for one in picked.ids if one not in served]
    missing = [f"no ticket desk is known to serve {count(len(unserved), 'of these accounts', 'of these accounts')}"]
    urgent = "urgent " if asked.urgent else ""
    older = f"open for {asked.days} days or longer" if asked.days else None
    return Answer(
        question=asked,
        understood=told(f"Open {urgent}tickets", older, picked.scope, *picked.by),
        headline=_tickets_said(rows, urgent, picked, known=bool(served)),
        rows=tuple(_ticket_row(row, picked, ground) for row in rows[: ground.shown]),
        total=len(rows),
        **_of(picked, account_id),
        receipts=of_ages(f"open tickets of {count(len(picked.ids), 'account')}", ages, ("tickets",),
                         (*(missing if unserved and "tickets" in ages else ()), *picked.notes)),
    )  # fmt: skip


def _tickets_said(rows: list[AnyRow], urgent: str, picked: Chosen, *, known: bool) -> str:
    if not rows:
        return f"No {urgent}tickets are open." if known else "I cannot tell: no tickets are known for them."
    accounts = len({row.account_id for row in rows})
    of = f" of {count(accounts, 'account')}" if len(picked.ids) > 1 else ""
    return (
        f"{count(len(rows), f'{urgent}ticket')}{of}, the oldest since {written(min(r.opened_at for r in rows).date())}"
    )


def _ticket_row(row: AnyRow, picked: Chosen, ground: Ground) -> AnswerRow:
    days = (ground.today - row.opened_at.date()).days
    facts = told(row.priority, "escalated" if row.escalated else None, f"open for {count(days, 'day')}")
    subject = row.subject if row.subject and shows(row.subject) else "No subject"
    return AnswerRow(
        account_id=id_text(row.account_id), account=picked.look.rows[row.account_id].name,
        text=f"{subject} ({facts})", on=row.opened_at.date(), quoted=True,
    )  # fmt: skip


def usage(reader: Reader, ground: Ground, asked: q.Usage, account_id: int | None) -> Answer:
    """Where usage goes, against the 90 days before; what falls most comes first."""
    picked = about(reader, ground, asked, account_id)
    states = picked.look.states(picked.ids)
    trends = {one: state.usage for one, state in states.items() if state.usage is not None}
    wanted = {one: found for one, found in trends.items() if asked.direction in (None, found.direction)}
    ids = sorted(wanted, key=lambda one: found if (found := wanted[one].change) is not None else 10**6)
    if asked.direction == "up":
        ids.reverse()
    ids = picked.cut(picked.ordered(ids, asked), asked.limit)
    way = {"down": "Falling usage", "up": "Growing usage", None: "Usage"}[asked.direction]
    missing = len(picked.ids) - len(trends)
    if account_id is not None:
        headline = trends[account_id].sentence if account_id in trends else "I cannot tell: no usage is known for them."
    else:
        headline = f"{len(ids):,} of {count(len(picked.ids), 'account')}" if ids else "I found none."
    return Answer(
        question=asked,
        understood=told(way, picked.scope, *picked.by),
        headline=headline,
        rows=() if account_id is not None else tuple(
            AnswerRow(account_id=id_text(one), account=states[one].row.name, text=wanted[one].sentence,
                      arr=picked.arr(one), on=wanted[one].as_of)
            for one in ids[: ground.shown]
        ),
        total=0 if account_id is not None else len(ids),
        **_of(picked, account_id),
        receipts=of_ages(f"usage of {count(len(picked.ids), 'account')}", queries.data_ages(reader), ("usage",),
                         (*((f"no usage is known of {count(missing, 'account')}",) if missing else ()), *picked.notes)),
    )  # fmt: skip


def promises(reader: Reader, ground: Ground, asked: q.Promises, account_id: int | None) -> Answer:
    """Open promises, the longest overdue first."""
    picked = about(reader, ground, asked, account_id)
    rows = [row for found in queries.open_promises(reader, picked.ids).values() for row in found]
    if asked.by is not None:
        rows = [row for row in rows if row.by == asked.by]
    late = [row for row in rows if row.due_on is not None and row.due_on < ground.today]
    rows = late if asked.overdue else rows
    rows.sort(key=lambda row: (row.due_on is None, row.due_on or ground.today))
    rows = rows[: asked.limit] if asked.limit else rows
    whose = {"us": "Our open promises", "them": "Their open promises", None: "Open promises"}[asked.by]
    overdue = f", {len(late):,} overdue" if late and not asked.overdue else ""
    return Answer(
        question=asked,
        understood=told(whose, "overdue" if asked.overdue else None, picked.scope, *picked.by),
        headline=f"{count(len(rows), 'promise')}{overdue}" if rows else "I found no open promise.",
        rows=tuple(_promise_row(row, picked, ground) for row in rows[: ground.shown]),
        total=len(rows),
        **_of(picked, account_id),
        receipts=of_ages(f"open promises of {count(len(picked.ids), 'account')}", queries.data_ages(reader),
                         ("promises",), picked.notes),
    )  # fmt: skip


def _promise_row(row: AnyRow, picked: Chosen, ground: Ground) -> AnswerRow:
    if row.due_on is None:
        due = "no day was agreed"
    elif row.due_on < ground.today:
        due = f"{count((ground.today - row.due_on).days, 'day')} overdue"
    else:
        due = f"due {written(row.due_on)}"
    by = "by them" if row.by == "them" else f"by {row.owner}" if row.owner else "by us"
    return AnswerRow(
        account_id=id_text(row.account_id), account=picked.look.rows[row.account_id].name,
        text=f"{row.quote} ({by}, {due})", on=row.due_on, quoted=True,
    )  # fmt: skip


def steps(reader: Reader, ground: Ground, asked: q.Steps, account_id: int | None) -> Answer:
    """What presses: overdue promises, serious signals, the next leading date, the agreed next step."""
    picked = about(reader, ground, asked, account_id, "mine")
    states = picked.look.states(picked.ids)
    found = sorted(_presses(states, picked, ground), key=lambda one: one[0])
    rows = [row for _, row in found]
    rows = rows[: asked.limit] if asked.limit else rows
    return Answer(
        question=asked,
        understood=told("What to do next", picked.scope, *picked.by),
        headline=rows[0].text if account_id is not None and rows else f"{count(len(rows), 'thing')} to do, by urgency"
        if rows else "Nothing presses, as far as the data say.",
        rows=tuple(rows[: ground.shown]),
        total=len(rows),
        **_of(picked, account_id),
        receipts=of_ages(f"promises, signals and contracts of {count(len(picked.ids), 'account')}",
                         queries.data_ages(reader), ("promises", "interactions", "contracts"), picked.notes),
    )  # fmt: skip


def _presses(states: Mapping[int, State], picked: Chosen, ground: Ground) -> Iterator[tuple[int, AnswerRow]]:
    """What presses, and how much: the smaller the more."""
    for one, state in states.items():
        blank = AnswerRow(account_id=id_text(one), account=state.row.name, text="")
        for row in state.promises:
            left = (row.due_on - ground.today).days if row.due_on is not None else _SOON + 1
            if row.by == "us" and left <= _SOON:
                when = f"{-left} days overdue" if left < 0 else f"due {written(row.due_on)}"
                text = f"Keep the promise: {row.quote} ({when})"
                yield left - 1_000, blank.model_copy(update={"text": text, "on": row.due_on, "quoted": True})
        for risk in [risk for risk in risks_of(state) if risk.severity >= _PRESSING][:1]:
            yield -100 * risk.severity, blank.model_copy(update={"text": risk.sentence, "arr": picked.arr(one)})
        dates = state.leading.dates if state.leading is not None else None
        if dates is not None and dates.days_left is not None and 0 <= dates.days_left <= _NEAR:
            told_of = {"text": dates.sentence, "on": dates.lead_on, "arr": picked.arr(one)}
            yield dates.days_left, blank.model_copy(update=told_of)


def gaps(reader: Reader, ground: Ground, asked: q.Gaps, account_id: int | None) -> Answer:
    """What is not known of an account, or whose accounts nobody of a role is known at."""
    picked = about(reader, ground, asked, account_id)
    role = asked.role.replace("decision maker", "decision-maker") if asked.role else None
    rows: list[AnswerRow] = []
    accounts = 0
    for one in picked.ids[:_MANY]:
        people = everybody_at(reader, one, ground.now, ground.today)
        if role is not None:
            has = any(each.role == role and is_here(each, ground.today) for each in people)
            lacking = [] if has else [f"No {asked.role} is known"]
        else:
            lacking = list(gaps_of(people, ground.today))
        accounts += bool(lacking)
        rows += [
            AnswerRow(account_id=id_text(one), account=picked.look.rows[one].name, text=text, arr=picked.arr(one))
            for text in lacking
        ]
    rows = rows[: asked.limit] if asked.limit else rows
    looked = min(len(picked.ids), _MANY)
    cut = f"only the first {_MANY} accounts were looked at" if len(picked.ids) > _MANY else None
    what = f"Accounts without a known {asked.role}" if asked.role else "What is missing"
    return Answer(
        question=asked,
        understood=told(what, picked.scope, *picked.by),
        headline=f"{accounts:,} of {count(looked, 'account')}" if account_id is None and rows
        else count(len(rows), "gap") if rows else "I found nothing missing.",
        rows=tuple(rows[: ground.shown]),
        total=len(rows),
        **_of(picked, account_id),
        receipts=of_ages(f"the people known at {count(looked, 'account')}", queries.data_ages(reader), ("people",),
                         [one for one in (cut, *picked.notes) if one]),
    )  # fmt: skip
