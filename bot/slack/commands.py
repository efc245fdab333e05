"""The one table of commands. Help texts, Bolt registration and the manifest's command list come from it."""

from __future__ import annotations

from difflib import get_close_matches

from bot.domain.audience import Role
from bot.slack.command import Command
from bot.slack.commands_admin import ADMIN
from bot.slack.commands_drafts import DRAFTS

COMMANDS: tuple[Command, ...] = (
    Command(
        verb="status",
        aliases=("account", "show"),
        arguments="<name>",
        help="The state of one account: renewal, health, last touch, tickets, risks, promises",
        needs=Role.READ_ONLY,
        handler="status",
        example="acme",
        group="Look at an account",
        brief="how it stands",
    ),
    Command(
        verb="ask",
        aliases=(),
        arguments="<question>",
        help="A question in your own words: who renews, who is silent, what was said about a topic, figures",
        needs=Role.READ_ONLY,
        handler="question",
        example="ask who needs a call?",
        group="All your accounts",
        brief="in your own words",
    ),
    Command(
        verb="find",
        aliases=("search",),
        arguments="<text>",
        help="Accounts whose names resemble a text",
        needs=Role.READ_ONLY,
        handler="find",
        example="find nordic",
        group="Look at an account",
        brief="by part of a name",
    ),
    Command(
        verb="timeline",
        aliases=("history",),
        arguments="<name>",
        help="What happened with an account, newest first: conversations, tickets, promises, contracts",
        needs=Role.READ_ONLY,
        handler="timeline",
        example="timeline acme",
        group="Look at an account",
        brief="what happened",
    ),
    Command(
        verb="people",
        aliases=("contacts",),
        arguments="<name>",
        help="Who is known at an account, when they were last involved, and who is missing",
        needs=Role.READ_ONLY,
        handler="people",
        example="people acme",
        group="Look at an account",
        brief="who is known, who is missing",
    ),
    Command(
        verb="why",
        arguments="<name> [since <day>]",
        help="Why an account's health is what it is, what would lift it, and what moved it since a day",
        needs=Role.READ_ONLY,
        handler="why",
        example="why acme",
        group="Look at an account",
        brief="its health explained",
    ),
    Command(
        verb="health",
        arguments='<name> [set <0-100> "reason" until <day> | clear]',
        help="Set the health by hand for a time, with a reason, or have it computed again; the name alone explains it",
        needs=Role.MEMBER,
        handler="sethealth",
        example='health acme set 70 "new sponsor" until 31 Dec',
        group="Keep track",
    ),
    Command(
        verb="dismiss",
        arguments='<name> <risk> "reason"',
        help="A risk is none: it stays visible as dismissed and comes back when there is something new",
        needs=Role.MEMBER,
        handler="dismissrisk",
        example='dismiss acme silence "on holiday"',
        group="Keep track",
    ),
    Command(
        verb="plan",
        arguments="<name>",
        help="The plan of an account: objectives, people, value delivered, growth, risks, actions, and what is missing",
        needs=Role.READ_ONLY,
        handler="plan",
        example="plan acme",
        group="Look at an account",
        brief="its plan, and what that lacks",
    ),
    Command(
        verb="diff",
        aliases=("changes",),
        arguments="<name> since <day|last review|last-qbr>",
        help="What changed about an account since a day: what was learned, with its source, and what happened",
        needs=Role.READ_ONLY,
        handler="diff",
        example="diff acme since 1 June",
        group="Look at an account",
    ),
    Command(
        verb="asof",
        aliases=("as-of",),
        arguments="<name> <day>",
        help="The card of an account as it was known on a day of the past",
        needs=Role.READ_ONLY,
        handler="asof",
        example="asof acme 2026-06-01",
        group="Look at an account",
    ),
    *DRAFTS,
    Command(
        verb="kpi",
        aliases=("kpis", "figure", "figures"),
        arguments="<figure> [mine|team|all|account|segment|product] [2026-Q1|over 12 months] | export [figure]",
        help="NRR, churn, renewal rate, NPS and other figures with their rows; drawn over time, or as a workbook",
        needs=Role.READ_ONLY,
        handler="kpi",
        example="kpi nrr team 2026-Q1",
        group="All your accounts",
        brief="figures",
    ),
    Command(
        verb="log",
        arguments="<name> <what happened>",
        help="Log a call, a meeting, a mail or a note; without words a form opens",
        needs=Role.MEMBER,
        handler="log",
        example="log acme met Ana",
        group="Keep track",
        brief="or a call, a mail",
    ),
    Command(
        verb="remind",
        arguments='[name] "what" <when> [for #channel]',
        help="Remind me, or a channel: tue 9:00, every other Tuesday at 9, 2 business days before renewal",
        needs=Role.MEMBER,
        handler="remind",
        example='remind acme "call Ana" tue 9:00',
        group="Keep track",
        brief="me or all",
    ),
    Command(
        verb="reminders",
        arguments="",
        help="My reminders and this channel's: change, pause or delete them",
        needs=Role.READ_ONLY,
        handler="myreminders",
        example="reminders",
        group="Keep track",
    ),
    Command(
        verb="promise",
        arguments='<name> "what" [by when] [owner @somebody] [them]',
        help="Track a promise of ours, or of theirs: I remind who owes it",
        needs=Role.MEMBER,
        handler="promiseto",
        example='promise acme "a quote" by fri',
        group="Keep track",
        brief="ours or theirs",
    ),
    Command(
        verb="promises",
        arguments="[name]",
        help="Open promises: mine, or all about an account",
        needs=Role.READ_ONLY,
        handler="promises",
        example="promises acme",
        group="Keep track",
    ),
    Command(
        verb="why-reminded",
        arguments="[name]",
        help="Why my last reminder came, now, to me",
        needs=Role.READ_ONLY,
        handler="whyreminded",
        example="why-reminded acme",
        group="Keep track",
    ),
    Command(
        slash="/book",
        verb="book",
        aliases=("portfolio", "accounts"),
        arguments="[search] [sort:rank|renewal|risk|touch|name] [team|all|@owner] [page n]",
        help="My accounts, or a colleague's, most pressing first, each with why it stands where it stands",
        needs=Role.READ_ONLY,
        handler="book",
        example="sort:risk",
        group="All your accounts",
        brief="what needs attention",
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
        group="All your accounts",
        brief="what to act on in time",
    ),
    Command(
        slash="/qbr",
        verb="qbr",
        aliases=("ebr",),
        arguments="<name> [Q3 2026|last quarter|6 months] [for exec|champion|internal]",
        help="Draft a business review: every figure exact, every sentence with its source, as slides and paper",
        needs=Role.MEMBER,
        handler="review",
        example="acme",
        group="All your accounts",
        brief="a business review",
    ),
    Command(
        verb="bind",
        arguments="<name>",
        help="Bind this channel to an account: from then on nobody needs to type its name here",
        needs=Role.MEMBER,
        handler="bind",
        example="bind acme",
        group="This channel, and you",
        brief="no name needed here",
    ),
    Command(
        verb="unbind",
        arguments="",
        help="End the binding of this channel",
        needs=Role.MEMBER,
        handler="unbind",
        example="unbind",
        group="This channel, and you",
    ),
    Command(
        verb="settings",
        aliases=("preferences",),
        arguments="",
        help="My time zone, language of dates, working days, morning message, quiet hours and absence",
        needs=Role.READ_ONLY,
        handler="mysettings",
        example="settings",
        group="This channel, and you",
        brief="zone, quiet hours, absence",
    ),
    *ADMIN,
    Command(
        verb="help",
        aliases=("hi", "hello", "?"),
        arguments="[command]",
        help="What I can do; with a command after it, more about that one",
        needs=Role.READ_ONLY,
        handler="help",
        example="help remind",
        group="This channel, and you",
        brief="more about one",
    ),
)

SLASHES: tuple[str, ...] = tuple(dict.fromkeys(command.slash for command in COMMANDS))
BY_NAME: dict[str, Command] = {name: command for command in COMMANDS for name in command.names}


def main_verb(slash: str) -> Command:
    """What a slash command does when no verb is typed after it: its first row."""
    return next(command for command in COMMANDS if command.slash == slash)


def resembling(word: str) -> Command | None:
    """The command that somebody may have mistyped: "timline", "setings"."""
    best = get_close_matches(word.casefold(), BY_NAME, n=1, cutoff=0.8)
    return BY_NAME[best[0]] if best else None


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
    ("Who needs a call?", "which of my accounts haven't I talked to in 60 days?"),
    ("Accounts at risk", "which of my accounts are at risk?"),
    ("What can you do?", "help"),
)


def slash_example(command: Command) -> str:
    return f"{command.slash} {command.example}"


def spoken_example(command: Command, name: str = "@Steward") -> str:
    """The mention twin: the status verb may be left out, as after `/account`."""
    own = command.slash == "/account"
    return f"{name} {command.example}" if own else f"{name} {command.verb} {command.example}"
