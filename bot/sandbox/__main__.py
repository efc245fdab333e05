"""Run a sandbox by itself: `python -m bot.sandbox --manifest manifest.yml --port 8765`."""

import argparse
import asyncio
import contextlib
import sys
from pathlib import Path

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.workspace import Workspace


async def serve(sandbox: Sandbox) -> None:
    """Print what a bot needs to connect, then stay until cancelled."""
    async with sandbox:
        sys.stdout.write(
            f"SLACK_API_URL={sandbox.base_url}\n"
            f"SLACK_BOT_TOKEN={sandbox.bot_token}\n"
            f"SLACK_APP_TOKEN={sandbox.app_token}\n"
            f"SLACK_SIGNING_SECRET={sandbox.signing_secret}\n"
            f"# The workspace in a browser: {sandbox.page_url}\n"
        )
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A local Slack workspace on loopback.")
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"))
    parser.add_argument("--port", type=int, default=8765, help="0 takes a free port")
    parser.add_argument("--workspace", type=Path, help="a YAML file instead of the default workspace")
    parser.add_argument("--request-url", help="deliver by signed HTTP to this URL instead of Socket Mode")
    options = parser.parse_args()
    workspace = Workspace.load(options.workspace) if options.workspace else None
    sandbox = Sandbox(options.manifest, workspace=workspace, port=options.port, request_url=options.request_url)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(sandbox))
    return 0


if __name__ == "__main__":
    sys.exit(main())
