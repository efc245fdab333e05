"""What happened with an account: conversations, promises, tickets, surveys, contracts, in one list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.services.existing import require_account
from bot.services.lines import first_line
from bot.services.lookup import require_internal
from bot.services.results import Entry, Origin, Section, Sum, TimelinePage
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.edits import SOURCE
from bot.storage.queries import timeline as queries
from bot.storage.queries.timeline import Event

PAGE = 10
_AHEAD = 3
"""A first line shorter than this that ends in a comma or the like only greets."""

_SECTIONS: dict[Section, tuple[Event, ...]] = {
    "all": tuple(Event),
    "conversations": (Event.INTERACTION,),
    "tickets": (Event.TICKET_OPENED, Event.TICKET_SOLVED),
    "promises": (Event.PROMISE_MADE, Event.PROMISE_DUE, Event.PROMISE_KEPT),
    "surveys": (Event.SURVEY,),
    "contracts": (Event.CONTRACT_START, Event.CONTRACT_END, Event.MOVEMENT),
}
_SECTION_OF = {event: name for name, events in _SECTIONS.items() if name != "all" for event in events}
_TIMED = frozenset((Event.INTERACTION, Event.TICKET_OPENED, Event.TICKET_SOLVED, Event.SURVEY))


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a timeline: entries of a section, ten a page."""

    section: Section = "all"
    page: int = 1


