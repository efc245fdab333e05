"""The clock that people move: what follows it, how far it goes, and jumping to what the bot does next."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.sandbox import Manifest, Sandbox, SandboxClock, UserError
from tests.sandbox.conftest import START
from tests.sandbox.test_control import get, post
from tests.sandbox.web.page_parser import parse
from tests.sandbox.web.test_routes import Browser

DAY = timedelta(days=1)


def test_a_moved_clock_says_how_far_it_is_ahead() -> None:
    clock = SandboxClock()
    assert clock.ahead == timedelta(0)
    clock.advance(DAY)
    assert clock.ahead == DAY
    assert abs(clock.time() - time.time() - DAY.total_seconds()) < 60
    started = SandboxClock(START)
    assert abs(started.now() - START) < timedelta(minutes=1)
    assert abs(started.ahead - (START - datetime.now(UTC))) < timedelta(minutes=1)


def test_who_follows_the_clock_is_right_before_anything_due_happens() -> None:
    clock = SandboxClock(START, running=False)
    told: list[str] = []
    clock.on_moved = lambda: told.append(f"moved to {clock.now():%H:%M}")
    clock.call_later(60, lambda: told.append("due"))
    clock.advance(3600)
    assert told == ["moved to 10:00", "due"]


@pytest.mark.parametrize("seconds", [-1.0, float("inf"), float("nan"), 1e15])
def test_the_clock_stays_among_dates(seconds: float) -> None:
    clock = SandboxClock(START, running=False)
    with pytest.raises(ValueError, match="clock"):
        clock.advance(seconds)
    assert clock.now() == START


class Plans:
    """What a bot does next, as a test wants it."""

    def __init__(self) -> None:
        self.moment: datetime | None = None

    def __call__(self) -> datetime | None:
        return self.moment


@pytest.fixture
def plans() -> Plans:
    return Plans()


@pytest.fixture
async def planned(manifest: Manifest, plans: Plans) -> AsyncIterator[Sandbox]:
    clock = SandboxClock(START, running=False)
    async with Sandbox(manifest, clock=clock, next_moment=plans) as sandbox:
        yield sandbox


async def test_jumping_to_what_comes_next(planned: Sandbox, plans: Plans) -> None:
    with pytest.raises(UserError, match="Nothing is planned"):
        planned.jump_to_next()
    plans.moment = START + 3 * DAY
    assert planned.jump_to_next() == START + 3 * DAY
    with pytest.raises(UserError, match="due already"):
        planned.jump_to_next()
    with pytest.raises(UserError, match="only moves forward"):
        planned.jump_to(START)


async def test_jumping_by_the_control_api(planned: Sandbox, plans: Plans, slack: Sandbox) -> None:
    assert (await get(planned, "clock"))["knows_next"] is True
    plans.moment = START + DAY
    assert (await post(planned, "jump", to="next"))["now"] == (START + DAY).isoformat()
    assert (await post(planned, "jump", to="2026-03-09T09:00:00+01:00"))["now"] == "2026-03-09T08:00:00+00:00"
    for wrong in ("2026-03-10T09:00", "tomorrow", 5, "2026-03-01T09:00Z"):
        refused = await post(planned, "jump", to=wrong)
        assert refused["status"] == 400, refused
        assert refused["error"]
    assert (await post(planned, "advance", seconds=10**400))["status"] == 400
    assert (await get(slack, "clock"))["knows_next"] is False
    assert "Nobody here knows" in (await post(slack, "jump", to="next"))["error"]


async def test_the_page_offers_the_jump_where_somebody_knows(planned: Sandbox, plans: Plans, slack: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        other = parse(await Browser(slack, session).page())
        assert [e for e in other.elements if e.attributes.get("id") == "clock-next"] == []
        browser = Browser(planned, session)
        buttons = [e for e in parse(await browser.page()).elements if e.attributes.get("id") == "clock-next"]
        assert [e.text for e in buttons] == ["To the next reminder"]
        status, refused = await browser.act("next", {"as": "U0MAYA"})
        assert (status, refused["error"]) == (400, "Nothing is planned.")
        plans.moment = START + DAY
        assert (await browser.act("next", {"as": "U0MAYA"}))[0] == 200
        assert planned.clock.now() == START + DAY
