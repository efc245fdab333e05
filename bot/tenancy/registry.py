"""The registry and the places of workspaces, as the settings say."""

from __future__ import annotations

from contextlib import closing

from bot.domain.installations import Installation, State
from bot.services.errors import BadInput, NotAllowed
from bot.settings import Settings
from bot.storage import migrate
from bot.storage.database import Database
from bot.storage.places import Places
from bot.storage.registry import SCRIPTS, Registry, Seal


def open_registry(use: Settings) -> tuple[Registry, Places]:
    """Brought up to date. Raises DatabaseError for a place that cannot be used and SealError for a key that is none."""
    places, seal = Places(use.workspaces or ""), Seal(use.keys)
    database = Database(places.registry)
    migrate.upgrade(database, scripts=SCRIPTS)
    return Registry(database, seal), places


def settings_of(use: Settings, wanted: str) -> Settings:
    """The settings to work in one workspace by, named by its id or its name.

    Raises BadInput when none or several are called that, NotAllowed when its data is frozen or erased.
    """
    registry, places = open_registry(use)
    with closing(registry):
        found = find(registry, wanted)
    _check_open(found)
    return use.model_copy(update={"database_url": places.made(found.team_id)})


def find(registry: Registry, wanted: str) -> Installation:
    """The workspace of this id or name. Raises BadInput when none or several are called that."""
    known = registry.installations()
    found = [one for one in known if wanted == one.team_id or wanted.casefold() == one.team_name.casefold()]
    if len(found) != 1:
        names = ", ".join(f"{one.team_name} ({one.team_id})" for one in known if one.is_active) or "none yet"
        raise BadInput(f"Say which workspace, by --workspace or STEWARD_WORKSPACE: installed are {names}.")
    return found[0]


def _check_open(one: Installation) -> None:
    if not one.is_active:
        what = "is frozen until Steward is installed there again" if one.state is State.FROZEN else "was erased"
        day = f"{one.ended_at:%Y-%m-%d}" if one.ended_at else "an unknown day"
        raise NotAllowed(f"{one.team_name} uninstalled Steward on {day}: its data {what}.")
