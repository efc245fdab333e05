"""The status card of one account: what leads first, unknown shown as unknown with what would fill it."""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.domain.ids import parse_id
from bot.services.results import AccountCard, DataAge, HealthReading, Owner, Promise, Score, Term, Tickets, Touch, Trend
from bot.slack.asks import Card, People, Plan, Timeline, Why
from bot.slack.own_values import OWN, NewOwn
from bot.slack.own_values import encode as encode_own
from bot.slack.qbr_values import QBR, Start
from bot.slack.qbr_values import encode as encode_qbr
from bot.slack.render.dates import Days
from bot.slack.render.logged import log_offer
from bot.slack.render.parts import Block, Message, Offer, actions, context, joined, section, toolbar
from bot.slack.render.record import record
from bot.slack.render.text import away, count, md, monies
from bot.slack.stamps import Stamp
from bot.slack.values import OPEN, SHARE, TURN, encode

_SHOWN = 3
_CHANNEL_ID = re.compile(r"[CDG][A-Z0-9]{2,30}")
# Names from policies/health.yml; a band of another name goes without a sign.
_SIGNS = {"healthy": "🟢", "watch": "🟡", "at risk": "🟠", "critical": "🔴"}

HARMLESS = 65
"""From here on an input does not pull an account out of the good bands."""


def account_card(card: AccountCard, days: Days, *, can_share: bool = True, shared_by: str | None = None) -> Message:
    """The card for the asker, or with `shared_by` the copy that a channel sees."""
    stamp = Stamp.of_result(card.as_of, card, but={"as_of", "data"})
    lead = lead_line(card.term, days)
    blocks: list[Block] = [
        section([headline(card), f"*{lead}*"]),
        section([arr_line(card), health_line(card.health, days)]),
        *_why(card.health, days),
        section(_facts(card, days)),
    ]
    if card.risks:
        blocks.append(section(_risks(card, days)))
    if card.promises:
        blocks.append(section(_promises(card, days)))
    blocks.append(context(_ages(card, days), _unchecked(card), _dismissed(card, days), _family(card)))
    if shared_by is not None:
        blocks.append(context(f"Shared by {md(shared_by, 80)}"))
        blocks.append(actions(toolbar(_on_a_copy(card))))
    else:
        blocks.append(actions(toolbar(_offers(card, stamp, can_share=can_share), visible=5)))
    said = joined([md(card.name, 100), lead, arr_line(card), health_line(card.health, days)])
    return Message(said, tuple(blocks), card.name, stamp)


def _dismissed(card: AccountCard, days: Days) -> str:
    """Risks that somebody judged to be none."""
    gone = [f"{md(one.kind, 40)} ({md(one.by, 40)}, {days.short(one.on)})" for one in card.dismissed[:_SHOWN]]
    return f"Dismissed: {', '.join(gone)}" if gone else ""


def _offers(card: AccountCard, stamp: Stamp, *, can_share: bool) -> list[Offer]:
    """What to do next, the likeliest first: five are buttons, the others stand in the menu."""
    account_id = _id(card)
    found = [
        log_offer(account_id),
        Offer("Remind me", OWN, encode_own(NewOwn(account_id))),
        Offer("Timeline", TURN, encode(Timeline(account_id))),
    ]
    if can_share:
        found.append(Offer("Share in channel", SHARE, encode(Card(account_id), stamp)))
    found += [
        Offer("Draft QBR", QBR, encode_qbr(Start(account_id))),
        Offer("Why this health", TURN, encode(Why(account_id))),
        Offer("People", TURN, encode(People(account_id))),
        Offer("Plan", TURN, encode(Plan(account_id))),
        *record(card.url),
        Offer("Refresh", TURN, encode(Card(account_id), stamp)),
    ]
    return found


def _on_a_copy(card: AccountCard) -> list[Offer]:
    """Everybody in the channel has these; what they open, the clicker alone sees."""
    return [Offer("Show me", OPEN, encode(Card(_id(card)))), *record(card.url)]


def _id(card: AccountCard) -> int:
    account_id = parse_id(card.id)
    if account_id is None:
        raise ValueError(f"the card's id {card.id!r} is not one of ours")
    return account_id


def headline(card: AccountCard) -> str:
    parts = [md(text, 40) if text else None for text in (card.segment, card.lifecycle)]
    return joined([f"*{md(card.name, 120)}*", _owner(card.owner), *parts])


def _owner(owner: Owner | None) -> str:
    if owner is None:
        return "no owner"
    return md(owner.name, 60) + ("" if owner.active else " (left)")


