"""A message to a customer made of a draft: code's words around the record's. A person changes and sends it."""

from __future__ import annotations

from bot.domain.days import written
from skills.contract import Claim, Draft, Evidence, Pack, Promised


def letter(draft: Draft, pack: Pack, owner: str | None) -> str:
    """What was said since, what is owed on both sides, an open question. Raises nothing; may have little to say."""
    evidence = {one.id: one for one in pack.evidence}
    promises = {one.evidence_id: one for one in pack.promises}
    said = [_said(one, evidence) for one in draft.claims if one.quote and one.quote_id not in promises]
    owed = [promises[one.quote_id] for one in draft.claims if one.quote_id in promises]
    parts = [
        "Hello,",
        "\n".join(line for line in said if line),
        _owed("What we owe you:", [one for one in owed if one.by == "us"]),
        _owed("What we hope to have from you:", [one for one in owed if one.by == "them"]),
        "What else should we take up?",
        f"Best regards\n{owner}" if owner else "Best regards",
    ]
    return "\n\n".join(part for part in parts if part)


def _said(one: Claim, evidence: dict[str, Evidence]) -> str:
    source = evidence[one.quote_id or ""]
    day = written(source.at.date())
    opening = f"On {day} you wrote" if source.is_external else f"On {day} we noted"
    return f"{opening}: “{one.quote}”"


def _owed(title: str, promises: list[Promised]) -> str:
    return "\n".join([title, *(f"- {one.quote}{_when(one)}" for one in promises)]) if promises else ""


def _when(one: Promised) -> str:
    if one.kept_on is not None:
        return f" (done on {written(one.kept_on)})"
    return f" (by {written(one.due_on)})" if one.due_on is not None else ""
