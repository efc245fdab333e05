"""What people change in a draft: sentence by sentence, a section written anew, and taking the last deed back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.audience import Actor, Audience
from bot.domain.ids import id_text
from bot.domain.words import shows
from bot.services.errors import BadFields, BadInput, NotFound
from bot.services.lookup import require_member
from bot.services.qbr.body import sentences_of, sources_of
from bot.services.qbr.cells import INTERNAL
from bot.services.qbr.drafting import Ground, keep_run, period_of, written
from bot.services.qbr.gather import gather
from bot.services.qbr.keeping import GONE, body_of, go_on, kept, qbr_of, require_row, text_of
from bot.services.qbr.wording import say
from bot.services.results.qbr import Qbr, QbrBody, QbrSentence
from bot.services.writing import writing
from bot.storage import audit, qbrs
from bot.storage.database import Database
from skills.qbr.skill import TITLES

LONGEST: Final = 900
SECTION_TITLES: Final = TITLES
"""Sections with sentences of their own, in the order of a review."""
ADDED: Final = "new"
"""The field of a sentence that a person adds."""


@dataclass(frozen=True, slots=True)
class Edits:
    """A section as somebody left it: each sentence by key as `say` says it, reworded, or None or blank for one that
    goes; `added` is new.

    `seen` is the version that was shown. A sentence that is not named stays.
    """

    seen: int
    section: str
    texts: Mapping[str, str | None]
    added: str | None = None


def edit_qbr(database: Database, audience: Audience, qbr_id: int, edits: Edits, now: datetime) -> Qbr:
    """The review with a section edited; what changes nothing adds no version.

    A reworded sentence is the person's: it keeps its sources to look them up, and says no figure but those typed.
    Raises BadFields for what is too long, Stale, NotFound, Busy.
    """
    require_member(audience)
    _check(edits)
    with writing(database, audience, now) as writer:
        row = require_row(writer, qbr_id)
        body = body_of(row)
        before = qbr_of(writer, row)
        sentences = tuple(_edited(before, edits, audience.actor))
        if sentences == body.sentences:
            return before
        note = f"{TITLES.get(edits.section, edits.section)} edited"
        changed = body.model_copy(update={"sentences": sentences, "approved_for": None})
        found = go_on(writer, row, edits.seen, qbrs.Version("edited", "edited", kept(changed), note))
        detail = {"qbr": id_text(qbr_id), "section": edits.section, "version": found.version}
        audit.append(writer, "qbr edited", row.account_id, detail, text_of(body, changed, qbr_id))
        return found


def _check(edits: Edits) -> None:
    wrong = {
        key: f"A sentence has at most {LONGEST} characters; this has {len(text):,}. Shorten it."
        for key, text in {**edits.texts, ADDED: edits.added}.items()
        if text is not None and len(text) > LONGEST
    }
    if wrong:
        raise BadFields(wrong)
    if edits.section not in TITLES:
        raise BadInput("There is no such section in a review. Open the editor again.")


def _edited(before: Qbr, edits: Edits, actor: Actor) -> Iterator[QbrSentence]:
    name = actor.name or "the account team"
    for one in before.body.sentences:
        if one.section != edits.section or one.key not in edits.texts:
            yield one
        elif (text := _words(edits.texts[one.key])) is not None:
            told = say(one, before)
            yield one if text == _words(told) else _reworded(one, text, told, name)
    if (added := _words(edits.added)) is not None:
        yield QbrSentence(
            key=_next_key(before.body), section=edits.section, text=added, wrote="person", by=name,
            internal=edits.section in INTERNAL,
        )  # fmt: skip


def _reworded(one: QbrSentence, text: str, told: str, name: str) -> QbrSentence:
    """The person's, with the sources it had. It stays internal where they are: nobody else decides that."""
    return one.model_copy(
        update={
            "text": text, "quote": None, "quoted": None, "figures": (), "wrote": "person", "by": name,
            "was": one.was or told, "doubts": (),
        }
    )  # fmt: skip


def _words(text: str | None) -> str | None:
    return " ".join(text.split()) if text is not None and shows(text) else None


def _next_key(body: QbrBody) -> str:
    return f"s{1 + max((int(one.key[1:]) for one in body.sentences), default=0)}"


def rewrite_section(
    database: Database, audience: Audience, qbr_id: int, seen: int, section: str, ground: Ground, now: datetime
) -> Qbr:
    """One section written anew from the record as it is now; what people wrote in it stays. Raises as `edit_qbr`."""
    require_member(audience)
    if section not in TITLES:
        raise BadInput("There is no such section in a review. Open the editor again.")
    with database.reading(audience) as reader:
        row = require_row(reader, qbr_id)
        period = period_of(f"{row.first}..{row.last}", now, ground.zone)
        found = gather(reader, row.account_id, period, ground.policies, now, ground.zone)
    result = written(found, ground.drafting, audience, only=(section,))
    with writing(database, audience, now) as writer:
        row = require_row(writer, qbr_id)
        keep_run(writer, result, row.account_id, ground.drafting)
        body = body_of(row)
        own = [one for one in body.sentences if one.section == section and one.wrote == "person"]
        others = [one for one in body.sentences if one.section != section]
        fresh = sentences_of(result, first=int(_next_key(body)[1:]))
        sources = {one.id: one for one in (*body.sources, *sources_of(found, fresh, result.pack.evidence))}
        changed = body.model_copy(
            update={"sentences": (*others, *fresh, *own), "sources": tuple(sources.values()), "approved_for": None}
        )
        note = f"{TITLES[section]} written anew"
        made = go_on(writer, row, seen, qbrs.Version("regenerated", "edited", kept(changed), note))
        detail = {"qbr": id_text(qbr_id), "section": section, "version": made.version}
        audit.append(writer, "qbr rewritten", row.account_id, detail, text_of(body, changed, qbr_id))
        return made


def undo_qbr(database: Database, audience: Audience, qbr_id: int, seen: int, now: datetime) -> Qbr:
    """The review as it was before its last deed. What was shared stays where it was shared, and the version says so.

    Raises BadInput when there is nothing to take back, Stale, NotFound, Busy.
    """
    require_member(audience)
    with writing(database, audience, now) as writer:
        row = require_row(writer, qbr_id)
        before = qbrs.numbered(writer, qbr_id, seen - 1)
        if row.number == seen and (row.deed == "undone" or before is None):
            raise BadInput("There is nothing to take back here.")
        if before is None:
            raise NotFound(GONE)
        version = qbrs.Version("undone", before.state, before.body, f"taken back: {row.note or row.deed}")
        found = go_on(writer, row, seen, version)
        detail = {"qbr": id_text(qbr_id), "what": row.deed, "version": found.version}
        audit.append(writer, "qbr undone", row.account_id, detail, text_of(body_of(row), found.body, qbr_id))
        return found
