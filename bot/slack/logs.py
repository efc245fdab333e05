"""Bolt's and slack_sdk's logging, without what must not be in a log: tokens, and bodies of forged requests."""

from __future__ import annotations

import logging
import re
import traceback

_SECRETS = re.compile(
    r"\b(xox[a-z](?:\.[a-z]+)?-|xapp-)[\w-]+|(\bticket=)[^&\s'\"]+|(hooks\.slack\.com/)[^\s'\"]+|(/response/)[\w-]+"
)
_FORGED = "Invalid request signature"
# Followed by parts of the payload, and by a listener to write for it.
_UNHANDLED = "Unhandled request ("
# Said because the client is given without a token on purpose; the token stands in `identity.Workspace`.
_TOKEN_ADVICE = "`token` will be unused"  # noqa: S105 - a phrase, not a token


def redact(text: str) -> str:
    """The text without Slack tokens, Socket Mode tickets and response URLs."""
    return _SECRETS.sub(lambda match: f"{next(filter(None, match.groups()), '')}[redacted]", text)


class SecretFilter(logging.Filter):
    """For loggers and handlers: redacts messages and tracebacks, empties Bolt's notes on what it did not take."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _TOKEN_ADVICE in message:
            return False
        if message.startswith(_FORGED):
            message = "Refused a request whose signature is wrong or older than five minutes"
        if message.startswith(_UNHANDLED):
            message = "Passed over a payload that nothing here listens to"
        record.msg, record.args = redact(message), None
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = redact("".join(traceback.format_exception(*record.exc_info)).rstrip())
        return True


def bolt_logger(level: str) -> logging.Logger:
    """The logger for Bolt and slack_sdk. Never below INFO: at DEBUG they write every message and every payload."""
    logger = logging.getLogger("bot.slack.bolt")
    logger.setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
    if not any(isinstance(known, SecretFilter) for known in logger.filters):
        logger.addFilter(SecretFilter())
    return logger
