"""The parts of the page around the messages: sidebar, heads, conversation, thread, Home, modal, control bar."""

from bot.sandbox.errors import Json
from bot.sandbox.web.blocks import render_blocks
from bot.sandbox.web.composer import composer, prompts, status
from bot.sandbox.web.html import Html, el, link
from bot.sandbox.web.messages import MessagesPane, avatar
from bot.sandbox.web.scene import Scene
from bot.sandbox.web.viewpoint import Look, Marks, channels_of, may_use_app, of_view
from bot.sandbox.workspace import Channel
from bot.sandbox.world import World


def sign(channel: Channel) -> Html:
    """The mark before a channel's name, with words for those who do not see it."""
    if channel.shared_with:
        return el("span", "⧉", class_="sign", role="img", aria_label="shared with another company")
    if channel.pending_shared_with:
        return el("span", "◌", class_="sign", role="img", aria_label="will be shared with another company")
    private = channel.kind == "private"
    return el(
        "span", "🔒" if private else "#", class_="sign", role="img", aria_label="private" if private else "channel"
    )


def _address(look: Look, where: str) -> str:
    return f"?as={look.person.id}&in={where}"


def _entry(look: Look, where: str, inside: list[Html | str | None], new: int) -> Html:
    here = "page" if look.where == where else None
    count = el("span", str(new), class_="unread", aria_label=f"{new} new") if new else None
    inner = el(
        "a", *inside, count, href=_address(look, where), data_nav=True, aria_current=here, class_="new" if new else None
    )
    return el("li", inner)


def _unread(world: World, look: Look, marks: Marks, channel: str) -> int:
    """Messages of others since this person last looked."""
    me = look.person.id
    since = marks.read.get((me, channel), "")
    return sum(m.ts > since and m.user != me for m in MessagesPane(world, look, Scene(), marks).visible(channel))


def sidebar(world: World, look: Look, marks: Marks) -> Html:
    person = look.person
    rows = []
    for channel in [] if person.deleted else channels_of(world, person):
        gone = el("small", " archived", class_="quiet") if channel.is_archived else None
        inside: list[Html | str | None] = [sign(channel), " ", el("bdi", channel.name), gone]
        rows.append(_entry(look, channel.id, inside, _unread(world, look, marks, channel.id)))
    parts = [el("h2", "Channels"), el("ul", *rows)]
    if may_use_app(world, person):
        dm = world.workspace.dm(person.id).id
        apps = [
            _entry(look, "home", ["🏠 ", "Home"], 0),
            _entry(look, dm, ["💬 ", "Messages"], _unread(world, look, marks, dm)),
        ]
        parts += [el("h2", "Apps: Steward"), el("ul", *apps)]
    team = world.workspace.team_of(person.team_id).name
    head = el("div", el("strong", team), el("span", "sandbox", class_="badge"), class_="team")
    return el("nav", head, *parts, id="sidebar", aria_label="Workspace")


_ROLES = {
    "account_manager": "Account manager",
    "lead": "Lead",
    "member": "Member",
    "guest": "Guest: only the channels they were invited to",
    "external": "Other company: only the channel shared with them, no commands",
}


def switcher(world: World, look: Look) -> Html:
    """Be someone else: each with what sets them apart."""
    rows = []
    for person in world.workspace.people:
        if person.is_bot:
            continue
        told = "Deactivated: cannot sign in" if person.deleted else _ROLES[person.role]
        inside = [avatar(person, person.id), el("span", el("bdi", person.real_name), el("small", told, class_="quiet"))]
        about: Json = {"href": f"?as={person.id}", "data_nav": True, "role": "menuitemradio", "tabindex": -1}
        about["aria_checked"] = "true" if person.id == look.person.id else "false"
        rows.append(el("li", el("a", *inside, **about), role="none"))
    opener: Json = {
        "aria_haspopup": "menu",
        "aria_expanded": "false",
        "data_menu": True,
        "class_": "btn who",
        "id": "who",
    }
    inside = [avatar(look.person, look.person.id), el("span", el("bdi", look.person.real_name)), Html(" ▾")]
    button = el("button", *inside, type="button", aria_label=f"You are {look.person.real_name}. Switch user", **opener)
    return el(
        "div",
        button,
        el("ul", *rows, role="menu", hidden=True, class_="menu right", aria_labelledby="who"),
        class_="menu-box",
    )


