"""Folders, questions, mappings, record trees."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.domain.records import AccountRow, ContractRow, Kind, PersonRow, Ref
from bot.importers import ImportFileError, Mapping, Options, load_mapping, save_mapping, survey
from bot.importers.mapping import shape_of

from .helpers import only, read, write

ACCOUNTS = "Company name,Website,Industry\nAcme,acme.com,Steel\n"
SWAPPABLE = "Account,Start date,MRR\nA,01/02/2024,100\nB,03/04/2024,200\n"


def test_a_folder_is_walked_and_what_is_left_out_says_why(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    write(deep, ACCOUNTS, "accounts.csv")
    write(tmp_path, b"%PDF-1.4", "fake.csv")
    write(tmp_path, "x", ".hidden.csv")
    write(tmp_path, "BEGIN:VCALENDAR", "cal.ics")
    write(tmp_path, "{}", "thing.json")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "broken.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.csv")
    found = survey([tmp_path])
    assert [file.path.name for file in found.files] == ["accounts.csv"]
    reasons = {skipped.path.name: skipped.reason for skipped in found.skipped}
    assert reasons.keys() == {"fake.csv", "cal.ics", "thing.json", "loop", "broken.csv", "pipe.csv"}
    assert "loop" in reasons["loop"]
    assert "PDF" in reasons["fake.csv"]


def test_files_come_in_load_order(tmp_path: Path) -> None:
    write(tmp_path, "Email,NPS,Date\na@b.com,9,2024-01-05\n", "a.csv")
    write(tmp_path, ACCOUNTS, "z.csv")
    write(tmp_path, "sales_agent,manager,regional_office\nAnn,Bob,East\n", "m.csv")
    assert [file.kind for file in survey([tmp_path]).files] == [Kind.MEMBERS, Kind.ACCOUNTS, Kind.SURVEYS]


def test_nothing_usable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="nothing here can be imported"):
        survey([tmp_path])
    with pytest.raises(ImportFileError, match="no such file"):
        survey([tmp_path / "missing.csv"])


def test_an_unreadable_file_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, ACCOUNTS)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(ImportFileError, match="permissions"):
        survey([path])


def test_an_undecidable_date_order_is_a_question_until_it_is_answered(tmp_path: Path) -> None:
    path = write(tmp_path, SWAPPABLE)
    file = only(path)
    assert file.questions[0].sentence == (
        'all 2 dates in Start date fit both day/month and month/day ("01/02/2024"); say --date-order dmy or mdy'
    )
    with pytest.raises(ImportFileError, match="--date-order"):
        file.rows()
    days = [read(path, Options(date_order=order))[0][0] for order in ("dmy", "mdy")]
    assert [str(row.starts_on) for row in days if isinstance(row, ContractRow)] == ["2024-02-01", "2024-01-02"]


def test_one_column_does_not_decide_for_another(tmp_path: Path) -> None:
    path = write(tmp_path, "Account,Start date,End date,MRR\nA,01/02/2024,31/12/2024,100\nB,03/04/2024,30/11/2024,2\n")
    assert [question.column for question in only(path).questions] == ["Start date"]


def test_the_last_row_decides_as_well(tmp_path: Path) -> None:
    rows = "".join(f"A,{d:02}/{m:02}/2024,1\n" for d in range(1, 13) for m in range(1, 13)) * 20
    path = write(tmp_path, "Account,Start date,MRR\n" + rows + "B,13/01/2024,1\n")
    assert only(path).format.dates == {"Start date": "dmy"}


def test_a_date_order_that_contradicts_the_file_does_not_change_it(tmp_path: Path) -> None:
    path = write(tmp_path, "Account,Start date,MRR\nA,31/01/2024,100\nB,05/04/2024,1\n")
    rows, _ = read(path, Options(date_order="mdy"))
    assert [str(row.starts_on) for row in rows if isinstance(row, ContractRow)] == ["2024-01-31", "2024-04-05"]


def test_two_orders_in_a_column_reject_the_fewer_or_ask(tmp_path: Path) -> None:
    header = "Account,Start date,MRR\n"
    rows, rejected = read(write(tmp_path, header + "A,31/01/2024,1\nB,12/31/2024,2\nC,30/01/2024,3\n"))
    assert ([row.line for row in rows], [r.line for r in rejected]) == ([2, 4], [3])
    assert only(write(tmp_path, header + "A,31/01/2024,1\nB,12/31/2024,2\nC,01/02/2024,3\n")).questions


def test_an_undecidable_decimal_mark_is_a_question(tmp_path: Path) -> None:
    path = write(tmp_path, 'Account,Start date,MRR\nA,2024-01-01,"1,234"\n')
    assert "--decimal" in only(path).questions[0].sentence
    assert [str(row.amount) for row in read(path, Options(decimal="."))[0] if isinstance(row, ContractRow)] == ["1234"]


def test_a_mapping_overrides_and_is_remembered_by_shape(tmp_path: Path) -> None:
    path = write(tmp_path, "foo,bar,baz\nAcme,acme.com,x\n")
    mapping = Mapping(kind=Kind.ACCOUNTS, columns={"FOO": "name", "bar": "domain"})
    rows, _ = read(path, Options(mapping=mapping))
    assert [row.domains for row in rows if isinstance(row, AccountRow)] == [("acme.com",)]
    shapes: list[str] = []

    def remembered(shape: str) -> Mapping:
        shapes.append(shape)
        return mapping

    (file,) = survey([path], Options(), remembered).files
    assert (file.mapping, file.unused, shapes) == (mapping, ("baz",), [file.shape])
    assert shape_of(["Baz", "foo ", "BAR"]) == file.shape


def test_a_mapping_that_does_not_fit_names_the_columns(tmp_path: Path) -> None:
    mapping = Mapping(kind=Kind.ACCOUNTS, columns={"Firm": "name"})
    with pytest.raises(ImportFileError, match="columns it does not have: Firm; it has Company name"):
        survey([write(tmp_path, ACCOUNTS)], Options(mapping=mapping))
    with pytest.raises(ValidationError, match="no such field of accounts"):
        Mapping(kind=Kind.ACCOUNTS, columns={"x": "nonsense"})
    with pytest.raises(ImportFileError, match="a column for name is missing"):
        survey(
            [write(tmp_path, ACCOUNTS)], Options(mapping=Mapping(kind=Kind.ACCOUNTS, columns={"Industry": "industry"}))
        )


@pytest.mark.parametrize("name", ["m.yaml", "m.json"])
def test_mappings_are_saved_and_loaded(tmp_path: Path, name: str) -> None:
    mapping = Mapping(kind=Kind.PEOPLE, columns={"Prénom": "first_name", "Nom": "last_name"})
    save_mapping(mapping, tmp_path / name)
    assert load_mapping(tmp_path / name) == mapping


@pytest.mark.parametrize("text", ["kind: [", "kind: accounts", "kind: nope\ncolumns: {}", "[]", ""])
def test_a_bad_mapping_file_says_what_is_wrong(tmp_path: Path, text: str) -> None:
    with pytest.raises(ImportFileError, match="mapping"):
        load_mapping(write(tmp_path, text, "m.yaml"))


def test_rows_may_be_read_again_and_stopped_in_the_middle(tmp_path: Path) -> None:
    file = only(write(tmp_path, "Company name,Website,Industry\n" + "Acme,acme.com,x\n" * 5_000))
    rows = file.rows()
    next(rows)
    rows.close()  # type: ignore[attr-defined]  # it is a generator
    assert sum(1 for _ in file.rows()) == sum(1 for _ in file.rows()) == file.records == 5_000


def test_a_header_alone_is_no_error(tmp_path: Path) -> None:
    file = only(write(tmp_path, "Company name,Website,Industry\n"))
    assert (list(file.rows()), file.records) == ([], 0)
    assert "nothing below" in file.notes[0]


def tree(sobject: str, *records: dict[str, object]) -> str:
    attributes = [
        {"attributes": {"type": sobject, "referenceId": f"{sobject}Ref{i}"}} for i in range(1, len(records) + 1)
    ]
    return json.dumps({"records": [{**a, **r} for a, r in zip(attributes, records, strict=True)]})


def test_record_trees_keep_their_references_apart(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    write(folder, tree("Account", {"Name": "Acme"}), "Accounts.json")
    write(folder, tree("Contact", {"LastName": "B", "AccountId": "@AccountRef1"}), "Contacts.json", "utf-8-sig")
    write(folder, tree("Market__c", {"Name": "X"}), "Markets.json")
    write(folder, json.dumps([{"sobject": "Account", "files": ["Accounts.json"]}]), "plan.json")
    found = survey([folder])
    account, person = (next(file.rows()) for file in found.files)
    assert isinstance(account, AccountRow)
    assert isinstance(person, PersonRow)
    assert account.external_id == "demo:AccountRef1"
    assert person.refs == (Ref("account", "id", "demo:AccountRef1"),)
    assert {s.path.name: s.reason.split(":")[0] for s in found.skipped} == {
        "Markets.json": "it holds Market__c records", "plan.json": "it is the plan of a record tree",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["{", "[1]", "null", '{"records": 5}', '{"records": [{}]}', "[" * 100_000])
def test_other_json_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ImportFileError):
        survey([write(tmp_path, text, "x.json")])
