"""Runs a skill: gathers, lets a model write if there is one, holds what it wrote to the gates, else composes.

Whatever a model does, the result is gate-correct, and there within the deadline.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeVar

from pydantic import ValidationError

from skills.contract import (
    Draft,
    Frozen,
    Manual,
    Pack,
    Section,
    Skill,
    WireDraft,
)
from skills.gates import check
from skills.model import LLMUnavailable, Model, Prompt, Reply, Usage
from skills.prompt import build

G = TypeVar("G")
P = TypeVar("P")

Step = Literal["gathering", "writing", "checking", "done"]
Progress = Callable[[Step], None]

DEADLINE = 25.0
_LARGEST = 200_000
"""Characters of an answer that are read at all."""


class RunRecord(Frozen):
    """What is logged of a run: no word of a customer."""

    skill: str
    version: str
    written_by: Literal["model", "rules"]
    reason: str | None
    usage: Usage | None
    evidence: int
    claims: int
    withheld: dict[str, int]
    seconds: float


class Result(Frozen):
    """A draft and what it rests on. `note` says who wrote it, and why no model did when one was asked."""

    pack: Pack
    draft: Draft
    written_by: Literal["model", "rules"]
    note: str
    record: RunRecord


def run(
    skill: Skill[G, P],
    manual: Manual,
    given: G,
    facts: P,
    model: Model | None = None,
    *,
    deadline: float = DEADLINE,
    for_customer: bool = False,
    only: Sequence[str] | None = None,
    asker: str | None = None,
    progress: Progress | None = None,
    timer: Callable[[], float] = time.monotonic,
) -> Result:
    """A draft of `skill`, within `deadline` seconds from now: `gather`, then `drafted`.

    `model` None writes by rules alone. `for_customer` sees and keeps only what is client-safe. `only` names sections to
    write (one that is done again). `asker` is an opaque name for who asks, for budgets and abuse reports.
    """
    begun = timer()
    (progress or _silent)("gathering")
    pack = skill.gather(given, facts)
    return drafted(
        skill, manual, pack, model,
        deadline=deadline - (timer() - begun), for_customer=for_customer, only=only, asker=asker,
        progress=progress, timer=timer,
    )  # fmt: skip


def drafted(
    skill: Skill[G, P],
    manual: Manual,
    pack: Pack,
    model: Model | None = None,
    *,
    deadline: float = DEADLINE,
    for_customer: bool = False,
    only: Sequence[str] | None = None,
    asker: str | None = None,
    progress: Progress | None = None,
    timer: Callable[[], float] = time.monotonic,
) -> Result:
    """The same from a pack that was gathered before, so that nothing is held while a model writes."""
    begun = timer()
    tell = progress or _silent
    pack = pack.for_customer() if for_customer else pack
    sections = laid_out(skill.sections, manual, only)
    attempt = _Attempt(None)
    if model is not None and (pack.evidence or pack.metrics):
        tell("writing")
        reply = _asked(model, build(manual, sections, pack, asker), max(1.0, deadline))
        tell("checking")
        attempt = _read(reply, pack, sections, for_customer=for_customer)
    draft = attempt.draft or check(skill.compose(pack), pack, sections, for_customer=for_customer)
    tell("done")
    record = RunRecord(
        skill=manual.name,
        version=manual.version,
        written_by="rules" if attempt.draft is None else "model",
        reason=attempt.reason,
        usage=attempt.usage,
        evidence=len(pack.evidence),
        claims=len(draft.claims),
        withheld={name.name.lower(): count for name, count in draft.counts.items()},
        seconds=timer() - begun,
    )
    return Result(pack=pack, draft=draft, written_by=record.written_by, note=_note(attempt), record=record)


def _silent(_step: Step) -> None:
    """Nobody is told."""


def laid_out(sections: Sequence[Section], manual: Manual, only: Sequence[str] | None = None) -> list[Section]:
    """The sections in the order and under the titles of the template, all of them where it has no say."""
    wanted = {one.key: one for one in sections if only is None or one.key in only}
    if not manual.layout:
        return list(wanted.values())
    return [
        wanted[heading.section].model_copy(update={"title": heading.title})
        for heading in manual.layout
        if heading.section in wanted
    ]


class _Attempt(NamedTuple):
    """What came of asking a model: a gated draft, or the reason why there is none; neither when none was asked."""

    draft: Draft | None
    reason: str | None = None
    usage: Usage | None = None


def _asked(model: Model, prompt: Prompt, seconds: float) -> Reply | LLMUnavailable:
    try:
        return model.draft(prompt, seconds)
    except LLMUnavailable as wrong:
        return wrong


def _note(attempt: _Attempt) -> str:
    if attempt.draft is not None:
        name = attempt.usage.model if attempt.usage else "a model"
        return f"Worded by {name}; every point was checked against its sources."
    if attempt.reason is not None:
        return f"Written without a model: {attempt.reason}."
    return "Written from the record, without a model."


def _read(reply: Reply | LLMUnavailable, pack: Pack, sections: Sequence[Section], *, for_customer: bool) -> _Attempt:
    """The gated draft in an answer; none when nothing is left, or more was withheld than kept."""
    if isinstance(reply, LLMUnavailable):
        return _Attempt(None, reply.reason, reply.usage)
    if len(reply.text) > _LARGEST:
        return _Attempt(None, "its answer was far too long", reply.usage)
    try:
        wire = WireDraft.model_validate(json.loads(reply.text))
    except (ValidationError, ValueError, RecursionError):
        return _Attempt(None, "its answer was not in the form that was asked for", reply.usage)
    draft = check(wire, pack, sections, for_customer=for_customer)
    if not draft.claims:
        return _Attempt(None, "nothing it wrote could be traced to the record", reply.usage)
    if len(draft.withheld) > len(draft.claims):
        return _Attempt(None, "most of what it wrote could not be traced to the record", reply.usage)
    return _Attempt(draft, None, reply.usage)
