"""`steward audit`: what the shell shows is recorded, the trail can be read, verified and taken along."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage.database import Database
from tests.cli.test_log import clerk, steward, told
from tests.services.clerk import Clerk
from tests.storage.tampering import by_hand

__all__ = ["clerk"]


@pytest.fixture
def used(clerk: Clerk) -> Clerk:
    """A trail: a note about Acme, and its card on the shell."""
    steward("log", "acme", "call: Ms Ågren asked for a quote", "--people", "Ana")
    steward("account", "acme")
    return clerk


def test_what_the_shell_shows_is_recorded_once_and_by_whom(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ida")
    acme = told("account", "acme")["id"]
    [card] = [one for one in told("audit", "list", "--account", "acme") if one["action"] == "shown"]
    assert (card["actor"], card["via"], card["account_id"]) == ("shell", "shell", acme)
    assert (card["sentence"], card["detail"]) == (
        "shell was shown its card on the shell",
        {"what": ["card"], "where": "shell"},
    )
    assert card["changes"] == [{"field": "shell.user", "before": None, "after": "ida", "erased": False}]
    [looked] = told("audit", "list", "--limit", "1")
    assert looked["detail"]["what"] == ["audit trail"]


def test_a_name_that_was_only_looked_up_was_shown_too(clerk: Clerk) -> None:
    clerk.bring({"accounts.csv": "id,name,segment,owner\n1,Acme Corp,mid,Ida\n2,Oak,mid,Ole\n3,Acme Labs,mid,Ida\n"})
    steward("account", "acm", code=2)
    newest = told("audit", "list", "--limit", "1")[0]
    assert (newest["detail"]["what"], len(newest["accounts"])) == (["name"], 2)


def test_the_list_says_before_and_after(used: Clerk) -> None:
    said = steward("audit", "list", "--account", "acme").stdout
    assert "logged what happened" in said
    assert "interaction.text: nothing -> Ms Ågren asked for a quote" in said
    assert "Oak" not in said
    assert steward("audit", "list", "--who", "shell", "--limit", "1").stdout.count(" UTC  ") == 1
    assert "Nobody called 'maya'" in steward("audit", "list", "--who", "maya", code=2).stderr
    assert "is no day I know" in steward("audit", "list", "--since", "soon", code=2).stderr


def test_verify_and_head(used: Clerk) -> None:
    head = steward("audit", "head").stdout.strip()
    found = steward("audit", "verify", "--head", head).stdout
    assert "The audit trail is whole: " in found
    assert head in found
    assert "takes the 64 characters" in steward("audit", "verify", "--head", "abc", code=2).stderr
    with by_hand(used.database) as writer:
        last = writer.execute(sa.text("SELECT max(seq) FROM audit_event")).scalar_one()
        for table in ("audit_value", "audit_account", "audit_event"):
            writer.execute(sa.text(f"DELETE FROM {table} WHERE seq = {last}"))  # noqa: S608 - names are ours
    assert "is whole" in steward("audit", "verify").stdout
    assert f"{head} is not there" in steward("audit", "verify", "--head", head, code=1).stdout


def test_verify_names_what_was_changed(used: Clerk) -> None:
    with by_hand(used.database) as writer:
        writer.execute(sa.text("UPDATE audit_value SET after = 'nothing of the kind' WHERE field = 'interaction.text'"))
    done = steward("audit", "verify", code=1).stdout
    assert "is broken in 1 places" in done
    assert "its value of interaction.text was changed" in done
    checked = json.loads(steward("audit", "verify", "--json", code=1).stdout)
    assert (checked["broken"], len(checked["faults"])) == (1, 1)


# What anybody needs to verify an export, as the README says it; nothing of Steward's is used.


def problems(lines: Iterator[dict[str, Any]]) -> list[str]:
    found, previous = [], "0" * 64
    for line in lines:
        event = json.loads(line["event"])
        if hashlib.sha256(line["event"].encode()).hexdigest() != line["hash"]:
            found.append(f"{event['seq']} was changed")
        if event.get("previous", event.get("previous_hash")) != previous:
            found.append(f"{event['seq']} does not follow")
        previous = line["hash"]
        seals = (event["detail"] or {}).get("values", [])
        for (field, salt, before, after), (_, _, seal) in zip(line["values"], seals, strict=True):
            text = json.dumps([salt, before, after], ensure_ascii=False, separators=(",", ":"))
            if salt is not None and hashlib.sha256(text.encode()).hexdigest() != seal:
                found.append(f"{field} of {event['seq']} was changed")
    return found


def exported(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".jsonl":
            return [json.loads(line) for line in file]
        return [{**row, "values": json.loads(row["values"] or "[]")} for row in csv.DictReader(file)]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_can_be_verified_without_us(used: Clerk, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"trail.{form}"
    assert f"Wrote the audit trail to {path}" in steward("audit", "export", str(path)).stdout
    lines = exported(path)
    assert len(lines) == len(used.rows_of("audit_event"))
    assert problems(iter(lines)) == []
    assert any("Ågren" in json.dumps(one["values"], ensure_ascii=False) for one in lines)
    assert "Ågren" not in json.dumps([one["event"] for one in lines], ensure_ascii=False)
    with_text = next(one for one in lines if one["values"])
    with_text["values"][0][3] = "something else"
    assert len(problems(iter(lines))) == 1
    assert problems(iter([lines[0], *lines[2:]])) != []
    assert "must end in .jsonl or .csv" in steward("audit", "export", str(tmp_path / "trail.txt"), code=2).stderr


def test_the_first_events_of_all_can_be_verified_too(clerk: Clerk, sqlite_database: Database, tmp_path: Path) -> None:
    """They were hashed in another way, and nothing was written beside them."""
    first = {"seq": 1, "at": "2026-01-02T03:04:05.000000", "actor": "Ida", "via": "shell", "action": "log",
             "subject_id": None, "detail": {"n": "ü"}, "previous_hash": "0" * 64}  # fmt: skip
    text = json.dumps(first, sort_keys=True, ensure_ascii=False)
    with by_hand(sqlite_database) as writer:
        for table in ("audit_value", "audit_account", "audit_event"):
            writer.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - names are ours
        row = {**first, "detail": '{"n":"ü"}', "hash": hashlib.sha256(text.encode()).hexdigest()}
        names = ", ".join(row)
        writer.execute(sa.text(f"INSERT INTO audit_event ({names}) VALUES (:{', :'.join(row)})"), row)  # noqa: S608
    steward("log", "acme", "call: hello")
    assert "is whole" in steward("audit", "verify").stdout
    steward("audit", "export", str(tmp_path / "trail.jsonl"))
    assert problems(iter(exported(tmp_path / "trail.jsonl"))) == []
