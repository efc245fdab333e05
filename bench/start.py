"""From the shell to connected, and what the idle bot weighs."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

from bench.report import Report, median
from bot.sandbox import Sandbox

MANIFEST = Path(__file__).parents[1] / "manifest.yml"


async def _start(database: str) -> tuple[float, float]:
    """(seconds until the socket is open, resident megabytes after that) of `steward run`."""
    async with Sandbox(MANIFEST) as sandbox:
        environment = {
            **os.environ,
            "SLACK_API_URL": sandbox.base_url,
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "DATABASE_URL": database,
            "STEWARD_LOG_LEVEL": "ERROR",
        }
        begun = time.perf_counter()
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.cli", "run", "--socket", env=environment, stdout=asyncio.subprocess.PIPE
        )
        try:
            await sandbox.connected(timeout=60)
            seconds = time.perf_counter() - begun
            if bot.stdout is not None:
                await bot.stdout.readline()
            status = await asyncio.to_thread(Path(f"/proc/{bot.pid}/status").read_text)
        finally:
            bot.terminate()
            await bot.wait()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return seconds, int(line.split()[1]) / 1024


def run(report: Report, database: str) -> None:
    runs = [asyncio.run(_start(database)) for _ in range(3)]
    report.below("start until connected", median([seconds for seconds, _ in runs]), 1.5, "s")
    report.below("idle memory", max(megabytes for _, megabytes in runs), 120, "MB")
