"""Erase a person from everything that is kept: rows, words, drafts, memory, indexes. It cannot be taken back.

Done in small steps that are written down first, so that others work on meanwhile and whoever finds it unfinished ends
it. In the end everything is looked through once more, and what still names the person is told.
"""

from __future__ import annotations

from collections import Counter

from bot.domain.audience import Audience
from bot.domain.ids import id_text
from bot.services.erasing import marks
from bot.services.erasing.whom import Target, Whom, find, require_admin, somebody, stored
from bot.services.erasing.work import CHANGE, Done, Work, counted
from bot.services.errors import BadInput
from bot.services.importing.batch import recover, require_no_import
from bot.services.results.erasing import Choice, Erased, ErasurePlan
from bot.storage import audit
from bot.storage.audit import Deed
from bot.storage.database import Database, Reader
from bot.storage.erasing import records, rewriting, rows
from bot.storage.erasing.rewriting import STEP, Left

_PASSES = 3
"""Others write meanwhile: what they wrote between two looks is found by the next."""


def plan_person(database: Database, audience: Audience, whom: Whom) -> ErasurePlan | Choice:
    """What would go; or who may be meant. Nothing is written."""
    require_admin(audience)
    with database.reading(audience) as reader:
        found = find(reader, whom)
        if isinstance(found, Target):
            return _plan(reader, found)
        named = _mentions(reader, whom) if not found else 0
    return Choice(query=whom.text or whom.email or "", candidates=tuple(somebody(one) for one in found), mentions=named)


def _mentions(reader: Reader, whom: Whom) -> int:
    """How many rows name somebody whom the book does not know."""
    try:
        target = find(reader, Whom(whom.text, whom.email, whom.account_id, unlisted=True))
    except BadInput:
        return 0
    return sum(1 for _ in rewriting.named_in(reader, target.traces)) if isinstance(target, Target) else 0


def _plan(reader: Reader, target: Target) -> ErasurePlan:
    named = Counter(one.table for one in rewriting.named_in(reader, target.traces) if one.table != "person")
    own: Counter[str] = Counter()
    for known in target.known:
        own += Counter(member=1) if known.colleague else rows.count_person(reader, known.id)
    return ErasurePlan(
        kind=target.kind,
        who=tuple(somebody(one) for one in target.known),
        own=counted(own),
        named=counted(named),
        alone=target.traces.parts,
        shared=target.shared,
        namesakes=target.namesakes,
    )


def erase_person(work: Work, whom: Whom) -> Erased | Choice:
    """Erase them. A name that fits several, or nobody, is answered with the choice and changes nothing.

    Raises Busy while an import loads.
    """
    require_admin(work.audience)
    recover(work.database, work.audience, work.now)
    with work.database.reading(work.audience) as reader:
        found = find(reader, whom)
    if not isinstance(found, Target):
        asked = plan_person(work.database, work.audience, whom)
        if isinstance(asked, Choice):
            return asked
        raise BadInput("The book changed meanwhile; say again whom to erase.")
    return finish_person(work, _start(work, found), found)


def _start(work: Work, target: Target) -> int:
    with work.writing() as writer:
        require_no_import(writer)
        one = records.start(writer, target.kind, stored(target))
        records.mark(writer, one, marks.of_traces(target.traces))
        for known in target.known:
            records.mark(writer, one, marks.of_known(writer, known), known.id if known.colleague else None)
        detail = {"erasure": id_text(one), "kind": target.kind}
        audit.append_many(writer, "erase", [Deed(None, detail, accounts=sorted(target.traces.accounts))])
        return one


def finish_person(work: Work, one: int, target: Target) -> Erased:
    """Everything after the erasure was written down; doing any of it twice does no harm."""
    own = _own_rows(work, target)
    named: Counter[str] = Counter()
    left: list[Left] = []
    for _ in range(_PASSES):
        named += _rewrite(work, target)
        with work.database.reading(work.audience) as reader:
            left = [each for each in rewriting.residue(reader, target.traces) if each.table != "erasure"]
        if all(each.why for each in left):
            break
    words = (*target.traces.names, *target.traces.emails)
    return work.settle(one, Done(target.kind, own, named, left, words, _sentence(own, named, target)))


def _own_rows(work: Work, target: Target) -> Counter[str]:
    gone: Counter[str] = Counter()
    with work.writing() as writer:
        require_no_import(writer)
        writer.begin_change(CHANGE)  # what was read before is not remembered from here on, in any process
        for known in target.known:
            if known.colleague:
                gone += rows.erase_colleague(writer, known.id, known.slack_ids)
            else:
                gone += rows.erase_person(writer, known.id)
    return gone


def _rewrite(work: Work, target: Target) -> Counter[str]:
    """One look through everything, then writing what was found."""
    with work.database.reading(work.audience) as reader:
        found = list(rewriting.named_in(reader, target.traces))
    done: Counter[str] = Counter()
    for at in range(0, len(found), STEP):
        with work.writing() as writer:
            done += rewriting.write(writer, found[at : at + STEP])
    return done


def _sentence(own: Counter[str], named: Counter[str], target: Target) -> str:
    rows = f"The person's rows are gone ({own.total():,})"
    if not target.known:
        rows = "No row was theirs"
    elif target.kind == "colleague":
        rows = f"A colleague's row says no more who it was ({own.total():,})"
    texts = "1 text was" if named.total() == 1 else f"{named.total():,} texts were"
    return f"Erased. {rows}; {texts} written without the name."
