"""Promises: tracked with their words, who owes them and by when; listed; kept, missed or no longer needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.domain.preferences import Preferences
from bot.domain.when.phrases import read
from bot.domain.when.readings import Ask, Once, Refused
from bot.domain.when.wall import local_day
from bot.domain.words import shows
from bot.services.errors import BadInput, NotFound
from bot.services.existing import require_account
from bot.services.logbook.entry import Message
from bot.services.lookup import require_internal, require_member
from bot.services.reminders.own_planning import workdays_of
from bot.services.results.own import PromiseLine, PromisePage, Question, Tracked
from bot.services.writing import writing
from bot.storage import audit, commitments, edits
from bot.storage.database import AnyRow, Database, Reader
from bot.storage.queries import accounts, promises
from bot.storage.tables import commitment, interaction

By = Literal["us", "them"]
LONGEST: Final = 300
PAGE: Final = 10
_GONE = "That promise is gone. See the open ones with `/account promises`."


@dataclass(frozen=True, slots=True)
class Pledge:
    """What was promised to whom. `due` is how somebody said by when, empty for no day; `owner_id` the member who owes
    it, of ours without one the actor; `message` where it was said; `key` names the submission."""

    account_id: int
    quote: str
    due: str = ""
    by: By = "us"
    owner_id: int | None = None
    message: Message | None = None
    key: str | None = None


def track(
    database: Database, audience: Audience, pledge: Pledge, ways: Preferences, now: datetime
) -> Tracked | Question:
    """Track a promise, or ask which day is meant; the same submission again tracks nothing.

    Of a message only the link is kept. Raises BadInput, NotFound when the account is gone, Busy.
    """
    require_member(audience)
    quote = _checked(pledge.quote)
    due_on = due_day(pledge.due, ways, now)
    if isinstance(due_on, Question):
        return due_on
    with writing(database, audience, now) as writer:
        edits.wait_for_turn(writer)
        if pledge.key is not None and (before := edits.added_before(writer, commitment, pledge.key)) is not None:
            return Tracked(change=id_text(before.v_in), promise=_line(writer, before.id, now, ways), repeated=True)
        account = require_account(writer, pledge.account_id)
        with edits.edit(writer, f"a promise to {account.name}") as edit:
            said_in = edit.add(interaction, _note(pledge, quote, now)) if pledge.message is not None else None
            owner_id = pledge.owner_id or (audience.actor.member_id if pledge.by == "us" else None)
            cells = {
                "account_id": pledge.account_id,
                "interaction_id": said_in,
                "by": pledge.by,
                "owner_id": owner_id,
                "quote": quote,
                "made_on": local_day(now, ways.zone),
                "due_on": due_on,
                "status": "open",
            }
            one = edit.add(commitment, cells, pledge.key)
        audit.append(writer, "promise", pledge.account_id, edit.summary(), edit.values)
        return Tracked(change=id_text(edit.change_id), promise=_line(writer, one, now, ways), repeated=False)


def _note(pledge: Pledge, quote: str, now: datetime) -> dict[str, object]:
    """The message that it was said in: its link, who wrote it, and our words for it."""
    message = pledge.message
    return {
        "account_id": pledge.account_id,
        "at": now,
        "kind": "note",
        "author_id": message.author_id if message is not None else None,
        "text": f"Promised: {quote}",
        "visibility": "internal",
        "origin": message.origin if message is not None else "team",
        "permalink": message.permalink if message is not None else None,
    }


def due_day(phrase: str, ways: Preferences, now: datetime) -> date | Question | None:
    """The day that a phrase names; None for an empty one."""
    if not phrase.strip():
        return None
    found = read(phrase.strip(), now, ways.zone, workdays_of(ways))
    match found:
        case Once():
            return found.local.date()
        case Refused():
            raise BadInput(found.sentence)
        case Ask() if found.choices:
            return Question(question=found.question, choices=tuple(choice.words for choice in found.choices))
        case Ask():
            raise BadInput(found.question)
        case _:
            raise BadInput("A promise is due on one day. Say it like `by Friday` or `by 12 June`.")


def end_one(
    database: Database, audience: Audience, promise_id: int, status: commitments.Ended, ways: Preferences, now: datetime
) -> Tracked:
    """It was kept, missed, or is no longer needed. The same twice is the same once."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        row = promises.of_ids(writer, [promise_id]).get(promise_id)
        if row is None:
            raise NotFound(_GONE)
        change = commitments.end(writer, promise_id, status)
        if change is not None:
            ended = audit.Value("commitment.status", "open", status, promise_id)
            audit.append(writer, f"promise {status}", row.account_id, {"promise": id_text(promise_id)}, [ended])
        current = change if change is not None else row.v_in
        return Tracked(change=id_text(current), promise=_line(writer, promise_id, now, ways), repeated=change is None)


def open_promises(
    database: Database, audience: Audience, account_id: int | None, page: int, ways: Preferences, now: datetime
) -> PromisePage:
    """The open promises about an account; without one those that the asker owes. Longest overdue first."""
    require_internal(audience)
    today = local_day(now, ways.zone)
    with database.reading(audience) as reader:
        account = require_account(reader, account_id) if account_id is not None else None
        owner = audience.actor.member_id
        if account_id is not None:
            rows = promises.open_of_account(reader, account_id)
        else:
            rows = promises.open_of_owner(reader, owner) if owner is not None else []
        ordered = sorted(rows, key=lambda row: (row.due_on is None, row.due_on or today, row.id))
        pages = max(1, -(-len(ordered) // PAGE))
        shown = ordered[(page - 1) * PAGE : page * PAGE]
        names = {one: row.name for one, row in accounts.accounts(reader, [row.account_id for row in shown]).items()}
        return PromisePage(
            account_id=id_text(account_id) if account_id is not None else None,
            account=account.name if account is not None else None,
            total=len(ordered),
            page=page,
            pages=pages,
            promises=tuple(_shown(row, names.get(row.account_id, ""), today) for row in shown),
            as_of=now,
        )


def _checked(quote: str) -> str:
    tidy = " ".join(quote.replace("\x00", "").split())
    if not shows(tidy):
        raise BadInput('What was promised? For example: `/account promise acme "send the questionnaire" by fri`')
    if len(tidy) > LONGEST:
        raise BadInput(f"A promise has at most {LONGEST} characters; this has {len(tidy):,}. Shorten it.")
    return tidy


def _line(reader: Reader, promise_id: int, now: datetime, ways: Preferences) -> PromiseLine:
    row = promises.of_ids(reader, [promise_id]).get(promise_id)
    if row is None:
        raise NotFound(_GONE)
    name = accounts.accounts(reader, [row.account_id])[row.account_id].name
    return _shown(row, name, local_day(now, ways.zone))


def _shown(row: AnyRow, account: str, today: date) -> PromiseLine:
    return PromiseLine(
        id=id_text(row.id),
        account_id=id_text(row.account_id),
        account=account,
        quote=row.quote,
        by=row.by,
        owner=row.owner,
        due_on=row.due_on,
        days_left=(row.due_on - today).days if row.due_on is not None else None,
        status=row.status,
        made_on=row.made_on,
        permalink=row.permalink,
    )
