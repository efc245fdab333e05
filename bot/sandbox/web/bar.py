"""The bar on top: the sandbox clock, what failed, and being someone else."""

from bot.sandbox.api.presence import resting
from bot.sandbox.api.users import profile_json
from bot.sandbox.errors import Json
from bot.sandbox.web.emoji import emoji
from bot.sandbox.web.html import NOTHING, Html, el, join
from bot.sandbox.web.messages import avatar
from bot.sandbox.web.scene import Scene
from bot.sandbox.web.viewpoint import Look
from bot.sandbox.workspace import Person
from bot.sandbox.world import World

_ROLES = {
    "account_manager": "Account manager",
    "lead": "Lead",
    "member": "Member",
    "guest": "Guest: only the channels they were invited to",
    "external": "Other company: only the channel shared with them, no commands",
}


def marks_of(world: World, person: Person) -> Html:
    """Beside a name: asleep or away, and a custom status."""
    told = profile_json(world, person)
    signs = [("🌙", "not to be disturbed")] if resting(world, person) else []
    signs += [("○", "away")] if person.presence == "away" else []
    made = [el("span", sign, role="img", aria_label=words, title=words) for sign, words in signs]
    if told["status_emoji"] or told["status_text"]:
        sign = str(told["status_emoji"] or "speech_balloon").strip(":")
        made.append(el("span", emoji(sign), title=str(told["status_text"])))
    return join([" ", *made]) if made else NOTHING


def _own(world: World, look: Look) -> list[Html]:
    """What one does about oneself: pause notifications, go away, come back."""
    person = look.person
    acts = [("Resume notifications", "snooze", "0")] if resting(world, person) and person.snooze else []
    acts += [
        ("Pause notifications for an hour", "snooze", "60"),
        ("Pause until 9:00 tomorrow", "snooze", "morning"),
    ]
    acts.append(("Be active", "presence", "active") if person.presence == "away" else ("Be away", "presence", "away"))
    rows = []
    for words, act, value in acts:
        about: Json = {"role": "menuitem", "tabindex": -1, "data_act": act, "data_value": value}
        rows.append(el("li", el("button", words, type="button", **about), role="none"))
    return rows


def switcher(world: World, look: Look) -> Html:
    """Be someone else: each with what sets them apart. Below, what one does about oneself."""
    rows = []
    for person in world.workspace.people:
        if person.is_bot:
            continue
        told = "Deactivated: cannot sign in" if person.deleted else _ROLES[person.role]
        inside = [
            avatar(person, person.id),
            el("span", el("bdi", person.real_name), marks_of(world, person), el("small", told, class_="quiet")),
        ]
        about: Json = {"href": f"?as={person.id}", "data_nav": True, "role": "menuitemradio", "tabindex": -1}
        about["aria_checked"] = "true" if person.id == look.person.id else "false"
        rows.append(el("li", el("a", *inside, **about), role="none"))
    if not look.person.deleted:
        rows += [el("li", "You", role="presentation", class_="menu-group"), *_own(world, look)]
    opener: Json = {
        "aria_haspopup": "menu",
        "aria_expanded": "false",
        "data_menu": True,
        "class_": "btn who",
        "id": "who",
    }
    name = el("span", el("bdi", look.person.real_name), marks_of(world, look.person))
    inside = [avatar(look.person, look.person.id), name, Html(" ▾")]
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
    if world.next_moment is not None:
        about: Json = {"type": "button", "class_": "btn small", "data_act": "next", "id": "clock-next"}
        steps.append(el("button", "To the next reminder", **about))
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
