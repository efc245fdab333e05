"""The reminder that should exist: what every rule yields and the planner compares with the rows there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Rule = Literal["renewal", "check-in", "promise", "own", "morning", "alert", "weekly", "notice"]
"""Why somebody is written to. A notice says what could not be said; its anchor is that reminder."""

Carrier = Literal["own", "morning"]
"""How it travels: as a message of its own, or as a line of the morning message."""

_CHANNEL = "channel:"
OWNER = "owner"
"""The account's owner, whoever that is when the message is sent; then their backup, then the lead."""


def to_person(slack_user_id: str) -> str:
    """The recipient of a message to this person, whatever they own."""
    return f"slack:{slack_user_id}"


def to_member(member_id: int) -> str:
    """The recipient of a message to one of us, of whom a team list may know an e-mail address only."""
    return f"member:{member_id}"


def to_channel(channel_id: str) -> str:
    """The recipient of a message to everybody in a channel."""
    return f"{_CHANNEL}{channel_id}"


def channel_of(recipient: str) -> str | None:
    """The channel that a recipient is, None when it is a person."""
    return recipient.removeprefix(_CHANNEL) if recipient.startswith(_CHANNEL) else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One reminder that should exist.

    `anchor_id` is the contract, commitment, schedule, account or member it is about; `anchor_on` the day it counts
    towards: the leading date of a contract's current term, a due date, the day of an occurrence. `milestone` counts the
    days before `anchor_on` (business days for promises; 0 is the day itself; the number of the occurrence where nothing
    is counted down to). `due_at` is the instant of a local wall time in `zone`. Texts are not here: they are written
    when the message is sent, from the facts as they are then.
    """

    rule: Rule
    account_id: int | None
    anchor_id: int
    anchor_on: date
    milestone: int
    recipient: str
    due_at: datetime
    zone: str
    carrier: Carrier

    @property
    def key(self) -> str:
        return key_of(self.rule, self.account_id, self.anchor_id, self.anchor_on, self.milestone, self.recipient)


def key_of(rule: Rule, account_id: int | None, anchor_id: int, anchor_on: date, milestone: int, recipient: str) -> str:
    """What makes a reminder this one and no other: planning it twice is planning it once."""
    account = account_id if account_id is not None else "-"
    return f"{rule}:{account}:{anchor_id}:{anchor_on}:{milestone}:{recipient}"