def timeline(
    database: Database, audience: Audience, account_id: int, wanted: Slice, now: datetime, zone: tzinfo
) -> TimelinePage:
    """A page of what happened by `now`, newest first; a page beyond the last one is the last. `zone` decides which day
    an instant belongs to. Raises NotFound when the account is gone."""
    require_internal(audience)
    events = _SECTIONS[wanted.section]
    with database.reading(audience) as reader:
        account = require_account(reader, account_id)
        counts = queries.counts(reader, account_id, now)
        total = sum(counts[event][0] for event in events)
        pages = max(1, -(-total // PAGE))
        page = min(max(wanted.page, 1), pages)
        skip = (page - 1) * PAGE
        past = queries.happened(reader, account_id, events, now, size=PAGE, skip=skip) if total else []
        to_come = sum(counts[event][1] for event in events)
        coming = queries.ahead(reader, account_id, events, now, size=_AHEAD) if page == 1 and to_come else []
        details = queries.details(reader, [*past, *coming])

    return TimelinePage(
        account_id=id_text(account_id),
        account=account.name,
        section=wanted.section,
        page=page,
        pages=pages,
        first=skip + 1 if total else 0,
        last=min(skip + PAGE, total),
        total=total,
        entries=_entries(past, details, now, zone),
        ahead=_entries(coming, details, now, zone),
        ahead_total=to_come,
        counts={name: sum(counts[event][0] for event in of) for name, of in _SECTIONS.items()},
        as_of=now,
    )


def happened_since(
    reader: Reader, account_id: int, since: datetime, now: datetime, zone: tzinfo, most: int
) -> tuple[tuple[Entry, ...], dict[Section, int]]:
    """The newest of what happened after `since`, at most so many, and how much of each section that was."""
    by_now, by_then = queries.counts(reader, account_id, now), queries.counts(reader, account_id, since)
    rows = queries.happened(reader, account_id, tuple(Event), now, size=most, skip=0)
    newer = [row for row in rows if row.at > since]
    counts = {name: sum(by_now[one][0] - by_then[one][0] for one in of) for name, of in _SECTIONS.items()}
    return _entries(newer, queries.details(reader, newer), now, zone), counts


def _entries(
    rows: list[AnyRow], details: Mapping[tuple[Event, int], AnyRow], now: datetime, zone: tzinfo
) -> tuple[Entry, ...]:
    known = [(Event(row.event), row.at, details.get((Event(row.event), row.id))) for row in rows]
    return tuple(_entry(event, at, row, now, zone) for event, at, row in known if row is not None)


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of an entry."""

    title: str
    who: str | None = None
    text: str | None = None
    until: date | None = None
    amount: Sum | None = None
    internal: bool = False
    link: str | None = None


def _entry(event: Event, at: datetime, row: AnyRow, now: datetime, zone: tzinfo) -> Entry:
    timed = event in _TIMED
    said = _WORDS[event](row, at <= now)
    return Entry(
        on=at.astimezone(zone).date() if timed else at.date(),
        at=at,
        timed=timed,
        section=_SECTION_OF[event],
        title=said.title,
        who=said.who,
        text=said.text,
        until=said.until,
        amount=said.amount,
        internal=said.internal,
        link=said.link,
        origin=Origin(
            source=row.source,
            file=row.file,
            line=row.line,
            logged_by=row.logged_by if row.source == SOURCE else None,
        ),
    )


_KINDS = {"email": "E-mail", "other": "Contact"}


def _interaction(row: AnyRow, _past: bool) -> _Said:
    who = " with ".join(part for part in (row.who, row.people) if part)
    title = _KINDS.get(row.kind, row.kind.capitalize())
    internal = row.visibility != "client-safe"
    # Of a message that is kept for a while the text is a quote, and the subject what somebody said of it.
    quote = f"“{first_line(row.text)}”" if row.text_until is not None and row.text else row.text
    text = first_line(row.subject, quote)
    return _Said(title, who or None, text, internal=internal, link=row.permalink)


def _promiser(row: AnyRow) -> str:
    return "the customer" if row.by == "them" else row.who or "us"


def _promise_made(row: AnyRow, _past: bool) -> _Said:
    return _Said("Promise made", f"by {_promiser(row)}", f"“{first_line(row.quote)}”", until=row.due_on)


def _promise_due(row: AnyRow, past: bool) -> _Said:
    state = ", missed" if row.status == "missed" else ", still open" if past else ""
    return _Said(f"Promise due{state}", f"by {_promiser(row)}", f"“{first_line(row.quote)}”")


def _promise_kept(row: AnyRow, _past: bool) -> _Said:
    return _Said("Promise kept", f"by {_promiser(row)}", f"“{first_line(row.quote)}”")


def _ticket_opened(row: AnyRow, _past: bool) -> _Said:
    urgency = f", {row.priority}" if row.priority in ("urgent", "high") else ""
    escalated = ", escalated" if row.escalated else ""
    return _Said(f"Ticket opened{urgency}{escalated}", text=first_line(row.subject))


def _ticket_solved(row: AnyRow, _past: bool) -> _Said:
    return _Said("Ticket solved", text=first_line(row.subject))


def _answer(row: AnyRow, _past: bool) -> _Said:
    return _Said(f"{row.kind.upper()} {_plain(row.score)} of {row.scale_max}", row.who, first_line(row.comment))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _contract_start(row: AnyRow, past: bool) -> _Said:
    text = None if row.ends_on else "Without an end date"
    return _Said(f"{_capitalised(_contract(row))} {'started' if past else 'starts'}", text=text, until=row.ends_on)


def _contract_end(row: AnyRow, past: bool) -> _Said:
    if row.auto_renew:
        return _Said(f"First term of {_contract(row)} {'ended' if past else 'ends'}", text="It renews by itself")
    return _Said(f"{_capitalised(_contract(row))} {'ended' if past else 'ends'}")


def _contract(row: AnyRow) -> str:
    return f"contract {row.number}" if row.number else "the contract"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _movement(row: AnyRow, _past: bool) -> _Said:
    known = row.amount_mrr is not None and row.currency
    amount = Sum(amount=row.amount_mrr, currency=row.currency) if known else None
    return _Said(row.kind.capitalize(), text=first_line(row.reason, row.note), amount=amount)


_WORDS: dict[Event, Callable[[AnyRow, bool], _Said]] = {
    Event.INTERACTION: _interaction,
    Event.PROMISE_MADE: _promise_made,
    Event.PROMISE_DUE: _promise_due,
    Event.PROMISE_KEPT: _promise_kept,
    Event.TICKET_OPENED: _ticket_opened,
    Event.TICKET_SOLVED: _ticket_solved,
    Event.SURVEY: _answer,
    Event.CONTRACT_START: _contract_start,
    Event.CONTRACT_END: _contract_end,
    Event.MOVEMENT: _movement,
}
