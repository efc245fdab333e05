"""The box one writes in: commands and people it suggests, the + menu of global shortcuts, suggested prompts."""

from bot.sandbox.errors import Json
from bot.sandbox.web.html import Html, el
from bot.sandbox.web.viewpoint import Look
from bot.sandbox.workspace import Channel
from bot.sandbox.world import World


def composer(world: World, look: Look, channel: Channel, thread: str = "") -> Html:
    """A form the script sends; without a right to write, the reason instead."""
    why = _closed(world, channel)
    if why:
        return el("div", why, class_="composer closed")
    key = "thread" if thread else "main"
    where = "Reply…" if thread else f"Message {'Steward' if channel.kind == 'im' else '#' + channel.name}"
    box: Json = {"role": "combobox", "aria_expanded": "false", "aria_controls": f"suggest-{key}", "rows": 1}
    box |= {"aria_autocomplete": "list", "aria_label": where, "placeholder": where, "id": f"composer-{key}"}
    send = el("button", "➤", type="submit", class_="send", aria_label="Send")
    inner = [_plus(world, look, key), el("textarea", dir="auto", **box), send, _suggestions(world, look, channel, key)]
    about: Json = {"data_channel": channel.id, "data_thread": thread or None, "class_": "composer"}
    return el("form", *inner, id=f"form-{key}", **about)


def _closed(world: World, channel: Channel) -> str | None:
    home = world.manifest.features.app_home
    if channel.is_archived:
        return f"#{channel.name} is archived."
    if channel.kind == "im" and (home.messages_tab_read_only_enabled or not home.messages_tab_enabled):
        return "Sending messages to this app has been turned off."
    return None


def _plus(world: World, look: Look, key: str) -> Html:
    rows = []
    if not world.workspace.is_external(look.person):
        for known in world.manifest.features.shortcuts:
            if known.type == "global":
                about: Json = {"data_act": "shortcut", "data_callback": known.callback_id}
                rows.append(_entry(known.name, "Shortcut · Steward", about))
        rows += [
            _entry(f"{one.command} {one.usage_hint}", one.description, {"data_insert": f"{one.command} "})
            for one in world.manifest.features.slash_commands
        ]
    rows.append(_entry("@Steward", "Mention the app", {"data_insert": "@Steward "}))
    opener: Json = {"aria_haspopup": "menu", "aria_expanded": "false", "data_menu": True, "class_": "icon-btn"}
    button = el("button", "+", type="button", aria_label="Shortcuts and commands", id=f"plus-{key}", **opener)
    menu = el("ul", *rows, role="menu", hidden=True, class_="menu up", aria_labelledby=f"plus-{key}")
    return el("div", button, menu, class_="menu-box")


def _entry(name: str, told: str, about: Json) -> Html:
    inside = [el("span", name), el("small", told, class_="quiet")]
    return el("li", el("button", *inside, type="button", role="menuitem", tabindex=-1, **about), role="none")


def _suggestions(world: World, look: Look, channel: Channel, key: str) -> Html:
    """Everything that may be suggested; the script shows what fits the word under the cursor."""
    rows: list[Html] = []
    if not world.workspace.is_external(look.person):
        for command in world.manifest.features.slash_commands:
            inside: list[Html | str] = [
                el("strong", command.command),
                " ",
                command.usage_hint,
                el("small", command.description),
            ]
            rows.append(_row(f"/{key}{len(rows)}", inside, command.command))
    people = [p for p in world.workspace.people if p.id in channel.members and not p.deleted and p.id != look.person.id]
    for person in sorted(people, key=lambda one: (not one.is_bot, one.real_name)):
        handle = "Steward" if person.is_bot else person.name
        inside = [el("strong", f"@{handle}"), el("small", "App" if person.is_bot else person.real_name)]
        rows.append(_row(f"@{key}{len(rows)}", inside, f"@{handle}"))
    return el("ul", *rows, role="listbox", id=f"suggest-{key}", hidden=True, class_="menu up", aria_label="Suggestions")


def _row(key: str, inside: list[Html | str], insert: str) -> Html:
    about: Json = {"id": f"s-{key[1:]}", "data_insert": f"{insert} ", "data_match": insert.casefold()}
    return el("li", *inside, role="option", aria_selected="false", **about)


def prompts(world: World, channel: Channel) -> Html | None:
    """Suggested prompts of the agent's conversation: those the app set, else those of the manifest."""
    facts = world.threads.get((channel.id, ""), {})
    agent = world.manifest.features.agent_view or {}
    offered = facts.get("prompts") or agent.get("suggested_prompts") or []
    if channel.kind != "im" or not offered:
        return None
    made = [
        el("button", one["title"], type="button", class_="btn", data_act="prompt", data_say=one["message"])
        for one in offered
    ]
    title = facts.get("prompts_title") or "Try one of these"
    return el("div", el("span", title, class_="quiet"), *made, class_="prompts", data_channel=channel.id)


def status(world: World, channel: Channel, thread: str = "") -> Html:
    """What the agent says it is doing, and Stop for work under way."""
    rows: list[Html] = []
    for (place, ts), facts in world.threads.items():
        if place != channel.id or thread not in ("", ts):
            continue
        working = facts.get("session_status") == "processing"
        said = facts.get("status") or ("is working" if working else "")
        if said:
            rows.append(el("span", f"Steward {said}", class_="status"))
        if working:
            about: Json = {"data_act": "stop", "data_channel": channel.id, "data_thread": ts, "class_": "btn small"}
            rows.append(el("button", "Stop", type="button", aria_label=f"Stop: {facts.get('title') or said}", **about))
    return el("div", *rows, role="status", class_="statuses")