def control_bar(world: World, look: Look, scene: Scene) -> Html:
    now = world.clock.now().astimezone(scene.zone)
    shown = el("time", f"{now:%a} {now.day} {now:%b %H:%M}", datetime=now.isoformat(), id="clock", title=look.person.tz)
    steps = [
        el(
            "button",
            label,
            type="button",
            class_="btn small",
            data_act="advance",
            data_seconds=seconds,
            id=f"clock-{seconds}",
        )
        for label, seconds in (("+1 hour", 3600), ("+1 day", 86_400))
    ]
    moment = el(
        "input", type="datetime-local", name="to", value=f"{now:%Y-%m-%dT%H:%M}", aria_label="Jump to", class_="field"
    )
    form = el("form", moment, el("button", "Jump", class_="btn small primary", type="submit"), id="jump")
    jump = el(
        "details", el("summary", "Jump to…", class_="btn small"), el("div", form, class_="popover"), id="jump-box"
    )
    return el("div", shown, *steps, jump, _failures(world), class_="clock", role="group", aria_label="Sandbox clock")


def _failures(world: World) -> Html:
    found = world.journal.failures
    rows = [
        el("li", el("strong", f.kind), " ", f.what, el("small", f.detail, class_="quiet"))
        for f in reversed(found[-50:])
    ]
    inside = el("ul", *rows) if rows else el("p", "Nothing has failed.")
    name = f"{len(found)} failure{'' if len(found) == 1 else 's'}"
    summary = el("summary", name, class_=f"btn small{' danger' if found else ''}")
    return el("details", summary, el("div", inside, class_="popover"), id="failures")


def head(world: World, look: Look, channel: Channel | None) -> Html:
    """The name of what is shown, and for the app its two tabs."""
    if channel is None or channel.kind == "im":
        dm = world.workspace.dm(look.person.id).id
        tabs = [
            el(
                "a",
                name,
                href=_address(look, where),
                data_nav=True,
                aria_current="page" if look.where == where else None,
            )
            for name, where in (("Home", "home"), ("Messages", dm))
        ]
        tab_bar = el("nav", *tabs, class_="tabs", aria_label="Steward")
        return el("header", el("h1", avatar(world.bot, world.bot.id), " Steward"), tab_bar, class_="head")
    members = [world.workspace.person(one) for one in channel.members]
    about = f"{len(members)} members"
    teams = [world.workspace.team_of(key).name for key in channel.shared_with or channel.pending_shared_with]
    shared = None
    if teams:
        words = f"{'Shared with' if channel.shared_with else 'Soon shared with'} {', '.join(teams)}"
        shared = el("span", words, class_="badge outside")
    marks = [link(b["link"], b["title"], class_="bookmark") for b in world.bookmarks.get(channel.id, [])]
    bar = el("div", *marks, class_="bookmarks") if marks else None
    names = ", ".join(m.real_name for m in members)
    return el(
        "header",
        el("h1", sign(channel), " ", el("bdi", channel.name)),
        shared,
        el("span", about, class_="quiet", title=names),
        bar,
        class_="head",
    )


