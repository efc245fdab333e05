"""A book in which every fact carries a secret of its own: a word that says which kind of fact of which account it is.

Who may see which account is worked out here a second time, in the fewest lines that do, so that the matrix does not ask
the code it tries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

from bot.domain.audience import SHELL, only_the_asker
from bot.storage.database import Database
from bot.storage.tables import health_pass, health_reading, restricted_account
from tests.services.clerk import Clerk

ACCOUNTS = {1: "Aldermoor", 2: "Brackwater", 3: "Culverin", 4: "Dunmarrow", 5: "Everscale"}
"""By what people type. The rest of each name is a secret: an answer that has it did not get it from who asked."""
RESTRICTED = 5
OWNERS = {1: "maya.lindqvist", 2: "jonas.berg", 3: "priya.raman", 4: "tomas.ferreira", 5: "ingrid.solberg"}
ARR = {1: 101_748, 2: 213_516, 3: 427_284, 4: 858_936, 5: 1_731_612}
SEES = {
    "ingrid": {1, 2, 3, 4, 5},  # an admin by access.yml
    "maya": {1, 2, 3, 4},  # reaches all; what is restricted is not for her
    "tomas": {1, 2, 3, 4},
    "jonas": {2},  # his own
    "priya": {3, 4},  # her team: tomas is in it
    "olaf": set[int](),  # a colleague whom the team list does not know
    "noor": set[int](),  # a guest
    "elena": set[int](),  # of another company
    "david": set[int](),
    "walter": set[int](),  # left
}
"""By handle, the accounts that each may see."""

ACCESS = """
reach: {lead: all, member: all, read-only: all, unlisted: own}
people:
  ingrid.solberg@steward.example: {role: admin}
  jonas.berg@steward.example: {reach: own}
  priya.raman@steward.example: {reach: team}
