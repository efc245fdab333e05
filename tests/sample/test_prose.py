"""What is written reads like sentences."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from tests.sample.reading import DAYS, Book, book

ENDINGS = tuple(".!?”)…")
NAMES_AT_THE_END = re.compile(r"(?:\n|[.!?,] )[A-ZÀ-Ý][\w’.-]+(?: [A-ZÀ-Ý][\w’-]+){0,2}$")
"""A mail may end with the name of its writer."""
FILLER = re.compile(r"[{}]|\blorem\b|\bipsum\b|Company_|\bTODO\b|\bNone\b|\bnan\b", re.IGNORECASE)
every_day = pytest.mark.parametrize("today", DAYS, ids=str)


def texts(read: Book) -> list[str]:
    columns = (
        ("interactions", "text"), ("interactions", "subject"), ("tickets", "text"), ("tickets", "subject"),
        ("promises", "quote"), ("surveys", "comment"), ("opportunities", "next_step"),
    )  # fmt: skip
    return [row[column] for name, column in columns for row in read.files[f"{name}.csv"] if row[column]]


@every_day
def test_no_unfilled_slot_and_no_double_space(today: date) -> None:
    for text in texts(book(today)):
        assert not FILLER.search(text), text
        assert not re.search(r" {2}|\s$|^\s| [.,;:!?]|\.\.(?!\.)|,,", text), text


@every_day
def test_sentences_end(today: date) -> None:
    files = book(today).files
    whole = [row["text"] for name in ("interactions", "tickets") for row in files[f"{name}.csv"]]
    whole += [row["quote"] for row in files["promises.csv"]]
    assert [text for text in whole if not (text.endswith(ENDINGS) or NAMES_AT_THE_END.search(text))] == []


@every_day
def test_sentences_begin_with_a_capital(today: date) -> None:
    for row in book(today).files["interactions.csv"]:
        assert not re.match(r"[a-z]", row["text"]), row["text"]
        if "evil.example" not in row["text"]:
            assert not re.search(r"[a-z]{3}[.!?] [a-z]", row["text"]), row["text"]


@every_day
def test_hardly_any_text_comes_twice(today: date) -> None:
    for name, most in (("interactions", 0.03), ("tickets", 0.10)):
        counted = Counter(row["text"] for row in book(today).files[f"{name}.csv"])
        assert sum(times - 1 for times in counted.values()) / counted.total() < most


@every_day
def test_notes_speak_of_what_the_account_has(today: date) -> None:
    """A seat figure in a usage note is one that a contract of the account has, or the sum of two."""
    read = book(today)
    for account in read.accounts.values():
        sold = [int(row["quantity"]) for row in read.of("contracts", account) if row["product"] == "Folio"]
        possible = {*sold, *(a + b for a in sold for b in sold)}
        for row in read.of("interactions", account):
            for seats in re.findall(r"(?<=of )\d+(?= (?:seats|people active))", row["text"]):
                assert int(seats) in possible, row["text"]


@every_day
def test_tickets_named_in_notes_exist(today: date) -> None:
    files = book(today).files
    known = {row["id"]: row["account_id"] for row in files["tickets.csv"]}
    named = [(n, row) for row in files["interactions.csv"] for n in re.findall(r"\bT-\d{4,5}\b", row["text"])]
    assert len(named) > 40
    assert all(known[number] == row["account_id"] for number, row in named)
