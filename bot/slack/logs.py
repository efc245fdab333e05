"""Logs without what must not be in them: tokens, passwords, bodies of forged requests, rows that a database refused.

Every cause is mended where it is. What stands here is the last line: it masks what has the shape of a secret, and the
very secrets that are set.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Collection, Iterable
from typing import Final

_SECRETS = re.compile(
    r"\b(xox[a-z](?:\.[a-z]+)?-|xapp-)[\w-]+|(\bticket=)[^&\s'\"]+|(hooks\.slack\.com/)[^\s'\"]+|(/response/)[\w-]+"
    r"|(\bwith code: )\S+|(\w://[^\s:/@]*:)[^\s@/]+(?=@)|(\bDETAIL: ).*"
)
_SHORTEST: Final = 6
"""Characters: to mask anything shorter would take words out of every line."""
_FORGED = "Invalid request signature"
# Followed by parts of the payload, and by a listener to write for it.
_UNHANDLED = "Unhandled request ("
# Said because the client is given without a token on purpose; the token stands in `identity.Workspace`.
_TOKEN_ADVICE = "`token` will be unused"  # noqa: S105 - a phrase, not a token


def redact(text: str, known: Collection[str] = ()) -> str:
    """The text without Slack tokens, Socket Mode tickets, installation codes, response URLs, passwords in addresses,
    what PostgreSQL tells of a row, and these known secrets."""
    for secret in known:
        text = text.replace(secret, "[redacted]")
    return _SECRETS.sub(lambda match: f"{next(filter(None, match.groups()), '')}[redacted]", text)


class SecretFilter(logging.Filter):
    """For loggers and handlers: redacts messages and tracebacks, empties Bolt's notes on what it did not take."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        """`known` are secrets of this installation, masked wherever they stand."""
        super().__init__()
        self._known = sorted({one for one in known if len(one) >= _SHORTEST}, key=len, reverse=True)

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _TOKEN_ADVICE in message:
            return False
        if message.startswith(_FORGED):
            message = "Refused a request whose signature is wrong or older than five minutes"
        if message.startswith(_UNHANDLED):
            message = "Passed over a payload that nothing here listens to"
        record.msg, record.args = redact(message, self._known), None
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = redact("".join(traceback.format_exception(*record.exc_info)).rstrip(), self._known)
        return True


def bolt_logger(level: str) -> logging.Logger:
    """The logger for Bolt and slack_sdk. Never below INFO: at DEBUG they write every message and every payload."""
    logger = logging.getLogger("bot.slack.bolt")
    logger.setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
    if not any(isinstance(known, SecretFilter) for known in logger.filters):
        logger.addFilter(SecretFilter())
    return logger
