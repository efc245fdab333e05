"""A copy as a canvas of the asker's, where the workspace's plan has canvases."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.domain.ids import parse_id
from bot.services.results.qbr import Qbr, Reader
from bot.slack.calls import code_of
from bot.slack.desk import Desk
from bot.slack.render.parts import Message, simple
from bot.slack.render.qbr.draft import READER_NAMES
from bot.slack.setting import Setting

_NO_PLAN = (
    "This workspace cannot make canvases: its plan has none, or I may not. The same text is the Markdown file in the "
    "thread, and the paper has it as .docx."
)


async def make_canvas(desk: Desk, setting: Setting, qbr: Qbr, readers: Reader, user: str) -> Message:
    """What to tell whoever asked. Raises `NotAllowed` when a customer's copy is not clean."""
    qbr_id = parse_id(qbr.id) or 0
    files = await desk.write(lambda use_cases: use_cases.reviews.files(setting.audience, qbr_id, readers))
    markdown = next((one.content.decode() for one in files if one.name.endswith(".md")), None)
    if markdown is None:
        return simple(_NO_PLAN)
    try:
        canvas_id = await desk.messenger.make_canvas(f"{qbr.account} {qbr.period}", markdown, user)
    except SlackApiError as error:
        if code_of(error) not in _REFUSED:
            raise
        return simple(_NO_PLAN)
    me = await desk.workspace.me()
    url = f"https://app.slack.com/docs/{me.team_id}/{canvas_id}"
    return simple(
        f"<{url}|The copy for {READER_NAMES[readers]} as a canvas>. Only you can open it, until you share it."
    )


_REFUSED = frozenset(
    {
        "free_team_canvas_tab_already_exists",
        "free_teams_cannot_create_non_tabbed_canvases",
        "free_teams_cannot_create_standalone_canvases",
        "canvas_disabled_user_team",
        "canvas_creation_failed",
        "missing_scope",
        "restricted_action",
        "team_tier_cannot_create_channel_canvases",
    }
)
