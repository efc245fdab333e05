"""The files of a review for its readers. A customer's are looked through for what they must not see before anybody
gets them."""

from __future__ import annotations

from bot.documents.brand import BrandError
from bot.documents.copies import for_audience
from bot.documents.files import write_files
from bot.documents.lint import InternalFoundError, Secret
from bot.documents.model import Readers
from bot.domain.ids import parse_id
from bot.services.errors import BadInput, NotAllowed
from bot.services.qbr.document import review_of
from bot.services.qbr.drafting import Ground, period_of
from bot.services.qbr.gather import besides, gather
from bot.services.qbr.secrets import secrets_of
from bot.services.results.qbr import Qbr, QbrFile, Reader
from bot.storage.database import Reader as Look


def secrets_from(look: Look, qbr: Qbr, readers: Reader, ground: Ground) -> tuple[Secret, ...]:
    """What a copy for these readers must not say, read anew; nothing is secret from the team."""
    if readers == "internal":
        return ()
    period = period_of(f"{qbr.first}..{qbr.last}", qbr.changed_at, ground.zone)
    found = gather(look, parse_id(qbr.account_id) or 0, period, ground.policies, qbr.changed_at, ground.zone)
    return tuple(secrets_of(found, qbr.body, besides(look, found)))


def write_copy(qbr: Qbr, readers: Reader, ground: Ground, secrets: tuple[Secret, ...]) -> tuple[QbrFile, ...]:
    """Slides, paper and Markdown. Raises NotAllowed that says what was found and where; then there is no file."""
    # Cut before it is written: what is looked for in the files is `secrets`, which know what the customer knows.
    copy = for_audience(review_of(qbr, ground.locale), Readers(readers))
    try:
        made = write_files(copy.review, copy.readers, ground.brand, secrets)
    except InternalFoundError as found:
        raise NotAllowed(str(found)) from found
    except BrandError as wrong:
        raise BadInput(str(wrong)) from wrong
    title = f"{qbr.account}, {qbr.period}"
    return tuple(
        QbrFile(
            name=one.name,
            title=f"{title}: {one.says}",
            content=one.content,
            readers=readers,
            account_id=qbr.account_id,
        )
        for one in made
    )
