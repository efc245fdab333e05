"""A book with two teams, a restricted account and something of everything in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.audience import Actor, Audience, Clearance, Reach, Role
from tests.services.clerk import Clerk

FILES = {
    "members.csv": "id,name,email,team,manager,role,slack user id\n"
    "M1,Ida Holm,ida@us.example,North,Ole Berg,CSM,U1\nM2,Ole Berg,ole@us.example,North,,Lead,U2\n"
    "M3,Pia Lund,pia@us.example,South,,CSM,U3\nM4,Tom Falk,tom@us.example,,Ole Berg,CSM,U4\n",
    "accounts.csv": "id,name,domain,aliases,parent,segment,owner email,currency\n"
    "1,Acme,acme.example,Coyote,,enterprise,ida@us.example,EUR\n2,Bolt,bolt.example,,,smb,ole@us.example,EUR\n"
    "3,Crux,crux.example,,Acme,enterprise,pia@us.example,EUR\n4,Dune,dune.example,,,smb,tom@us.example,EUR\n"
    "5,Echo,echo.example,,,smb,,EUR\n",
    "people.csv": "id,account_id,name,email,title,role\n"
    + "".join(f"P{n},{n},Person{n},p{n}@x{n}.example,CFO,champion\n" for n in range(1, 6)),
    "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew,notice days\n"
    + "".join(f"K{n},{n},Folio,{n}000,2025-04-01,2026-0{n + 3}-28,false,30\n" for n in range(1, 6)),
    "deals.csv": "id,account_id,name,kind,stage,amount,currency,opened_on,closed_on\n"
    + "".join(f"D{n},{n},Deal{n},renewal,open,{n}00,EUR,2026-01-01,\n" for n in range(1, 6)),
    "calls.csv": "call_id,account_id,owner,activity date,activity type,subject,notes\n"
    + "".join(f"C{n},{n},ida@us.example,2026-02-0{n},call,Check-in,Pricing of seats {n}\n" for n in range(1, 6)),
    "promises.csv": "id,account_id,quote,by,owner_email,due_on,kept_on\n"
    + "".join(f"Q{n},{n},Send offer {n},us,ida@us.example,2026-03-0{n},\n" for n in range(1, 6)),
    "tickets.csv": "ticket_id,account_id,created at,status,priority,subject\n"
    + "".join(f"T{n},{n},2026-01-05,open,urgent,Broken {n}\n" for n in range(1, 6)),
    "nps.csv": "id,account_id,person_email,survey,score,scale_min,scale_max,at\n"
    + "".join(f"S{n},{n},p{n}@x{n}.example,nps,9,0,10,2026-01-0{n}\n" for n in range(1, 6)),
    "usage.csv": "account_id,on,days,metric,value,entitlement\n"
    + "".join(f"{n},2026-0{m}-01,28,seats,{n}0,100\n" for n in range(1, 6) for m in (1, 2, 3)),
}
MEMBERS = ("Ida Holm", "Ole Berg", "Pia Lund", "Tom Falk")


def member_of(clerk: Clerk, name: str) -> int:
    return int(clerk.row("member", name=name).id)


def actor_of(clerk: Clerk, name: str, reach: Reach = Reach.ALL, role: Role = Role.MEMBER) -> Actor:
    return Actor(role, "slack", member_of(clerk, name), f"U{MEMBERS.index(name) + 1}", name, reach)


def seen_by(*viewers: Actor) -> Audience:
    return Audience(viewers[0], Clearance.INTERNAL, viewers[1:])


def names(clerk: Clerk, ids: Iterable[int]) -> str:
    """The initials of accounts."""
    by_id = {row.id: row.name[0] for row in clerk.rows("account")}
    return "".join(sorted(by_id[one] for one in ids))


def standing_in(actor: Actor, members: Sequence[int]) -> Actor:
    return replace(actor, stands_in_for=tuple(members))
