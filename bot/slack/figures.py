"""Figures as files: drawn over time, or as a workbook."""

from __future__ import annotations

from bot.services.kpi.ask import KpiQuestion
from bot.slack.asks import Chart, FileAsk
from bot.slack.desk import Desk
from bot.slack.figure_values import POST, encode_file
from bot.slack.files import File
from bot.slack.handing import Handout
from bot.slack.render.parts import Offer
from bot.slack.render.text import md
from bot.slack.setting import Setting
from bot.slack.views import with_members


async def handout(desk: Desk, setting: Setting, ask: FileAsk) -> Handout:
    """The files for who may see them by their setting. Raises `StewardError` with a sentence for the asker."""
    question = KpiQuestion(ask.key or "all", rest=await with_members(desk, ask.words))
    if isinstance(ask, Chart):
        drawn = await desk.aside(lambda use_cases: use_cases.kpi_chart(setting.audience, question))
        files = tuple(File(one.name, one.png, one.title, one.alt) for one in drawn.pictures)
        words = f"*{md(drawn.name, 60)}* · {md(drawn.scope, 120)} ({md(drawn.version, 40)})"
        notes = drawn.notes
    else:
        made = await desk.aside(lambda use_cases: use_cases.kpi_export(setting.audience, question))
        files = (File(made.name, made.content, made.title),)
        words, notes = f"{md(made.title, 150)}: figures, the rows behind them and their definitions.", ()
    by = f"Shared by {md(setting.shared_by, 60)}." if setting.shared_by else ""
    comment = "\n".join(part for part in (words, *(md(setting.days.said(note), 200) for note in notes), by) if part)
    return Handout(files, comment, Offer("Post in this channel", POST, encode_file(ask)))
