"""Undo, merges of the review list, dry runs: what is taken back leaves no trace."""

from __future__ import annotations

from datetime import date

import pytest

from bot.importers import Options
from bot.sample import sample_files
from bot.services.errors import BadInput, NotAllowed, NotFound
from tests.services.clerk import Clerk, counts

ACCOUNTS = "id,name,domains,aliases,parent,segment,owner\n"
BOOK = {
    "accounts.csv": f"{ACCOUNTS}1,GTXPro,gtx.example,Graphics,,mid,Ida\n"
    "2,GTX Pro,gtxpro.example,gtxpro,GTXPro,big,Ole\n"
    "3,Oak,oak.example,,GTX Pro,mid,\n",
    "people.csv": "contact id,account id,contact name,email\nH1,2,Bo Li,bo@gtx.example\n",
    "contracts.csv": "contract number,account id,product,mrr,start date,end date\n"
    "K1,1,Folio,10,2026-01-01,2026-12-31\nK1,2,Folio,20,2026-02-01,2026-12-31\nK2,2,Fo lio,5,2026-02-01,2026-12-31\n",
    "deals.csv": "deal name,company,deal stage,amount,close date\nBig,GTX Pro,Won,100,2026-01-31\n",
    "calls.csv": "account,activity date,activity type,subject\nGTXPro,2026-01-05,call,Hello\n"
    "GTX Pro,2026-01-05,call,Hello\n3,2026-01-05,call,Lost\n",
    "usage.csv": "usage_id,account_id,on,metric,value\nU1,2,2026-01-05,logins,4\n",
}


def _accept(clerk: Clerk, name: str) -> str:
    """Merge the named account or product into what it was proposed as; the id of the merge."""
    item = next(one for one in clerk.reviews() if one.this == name)
    return clerk.decide(item.item, "accepted").change or ""