def lead_line(term: Term | None, days: Days) -> str:
    """The earlier of notice deadline and contract end, as a sentence."""
    if term is None:
        return "Renewal not known: no contract on record. Import contracts or subscriptions."
    if term.leads is None or term.lead_on is None:
        return md(days.said(term.sentence), 300) or "Renewal not known: the contract has no end date."
    when = days.full(term.lead_on) + (f" ({away(term.days_left)})" if term.days_left is not None else "")
    renews = {True: "renews by itself", False: "does not renew by itself", None: "renewal terms not known"}[
        term.auto_renew
    ]
    others = f"; {count(term.others, 'more contract')}" if term.others > 0 else ""
    if term.leads == "notice":
        ends = f"contract ends {days.short(term.ends_on)}" if term.ends_on else "contract end not known"
        return f"Notice deadline {when}; {ends}, {renews}{others}"
    if term.lead_on < days.today:
        return f"Contract ended {when}, no renewal on record{others}"
    if term.notice_on and term.notice_on < days.today:
        renews = f"{renews}, notice deadline passed on {days.short(term.notice_on)}"
    return f"Contract ends {when}, {renews}{others}"


def arr_line(card: AccountCard) -> str:
    if card.arr is None:
        return "ARR not known: no contract lines. Import subscriptions."
    figure = f"{monies(card.arr.sums)} ARR" if card.arr.sums else "No recurring revenue"
    notes = [md(note, 120) for note in card.arr.notes[:2]]
    return joined([figure, f"from {count(card.arr.lines, 'line')}" if card.arr.lines else None, *notes])


def health_line(health: HealthReading, days: Days) -> str:
    if health.score is None:
        why = "; ".join(_phrase(days.said(text)) for text in health.missing[:4])
        return f"Health unknown: {why or f'only {health.used} of {health.of} inputs are fresh'}"
    figure = f"Health {health.score} ({md(health.band, 30)}), from {health.used} of {health.of} inputs"
    if (hand := health.by_hand) is not None:
        computed = health.computed if health.computed is not None else "unknown"
        figure = (
            f"Health {hand.score} ({md(health.band, 30)}), set by {md(hand.by, 60)} until {days.short(hand.until)}: "
            f"{md(hand.reason, 160)}; computed: {computed}"
        )
    return joined([sign(health.band), figure], " ")


def sign(band: str) -> str:
    """The colour of a band; empty for one of another name."""
    return _SIGNS.get(band.casefold(), "")


def _why(health: HealthReading, days: Days) -> list[Block]:
    """In small print: the inputs and their values, with a sentence only for those that pull the score down."""
    reasons = " · ".join(_reason(days.said(text)) for text in health.reasons[:5])
    missing = " · ".join(_phrase(days.said(text)) for text in health.missing[:4]) if health.score is not None else ""
    known = "So far" if health.score is None else "Why"
    texts = [f"{known}: {reasons}" if reasons else "", f"Not counted: {missing}" if missing else ""]
    return [context(*texts)] if any(texts) else []


def _reason(text: str) -> str:
    """ "usage 87: Active users flat ..." is "usage 87" while it does no harm: the facts themselves stand below."""
    head, _, _ = text.partition(": ")
    value = head.rpartition(" ")[2]
    return md(head, 40) if value.isdecimal() and int(value) >= HARMLESS else _phrase(text)


def _phrase(text: str) -> str:
    return md(text, 140).rstrip(". ")


def _facts(card: AccountCard, days: Days) -> list[str]:
    touch, tickets = _touch(card.last_touch, days), _tickets(card.tickets, days.today)
    return [touch, tickets, _usage(card.usage, days), *_scores(card, days)]


def _touch(touch: Touch | None, days: Days) -> str:
    if touch is None:
        return "Last touch not known: no conversation on record. Import activities."
    by = f" by {md(touch.by, 60)}" if touch.by else ""
    subject = f": “{md(touch.subject, 100)}”" if touch.subject else ""
    on = f", {days.full(touch.next_step_on)}" if touch.next_step_on else ""
    step = f"; next step: {md(touch.next_step, 100)}{on}" if touch.next_step else ""
    return f"Last touch {away(-touch.days_ago)}, {md(touch.kind, 30)}{by}{subject}{step}"


def _tickets(tickets: Tickets | None, today: date) -> str:
    if tickets is None:
        return "Tickets not known: no ticket data. Import tickets."
    if tickets.open == 0:
        return "No open tickets"
    urgent = f", {tickets.urgent:,} urgent" if tickets.urgent else ""
    oldest = ""
    if tickets.oldest_on is not None:
        age = tickets.oldest_days if tickets.oldest_days is not None else (today - tickets.oldest_on).days
        subject = f" “{md(tickets.oldest_subject, 80)}”" if tickets.oldest_subject else ""
        oldest = f"; oldest{subject} {count(age, 'day')} old"
    return f"{count(tickets.open, 'open ticket')}{urgent}{oldest}"


