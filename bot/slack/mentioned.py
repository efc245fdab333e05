"""People who were mentioned, by their names: their ids mean nothing to anybody."""

from __future__ import annotations

import re

from bot.slack.desk import Desk

_MENTIONED = re.compile(r"@([UW][A-Z0-9]{2,20})\b")


async def with_names(desk: Desk, text: str) -> str:
    """`@U0MAYA`, as the grammar leaves a mention, becomes `@maya`; whom Slack does not know is somebody."""
    for user_id in dict.fromkeys(_MENTIONED.findall(text)):
        name = (await desk.people.person(user_id)).called or "somebody"
        text = text.replace(f"@{user_id}", f"@{name}")
    return text
