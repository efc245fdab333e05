"""Messages as HTML: one by one, grouped by author and day, with what a person can do to each."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.sandbox.errors import Json
from bot.sandbox.messages import SLACKBOT, Message
from bot.sandbox.web.blocks import render_blocks
from bot.sandbox.web.emoji import emoji
from bot.sandbox.web.html import Html, el, join, link
from bot.sandbox.web.markdown import markdown
from bot.sandbox.web.mrkdwn import mrkdwn, written_date
from bot.sandbox.web.scene import Scene
from bot.sandbox.web.viewpoint import Look, Marks, of_message
from bot.sandbox.workspace import Person
from bot.sandbox.world import World

MOST = 200
GROUP_SECONDS = 300
PREVIEW_CHARS = 1200
TEXT_TYPES = ("txt", "md", "csv", "json", "html", "svg", "log", "ics", "yml", "yaml")


def avatar(person: Person | None, key: str) -> Html:
    """Initials on a colour that stays with the person."""
    name = person.real_name if person else "Slackbot"
    words = [word for word in name.split() if word[:1].isalnum()] or ["?"]
    initials = "S" if person is None or person.is_bot else (words[0][0] + (words[-1][0] if len(words) > 1 else ""))
    kind = "bot" if person is None or person.is_bot else f"av-{sum(key.encode()) % 8}"
    return el("span", initials.upper(), class_=f"avatar {kind}", aria_hidden="true")


class MessagesPane:
    """The messages of one conversation for one viewer."""

    def __init__(self, world: World, look: Look, scene: Scene, marks: Marks) -> None:
        self._world, self._look, self._scene, self._marks = world, look, scene, marks

    def visible(self, channel: str) -> list[Message]:
        me = self._look.person.id
        return [m for m in self._world.messages.visible(channel, me) if (me, m.ts) not in self._marks.dismissed]

    def many(self, messages: Sequence[Message], *, in_thread: bool = False) -> Html:
        """Oldest first, with a line for each new day; at most the newest two hundred."""
        parts: list[Html] = []
        before: Message | None = None
        day = ""
        for message in messages[-MOST:]:
            today = written_date(self._moment(message), "{day_divider_pretty}", self._scene)
            if today != day and not in_thread:
                label = el("span", today[:1].upper() + today[1:])
                parts.append(el("div", label, class_="day", role="separator", id=f"day-{message.ts}"))
                before = None
            day = today
            parts.append(self.one(message, before, in_thread=in_thread))
            before = message
        return join(parts)

    def one(self, message: Message, before: Message | None = None, *, in_thread: bool = False) -> Html:
        author = self._world.workspace.person_or_none(message.user)
        joined = before is not None and self._continues(before, message)
        scene = of_message(self._scene, message)
        kind = "msg" + (" joined" if joined else "") + (" whisper" if message.audience else "")
        name = author.real_name if author else "Slackbot"
        body = [
            el("div", "👁 Only visible to you", class_="only-you") if message.audience else None,
            None if joined else self._head(message, author, name),
            self._content(message, scene),
            None if in_thread else self._thread_line(message),
            self._dismiss(message),
        ]
        about: Json = {"data_place": "message", "data_channel": message.channel, "data_ts": message.ts}
        key = f"{'t' if in_thread else 'm'}-{message.ts}"
        face = el("span", class_="avatar-gap") if joined else avatar(author, message.user)
        inner = [face, el("div", *body, class_="msg-body"), self._tools(message, key, in_thread=in_thread)]
        label = f"{name}, {self._time(message)}"
        return el("article", *inner, class_=kind, id=key, aria_label=label, **about)

    def _moment(self, message: Message) -> datetime:
        return datetime.fromtimestamp(float(message.ts), UTC).astimezone(self._scene.zone)

    def _time(self, message: Message) -> str:
        return f"{self._moment(message):%H:%M}"

    def _continues(self, before: Message, message: Message) -> bool:
        near = float(message.ts) - float(before.ts) < GROUP_SECONDS
        return near and before.user == message.user and not before.audience and not message.audience

    def _head(self, message: Message, author: Person | None, name: str) -> Html:
        app = author is None or author.is_bot
        outside = author is not None and self._world.workspace.is_external(author)
        team = self._world.workspace.team_of(author.team_id).name if author and outside else None
        when = el("time", self._time(message), datetime=self._moment(message).isoformat())
        badge = el("span", "APP", class_="badge") if app and message.user != SLACKBOT else None
        home = el("span", team, class_="badge outside") if team else None
        left = el("span", "(deactivated)", class_="quiet") if author and author.deleted else None
        return el("header", el("strong", el("bdi", name)), badge, home, left, when, class_="msg-head")

    def _content(self, message: Message, scene: Scene) -> Html:
        parts: list[Html] = []
        if message.streamed and message.text:
            parts.append(markdown(message.text))
        if message.blocks:
            parts.append(render_blocks(message.blocks, scene))
        elif message.text and not message.streamed:
            parts.append(el("div", mrkdwn(message.text, scene), class_="text", dir="auto"))
        if message.streaming:
            parts.append(el("span", "writing…", class_="cursor"))
        if message.edited:
            parts.append(el("span", "(edited)", class_="quiet edited"))
        parts += [self._attachment(one, scene) for one in message.attachments]
        parts += [self._file(one) for one in message.files]
        if message.reactions:
            marks = [el("span", emoji(n), f" {len(u)}", class_="reaction") for n, u in message.reactions.items()]
            parts.append(el("div", *marks, class_="reactions"))
        return el("div", *parts, class_="content")

    def _attachment(self, one: Json, scene: Scene) -> Html:
        blocks = render_blocks(one["blocks"], scene) if one.get("blocks") else None
        title = link(one["title_link"], one.get("title")) if one.get("title_link") else one.get("title")
        words = mrkdwn(str(one.get("text") or one.get("fallback") or ""), scene)
        return el("div", el("strong", title) if title else None, el("div", words), blocks, class_="attachment")

    def _file(self, file: Json) -> Html:
        upload = self._world.uploads.get(str(file["id"]))
        shown = self._scene.files.get(str(file["id"]))
        title, size = str(file.get("title") or file["name"]), int(file["size"])
        head = [el("strong", f"📄 {title}"), el("small", f"{file['name']} · {_size(size)}", class_="quiet")]
        if upload is None or upload.content is None:
            return el("div", *head, class_="file")
        path = f"/page/file/{upload.id}/{upload.token}"
        preview: Html | None = None
        if shown:
            preview = el("img", src=shown, alt=str(file.get("alt_txt") or title), loading="lazy")
        elif str(file.get("filetype")) in TEXT_TYPES:
            words = upload.content[: PREVIEW_CHARS * 4].decode("utf-8", errors="replace")[:PREVIEW_CHARS]
            preview = el("pre", words, class_="preview", tabindex=0)
        return el("div", *head, preview, el("a", "Download", href=path, download=str(file["name"])), class_="file")

    def _replies(self, message: Message) -> list[Message]:
        me = self._look.person.id
        found = self._world.messages.replies(message.channel, message.ts, me)
        return [m for m in found if (me, m.ts) not in self._marks.dismissed]

    def _thread_line(self, message: Message) -> Html | None:
        replies = self._replies(message)
        if not replies or message.is_reply:
            return None
        count = f"{len(replies)} {'reply' if len(replies) == 1 else 'replies'}"
        last = el("span", f"Last at {self._time(replies[-1])}", class_="quiet")
        return el("a", count, " ", last, href=self._thread_address(message), data_nav=True, class_="thread-line")

    def _thread_address(self, message: Message) -> str:
        thread = message.thread_ts or message.ts
        return f"?as={self._look.person.id}&in={self._look.where}&thread={thread}"

    def _dismiss(self, message: Message) -> Html | None:
        if not message.audience:
            return None
        return el("button", "Dismiss", type="button", class_="linklike", data_act="dismiss", id=f"d-{message.ts}")

    def _tools(self, message: Message, key: str, *, in_thread: bool) -> Html | None:
        """The menu of a message: its thread and the app's message shortcuts; an ephemeral message has none."""
        if message.audience:
            return None
        rows = []
        if not in_thread:
            about: Json = {"href": self._thread_address(message), "role": "menuitem", "tabindex": -1}
            rows.append(el("a", "Reply in thread", data_nav=True, **about))
        if not self._world.workspace.is_external(self._look.person):
            for known in self._world.manifest.features.shortcuts:
                if known.type == "message":
                    about = {
                        "role": "menuitem",
                        "tabindex": -1,
                        "data_act": "shortcut",
                        "data_callback": known.callback_id,
                    }
                    rows.append(
                        el("button", known.name, " ", el("span", "Steward", class_="quiet"), type="button", **about)
                    )
        if not rows:
            return None
        opener: Json = {"aria_haspopup": "menu", "aria_expanded": "false", "data_menu": True, "class_": "icon-btn"}
        button = el("button", "⋯", type="button", aria_label="More actions", id=f"{key}-more", **opener)
        menu = el("ul", *[el("li", row, role="none") for row in rows], role="menu", hidden=True, class_="menu")
        return el("div", button, menu, class_="tools menu-box")


def _size(size: int) -> str:
    return f"{size} B" if size < 1024 else f"{size / 1024:.0f} kB" if size < 1_048_576 else f"{size / 1_048_576:.1f} MB"
