"""What an import did, in numbers that add up: read = created + updated + unchanged + removed + skipped + to review."""

from __future__ import annotations

from collections import Counter

from bot.services.results import Result


class Reason(Result):
    """Why rows were left out, how many, and the first line where it happened."""

    sentence: str
    rows: int
    first_line: int


class FileReport(Result):
    file: str
    kind: str
    layout: str
    source: str
    mapping: dict[str, str]
    unused: tuple[str, ...]
    notes: tuple[str, ...]
    read: int
    created: int
    updated: int
    unchanged: int
    removed: int
    skipped: int
    to_review: int
    reasons: tuple[Reason, ...]
    diff: tuple[str, ...]


class Skipped(Result):
    file: str
    sentence: str


class ImportReport(Result):
    """`batch` undoes it (`steward import undo BATCH`); None after a dry run."""

    batch: str | None
    dry_run: bool
    files: tuple[FileReport, ...]
    skipped_files: tuple[Skipped, ...]
    read: int
    created: int
    updated: int
    unchanged: int
    removed: int
    skipped: int
    to_review: int

    @classmethod
    def of(
        cls, batch: str | None, files: tuple[FileReport, ...], skipped: tuple[Skipped, ...], *, dry_run: bool
    ) -> ImportReport:
        sums = {
            name: sum(getattr(file, name) for file in files)
            for name in ("read", "created", "updated", "unchanged", "removed", "skipped", "to_review")
        }
        return cls(batch=batch, dry_run=dry_run, files=files, skipped_files=skipped, **sums)


DIFF_LINES = 20
REVIEWS_KEPT = 10_000


class Tally:
    """Counts for one file while it is loaded."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.diff: list[str] = []
        self._reasons: dict[str, tuple[int, int]] = {}

    def add(self, outcome: str, rows: int = 1) -> None:
        self.counts[outcome] += rows

    def leave_out(self, outcome: str, sentence: str, line: int) -> None:
        """A row that is skipped or goes to review, with the reason."""
        self.counts[outcome] += 1
        rows, first = self._reasons.get(sentence, (0, line))
        self._reasons[sentence] = (rows + 1, first)

    def note(self, sentence: str, line: int) -> None:
        """Something to look at although the row was taken: counted among the reasons only."""
        self.leave_out("noted", sentence, line)

    def show(self, line: str) -> None:
        if len(self.diff) < DIFF_LINES:
            self.diff.append(line)

    def reasons(self) -> tuple[Reason, ...]:
        found = (Reason(sentence=text, rows=rows, first_line=line) for text, (rows, line) in self._reasons.items())
        return tuple(sorted(found, key=lambda reason: -reason.rows))
