"""What `steward doctor` says where several workspaces are served."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from bot.bootstrap import open_database
from bot.clock import Clock
from bot.domain.installations import Installation
from bot.services.doctor import examine_database
from bot.services.results import Check
from bot.settings import Settings
from bot.slack.doctor import slack_checks
from bot.storage.addresses import DatabaseError
from bot.storage.places import Places
from bot.storage.registry import Registry
from bot.tenancy.registry import open_registry


def shared_checks(use: Settings, clock: Clock) -> Iterator[Check]:
    """Settings and the registry first; then each workspace that is served, its database and its token."""
    for problem in use.shared_problems():
        yield Check(name="workspaces", state="error", sentence=problem)
    try:
        registry, places = open_registry(use)
    except DatabaseError as error:
        yield Check(name="workspaces", state="error", sentence=f"{error}")
        return
    with closing(registry):
        yield from _all(use, registry, places, clock)


def _all(use: Settings, registry: Registry, places: Places, clock: Clock) -> Iterator[Check]:
    known = registry.installations()
    active = [one for one in known if one.is_active]
    gone = len(known) - len(active)
    ended = f", {gone} {'has' if gone == 1 else 'have'} left" if gone else ""
    advice = "" if active else ": open /slack/install of this server in a browser"
    sentence = f"{len(active)} {'workspace is' if len(active) == 1 else 'workspaces are'} served{ended}{advice}."
    yield Check(name="workspaces", state="ok" if active else "warning", sentence=sentence)
    for sentence in registry.unreadable():
        yield Check(name="workspaces", state="error", sentence=sentence)
    for one in active:
        yield from _workspace(use, registry, places, one, clock)


def _workspace(use: Settings, registry: Registry, places: Places, one: Installation, clock: Clock) -> Iterator[Check]:
    try:
        tokens = registry.tokens(one.team_id)
        database = open_database(use.model_copy(update={"database_url": places.address(one.team_id)}))
    except DatabaseError:
        return  # its sentence stands above
    try:
        for check in examine_database(database, clock):
            yield check.model_copy(update={"name": f"{one.team_name}: {check.name}"})
    finally:
        database.close()
    if tokens is not None:
        for check in slack_checks(use.model_copy(update={"bot_token": tokens.bot, "app_token": None})):
            yield check.model_copy(update={"name": f"{one.team_name}: {check.name}"})
