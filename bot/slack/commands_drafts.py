"""The rows of the table of commands that draft with a skill."""

from __future__ import annotations

from bot.domain.audience import Role
from bot.slack.command import Command

DRAFTS: tuple[Command, ...] = (
    Command(
        slash="/account",
        verb="brief",
        aliases=("prepare",),
        arguments="<name>",
        help="What to know before a call: what stands out, what is promised, what they want, each with its source",
        needs=Role.READ_ONLY,
        handler="brief",
        example="brief acme",
        group="Drafts, with sources",
    ),
    Command(
        slash="/account",
        verb="risk",
        aliases=(),
        arguments="<name>",
        help="Why an account is at risk, in their words and ours, and what speaks against it",
        needs=Role.READ_ONLY,
        handler="risk",
        example="risk acme",
        group="Drafts, with sources",
    ),
    Command(
        slash="/account",
        verb="handoff",
        aliases=("handover",),
        arguments="<name>",
        help="What a colleague has to know who takes an account over",
        needs=Role.READ_ONLY,
        handler="handoff",
        example="handoff acme",
        group="Drafts, with sources",
    ),
    Command(
        slash="/account",
        verb="checkin",
        aliases=("check-in",),
        arguments="<name>",
        help="A first version of a message to the customer, from what they may see",
        needs=Role.READ_ONLY,
        handler="checkin",
        example="checkin acme",
        group="Drafts, with sources",
    ),
)
