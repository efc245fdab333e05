"""The files of a review for its readers. A customer's are looked through for what they must not see before anybody
gets them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.brand import BrandError
from bot.documents.files import write_files
from bot.documents.lint import InternalFoundError, Secret
from bot.documents.model import Readers
from bot.domain.ids import parse_id
from bot.services.errors import BadInput, NotAllowed
from bot.services.qbr.document import review_of
from bot.services.qbr.drafting import Ground, period_of
from bot.services.qbr.gather import Gathered, gather
from bot.services.results.qbr import Qbr, QbrFile, Reader
from bot.storage.database import Reader as Look

_NOTES = 200
"""How many of the newest internal notes are looked for, word by word."""


def secrets_of(look: Look, qbr: Qbr, readers: Reader, ground: Ground) -> tuple[Secret, ...]:
    """What a copy for these readers must not say, read anew; nothing is secret from the team."""
    if readers == "internal":
        return ()
    period = period_of(f"{qbr.first}..{qbr.last}", qbr.changed_at, ground.zone)
    found = gather(look, parse_id(qbr.account_id) or 0, period, ground.policies, qbr.changed_at, ground.zone)
    return tuple(_secrets(found))


def _secrets(found: Gathered) -> Iterator[Secret]:
    state = found.state
    if state.health.score is not None:
        yield Secret.number("health score", state.health.score, ("health", "score"))
    for money in state.arr.totals:
        yield Secret.number("ARR", money.amount, ("arr", "annual", "recurring", "contract value"))
    inside = [row for row in found.interactions if row.visibility != "client-safe"]
    for row in inside[-_NOTES:]:
        yield from (Secret.text("internal note", text) for text in (row.subject, row.text) if text)
    known = {row.author_id for row in found.interactions if row.visibility == "client-safe"}
    known |= {state.owner.id} if state.owner is not None else set()
    named = {row.owner for row in found.promises}
    for one in {row.author_id for row in inside} - known - {None}:
        name = found.authors.get(one)
        if name is not None and name not in named:
            yield Secret.name("somebody whom only internal notes name", name)


def write_copy(qbr: Qbr, readers: Reader, ground: Ground, secrets: tuple[Secret, ...]) -> tuple[QbrFile, ...]:
    """Slides, paper and Markdown. Raises NotAllowed that says what was found and where; then there is no file."""
    try:
        made = write_files(review_of(qbr, ground.locale), Readers(readers), ground.brand, secrets)
    except InternalFoundError as found:
        raise NotAllowed(str(found)) from found
    except BrandError as wrong:
        raise BadInput(str(wrong)) from wrong
    title = f"{qbr.account}, {qbr.period}"
    return tuple(
        QbrFile(name=one.name, title=f"{title}: {one.says}", content=one.content, readers=readers) for one in made
    )