def _usage(trend: Trend | None, days: Days) -> str:
    if trend is None:
        return "Usage not known: no recent usage data. Import usage."
    arrow = {"up": "↗", "flat": "→", "down": "↘", "unknown": ""}[trend.direction]
    return joined([arrow, _labelled("Usage", days.said(trend.sentence))], " ")


def _scores(card: AccountCard, days: Days) -> list[str]:
    if card.nps is None and card.csat is None:
        return ["NPS and CSAT not known: no survey answers. Import surveys."]
    pairs = (("NPS", card.nps), ("CSAT", card.csat))
    return [_labelled(label, days.said(_score(score))) if score else f"{label} not known" for label, score in pairs]


def _score(score: Score) -> str:
    if score.sentence:
        return score.sentence
    return "not known" if score.value is None else f"{score.value} from {count(score.answers, 'answer')}"


def _labelled(label: str, sentence: str) -> str:
    text = md(sentence, 200)
    return text if text.casefold().startswith(label.casefold()) else f"{label}: {text}"


def _risks(card: AccountCard, days: Days) -> list[str]:
    worst = sorted(card.risks, key=lambda risk: -risk.severity)
    shown = [f"• {md(days.said(risk.sentence), 200)}" for risk in worst[:_SHOWN]]
    return [f"*Risks* ({len(worst)})", *shown, _more(len(worst))]


def _promises(card: AccountCard, days: Days) -> list[str]:
    late_first = sorted(card.promises, key=lambda promise: (-(promise.days_overdue or 0), promise.due_on or date.max))
    shown = [f"• {_promise(promise, days)}" for promise in late_first[:_SHOWN]]
    total = max(card.promises_open, len(late_first))
    return [f"*Open promises* ({total})", *shown, _more(total)]


def _promise(promise: Promise, days: Days) -> str:
    who = (
        "They promised"
        if promise.by == "them"
        else f"{md(promise.owner, 60)} promised"
        if promise.owner
        else "We promised"
    )
    due = None
    if promise.days_overdue:
        due = f"*{count(promise.days_overdue, 'day')} overdue*"
    elif promise.due_on:
        due = f"due {days.full(promise.due_on)} ({away((promise.due_on - days.today).days)})"
    return joined([f"{who}: “{md(promise.quote, 160)}”", due or "no due date"], ", ")


def _more(total: int) -> str:
    return f"and {total - _SHOWN} more" if total > _SHOWN else ""


def _ages(card: AccountCard, days: Days) -> str:
    ages = [_age(age, card.as_of) for age in card.data[:12]]
    data = " · ".join(ages) if ages else "none imported yet"
    return f"As of {days.moment(card.as_of)}. Data: {data}"


def _age(age: DataAge, now: datetime) -> str:
    """By the data itself where it tells, else by when it arrived; hours on the first day."""
    name = md(age.data, 40)
    days, hours = age.age_days, None
    if age.imported_at is not None:
        hours = max(0, int((now - age.imported_at).total_seconds() // 3600))
        days = hours // 24 if days is None else days
    if days is None:
        return f"{name} none"
    if days > 0:
        return f"{name} {days:,} d"
    if hours is None or hours >= 24:
        return f"{name} today"
    return f"{name} {hours} h" if hours else f"{name} just now"


def _unchecked(card: AccountCard) -> str:
    reasons = list(dict.fromkeys(_phrase(text) for text in card.not_checked))
    shown = "; ".join(reasons[:3])
    more = f"; and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    return f"Risks not checked: {shown}{more}" if shown else ""


def _family(card: AccountCard) -> str:
    known = ", ".join(md(name, 60) for name in card.also_known_as[:3])
    return joined(
        [
            f"part of {md(card.parent, 80)}" if card.parent else None,
            count(card.subsidiaries, "subsidiary", "subsidiaries") if card.subsidiaries else None,
            f"also {known}" if known else None,
            md(card.industry, 60) if card.industry else None,
            _channels(card.channels),
        ]
    )


def _channels(ids: tuple[str, ...]) -> str | None:
    """By id: Slack shows the name of a private channel only to those who are in it."""
    links = [f"<#{channel}>" for channel in ids[:_SHOWN] if _CHANNEL_ID.fullmatch(channel)]
    return f"{'channel' if len(links) == 1 else 'channels'} {', '.join(links)}" if links else None