def conversation(world: World, look: Look, channel: Channel, scene: Scene, marks: Marks) -> Html:
    """In the app's own conversation threads are shown inline: there every question starts one."""
    pane = MessagesPane(world, look, scene, marks)
    seen = pane.visible(channel.id)
    if channel.kind == "im":
        seen = sorted(seen, key=lambda m: (m.thread_ts or m.ts, m.ts))
    else:
        seen = [m for m in seen if not m.is_reply or m.broadcast]
    if seen:
        marks.read[(look.person.id, channel.id)] = max(m.ts for m in pane.visible(channel.id))
    welcome = (
        el("p", "Nothing has been said here yet. Type / for commands, or @Steward.", class_="empty")
        if not seen
        else None
    )
    listed = el(
        "div",
        welcome,
        pane.many(seen),
        role="log",
        aria_live="polite",
        aria_label="Messages",
        id=f"log-{channel.id}",
        class_="log",
        tabindex=0,
    )
    foot = [status(world, channel), prompts(world, channel), composer(world, look, channel)]
    return el("section", head(world, look, channel), listed, *foot, id="main", tabindex=-1, aria_label="Conversation")


def thread(world: World, look: Look, channel: Channel, scene: Scene, marks: Marks) -> Html | None:
    pane = MessagesPane(world, look, scene, marks)
    found = [m for m in pane.visible(channel.id) if look.thread in (m.ts, m.thread_ts)]
    if not found:
        return None
    close = el(
        "a",
        "×",
        href=_address(look, look.where),
        data_nav=True,
        class_="icon-btn",
        aria_label="Close thread",
        data_close="thread",
    )
    top = el("header", el("h2", "Thread"), el("span", channel.name, class_="quiet"), close, class_="head")
    listed = el(
        "div",
        pane.many(found, in_thread=True),
        role="log",
        aria_label="Thread messages",
        id=f"thread-{look.thread}",
        class_="log",
        tabindex=0,
    )
    return el(
        "aside",
        top,
        listed,
        status(world, channel, look.thread),
        composer(world, look, channel, look.thread),
        id="thread",
        aria_label="Thread",
    )


def home(world: World, look: Look, scene: Scene) -> Html:
    view = world.views.homes.get(look.person.id)
    if view is None:
        inside: Html = el("p", "Steward has not published a Home for this person yet.", class_="empty")
    else:
        inside = render_blocks(view.body["blocks"], of_view(scene, view, modal=False))
    body = el(
        "div", inside, class_="home", data_place="home", data_view=view.id if view else None, tabindex=0, id="home-body"
    )
    return el("section", head(world, look, None), body, id="main", tabindex=-1, aria_label="Steward Home")


def signed_out(look: Look) -> Html:
    words = f"{look.person.real_name} is deactivated and cannot sign in. What they wrote stays visible to others."
    return el("section", el("p", words, class_="empty"), id="main", tabindex=-1)


def modal(world: World, look: Look, scene: Scene) -> Html | None:
    """The top of this person's stack of views."""
    view = world.views.top(look.person.id)
    if view is None:
        return None
    body, deep = view.body, len(world.views.stack(look.person.id))
    title = el("h2", str(body["title"]["text"]), id="modal-title", dir="auto")
    cross = el("button", "×", type="button", class_="icon-btn", aria_label="Close everything", data_act="close-all")
    notice = el("div", view.notice, class_="alert error", role="alert") if view.notice else None
    inside = render_blocks(body["blocks"], of_view(scene, view, modal=True))
    back = str((body.get("close") or {}).get("text") or ("Back" if deep > 1 else "Cancel"))
    buttons = [el("button", back, type="button", class_="btn", data_act="close")]
    if body.get("submit"):
        buttons.append(el("button", str(body["submit"]["text"]), type="submit", class_="btn primary"))
    about: Json = {"data_place": "modal", "data_view": view.id, "id": "modal-form", "novalidate": True}
    head_bar = el("header", avatar(world.bot, world.bot.id), title, cross)
    form = el(
        "form", head_bar, notice, el("div", inside, class_="modal-body", tabindex=0), el("footer", *buttons), **about
    )
    return el("dialog", form, id="modal", aria_labelledby="modal-title")
