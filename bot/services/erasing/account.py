"""Erase an account: everything about it, its people, contracts and reviews, and its name from our own records.

What was written about other customers stays as it is, also where it names this one: how often is told.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from bot.domain.audience import Audience
from bot.domain.erasing import Traces
from bot.domain.ids import id_text
from bot.services.erasing import marks
from bot.services.erasing.whom import require_admin
from bot.services.erasing.work import CHANGE, Done, Work, counted
from bot.services.errors import NotFound
from bot.services.importing.batch import recover, require_no_import
from bot.services.results.erasing import Erased, ErasurePlan, Somebody
from bot.storage import audit
from bot.storage.database import Database, Reader
from bot.storage.erasing import records, rewriting, rows, subjects
from bot.storage.erasing.holdings import WORDS
from bot.storage.erasing.rewriting import STEP, Left

OF_OTHERS: Final = "said about other customers"
_OURS: Final = ("ask_turn", "change", "erasure", "import_file", "review_item")
"""Tables about no account in particular that name accounts all the same."""


def plan_account(database: Database, audience: Audience, account_id: int) -> ErasurePlan:
    """What would go. Raises NotFound when there is no such account."""
    require_admin(audience)
    with database.reading(audience) as reader:
        name = _name(reader, account_id)
        traces = _traces(reader, account_id)
        own = rows.count_account(reader, account_id)
        named = Counter(each.table for table in _OURS for each in _naming(reader, traces, table))
    one = id_text(account_id)
    who = Somebody(id=one, kind="account", name=name, email=None, account_id=one, account=name)
    return ErasurePlan(
        kind="account", who=(who,), own=counted(own), named=counted(named), alone=(), shared=(), namesakes=0
    )


def erase_account(work: Work, account_id: int) -> Erased:
    """Erase it. Raises NotFound when there is none, Busy while an import loads."""
    require_admin(work.audience)
    recover(work.database, work.audience, work.now)
    with work.writing() as writer:
        require_no_import(writer)
        _name(writer, account_id)
        pending = _pending(writer, account_id)
        one = records.start(writer, "account", pending)
        records.mark(writer, one, pending["marks"])
        audit.append(writer, "erase", account_id, {"erasure": id_text(one), "kind": "account"})
    return finish_account(work, one, pending)


def finish_account(work: Work, one: int, pending: dict[str, Any]) -> Erased:
    """Everything after the erasure was written down; doing any of it twice does no harm."""
    account_id, things = int(pending["account"]), [int(each) for each in pending["things"]]
    traces, more = Traces(marks=tuple(pending["names"])), Traces(marks=tuple(pending["names"] + pending["own"]))
    own: Counter[str] = Counter()
    while gone := _step(work, account_id):
        own += gone
    with work.writing() as writer:
        require_no_import(writer)
        writer.begin_change(CHANGE)  # what was read before is not remembered from here on, in any process
        own += rows.erase_things(writer, account_id, things)
    named = _rewrite(work, traces, more)
    with work.database.reading(work.audience) as reader:
        left = [_told(each) for each in rewriting.residue(reader, traces) if each.table != "erasure"]
    sentence = f"Erased. {own.total():,} rows about the account are gone; {named.total():,} records of ours say no more"
    return work.settle(one, Done("account", own, named, left, traces.marks, f"{sentence} its name."))


def _pending(reader: Reader, account_id: int) -> dict[str, Any]:
    things = rows.things_of(reader, account_id)
    return {
        "account": account_id,
        "things": things,
        "names": list(_traces(reader, account_id).marks),
        "own": subjects.names_of_things(reader, things),
        "marks": sorted(marks.of_account(reader, account_id, things)),
    }


def _traces(reader: Reader, account_id: int) -> Traces:
    return Traces(marks=tuple(name for _, name in subjects.names_of_account(reader, account_id)))


def _naming(reader: Reader, traces: Traces, table: str) -> list[rewriting.Named]:
    return list(rewriting.naming(reader, traces, table, WORDS[table]))


def _step(work: Work, account_id: int) -> Counter[str]:
    with work.writing() as writer:
        return rows.erase_facts(writer, account_id, STEP)


def _rewrite(work: Work, traces: Traces, more: Traces) -> Counter[str]:
    """Reports of imports name also what belonged to it; elsewhere such names may be anything's."""
    done: Counter[str] = Counter()
    for table in _OURS:
        with work.database.reading(work.audience) as reader:
            found = _naming(reader, more if table == "change" else traces, table)
        for at in range(0, len(found), STEP):
            with work.writing() as writer:
                done += rewriting.write(writer, found[at : at + STEP])
    return done


def _told(left: Left) -> Left:
    return left if left.why or left.table in _OURS else left._replace(why=OF_OTHERS)


def _name(reader: Reader, account_id: int) -> str:
    name = subjects.account_called(reader, account_id)
    if name is None:
        raise NotFound("There is no such account; it may have been erased before. `steward erase list` says.")
    return name
