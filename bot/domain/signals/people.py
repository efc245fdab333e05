"""Risks that lie with people: who left, who is silent, who is not known, and what was promised to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.days import written
from bot.domain.policy import SignalPolicy

from .facts import Clear, Evidence, Finding, NoData, Note, Objective, Promise, Signal, Stakeholder, count, excerpt


def stakeholder_left(people: Sequence[Stakeholder] | None, policy: SignalPolicy, today: date) -> Finding:
    """F3: a champion is gone, or a sponsor or economic buyer changed."""
    rules = policy.people
    roles = {"champion": rules.champion_left_severity} | dict.fromkeys(
        ("sponsor", "executive sponsor", "economic buyer"), rules.sponsor_changed_severity
    )
    held = [one for one in people or () if one.role in roles]
    if not held:
        return NoData("stakeholder left", "no champion, sponsor or economic buyer is known; name them")
    since = today - timedelta(days=rules.look_back_days)
    gone = [one for one in held if (day := _gone_on(one, today)) and day >= since]
    if not gone:
        return Clear("stakeholder left", f"{', '.join(sorted({one.name for one in held}))} still in place.")
    worst = max(gone, key=lambda one: (roles[one.role or ""], _gone_on(one, today) or since, one.person_id))
    sentence = f"{worst.name} ({worst.role}) left or stepped down on {written(_gone_on(worst, today))}."
    evidence = tuple(Evidence("person", one.person_id, _gone_on(one, today), f"{one.name}, {one.role}") for one in gone)
    return Signal("stakeholder left", roles[worst.role or ""], sentence, evidence)


def _gone_on(person: Stakeholder, today: date) -> date | None:
    """The day a person left or gave up the role. Somebody inactive without a day counts as gone today."""
    known = [day for day in (person.left_on, person.until) if day is not None and day <= today]
    return min(known) if known else None if person.active else today


def single_threaded(people: Sequence[Stakeholder] | None, policy: SignalPolicy, today: date) -> Finding:
    """P2: too few people at the customer have been heard of lately."""
    rules = policy.people
    staying = {one.person_id: one for one in people or () if _gone_on(one, today) is None}
    known = [one for one in staying.values() if one.last_contact_on is not None]
    if not known:
        return NoData("single-threaded", "no exchange with a named contact is recorded; link people to touches")
    since = today - timedelta(days=rules.contact_window_days)
    heard = sorted(
        (one for one in known if one.last_contact_on and one.last_contact_on >= since), key=lambda one: one.name
    )
    names = ", ".join(one.name for one in heard)
    if len(heard) >= rules.least_contacts:
        return Clear("single-threaded", f"{len(heard)} contacts heard of in {rules.contact_window_days} days: {names}.")
    window = f"{rules.contact_window_days} days{': ' + names if names else ''}"
    sentence = f"Only {count(len(heard), 'contact')} heard of in {window}."
    rows = heard or sorted(known, key=lambda one: one.person_id)
    evidence = tuple(Evidence("person", one.person_id, one.last_contact_on, one.name) for one in rows)
    return Signal("single-threaded", 3, sentence, evidence)


def silence(touch: Note | None, cadence_days: int, policy: SignalPolicy, today: date) -> Finding:
    """F6: no touch for longer than the cadence allows."""
    if touch is None:
        return NoData("silence", "no touch has been logged; log the last one")
    days = (today - touch.on).days
    sentence = f"Last touch {count(max(days, 0), 'day')} ago; the cadence is {cadence_days} days."
    if days <= policy.silence.cadence_factor * cadence_days:
        return Clear("silence", sentence)
    severity = 4 if days > 2 * policy.silence.cadence_factor * cadence_days else 3
    return Signal("silence", severity, sentence, (Evidence("interaction", touch.id, touch.on),))


def overdue_promises(promises: Sequence[Promise] | None, policy: SignalPolicy, today: date) -> Finding:
    """F7: promises of ours past their day; one is a slip, several are a pattern."""
    if promises is None:
        return NoData("overdue promises", "no promises are tracked; track what you promise")
    late = sorted((one.due_on, one.id, one) for one in promises if one.due_on is not None and one.due_on < today)
    if not late:
        return Clear("overdue promises", f"{count(len(promises), 'open promise')}, none overdue.")
    oldest = late[0][2]
    severity = 4 if len(late) >= policy.promises.least_overdue else 2
    since = written(oldest.due_on)
    sentence = f"{count(len(late), 'promise')} overdue, the oldest since {since}: “{excerpt(oldest.quote, 0)}”."
    return Signal(
        "overdue promises", severity, sentence, tuple(Evidence("promise", one.id, on, one.quote) for on, _, one in late)
    )


def no_objective(objectives: Sequence[Objective] | None, policy: SignalPolicy, today: date) -> Finding:
    """F8: nobody knows what the customer wants to reach, or nobody has asked for long."""
    if objectives is None:
        return NoData("no objective", "objectives are not recorded yet; note what the customer wants to reach")
    if not objectives:
        return Signal("no objective", 2, "No objective of the customer is known.", ())
    newest = max(objectives, key=lambda one: (one.confirmed_on, one.id))
    days = (today - newest.confirmed_on).days
    if days <= policy.objective.confirmed_days:
        return Clear("no objective", f"Objective confirmed {count(days, 'day')} ago: {newest.text}")
    sentence = f"No objective has been confirmed for {days} days: is “{newest.text}” still true?"
    return Signal("no objective", 2, sentence, (Evidence("objective", newest.id, newest.confirmed_on, newest.text),))
