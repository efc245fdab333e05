"""The default workspace: Northlight, an account team of eight, and Halden Foods, a customer in a shared channel.

The sample book of business uses the same people and e-mail addresses; change both together."""

from bot.sandbox.workspace import AppFacts, Channel, Dnd, Person, Team, UserGroup, Workspace

HOME = Team(id="T0NORTHLIGHT", name="Northlight", domain="northlight")
CUSTOMER = Team(id="T0HALDENFOODS", name="Halden Foods", domain="halden-foods")
APP = AppFacts(app_id="A0STEWARD", bot_id="B0STEWARD", bot_user_id="U0STEWARD")


def _colleague(user_id: str, name: str, real_name: str, tz: str, title: str, role: str = "account_manager") -> Person:
    handle = name.split(".")[0]
    return Person.model_validate(
        {
            "id": user_id,
            "team_id": HOME.id,
            "name": handle,
            "real_name": real_name,
            "email": f"{name}@steward.example",
            "tz": tz,
            "title": title,
            "role": role,
        }
    )


MAYA = _colleague("U0MAYA", "maya.lindqvist", "Maya Lindqvist", "Europe/Stockholm", "Senior account manager")
JONAS = _colleague("U0JONAS", "jonas.berg", "Jonas Berg", "Europe/Berlin", "Account manager")
PRIYA = _colleague("U0PRIYA", "priya.raman", "Priya Raman", "Asia/Kolkata", "Account manager")
TOMAS = _colleague("U0TOMAS", "tomas.ferreira", "Tomás Ferreira", "America/Sao_Paulo", "Account manager")
INGRID = _colleague("U0INGRID", "ingrid.solberg", "Ingrid Solberg", "Europe/Oslo", "Head of accounts", "lead")
NOOR = _colleague("U0NOOR", "noor.haddad", "Noor Haddad", "Europe/London", "Contractor, research", "guest")
WALTER = _colleague("U0WALTER", "walter.quist", "Walter Quist", "Europe/Copenhagen", "Account manager (left)")
ELENA = Person(
    id="U0ELENA",
    team_id=CUSTOMER.id,
    name="elena",
    real_name="Elena Marchetti",
    email="elena.marchetti@halden-foods.example",
    tz="Europe/Rome",
    role="external",
    title="Operations director",
)
DAVID = Person(
    id="U0DAVID",
    team_id=CUSTOMER.id,
    name="david",
    real_name="David Okafor",
    email="david.okafor@halden-foods.example",
    tz="Africa/Lagos",
    role="external",
    title="Procurement",
)
BOT = Person(
    id=APP.bot_user_id,
    team_id=HOME.id,
    name="steward",
    real_name="Steward",
    email="steward@bots.steward.example",
    tz="Etc/UTC",
    role="bot",
)

OWNERS = (MAYA, JONAS, PRIYA, TOMAS)
LEAD = INGRID
COLLEAGUES = (*OWNERS, LEAD)

GENERAL, ACCOUNTS, LEADS = "C0GENERAL", "C0ACCOUNTS", "C0LEADS"
ACCOUNT_CHANNEL, SHARED_CHANNEL, PENDING_CHANNEL = "C0ACCTACME", "C0EXTHALDEN", "C0EXTPENDING"
QUIET_CHANNEL, ARCHIVED_CHANNEL = "C0RANDOM", "C0ARCHIVE"


def _channels() -> list[Channel]:
    team = [person.id for person in COLLEAGUES]
    bot = APP.bot_user_id
    return [
        Channel(id=GENERAL, name="general", members=[*team, bot], creator=INGRID.id, is_general=True),
        Channel(id=ACCOUNTS, name="accounts", members=[*team, bot], creator=INGRID.id, purpose="Account talk"),
        Channel(id=QUIET_CHANNEL, name="random", members=team, creator=MAYA.id, purpose="The bot is not in here"),
        Channel(id=LEADS, name="leads", kind="private", members=[INGRID.id, MAYA.id, bot], creator=INGRID.id),
        Channel(id="C0SECRET", name="board", kind="private", members=[INGRID.id], creator=INGRID.id),
        Channel(
            id=ACCOUNT_CHANNEL, name="acct-acme", members=[MAYA.id, JONAS.id, INGRID.id, NOOR.id, bot], creator=MAYA.id
        ),
        Channel(
            id=SHARED_CHANNEL,
            name="ext-halden-foods",
            members=[MAYA.id, INGRID.id, ELENA.id, DAVID.id, bot],
            creator=MAYA.id,
            shared_with=[CUSTOMER.id],
        ),
        Channel(
            id=PENDING_CHANNEL,
            name="ext-pending",
            members=[JONAS.id, INGRID.id, bot],
            creator=JONAS.id,
            pending_shared_with=[CUSTOMER.id],
        ),
        Channel(id=ARCHIVED_CHANNEL, name="old-deals", members=[INGRID.id, bot], creator=INGRID.id, is_archived=True),
    ]


def default_workspace() -> Workspace:
    """A fresh copy each time: tests may change theirs."""
    people = [*COLLEAGUES, NOOR, WALTER.model_copy(update={"deleted": True}), ELENA, DAVID, BOT]
    copies = [person.model_copy(deep=True) for person in people]
    next(p for p in copies if p.id == TOMAS.id).presence = "away"
    next(p for p in copies if p.id == PRIYA.id).dnd = Dnd()
    groups = [
        UserGroup(id="S0ACCOUNTS", handle="account-managers", name="Account managers", users=[p.id for p in OWNERS])
    ]
    return Workspace(team=HOME, app=APP, other_teams=[CUSTOMER], people=copies, channels=_channels(), usergroups=groups)
