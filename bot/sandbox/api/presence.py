"""Is somebody there, and may they be disturbed: dnd.*, users.getPresence, users.profile.get."""

from bot.sandbox.api.users import profile_json, visible
from bot.sandbox.errors import Json, SlackError, invalid_arguments
from bot.sandbox.workspace import Person
from bot.sandbox.world import World

MOST_USERS = 50
NEVER: Json = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


def dnd_json(world: World, person: Person) -> Json:
    """As others see it: the window that is on or comes next. A pause by hand shows as such a window, and as no more."""
    now = world.clock.time()
    if person.snooze is not None and person.snooze.end > now:
        return {"dnd_enabled": True, "next_dnd_start_ts": person.snooze.start, "next_dnd_end_ts": person.snooze.end}
    if person.dnd is None:
        return NEVER
    start, end = person.dnd.window(now, person.tz)
    return {"dnd_enabled": True, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def resting(world: World, person: Person) -> bool:
    """Is this person not to be disturbed right now?"""
    seen = dnd_json(world, person)
    return bool(seen["dnd_enabled"]) and seen["next_dnd_start_ts"] <= world.clock.time() < seen["next_dnd_end_ts"]


def dnd_info(world: World, args: Json) -> Json:
    person = visible(world, args.get("user") or world.bot.id)
    own = {"snooze_enabled": False} if person.id == world.bot.id else {}
    return dnd_json(world, person) | own


def dnd_team(world: World, args: Json) -> Json:
    asked = [key for key in args["users"].split(",") if key.strip()]
    if not asked:
        raise SlackError("no_users_provided")
    if len(asked) > MOST_USERS:
        raise invalid_arguments(f"no more than {MOST_USERS} users allowed [json-pointer:/users]")
    return {"users": {key: dnd_json(world, visible(world, key)) for key in asked}}


def presence(world: World, args: Json) -> Json:
    person = visible(world, args.get("user") or world.bot.id)
    if person.id != world.bot.id:
        return {"presence": person.presence}
    return {"presence": "active", "online": True, "auto_away": False, "manual_away": False, "connection_count": 1}


def profile(world: World, args: Json) -> Json:
    return {"profile": profile_json(world, visible(world, args.get("user") or world.bot.id))}


HANDLERS = {
    "dnd.info": dnd_info,
    "dnd.teamInfo": dnd_team,
    "users.getPresence": presence,
    "users.profile.get": profile,
}
