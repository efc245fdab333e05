"""The status card: what is known of an account, with the age and source of it, and what is not known."""

from __future__ import annotations

from datetime import date, datetime

from bot.domain.audience import Audience
from bot.domain.health import Health
from bot.domain.ids import id_text, parse_id
from bot.domain.policy import Policies
from bot.domain.revenue import Arr as ArrFacts
from bot.domain.satisfaction import LatestScore
from bot.domain.signals import NoData, Signal
from bot.domain.usage import Trend as TrendFacts
from bot.services import lookup
from bot.services.assess import State, assess
from bot.services.errors import NotFound
from bot.services.existing import what_became_of
from bot.services.lines import first_line
from bot.services.lookup import require_internal
from bot.services.results import (
    AccountCard,
    Arr,
    DataAge,
    HealthReading,
    Match,
    Owner,
    Promise,
    Risk,
    Score,
    Sum,
    Term,
    Tickets,
    Touch,
    Trend,
)
from bot.services.why import by_hand, dismissed_risks
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import accounts as queries
from bot.storage.queries import channels

KINDS = ("accounts", "contracts", "interactions", "tickets", "surveys", "usage", "promises")
_PROMISES = 5
_RISKS = 6
_LINE = 200


def account_card(
    database: Database, audience: Audience, account_id: int, policies: Policies, now: datetime, today: date
) -> AccountCard:
    """The state of one account on `today`, the workspace's calendar day. Raises NotFound when it is gone."""
    require_internal(audience)
    with database.reading(audience) as reader:
        return _of_account(reader, account_id, policies, now, today)


def card_called(
    database: Database, audience: Audience, query: str, policies: Policies, now: datetime, today: date
) -> AccountCard | Match:
    """The card of the account that a typed name means, or the choice to make; found and read in one look.

    Raises BadInput as `lookup.find_account`.
    """
    name = lookup.as_name(query)
    require_internal(audience)
    with database.reading(audience) as reader:
        match = lookup.exact(reader, name) or lookup.alike(reader, name)
        account_id = parse_id(match.account_id or "")
        return match if account_id is None else _of_account(reader, account_id, policies, now, today)


def _of_account(reader: Reader, account_id: int, policies: Policies, now: datetime, today: date) -> AccountCard:
    state = assess(reader, [account_id], policies, now, today).get(account_id)
    if state is None:
        raise NotFound(what_became_of(reader, account_id))
    return card_of(reader, account_id, state, now, today)


def card_of(reader: Reader, account_id: int, state: State, now: datetime, today: date) -> AccountCard:
    row = state.row
    parent = queries.accounts(reader, [row.parent_id]).get(row.parent_id) if row.parent_id else None
    return AccountCard(
        id=id_text(account_id),
        name=row.name,
        also_known_as=tuple(alias.shown for alias in queries.aliases(reader, [account_id]).get(account_id, ())),
        parent=parent.name if parent is not None else None,
        subsidiaries=queries.subsidiaries(reader, [account_id]).get(account_id, 0),
        owner=owner_of(state.owner),
        kind=row.kind,
        segment=row.segment,
        lifecycle=row.lifecycle,
        industry=row.industry,
        arr=arr_of(state.arr),
        term=_term(state),
        last_touch=_touch(queries.last_touch(reader, account_id, now), today) if state.last_touch_at else None,
        tickets=_tickets(state.tickets, today),
        usage=_trend(state.usage),
        nps=_score(state.nps),
        csat=_score(state.csat),
        health=health_of(state.health),
        risks=risks_of(state)[:_RISKS],
        not_checked=tuple(one.missing for one in state.findings if isinstance(one, NoData)),
        promises=_promises(state.promises, today)[:_PROMISES],
        promises_open=len(state.promises),
        data=tuple(age_of(kind, state.ages.get(kind), today, _noted_on(state, kind)) for kind in KINDS),
        url=row.url,
        dismissed=dismissed_risks(state),
        channels=tuple(channels.channels_of(reader, [account_id]).get(account_id, ())),
        as_of=now,
    )


def owner_of(row: AnyRow | None) -> Owner | None:
    return Owner(name=row.name, active=row.active, slack_user_id=row.slack_user_id) if row is not None else None


def arr_of(found: ArrFacts) -> Arr | None:
    """None when the account has no contract lines at all."""
    if not found.counted and not found.left_out:
        return None
    ignored = sum(len(overlap.ignored) for overlap in found.overlaps)
    notes = [found.sentence] if not found.known or not found.complete or ignored else []
    if any(money.currency == "?" for money in found.totals):
        notes.append("The data does not state the currency; say --currency when importing.")
    return Arr(
        sums=tuple(Sum.of(money) for money in found.totals) if found.known else (),
        lines=len(found.counted),
        left_out=len(found.left_out),
        notes=tuple(notes),
    )


