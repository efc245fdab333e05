"""What people decide: a score in place of the computed one, for a time; that a risk is none, until there is news."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.audience import Audience
from bot.domain.days import written
from bot.domain.ids import id_text
from bot.domain.policy import Policies
from bot.domain.signals import Clear, Finding, NoData, Signal, traces
from bot.domain.words import shows
from bot.services.assess import assess
from bot.services.errors import BadFields, BadInput
from bot.services.existing import require_account
from bot.services.lookup import require_member
from bot.services.results.why import Decided
from bot.services.writing import writing
from bot.storage import audit, edits
from bot.storage.database import Database, Writer
from bot.storage.queries import health as queries
from bot.storage.tables import health_override, signal

LONGEST_REASON: Final = 300
LONGEST_DAYS: Final = 366


def set_score(
    database: Database,
    audience: Audience,
    account_id: int,
    score: int,
    reason: str,
    until: date,
    now: datetime,
    today: date,
) -> Decided:
    """Show this score instead of the computed one, to the end of `until`; one that was set before is replaced, and the
    same by the same person stays what it was.

    Raises BadFields for each of score, reason and until that is wrong, NotFound when the account is gone, Busy.
    """
    require_member(audience)
    text = _checked(score, reason, until, today)
    with writing(database, audience, now) as writer:
        edits.wait_for_turn(writer)
        account = require_account(writer, account_id)
        before = queries.overrides(writer, [account_id]).get(account_id)
        wanted = (score, text, until, audience.actor.name)
        if before is not None and (before.score, before.reason, before.expires_on, before.actor) == wanted:
            change_id = int(before.v_in)
        else:
            with edits.edit(writer, f"health of {account.name} set to {score}") as edit:
                if before is not None:
                    edit.end(health_override, before.id)
                cells = {"account_id": account_id, "score": score, "reason": text, "expires_on": until}
                edit.add(health_override, cells)
            audit.append(writer, "health", account_id, edit.summary(), edit.values)
            change_id = edit.change_id
    return Decided(
        account_id=id_text(account_id),
        account=account.name,
        change=id_text(change_id),
        sentence=f"Health of {account.name} is {score} until {written(until)}: {text}",
    )


def _checked(score: int, reason: str, until: date, today: date) -> str:
    """The reason as it is kept. Raises BadFields."""
    wrong = {}
    if not 0 <= score <= 100:
        wrong["score"] = f"A score is a whole number from 0 to 100, not {score}."
    if not (today <= until <= today + timedelta(days=LONGEST_DAYS)):
        wrong["until"] = f"It holds until a day from today to {written(today + timedelta(days=LONGEST_DAYS))}."
    text = " ".join(reason.split())
    if (fault := _fault(text, "why the computed score is wrong")) is not None:
        wrong["reason"] = fault
    if wrong:
        raise BadFields(wrong)
    return text


def _fault(reason: str, what: str) -> str | None:
    if not shows(reason):
        return f"Say {what}: whoever reads it later will want to know."
    if len(reason) > LONGEST_REASON:
        return f"A reason has at most {LONGEST_REASON} characters; that one has {len(reason)}."
    return None


def clear_score(database: Database, audience: Audience, account_id: int, now: datetime) -> Decided:
    """Show the computed score again. Raises BadInput when nothing is set, NotFound, Busy."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        edits.wait_for_turn(writer)
        account = require_account(writer, account_id)
        before = queries.overrides(writer, [account_id]).get(account_id)
        if before is None:
            raise BadInput(f"The health of {account.name} is computed: nobody has set it.")
        with edits.edit(writer, f"health of {account.name} computed again") as edit:
            edit.end(health_override, before.id)
        audit.append(writer, "health", account_id, edit.summary(), edit.values)
    return Decided(
        account_id=id_text(account_id),
        account=account.name,
        change=id_text(edit.change_id),
        sentence=f"Health of {account.name} is computed again.",
    )


def dismiss(
    database: Database,
    audience: Audience,
    account_id: int,
    kind: str,
    reason: str,
    policies: Policies,
    now: datetime,
    today: date,
) -> Decided:
    """This risk is none, until it rests on something new or gets worse.

    Raises BadInput without a reason or when there is no such risk now, NotFound when the account is gone, Busy.
    """
    require_member(audience)
    text = " ".join(reason.split())
    if (fault := _fault(text, "why it is no risk")) is not None:
        raise BadInput(fault)
    with writing(database, audience, now) as writer:
        edits.wait_for_turn(writer)
        account = require_account(writer, account_id)
        found = _risk(kind, assess(writer, [account_id], policies, now, today)[account_id].findings)
        with edits.edit(writer, f"{found.kind} of {account.name} dismissed") as edit:
            _end_dismissals(writer, edit, account_id, found.kind)
            edit.add(
                signal,
                {
                    "account_id": account_id,
                    "kind": found.kind,
                    "severity": found.severity,
                    "sentence": found.sentence,
                    "evidence": sorted(traces(found)),
                    "detected_at": now,
                    "state": "dismissed",
                    "reason": text,
                },
            )
        audit.append(writer, "dismiss", account_id, edit.summary(), edit.values)
    return Decided(
        account_id=id_text(account_id),
        account=account.name,
        change=id_text(edit.change_id),
        sentence=f"Dismissed for {account.name}: {found.kind} ({text}). It comes back when there is something new.",
    )


def restore(database: Database, audience: Audience, account_id: int, kind: str, now: datetime) -> Decided:
    """A dismissed risk counts again. Raises BadInput when none of that kind is dismissed, NotFound, Busy."""
    require_member(audience)
    with writing(database, audience, now) as writer:
        edits.wait_for_turn(writer)
        account = require_account(writer, account_id)
        with edits.edit(writer, f"{kind} of {account.name} counts again") as edit:
            if not _end_dismissals(writer, edit, account_id, kind):
                raise BadInput(f"No risk “{kind[:40]}” of {account.name} is dismissed.")
        audit.append(writer, "dismiss", account_id, edit.summary(), edit.values)
    return Decided(
        account_id=id_text(account_id),
        account=account.name,
        change=id_text(edit.change_id),
        sentence=f"For {account.name} counts again: {kind}.",
    )


def _end_dismissals(writer: Writer, edit: edits.Edit, account_id: int, kind: str) -> bool:
    ended = [row for row in queries.dismissed(writer, [account_id]).get(account_id, ()) if row.kind == kind]
    for row in ended:
        edit.end(signal, row.id)
    return bool(ended)


def _risk(kind: str, findings: tuple[Finding, ...]) -> Signal:
    """The signal that a person means by a word of its kind. Raises BadInput that says which there are."""
    wanted = " ".join(kind.casefold().split())
    open_ones = [one for one in findings if isinstance(one, Signal)]
    fitting = [one for one in open_ones if one.kind == wanted] or [one for one in open_ones if wanted in one.kind]
    if len(fitting) == 1 and wanted:
        return fitting[0]
    other = next((one for one in findings if one.kind == wanted and not isinstance(one, Signal)), None)
    match other:
        case Clear(sentence=sentence):
            raise BadInput(f"There is no risk to dismiss: {sentence}")
        case NoData(missing=missing):
            raise BadInput(f"Nothing is known to dismiss: {missing}.")
    names = ", ".join(one.kind for one in open_ones)
    raise BadInput(f"Which risk? Now there are: {names}." if names else "There is no risk now.")
