"""oauth.v2.access: a code, or a refresh token, for tokens."""

from bot.sandbox.errors import Json, SlackError
from bot.sandbox.world import World


def access(world: World, args: Json) -> Json:
    if args.get("client_id") != world.secrets.client_id:
        raise SlackError("invalid_client_id")
    if args.get("client_secret") != world.secrets.client_secret:
        raise SlackError("bad_client_secret")
    grant = args.get("grant_type", "authorization_code")
    if grant == "refresh_token":
        world.tokens.rotate(args.get("refresh_token") or "")
        return _facts(world)
    if grant != "authorization_code":
        raise SlackError("invalid_grant_type")
    user = world.tokens.exchange(args.get("code") or "")
    world.activity.touch()
    return _facts(world) | {"authed_user": {"id": user}}


def _facts(world: World) -> Json:
    team, app = world.workspace.team, world.workspace.app
    return world.tokens.facts() | {
        "app_id": app.app_id,
        "bot_user_id": app.bot_user_id,
        "scope": ",".join(world.manifest.scopes),
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


HANDLERS = {"oauth.v2.access": access}
