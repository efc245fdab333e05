"""Settings from the environment and `.env`. README lists every one; a test compares the two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DATABASE = "sqlite:///steward.db"
_MOST_DOMAINS = 5
SLACK_API = "https://slack.com/api/"
Locale: TypeAlias = Literal[
    "en_GB", "en_US", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "ja", "iso"
]
"""The languages of dates; a test compares them with `bot.domain.preferences`."""


class SettingsError(Exception):
    """A setting is missing or wrong; the message names each one and what to do."""


def _domains(value: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip().casefold() for one in (value or "").split(",") if one.strip()))


def _named(name: str) -> AliasChoices:
    return AliasChoices(name)


class Settings(BaseSettings):
    """Every option, with the default that a small team wants."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", populate_by_name=True, env_ignore_empty=True)

    bot_token: Annotated[SecretStr | None, Field(validation_alias=_named("SLACK_BOT_TOKEN"))] = None
    app_token: Annotated[SecretStr | None, Field(validation_alias=_named("SLACK_APP_TOKEN"))] = None
    signing_secret: Annotated[SecretStr | None, Field(validation_alias=_named("SLACK_SIGNING_SECRET"))] = None
    slack_api_url: Annotated[str, Field(validation_alias=_named("SLACK_API_URL"))] = SLACK_API
    client_id: Annotated[str | None, Field(validation_alias=_named("SLACK_CLIENT_ID"))] = None
    client_secret: Annotated[SecretStr | None, Field(validation_alias=_named("SLACK_CLIENT_SECRET"))] = None
    # Addresses of databases may hold a password: they are not shown in a repr.
    database_url: Annotated[str, Field(validation_alias=_named("DATABASE_URL"), repr=False)] = DEFAULT_DATABASE
    workspaces: Annotated[str | None, Field(validation_alias=_named("STEWARD_WORKSPACES"), repr=False)] = None
    workspace: Annotated[str | None, Field(validation_alias=_named("STEWARD_WORKSPACE"))] = None
    token_keys: Annotated[SecretStr | None, Field(validation_alias=_named("STEWARD_TOKEN_KEYS"))] = None
    may_install: Annotated[str, Field(validation_alias=_named("STEWARD_MAY_INSTALL"))] = ""
    on_uninstall: Annotated[Literal["freeze", "erase"], Field(validation_alias=_named("STEWARD_ON_UNINSTALL"))] = (
        "freeze"
    )
    host: Annotated[str, Field(validation_alias=_named("STEWARD_HOST"))] = "127.0.0.1"
    port: Annotated[int, Field(validation_alias=_named("STEWARD_PORT"), ge=0, le=65535)] = 3000
    timezone: Annotated[str, Field(validation_alias=_named("STEWARD_TIMEZONE"))] = "UTC"
    locale: Annotated[Locale, Field(validation_alias=_named("STEWARD_LOCALE"))] = "en_GB"
    link_domains: Annotated[str | None, Field(validation_alias=_named("STEWARD_LINK_DOMAINS"))] = None
    replies: Annotated[Literal["thread", "private"], Field(validation_alias=_named("STEWARD_REPLIES"))] = "thread"
    policies: Annotated[Path | None, Field(validation_alias=_named("STEWARD_POLICIES"))] = None
    brand: Annotated[Path | None, Field(validation_alias=_named("STEWARD_BRAND"))] = None
    keep_message_text_days: Annotated[
        int, Field(validation_alias=_named("STEWARD_KEEP_MESSAGE_TEXT_DAYS"), ge=0, le=3650)
    ] = 0
    skills: Annotated[Path | None, Field(validation_alias=_named("STEWARD_SKILLS"))] = None
    llm: Annotated[Literal["on", "off"], Field(validation_alias=_named("STEWARD_LLM"))] = "on"
    llm_key: Annotated[SecretStr | None, Field(validation_alias=_named("OPENAI_API_KEY"))] = None
    llm_url: Annotated[str | None, Field(validation_alias=_named("OPENAI_BASE_URL"), repr=False)] = None
    llm_model: Annotated[str | None, Field(validation_alias=_named("STEWARD_LLM_MODEL"))] = None
    llm_api: Annotated[Literal["auto", "responses", "chat"], Field(validation_alias=_named("STEWARD_LLM_API"))] = "auto"
    llm_azure_version: Annotated[str | None, Field(validation_alias=_named("STEWARD_LLM_AZURE_VERSION"))] = None
    llm_seconds: Annotated[float, Field(validation_alias=_named("STEWARD_LLM_SECONDS"), gt=0, le=300)] = 25.0
    llm_at_once: Annotated[int, Field(validation_alias=_named("STEWARD_LLM_AT_ONCE"), ge=1, le=64)] = 3
    llm_person_tokens: Annotated[int, Field(validation_alias=_named("STEWARD_LLM_PERSON_TOKENS"), ge=0)] = 200_000
    llm_day_tokens: Annotated[int, Field(validation_alias=_named("STEWARD_LLM_DAY_TOKENS"), ge=0)] = 2_000_000
    llm_day_cost: Annotated[Decimal | None, Field(validation_alias=_named("STEWARD_LLM_DAY_COST"), ge=0)] = None
    llm_price_in: Annotated[Decimal, Field(validation_alias=_named("STEWARD_LLM_PRICE_IN"), ge=0)] = Decimal(0)
    llm_price_out: Annotated[Decimal, Field(validation_alias=_named("STEWARD_LLM_PRICE_OUT"), ge=0)] = Decimal(0)
    llm_log_text: Annotated[bool, Field(validation_alias=_named("STEWARD_LLM_LOG_TEXT"))] = False
    log_level: Annotated[str, Field(validation_alias=_named("STEWARD_LOG_LEVEL"))] = "INFO"
    workers: Annotated[int, Field(validation_alias=_named("STEWARD_WORKERS"), ge=1, le=64)] = 8

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, value: str) -> str:
        return value if value.endswith("/") else f"{value}/"

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is not an IANA time zone such as Europe/Stockholm") from error
        return value

    @field_validator("link_domains")
    @classmethod
    def _some_domains(cls, value: str | None) -> str | None:
        found = _domains(value)
        if len(found) > _MOST_DOMAINS:
            raise ValueError(f"Slack takes {_MOST_DOMAINS} domains of links at most, not {len(found)}")
        for one in found:
            if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", one):
                raise ValueError(f"{one!r} is no domain; write them like crm.example.com, with commas between")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError(f"{value!r} is not one of DEBUG, INFO, WARNING, ERROR")
        return value.upper()

    @property
    def own_domains(self) -> tuple[str, ...]:
        return _domains(self.link_domains)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def drafting_model(self) -> str | None:
        """The model that words drafts, where one is set up and not switched off."""
        reachable = self.llm_key is not None or self.llm_url is not None
        return self.llm_model if self.llm == "on" and reachable else None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys for stored tokens, the one that encrypts first."""
        text = self.token_keys.get_secret_value() if self.token_keys is not None else ""
        return tuple(key for key in re.split(r"[,\s]+", text) if key)

    @property
    def allowed_teams(self) -> frozenset[str]:
        """The workspaces that may install Steward; empty: every one."""
        return frozenset(team for team in re.split(r"[,\s]+", self.may_install) if team)

    @property
    def secrets(self) -> frozenset[str]:
        """Everything here that must not be in a log: keys, tokens, passwords in addresses."""
        held = (getattr(self, name) for name in type(self).model_fields)
        plain = {one.get_secret_value() for one in held if isinstance(one, SecretStr)}
        addresses = (self.database_url, self.workspaces or "", self.llm_url or "")
        return frozenset({*plain, *self.keys, *(word for one in addresses for word in _passwords(one))} - {""})

    def shared_problems(self) -> tuple[str, ...]:
        """What keeps `steward run` from serving several workspaces, one sentence each; empty when it can."""
        needed = {
            "SLACK_CLIENT_ID": (self.client_id, "copy it from Basic Information"),
            "SLACK_CLIENT_SECRET": (self.client_secret, "copy it from Basic Information"),
            "SLACK_SIGNING_SECRET": (self.signing_secret or self.app_token, "or SLACK_APP_TOKEN, for Socket Mode"),
            "STEWARD_TOKEN_KEYS": (self.keys or None, "make a key with steward workspaces new-key"),
        }
        problems = [f"{name} is not set: {advice}." for name, (value, advice) in needed.items() if value is None]
        if self.bot_token is not None:
            problems.append(
                "SLACK_BOT_TOKEN and STEWARD_WORKSPACES are both set: the first is for one workspace, unset one."
            )
        return tuple(problems)

    def slack_problems(self) -> tuple[str, ...]:
        """What keeps `steward run` from connecting, one sentence each; empty when it can."""
        problems = []
        if self.bot_token is None:
            problems.append(
                "SLACK_BOT_TOKEN is not set: copy the Bot User OAuth Token (xoxb-...) from OAuth & Permissions."
            )
        elif not self.bot_token.get_secret_value().startswith("xoxb-"):
            problems.append("SLACK_BOT_TOKEN does not start with xoxb-: it must be the Bot User OAuth Token.")
        if self.app_token is None and self.signing_secret is None:
            problems.append(
                "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set: set the one for how "
                "Slack should reach the bot."
            )
        if self.app_token is not None and not self.app_token.get_secret_value().startswith("xapp-"):
            problems.append(
                "SLACK_APP_TOKEN does not start with xapp-: create an app-level token with connections:write."
            )
        return tuple(problems)


def _passwords(address: str) -> Iterator[str]:
    """The password in an address, as it is written and as it is meant; it may also stand behind the question mark."""
    try:
        parts = urlsplit(address)
        found = [parts.password or "", *parse_qs(parts.query).get("password", ())]
    except ValueError:
        return
    for one in found:
        yield from (one, unquote(one))


def load_settings(**overrides: object) -> Settings:
    """Settings, or a `SettingsError` that names every variable at fault."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        lines = [
            f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors()
        ]
        raise SettingsError("; ".join(lines)) from error
