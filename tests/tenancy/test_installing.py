"""Installing from a browser: Bolt's flow, our stores, and whoever may not."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.domain.installations import State
from tests.tenancy.conftest import NORTH, SOUTH, serving


async def test_the_way_through_slack(tmp_path: Path, sqlite_template: bytes) -> None:
    async with serving(tmp_path, sqlite_template) as tenants:
        status, _, headers = await tenants.get(f"/slack/install?team={SOUTH}%0d%0aX: y")
        asked = parse_qs(urlsplit(headers["Location"]).query)
        assert (status, "team" in asked, asked["client_id"]) == (302, False, [tenants.use.client_id])
        assert sorted(asked["scope"][0].split(",")) == sorted(tenants.slacks[NORTH].world.manifest.scopes)
        assert all(word in headers["Set-Cookie"] for word in ("Secure", "HttpOnly"))
        assert not tenants.workspaces.teams
        status, page = await tenants.install(NORTH)
        assert (status, "Steward is installed in T0Northlight." in page) == (200, True)
        assert tenants.workspaces.teams == (NORTH,)
        found = tenants.registry.installation(NORTH)
        assert found is not None
        assert (found.state, found.installed_by) == (State.ACTIVE, "U0MAYA")
        assert "aurora" in await tenants.ask(NORTH, "/account timeline acme")
        token = tenants.slacks[NORTH].bot_token
        for file in (tmp_path / "workspaces").iterdir():
            assert token.encode() not in file.read_bytes(), file
        assert oct((tmp_path / "workspaces").stat().st_mode & 0o777) == "0o700"


async def test_what_is_no_installation_installs_nothing(tmp_path: Path, sqlite_template: bytes) -> None:
    async with serving(tmp_path, sqlite_template) as tenants:
        state, cookie = await tenants.begin()
        code = tenants.slacks[NORTH].allow("maya")

        async def come_back(cookie: str, **query: str) -> tuple[int, str]:
            status, page, _ = await tenants.get(f"/slack/oauth_redirect?{urlencode(query)}", cookie)
            return status, page

        assert (await come_back("", code=code, state=state))[0] == 400
        assert "another browser" in (await come_back("slack-app-oauth-state=forged", code=code, state=state))[1]
        forged = "slack-app-oauth-state=forged"
        assert "more than ten minutes ago" in (await come_back(forged, code=code, state="forged"))[1]
        assert "did not allow it" in (await come_back(cookie, error="access_denied", state=state))[1]
        status, page = await come_back(cookie, error="<script>alert(1)</script>")
        assert (status, "<script>" in page) == (200, False)
        assert (await come_back(cookie, code="invented", state=state))[0] == 401
        assert "Begin it again" in (await come_back(cookie, code=code, state=state))[1]
        assert (tenants.workspaces.teams, tenants.registry.installations()) == ((), ())
        assert (await tenants.get("/slack/elsewhere"))[0] == 404


async def test_slack_cannot_be_reached(tmp_path: Path, sqlite_template: bytes) -> None:
    async with serving(tmp_path, sqlite_template) as tenants:
        for slack in tenants.slacks.values():
            slack.fault("drop_before", "oauth.v2.access", times=None)
        status, page = await tenants.install(NORTH)
        assert (status, "Traceback" in page, "Begin" in page or "was not installed" in page) in (
            (401, False, True), (502, False, True)
        )  # fmt: skip
        assert tenants.registry.installations() == ()


async def test_only_who_may(tmp_path: Path, sqlite_template: bytes) -> None:
    async with serving(tmp_path, sqlite_template, may_install=f"T0OTHER, {NORTH}") as tenants:
        status, page = await tenants.install(SOUTH)
        assert (status, f"add {SOUTH} to STEWARD_MAY_INSTALL" in page) == (403, True)
        assert (await tenants.install(NORTH))[0] == 200
        assert tenants.workspaces.teams == (NORTH,)


async def test_rotated_tokens_are_exchanged_in_time(tmp_path: Path, sqlite_template: bytes) -> None:
    async with serving(tmp_path, sqlite_template, rotation=True) as tenants:
        await tenants.install(NORTH)
        found = tenants.registry.tokens(NORTH)
        assert found is not None
        assert found.ends_at is not None
        north = tenants.slacks[NORTH]
        north.jump_to(found.ends_at.replace(year=max(found.ends_at.year, north.clock.now().year)))
        await tenants.workspaces.look()
        after = tenants.registry.tokens(NORTH)
        assert after is not None
        assert after.bot != found.bot
        assert after.bot.get_secret_value() == north.bot_token
        assert "aurora" in await tenants.ask(NORTH, "/account timeline acme")
        assert [one.action for one in tenants.registry.events(NORTH)] == ["installed", "renewed"]