def _term(state: State) -> Term | None:
    first = state.leading
    if first is None:
        return None
    dates = first.dates
    return Term(
        contract=first.row.number,
        starts_on=first.row.starts_on,
        ends_on=dates.ends_on,
        notice_on=dates.notice_on,
        auto_renew=first.row.auto_renew,
        leads=dates.leads,
        lead_on=dates.lead_on,
        days_left=dates.days_left,
        state=dates.state,
        sentence=dates.sentence,
        others=sum(one.dates.state not in {"lapsed"} for one in state.contracts if one is not first),
    )


def _touch(row: AnyRow | None, today: date) -> Touch | None:
    if row is None:
        return None
    days_ago = max(0, (today - row.at.date()).days)
    return Touch(
        at=row.at,
        days_ago=days_ago,
        kind=row.kind,
        by=row.author,
        subject=row.subject or _begun(row.text),
        next_step=row.next_step,
        next_step_on=row.next_step_on,
    )


def _begun(text: str | None) -> str | None:
    """What stands for a text that has no subject."""
    line = first_line(text)
    return line[:_LINE] if line else None


def _tickets(rows: tuple[AnyRow, ...] | None, today: date) -> Tickets | None:
    if rows is None:
        return None
    still_open = sorted((row for row in rows if row.status != "solved"), key=lambda row: row.opened_at)
    oldest = still_open[0] if still_open else None
    return Tickets(
        open=len(still_open),
        urgent=sum(row.priority == "urgent" for row in still_open),
        oldest_on=oldest.opened_at.date() if oldest is not None else None,
        oldest_days=(today - oldest.opened_at.date()).days if oldest is not None else None,
        oldest_subject=oldest.subject if oldest is not None else None,
    )


def _trend(found: TrendFacts | None) -> Trend | None:
    if found is None:
        return None
    seats = found.seats
    bought = f" {seats.used:,.0f} of {seats.entitled:,.0f} bought are used." if seats is not None else ""
    return Trend(
        metric=found.metric,
        direction=found.direction,
        change_percent=round(found.change, 1) if found.change is not None else None,
        sentence=found.sentence + bought,
        newest_on=found.as_of,
    )


def _score(found: LatestScore | None) -> Score | None:
    if found is None:
        return None
    return Score(
        kind="nps" if found.kind == "nps" else "csat",
        value=found.value,
        answers=found.count,
        newest_on=found.on,
        sentence=found.sentence,
    )


def health_of(found: Health) -> HealthReading:
    return HealthReading(
        score=found.score,
        band=found.band,
        used=found.used,
        of=found.possible,
        coverage_percent=round(found.coverage * 100),
        reasons=tuple(
            f"{one.component} {one.reading.value:.0f}: {one.reading.sentence}" for one in found.contributions
        ),
        missing=tuple(f"{one.component}: {one.why}; {one.fill}" for one in found.missing),
        model=f"v{found.version}/{found.weights}",
        computed=found.computed,
        by_hand=by_hand(found),
    )


def risks_of(state: State) -> tuple[Risk, ...]:
    """Open risks, most severe first."""
    return tuple(
        Risk(kind=one.kind, severity=one.severity, sentence=one.sentence)
        for one in state.findings
        if isinstance(one, Signal)
    )


def _promises(rows: tuple[AnyRow, ...], today: date) -> tuple[Promise, ...]:
    """Open promises, longest overdue first, those without a date last."""
    ordered = sorted(rows, key=lambda row: (row.due_on is None, row.due_on or today))
    return tuple(
        Promise(
            quote=row.quote,
            by=row.by,
            owner=row.owner,
            due_on=row.due_on,
            days_overdue=max(0, (today - row.due_on).days) if row.due_on is not None else None,
        )
        for row in ordered
    )


def _noted_on(state: State, kind: str) -> date | None:
    """The newest day of what is known of one account: people log touches and promises without any import."""
    if kind == "interactions":
        return state.last_touch_at.date() if state.last_touch_at is not None else None
    if kind == "promises":
        return max((row.made_on for row in state.promises if row.made_on is not None), default=None)
    return None


def age_of(kind: str, row: AnyRow | None, today: date, noted_on: date | None = None) -> DataAge:
    """By its imports (`row`), or by what was noted on a later day."""
    newest: date | None = None
    if row is not None:
        imported = row.imported_at.date() if row.imported_at is not None else today
        newest = min(row.newest_on, imported) if row.newest_on is not None else imported
    noted = noted_on is not None and (newest is None or noted_on > newest)
    return DataAge(
        data=kind,
        source=row.source if row is not None else None,
        imported_at=row.imported_at if row is not None else None,
        newest_on=noted_on if noted else row.newest_on if row is not None else None,
        age_days=max(0, (today - day).days) if (day := noted_on if noted else newest) is not None else None,
    )
