"""An import or an undo that is killed at any point leaves what users see as it was; the next start cleans up."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.clock import system_clock
from bot.domain.audience import SHELL, only_the_asker
from bot.services.importing.batch import recover
from bot.services.importing.undo import history
from bot.storage.database import Database
from tests.services.clerk import Clerk, counts

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("begun", "written", "committed")
OLD = {"accounts.csv": "id,name,domain,segment,owner\n1,Birch,birch.example,mid,Ida\n2,Oak,oak.example,mid,Ida\n"}


def _new() -> dict[str, str]:
    """About 2,500 rows that create, change and leave things to review."""
    accounts = "".join(f"{n},Kunde {n:03d},k{n}.example,mid,Ole\n" for n in range(3, 400))
    calls = "".join(f"C{n},{n % 405},2026-02-{n % 28 + 1:02d},call,Call {n}\n" for n in range(1_500))
    usage = "".join(f"U{n},{n % 300 + 1},2026-02-{n % 28 + 1:02d},logins,{n}\n" for n in range(600))
    return {
        "accounts.csv": f"id,name,domain,segment,owner\n1,Birch Renamed,birch.example,big,Ole\n{accounts}",
        "contracts.csv": "contract number,account id,product,mrr,start date,end date\n"
        + "".join(f"K{n},{n},Folio,10,2026-01-01,2026-12-31\n" for n in range(1, 40)),
        "calls.csv": f"call_id,account_id,activity date,activity type,subject\n{calls}",
        "usage.csv": f"usage_id,account_id,on,metric,value\n{usage}",
    }


def _run(database: Database, verb: str, argument: str, transaction: int, where: str) -> tuple[int, str]:
    """The exit code and output of a loader."""
    address = database.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.crash.loader", address, verb, argument, str(transaction), where]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    return done.returncode, done.stdout + done.stderr


def _killed(clerk: Clerk, transaction: int, where: str) -> bool:
    """Kill an import there. False when it was through before; then it is taken back."""
    code, said = _run(clerk.database, "import", str(clerk.folder), transaction, where)
    assert code in {0, -signal.SIGKILL}, said
    if code == 0:
        clerk.undo(history(clerk.database, only_the_asker(SHELL))[0].batch)
    return code != 0


def _moments(transactions: int, count: int, seed: int) -> list[tuple[int, str]]:
    """Where to kill: the beginning and the end for certain, the rest by chance."""
    every = [(number, where) for number in range(1, transactions + 1) for where in PLACES]
    last = (transactions, "written")
    always = [(1, "begun"), (1, "committed"), (2, "written"), last]
    rest = [one for one in every if one not in always and one != (transactions, "committed")]
    return always + random.Random(seed).sample(rest, min(count - len(always), len(rest)))  # noqa: S311 - no secret


def _leftovers(clerk: Clerk) -> dict[str, int]:
    """Rows per table of changes that are not live; entities are ids that nobody can see."""
    found = {}
    with clerk.database.reading(only_the_asker(SHELL)) as reader:
        for table in sa.inspect(reader.connection).get_table_names():
            columns = {column["name"] for column in sa.inspect(reader.connection).get_columns(table)}
            for name in {"v_in", "v_out", "change_id"} & columns if table != "entity" else ():
                dead = sa.text(
                    f"SELECT count(*) FROM \"{table}\" WHERE {name} IN (SELECT id FROM change WHERE state <> 'live')"  # noqa: S608
                )
                if count := reader.connection.execute(dead).scalar():
                    found[f"{table}.{name}"] = count
    return found


@pytest.fixture
def seed() -> int:
    number = int(os.environ.get("CRASH_SEED", random.SystemRandom().randrange(10**6)))
    sys.stdout.write(f"CRASH_SEED={number}\n")
    return number


def _prove_kills(clerk: Clerk, moments: Sequence[tuple[int, str]]) -> int:
    """Kill, look, clean up, look again; at the end the import goes through and comes again without a change.

    Returns how often it was killed.
    """
    files = _new()
    clerk.bring(OLD)
    before, stats = clerk.visible(), clerk.stats()
    clerk.write(files)
    kills = 0
    for number, (transaction, where) in enumerate(moments):
        kills += _killed(clerk, transaction, where)
        assert (clerk.visible(), clerk.stats()) == (before, stats), (transaction, where)
        assert clerk.find("kunde 077").outcome == "none"
        if number % 2:  # else the next import is what cleans up
            recover(clerk.database, only_the_asker(SHELL), system_clock)
            assert _leftovers(clerk) == {}, (transaction, where)
            assert clerk.visible() == before
    report = clerk.bring(files)
    assert counts(report)["created"] > 2_000
    assert _leftovers(clerk) == {}
    assert clerk.found("kunde 077") == "Kunde 077"
    clerk.again_changes_nothing(files)
    return kills


def _transactions(clerk: Clerk) -> int:
    """How many writing transactions the import has, seen on a copy that nobody kills."""
    clerk.bring(OLD)
    clerk.write(_new())
    code, said = _run(clerk.database, "import", str(clerk.folder), 0, "never")
    assert code == 0, said
    return int(said)


def test_kills_on_sqlite(sqlite_template: bytes, tmp_path: Path, seed: int) -> None:
    """Several databases side by side, so that both processors have something to do."""
    clerks = []
    for number in range(4):
        path = tmp_path / f"steward{number}.db"
        path.write_bytes(sqlite_template)
        clerks.append(Clerk(Database(f"sqlite:///{path}"), tmp_path / f"files{number}"))
    transactions = _transactions(clerks[0])
    moments = _moments(transactions, 36, seed)
    with ThreadPoolExecutor(3) as pool:
        proofs = [pool.submit(_prove_kills, clerk, moments[at::3]) for at, clerk in enumerate(clerks[1:])]
        assert sum(proof.result() for proof in proofs) >= 30
    for clerk in clerks:
        clerk.database.close()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_kills_on_postgresql(clerk: Clerk, seed: int) -> None:
    assert _prove_kills(clerk, _moments(24, 13, seed)) >= 10


def test_kills_while_an_undo_removes_what_it_undoes(clerk: Clerk, seed: int) -> None:
    files = _new()
    clerk.bring(OLD)
    before, stats = clerk.visible(), clerk.stats()
    for transaction, where in ((1, "written"), (1, "committed"), (3, "committed"), (9, "written"), (30, "begun")):
        report = clerk.bring(files)
        shown = clerk.visible()
        code, said = _run(clerk.database, "undo", str(report.batch), transaction, where)
        assert code in {0, -signal.SIGKILL}, said
        hidden = (transaction, where) != (1, "written")
        assert clerk.visible() == (before if hidden else shown)
        if hidden:
            recover(clerk.database, only_the_asker(SHELL), system_clock)
        else:
            clerk.undo(report)
        assert (clerk.visible(), clerk.stats(), _leftovers(clerk)) == (before, stats, {})
        assert clerk.find("kunde 077").outcome == "none"
