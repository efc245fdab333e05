"""The five health readings from an account's facts. The curves come from `policies/health.yml`.

A fact that is None has no source and gives no value: no ticket desk is not the same as no tickets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .health import Reading
from .policy import Component, on_curve
from .policy.health import ReadingRules
from .satisfaction import LatestScore
from .signals import Ticket
from .terms import RenewalDates
from .usage import Trend


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """What the readings are made of.

    `fed_on` says when the source of a component last brought news; support and commercial need it, since their age is
    not the age of the last event; engagement is as old as the newer of the two. Usage and sentiment carry their own
    age. `sources` names them.
    """

    cadence_days: int
    usage: Trend | None = None
    last_touch_on: date | None = None
    tickets: Sequence[Ticket] | None = None
    nps: LatestScore | None = None
    csat: LatestScore | None = None
    renewals: Sequence[RenewalDates] | None = None
    fed_on: Mapping[Component, date] = field(default_factory=dict)
    sources: Mapping[Component, str] = field(default_factory=dict)


def readings(facts: ReadingFacts, rules: ReadingRules, today: date) -> dict[Component, Reading]:
    """A reading for every component, with or without a value."""
    return {
        "usage": _usage(facts, rules),
        "engagement": _engagement(facts, rules, today),
        "support": _support(facts, rules, today),
        "sentiment": _sentiment(facts, rules),
        "commercial": _commercial(facts, rules, today),
    }


def _reading(facts: ReadingFacts, component: Component, value: float | None, sentence: str, age: int | None) -> Reading:
    return Reading(value, sentence, age, facts.sources.get(component))


def _fed(facts: ReadingFacts, component: Component, today: date) -> int | None:
    fed_on = facts.fed_on.get(component)
    return None if fed_on is None else (today - fed_on).days


def _usage(facts: ReadingFacts, rules: ReadingRules) -> Reading:
    """The mean of the trend and the seats, or the one that is known."""
    usage = facts.usage
    if usage is None:
        return _reading(facts, "usage", None, "no usage recorded", None)
    values, sentences = [], [usage.sentence]
    if usage.change is not None:
        values.append(on_curve(rules.usage_change, float(usage.change)))
    elif usage.direction in ("up", "flat"):
        # From nothing to something is growth, nothing to nothing is no use at all.
        values.append(100.0 if usage.direction == "up" else 0.0)
    if usage.seats and usage.seats.share is not None:
        values.append(on_curve(rules.seats_used, float(usage.seats.share)))
        sentences.append(f"{usage.seats.used:g} of {usage.seats.entitled:g} seats used.")
    value = sum(values) / len(values) if values else None
    return _reading(facts, "usage", value, " ".join(sentences), usage.age_days)


def _engagement(facts: ReadingFacts, rules: ReadingRules, today: date) -> Reading:
    if facts.last_touch_on is None:
        return _reading(facts, "engagement", None, "no touch logged", None)
    days = max(0, (today - facts.last_touch_on).days)
    value = on_curve(rules.touch_over_cadence, days / facts.cadence_days)
    sentence = f"Last touch {days} days ago, cadence {facts.cadence_days} days."
    # A touch that is known is news as well, whoever brought it: logged ones come with no file.
    ages = [age for age in (days, _fed(facts, "engagement", today)) if age is not None]
    return _reading(facts, "engagement", value, sentence, min(ages))


def _support(facts: ReadingFacts, rules: ReadingRules, today: date) -> Reading:
    if facts.tickets is None:
        return _reading(facts, "support", None, "no ticket source", None)
    waiting = [one for one in facts.tickets if one.open]
    urgent = sum(one.priority == "urgent" for one in waiting)
    old = sum(one.priority != "urgent" and (today - one.opened_on).days > rules.support.old_days for one in waiting)
    other = len(waiting) - urgent - old
    value = 100 - urgent * rules.support.urgent - old * rules.support.old - other * rules.support.other
    tickets = "1 open ticket" if len(waiting) == 1 else f"{len(waiting)} open tickets"
    sentence = f"{tickets}: {urgent} urgent, {old} older than {rules.support.old_days} days."
    return _reading(facts, "support", max(0.0, value), sentence, _fed(facts, "support", today))


def _sentiment(facts: ReadingFacts, rules: ReadingRules) -> Reading:
    """The mean of NPS and CSAT, or the one there is; as old as the newer of them."""
    scores = [(facts.nps, rules.nps), (facts.csat, rules.csat)]
    known = [(score, on_curve(curve, float(score.value))) for score, curve in scores if score]
    if not known:
        return _reading(facts, "sentiment", None, "no survey answers", None)
    value = sum(worth for _, worth in known) / len(known)
    sentence = " ".join(score.sentence for score, _ in known)
    return _reading(facts, "sentiment", value, sentence, min(score.age_days for score, _ in known))


def _commercial(facts: ReadingFacts, rules: ReadingRules, today: date) -> Reading:
    """The worst of the running contracts; one that ended counts only when nothing else runs."""
    valued = [(value, dates) for dates in facts.renewals or () if (value := _renewal_value(dates, rules)) is not None]
    running = [one for one in valued if one[1].state != "lapsed"] or valued
    if not running:
        return _reading(facts, "commercial", None, "no contract dates", None)
    value, dates = min(running, key=lambda one: one[0])
    return _reading(facts, "commercial", value, dates.sentence, _fed(facts, "commercial", today))


def _renewal_value(dates: RenewalDates, rules: ReadingRules) -> float | None:
    commercial = rules.commercial
    match dates.state:
        case "lapsed":
            return commercial.lapsed
        case "open-ended":
            return commercial.open_ended
        case "notice passed":
            return commercial.notice_passed_auto_renews if dates.renews else commercial.notice_passed
        case "upcoming" | "auto-renewed" if dates.days_left is not None:
            return on_curve(commercial.days_left, dates.days_left)
        case _:
            return None
