"""Cells that a database cannot take become a sentence about a line, never a crash of the batch."""

from __future__ import annotations

import json

import pytest

from tests.services.clerk import SELF, Clerk, counts

HEAD = "id,name,domain,segment,employees\n"


@pytest.mark.parametrize(
    ("head", "good", "bad"),
    [
        (HEAD, "1,Birch,,mid,5", f"2,{'Ö' * 5000},,mid,5"),
        (HEAD, "1,Birch,,mid,5", f"{'9' * 4000},Oak,,mid,5"),
        ("id,name,aliases,segment\n", "1,Birch,,mid", f"2,Oak,{'ab ' * 3000},mid"),
        (HEAD, "1,Birch,,mid,5", "2,Oak,,mid,3000000000"),
        ("product id,product name,family,list price\n", "1,Birch,mid,5", "2,Oak,mid,9223372036854775807"),
    ],
)
def test_a_row_that_cannot_be_kept_is_left_out(clerk: Clerk, head: str, good: str, bad: str) -> None:
    report = clerk.bring({"file.csv": f"{head}{good}\n{bad}\n"})
    assert counts(report) == {"created": 1, "skipped": 1}
    (reason,) = report.files[0].reasons
    assert (reason.rows, reason.first_line) == (1, 3)


def test_facts_that_cannot_be_kept_are_left_out(clerk: Clerk) -> None:
    huge = "9" * 30
    report = clerk.bring({
        "accounts.csv": "id,name,segment\n1,Birch,mid\n",
        "usage.csv": f"usage_id,account_id,on,metric,value,days\nU1,1,2026-01-05,logins,4,7\n"
        f"U2,1,2026-01-05,logins,{huge},7\nU3,1,2026-01-05,logins,4,{huge}\n{huge * 200},1,2026-01-05,logins,4,7\n",
        "contracts.csv": "contract number,account id,product,mrr,start date,notice days\n"
        f"K1,1,Folio,10,2026-01-01,30\nK2,1,Folio,{huge},2026-01-01,30\nK3,1,Folio,5,2026-01-01,{huge}\n"
        f"{huge * 200},1,Folio,10,2026-01-01,30\n",
        "calls.csv": "call_id,account_id,owner,activity date,activity type,subject,text\n"
        f"C1,1,{'Jo ' * 3000},2026-01-05,call,{'x' * 9000},{'y' * 90000}\n",
        "people.csv": "contact id,account id,contact name,email\nH1,1,Bo Li,bo@birch.example\n"
        f"H2,1,{'Bo ' * 2000},b@birch.example\n",
    })  # fmt: skip
    assert {file.kind: counts(file) for file in report.files} == {
        "accounts": {"created": 1}, "usage": {"created": 2, "skipped": 2}, "interactions": {"created": 1},
        "contracts": {"created": 2, "skipped": 2}, "people": {"created": 1, "skipped": 1},
    }  # fmt: skip
    assert clerk.stats().members == 0
    assert clerk.desk.account_card(SELF, clerk.only_account()).name == "Birch"


def test_marks_that_a_database_refuses_are_taken_out(clerk: Clerk) -> None:
    records = [
        {"attributes": {"type": "Account", "referenceId": f"Ref{n}"}, "Name": name, "Industry": "A\x00B \ud800 C"}
        for n, name in enumerate(["Bir\x00ch", "Oak \udfff Wood", "Elm 🌳"])
    ]
    report = clerk.bring({"Account.json": json.dumps({"records": records})})
    assert counts(report) == {"created": 3}
    assert sorted(row.name for row in clerk.rows("account")) == ["Birch", "Elm 🌳", "Oak � Wood"]
    assert {row.industry for row in clerk.rows("account")} == {"AB � C"}
    clerk.again_changes_nothing({"Account.json": json.dumps({"records": records})})


def test_nul_marks_in_wide_text_are_taken_out(clerk: Clerk) -> None:
    text = "id,name,segment\r\n1,Bir\x00ch,mid\r\n2,Elm 🌳,mid\r\n"
    report = clerk.bring({"accounts.csv": text.encode("utf-16")})
    assert counts(report) == {"created": 2}
    assert [row.name for row in clerk.rows("account")] == ["Birch", "Elm 🌳"]


def test_formulas_are_text(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": 'id,name,segment\n1,"=HYPERLINK(""http://x.example"")",@mid\n'})
    row = clerk.row("account")
    assert (row.name, row.segment) == ('=HYPERLINK("http://x.example")', "@mid")


@pytest.mark.parametrize("name", ["🌳", "株式会社", "a", "%", "_", '"', "x" * 500, "ACME' OR 1=1"])
def test_odd_names_are_found(clerk: Clerk, name: str) -> None:
    quoted = name.replace('"', '""')
    clerk.bring({"accounts.csv": f'id,name,segment\n1,"{quoted}",mid\n2,Something Else,mid\n'})
    if len(name) <= 200:
        assert clerk.found(name) == name
    clerk.find(name[:100] + " x")
