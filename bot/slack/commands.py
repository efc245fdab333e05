"""The one table of commands. Help texts, Bolt registration and the manifest's command list come from it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.audience import Role


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to ask. `slash` carries it in Slack; every verb also works as `@Steward verb ...` and in a DM.

    `handler` names the ask that it becomes (`asks.py`), which `answers.py` turns into a message; `example` is typed
    after the slash command or the mention.
    """

    slash: str
    verb: str
    aliases: tuple[str, ...]
    arguments: str
    help: str
    needs: Role
    handler: str
    example: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.verb, *self.aliases)


COMMANDS: tuple[Command, ...] = (
    Command(
        slash="/account",
        verb="status",
        aliases=("account", "show"),
        arguments="<name>",
        help="The state of one account: renewal, health, last touch, tickets, risks, promises",
        needs=Role.READ_ONLY,
        handler="status",
        example="acme",
    ),
    Command(
        slash="/account",
        verb="find",
        aliases=("search",),
        arguments="<text>",
        help="Accounts whose names resemble a text",
        needs=Role.READ_ONLY,
        handler="find",
        example="find nordic",
    ),
    Command(
        slash="/account",
        verb="timeline",
        aliases=("history",),
        arguments="<name>",
        help="What happened with an account, newest first: conversations, tickets, promises, contracts",
        needs=Role.READ_ONLY,
        handler="timeline",
        example="timeline acme",
    ),
    Command(
        slash="/account",
        verb="people",
        aliases=("contacts",),
        arguments="<name>",
        help="Who is known at an account, when they were last involved, and who is missing",
        needs=Role.READ_ONLY,
        handler="people",
        example="people acme",
    ),
    Command(
        slash="/account",
        verb="why",
        aliases=(),
        arguments="<name>",
        help="Why an account's health is what it is, input by input, and what would lift it",
        needs=Role.READ_ONLY,
        handler="why",
        example="why acme",
    ),
    Command(
        slash="/account",
        verb="kpi",
        aliases=("kpis", "figure", "figures"),
        arguments="<figure> [mine|team|all|account|segment|product] [2026-Q1|last quarter|...]",
        help="NRR, churn, renewal rate, NPS and other figures, with what was left out and the rows behind them",
        needs=Role.READ_ONLY,
        handler="kpi",
        example="kpi nrr team 2026-Q1",
    ),
    Command(
        slash="/account",
        verb="log",
        aliases=(),
        arguments="<name> <what happened>",
        help="Log a call, a meeting, a mail or a note; without words a form opens",
        needs=Role.MEMBER,
        handler="log",
        example="log acme talked to Ana about pricing",
    ),
    Command(
        slash="/account",
        verb="remind",
        aliases=(),
        arguments='[name] "what" <when> [for #channel]',
        help="Remind me, or a channel: next tue 9:00, every other Tuesday at 9, 2 business days before renewal",
        needs=Role.MEMBER,
        handler="remind",
        example='remind acme "send pricing" next tue 9:00',
    ),
    Command(
        slash="/account",
        verb="reminders",
        aliases=(),
        arguments="",
        help="My reminders and this channel's: change, pause or delete them",
        needs=Role.READ_ONLY,
        handler="myreminders",
        example="reminders",
    ),
    Command(
        slash="/account",
        verb="promise",
        aliases=(),
        arguments='<name> "what" [by when] [owner @somebody] [them]',
        help="Track a promise of ours, or of theirs: I remind who owes it",
        needs=Role.MEMBER,
        handler="promiseto",
        example='promise acme "send the security questionnaire" by fri',
    ),
    Command(
        slash="/account",
        verb="promises",
        aliases=(),
        arguments="[name]",
        help="Open promises: mine, or all about an account",
        needs=Role.READ_ONLY,
        handler="promises",
        example="promises acme",
    ),
    Command(
        slash="/account",
        verb="why-reminded",
        aliases=(),
        arguments="[name]",
        help="Why my last reminder came, now, to me",
        needs=Role.READ_ONLY,
        handler="whyreminded",
        example="why-reminded acme",
    ),
    Command(
        slash="/book",
        verb="book",
        aliases=("portfolio", "accounts"),
        arguments="[search] [sort:renewal|risk|touch|name] [team|all|@owner] [page n]",
        help="My accounts, or a colleague's, sorted by what needs attention",
        needs=Role.READ_ONLY,
        handler="book",
        example="sort:risk",
    ),
    Command(
        slash="/renewals",
        verb="renewals",
        aliases=("renewal", "renew"),
        arguments="[90d|3 months|12w] [mine|team|all|@owner] [page n]",
        help="What renews soon, and whose notice deadline comes first",
        needs=Role.READ_ONLY,
        handler="renewals",
        example="90d",
    ),
    Command(
        slash="/account",
        verb="bind",
        aliases=(),
        arguments="<name>",
        help="Bind this channel to an account: from then on nobody needs to type its name here",
        needs=Role.MEMBER,
        handler="bind",
        example="bind acme",
    ),
    Command(
        slash="/account",
        verb="unbind",
        aliases=(),
        arguments="",
        help="End the binding of this channel",
        needs=Role.MEMBER,
        handler="unbind",
        example="unbind",
    ),
    Command(
        slash="/account",
        verb="settings",
        aliases=("preferences",),
        arguments="",
        help="My time zone, language of dates, working days, morning message, quiet hours and absence",
        needs=Role.READ_ONLY,
        handler="mysettings",
        example="settings",
    ),
    Command(
        slash="/account",
        verb="help",
        aliases=("hi", "hello", "?"),
        arguments="[account|book|renewals]",
        help="What I can do",
        needs=Role.READ_ONLY,
        handler="help",
        example="help",
    ),
)

SLASHES: tuple[str, ...] = tuple(dict.fromkeys(command.slash for command in COMMANDS))
BY_NAME: dict[str, Command] = {name: command for command in COMMANDS for name in command.names}


def main_verb(slash: str) -> Command:
    """What a slash command does when no verb is typed after it: its first row."""
    return next(command for command in COMMANDS if command.slash == slash)


def usage_hint(slash: str) -> str:
    """What Slack shows while the command is typed: the main verb's arguments, then the other verbs."""
    main = main_verb(slash)
    others = [command.verb for command in COMMANDS if command is not main and slash == "/account"]
    return " | ".join([main.arguments, *others])


def manifest_commands() -> list[dict[str, object]]:
    """`features.slash_commands` of the manifest. `should_escape` makes people and channels arrive as ids."""
    return [
        {
            "command": slash,
            "description": main_verb(slash).help,
            "usage_hint": usage_hint(slash),
            "should_escape": True,
        }
        for slash in SLASHES
    ]


SUGGESTED_PROMPTS: tuple[tuple[str, str], ...] = (
    ("Renewals in 90 days", "renewals 90d"),
    ("My book", "book"),
    ("Accounts at risk", "book sort:risk"),
    ("What can you do?", "help"),
)


def slash_example(command: Command) -> str:
    return f"{command.slash} {command.example}"


def spoken_example(command: Command, name: str = "@Steward") -> str:
    """The mention twin: the status verb may be left out, as after `/account`."""
    own = command.slash == "/account"
    return f"{name} {command.example}" if own else f"{name} {command.verb} {command.example}"
