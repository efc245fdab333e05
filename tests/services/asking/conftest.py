"""A book with near-identical names, on each kind of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.services.clerk import Clerk

BOOK = {
    "members.csv": "id,name,email,team,manager,slack user id\nM1,Ida Holm,ida@us.example,North,Ole Berg,U1\n"
    "M2,Ole Berg,ole@us.example,North,,U2\n",
    "accounts.csv": "id,name,domain,segment,owner email,currency\n"
    "1,Acme,acme.example,enterprise,ida@us.example,EUR\n2,Acme Labs,labs.example,smb,ole@us.example,EUR\n"
    "3,Globex,globex.example,enterprise,ida@us.example,EUR\n4,Globex Energy,,smb,ole@us.example,EUR\n",
    "people.csv": "id,account_id,name,email,title,role\nP1,1,Ana Ruiz,ana@acme.example,CFO,champion\n",
    "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew,notice days\n"
    "K1,1,Folio,10000,2025-04-01,2026-03-31,false,\nK2,3,Folio,100,2025-05-01,2026-04-30,false,\n"
    "K3,2,Folio,1000,2025-06-01,2026-12-31,false,\n",
    "calls.csv": "call_id,account_id,owner,activity date,activity type,subject,notes\n"
    "C1,1,ida@us.example,2026-02-20,call,Check-in,Ana finds the pricing of seats too high\n"
    "C2,3,ida@us.example,2025-11-01,call,Check-in,They like the new dashboard\n"
    "C3,2,ole@us.example,2026-03-01,call,Pricing,Labs asked about pricing too\n"
    "C4,1,ida@us.example,2025-06-01,email,Hello,The kick-off was fine\n"
    "C5,1,ida@us.example,2025-06-02,email,,Notes sent\n",
    "tickets.csv": "ticket_id,account_id,created at,status,priority,subject\n"
    "T1,1,2026-01-05,open,urgent,Export broken\n"
    "T2,1,2026-01-06,solved,low,Login slow\n",
}


@pytest.fixture
def book(database: Database, tmp_path: Path) -> Clerk:
    clerk = Clerk(database, tmp_path / "files")
    clerk.bring(BOOK)
    return clerk
