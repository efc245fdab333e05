"""The prompt, driven by lines as from a pipe, against a running sandbox and the tiny bot."""

import asyncio
import io
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox
from bot.sandbox.people import ACCOUNTS
from bot.sandbox.terminal import run
from tests.sandbox.conftest import MANIFEST, connect
from tests.sandbox.tiny_bot import button, make_app, section, seen_by

Type = Callable[..., Awaitable[str]]


@pytest.fixture
async def live(manifest: Manifest) -> AsyncIterator[tuple[Sandbox, AsyncApp]]:
    """A sandbox in real time with the tiny bot."""
    async with Sandbox(manifest) as sandbox:
        app = make_app(sandbox)
        async with connect(sandbox, app):
            yield sandbox, app


@pytest.fixture
def typed(live: tuple[Sandbox, AsyncApp]) -> Type:
    async def typing(*lines: str) -> str:
        out = io.StringIO()
        await run(live[0].root_url, io.StringIO("\n".join(lines) + "\n"), out, channel="#accounts")
        return out.getvalue()

    return typing


async def test_a_command_and_its_button(typed: Type) -> None:
    shown = await typed("/account acme", "!1", "quit", "never read")
    assert "steward (only you see this):\n  acme\n  [1 Share] [2 Log]\n" in shown
    assert "steward:\n  Shared with everyone\n" in shown
    assert "never read" not in shown


async def test_a_form_from_click_to_submit(typed: Type) -> None:
    shown = await typed("/account acme", "click 2", "pick 3 bad", "submit", "pick 3 Fine now", "submit")
    assert "== Log ==" in shown
    assert "(3) Note: ____" in shown
    assert "! note: Say more" in shown
    assert "steward (in dm):\n  Logged: Fine now" in shown


async def test_people_and_places(typed: Type) -> None:
    shown = await typed("hello", "as jonas", "in #general", "in dm", "hi", "home", "as nobody", "in #nowhere", "!99")
    assert "You are jonas in #general." in shown
    assert "steward:\n  DM hi" in shown
    assert "== Home ==\n  Home of U0JONAS" in shown
    assert "! No person 'nobody'" in " ".join(shown.split("\n"))
    assert "! There is no [99] on the screen." in shown


async def test_hostile_text_cannot_reach_the_terminal(typed: Type, live: tuple[Sandbox, AsyncApp]) -> None:
    sandbox, app = live
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url)

    evil = "\x1b]0;owned\x07\x1b[2Jgone"
    blocks = [section(evil), {"type": "actions", "elements": [button(evil, "x")]}]
    other = sandbox.world.workspace.person("jonas")
    other.name = f"jonas{evil}"
    await sandbox.say(other.id, "#accounts", evil)

    async def note() -> None:
        await sandbox.until(lambda: bool(seen_by(app)))
        await client.chat_postMessage(channel=ACCOUNTS, text=evil, blocks=blocks)

    posting = asyncio.create_task(note())
    shown = await typed("/account \x1b[2J")
    await posting
    assert "owned" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown


async def test_help_and_the_clock(typed: Type, live: tuple[Sandbox, AsyncApp]) -> None:
    before = live[0].clock.now()
    shown = await typed("help", "jump 2d", "")
    assert "run a command" in shown
    assert (live[0].clock.now() - before).days == 2
    assert f"{live[0].clock.now():%B %Y}" in shown
    assert "in Europe/Stockholm." in shown
    assert "jump next" not in shown, "nobody knows here what comes next"


async def test_jumping_to_what_comes_next(typed: Type, live: tuple[Sandbox, AsyncApp]) -> None:
    moment = live[0].clock.now() + timedelta(days=3)
    live[0].world.next_moment = lambda: moment
    shown = await typed("help", "jump next", "jump next")
    assert "jump next" in shown
    assert f"It is {moment.astimezone(ZoneInfo('Europe/Stockholm')):%A, %d %B}" in shown
    assert "! What comes next is due already" in shown


async def test_both_programs_run_on_their_own() -> None:
    """The server and the prompt as two processes, joined by nothing but a port."""
    arguments = ["-m", "bot.sandbox", "--manifest", str(MANIFEST), "--port", "0"]
    server = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    assert server.stdout is not None
    url = (await server.stdout.readline()).decode().strip().removeprefix("SLACK_API_URL=").removesuffix("/api/")
    arguments = ["-m", "bot.sandbox.terminal", "--url", url, "--channel", "#accounts"]
    pipe = asyncio.subprocess.PIPE
    prompt = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=pipe, stdout=pipe)
    out, _ = await prompt.communicate(b"/account acme\nquit\n")
    assert b"/account failed: dispatch_failed" in out
    assert prompt.returncode == 0
    server.terminate()
    await server.communicate()
