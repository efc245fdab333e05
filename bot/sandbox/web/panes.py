"""The parts of the page around the messages: sidebar, heads, conversation, thread, Home, modal, control bar."""

from bot.sandbox.canvases import Canvas
from bot.sandbox.errors import Json
from bot.sandbox.web.blocks import render_blocks
from bot.sandbox.web.composer import composer, prompts, status
from bot.sandbox.web.html import Html, el, link
from bot.sandbox.web.markdown import markdown
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


def app_head(world: World, look: Look) -> Html:
    """The app's name with its two tabs."""
    dm = world.workspace.dm(look.person.id).id
    tabs = []
    for name, where in (("Home", "home"), ("Messages", dm)):
        here = "page" if look.where == where else None
        tabs.append(el("a", name, href=_address(look, where), data_nav=True, aria_current=here))
    bar = el("nav", *tabs, class_="tabs", aria_label="Steward")
    return el("header", el("h1", avatar(world.bot, world.bot.id), " Steward"), bar, class_="head")


def channel_head(world: World, look: Look, channel: Channel) -> Html:
    """The channel's name, with whom it is shared, how many are in it, its bookmarks."""
    members = [world.workspace.person(one) for one in channel.members]
    names = ", ".join(member.real_name for member in members)
    about = el("span", f"{len(members)} members", class_="quiet", title=names)
    marks = [link(b["link"], b["title"], class_="bookmark") for b in world.bookmarks.get(channel.id, [])]
    marks += [_canvas(canvas) for canvas in world.canvases.values() if canvas.channel == channel.id]
    bar = el("div", *marks, class_="bookmarks") if marks else None
    name = el("h1", sign(channel), " ", el("bdi", channel.name))
    return el("header", name, _shared(world, look, channel), about, bar, class_="head")


def _canvas(canvas: Canvas) -> Html:
    """A canvas as a tab that unfolds."""
    name = el("summary", "🗒 ", el("bdi", canvas.title), class_="bookmark")
    return el("details", name, el("div", markdown(canvas.markdown), class_="popover canvas"), id=f"canvas-{canvas.id}")


def _shared(world: World, look: Look, channel: Channel) -> Html | None:
    others = channel.shared_with or channel.pending_shared_with
    teams = [world.workspace.team_of(key) for key in (world.workspace.team.id, *others)]
    named = ", ".join(team.name for team in teams if team.id != look.person.team_id)
    words = "Shared with" if channel.shared_with else "Soon shared with"
    return el("span", f"{words} {named}", class_="badge outside") if others else None


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
    return el(
        "section",
        app_head(world, look) if channel.kind == "im" else channel_head(world, look, channel),
        listed,
        *foot,
        id="main",
        tabindex=-1,
        aria_label="Conversation",
    )


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
    return el("section", app_head(world, look), body, id="main", tabindex=-1, aria_label="Steward Home")


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
