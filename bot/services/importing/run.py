"""Bring files in: all of them become visible at once, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any, Protocol

from bot.domain.audience import Audience
from bot.domain.ids import id_text, new_id
from bot.domain.records import AssociationRow, Kind
from bot.importers import ImportFileError, Mapping, Options, SourceFile, Survey, survey
from bot.services.importing import batch as batching
from bot.services.importing import facts, load_accounts, load_contracts, nouns
from bot.services.importing.batch import Batch, Now
from bot.services.importing.erased import Erased
from bot.services.importing.loading import Load
from bot.services.importing.report import FileReport, ImportReport, Skipped
from bot.storage import batches
from bot.storage.database import Database
from bot.storage.rehearsal import rehearsal

_NOUNS = ("member", "product", "account", "person", "contract", "opportunity")


class Progress(Protocol):
    """Told what is being read and how far it is, in bytes of the file."""

    def __call__(self, file: SourceFile, done: int) -> None: ...


@dataclass(frozen=True)
class Request:
    """What to bring in and how.

    `create_accounts` makes accounts of customers that only other files name; `stopped` is asked between pieces.
    """

    paths: tuple[Path, ...]
    options: Options
    dry_run: bool = False
    create_accounts: bool = False
    stopped: Callable[[], bool] = lambda: False


def look(database: Database, audience: Audience, request: Request) -> Survey:
    """What the files are, with mappings remembered for their shapes; nothing is read in."""

    def remembered(shape: str) -> Mapping | None:
        with database.reading(audience) as reader:
            found = batches.remembered_mapping(reader, shape)
        return Mapping.model_validate(found) if found is not None else None

    return survey(request.paths, request.options, remembered)


def bring_in(
    database: Database, audience: Audience, now: Now, request: Request, progress: Progress | None = None
) -> ImportReport:
    """Import the files of a request as one batch.

    Raises ImportFileError for what cannot be read, Busy while another import runs; either way nothing is changed.
    """
    batching.require_writer(audience)
    found = look(database, audience, request)
    for file in found.files:
        if file.questions:
            raise ImportFileError(file.path, file.questions[0].sentence)
    if request.dry_run:
        with rehearsal(database) as copy:
            return _load(copy, audience, now, request, found, progress)
    return _load(database, audience, now, request, found, progress)


def _load(
    database: Database, audience: Audience, now: Now, request: Request, found: Survey, progress: Progress | None
) -> ImportReport:
    names = ", ".join(file.path.name for file in found.files[:3]) + ("…" if len(found.files) > 3 else "")
    batch = batching.begin(database, audience, now, names)
    batch.stopped = request.stopped
    try:
        with batch.chunk() as writer:
            batch.directory.prepare(writer, _NOUNS)
            batch.remember_reviews(writer)
            batch.erased = Erased.read(writer)
        _learn_links(batch, found.files)
        reports = tuple(_load_file(batch, request, file, progress) for file in found.files)
        skipped = tuple(Skipped(file=str(one.path), sentence=one.reason) for one in found.skipped)
        name = None if request.dry_run else id_text(batch.change_id)
        report = ImportReport.of(name, reports, skipped, dry_run=request.dry_run)
        batching.publish(
            batch, report.model_dump(mode="json"), _to_remember(request, found.files), _digests(found.files)
        )
        return report
    except BaseException:
        batching.abandon(database, audience, now, batch.change_id)
        raise


def _digests(files: Sequence[SourceFile]) -> dict[str, str]:
    """What was read, for the audit trail: whoever has the files can tell whether they are the ones."""
    found = {}
    for file in files:
        with file.path.open("rb") as content:
            found[file.path.name] = file_digest(content, "sha256").hexdigest()
    return found


def _learn_links(batch: Batch, files: Sequence[SourceFile]) -> None:
    """Link tables first: they say whose the rows of other files are."""
    for file in files:
        if file.kind is Kind.ASSOCIATIONS:
            for row in file.rows():
                if isinstance(row, AssociationRow):
                    batch.directory.learn_link(row.left, row.right)


_LOADERS: dict[Kind, tuple[Callable[[Load], None], ...]] = {
    Kind.MEMBERS: (nouns.load_members,),
    Kind.PRODUCTS: (nouns.load_products,),
    Kind.ACCOUNTS: (load_accounts.load_accounts,),
    Kind.PEOPLE: (nouns.load_people,),
    Kind.CONTRACTS: (load_contracts.load_contracts, facts.load_contract_lines),
    Kind.OPPORTUNITIES: (nouns.load_opportunities,),
    Kind.OPPORTUNITY_LINES: (facts.load_opportunity_lines,),
    Kind.ASSOCIATIONS: (facts.count_links,),
    Kind.INTERACTIONS: (lambda load: facts.load_facts(load, facts.INTERACTIONS),),
    Kind.COMMITMENTS: (lambda load: facts.load_facts(load, facts.COMMITMENTS),),
    Kind.TICKETS: (
        lambda load: facts.load_facts(load, facts.TICKETS),
        lambda load: facts.load_facts(load, facts.TICKET_SCORES, quiet=True),
    ),
    Kind.SURVEYS: (lambda load: facts.load_facts(load, facts.SURVEYS),),
    Kind.USAGE: (lambda load: facts.load_facts(load, facts.USAGE),),
    Kind.CHURN: (lambda load: facts.load_facts(load, facts.CHURN),),
}


def _load_file(batch: Batch, request: Request, file: SourceFile, progress: Progress | None) -> FileReport:
    file_id = new_id()
    with batch.chunk() as writer:
        batches.save_file(
            writer,
            {
                "id": file_id,
                "change_id": batch.change_id,
                "name": file.path.name,
                "kind": file.kind.value,
                "source": file.source,
                "layout": file.layout,
                "shape": file.shape,
                "modified_at": datetime.fromtimestamp(file.path.stat().st_mtime, UTC),
                "columns": file.mapping.columns,
            },
        )
    batch.file_names[file_id] = file.path.name
    batch.directory.use_source(file.source)
    told = (lambda done: progress(file, done)) if progress is not None else None
    load = Load(batch, file, file_id, create_accounts=request.create_accounts, progress=told)
    for step in _LOADERS[file.kind]:
        step(load)
    with batch.chunk() as writer:
        batches.note_newest(writer, file_id, load.newest)
    return _report(load)


def _report(load: Load) -> FileReport:
    counts = load.tally.counts
    return FileReport(
        file=load.file.path.name,
        kind=load.file.kind.value,
        layout=load.file.layout,
        source=load.file.source,
        mapping=load.file.mapping.columns,
        unused=load.file.unused,
        notes=load.file.notes,
        read=counts["read"],
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        removed=counts["removed"],
        skipped=counts["skipped"],
        to_review=counts["to_review"],
        reasons=load.tally.reasons(),
        diff=tuple(load.tally.diff),
    )


def _to_remember(request: Request, files: Sequence[SourceFile]) -> dict[str, Any]:
    """The mapping that a person gave, for the next file of the same shape."""
    if request.options.mapping is None:
        return {}
    return {file.shape: file.mapping.model_dump(mode="json") for file in files}
