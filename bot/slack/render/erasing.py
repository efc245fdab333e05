"""What erasing somebody would do, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.domain.ids import parse_id
from bot.services.results.erasing import Choice, Erased, ErasurePlan, Rows
from bot.slack.erase_values import ERASE, Erase, encode
from bot.slack.render.parts import Message, actions, context, section
from bot.slack.render.text import count, md, plain

_MOST = 8


def erasure_plan(plan: ErasurePlan, account_id: int) -> Message:
    """What would go, and the button that does it, which asks once more."""
    (one,) = plan.who
    mail = f" ({md(one.email, 120)})" if one.email else ""
    said = f"Erase *{md(one.name, 120)}*{mail} of {md(one.account or 'no account', 120)}? It cannot be taken back."
    lines = [f"What goes: {_rows(plan.own)}. Survey scores stay, without the person and what they wrote."]
    if plan.named:
        lines.append(f"Written without the name: {_rows(plan.named)}.")
    if plan.shared:
        shared = ", ".join(f"“{md(part, 60).capitalize()}”" for part in plan.shared)
        lines.append(f"{shared} alone stays where it stands: somebody else there is called that, or the account.")
    if plan.namesakes:
        lines.append("Somebody else has this name: in what is about other accounts it stays.")
    person_id = parse_id(one.id)
    button = [] if person_id is None else [actions([_button(one.name, Erase(account_id, person_id))])]
    return Message(said, (section([said, *lines]), *button), "Erase")


def _button(name: str, pressed: Erase) -> dict[str, Any]:
    asks = {
        "title": {"type": "plain_text", "text": "Erase for good?"},
        "text": {"type": "plain_text", "text": plain(f"{name} goes from everything that is kept here. No undo.", 300)},
        "confirm": {"type": "plain_text", "text": "Erase"},
        "deny": {"type": "plain_text", "text": "Keep"},
        "style": "danger",
    }
    label = {"type": "plain_text", "text": "Erase", "emoji": False}
    return {
        "type": "button", "text": label, "action_id": f"{ERASE}:0", "value": encode(pressed), "style": "danger",
        "confirm": asks,
    }  # fmt: skip


def who_is_meant(found: Choice) -> Message:
    """Several, or nobody: nothing is done."""
    if not found.candidates:
        said = (
            f"Nobody there is called “{md(found.query, 120)}”, or not any more. `/account people` lists who is known."
        )
        told = f"{count(found.mentions, 'text has', 'texts have')} the name all the same:"
        more = [context(f"{told} `steward erase person --unlisted` on the shell erases it.")] if found.mentions else []
        return Message(said, (section(said), *more), "Erase")
    said = f"Several people are called “{md(found.query, 120)}”. Say which by the id:"
    lines = [
        f"`/account erase-person {md(one.account or '', 80)} {one.id}`  {md(one.email or one.name, 120)}"
        for one in found.candidates[:_MOST]
    ]
    return Message(said, (section([said, *lines]),), "Erase")


def erased(done: Erased) -> Message:
    """What was done, and what is left."""
    lines = [md(done.sentence, 300)]
    lines += [f"Still there: {count(one.rows, 'row')} in {one.table}. Somebody was writing; erase once more."
              for one in done.remains if one.why is None]  # fmt: skip
    after = "Imports leave them out from now on. Backups, files and messages in Slack are yours to remove."
    return Message(lines[0], (section(lines), context(after)), "Erase")


def _rows(found: Sequence[Rows]) -> str:
    shown = ", ".join(f"{one.rows:,} {one.called}" for one in found[:_MOST])
    return shown or "nothing"
