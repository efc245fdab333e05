"""users.*, team.info, usergroups.list, auth.test, api.test, apps.connections.open."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.api.paging import page
from bot.sandbox.errors import Json, SlackError
from bot.sandbox.messages import SLACKBOT
from bot.sandbox.workspace import Person, Status
from bot.sandbox.world import World


def profile_json(world: World, person: Person) -> Json:
    """A person's profile; a custom status that has run out is gone, the address needs its own scope."""
    status = person.status
    if status.expires and status.expires <= world.clock.time():
        status = Status()
    body: Json = {"real_name": person.real_name, "display_name": person.name, "team": person.team_id}
    body |= {"title": person.title, "status_text": status.text, "status_emoji": status.emoji}
    body["status_expiration"] = status.expires
    email = "users:read.email" in world.manifest.scopes and not person.is_bot
    return body | ({"email": person.email} if email else {})


def user_json(world: World, person: Person, *, with_locale: bool = False) -> Json:
    moment = datetime.fromtimestamp(world.clock.time(), ZoneInfo(person.tz))
    offset = moment.utcoffset()
    body: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.name,
        "deleted": person.deleted,
        "profile": profile_json(world, person),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 1_700_000_000,
    }
    if person.deleted:
        return body
    guest = person.role == "guest"
    body |= {"real_name": person.real_name, "tz": person.tz, "tz_label": moment.tzname() or ""}
    body |= {"tz_offset": int(offset.total_seconds()) if offset else 0, "is_admin": person.is_admin, "is_owner": False}
    body |= {"is_primary_owner": False, "is_restricted": guest, "is_ultra_restricted": False, "color": "4bbe2e"}
    body |= {"is_stranger": True} if world.workspace.is_external(person) else {}
    return body | ({"locale": "en-GB"} if with_locale else {})


def visible(world: World, user_id: str) -> Person:
    """A member, or someone of another organisation who shares a channel with the bot."""
    person = world.workspace.person_or_none(user_id)
    if person is None or person.id != user_id:
        raise SlackError("user_not_found")
    shared = any({person.id, world.bot.id} <= set(c.members) for c in world.workspace.channels if c.kind != "im")
    if world.workspace.is_external(person) and not shared:
        raise SlackError("user_not_visible")
    return person


def info(world: World, args: Json) -> Json:
    if args["user"] == SLACKBOT:
        profile = {"real_name": "Slackbot", "display_name": "Slackbot"}
        return {"user": {"id": SLACKBOT, "name": "slackbot", "deleted": False, "is_bot": False, "profile": profile}}
    return {"user": user_json(world, visible(world, args["user"]), with_locale=bool(args.get("include_locale")))}


def list_all(world: World, args: Json) -> Json:
    own = [p for p in world.workspace.people if not world.workspace.is_external(p)]
    found, cursor = page(own, args)
    listed = [user_json(world, p, with_locale=bool(args.get("include_locale"))) for p in found]
    return {"members": listed, "cache_ts": int(world.clock.time()), "response_metadata": {"next_cursor": cursor}}


def lookup_by_email(world: World, args: Json) -> Json:
    wanted = args["email"].casefold()
    for person in world.workspace.people:
        if person.email.casefold() == wanted and not person.deleted and not world.workspace.is_external(person):
            return {"user": user_json(world, person)}
    raise SlackError("users_not_found")


def team_info(world: World, args: Json) -> Json:
    wanted = args.get("team") or world.workspace.team.id
    teams = [world.workspace.team, *world.workspace.other_teams]
    team = next((t for t in teams if t.id == wanted), None)
    if team is None:
        raise SlackError("team_not_found")
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": "", "icon": {}}}


def usergroups(world: World, args: Json) -> Json:
    groups: list[Json] = []
    for group in world.workspace.usergroups:
        body: Json = {"id": group.id, "team_id": world.workspace.team.id, "is_usergroup": True, "name": group.name}
        body |= {"handle": group.handle, "description": "", "is_external": False, "date_delete": 0}
        body |= {"users": group.users} if args.get("include_users") else {}
        body |= {"user_count": len(group.users)} if args.get("include_count") else {}
        groups.append(body)
    return {"usergroups": groups}


def auth_test(world: World, _args: Json) -> Json:
    team, app = world.workspace.team, world.workspace.app
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": world.bot.name,
        "team_id": team.id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def api_test(_world: World, args: Json) -> Json:
    if args.get("error"):
        raise SlackError(args["error"], args=args)
    return {"args": args}


def connections_open(world: World, args: Json) -> Json:
    return {"url": world.open_socket(bool(args.get("debug_reconnects")))}


HANDLERS = {
    "api.test": api_test,
    "apps.connections.open": connections_open,
    "auth.test": auth_test,
    "team.info": team_info,
    "usergroups.list": usergroups,
    "users.info": info,
    "users.list": list_all,
    "users.lookupByEmail": lookup_by_email,
}