def test_a_merge_moves_everything_and_the_next_import_finds_it(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    before = clerk.visible()
    merge = _accept(clerk, "GTX Pro")
    one = clerk.row("account", external_id="1")
    assert {row.account_id for row in clerk.rows("person") + clerk.rows("usage") + clerk.rows("contract")} == {one.id}
    assert clerk.row("account", external_id="3").parent_id == one.id
    assert [clerk.found(name) for name in ("GTXPro", "gtx pro", "2", "gtxpro.example", "graphics")] == ["GTXPro"] * 5
    assert clerk.row("assignment").member_id == clerk.row("member", folded="ida").id
    after = clerk.visible()
    again = clerk.bring(BOOK)
    changed = {file.file: counts(file) for file in again.files if file.created or file.updated or file.removed}
    assert set(changed) <= {"contracts.csv"}  # the two contracts of one number are one now
    assert {name: rows for name, rows in clerk.visible().items() if not name.startswith("contract")} == {
        name: rows for name, rows in after.items() if not name.startswith("contract")
    }
    if changed:
        clerk.undo(again)
    clerk.undo(merge)
    assert clerk.visible() == before
    clerk.again_changes_nothing(BOOK)
    with pytest.raises(NotAllowed, match="undone already"):
        clerk.undo(merge)


def test_contracts_and_rows_without_ids_are_found_after_a_merge(clerk: Clerk) -> None:
    files = {name: text for name, text in BOOK.items() if name != "contracts.csv"}
    files["contracts.csv"] = "contract number,account id,product,mrr,start date\nK7,2,Folio,10,2026-01-01\n"
    clerk.bring(files)
    _accept(clerk, "GTX Pro")
    clerk.again_changes_nothing(files)
    assert clerk.stats().interactions == 2


def test_merged_products_stay_merged(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    _accept(clerk, "Fo lio")
    assert clerk.row("product").name == "Folio"
    clerk.again_changes_nothing(BOOK)
    assert all(one.this != "Fo lio" for one in clerk.reviews())


def test_the_order_of_records_does_not_decide_whose_word_counts_after_a_merge(clerk: Clerk) -> None:
    head = "id,name,segment,owner\n"
    clerk.bring({"accounts.csv": f"{head}1,GTXPro,mid,Ida\n2,GTX Pro,big,Ole\n"})
    _accept(clerk, "GTX Pro")
    clerk.again_changes_nothing({"accounts.csv": f"{head}2,GTX Pro,big,Ole\n1,GTXPro,mid,Ida\n"})
    assert (clerk.row("account").segment, clerk.row("account").name) == ("mid", "GTXPro")


def test_a_parent_that_becomes_part_of_its_subsidiary_is_nobodys_parent(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,parent,segment\n1,GTXPro,Oak,a\n2,GTX Pro,,b\n3,Oak,GTX Pro,c\n"})
    assert clerk.row("account", external_id="1").parent_id is not None
    _accept(clerk, "GTX Pro")
    assert clerk.row("account", external_id="1").parent_id is None
    assert clerk.row("account", external_id="3").parent_id == clerk.row("account", external_id="1").id


def test_dismissed_proposals_stay_away(clerk: Clerk) -> None:
    files = {"accounts.csv": "id,name,segment\n1,GTXPro,a\n2,GTX Pro,b\n"}
    clerk.bring(files)
    (item,) = clerk.reviews()
    assert "nothing else was changed" in clerk.decide(item.item, "dismissed").sentence
    clerk.again_changes_nothing(files)
    assert clerk.reviews() == ()
    with pytest.raises(BadInput, match="dismissed already"):
        clerk.decide(item.item, "accepted")
    with pytest.raises(NotFound, match="no review item"):
        clerk.decide("zzz", "accepted")


def test_rows_without_an_account_are_listed_with_file_and_line(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    (item,) = [one for one in clerk.reviews() if one.kind == "no account"]
    assert (item.file, item.line, item.cells["subject"]) == ("calls.csv", 4, "Lost")
    with pytest.raises(BadInput, match="Only a proposal"):
        clerk.decide(item.item, "accepted")


def test_undo_leaves_nothing_and_the_import_can_come_again(clerk: Clerk) -> None:
    empty, zero = clerk.visible(), clerk.stats()
    report = clerk.bring(BOOK)
    line = clerk.undo(report)
    assert (line.state, line.created) == ("undone", report.created)
    assert (clerk.visible(), clerk.stats(), clerk.reviews()) == (empty, zero, ())
    assert [clerk.find(name).outcome for name in ("GTXPro", "gtxpto", "gtx", "1", "oak.example")] == ["none"] * 5
    left = clerk.dump()
    assert {name for name, rows in left.items() if rows} == {"change", "entity", "audit_event", "audit_value"}
    with pytest.raises(NotAllowed, match="undone already"):
        clerk.undo(report)
    with pytest.raises(NotFound, match="no import"):
        clerk.undo("nonsense!")
    assert counts(clerk.bring(BOOK)) == counts(report)


def test_undo_of_an_update_restores_what_was_before(clerk: Clerk) -> None:
    clerk.bring(BOOK)
    before, stats = clerk.visible(), clerk.stats()
    changed = {
        "accounts.csv": f"{ACCOUNTS}1,GTXPro,gtx.example,,,big,Ole\n9,New One,,,,mid,Ida\n"
        "3,Oak Wood,,,GTXPro,mid,Ida\n",
        "usage.csv": "usage_id,account_id,on,metric,value\nU1,2,2026-01-05,logins,5\nU2,9,2026-01-05,logins,5\n",
    }
    report = clerk.bring(changed)
    assert counts(report) == {"created": 2, "updated": 3}
    assert clerk.visible() != before
    clerk.undo(report)
    assert (clerk.visible(), clerk.stats()) == (before, stats)
    assert clerk.find("new one").outcome == "none"


def test_undo_is_refused_while_later_changes_build_on_it(clerk: Clerk) -> None:
    first = clerk.bring(BOOK)
    second = clerk.bring({"notes.csv": "account,activity date,activity type,subject\nOak,2026-02-01,note,Hi\n"})
    with pytest.raises(NotAllowed, match=rf"later changes build on it: {second.batch} \(notes.csv") as refused:
        clerk.undo(first)
    assert "Undo those first" in refused.value.sentence
    clerk.undo(second)
    merge = _accept(clerk, "GTX Pro")
    with pytest.raises(NotAllowed, match=f"{merge} \\(merge GTX Pro into GTXPro"):
        clerk.undo(first)
    clerk.undo(merge)
    clerk.undo(first)
    assert clerk.stats().accounts == 0


def test_a_dry_run_writes_nothing_and_says_the_same(clerk: Clerk) -> None:
    book = sample_files(date(2026, 3, 4))
    small = {name: "".join(text.splitlines(keepends=True)[:120]) for name, text in book.items()}
    empty = clerk.dump()
    rehearsed = clerk.bring(small, dry_run=True)
    assert clerk.dump() == empty
    assert (rehearsed.batch, rehearsed.dry_run) == (None, True)
    real = clerk.bring(small)
    assert [counts(file) for file in rehearsed.files] == [counts(file) for file in real.files]
    assert "+ account Acme Corporation" in rehearsed.files[2].diff
    filled = clerk.dump()
    changed = {"accounts.csv": small["accounts.csv"].replace("strategic", "enterprise", 1)}
    report = clerk.bring(changed, dry_run=True)
    assert report.files[0].diff == ("~ account Acme Corporation: segment strategic → enterprise",)
    mapped = {"x.csv": "id,name,segment\nZ,Zed,a\n"}
    clerk.bring(mapped, dry_run=True, options=Options(source="z"))
    assert clerk.dump() == filled
