"""The plan of an account: first what is missing, then its six elements, each with the way to change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from bot.domain.ids import parse_id
from bot.services.plans.parts import SPECS, STANCES
from bot.services.results.base import Sum
from bot.services.results.plans import (
    AccountPlan,
    Part,
    PlanAction,
    PlanChanged,
    PlanIdea,
    PlanObjective,
    PlanOutcome,
    PlanPerson,
    PlanRequest,
    PlanReturn,
)
from bot.slack.asks import Diff, Plan
from bot.slack.log_values import LOG, Undo
from bot.slack.log_values import encode as encode_log
from bot.slack.plan_values import PLAN, PLAN_DRAW, Draw, OpenPart, encode, encode_draw
from bot.slack.render.card import sign
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Element, Message, Offer, actions, context, joined, option, section, toolbar
from bot.slack.render.tabs import tabs
from bot.slack.render.text import away, capitalised, count, md, money, monies
from bot.slack.stamps import Stamp
from bot.slack.values import OPEN
from bot.slack.values import encode as encode_view

_SHOWN = 5
_GAPS = 8
_MENU = 90
"""Entries that one menu offers to change; Slack takes 100 lines."""
_STATE = {"met": "met", "missed": "missed", "dropped": "no longer wanted"}


def plan_page(plan: AccountPlan, asked: Plan, days: Days) -> Message:
    blocks: list[Block] = [section(_head(plan, days))]
    if plan.gaps:
        blocks.append(section(["*Missing*", *(f"⚠ {md(days.said(gap), 200)}" for gap in plan.gaps[:_GAPS])]))
    blocks += [
        section(_profile(plan, days), _menu(asked, "objective", _goals(plan), ("profile",))),
        section(_people(plan, days), _menu(asked, "person", [(one.id, one.name) for one in plan.people])),
        section(_value(plan, days), _menu(asked, "outcome", [(one.id, one.what) for one in plan.outcomes])),
        section(_growth(plan, days), _menu(asked, "idea", [(one.id, one.what) for one in plan.ideas])),
        section(_requests(plan, days), _menu(asked, "request", [(one.id, one.what) for one in plan.requests])),
        section(_risks(plan, days)),
        section(_actions(plan, days), _menu(asked, "action", _deeds(plan))),
        actions(toolbar(_offers(asked.account_id))),
        tabs(asked),
        context(f"As of {days.moment(plan.as_of)}. What is not marked for the customer stays in the team."),
    ]
    title = f"{md(plan.account, 100)}, account plan: {_counts(plan)}"
    said = joined([title, *(md(gap, 200) for gap in plan.gaps)], "; ")
    return Message(said, tuple(blocks), plan.account, Stamp.of_result(plan.as_of, plan, but={"as_of"}))


def _offers(account_id: int) -> list[Offer]:
    return [
        Offer("Plan reviewed", PLAN, encode(OpenPart("review", account_id))),
        Offer("Since the last review", OPEN, encode_view(Diff(account_id, "last review"))),
        Offer("Relationship map", PLAN_DRAW, encode_draw(Draw("people", account_id))),
        Offer("White space", PLAN_DRAW, encode_draw(Draw("white space", account_id))),
    ]


def _counts(plan: AccountPlan) -> str:
    goals = sum(one.status == "open" for one in plan.objectives)
    todo = sum(one.status == "open" for one in plan.actions)
    return f"{count(goals, 'open objective')}, {count(todo, 'open action')}"


def _head(plan: AccountPlan, days: Days) -> list[str]:
    size = f"{plan.employees:,} people" if plan.employees else None
    parts = [md(text, 60) if text else None for text in (plan.owner or "no owner", plan.segment, plan.industry)]
    renews = f"next date {days.full(plan.lead_on)} ({away(plan.days_left or 0)})" if plan.lead_on else None
    return [
        joined([f"*{md(plan.account, 120)}*", "Account plan", _counts(plan)]),
        joined([*parts, size, md(plan.country, 40) if plan.country else None]),
        joined([f"{monies(plan.arr)} ARR" if plan.arr else "ARR not known", renews]),
        _reviewed(plan, days),
    ]


def _reviewed(plan: AccountPlan, days: Days) -> str:
    last = plan.reviews[0] if plan.reviews else None
    done = f"Reviewed {days.lately(last.at)} by {md(last.by, 60)}" if last else "Not reviewed yet"
    note = f": “{md(last.note, 160)}”" if last and last.note else ""
    following = f"next review {days.full(plan.next_review_on)}" if plan.next_review_on else "no review planned"
    return joined([f"{done}{note}", following])


def _profile(plan: AccountPlan, days: Days) -> list[str]:
    why = f"“{md(plan.why_bought, 300)}”" if plan.why_bought else "not known"
    standing = [one for one in plan.objectives if one.status == "open"]
    ended = [one for one in plan.objectives if one.status != "open"]
    return [
        "*1 · Profile*",
        f"Why they bought: {why}",
        *_listed([_objective(one, days) for one in [*standing, *ended]], "No objective is known."),
    ]


def _objective(one: PlanObjective, days: Days) -> str:
    span = " → ".join(md(text, 60) for text in (one.baseline, one.target) if text)
    measure = f"{md(one.measure, 100)}{f': {span}' if span else ''}" if one.measure else span or "no measure"
    agreed = f"agreed {days.short(one.agreed_on)}" if one.agreed_on else "not agreed with them"
    due = f"until {days.short(one.due_on)}" if one.due_on else None
    return joined([f"• *{md(one.text, 160)}*", _STATE.get(one.status), measure, due, agreed])


def _people(plan: AccountPlan, days: Days) -> list[str]:
    known = count(plan.people_total, "active contact")
    return [f"*2 · Relationships* ({known})", *_listed([_person(one, days) for one in plan.people], "Nobody is known.")]


def _person(one: PlanPerson, days: Days) -> str:
    stance = STANCES[str(one.stance)].casefold() if str(one.stance) in STANCES else "stance not known"
    gone = None if one.active else "gone"
    heard = f"last involved {away((one.involved_on - days.today).days)}" if one.involved_on else "involvement not known"
    role = md(one.role, 40) if one.role else "role not known"
    return f"• *{md(one.name, 80)}*: {joined([gone, role, md(one.title, 60) if one.title else None, stance, heard])}"


def _value(plan: AccountPlan, days: Days) -> list[str]:
    return [
        "*3 · Value delivered*",
        *(_return(one) for one in plan.returns),
        *_listed([_outcome(one, days) for one in plan.outcomes], "Nothing is written down."),
    ]


def _return(one: PlanReturn) -> str:
    def said(amount: Decimal) -> str:
        return money(Sum(amount=amount, currency=one.currency))

    stated = f", {said(one.stated)} more by our own word" if one.stated else ""
    if not one.confirmed:
        return f"In the last year nothing confirmed{stated}"
    price = f" for {said(one.paid)} a year: {one.times} times the price" if one.paid and one.times is not None else ""
    return f"In the last year {said(one.confirmed)} confirmed{price}{stated}"


def _outcome(one: PlanOutcome, days: Days) -> str:
    change = " → ".join(md(text, 40) for text in (one.before, one.after) if text)
    measure = joined([md(one.metric, 80) if one.metric else None, change or None], ": ")
    worth = money(one.worth) if one.worth else "no amount"
    by = f"confirmed {days.short(one.confirmed_on)}" if one.confirmed_on else "not confirmed by them"
    on = days.short(one.reached_on) if one.reached_on else "day not known"
    return joined([f"• *{md(one.what, 160)}*", measure or None, worth, on, by])


def _growth(plan: AccountPlan, days: Days) -> list[str]:
    deals = [
        f"• *{md(one.name, 120)}* · open deal · "
        + joined([md(one.stage, 40) if one.stage else None, money(one.worth) if one.worth else "no amount",
                  f"closes {days.short(one.closes_on)}" if one.closes_on else None])
        for one in plan.deals
    ]  # fmt: skip
    order = ("pursued", "idea", "won", "none")
    ideas = [_idea(one) for one in sorted(plan.ideas, key=lambda one: order.index(one.state))]
    return ["*4 · Growth*", *_listed([*ideas, *deals], "No idea and no open opportunity is known.")]


def _idea(one: PlanIdea) -> str:
    state = SPECS["idea"].named("state").choices[one.state].casefold()
    where = joined([md(one.product, 60) if one.product else None, md(one.unit, 60) if one.unit else None], " for ")
    worth = f"{money(one.worth)} a year" if one.worth else "no amount"
    return joined([f"• *{md(one.what, 160)}*", where or None, state, worth])


def _requests(plan: AccountPlan, days: Days) -> list[str]:
    waiting = sorted(plan.requests, key=lambda one: one.status not in ("open", "planned"))
    return ["*Asked for*", *_listed([_request(one, days) for one in waiting], "No request is known.")]


def _request(one: PlanRequest, days: Days) -> str:
    who = f"by {md(one.person, 60)}" if one.person else None
    asked = f"asked {days.short(one.asked_on)}" if one.asked_on else None
    answer = f"our answer: “{md(one.answer, 100)}”" if one.answer else None
    return joined([f"• *{md(one.what, 160)}*", one.status, asked, who, answer])


def _risks(plan: AccountPlan, days: Days) -> list[str]:
    health = plan.health
    score = f"Health {health.score} ({md(health.band, 30)})" if health.score is not None else "Health unknown"
    return [
        f"*5 · Risks* · {joined([sign(health.band), score], ' ')}",
        *_listed([f"• {md(days.said(one.sentence), 200)}" for one in plan.risks], "No risk is seen in what is known."),
    ]


def _actions(plan: AccountPlan, days: Days) -> list[str]:
    todo = [_action(one, days) for one in plan.actions if one.status == "open"]
    done = sum(one.status == "kept" for one in plan.actions)
    missed = sum(one.status == "missed" for one in plan.actions)
    ended = joined([f"{done:,} done" if done else None, f"{missed:,} missed" if missed else None], ", ")
    return [f"*6 · Actions*{f' ({ended})' if ended else ''}", *_listed(todo, "No action is planned.")]


def _action(one: PlanAction, days: Days) -> str:
    who = "the customer" if one.by == "them" else md(one.owner, 60) if one.owner else "no owner"
    when = "no date"
    if one.due_on is not None and one.days_left is not None:
        when = f"{days.full(one.due_on)} ({away(one.days_left)})"
        if one.days_left < 0:
            when = f"*{count(-one.days_left, 'day')} overdue*"
    return f"• *{md(one.what, 160)}*: {joined([who, when, f'done when: {md(one.metric, 100)}'])}"


def _listed(lines: Sequence[str], none: str) -> Iterable[str]:
    yield from lines[:_SHOWN] or [none]
    if len(lines) > _SHOWN:
        yield f"and {len(lines) - _SHOWN} more"


def _goals(plan: AccountPlan) -> list[tuple[str, str]]:
    return [(one.id, one.text) for one in plan.objectives]


def _deeds(plan: AccountPlan) -> list[tuple[str, str]]:
    """Open ones first: the others are seldom looked at again."""
    return [(one.id, one.what) for one in sorted(plan.actions, key=lambda one: one.status != "open")]


def _menu(asked: Plan, part: Part, rows: Sequence[tuple[str, str]], also: Sequence[Part] = ()) -> Element:
    """What can be written in a section: something new, or one of its entries."""
    title = SPECS[part].title.casefold()
    lines = [option(f"Edit {SPECS[one].title.casefold()}", encode(OpenPart(one, asked.account_id))) for one in also]
    lines.append(option(f"Add: {title}", encode(OpenPart(part, asked.account_id))))
    for row, label in rows[:_MENU]:
        if (row_id := parse_id(row)) is not None:
            lines.append(option(f"Edit: {label}", encode(OpenPart(part, asked.account_id, row_id))))
    placeholder = {"type": "plain_text", "text": "Write", "emoji": False}
    return {"type": "static_select", "action_id": f"{PLAN}:{part}", "placeholder": placeholder, "options": lines}


def plan_changed(done: PlanChanged) -> Message:
    """What was written, the way back, and the way to the plan."""
    said = f"{capitalised(md(done.sentence, 200))}."
    offers = [Offer("Undo", LOG, encode_log(Undo(done.change)) or "")] if done.change is not None else []
    account_id = parse_id(done.account_id)
    if account_id is not None:
        offers.append(Offer("Show plan", OPEN, encode_view(Plan(account_id))))
    return Message(said, (section(said), actions(toolbar(offers))), "Account plan")
