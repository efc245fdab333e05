"""The whole document and its changing part, for one look."""

from bot.sandbox.web import panes
from bot.sandbox.web.bar import control_bar, switcher
from bot.sandbox.web.html import Html, el, join
from bot.sandbox.web.viewpoint import Look, Marks, base_scene, channels_of, may_use_app
from bot.sandbox.workspace import Channel, Person
from bot.sandbox.world import World


def look_at(world: World, user: str, where: str, thread: str) -> Look:
    """The look an address asks for, as far as this person may: else their first conversation."""
    people = [p for p in world.workspace.people if not p.is_bot]
    person = world.workspace.person_or_none(user) if user else None
    if person is None or person.is_bot:
        person = next((p for p in people if p.role == "account_manager"), people[0])
    if where == "home" and may_use_app(world, person):
        return Look(person, "home")
    found = _allowed(world, person, where)
    return Look(person, found.id, thread) if found else Look(person, "")


def _allowed(world: World, person: Person, where: str) -> Channel | None:
    mine = [] if person.deleted else channels_of(world, person)
    if may_use_app(world, person):
        mine.append(world.workspace.dm(person.id))
    names = [c for c in mine if where and where in (c.id, c.name)]
    favourite = [c for c in mine if c.name == "accounts"]
    return next(iter([*names, *favourite, *mine]), None)


def changing(world: World, look: Look, marks: Marks) -> Html:
    """Everything inside <body> that the script keeps up to date."""
    scene = base_scene(world, look.person)
    channel = world.workspace.channel_or_none(look.where) if look.where not in ("", "home") else None
    side: Html | None = None
    if look.person.deleted or not look.where:
        main = panes.signed_out(look)
    elif channel is None:
        main = panes.home(world, look, scene)
    else:
        main = panes.conversation(world, look, channel, scene, marks)
        side = panes.thread(world, look, channel, scene, marks) if look.thread else None
    form = None if look.person.deleted else panes.modal(world, look, scene)
    toggle = el(
        "button",
        "☰",
        type="button",
        class_="icon-btn narrow",
        id="drawer",
        aria_label="Channels",
        aria_expanded="false",
    )
    theme = el("button", "◐", type="button", class_="icon-btn", id="theme", aria_label="Light or dark")
    top = el("header", toggle, control_bar(world, look, scene), switcher(world, look), theme, id="top")
    inner = el("div", panes.sidebar(world, look, marks), main, side, id="panes", class_="with-thread" if side else None)
    about = {"data_user": look.person.id, "data_where": look.where, "data_thread": look.thread}
    return el("div", top, inner, form, id="app", **about)


def document(world: World, look: Look, marks: Marks, token: str, theme: str) -> Html:
    chosen = theme if theme in ("light", "dark") else None
    head = [
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="sandbox-token", content=token),
        el("title", f"{world.workspace.team.name} · Steward sandbox"),
        el("link", rel="icon", href="/page/static/icon.svg", type="image/svg+xml"),
        el("link", rel="stylesheet", href="/page/static/page.css"),
        el("link", rel="stylesheet", href="/page/static/blocks.css"),
        el("script", src="/page/static/page.js", type="module"),
    ]
    skip = el("a", "Skip to the conversation", href="#main", class_="skip")
    toast = el("div", id="toast", role="alert", hidden=True)
    body = el("body", skip, changing(world, look, marks), toast)
    return join([Html("<!doctype html>\n"), el("html", el("head", *head), body, lang="en", data_theme=chosen)])
