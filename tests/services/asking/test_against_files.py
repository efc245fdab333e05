"""Answers on the sample book, each beside the same thing worked out slowly from the files that were imported."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias

import pytest

from bot.domain.asking import queries as q
from bot.domain.days import written
from bot.sample import sample_files
from bot.services.results.asking import Answer, Said
from bot.storage.database import Database
from tests.services.clerk import NOW, SELF, Clerk

TODAY = NOW.date()
Files: TypeAlias = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def files() -> Files:
    return {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(text))) for name, text in sample_files(TODAY).items()
    }


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, sqlite_template: bytes) -> Iterator[Clerk]:
    folder = tmp_path_factory.mktemp("sample")
    (folder / "book.db").write_bytes(sqlite_template)
    database = Database(f"sqlite:///{folder / 'book.db'}")
    clerk = Clerk(database, folder / "files")
    clerk.bring(dict(sample_files(TODAY)))
    yield clerk
    database.close()


def answer(sample: Clerk, question: q.Question) -> Answer:
    found = sample.desk.asking.rows(SELF, question, {})
    assert isinstance(found, Answer), found
    return found


def names(files: Files) -> dict[str, str]:
    return {row["id"]: row["name"] for row in files["accounts"]}


def at(row: dict[str, str], column: str) -> datetime:
    return datetime.fromisoformat(row[column])


def is_open(ticket: dict[str, str]) -> bool:
    return ticket["status"] != "solved" and at(ticket, "opened_at") <= NOW


def opened(ticket: dict[str, str]) -> date:
    return at(ticket, "opened_at").astimezone(UTC).date()


def test_owners(sample: Clerk, files: Files) -> None:
    for row in files["accounts"]:
        found = answer(sample, q.Owner(account=row["name"]))
        expected = f"{row['owner']} owns {row['name']}" if row["owner"] else f"Nobody is known to own {row['name']}."
        assert found.headline.replace(" (who has left)", "") == expected


def test_books_by_owner_and_segment(sample: Clerk, files: Files) -> None:
    for column, slot in (("owner", "whose"), ("segment", "segment")):
        for value, number in Counter(row[column] for row in files["accounts"] if row[column]).items():
            question = q.Book.model_validate({"query": "book", slot: value})
            assert answer(sample, question).total == number, value


def test_open_tickets(sample: Clerk, files: Files) -> None:
    found = [ticket for ticket in files["tickets"] if is_open(ticket)]
    assert answer(sample, q.Tickets()).total == len(found)
    old = [one for one in found if (TODAY - opened(one)).days >= 10]
    assert answer(sample, q.Tickets(days=10)).total == len(old) > 0
    urgent = [one for one in found if one["escalated"] == "true" or one["priority"] in ("urgent", "high")]
    assert answer(sample, q.Tickets(urgent=True)).total == len(urgent) > 0
    by_account = Counter(names(files)[one["account_id"]] for one in found)
    for name in names(files).values():
        one_account = answer(sample, q.Tickets(account=name))
        assert one_account.total == by_account[name], name
        oldest = min((opened(one) for one in found if names(files)[one["account_id"]] == name), default=None)
        assert min((row.on for row in one_account.rows if row.on), default=None) == oldest


def test_promises(sample: Clerk, files: Files) -> None:
    still = [one for one in files["promises"] if one["status"] == "open"]
    late = [one for one in still if one["due_on"] and date.fromisoformat(one["due_on"]) < TODAY]
    sides: tuple[Literal["us", "them"] | None, ...] = (None, "us", "them")
    for by in sides:
        assert answer(sample, q.Promises(by=by)).total == sum(by in (None, one["by"]) for one in still)
        found = answer(sample, q.Promises(by=by, overdue=True))
        assert found.total == sum(by in (None, one["by"]) for one in late)
    by_account = Counter(names(files)[one["account_id"]] for one in still)
    for name, number in by_account.items():
        quotes = {one["quote"] for one in still if names(files)[one["account_id"]] == name}
        found = answer(sample, q.Promises(account=name))
        assert found.total == number
        assert all(any(row.text.startswith(quote) for quote in quotes) for row in found.rows)


def last_touches(files: Files) -> dict[str, date]:
    """The day, in UTC, on which somebody last spoke with each: a call, a meeting, a mail or message either way."""
    found: dict[str, date] = {}
    for row in files["interactions"]:
        if row["kind"] != "note" and at(row, "at") <= NOW:
            day, name = at(row, "at").astimezone(UTC).date(), names(files)[row["account_id"]]
            found[name] = max(found.get(name, day), day)
    return found


def test_last_touch_and_silence(sample: Clerk, files: Files) -> None:
    touched = last_touches(files)
    for name in names(files).values():
        day = touched.get(name)
        said = written(day) if day is not None else "I found no conversation with them."
        assert said in answer(sample, q.Touch(account=name)).headline, name
    for days in (7, 14, 30, 60):
        silent = {name for name, day in touched.items() if (TODAY - day).days >= days}
        found = answer(sample, q.Silent(days=days))
        assert found.total == len(silent), days
        assert {row.account for row in found.rows} <= silent


def test_renewals_of_contracts_that_end(sample: Clerk, files: Files) -> None:
    """A contract's leading date is its notice deadline, or its end where that is over or none is known."""
    for within in (30, 90, 180):
        expected: dict[str, set[str]] = {}
        last = TODAY + timedelta(days=within)
        for row in files["contracts"]:
            if (row["status"] != "active" and row["status"] != "trial") or not row["ends_on"]:
                continue
            ends = date.fromisoformat(row["ends_on"])
            notice = ends - timedelta(days=int(row["notice_days"] or 0)) if row["notice_days"] else None
            lead = notice if notice is not None and notice >= TODAY else ends
            if TODAY <= lead <= last and date.fromisoformat(row["starts_on"]) <= TODAY:
                expected.setdefault(names(files)[row["account_id"]], set()).add(row["contract_number"])
        found = answer(sample, q.Renewals(when=f"next {within} days"))
        assert Counter(row.account for row in found.rows) == {name: len(each) for name, each in expected.items()}


