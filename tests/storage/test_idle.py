"""Connections that readers pass on among themselves."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.audience import Audience
from bot.storage.database import Database
from tests.conftest import NOW

COUNT = sa.text("SELECT count(*) FROM handled")


def driver(database: Database, audience: Audience) -> Any:
    with database.reading(audience) as reader:
        return reader._driver


def count(database: Database, audience: Audience) -> int:
    with database.reading(audience) as reader:
        return int(reader._driver.execute("SELECT count(*) FROM handled").fetchone()[0])


def test_who_reads_next_gets_the_connection_of_who_read_before(sqlite_database: Database, audience: Audience) -> None:
    first = driver(sqlite_database, audience)
    assert driver(sqlite_database, audience) is first
    assert not first.in_transaction


def test_each_reader_looks_anew(sqlite_database: Database, audience: Audience) -> None:
    assert count(sqlite_database, audience) == 0
    assert sqlite_database.claim("a", NOW, patient=True)
    assert count(sqlite_database, audience) == 1
    assert sqlite_database.claim("b", NOW, patient=False)
    assert count(sqlite_database, audience) == 2


def test_a_reader_that_fails_leaves_no_transaction_behind(sqlite_database: Database, audience: Audience) -> None:
    def fail() -> None:
        with sqlite_database.reading(audience) as reader:
            held.append(reader._driver)
            raise ZeroDivisionError

    held: list[Any] = []
    with pytest.raises(ZeroDivisionError):
        fail()
    assert not held[0].in_transaction
    assert sqlite_database.claim("a", NOW, patient=True)
    assert count(sqlite_database, audience) == 1


def test_one_that_needed_more_goes_back_to_the_pool_and_can_be_had_again(
    sqlite_database: Database, audience: Audience
) -> None:
    for _ in range(30):  # more than the pool lends at once
        with sqlite_database.reading(audience) as reader:
            assert reader.connection.execute(COUNT).scalar() == 0
        assert count(sqlite_database, audience) == 0


def test_readers_at_the_same_time_have_their_own(sqlite_database: Database, audience: Audience) -> None:
    together = threading.Barrier(6)

    def read() -> int:
        with sqlite_database.reading(audience) as reader:
            together.wait(30)
            return id(reader._driver)

    with ThreadPoolExecutor(6) as pool:
        assert len({one.result() for one in [pool.submit(read) for _ in range(6)]}) == 6
    with ThreadPoolExecutor(6) as pool:
        assert len({one.result() for one in [pool.submit(read) for _ in range(6)]}) == 6


def test_closing_lets_go_of_the_file(sqlite_database: Database, audience: Audience) -> None:
    held = driver(sqlite_database, audience)
    sqlite_database.close()
    with pytest.raises(Exception, match="closed"):
        held.execute("SELECT 1")
    assert count(sqlite_database, audience) == 0