"""


def secret(kind: str, account: int) -> str:
    """The word planted in a fact. Digits stand for letters, so that nothing that reads words takes it apart."""
    return f"zq{kind}{'abcdef'[account]}"


def name_of(account: int) -> str:
    return f"{ACCOUNTS[account]} {secret('name', account).capitalize()}"


_SECRET = re.compile(r"zq([a-z]+?)([b-f])(?![a-z])", re.IGNORECASE)


def _money() -> dict[str, frozenset[int]]:
    """Every sum of yearly and monthly prices as it may be written, and the accounts it is made of."""
    found: dict[str, frozenset[int]] = {}
    for size in range(1, len(ARR) + 1):
        for some in combinations(ARR, size):
            for amount in (sum(ARR[one] for one in some), sum(ARR[one] for one in some) // 12):
                for text in (f"{amount:,}", str(amount)):
                    assert text not in found, "every sum tells what it is made of"
                    found[text] = frozenset(some)
    return found


MONEY = _money()
_MONEY = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)|(?<![\d.,])\d{4,8}(?!\d)")


def told(text: str) -> Iterator[tuple[str, frozenset[int]]]:
    """The secrets in a text: what each is, and the accounts that whoever reads it has to be allowed to see."""
    for found in _SECRET.finditer(text):
        yield found[1].casefold(), frozenset({"abcdef".index(found[2].casefold())})
    for found in _MONEY.finditer(text):
        if found[0] in MONEY:
            yield "money", MONEY[found[0]]


def _lines(header: str, line: str, accounts: Iterable[int]) -> str:
    return (
        header + "\n" + "".join(line.format(n=n, owner=OWNERS[n], s=_Planted(n), arr=ARR[n]) + "\n" for n in accounts)
    )


class _Planted:
    """`{s.note}` in a line is the secret of that kind."""

    def __init__(self, account: int) -> None:
        self._account = account

    def __getattr__(self, kind: str) -> str:
        return secret(kind, self._account)


def files(accounts: Iterable[int] = tuple(ACCOUNTS)) -> dict[str, str]:
    """The book as a CRM exports it, with these accounts in it."""
    wanted = tuple(accounts)
    names = {n: name_of(n) for n in wanted}
    parents = {2: 5, 3: 1}
    return {
        "members.csv": "id,name,email,team,manager,role,slack_user_id\n"
        "M1,Maya Lindqvist,maya.lindqvist@steward.example,North,Ingrid Solberg,CSM,U0MAYA\n"
        "M2,Jonas Berg,jonas.berg@steward.example,North,Ingrid Solberg,CSM,\n"
        "M3,Priya Raman,priya.raman@steward.example,South,Ingrid Solberg,CSM,U0PRIYA\n"
        "M4,Tomás Ferreira,tomas.ferreira@steward.example,South,Ingrid Solberg,CSM,U0TOMAS\n"
        "M5,Ingrid Solberg,ingrid.solberg@steward.example,,,Head of accounts,U0INGRID\n",
        "accounts.csv": "id,name,domain,aliases,parent,segment,owner_email,country,currency,url\n"
        + "".join(
            f"{n},{names[n]},{secret('domain', n)}.example,{ACCOUNTS[n]}; {secret('alias', n)},"
            f"{names.get(parents.get(n, 0), '')},strategic,"
            f"{OWNERS[n]}@steward.example,DE,EUR,https://crm.example/{secret('url', n)}\n"
            for n in wanted
        ),
        "people.csv": _lines(
            "id,account_id,name,email,title,role,left_on",
            "P{n},{n},Ana {s.person},{s.mail}@x{n}.example,Chief {s.title},champion,\n"
            "R{n},{n},Karl {s.left},{s.gone}@x{n}.example,CTO,sponsor,2026-02-01",
            wanted,
        ),
        "contracts.csv": _lines(
            "id,contract_number,account_id,product,quantity,amount,period,currency,starts_on,ends_on,auto_renew,notice_days",
            "C{n},{s.contract},{n},Folio,100,{arr},year,EUR,2025-04-01,2026-03-31,true,30",
            wanted,
        ),
        "deals.csv": _lines(
            "id,account_id,name,kind,stage,amount,currency,opened_on,closed_on,next_step",
            "D{n},{n},{s.deal},renewal,open,{arr},EUR,2026-01-01,,{s.step}",
            wanted,
        ),
        "interactions.csv": _lines(
            "id,account_id,at,kind,author_email,people,subject,text,client_safe",
            "I{n},{n},2026-02-0{n}T10:00:00Z,call,{owner}@steward.example,Ana {s.person},{s.subject} pricing,"
            '"Ana said that pricing of the {s.note} rollout was a success and saved two days each month.",true\n'
            "J{n},{n},2026-02-1{n}T10:00:00Z,note,{owner}@steward.example,,{s.inner},"
            '"Their CFO wants to leave us because of {s.memo} pricing. The risk is real.",false\n'
            "K{n},{n},2025-11-1{n}T10:00:00Z,meeting,{owner}@steward.example,Ana {s.person},{s.old},"
            '"Decided to open the {s.site} site by March. Ana requested new pricing for it.",true',
            wanted,
        ),
        "promises.csv": _lines(
            "id,account_id,quote,by,owner_email,due_on,made_on,kept_on",
            "Q{n},{n},Send the {s.promise},us,{owner}@steward.example,2026-03-01,2026-02-01,\n"
            "O{n},{n},Name the {s.theirs},them,,2026-03-20,2026-02-01,",
            wanted,
        ),
        "tickets.csv": _lines(
            "id,account_id,opened_at,solved_at,status,priority,subject",
            "T{n},{n},2026-02-20T08:00:00Z,,open,urgent,Nothing prints at {s.ticket}",
            wanted,
        ),
        "surveys.csv": _lines(
            "id,account_id,person_email,survey,score,scale_min,scale_max,at,comment",
            "S{n},{n},{s.mail}@x{n}.example,nps,{n},0,10,2026-02-0{n}T08:00:00Z,Too dear says {s.survey}",
            wanted,
        ),
        "usage.csv": "account_id,on,days,metric,value,entitlement\n"
        + "".join(
            f"{n},{on},28,{secret('metric', n)},{value}{n},400\n"
            for n in wanted
            for on, value in (("2025-12-01", 30), ("2026-01-01", 20), ("2026-02-01", 10))
        ),
    }


def plant(database: Database, folder: Path, accounts: Iterable[int] = tuple(ACCOUNTS)) -> Clerk:
    """The book in a database, its one restricted account restricted. Hidden accounts come last, so that a book without
    them has the same ids."""
    clerk = Clerk(database, folder)
    wanted = tuple(accounts)
    clerk.bring(files(wanted))
    clerk.desk.keep_health()
    now = clerk.desk.now()
    _let_fall(database, now)
    if RESTRICTED in wanted:
        with database.writing(only_the_asker(SHELL), now) as writer:
            one = clerk.row("account", name=name_of(RESTRICTED)).id
            writer.execute(restricted_account.insert(), {"account_id": one, "named": [], "by": "shell", "at": now})
    return clerk


def _let_fall(database: Database, now: datetime) -> None:
    """Three days ago every account was well."""
    before = now.date() - timedelta(days=3)
    with database.writing(only_the_asker(SHELL), now) as writer:
        for row in writer.connection.execute(health_reading.select()).mappings().all():
            was = {**row, "on": before, "score": 90, "computed": 90, "band": "healthy"}
            writer.execute(health_reading.insert(), was)
        writer.execute(health_pass.update().values(comparable_from=before))
