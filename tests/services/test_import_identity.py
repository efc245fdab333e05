"""Who a row is about: id, domain, name; never likeness. And whose word counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.records import Kind
from bot.importers import Mapping, Options
from tests.services.clerk import Clerk, counts

OTHER = Options(source="other")


def _names(clerk: Clerk) -> list[str]:
    return sorted(row.name for row in clerk.rows("account"))


def test_spellings_are_proposed_but_never_merged(clerk: Clerk) -> None:
    files = {"accounts.csv": "id,name,segment\n1,GTXPro,a\n2,GTX Pro,b\n3,Acme Ltd,c\n4,Acme Labs,d\n"}
    assert counts(clerk.bring(files)) == {"created": 4}
    (item,) = clerk.reviews()
    assert (item.kind, item.this, item.others) == ("same?", "GTX Pro", ("GTXPro",))
    clerk.again_changes_nothing(files)
    assert len(clerk.reviews()) == 1


def test_two_sources_meet_by_domain_and_the_second_only_fills_blanks(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,domain,segment,owner\n1,Birch Group,birch.example,mid,Ida\n"})
    files = {"accounts.csv": "id,name,domain,segment,industry,owner\nX9,The Birches,birch.example,big,Paper,Ole\n"}
    assert counts(clerk.bring(files, options=OTHER)) == {"updated": 1}
    row = clerk.row("account")
    assert (row.name, row.segment, row.industry, row.source) == ("Birch Group", "mid", "Paper", "csv")
    owner = clerk.row("assignment")
    assert clerk.row("member", id=owner.member_id).name == "Ida"
    assert [clerk.found(name) for name in ("birch group", "the birches", "X9", "1")] == ["Birch Group"] * 4
    clerk.again_changes_nothing(files, options=OTHER)


def test_another_source_gives_an_owner_where_there_is_none(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,segment\n1,Birch,mid\n"})
    clerk.bring({"accounts.csv": "id,name,segment,owner\n7,Birch,mid,Ole\n"}, options=OTHER)
    clerk.bring({"accounts.csv": "id,name,segment\n1,Birch,mid\n"})
    assert clerk.row("member", id=clerk.row("assignment").member_id).name == "Ole"


def test_two_ids_of_one_source_stay_two(clerk: Clerk) -> None:
    files = {
        "accounts.csv": "id,name,domain,segment\n1,Birch,birch.example,a\n2,Birch,birch.example,b\n",
        "members.csv": "id,name,email,team\nM1,Jo Ek,jo@us.example,x\nM2,Jo Ek,jo.ek@us.example,y\n",
        "products.csv": "product id,product name,family\nP1,Folio,a\nP2,Folio,b\n",
        "people.csv": "contact id,account_id,name,email\nH1,1,Bo Li,bo@birch.example\nH2,1,Bo Li,li@birch.example\n",
    }
    assert counts(clerk.bring(files)) == {"created": 8}
    stats = clerk.stats()
    assert (stats.accounts, stats.members, stats.products, stats.people) == (2, 2, 2, 2)
    assert clerk.find("birch").outcome == "several"
    clerk.again_changes_nothing(files)


def test_a_manager_may_stand_below(clerk: Clerk) -> None:
    files = {"members.csv": "id,name,email,manager_id\nM1,Jo Ek,jo@us.example,M2\nM2,Bo Li,bo@us.example,\n"}
    assert counts(clerk.bring(files)) == {"created": 2}
    assert clerk.row("member", name="Jo Ek").manager_id == clerk.row("member", name="Bo Li").id
    clerk.again_changes_nothing(files)


def test_the_same_name_with_other_domains_is_another_company(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,domain,segment\n1,Birch,birch.example,a\n"})
    clerk.bring({"accounts.csv": "id,name,domain,segment\n1,Birch,birch.other.example,a\n"}, options=OTHER)
    assert _names(clerk) == ["Birch", "Birch"]


def test_a_renamed_account_keeps_its_old_name_as_an_alias(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,segment\n1,Birch Paper,mid\n2,Other,mid\n"})
    renamed = {"accounts.csv": "id,name,segment\n1,Quercus,mid\n2,Other,mid\n"}
    report = clerk.bring(renamed)
    assert counts(report) == {"updated": 1, "unchanged": 1}
    assert [clerk.found("birch paper"), clerk.found("quercus")] == ["Quercus", "Quercus"]
    one = clerk.row("account", external_id="1").id
    assert {(row.kind, row.shown) for row in clerk.rows("account_name", account_id=one)} == {
        ("name", "Quercus"), ("alias", "Birch Paper"),
    }  # fmt: skip
    clerk.again_changes_nothing(renamed)
    clerk.undo(report)
    assert clerk.found("birch paper") == "Birch Paper"
    assert clerk.find("quercus").outcome == "none"
    clerk.bring(renamed)
    clerk.bring({"accounts.csv": "id,name,segment\n1,Birch Paper,mid\n"})
    assert clerk.found("quercus") == "Birch Paper"


def test_aliases_lead_to_the_account(clerk: Clerk) -> None:
    clerk.bring({
        "accounts.csv": "id,name,aliases\n1,Birch Group,Acme; Acme UK\n2,Acme Unlimited,\n",
        "usage.csv": "usage_id,account,on,metric,value\nU1,Acme UK,2026-01-05,logins,4\n",
    })  # fmt: skip
    assert clerk.found("acme") == "Birch Group"
    assert clerk.row("usage").account_id == clerk.row("account", external_id="1").id


def test_an_id_that_was_merged_away_leads_to_the_record_that_is_left(clerk: Clerk) -> None:
    files = {
        "accounts.csv": "company id,company name,merged ids\n1,Birch,8;9\n",
        "usage.csv": "usage_id,account_id,on,metric,value\nU1,9,2026-01-05,logins,4\n",
    }
    clerk.bring(files)
    assert clerk.row("usage").account_id == clerk.row("account").id
    clerk.again_changes_nothing(files)


def test_an_account_that_the_source_merged_later_is_proposed(clerk: Clerk) -> None:
    head = "company id,company name,merged ids\n"
    clerk.bring({"accounts.csv": f"{head}1,Birch,\n2,Oak,\n"})
    later = {"accounts.csv": f"{head}1,Birch,2\n"}
    clerk.bring(later)
    (item,) = clerk.reviews()
    assert (item.this, item.others) == ("Oak", ("Birch",))
    clerk.decide(item.item, "accepted")
    assert (clerk.found("oak"), clerk.stats().accounts) == ("Birch", 1)
    clerk.again_changes_nothing(later)
    assert clerk.reviews() == ()


def test_blank_never_erases_and_a_change_touches_one_row(clerk: Clerk) -> None:
    head = "id,name,segment,industry\n"
    clerk.bring({"accounts.csv": f"{head}1,Birch,mid,Paper\n2,Oak,mid,Wood\n"})
    before = clerk.rows("account")
    report = clerk.bring({"accounts.csv": f"{head}1,Birch,,Paper\n2,Oak,big,Wood\n"})
    assert counts(report) == {"updated": 1, "unchanged": 1}
    assert report.files[0].diff == ("~ account Oak: segment mid → big",)
    after = clerk.rows("account")
    assert after[0] == before[0]
    assert (after[1].segment, after[1].industry, after[1].id) == ("big", "Wood", before[1].id)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("1,Birch,a,Ida\n1,Birch,a,Ida\n", {"created": 1, "skipped": 1}),
        ("1,Birch,a,Ida\n1,Birch,b,Ole\n1,Birch,a,Ida\n", {"created": 1, "to_review": 1, "skipped": 1}),
    ],
)
def test_rows_that_stand_there_twice(clerk: Clerk, rows: str, expected: dict[str, int]) -> None:
    files = {"accounts.csv": f"id,name,segment,owner\n{rows}"}
    assert counts(clerk.bring(files)) == expected
    assert (clerk.row("account").segment, clerk.row("member", id=clerk.row("assignment").member_id).name) == (
        "a", "Ida",
    )  # fmt: skip
    waiting = len(clerk.reviews())
    clerk.again_changes_nothing(files)
    assert len(clerk.reviews()) == waiting


@pytest.mark.parametrize("between", [0, 6000])
def test_a_fact_that_stands_there_twice_stays_what_it_was(clerk: Clerk, between: int) -> None:
    rows = "".join(f"F{at},1,2026-01-05,logins,1\n" for at in range(between))
    head = "usage_id,account_id,on,metric,value\n"
    files = {
        "accounts.csv": "id,name,segment\n1,Birch,mid\n",
        "usage.csv": f"{head}U1,1,2026-01-05,logins,4\n{rows}U1,1,2026-01-05,logins,5\n",
        "usage2.csv": f"{head}U1,1,2026-01-05,logins,6\n",
    }
    assert clerk.bring(files).to_review == 2
    assert clerk.again_changes_nothing(files).to_review == 2
    assert clerk.row("usage", external_id="U1").value == 4


def test_more_places_than_are_kept_are_no_change(clerk: Clerk) -> None:
    head = "opportunity id,account id,opportunity name,stage,amount\n"
    files = {
        "accounts.csv": "id,name,annual revenue\n1,Birch,1000.00004\n",
        "opportunities.csv": f"{head}O1,1,More,Proposal,32395.00000002\n",
    }
    clerk.bring(files)
    clerk.again_changes_nothing(files)


def test_two_files_of_one_batch_complete_each_other_and_the_first_wins(clerk: Clerk) -> None:
    files = {
        "accounts-a.csv": "account id,account name,segment,owner\n1,Birch,mid,Ida\n2,Oak,mid,Ida\n",
        "accounts-b.csv": "account id,account name,industry,owner\n1,Birch,Paper,Ole\n",
        "accounts-c.csv": "account id,account name,segment,owner\n1,Birch,big,Ida\n",
    }
    report = clerk.bring(files)
    assert [counts(file) for file in report.files] == [{"created": 2}, {"updated": 1}, {"to_review": 1}]
    row = clerk.row("account", external_id="1")
    assert (row.segment, row.industry) == ("mid", "Paper")
    assert {clerk.row("member", id=one.member_id).name for one in clerk.rows("assignment")} == {"Ida"}
    clerk.again_changes_nothing(files)


def test_whoever_was_only_named_is_taken_over_by_the_record(clerk: Clerk) -> None:
    named = {
        "accounts.csv": "id,name,segment,owner_email\n1,Birch,mid,jo.ek@us.example\n",
        "contracts.csv": "subscription_id,account_id,product,mrr,start_date\nS1,1,Folio,10,2026-01-01\n",
    }
    clerk.bring(named)
    records = {
        "members.csv": "id,name,email,active,team\nM1,Johanna Ek,jo.ek@us.example,false,North\n",
        "products.csv": "product id,product name,family,list price\nP1,Folio,Platform,99\n",
    }
    assert counts(clerk.bring(records, options=OTHER)) == {"updated": 2}
    member, product = clerk.row("member"), clerk.row("product")
    assert (member.name, member.active, member.team, member.source) == ("Johanna Ek", False, "North", "other")
    assert (product.family, product.external_id) == ("Platform", "P1")
    clerk.again_changes_nothing(records, options=OTHER)
    clerk.again_changes_nothing(named)
    later = {"products.csv": "product id,product name,family,list price\nP1,Folio,Platform,120\n"}
    assert counts(clerk.bring(later, options=OTHER)) == {"updated": 1}
    assert clerk.row("product").list_price == 120


def test_accounts_that_only_other_files_name(clerk: Clerk) -> None:
    usage = {
        "usage.csv": "usage_id,account,on,metric,value\nU1,Birch,2026-01-05,logins,4\nU2,Birch,2026-01-06,logins,4\n"
    }
    assert counts(clerk.bring(usage)) == {"to_review": 2}
    assert clerk.stats().accounts == 0
    assert counts(clerk.bring(usage, create_accounts=True)) == {"created": 2}
    assert (clerk.found("birch"), clerk.stats().accounts) == ("Birch", 1)
    clerk.bring({"accounts.csv": "id,name,segment\nA1,Birch,mid\n"})
    row = clerk.row("account")
    assert (row.external_id, row.segment) == ("A1", "mid")
    assert clerk.stats().usage == 2


def test_no_third_account_where_two_have_the_name(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,segment\n1,Birch,a\n2,Birch,b\n"})
    usage = {
        "usage.csv": "usage_id,account,on,metric,value\nU1,Birch,2026-01-05,logins,4\nU2,Birch,2026-01-06,logins,4\n"
    }
    assert counts(clerk.bring(usage, create_accounts=True)) == {"to_review": 2}
    assert clerk.stats().accounts == 2


def test_circles_of_parents_are_broken_also_against_what_is_stored(clerk: Clerk) -> None:
    head = "id,name,parent\n"
    clerk.bring({"accounts.csv": f"{head}1,Birch,Oak\n2,Oak,Elm\n3,Elm,Birch\n4,Ash,Ash\n"})
    parents = {row.name: row.parent_id for row in clerk.rows("account")}
    ids = {row.name: row.id for row in clerk.rows("account")}
    assert parents == {"Birch": ids["Oak"], "Oak": ids["Elm"], "Elm": None, "Ash": None}
    assert [item.reason for item in clerk.reviews()] == [
        "the account would be its own parent; the parent was left out"
    ] * 2
    clerk.bring({"accounts.csv": f"{head}3,Elm,Oak\n"})
    assert clerk.row("account", external_id="3").parent_id is None


def test_a_person_without_id_mail_or_account_comes_once(clerk: Clerk) -> None:
    files = {"people.csv": "first name,last name,job title,email\nBo,Li,CFO,\nAda,Ek,CTO,ada@x.example\n"}
    assert counts(clerk.bring(files)) == {"created": 2}
    clerk.again_changes_nothing(files)
    assert clerk.stats().people == 2


def test_links_of_a_table_lead_to_the_account_also_after_a_row_without_one(clerk: Clerk) -> None:
    files = {
        "accounts.csv": "id,name,segment\n1,Birch,a\n",
        "tickets.csv": "ticket id,created at,ticket subject,ticket status\n"
        "T0,2026-01-05T10:00:00Z,Nobody's,open\nT1,2026-01-05T10:00:00Z,Ours,open\n",
        "ticket_company.csv": "ticket_id,company_id\nT1,1\n",
    }
    report = clerk.bring(files)
    assert {file.kind: counts(file) for file in report.files}["tickets"] == {"created": 1, "to_review": 1}
    assert clerk.row("ticket").external_id == "T1"


def test_links_that_lead_in_a_circle_end(clerk: Clerk) -> None:
    files = {
        "accounts.csv": "id,name,segment\n1,Birch,a\n",
        "tickets.csv": "ticket id,created at,ticket subject,ticket status\nT1,2026-01-05T10:00:00Z,Ours,open\n",
        "ticket_contact.csv": "ticket_id,contact_id\nT1,H1\n",
        "contact_ticket.csv": "contact_id,ticket_id\nH1,T1\n",
    }
    report = clerk.bring(files)
    assert {file.kind: counts(file) for file in report.files}["tickets"] == {"to_review": 1}


def test_rows_without_ids_are_known_by_what_they_say(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,segment\n1,Birch,a\n"})
    head = "account,activity date,activity type,subject\n"
    twice = "Birch,2026-01-05,call,Hello\n" * 2
    assert counts(clerk.bring({"calls.csv": head + twice})) == {"created": 2}
    clerk.again_changes_nothing({"calls.csv": head + twice})
    more = {"calls.csv": f"{head}{twice}Birch,2026-01-06,call,Bye\nBirch,2026-01-05,call,Hello\n"}
    assert counts(clerk.bring(more)) == {"unchanged": 2, "created": 2}


def test_deleted_rows_go_and_their_answers_with_them(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,segment\n1,Birch,a\n"})
    head = "ticket id,account id,created at,ticket subject,ticket status,satisfaction score,is deleted\n"
    rest = ",1,2026-01-05T10:00:00Z,Help,open"
    clerk.bring({
        "tickets.csv": f"{head}5{rest},4,false\n6{rest},3,false\n",
        "surveys.csv": "response id,account id,response date,nps\n5,1,2026-01-05,9\n",
    })  # fmt: skip
    assert (clerk.stats().tickets, clerk.stats().surveys) == (2, 3)
    report = clerk.bring({"tickets.csv": f"{head}5{rest},,true\n6{rest},3,false\n7{rest},,true\n"})
    assert counts(report) == {"removed": 1, "unchanged": 1, "skipped": 1}
    assert sorted(str(row.external_id) for row in clerk.rows("survey_answer")) == ["5", "ticket:6"]
    clerk.undo(report)
    assert (clerk.stats().tickets, clerk.stats().surveys) == (2, 3)


def test_a_conflicting_fact_is_kept_as_it_came_first(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,segment\n1,Birch,a\n"})
    head = "usage_id,account_id,on,metric,value\n"
    files = {"usage.csv": f"{head}U1,1,2026-01-05,logins,4\nU1,1,2026-01-05,logins,5\nU1,1,2026-01-05,logins,4\n"}
    assert counts(clerk.bring(files)) == {"created": 1, "to_review": 1, "skipped": 1}
    assert clerk.row("usage").value == 4
    assert counts(clerk.again_changes_nothing(files)) == {"unchanged": 1, "to_review": 1, "skipped": 1}
    assert len(clerk.reviews()) == 1
    assert counts(clerk.bring({"usage.csv": f"{head}U1,1,2026-01-05,logins,6\n"})) == {"updated": 1}
    assert clerk.row("usage").value == 6


def test_an_owner_can_change_and_change_back(clerk: Clerk) -> None:
    for owner in ("Ida", "Ole", "Ida", "Ida"):
        clerk.bring({"accounts.csv": f"id,name,segment,owner\n1,Birch,a,{owner}\n"})
        assert clerk.row("member", id=clerk.row("assignment").member_id).name == owner


def test_a_mapping_makes_people_of_anything(clerk: Clerk, tmp_path: Path) -> None:
    mapping = Mapping(kind=Kind.ACCOUNTS, columns={"foo": "name", "bar": "segment"})
    files = {"strange.csv": "foo,bar,baz\nBirch,mid,1\n"}
    assert counts(clerk.bring(files, options=Options(mapping=mapping))) == {"created": 1}
    assert counts(clerk.bring(files)) == {"unchanged": 1}
    assert clerk.row("account").segment == "mid"
