"""What several elements share: text objects, where an element is, the question before it acts."""

from bot.sandbox.errors import Json
from bot.sandbox.web.html import NOTHING, Html, el
from bot.sandbox.web.mrkdwn import mrkdwn, plain
from bot.sandbox.web.scene import Scene

OUTSIDE: Json = {"target": "_blank", "rel": "noopener noreferrer"}


def composition(value: Json | None, scene: Scene) -> Html:
    """A text object: plain_text or mrkdwn."""
    if not value:
        return NOTHING
    words = str(value.get("text", ""))
    return plain(words) if value.get("type") == "plain_text" else mrkdwn(words, scene)


def place_of(part: Json, block_id: str) -> Json:
    return {"data_action": part.get("action_id", ""), "data_block": block_id, "data_kind": part["type"]}


def key_of(part: Json, block_id: str, scene: Scene) -> str:
    return f"{scene.prefix}{block_id}-{part.get('action_id', '')}"


def confirm(part: Json, scene: Scene) -> Html:
    """The question to ask first, inert until the script shows it."""
    asked = part.get("confirm")
    if not asked:
        return NOTHING
    danger = asked.get("style") == "danger"
    return el(
        "template",
        el("h2", composition(asked["title"], scene)),
        el("p", composition(asked["text"], scene)),
        el("button", composition(asked["deny"], scene), class_="btn", value="no", type="submit"),
        el(
            "button",
            composition(asked["confirm"], scene),
            class_=f"btn {'danger' if danger else 'primary'}",
            value="yes",
            type="submit",
        ),
        class_="confirm",
    )
