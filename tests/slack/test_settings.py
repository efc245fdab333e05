"""One's own settings: four lines, a form, and what happens to what cannot be kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.audience import Role
from bot.domain.preferences import Choices, resolve
from bot.slack.form_fields import Fields
from bot.slack.render.settings_form import COUNTRIES, USUAL, ZONES, countries_called, zones
from bot.slack.settings_forms import read_choices
from tests.slack.conftest import Bot, said
from tests.slack.oracle import problems


def modal(bot: Bot, user: str = "maya") -> dict[str, Any]:
    found = bot.slack.modal(user)
    assert found is not None
    return found


async def opened(bot: Bot) -> None:
    await bot.slack.open_home("maya", "home")
    await bot.settled()
    await bot.slack.click("maya", "Change settings", place="home")
    await bot.settled()


async def submitted(bot: Bot, values: dict[str, Any], user: str = "maya") -> dict[str, str] | None:
    """What is wrong, by field; None when the form closed."""
    await bot.slack.submit(user, values)
    await bot.settled()
    found = bot.slack.modal(user)
    errors: dict[str, str] | None = found["errors"] if found is not None else None
    return errors


async def test_settings_are_changed_from_home_and_seen_there(bot: Bot) -> None:
    await opened(bot)
    view = modal(bot)
    assert (view["title"]["text"], view["submit"]["text"], len(view["blocks"])) == ("My settings", "Save", 12)
    offered = await bot.slack.suggest("maya", ZONES, "new york", place="modal")
    assert [one["text"]["text"] for one in offered] == ["America/New_York", "As in Slack"]
    await bot.slack.pick("maya", ZONES, "America/New_York", place="modal")
    await bot.slack.suggest("maya", COUNTRIES, "swed", place="modal")
    await bot.slack.pick("maya", COUNTRIES, "Sweden", place="modal")
    values = {
        "locale": "Deutsch",
        "working_days": ["Mon", "Tue"],
        "digest": [],
        "digest_at": "07:15",
        "quiet_from": "20:00",
        "quiet_until": "06:30",
        "away_from": "2026-03-02",
        "away_until": "2026-03-06",
        "backup_id": "U0JONAS",
    }
    assert await submitted(bot, values) is None
    assert bot.use_cases.chosen["U0MAYA"] == Choices(
        "America/New_York", "de", "SE", frozenset({1, 2}), False, time(7, 15), time(20), time(6, 30),
        date(2026, 3, 2), date(2026, 3, 6), "U0JONAS", True,
    )  # fmt: skip
    home = json.dumps(bot.slack.home("maya"), ensure_ascii=False)
    assert "Time zone America/New_York · dates like Do., 19. Feb. 2026 (Deutsch)" in home
    assert "No morning message · quiet hours 20:00 to 06:30" in home
    assert not bot.slack.failures


async def test_the_form_shows_what_holds_and_saving_it_as_it_is_changes_nothing(bot: Bot) -> None:
    kept = Choices(
        "Asia/Kolkata", "ja", "IN", frozenset({1, 7}), True, time(9), time(21), time(7),
        date(2026, 3, 2), None, "U0PRIYA",
    )  # fmt: skip
    for before in (kept, Choices()):
        bot.use_cases.chosen["U0MAYA"] = before
        await opened(bot)
        assert await submitted(bot, {}) is None
        after = bot.use_cases.chosen["U0MAYA"]
        now_holds, held_before = (resolve(one, None, ZoneInfo("UTC")) for one in (after, before))
        assert replace(now_holds, chosen=before) == held_before
        assert (after.timezone, after.locale, after.country) == (before.timezone, before.locale, before.country)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"digest_at": "06:00"}, "digest_at", "06:00 falls into your quiet hours (19:00 to 08:00). Move one of them."),
        ({"working_days": []}, "working_days", "Keep at least one working day"),
        ({"away_until": "2026-03-06"}, "away_from", "Since when are you away?"),
        ({"away_from": "2026-03-06", "away_until": "2026-03-02"}, "away_until", "Swap them."),
        ({"backup_id": "U0MAYA"}, "backup_id", "You cannot stand in for yourself."),
    ],
)
async def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_lost(
    socket_bot: Bot, values: dict[str, Any], field: str, sentence: str
) -> None:
    await opened(socket_bot)
    errors = await submitted(socket_bot, {"locale": "Deutsch", **values})
    assert errors is not None
    assert list(errors) == [field]
    assert sentence in errors[field]
    assert socket_bot.use_cases.chosen == {}
    [chosen] = modal(socket_bot)["state"]["values"]["locale"].values()
    assert chosen["selected_option"]["value"] == "de"
    fixed = {"digest_at": "09:00", "working_days": ["Mon"], "away_from": None, "away_until": None, "backup_id": None}
    assert await submitted(socket_bot, fixed) is None
    assert socket_bot.use_cases.chosen["U0MAYA"].locale == "de"


@pytest.mark.parametrize(
    "change", [{"role": "guest"}, {"team_id": "T0HALDENFOODS"}, {"role": "bot"}, {"deleted": True}]
)
async def test_nobody_from_outside_stands_in(socket_bot: Bot, change: dict[str, Any]) -> None:
    await opened(socket_bot)
    socket_bot.slack.modals.fill("maya", {"backup_id": "U0PRIYA"})
    priya = socket_bot.slack.world.workspace.person("priya")
    for name, value in change.items():
        setattr(priya, name, value)
    errors = await submitted(socket_bot, {})
    assert errors == {"backup_id": "priya is not one of your colleagues here. Pick somebody who can read what I send."}
    assert socket_bot.use_cases.chosen == {}


async def test_the_command_says_the_settings_and_opens_the_form(bot: Bot) -> None:
    for typed in ("/account settings", "/account preferences"):
        [answer] = await bot.ask("maya", "#accounts", typed)
        assert answer["is_ephemeral"]
        text = answer["blocks"][0]["text"]["text"]
        assert text.count("\n") == 3
        assert text.startswith("Time zone Europe/Stockholm, as in Slack")
        assert modal(bot)["title"]["text"] == "My settings"
        await bot.slack.close_modal("maya")
    for channel, typed in (("#accounts", "<@U0STEWARD> settings"), ("dm", "settings")):
        [answer] = await bot.ask("maya", channel, typed)
        assert "Time zone Europe/Stockholm" in said([answer])
        assert bot.slack.modal("maya") is None
        await bot.click("maya", "Change settings", channel)
        assert await submitted(bot, {"locale": "Suomi"}) is None
        assert bot.use_cases.chosen.pop("U0MAYA").locale == "fi"
    assert "No account is called “settings ltd”" in said(await bot.ask("maya", "#accounts", "/account settings ltd"))


async def test_saving_twice_saves_the_same(bot: Bot) -> None:
    await opened(bot)
    view = bot.slack.world.views.top("U0MAYA")
    assert view is not None
    assert await submitted(bot, {"locale": "Suomi"}) is None
    first = bot.use_cases.chosen["U0MAYA"]
    bot.slack.world.views.stack("U0MAYA").append(view)
    assert await submitted(bot, {}) is None
    assert bot.use_cases.chosen["U0MAYA"] == first


async def test_outsiders_have_no_settings(bot: Bot) -> None:
    for user, channel in (("noor", "#acct-acme"), ("elena", "#ext-halden-foods")):
        assert "account team only" in said(await bot.ask(user, channel, "<@U0STEWARD> settings"))
    await opened(bot)
    bot.use_cases.roles["U0MAYA"] = Role.GUEST
    errors = await submitted(bot, {})
    assert errors is not None
    assert "account team only" in errors["timezone"]
    assert bot.use_cases.chosen == {}


async def test_readers_have_settings_too(bot: Bot) -> None:
    bot.use_cases.roles["U0MAYA"] = Role.READ_ONLY
    await opened(bot)
    assert await submitted(bot, {"locale": "Suomi"}) is None
    assert bot.use_cases.chosen["U0MAYA"].locale == "fi"


async def test_a_failure_to_save_is_told(bot: Bot) -> None:
    def fail(name: str) -> None:
        if name == "save_preferences":
            raise RuntimeError("the disk is full")

    await opened(bot)
    bot.use_cases.before = fail
    assert await submitted(bot, {"locale": "Suomi"}) is None
    assert "Something went wrong on our side (ref" in said(bot.slack.messages("dm", "maya"))
    assert bot.use_cases.chosen == {}


async def test_a_colleague_whom_slack_does_not_describe_in_time_can_be_tried_again(socket_bot: Bot) -> None:
    await opened(socket_bot)
    socket_bot.slack.fault("drop_before", "users.info", times=2)
    errors = await submitted(socket_bot, {"backup_id": "U0PRIYA"})
    assert errors is not None
    assert "Slack did not answer me in time" in errors["timezone"]
    assert await submitted(socket_bot, {}) is None
    assert socket_bot.use_cases.chosen["U0MAYA"].backup_id == "U0PRIYA"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"timezone": {"x": {"selected_option": {"value": "Mars/Base"}}}},
        {"working_days": {"x": {"selected_options": [{"value": "9"}, {"value": "²"}, {"value": 1}, "x", None]}}},
        {"digest_at": {"x": {"selected_time": "25:99"}}},
        {"quiet_from": {"x": {"selected_time": 7}}},
        {"away_from": {"x": {"selected_date": "someday"}}},
        {"backup_id": {"x": {"selected_user": ["U1"]}}},
        {"locale": "no mapping"},
    ],
)
def test_a_form_that_is_not_ours_is_read_without_harm(values: dict[str, Any]) -> None:
    found = read_choices(Fields({"state": {"values": values}}))
    assert found.digest is False
    assert found.digest_at is None


def test_searches_find_by_any_part_and_always_offer_the_default() -> None:
    assert [one["value"] for one in zones("stockh")] == ["Europe/Stockholm", USUAL]
    assert [one["value"] for one in zones("zzzz")] == [USUAL]
    assert "America/York" not in [one["value"] for one in zones("york")]
    assert [one["value"] for one in countries_called("germany")] == ["DE", USUAL]
    assert "SE" in [one["value"] for one in countries_called("se")]
    for typed in ("", "a", "<!channel>", "\u202e", "x" * 9_000):
        for offered in (zones(typed), countries_called(typed)):
            assert 1 <= len(offered) <= 21
            assert all(len(one["text"]["text"]) <= 75 and len(one["value"]) <= 150 for one in offered)


async def test_the_form_passes_slacks_schema_for_every_choice(socket_bot: Bot) -> None:
    for chosen in (Choices(), Choices(digest=False, working_days=frozenset(range(1, 8)), country="SE")):
        socket_bot.use_cases.chosen["U0MAYA"] = chosen
        await opened(socket_bot)
        calls = socket_bot.slack.calls("views.open")
        view = calls[-1].args["view"]
        assert problems("view", json.loads(view) if isinstance(view, str) else view) == ()
