"""Which account an address leads to."""

from __future__ import annotations

import pytest

from tests.services.clerk import SELF, Clerk


def test_an_address_leads_to_its_account_and_to_no_other(clerk: Clerk) -> None:
    clerk.bring(
        {
            "accounts.csv": "id,name,url,owner email\n1,Acme,https://crm.example/a/1,\n2,Bolt,https://crm.example/a/2/,\n"
            "3,Crux,https://crm.example/a/3?x=1,\n4,Dune,https://crm.example/a/3?x=1,\n"
        }
    )
    ids = {row.name: row.id for row in clerk.rows("account")}
    if not any(row.url for row in clerk.rows("account")):
        pytest.fail("the import does not read addresses")
    for url, name in (
        ("https://crm.example/a/1", "Acme"),
        ("https://CRM.example/a/1/?tab=notes#top", "Acme"),
        ("https://crm.example/a/2", "Bolt"),
        ("https://crm.example/a/3?x=1", None),
        ("https://crm.example/a/12", None),
        ("https://crm.example/", None),
        ("https://[", None),
        ("", None),
    ):
        assert clerk.desk.account_at(SELF, url) == (ids[name] if name else None), url
