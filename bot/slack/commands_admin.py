"""The rows of the table of commands for those who answer for others: who may see what, and what was done."""

from __future__ import annotations

from bot.domain.audience import Role
from bot.slack.command import Command

ADMIN: tuple[Command, ...] = (
    Command(
        verb="who-sees",
        aliases=("whosees",),
        arguments="[name]",
        help="Who may see an account and why; without a name, which accounts are restricted",
        needs=Role.READ_ONLY,
        handler="whosees",
        example="who-sees acme",
        group="Who may see what",
    ),
    Command(
        verb="restrict",
        arguments='<name> [to @who @who] ["why"]',
        help="Show an account to nobody but those who work on it, those you name, and admins. For leads and admins",
        needs=Role.LEAD,
        handler="restrict",
        example='restrict acme to @maya "merger talks"',
        group="Who may see what",
    ),
    Command(
        verb="unrestrict",
        arguments="<name>",
        help="Show a restricted account again to everybody whom the access policy lets see it. For leads and admins",
        needs=Role.LEAD,
        handler="unrestrict",
        example="unrestrict acme",
        group="Who may see what",
    ),
    Command(
        verb="erase-person",
        arguments='<name> "<person>"',
        help="Erase a person of an account from everything that is kept: says first what would go. For admins",
        needs=Role.ADMIN,
        handler="eraseperson",
        example='erase-person acme "Dana Weiss"',
        group="Who may see what",
    ),
    Command(
        verb="audit",
        arguments="<name> [since <day>]",
        help="Who was shown an account where, and who changed what of it, before and after. For admins",
        needs=Role.ADMIN,
        handler="audit",
        example="audit acme since last month",
        group="Who may see what",
    ),
)
