"""Installing the app and removing it: OAuth codes, tokens that end, refresh tokens that are taken once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import Json, SlackError

CODE_SECONDS: Final = 600.0
ROTATED_SECONDS: Final = 43_200
_ENDED: Final = {"uninstalled": "account_inactive", "revoked": "token_revoked", "rotated": "token_expired"}


@dataclass
class Code:
    """What an installer's browser carries back to the app."""

    user: str
    issued: float
    used: bool = False


class Tokens:
    """The bot tokens of one workspace: the one that is good, and what became of those before.

    With `rotates` a token ends after twelve hours and comes with a refresh token."""

    def __init__(self, clock: SandboxClock, *, rotates: bool) -> None:
        self._clock, self._rotates = clock, rotates
        self._codes: dict[str, Code] = {}
        self._ended: dict[str, str] = {}
        self._ends_at: float | None = None
        self.refresh = ""
        self.bot = self._fresh()

    def _fresh(self) -> str:
        prefix = "xoxe.xoxb-1" if self._rotates else "xoxb"
        if self._rotates:
            self.refresh = f"xoxe-1-sandbox-{secrets.token_hex(12)}"
            self._ends_at = self._clock.time() + ROTATED_SECONDS
        return f"{prefix}-sandbox-{secrets.token_hex(12)}"

    def end(self, why: str) -> None:
        """The token that is good is so no more: `uninstalled` or `revoked`."""
        self._ended[self.bot] = _ENDED[why]
        self.refresh = ""

    @property
    def is_installed(self) -> bool:
        return self.bot not in self._ended

    def check(self, token: str) -> None:
        """Raises what Slack answers to a token that is not, or no longer, one of the app's."""
        if token in self._ended:
            raise SlackError(self._ended[token])
        if token != self.bot:
            raise SlackError("invalid_auth")
        if self._ends_at is not None and self._clock.time() >= self._ends_at:
            raise SlackError("token_expired")

    def allow(self, user: str) -> str:
        """A code: this person has allowed the installation. Good for ten minutes, once."""
        code = f"{secrets.token_hex(6)}.{secrets.token_hex(12)}"
        self._codes[code] = Code(user, self._clock.time())
        return code

    def exchange(self, code: str) -> str:
        """Who allowed it; the app is installed with a token that is new unless the old one is still good."""
        found = self._codes.get(code)
        if found is None or self._clock.time() - found.issued > CODE_SECONDS:
            raise SlackError("invalid_code")
        if found.used:
            raise SlackError("code_already_used")
        found.used = True
        if not self.is_installed or self._rotates:
            self.bot = self._fresh()
        return found.user

    def rotate(self, refresh: str) -> None:
        """The next token in place of this one; a refresh token is taken once."""
        if not refresh or refresh != self.refresh:
            raise SlackError("invalid_refresh_token")
        self._ended[self.bot] = _ENDED["rotated"]
        self.bot = self._fresh()

    def facts(self) -> Json:
        """The members of `oauth.v2.access` that say what the app may use from now on."""
        more = {"expires_in": ROTATED_SECONDS, "refresh_token": self.refresh} if self._rotates else {}
        return {"access_token": self.bot, "token_type": "bot", **more}