def test_what_accounts_are_worth(sample: Clerk, files: Files) -> None:
    """The lines that run today, by currency: of several for one product the one that began last."""
    running = [row for row in files["contracts"] if row["status"] == "active" and row["starts_on"] <= TODAY.isoformat()]
    last = {(row["account_id"], row["product"]): row for row in sorted(running, key=lambda row: row["starts_on"])}
    worth: dict[str, Counter[str]] = {}
    for row in last.values():
        worth.setdefault(names(files)[row["account_id"]], Counter())[row["currency"]] += int(row["amount"])
    for name in names(files).values():
        found = answer(sample, q.Status(account=name, focus="arr"))
        assert {one.currency: one.amount for one in found.sums if one.amount} == worth.get(name, {}), name
    large = [name for name, sums in worth.items() if any(amount > 150_000 for amount in sums.values())]
    assert answer(sample, q.Book(over=Decimal(150_000))).total == len(large) > 0


def test_champions(sample: Clerk, files: Files) -> None:
    has = {
        row["account_id"]
        for row in files["people"]
        if row["role"] == "champion" and not row["left_on"] and row["active"] != "false"
    }
    without = {name for one, name in names(files).items() if one not in has}
    found = answer(sample, q.Gaps(role="champion"))
    assert found.total == len(without)
    assert {row.account for row in found.rows} <= without
    for name in sorted(without)[:3]:
        known = answer(sample, q.Contacts(account=name, role="champion"))
        assert all("left" in row.text for row in known.rows)


def test_what_was_said(sample: Clerk, files: Files) -> None:
    """Every note with the word is found, and nothing without it."""
    for word in ("procurement", "invoice"):
        for one, name in list(names(files).items())[:8]:
            notes = [row for row in files["interactions"] if row["account_id"] == one and at(row, "at") <= NOW]
            texts = [f"{row['subject']}. {row['text']}" for row in notes]
            texts += [row["subject"] for row in files["tickets"] if row["account_id"] == one]
            texts += [row["comment"] for row in files["surveys"] if row["account_id"] == one and at(row, "at") <= NOW]
            holding = [text for text in texts if re.search(rf"\b{word}", text, re.IGNORECASE)]
            assert answer(sample, q.Said(topic=word, account=name)).total == len(holding), (word, name)


def test_every_answer_says_what_it_read_and_how_new_it_is(sample: Clerk, files: Files) -> None:
    newest = max(at(row, "at") for row in files["interactions"] if at(row, "at") <= NOW).date()
    acme = files["accounts"][0]["name"]
    every: tuple[q.Question, ...] = (
        q.Silent(), q.AtRisk(), q.Said(topic="invoice"), q.Promises(), q.Gaps(), q.Contacts(account=acme),
        q.Owner(account=acme), q.Status(account=acme), q.Steps(account=acme), q.Usage(), q.Tickets(),
    )  # fmt: skip
    for question in every:
        receipts = answer(sample, question).receipts
        assert receipts.read
        assert receipts.newest_on is not None, question
    for question in every[:3]:
        assert (answer(sample, question).receipts.newest_on or date.min) >= newest


def test_renewals_that_are_over_or_far_ahead(sample: Clerk) -> None:
    (over,) = sample.desk.asking.ask(SELF, "what renewed in Q1 2025? which renewals in 2025").replies[:1]
    assert isinstance(over, Said)
    assert over.sentence.startswith("That is over: ")
    assert answer(sample, q.Renewals(when="until 2033-01-01")).total > answer(sample, q.Renewals(when="2026")).total > 0


def test_says_what_it_does_not_go_by(sample: Clerk) -> None:
    (found,) = sample.desk.asking.ask(SELF, "open tickets of Halvorsen last month").replies
    assert isinstance(found, Answer)
    assert found.understood == "Open tickets, Halvorsen Shipping Group AS, as of now: not by “last month”"
    figure = answer(sample, q.Metric(kpi="arr", whose="maya", segment="strategic"))
    assert "not by segment strategic: a figure goes by one scope" in figure.receipts.missing
    (refused,) = sample.desk.asking.ask(SELF, "renewals next quarter except enterprise").replies
    assert isinstance(refused, Said)
    assert refused.sentence.startswith("I can list what is so, not what is not so.")
