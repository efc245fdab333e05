"""The part of an app manifest the platform acts on: scopes, commands, subscriptions, surfaces."""

from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Command(Part):
    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


class Shortcut(Part):
    name: str
    callback_id: str
    type: str


class AppHome(Part):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = True
    messages_tab_read_only_enabled: bool = True


class Features(Part):
    app_home: AppHome = AppHome()
    slash_commands: list[Command] = Field(default_factory=list)
    shortcuts: list[Shortcut] = Field(default_factory=list)
    unfurl_domains: list[str] = Field(default_factory=list)
    agent_view: dict[str, Any] | None = None


class Scopes(Part):
    bot: list[str] = Field(default_factory=list)


class OAuth(Part):
    scopes: Scopes = Scopes()


class Subscriptions(Part):
    request_url: str | None = None
    bot_events: list[str] = Field(default_factory=list)


class Interactivity(Part):
    is_enabled: bool = False
    request_url: str | None = None
    message_menu_options_url: str | None = None


class Settings(Part):
    socket_mode_enabled: bool = False
    token_rotation_enabled: bool = False
    event_subscriptions: Subscriptions = Subscriptions()
    interactivity: Interactivity = Interactivity()


class Manifest(Part):
    """Read leniently: the manifest's own schema is another check's business."""

    features: Features = Features()
    oauth_config: OAuth = OAuth()
    settings: Settings = Settings()

    @classmethod
    def load(cls, path: Path) -> Self:
        return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))

    @property
    def scopes(self) -> list[str]:
        return self.oauth_config.scopes.bot

    @property
    def events(self) -> list[str]:
        return self.settings.event_subscriptions.bot_events

    def command_or_none(self, name: str) -> Command | None:
        return next((c for c in self.features.slash_commands if c.command == name), None)

    def shortcut_or_none(self, callback_id: str) -> Shortcut | None:
        return next((s for s in self.features.shortcuts if s.callback_id == callback_id), None)
