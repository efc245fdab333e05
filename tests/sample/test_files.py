"""The files as files: same bytes every time, nothing dangling, no date that cannot be."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final

import pytest

from bot.domain import records
from bot.sample import sample_files, write_sample_book
from tests.sample.reading import DAYS, Row, book

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "members": records.MemberRow._fields,
    "products": records.ProductRow._fields,
    "accounts": records.AccountRow._fields,
    "people": records.PersonRow._fields,
    "contracts": records.ContractRow._fields,
    "opportunities": records.OpportunityRow._fields,
    "interactions": records.InteractionRow._fields,
    "promises": records.CommitmentRow._fields,
    "tickets": records.TicketRow._fields,
    "surveys": records.SurveyRow._fields,
    "usage": records.UsageRow._fields,
}
REFERENCES = {
    "id", "account", "account_id", "owner", "owner_email", "author_email", "person_email", "product", "parent",
    "manager",
}  # fmt: skip
OTHER_NAMES = {"contract_number": "number", "survey": "kind"}
WORDS = {
    "kind": {"customer", "prospect", "former"},
    "role": {"champion", "economic buyer", "decision-maker", "influencer", "detractor", "sponsor", "user"},
}
every_day = pytest.mark.parametrize("today", DAYS, ids=str)


def test_the_same_day_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_sample_book(tmp_path / "a", DAYS[0])
    second = write_sample_book(tmp_path / "b", DAYS[0])
    assert [path.name for path in first] == list(sample_files(DAYS[0]))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_another_seed_tells_it_differently_but_keeps_the_cast() -> None:
    one, other = sample_files(DAYS[4], 7), sample_files(DAYS[4], 8)
    assert one["accounts.csv"] == other["accounts.csv"]
    assert one["contracts.csv"] == other["contracts.csv"]
    assert one["interactions.csv"] != other["interactions.csv"]


def test_columns_are_the_fields_of_the_typed_rows() -> None:
    for name, rows in book(DAYS[4]).files.items():
        fields = set(FIELDS[name.removesuffix(".csv")])
        columns = {OTHER_NAMES.get(column, column) for column in rows[0]}
        assert columns - REFERENCES <= fields, name


@every_day
def test_the_book_has_a_real_size(today: date) -> None:
    count = {name.removesuffix(".csv"): len(rows) for name, rows in book(today).files.items()}
    assert 38 <= count["accounts"] <= 46
    assert 110 <= count["people"] <= 140
    assert 60 <= count["contracts"] <= 160
    assert 2300 <= count["interactions"] <= 2800
    assert 550 <= count["tickets"] <= 680
    assert 380 <= count["surveys"] <= 560
    assert 7500 <= count["usage"] <= 10_000


@every_day
def test_ids_are_unique(today: date) -> None:
    for name, rows in book(today).files.items():
        ids = Counter(row["id"] for row in rows)
        assert all(ids), name
        assert [key for key, times in ids.items() if times > 1] == [], name


@every_day
def test_every_reference_resolves(today: date) -> None:
    files = book(today).files
    known = {
        "account_id": {row["id"] for row in files["accounts.csv"]},
        "account": {row["name"] for row in files["accounts.csv"]},
        "parent": {row["name"] for row in files["accounts.csv"]},
        "owner": {row["name"] for row in files["members.csv"]},
        "owner_email": {row["email"] for row in files["members.csv"]},
        "author_email": {row["email"] for row in files["members.csv"]},
        "manager": {row["email"] for row in files["members.csv"]},
        "product": {row["name"] for row in files["products.csv"]},
        "person_email": {row["email"] for row in files["people.csv"]},
    }
    for name, rows in files.items():
        for column in known.keys() & rows[0].keys():
            found = {row[column] for row in rows} - {""}
            assert found <= known[column], (name, column, found - known[column])


def test_addresses_are_unique_and_invented() -> None:
    files = book(DAYS[4]).files
    addresses = [row["email"] for name in ("people.csv", "members.csv") for row in files[name]]
    assert len(set(addresses)) == len(addresses)
    assert all(re.fullmatch(r"[a-z0-9.-]+@[a-z0-9.-]+\.example", address) for address in addresses)


def test_closed_sets_hold_known_words_only() -> None:
    files = book(DAYS[4]).files
    assert {row["kind"] for row in files["accounts.csv"]} == WORDS["kind"]
    assert {row["role"] for row in files["people.csv"]} == WORDS["role"]
    assert {row["kind"] for row in files["interactions.csv"]} == {"call", "email", "meeting", "note", "message"}


@every_day
def test_nothing_happened_in_the_future(today: date) -> None:
    midnight = datetime.combine(today, time(), UTC)
    moments = {"interactions": ("at",), "surveys": ("at",), "tickets": ("opened_at", "first_response_at", "solved_at")}
    for name, columns in moments.items():
        for row in book(today).files[f"{name}.csv"]:
            for column in columns:
                assert not row[column] or datetime.fromisoformat(row[column]) < midnight, row
    days = {
        "usage": "on",
        "people": "left_on",
        "promises": "made_on",
        "accounts": "created_on",
        "opportunities": "opened_on",
    }
    for name, column in days.items():
        assert all(
            date.fromisoformat(row[column]) < today for row in book(today).files[f"{name}.csv"] if row[column]
        ), name
    assert all(not row["kept_on"] or row["kept_on"] <= today.isoformat() for row in book(today).files["promises.csv"])


@every_day
def test_things_end_after_they_begin(today: date) -> None:
    files = book(today).files
    for row in files["contracts.csv"]:
        assert row["signed_on"] < row["starts_on"] < row["ends_on"], row
    for row in files["tickets.csv"]:
        opened = datetime.fromisoformat(row["opened_at"])
        assert all(datetime.fromisoformat(row[c]) > opened for c in ("first_response_at", "solved_at") if row[c]), row
        assert (row["status"] == "solved") == bool(row["solved_at"]), row
    for row in files["promises.csv"]:
        assert row["made_on"] <= row["due_on"], row
        assert not row["kept_on"] or row["kept_on"] >= row["made_on"], row
        assert (row["status"] == "kept") == bool(row["kept_on"]), row
    for row in files["opportunities.csv"]:
        assert row["opened_on"] <= row["closed_on"], row
        assert (row["outcome"] == "open") == (row["closed_on"] >= today.isoformat()), row


@every_day
def test_terms_of_one_line_follow_each_other_without_a_gap(today: date) -> None:
    numbers: dict[str, set[tuple[str, str]]] = {}
    for row in book(today).files["contracts.csv"]:
        numbers.setdefault(row["contract_number"], set()).add((row["account_id"], row["starts_on"]))
        assert float(row["amount"]) > 0 or row["trial"] == "true"
    assert all(len(owners) == 1 for owners in numbers.values()), "a contract number belongs to one account and one term"


@every_day
def test_people_work_in_office_hours_and_hardly_on_weekends(today: date) -> None:
    rows = book(today).files["interactions.csv"]
    local = [datetime.fromisoformat(row["at"]) for row in rows]
    assert all(8 <= moment.hour <= 17 for moment in local)
    assert sum(moment.weekday() > 4 for moment in local) < len(local) * 0.02


@every_day
def test_nobody_is_met_after_leaving(today: date) -> None:
    read = book(today)
    for person in read.files["people.csv"]:
        if person["left_on"]:
            met = [row for row in _of(read.files["interactions.csv"], person) if person["name"] in row["people"]]
            assert met
            assert max(row["at"][:10] for row in met) <= person["left_on"]


def _of(rows: tuple[Row, ...], person: Row) -> list[Row]:
    return [row for row in rows if row["account_id"] == person["account_id"]]
