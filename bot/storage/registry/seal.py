"""Tokens encrypted at rest: AES-128 in CBC mode with an HMAC (Fernet), each bound to its workspace."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import SecretStr

from bot.domain.installations import Tokens
from bot.storage.addresses import DatabaseError


class SealError(DatabaseError):
    """A key is none, or does not open what is stored; the message says which and what to do."""


def new_key() -> str:
    """A fresh key for STEWARD_TOKEN_KEYS."""
    return Fernet.generate_key().decode()


class Seal:
    """The first key encrypts; every key opens what it once encrypted. Raises SealError for what is no key."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise SealError("STEWARD_TOKEN_KEYS is empty: make a key with steward workspaces new-key.")
        self._keys = MultiFernet([_key(number, text) for number, text in enumerate(keys, 1)])

    def close(self, team_id: str, tokens: Tokens) -> str:
        """The tokens as text that only the keys open, and only for this workspace."""
        written = {
            "team": team_id,
            "bot": tokens.bot.get_secret_value(),
            "refresh": tokens.refresh.get_secret_value() if tokens.refresh else None,
            "ends_at": tokens.ends_at.isoformat() if tokens.ends_at else None,
        }
        return self._keys.encrypt(json.dumps(written).encode()).decode()

    def open(self, team_id: str, sealed: str) -> Tokens:
        """Raises SealError when no key opens it, or it was sealed for another workspace."""
        try:
            read = json.loads(self._keys.decrypt(sealed))
        except InvalidToken:
            raise SealError(
                f"The token of workspace {team_id} opens with no key of STEWARD_TOKEN_KEYS: "
                "add the key it was stored with, or install Steward there again."
            ) from None
        if read["team"] != team_id:
            raise SealError(f"The token stored for workspace {team_id} is of another; install Steward there again.")
        return Tokens(
            bot=SecretStr(read["bot"]),
            refresh=SecretStr(read["refresh"]) if read["refresh"] else None,
            ends_at=datetime.fromisoformat(read["ends_at"]) if read["ends_at"] else None,
        )


def _key(number: int, text: str) -> Fernet:
    try:
        return Fernet(text)
    except ValueError:
        raise SealError(
            f"Key {number} of STEWARD_TOKEN_KEYS is not one: make one with steward workspaces new-key."
        ) from None
