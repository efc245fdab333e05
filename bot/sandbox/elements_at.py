"""Finding what a person can touch in blocks, and the payload parts each touch makes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.sandbox.errors import Json

PASSIVE = ("image", "mrkdwn", "plain_text", "raw_text", "rich_text")


@dataclass(frozen=True)
class Spot:
    """One interactive element with the id of its block; `is_input` when it sits in an input block."""

    block_id: str
    element: Json
    is_input: bool = False
    dispatches: bool = True
    optional: bool = True
    label: str = ""

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def caption(self) -> str:
        text = self.element.get("text") or self.element.get("placeholder") or {}
        return self.label or str(text.get("text", ""))


def spots(blocks: Sequence[Json], user: str = "") -> Iterator[Spot]:
    """Every interactive element in reading order that this user may see."""
    for block in blocks:
        if block["type"] == "input":
            yield Spot(
                block["block_id"],
                block["element"],
                is_input=True,
                dispatches=bool(block.get("dispatch_action")),
                optional=bool(block.get("optional")),
                label=str(block["label"]["text"]),
            )
            continue
        if block["type"] in ("rich_text", "context", "table", "data_table"):
            continue
        parts = [block.get("accessory"), *(block.get("elements") or []), *(block.get("actions") or [])]
        for part in parts:
            if isinstance(part, dict) and part.get("type") == "card":
                yield from spots([part], user)
            elif isinstance(part, dict) and part.get("type") not in PASSIVE and _for(part, user):
                yield Spot(block["block_id"], part)
        yield from spots(block.get("child_blocks") or [], user)


def _for(element: Json, user: str) -> bool:
    allowed = element.get("visible_to_user_ids")
    return allowed is None or not user or user in allowed


def find_spot(blocks: Sequence[Json], wanted: str, user: str = "", block_id: str | None = None) -> Spot | None:
    """By action id, else block id, else the visible caption."""
    there = [s for s in spots(blocks, user) if block_id in (None, s.block_id)]
    for key in ("action_id", "block_id", "caption"):
        for spot in there:
            if getattr(spot, key) == wanted:
                return spot
    return None


def buttons(blocks: Sequence[Json], user: str = "") -> list[Spot]:
    """What a terminal numbers: buttons and feedback buttons do something at one touch."""
    kinds = ("button", "workflow_button", "icon_button", "feedback_buttons")
    return [spot for spot in spots(blocks, user) if spot.element["type"] in kinds]


def action_of(spot: Spot, entry: Json | None, ts: str) -> Json:
    """One item of a block_actions payload's `actions`."""
    element = spot.element
    body: Json = {"type": element["type"], "action_id": element["action_id"], "block_id": spot.block_id}
    if element["type"] in ("button", "workflow_button", "icon_button"):
        body |= {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    return body | (entry or {}) | {"action_ts": ts}
