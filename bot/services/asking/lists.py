"""Lists of accounts: what renews, what is at risk, who is silent, a book."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.asking import queries as q
from bot.domain.asking.spans import Span
from bot.domain.days import written
from bot.domain.ids import id_text
from bot.domain.money import Money, totals
from bot.services import scope as scopes
from bot.services.asking.ground import Ground, count, days_in_words, of_ages, span, told
from bot.services.asking.listed import Chosen, choose
from bot.services.assess import State
from bot.services.card import risks_of
from bot.services.errors import BadInput
from bot.services.renewals import renewing
from bot.services.results import RenewalRow, Sum
from bot.services.results.asking import Answer, AnswerRow
from bot.storage.database import Reader
from bot.storage.queries import accounts as accounts_queries

_USUAL = "next 90 days"
_FURTHEST = 3_650


def renewals(reader: Reader, ground: Ground, asked: q.Renewals) -> Answer:
    """Contracts whose leading date falls into the span."""
    phrase = asked.when or _USUAL
    days = span(ground, phrase, "ahead")
    if days.last is not None and days.last < ground.today:
        raise BadInput(f"That is over: {days_in_words(phrase, days)}. I list renewals that are ahead; how many renewed"
                       " then is the renewal rate.")  # fmt: skip
    scope = scopes.resolve(reader, ground.audience, asked.whose or "all")
    found, picked = _renewing(reader, ground, asked, days, scope)
    found = found[: asked.limit] if asked.limit else found
    at_risk = "at risk" if asked.at_risk else None
    by = picked.by if picked is not None else _order(asked)
    amounts = totals(Money(one.amount, one.currency) for row in found for one in row.arr)
    return Answer(
        question=asked,
        understood=told("Renewals", days_in_words(phrase, days), scope.words, at_risk, *by),
        headline=_renewals_said(found, asked),
        sums=tuple(Sum.of(money) for money in amounts),
        rows=tuple(
            AnswerRow(account_id=one.account_id, account=one.account, text=one.sentence, arr=one.arr,
                      on=one.lead_on, who=one.owner)
            for one in found[: ground.shown]
        ),
        total=len(found),
        receipts=of_ages("contracts and their dates", accounts_queries.data_ages(reader), ("contracts",),
                         _notes(scope.note, picked)),
    )  # fmt: skip


def _renewing(
    reader: Reader, ground: Ground, asked: q.Renewals, days: Span, scope: scopes.Scope
) -> tuple[list[RenewalRow], Chosen | None]:
    """The contracts, in the order asked for, and what their accounts were chosen by when that was more than whose."""
    last = days.last or ground.today + timedelta(days=365)
    within = max(1, min((last - ground.today).days, _FURTHEST))
    first = days.first or ground.today
    every = renewing(reader, scope, within, ground.today)
    found = [one for one in every if one.lead_on is not None and first <= one.lead_on <= last]
    picked = None
    if asked.segment or asked.product or asked.over is not None or asked.under is not None or asked.at_risk:
        picked = choose(reader, ground, asked, among={one.account_id for one in found})
        ids = picked.ids
        if asked.at_risk:
            ids = [one for one, state in picked.look.states(ids).items() if is_at_risk(state, ground)]
        kept = {id_text(one) for one in ids}
        found = [one for one in found if one.account_id in kept]
    if asked.sort in ("arr", "smallest"):
        found.sort(key=lambda one: _size(one, largest_first=asked.sort == "arr"))
    elif asked.sort == "name":
        found.sort(key=lambda one: one.account.casefold())
    return found, picked


def _renewals_said(found: list[RenewalRow], asked: q.Renewals) -> str:
    if not found:
        return "I found nothing that renews then."
    accounts = len({one.account_id for one in found})
    risky = " at risk" if asked.at_risk else ""
    first = min(one.lead_on for one in found if one.lead_on is not None)
    return f"{count(len(found), 'contract')} of {count(accounts, 'account')}{risky}, the first on {written(first)}"


def _order(asked: q.Renewals) -> list[str]:
    return {"arr": ["largest first"], "smallest": ["smallest first"], "name": ["by name"]}.get(asked.sort or "", [])


def _notes(note: str | None, picked: Chosen | None) -> list[str]:
    return [one for one in (note, *(picked.notes if picked else ())) if one]


def _size(one: RenewalRow, *, largest_first: bool) -> float:
    largest = max((float(s.amount) for s in one.arr), default=0.0)
    return -largest if largest_first else largest


_SERIOUS = 4
"""Signals from this severity on put an account at risk by themselves."""


def is_at_risk(state: State, ground: Ground) -> bool:
    """In the worse half of the bands of health, or with a serious signal."""
    bands = sorted(ground.policies.health.bands, key=lambda band: band.starts)
    worse = {band.name for band in bands[: len(bands) // 2]}
    return state.health.band in worse or any(risk.severity >= _SERIOUS for risk in risks_of(state))


def at_risk(reader: Reader, ground: Ground, asked: q.AtRisk) -> Answer:
    """Accounts with a bad health or a serious signal, the worst first."""
    picked = choose(reader, ground, asked)
    states = picked.look.states(picked.ids)
    bad = sorted(
        (one for one, state in states.items() if is_at_risk(state, ground)), key=lambda one: _danger(states[one])
    )
    unknown = sum(state.health.score is None for state in states.values())
    ordered = picked.cut(picked.ordered(bad, asked), asked.limit)
    missing = (f"the health of {count(unknown, 'account')} is not known",) if unknown else ()
    return Answer(
        question=asked,
        understood=told("Accounts at risk", picked.scope, *picked.by),
        headline=f"{len(bad):,} of {count(len(picked.ids), 'account')} at risk" if bad else "I found none at risk.",
        sums=_sums(picked, bad),
        rows=tuple(_risk_row(one, states[one], picked) for one in ordered[: ground.shown]),
        total=len(ordered),
        receipts=of_ages(f"health and signals of {count(len(picked.ids), 'account')}",
                         accounts_queries.data_ages(reader), ("interactions", "tickets", "usage", "surveys"),
                         (*missing, *picked.notes)),
    )  # fmt: skip


def _danger(state: State) -> tuple[int, int, int]:
    risks = risks_of(state)
    score = state.health.score
    return -max((one.severity for one in risks), default=0), score if score is not None else 101, -len(risks)


def _risk_row(one: int, state: State, picked: Chosen) -> AnswerRow:
    risks = risks_of(state)
    score = f"Health {state.health.score}" if state.health.score is not None else "Health not known"
    return AnswerRow(
        account_id=id_text(one), account=state.row.name, text=". ".join([score, *(r.sentence for r in risks[:1])]),
        arr=picked.arr(one), who=state.owner.name if state.owner is not None else None,
    )  # fmt: skip


def _sums(picked: Chosen, ids: list[int]) -> tuple[Sum, ...]:
    return tuple(Sum.of(money) for money in picked.look.arr(ids).totals)


def silent(reader: Reader, ground: Ground, asked: q.Silent) -> Answer:
    """Accounts whose last conversation is longer ago than `days`, else than was agreed for their segment."""
    picked = choose(reader, ground, asked)
    ages = accounts_queries.data_ages(reader)
    touches = accounts_queries.last_touches(reader, picked.ids, ground.now)
    found: list[tuple[float, int, int | None, int]] = []
    never = 0
    for one in picked.ids:
        limit = asked.days or ground.policies.cadence.days_for(picked.look.rows[one].segment).value
        at = touches.get(one)
        if at is None:
            never += 1
            continue
        silent_for = (ground.today - at.date()).days
        if silent_for >= limit:
            found.append((-silent_for / limit, one, silent_for, limit))
    known = "interactions" in ages
    found.sort()
    ordered = picked.cut(picked.ordered([one for _, one, _, _ in found], asked), asked.limit)
    facts = {one: (days, limit) for _, one, days, limit in found}
    silence = f"for {count(asked.days, 'day')}" if asked.days else "longer than agreed"
    return Answer(
        question=asked,
        understood=told(f"Nobody talked to them {silence}", picked.scope, *picked.by),
        headline=f"{len(found):,} of {count(len(picked.ids), 'account')}, the most overdue first"
        if found
        else "I found none: everybody was spoken with in time." if known else "I cannot tell: no talks are known.",
        sums=_sums(picked, [one for _, one, _, _ in found]),
        rows=tuple(
            AnswerRow(account_id=id_text(one), account=picked.look.rows[one].name, arr=picked.arr(one),
                      on=touches[one].date(), text=f"{facts[one][0]} days without a conversation"
                      + ("" if asked.days else f", agreed are {facts[one][1]}"))
            for one in ordered[: ground.shown]
        ),
        total=len(ordered),
        receipts=of_ages(f"last conversations of {count(len(picked.ids), 'account')}", ages, ("interactions",),
                         (*((f"{count(never, 'account')} without any known conversation",) if never else ()),
                          *picked.notes)),
    )  # fmt: skip


def book(reader: Reader, ground: Ground, asked: q.Book) -> Answer:
    """Accounts of a book with what they are worth; the largest first, unless another order was asked for."""
    picked = choose(reader, ground, asked)
    listing = asked if asked.sort is not None else asked.model_copy(update={"sort": "arr"})
    ids = _in_order(picked, listing)
    ordered = picked.cut(ids, asked.limit)
    return Answer(
        question=asked,
        understood=told("Accounts", picked.scope, *picked.by),
        headline=count(len(picked.ids), "account") if picked.ids else "I found no such account.",
        sums=_sums(picked, picked.ids),
        rows=tuple(_book_row(picked, one) for one in ordered[: ground.shown]),
        total=len(ordered),
        receipts=of_ages("accounts and their contract lines", accounts_queries.data_ages(reader),
                         ("accounts", "contracts"), picked.notes),
    )  # fmt: skip


def _in_order(picked: Chosen, listing: q.Listing) -> list[int]:
    look = picked.look
    if listing.sort == "name":
        return sorted(picked.ids, key=lambda one: look.rows[one].name.casefold())
    if listing.sort == "risk":
        states = look.states(picked.ids)
        return sorted(states, key=lambda one: _danger(states[one]))
    if listing.sort == "touch":
        touches = accounts_queries.last_touches(look.reader, picked.ids, look.now)
        return sorted(picked.ids, key=lambda one: touches[one].timestamp() if one in touches else 0.0)
    if listing.sort == "renewal":
        return sorted(picked.ids, key=lambda one: _days_left(picked, one))
    return picked.ordered(picked.ids, listing)


def _days_left(picked: Chosen, one: int) -> tuple[int, int]:
    first = picked.look.leading(one)
    days = first.dates.days_left if first is not None else None
    return (0, days) if days is not None and days >= 0 else (1, 0)


def _book_row(picked: Chosen, one: int) -> AnswerRow:
    first = picked.look.leading(one)
    segment = picked.look.rows[one].segment
    text = first.dates.sentence if first is not None else "No contract is known"
    return AnswerRow(
        account_id=id_text(one), account=picked.look.rows[one].name, arr=picked.arr(one),
        text=f"{text} ({segment})" if segment else text,
    )  # fmt: skip
