"""Every workspace behind one address: the pages that install the app, and the way that Slack's requests come in."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from bot.settings import Settings
from bot.slack.oauth import build_flow
from bot.slack.scopes import SCOPES
from bot.slack.serve import serve_board, serve_edge
from bot.slack.switchboard import SharedEdge, Switchboard
from bot.tenancy.workspaces import Workspaces


async def serve_workspaces(use: Settings, workspaces: Workspaces, *, ready: Callable[[int], None]) -> None:
    """Serve all that are installed until cancelled, and close them. `ready` gets the port once requests are taken.

    Requests come over HTTP; with SLACK_APP_TOKEN by Socket Mode, and then without a signing secret only by that.
    """
    board = Switchboard(workspaces.app_of, use)
    flow = build_flow(use, workspaces, [scope.name for scope in SCOPES])
    # Where no secret is shared with Slack, nothing that is posted here can be signed right.
    secret = use.signing_secret.get_secret_value() if use.signing_secret is not None else secrets.token_hex(32)
    await workspaces.look()
    doors = [workspaces.keep_looking(), serve_edge(SharedEdge(board, flow, secret), use, ready=ready)]
    if use.app_token is not None:
        doors.append(serve_board(board, use.app_token.get_secret_value()))
    tasks = [asyncio.create_task(door) for door in doors]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            if not task.cancelling():  # a second time would cut off what they do on their way out
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await workspaces.close()
