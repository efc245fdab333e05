"""Rows of what happens: associations, interactions, promises, tickets, surveys, usage, churn events."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from bot.domain.records import (
    AssociationRow,
    ChurnRow,
    CommitmentRow,
    InteractionRow,
    Noun,
    Ref,
    SurveyRow,
    TicketRow,
    UsageRow,
)  # fmt: skip
from bot.importers.convert import cached, salesforce_ref, to_id, to_word
from bot.importers.errors import BadCellError
from bot.importers.plan import Cells, Make, Plan, Setup
from bot.importers.recognise import association_nouns
from bot.importers.rows_book import ACCOUNT_REFS, PERSON_REFS
from bot.importers.text import clean, fold


def associations(setup: Setup) -> Make:
    i, j = setup.columns["left_id"], setup.columns["right_id"]
    left, right = (cast(Noun, noun) for noun in association_nouns(setup.headers["left_id"], setup.headers["right_id"]))

    def make(line: int, cells: Cells) -> AssociationRow:
        one, other = to_id(cells[i]), to_id(cells[j])
        if one is None or other is None:
            raise BadCellError("one of the two ids is blank")
        return AssociationRow(line, Ref(left, "id", one), Ref(right, "id", other))

    return make


def interactions(setup: Setup) -> Make:
    plan = Plan(setup, InteractionRow)
    plan.identify()
    plan.required("at")
    plan.refs(
        *ACCOUNT_REFS, ("opportunity_id", "opportunity", "id"), ("ticket_id", "ticket", "id"), *PERSON_REFS,
        ("user_id", "person", "id"),
    )  # fmt: skip
    plan.copy("people", "subject", "text", "client_safe", "by_customer", "url", "deleted")
    plan.one("author", "member")
    plan.word("direction", "direction")
    _polymorphic(plan)
    _interaction_kind(plan)
    _visibility(plan)
    return plan.compile()


def _polymorphic(plan: Plan) -> None:
    """Salesforce's WhatId and WhoId: an account, a deal, a contact, told apart by the id's prefix."""
    indexes = [plan.setup.columns[name] for name in ("what_id", "who_id") if plan.setup.has(name)]
    find, position = cached(salesforce_ref), plan.at("refs")
    if indexes:

        def fill(cells: Cells, values: list[Any]) -> None:
            found = tuple(r for index in indexes for r in find(cells[index]))
            values[position] = tuple(dict.fromkeys(values[position] + found))

        plan.extras.append(fill)


def _interaction_kind(plan: Plan) -> None:
    """What is listed is our word, anything else "other"; blank is what the file holds, or a note."""
    setup, position = plan.setup, plan.at("kind")
    default = setup.constant.get("kind") or _kind_of_stem(setup.stem) or "note"
    plan.template[position] = default
    if setup.has("kind"):
        look = cached(lambda cell: default if clean(cell) is None else _kind_word(cell))
        plan.direct.append((position, setup.columns["kind"], look))


def _kind_word(cell: str) -> str:
    return to_word("interaction", cell) or "other"


def _kind_of_stem(stem: str) -> str | None:
    folded = fold(stem)
    return next(
        (kind for kind in ("call", "email", "meeting", "note", "task") if folded.endswith((kind, f"{kind}s"))), None
    )


def _visibility(plan: Plan) -> None:
    if not plan.setup.has("visibility"):
        return
    index, position = plan.setup.columns["visibility"], plan.at("client_safe")
    safe = {"clientsafe", "public", "external", "customer", "client", "oeffentlich", "offentlich", "extern", "publico"}
    look = cached(lambda cell: fold(cell) in safe)
    plan.extras.append(lambda cells, values: values.__setitem__(position, look(cells[index])))


def commitments(setup: Setup) -> Make:
    plan = Plan(setup, CommitmentRow)
    plan.identify()
    plan.required("quote")
    plan.refs(*ACCOUNT_REFS, *PERSON_REFS)
    plan.copy("due_on", "made_on", "kept_on")
    plan.one("owner", "member")
    plan.word("by", "by")
    plan.word("status", "promise_status")
    kept, status = plan.at("kept_on"), plan.at("status")

    def fill(_: Cells, values: list[Any]) -> None:
        if values[kept] is not None and values[status] == "open":
            values[status] = "kept"

    plan.extras.append(fill)
    return plan.compile()


def tickets(setup: Setup) -> Make:
    plan = Plan(setup, TicketRow)
    plan.identify()
    plan.required("opened_at")
    plan.refs(*ACCOUNT_REFS, ("contract_id", "contract", "id"), *PERSON_REFS)
    plan.copy("solved_at", "first_response_at", "subject", "text", "escalated", "score", "score_max", "deleted")
    plan.word("priority", "priority")
    _ticket_status(plan)
    _ticket_times(plan)
    _ticket_score(plan)
    _ticket_contacts(plan)
    return plan.compile()


def _ticket_contacts(plan: Plan) -> None:
    """Solved with the first contact: said so, or not more than one contact. Whatever was opened again was not."""
    setup, place = plan.setup, plan.at("first_contact")
    told, contacts, reopens = setup.get("first_contact"), setup.get("contacts"), setup.get("reopens")
    if not any(map(setup.has, ("first_contact", "contacts"))):
        return

    def fill(cells: Cells, values: list[Any]) -> None:
        counted = contacts(cells)
        first = told(cells) if told(cells) is not None else None if counted is None else counted <= 1
        values[place] = False if first and (reopens(cells) or 0) > 0 else first

    plan.extras.append(fill)


def _ticket_status(plan: Plan) -> None:
    """The status where it is a known word; else a solved time or a closed flag says solved."""
    setup = plan.setup
    read, closed = setup.word("status", "ticket_status"), setup.get("is_closed")
    position, solved, deleted = plan.at("status"), plan.at("solved_at"), plan.at("deleted")
    raw = setup.get("status")

    def fill(cells: Cells, values: list[Any]) -> None:
        status = read(cells)
        if closed(cells):
            status = "solved"
        values[position] = status or ("solved" if values[solved] is not None else "open")
        if raw(cells) == "deleted":
            values[deleted] = True

    plan.extras.append(fill)


def _ticket_times(plan: Plan) -> None:
    """First response and solution given as durations are counted from the opening."""
    setup = plan.setup
    opened, first, solved, status = (
        plan.at("opened_at"),
        plan.at("first_response_at"),
        plan.at("solved_at"),
        plan.at("status"),
    )
    minutes, hours, solve = (
        setup.get("first_response_minutes"),
        setup.get("first_response_hours"),
        setup.get("solve_hours"),
    )
    if not any(map(setup.has, ("first_response_minutes", "first_response_hours", "solve_hours"))):
        return

    def fill(cells: Cells, values: list[Any]) -> None:
        if values[first] is None:
            late = (
                minutes(cells)
                if minutes(cells) is not None
                else (hours(cells) * 60 if hours(cells) is not None else None)
            )
            values[first] = None if late is None else _after(values[opened], float(late))
        if values[solved] is None and solve(cells) is not None and values[status] == "solved":
            values[solved] = _after(values[opened], float(solve(cells)) * 60)

    plan.extras.append(fill)


def _after(opened: datetime, minutes: float) -> datetime:
    try:
        return opened + timedelta(minutes=minutes)
    except OverflowError:
        raise BadCellError("a duration is out of range") from None


def _ticket_score(plan: Plan) -> None:
    """A score needs its scale: the column, or the smallest usual one that holds every answer of the file."""
    score, top = plan.at("score"), plan.at("score_max")
    known = plan.setup.facts.get("score_max")
    if plan.setup.has("score") and known:

        def fill(_: Cells, values: list[Any]) -> None:
            if values[score] is not None and values[top] is None:
                values[top] = int(known)

        plan.extras.append(fill)


_SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


def surveys(setup: Setup) -> Make:
    plan = Plan(setup, SurveyRow)
    plan.identify()
    plan.required("at")
    plan.refs(*ACCOUNT_REFS, *PERSON_REFS)
    plan.copy("comment")
    readers = [
        (setup.strict(name), setup.columns[name], kind)
        for name, kind in (
            ("nps_score", "nps"),
            ("csat_score", "csat"),
            ("ces_score", "ces"),
            ("score", setup.facts.get("survey", "")),
        )
        if setup.has(name)
    ]
    written, low, high = setup.word("kind", "survey"), setup.get("scale_min"), setup.get("scale_max")
    top = int(setup.facts.get("scale_max", 0))
    kind_at, score_at, min_at, max_at = (plan.at(name) for name in ("kind", "score", "scale_min", "scale_max"))

    def fill(cells: Cells, values: list[Any]) -> None:
        for read, index, kind in readers:
            score = read(cells[index])
            if score is None:
                continue
            kind = written(cells) or kind
            if not kind:
                raise BadCellError("it is not said whether this is NPS, CSAT or CES")
            usual = _SCALES[kind]
            values[kind_at], values[score_at] = kind, score
            values[min_at] = usual[0] if low(cells) is None else low(cells)
            values[max_at] = high(cells) or max(top if kind != "nps" else 0, usual[1])
            if not values[min_at] <= score <= values[max_at]:
                raise BadCellError(f"the score {score} is outside {values[min_at]} to {values[max_at]}")
            return
        raise BadCellError("there is no score")

    plan.extras.append(fill)
    return plan.compile()


_DAYS = {
    "day": 1, "daily": 1, "week": 7, "weekly": 7, "month": 30, "monthly": 30,
    "quarter": 91, "quarterly": 91, "year": 365, "yearly": 365,
}  # fmt: skip


def usage(setup: Setup) -> Make:
    plan = Plan(setup, UsageRow)
    plan.identify()
    plan.required("on")
    plan.refs(*ACCOUNT_REFS, ("contract_id", "contract", "id"), *PERSON_REFS)
    plan.copy("days", "feature", "entitlement")
    plan.template[plan.at("metric")] = _metric_name(setup)
    plan.copy("metric")
    if setup.has("value"):
        plan.required("value")
    else:
        plan.template[plan.at("value")] = Decimal(1)  # one line is one event
    if setup.has("period") and not setup.has("days"):
        look = cached(lambda cell: _DAYS.get(fold(cell), 1))
        plan.direct.append((plan.at("days"), setup.columns["period"], look))
    elif not setup.has("days") and "month" in fold(setup.headers["on"]):
        plan.template[plan.at("days")] = 30
    return plan.compile()


def _metric_name(setup: Setup) -> str:
    header = setup.headers.get("value", "events")
    words = " ".join(header.replace("_", " ").replace("-", " ").split()).lower()
    return "usage" if words in {"value", "count", "quantity", "total"} else words


def churn(setup: Setup) -> Make:
    plan = Plan(setup, ChurnRow)
    plan.identify()
    plan.required("on")
    plan.refs(*ACCOUNT_REFS, ("contract_id", "contract", "id"))
    plan.copy("reason", "note", "reactivation")
    return plan.compile()
