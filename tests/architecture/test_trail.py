"""Nothing is shown and nothing is written past the audit trail."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot.services.results
from bot.services.desk import Desk
from bot.services.results.base import Result, accounts_in, fields_of
from bot.services.results.matching import Candidate, Match
from bot.services.trail.wording import DID
from bot.services.watching import is_desk

SERVICES = Path(bot.services.results.__file__).parents[1]

SILENT = {
    "asking/condensing.py condensed": "that a skill ran; showing what it said is recorded",
    "asking/memory.py judge": "what the asker thought of an answer: no fact about an account",
    "asking/memory.py remember": "what was understood of a question, for thirty days: no fact about an account",
    "binding.py note_bookmark": "which bookmark shows a binding that is recorded",
    "desk.py forget_handled": "deliveries that were handled",
    "erasing/account.py _rewrite": "a step of an erasure, which is recorded as a whole",
    "erasing/account.py _step": "the same",
    "erasing/account.py finish_account": "the same",
    "erasing/person.py _own_rows": "the same",
    "erasing/person.py _rewrite": "the same",
    "erasing/work.py writing": "a transaction for others",
    "health/alerts.py announce_falls": "planned messages; sending one is recorded",
    "health/nightly.py _keep": "readings, computed from what is recorded",
    "health/nightly.py keep_health": "the same",
    "importing/batch.py abandon": "nobody ever saw it",
    "importing/batch.py begin": "publishing is recorded",
    "importing/batch.py chunk": "publishing is recorded",
    "qbr/approving.py note_place": "where a thread stands",
    "reminders/desk.py redrawn": "which messages were drawn anew",
    "reminders/mornings.py let_go": "planned messages; sending one is recorded",
    "reminders/outbox.py _settle": "records what was sent, in a function of its own",
    "reminders/outbox.py aim": "the way of a message until it is sent",
    "reminders/outbox.py claim": "the same",
    "reminders/outbox.py renew": "the same",
    "reminders/own_planning.py plan_own": "planned messages; sending one is recorded",
    "reminders/planning.py _plan": "the same",
    "reminders/planning.py plan": "the same",
    "reminders/team.py plan_members": "the same",
    "skills/draft.py draft_skill": "that a skill ran; showing what it drafted is recorded",
    "skills/ledger.py set_aside": "what a model costs",
    "skills/ledger.py settle": "the same",
    "writing.py writing": "a transaction for others",
}
"""Transactions that leave no event, and why they need not."""

CHOSEN_ON_THE_SHELL = {"Somebody"}
"""Whom to erase: an account is named to tell two people apart, on the shell that shows everything."""


def _results() -> Iterator[type[Result]]:
    for found in pkgutil.iter_modules(bot.services.results.__path__, "bot.services.results."):
        importlib.import_module(found.name)
    waiting = [Result]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        yield kind


@pytest.mark.parametrize("kind", sorted(set(_results()), key=str), ids=lambda kind: kind.__name__)
def test_whatever_names_an_account_says_which(kind: type[Result]) -> None:
    names = {name for name in kind.model_fields if name.removesuffix("s") in ("account", "account_id")}
    counts = {name for name in names if kind.model_fields[name].annotation is int}
    ids, rest = fields_of(kind)
    exempt = kind.__name__ in CHOSEN_ON_THE_SHELL
    assert exempt or not names - counts or ids or rest, f"{kind.__name__} names an account without its AccountId"
    assert {name for name in names if "_id" in name} <= set(ids), f"{kind.__name__}: make it an AccountId"


def test_accounts_are_found_wherever_they_stand() -> None:
    one, two = (Candidate(id=name, name=name, hint="", score=1) for name in "ab")
    assert list(accounts_in((Match(query="x", outcome="several", candidates=(one, two)), None, one))) == ["a", "b", "a"]


def test_every_desk_is_watched() -> None:
    hints = {name: part.fget for name, part in vars(Desk).items() if isinstance(part, property)}
    kinds = {name: typing.get_type_hints(get, vars(importlib.import_module("bot.services.desk")))["return"]
             for name, get in hints.items() if get is not None}  # fmt: skip
    ours = {name: kind for name, kind in kinds.items() if getattr(kind, "__module__", "").startswith("bot.services")}
    assert {"reminders", "reviews", "trail", "asking", "plans"} <= ours.keys()
    for name, kind in ours.items():
        assert is_desk(kind), f"what {name} answers is not watched"


def test_every_use_case_that_writes_leaves_a_record() -> None:
    """Each function that opens a transaction appends to the trail, or stands above with the reason why not."""
    found = set()
    for path in SERVICES.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and _writes(function) and not _records(function):
                found.add(f"{path.relative_to(SERVICES).as_posix()} {function.name}")
    assert found == set(SILENT)


def _writes(function: ast.FunctionDef) -> bool:
    opened = [item.context_expr for one in ast.walk(function) if isinstance(one, ast.With) for item in one.items]
    return any(isinstance(one, ast.Call) and ast.unparse(one.func).endswith(("writing", "noting")) for one in opened)


def _records(function: ast.FunctionDef) -> bool:
    """By itself, or with `_act`, which records what is done with a reminder."""
    called = {ast.unparse(one.func) for one in ast.walk(function) if isinstance(one, ast.Call)}
    return bool(called & {"audit.append", "audit.append_many", "_act"})


def test_every_event_has_words() -> None:
    """What the trail calls it is no sentence; whoever reads it gets one."""
    used = set()
    for path in SERVICES.parent.rglob("*.py"):
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(one, ast.Call) and ast.unparse(one.func).endswith(("audit.append", "audit.append_many")):
                used |= {part.value for part in one.args[1:2] if isinstance(part, ast.Constant)}
    assert {"log", "remind", "import"} <= used
    assert used <= DID.keys()
