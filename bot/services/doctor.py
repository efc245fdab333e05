"""Is everything in place? A line each, with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from bot.clock import Clock
from bot.documents.brand import BrandError, load_brand
from bot.domain.audience import SYSTEM, only_the_asker
from bot.services.results import Check
from bot.storage import batches, chain, migrate
from bot.storage.database import Database, DatabaseError
from bot.storage.erasing import records
from bot.storage.queries import portfolio, stats

_EVENTS: Final = 20_000
"""Of the audit trail; `steward audit verify` looks at all."""


def _check(name: str, state: Literal["ok", "warning", "error"], sentence: str) -> Check:
    return Check(name=name, state=state, sentence=sentence)


def check_policies(faults: Sequence[str]) -> Check:
    """Whether the policy files can be used; `faults` says why not."""
    if faults:
        return _check("policies", "error", f"{'; '.join(faults)}. See steward policies check.")
    return _check("policies", "ok", "Weights, cadences, ladders and thresholds are read.")


def check_skills(problems: Sequence[str], model: str | None) -> Check:
    """Whether the manuals of skills can be used, and who words drafts."""
    if problems:
        return _check("skills", "error", f"{' '.join(problems)} See steward skills check.")
    return _check("skills", "ok", f"Drafts are worded by {model}." if model else "Drafts are written without a model.")


def check_brand(folder: Path | None) -> Iterator[Check]:
    """Whether files can have the look of STEWARD_BRAND; nothing to say where none is set up."""
    if folder is None:
        return
    from bot.documents.specimen import specimen  # what writes slides and paper is slow to load

    try:
        specimen(load_brand(folder))
    except BrandError as error:
        yield _check("brand", "error", f"STEWARD_BRAND: {error}")
    except OSError as error:
        yield _check("brand", "error", f"STEWARD_BRAND: {error.filename or folder} cannot be read ({error.strerror}).")
    else:
        yield _check("brand", "ok", f"Business reviews look as {folder} says.")


def examine_database(database: Database, clock: Clock) -> Iterator[Check]:
    """The database: reachable, at the right revision, filled, and the audit trail unbroken."""
    where = migrate.describe(database)
    try:
        revision = migrate.current(database)
    except DatabaseError as error:
        yield _check("database", "error", f"{error}. Check DATABASE_URL and the file's permissions.")
        return
    if revision != migrate.head():
        state = f"at revision {revision}" if revision else "empty"
        yield _check("database", "warning", f"{where} is {state}; run steward migrate.")
        return
    yield _check("database", "ok", f"{where} is at revision {revision}.")
    yield from _contents(database, clock())


def _contents(database: Database, now: datetime) -> Iterator[Check]:
    with database.reading(only_the_asker(SYSTEM)) as reader:
        accounts = portfolio.accounts_in_all(reader)
        orphans = stats.accounts_without_owner(reader)
        loading = batches.loading(reader)
        erasing = records.unfinished(reader)
        broken = next(chain.Look(reader, newest=_EVENTS).faults(), None)
    if accounts == 0:
        yield _check("book", "warning", "No accounts yet; run steward import FOLDER with your CRM's export.")
    elif orphans:
        advice = "nobody is asked about them; set their owners in your CRM"
        yield _check("book", "warning", f"{accounts:,} accounts, {orphans:,} without an active owner: {advice}.")
    else:
        yield _check("book", "ok", f"{accounts:,} accounts, each with an owner.")
    for one in loading:
        dead = one.lease_until is None or one.lease_until < now
        running = "it is running, or died less than two minutes ago"
        advice = "it died; the next start or import removes what it left" if dead else running
        yield _check("import", "warning", f"An import ({one.note}) is unfinished: {advice}.")
    for one in erasing:
        since = f"since {one.at:%Y-%m-%d %H:%M} UTC"
        yield _check("erasure", "warning", f"Erasing a {one.kind} is unfinished {since}; run steward erase finish.")
    if broken is None:
        yield _check("audit", "ok", f"The audit trail is unbroken, as far as its newest {_EVENTS:,} events go.")
    else:
        what = f"The audit trail was altered at event {broken.seq}: {broken.what}."
        yield _check("audit", "error", f"{what} See steward audit verify, and compare with a backup.")
