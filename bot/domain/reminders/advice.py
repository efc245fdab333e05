"""The one next step when somebody is reminded of an account, and what is missing to take it well.

What somebody noted as the next step comes first. Else the first gap in what is known is the step: a renewal is not
negotiated with a champion who has left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.domain.days import written
from bot.domain.terms import RenewalDates

_SOON = 14


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an account, as of a day.

    `touch_days` since somebody spoke with the customer, None when nobody ever did; `planned` the next step that was
    noted last, `planned_on` its day; `gone` a champion or buyer who left and whom nobody replaced; `deal` whether an
    open renewal is recorded, `stage` how far it is; `late` our promise that is longest overdue.
    """

    cadence_days: int
    touch_days: int | None = None
    planned: str | None = None
    planned_on: date | None = None
    gone: str | None = None
    deal: bool = False
    stage: str | None = None
    late: str | None = None
    late_days: int = 0


@dataclass(frozen=True, slots=True)
class Advice:
    """`step` is a sentence that says what to do; `missing` are phrases, most important first."""

    step: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Gap:
    name: str
    step: str


def for_renewal(dates: RenewalDates, known: Known, today: date) -> Advice:
    """What brings a renewal forward."""
    gaps = [*_people(known), *_silence(known), *_no_deal(known)]
    if dates.state == "lapsed":
        return Advice("Record how it ended: import the new contract, or press Not renewing.", _names(gaps, known))
    if dates.state == "notice passed" and dates.renews:
        return Advice(
            "Notice can no longer be given: confirm the order for the term that follows.", _names(gaps, known)
        )
    if dates.days_left is not None and dates.days_left <= _SOON:
        usual = f"Get the decision before {written(dates.lead_on)}."
    elif known.stage:
        usual = f"Move the renewal on from “{known.stage}”: who signs, and by when?"
    else:
        usual = "Agree on scope and price, and who signs by when."
    return _advice(gaps, known, today, usual)


def for_check_in(known: Known, today: date) -> Advice:
    """What to talk about when it is time to talk."""
    usual = "Ask what changed for them, and note the next step."
    if known.late is not None:
        days = "1 day" if known.late_days == 1 else f"{known.late_days} days"
        usual = f"Bring up our promise that is {days} overdue: “{known.late}”."
    return _advice(_people(known), known, today, usual)


def for_promise(by: Literal["us", "them"], days_left: int) -> Advice:
    """What keeps a promise, or the peace. `days_left` to its day, negative when it is over."""
    if by == "them":
        return Advice("Ask them how far it is." if days_left >= 0 else "Ask them for a new date.")
    return Advice(
        "Keep it, or tell them a new date now." if days_left >= 0 else "Keep it today, or agree on a new date."
    )


def _advice(gaps: list[_Gap], known: Known, today: date, usual: str) -> Advice:
    if known.planned is not None:
        return Advice(_planned(known, today), tuple(gap.name for gap in gaps))
    if gaps:
        return Advice(gaps[0].step, _names(gaps[1:], known))
    return Advice(usual, _names([], known))


def _names(gaps: list[_Gap], known: Known) -> tuple[str, ...]:
    return (*(gap.name for gap in gaps), *(() if known.planned is not None else ("no next step noted",)))


def _planned(known: Known, today: date) -> str:
    step = f"“{known.planned}”"
    if known.planned_on is None:
        return step
    return f"{step}, {'was due' if known.planned_on < today else 'by'} {written(known.planned_on)}"


def _people(known: Known) -> list[_Gap]:
    if known.gone is None:
        return []
    return [_Gap(f"{known.gone} left", f"Find out who decides now: {known.gone} left.")]


def _silence(known: Known) -> list[_Gap]:
    if known.touch_days is None:
        return [_Gap("no conversation on record", "Talk to them first: no conversation is on record.")]
    if known.touch_days <= known.cadence_days:
        return []
    return [
        _Gap(f"no touch for {known.touch_days} days", f"Talk to them first: nobody did for {known.touch_days} days.")
    ]


def _no_deal(known: Known) -> list[_Gap]:
    return [] if known.deal else [_Gap("no renewal opened", "Open the renewal: scope, price, and who signs.")]
