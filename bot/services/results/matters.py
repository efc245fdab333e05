"""What somebody is reminded of, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from bot.domain.ids import parse_id
from bot.services.results.base import AccountId, Result, Sum


class Subject(Result):
    """The account that a reminder is about."""

    id: AccountId
    name: str
    owner: str | None
    arr: tuple[Sum, ...]


class Acted(Result):
    """What became of a reminder: who did it (None where nobody is named) and when; `until` of a snooze, `to` of a
    hand-over, `why` the reason that was given, or what made it needless. `undoable` while it can be taken back."""

    how: Literal["done", "snoozed", "reassigned", "not renewing", "dismissed", "overtaken"]
    by: str | None
    at: datetime
    until: datetime | None = None
    to: str | None = None
    why: str | None = None
    undoable: bool = False


class _Matter(Result):
    """One reminder. `id` is its row, `why` says why it came now, `step` what to do next, `missing` what would help."""

    id: str
    subject: Subject | None = None
    why: str
    step: str = ""
    missing: tuple[str, ...] = ()
    acted: Acted | None = None


class RenewalMatter(_Matter):
    """A contract nears its leading date. `days_left` counts from today, negative once it is over."""

    rule: Literal["renewal"] = "renewal"
    contract: str | None
    leads: Literal["notice", "end"]
    lead_on: date
    days_left: int
    ends_on: date | None
    notice_on: date | None
    renews: bool | None


class CheckInMatter(_Matter):
    """It is time to talk. `touch_days` since somebody last did, None when nobody ever did; `stops` when it will not be
    asked for again before somebody talks."""

    rule: Literal["check-in"] = "check-in"
    due_on: date
    cadence_days: int
    touch_on: date | None
    touch_days: int | None
    touch_kind: str | None
    touch_by: str | None
    stops: bool


class PromiseMatter(_Matter):
    """A promise nears its day; `days_left` as the calendar counts, negative when overdue."""

    rule: Literal["promise"] = "promise"
    quote: str
    by: Literal["us", "them"]
    owner: str | None
    due_on: date
    days_left: int


class OwnMatter(_Matter):
    """What somebody wanted to be reminded of, in their words. `next_at` is when it comes again."""

    rule: Literal["own"] = "own"
    text: str
    set_by: str
    due_at: datetime
    next_at: datetime | None


class AlertMatter(_Matter):
    """The health of an account fell: from what to what, `because` of which inputs."""

    rule: Literal["alert"] = "alert"
    sentence: str
    because: str = ""


class NoticeMatter(_Matter):
    """Another reminder that was held back, or could not be posted: what it was in words, where to, and why not."""

    rule: Literal["notice"] = "notice"
    what: str
    channel: str | None
    state: Literal["held", "failed"]
    because: str


Matter = Annotated[
    RenewalMatter | CheckInMatter | PromiseMatter | OwnMatter | AlertMatter | NoticeMatter, Field(discriminator="rule")
]


class Unasked(Result):
    """A message. `late_since` is when it should have come, where that was long ago; `repeat` when it may stand there
    already; `instead_of` the one it would have gone to, and `because` why it did not."""

    late_since: datetime | None = None
    repeat: bool = False
    instead_of: str | None = None
    because: str | None = None


class Reminding(Unasked):
    """One matter, or all matters of one account that are due together."""

    matters: tuple[Matter, ...]


class MorningLine(Result):
    """What a morning message says of one account: `reason` and `step` are sentences, `also` what else there is in a few
    words. `id` and `rule` are the reminder's; a promise that is overdue has none, but `promise`. `undo` is another
    reminder of the line, of which what was done can be taken back."""

    account_id: AccountId
    account: str
    reason: str
    step: str
    also: tuple[str, ...] = ()
    id: str | None = None
    rule: Literal["renewal", "check-in", "promise", "alert"] | None = None
    promise: str | None = None
    acted: Acted | None = None
    undo: str | None = None


class Morning(Unasked):
    """The morning message of a day: what matters most first; `left_out` is the sentence about what did not fit."""

    on: date
    lines: tuple[MorningLine, ...]
    left_out: str | None = None


class Weekly(Unasked):
    """The line to a lead: what was said in the week before `on` and what became of it, a sentence for each rule;
    `advice` is what to change, `orphans` what waits because there is nobody to tell it to."""

    on: date
    lines: tuple[str, ...]
    advice: str | None = None
    orphans: tuple[str, ...] = ()


Says = Reminding | Morning | Weekly
"""What a message says."""


def accounts_in(says: Says) -> tuple[int, ...]:
    """The accounts that it says something of."""
    match says:
        case Reminding():
            found = [one.subject.id for one in says.matters if one.subject is not None]
        case Morning():
            found = [line.account_id for line in says.lines]
        case Weekly():
            found = []
    return tuple(account_id for text in found if (account_id := parse_id(text)) is not None)


class Standing(Result):
    """A message as it is to stand in a conversation. `told` is the recipient who got it."""

    channel: str
    ts: str
    told: str | None
    as_of: datetime
    says: Says


class Deed(Result):
    """What came of a click. `first` when this very click did it; `late` says who was faster, for one who was not.
    `channel` and `ts` are the message to draw anew."""

    channel: str | None
    ts: str | None
    first: bool
    late: str | None


class Because(Result):
    """One reason, as a sentence under a label."""

    label: str
    sentence: str


class WhyReminded(Result):
    """Why a message came. `matter` None: what it was about is gone. `next_at` is when the next one about it comes."""

    id: str
    matter: Matter | None
    rule: str
    wanted_at: datetime
    sent_at: datetime | None
    because: tuple[Because, ...]
    next_at: datetime | None
