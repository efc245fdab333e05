"""A reminder that did not go where it should."""

from __future__ import annotations

from bot.services.results.matters import NoticeMatter
from bot.slack.render.text import md


def head(matter: NoticeMatter) -> str:
    """`I could not post a check-in in #deals: this channel is archived`."""
    did = "held back" if matter.state == "held" else "could not post"
    where = f" in <#{matter.channel}>" if matter.channel is not None else ""
    return f"I {did} {matter.what}{where}: {md(matter.because, 200)}"
