"""Blocks as HTML: a pure function of the blocks and a `Scene`. Every text is escaped by construction (`html.py`)."""

from collections.abc import Callable, Sequence

from bot.sandbox.errors import Json
from bot.sandbox.web.charts import chart
from bot.sandbox.web.elements import element, image
from bot.sandbox.web.html import NOTHING, Html, el, join, link
from bot.sandbox.web.markdown import markdown
from bot.sandbox.web.parts import composition
from bot.sandbox.web.rich import rich_text
from bot.sandbox.web.scene import Scene
from bot.sandbox.web.tables import data_table, table

_TASK_SIGNS = {"complete": "✓", "in_progress": "◔", "error": "!", "pending": "○"}


def render_blocks(blocks: Sequence[Json], scene: Scene) -> Html:
    """A message's or view's blocks, valid as `limits` has it; an unknown kind shows its name."""
    return join([render_block(block, scene) for block in blocks])


def render_block(block: Json, scene: Scene) -> Html:
    make = _MAKERS.get(block["type"])
    inside = make(block, scene) if make else el("span", f"[{block['type']}]", class_="unknown")
    return el("div", inside, class_=f"block b-{block['type']}") if make else el("div", inside, class_="block")


def _text(block: Json, key: str, scene: Scene, tag: str = "div", class_: str = "") -> Html:
    found = block.get(key)
    return el(tag, composition(found, scene), class_=class_ or None, dir="auto") if found else NOTHING


def _section(block: Json, scene: Scene) -> Html:
    fields = [el("div", composition(one, scene), class_="cell", dir="auto") for one in block.get("fields") or []]
    words = [_text(block, "text", scene, class_="text"), el("div", *fields, class_="fields") if fields else None]
    beside = block.get("accessory")
    if not beside:
        return join(words)
    if beside["type"] == "image":
        shown = image(beside, scene)
    else:
        label = str((block.get("text") or {}).get("text", "")).split("\n")[0][:80].strip("*_ ")
        shown = element(beside, block.get("block_id", ""), scene, "" if beside["type"] == "button" else label)
    return el("div", el("div", *words, class_="grow"), el("div", shown, class_="beside"), class_="row")


def _actions(block: Json, scene: Scene) -> Html:
    made = [element(one, block.get("block_id", ""), scene) for one in block["elements"]]
    return el("div", *made, class_="actions")


def _context(block: Json, scene: Scene) -> Html:
    made = [image(one, scene) if one["type"] == "image" else composition(one, scene) for one in block["elements"]]
    return el("div", *[el("span", one, dir="auto") for one in made], class_="context")


def _input(block: Json, scene: Scene) -> Html:
    block_id, inner = block.get("block_id", ""), block["element"]
    label = str(block["label"]["text"])
    key = f"{scene.prefix}{block_id}-{inner.get('action_id', '')}"
    optional = el("span", " (optional)", class_="quiet") if block.get("optional") else None
    complaint = scene.errors.get(block_id)
    notes = [
        el("div", complaint, class_="complaint", role="alert") if complaint else None,
        _text(block, "hint", scene, class_="hint"),
    ]
    grouped = inner["type"] in ("checkboxes", "radio_buttons")
    name = el("div" if grouped else "label", label, optional, class_="label", for_=None if grouped else key, dir="auto")
    about: Json = {"data_input": block_id, "data_dispatch": bool(block.get("dispatch_action"))}
    notes_box = el("div", *notes, id=f"{scene.prefix}{block_id}-notes")
    return el("div", name, element(inner, block_id, scene, label), notes_box, class_="input", **about)


def _image_block(block: Json, scene: Scene) -> Html:
    return el("figure", _text(block, "title", scene, "figcaption"), image(block, scene))


def _card(block: Json, scene: Scene) -> Html:
    hero, icon = block.get("hero_image"), block.get("icon")
    acts = [element(one, block.get("block_id", ""), scene) for one in block.get("actions") or []]
    return el(
        "article",
        image(hero, scene) if hero else None,
        el("div", image(icon, scene) if icon else None, _text(block, "title", scene, "strong"), class_="card-head"),
        _text(block, "subtitle", scene, class_="quiet"),
        _text(block, "body", scene),
        el("div", *acts, class_="actions") if acts else None,
        class_="card",
    )


def _carousel(block: Json, scene: Scene) -> Html:
    cards = [_card(one, scene) for one in block["elements"]]
    return el("div", *cards, class_="carousel", tabindex=0, role="region", aria_label="Cards")


def _container(block: Json, scene: Scene) -> Html:
    rich = block.get("rich_text_title")
    title = [rich_text(rich["elements"], scene) if rich else composition(block.get("title"), scene)]
    title.append(_text(block, "subtitle", scene, class_="quiet"))
    inner = render_blocks(block["child_blocks"], scene)
    if block.get("is_collapsible"):
        key = f"{scene.prefix}{block.get('block_id', '')}-box"
        closed = bool(block.get("default_collapsed"))
        return el("details", el("summary", *title), inner, open=not closed, id=key, class_="container")
    return el("div", el("div", *title, class_="container-title"), inner, class_="container")


def _task(block: Json, scene: Scene) -> Html:
    status = str(block.get("status", "pending"))
    more = [rich_text(block[key]["elements"], scene) for key in ("details", "output") if block.get(key)]
    sources = [el("li", link(one["url"], one["text"])) for one in block.get("sources") or []]
    sign = el("span", _TASK_SIGNS.get(status, "○"), class_=f"task-sign {status}", role="img", aria_label=status)
    inside = el("div", el("div", str(block.get("title", ""))), *more, el("ul", *sources) if sources else None)
    return el("div", sign, inside, class_="task")


def _plan(block: Json, scene: Scene) -> Html:
    tasks = [_task(one, scene) for one in block.get("tasks") or []]
    return el("div", el("strong", str(block["title"])), *tasks, class_="plan")


def _provider(block: Json, scene: Scene) -> Html:
    state = "Connected" if block.get("is_connected") else "Not connected"
    head = [_text(block, "name", scene, "strong"), el("span", f" · {state}", class_="quiet")]
    go = (
        link(block["auth_url"], "Connect", class_="btn")
        if block.get("auth_url") and not block["is_connected"]
        else None
    )
    return el("div", *head, _text(block, "description", scene), go, class_="card")


def _video(block: Json, scene: Scene) -> Html:
    shown = link(block.get("title_url") or block["video_url"], composition(block["title"], scene))
    return el("figure", el("span", "▶ ", aria_hidden="true"), shown, el("figcaption", str(block.get("alt_text", ""))))


def _alert(block: Json, scene: Scene) -> Html:
    level = str(block.get("level", "default"))
    return el("div", composition(block["text"], scene), class_=f"alert {level}", role="note", aria_label=level)


_MAKERS: dict[str, Callable[[Json, Scene], Html]] = {
    "actions": _actions,
    "alert": _alert,
    "auth_provider": _provider,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "context": _context,
    "context_actions": _actions,
    "data_table": data_table,
    "data_visualization": lambda block, _scene: chart(block),
    "divider": lambda _block, _scene: el("hr"),
    "file": lambda block, _scene: el("span", f"📄 {block.get('external_id', '')}", class_="file"),
    "header": lambda block, scene: el("h3", composition(block["text"], scene), dir="auto"),
    "image": _image_block,
    "input": _input,
    "markdown": lambda block, _scene: markdown(str(block["text"])),
    "plan": _plan,
    "rich_text": lambda block, scene: el("div", rich_text(block["elements"], scene), dir="auto"),
    "section": _section,
    "table": table,
    "task_card": _task,
    "video": _video,
}
