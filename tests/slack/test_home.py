"""The Home tab: what it shows to whom, its filters and pages, and what a click in it does."""

from __future__ import annotations

import json

import pytest

from bot.domain.audience import Role
from bot.domain.preferences import Choices
from bot.slack.home_state import HOME, HomeState, changed, decode_home
from bot.slack.homes import refresh_home
from bot.slack.seen_homes import LATELY, SeenHomes
from tests.slack import samples
from tests.slack.conftest import Bot, running, said


def shown(bot: Bot, user: str = "maya") -> str:
    return json.dumps(bot.slack.home(user), ensure_ascii=False)


def asked_book(bot: Bot) -> tuple[object, ...]:
    """What was asked of the book last."""
    found = [what for name, what in bot.use_cases.asked if name == "book"][-1]
    assert isinstance(found, tuple)
    return found


async def opened(bot: Bot, user: str = "maya") -> None:
    await bot.slack.open_home(user, "home")
    await bot.settled()


async def press(bot: Bot, action: str) -> None:
    await bot.slack.click("maya", action, place="home")
    await bot.settled()


async def pick(bot: Bot, what: str, choice: str) -> None:
    await bot.slack.pick("maya", f"{HOME}:{what}", choice, place="home")
    await bot.settled()


async def test_my_day_says_what_happened_and_the_next_step(bot: Bot) -> None:
    await opened(bot)
    for part in (
        "*My day* · Thu 19 Feb 2026",
        "*Overdue promises* (1)",
        "*Acme Corp* · Jonas promised “fix the export”, *18 days overdue* (1 Feb)\\nDo it today, or agree on a new",
        "*Renewals to work on* (9), the first 1",
        "Notice deadline Tue 3 Mar 2026 (in 12 days)\\nTalk to them now: until then they can still cancel.",
        "*Nordic Foods* · last touch 50 days ago (31 Dec), due every 30 days\\nCall or write to them.",
        "*New since yesterday* (1)",
        "2 new tickets, an urgent one “Login loop” · Ann Lee (champion) left · call by Jonas\\nLook at it before they",
        "Import of exports/ (Thu 19 Feb 2026, 05:30) changed 3 of your accounts, 1 of them new.",
        "*Maya's book*\\n6 accounts · $1,200,000 ARR · page 1 of 3",
        "Time zone Europe/Stockholm, as in Slack",
        "CRM until 17 Feb: from salesforce, imported Thu 19 Feb 2026, 10:30",
        "Tickets: from zendesk, imported Thu 19 Feb 2026, 05:30",
        "*Not imported: usage*",
    ):
        assert part in shown(bot)
    assert not bot.slack.failures


async def test_dates_and_figures_are_the_readers(socket_bot: Bot) -> None:
    socket_bot.use_cases.chosen["U0MAYA"] = Choices(timezone="America/New_York", locale="de")
    await opened(socket_bot)
    assert "Di., 3. März 2026" in shown(socket_bot)
    assert "Time zone America/New_York ·" in shown(socket_bot)
    assert "Mi., 18. Feb. 2026, 23:30" in shown(socket_bot)


async def test_a_line_opens_its_card_as_a_modal(bot: Bot) -> None:
    await opened(bot)
    await press(bot, "Open")
    assert "Notice deadline" in json.dumps(bot.slack.modal("maya"))
    await bot.slack.close_modal("maya")
    await press(bot, "All my renewals")
    assert bot.use_cases.last() == ("renewals", (180, None, 1))
    assert "Renewals in the next 180 days" in json.dumps(bot.slack.modal("maya"))
    assert bot.slack.messages("dm", "maya") == []


async def test_the_book_has_pages_filters_and_a_search(bot: Bot) -> None:
    bot.use_cases.bands = ("critical", "healthy", "unknown")
    bot.use_cases.segments = ("mid-market", "strategic")
    await opened(bot)
    assert asked_book(bot) == ("mine", None, "renewal", 1)
    await press(bot, "Next →")
    assert asked_book(bot) == ("mine", None, "renewal", 2)
    await press(bot, "← Previous")
    await pick(bot, "sort", "risk")
    await pick(bot, "owner", "team")
    assert asked_book(bot) == ("team", None, "risk", 1)
    await pick(bot, "segment", "Strategic")
    await pick(bot, "band", "Critical")
    assert asked_book(bot) == ("team", None, "risk", 1, "strategic", "critical")
    await pick(bot, "search", "nordic & co")
    assert asked_book(bot) == ("team", "nordic & co", "risk", 1, "strategic", "critical")
    await press(bot, "Next →")
    assert asked_book(bot) == ("team", "nordic & co", "risk", 2, "strategic", "critical")
    await pick(bot, "segment", "All segments")
    assert asked_book(bot) == ("team", "nordic & co", "risk", 1, None, "critical")
    await press(bot, "Refresh")
    assert asked_book(bot) == ("team", "nordic & co", "risk", 1, None, "critical")
    await press(bot, "Clear")
    assert asked_book(bot) == ("team", None, "risk", 1)
    assert "Clear" not in shown(bot)
    assert len(bot.slack.calls("views.publish")) == 12
    assert not bot.slack.failures


async def test_reopening_shows_what_was_shown(bot: Bot) -> None:
    await opened(bot)
    await pick(bot, "sort", "touch")
    await opened(bot)
    assert asked_book(bot) == ("mine", None, "touch", 1)
    await opened(bot, "jonas")
    assert asked_book(bot) == ("mine", None, "renewal", 1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"accounts": None}, "you are not in the team list"),
        ({"accounts": 0}, "No account has you as its owner yet."),
        ({"accounts": 4}, "Nothing is overdue, no renewal is near, and nobody waits for a call."),
        ({"accounts": None, "any_accounts": False}, "There is no book yet."),
        ({"accounts": None, "any_accounts": False, "importing": "exports/"}, "Your book is being imported."),
        ({"accounts": 4, "importing": "exports/"}, "An import is under way (exports/)"),
        ({"accounts": 4, "notes": ("these are your team's.",)}, "these are your team's."),
    ],
)
async def test_what_is_empty_says_why_and_what_to_do(socket_bot: Bot, change: dict[str, object], expected: str) -> None:
    nothing = {"promises": (), "renewals": (), "check_ins": (), "news": (), "brought": (), "notes": ()}
    totals = {"promises_total": 0, "renewals_total": 0, "check_ins_total": 0, "news_total": 0}
    socket_bot.use_cases.day = samples.DAY.model_copy(update={**nothing, **totals, **change})
    await opened(socket_bot)
    assert expected in shown(socket_bot)
    assert ("Maya's book" in shown(socket_bot)) is (change.get("any_accounts") is not False)


async def test_outsiders_see_a_sentence_and_nothing_else(bot: Bot) -> None:
    bot.use_cases.roles["U0JONAS"] = Role.GUEST
    for user in ("noor", "elena", "jonas"):
        await bot.slack.open_home(user, "home")
        await bot.settled()
        view = bot.slack.home(user)
        assert view is not None
        assert len(view["blocks"]) == 1
        assert "account team only" in shown(bot, user)
    assert {name for name, _ in bot.use_cases.asked} == set()


async def test_somebody_who_became_a_guest_loses_what_they_saw(bot: Bot) -> None:
    await opened(bot)
    bot.use_cases.roles["U0MAYA"] = Role.GUEST
    await press(bot, "Refresh")
    assert "account team only" in shown(bot)
    assert "Acme Corp" not in shown(bot)


async def test_a_person_who_left_gets_no_home(bot: Bot) -> None:
    bot.slack.world.emit({"type": "app_home_opened", "user": "U0WALTER", "channel": "D0WALTER", "tab": "home"})
    await bot.settled()
    assert "account team only" in shown(bot, "walter")


async def test_a_tab_of_an_earlier_version_starts_afresh(bot: Bot) -> None:
    await opened(bot)
    for metadata in ("", "garbage", '["mine"]', '["mine",null,"size",null,null,1]', '["mine",null,"name",null,null,0]'):
        bot.slack.world.views.homes["U0MAYA"].body["private_metadata"] = metadata
        await opened(bot)
        assert asked_book(bot) == ("mine", None, "renewal", 1)


async def test_it_is_drawn_again_only_for_those_who_looked_lately() -> None:
    now = [0.0]
    async with running("socket", clock=lambda: now[0]) as bot:
        await refresh_home(bot.app.desk, "U0MAYA")
        assert not bot.slack.calls("views.publish")
        await opened(bot)
        await pick(bot, "sort", "name")
        await refresh_home(bot.app.desk, "U0MAYA")
        assert asked_book(bot) == ("mine", None, "name", 1)
        assert len(bot.slack.calls("views.publish")) == 3
        bot.slack.fault("http_500", "views.publish")
        await refresh_home(bot.app.desk, "U0MAYA")
        now[0] += LATELY
        await refresh_home(bot.app.desk, "U0MAYA")
        assert len(bot.slack.calls("views.publish")) == 4
        assert said(bot.slack.messages("dm", "maya")) == "[]"


def test_few_are_remembered() -> None:
    homes = SeenHomes(lambda: 0.0)
    for n in range(6_000):
        homes.shown(str(n), HomeState())
    assert homes.seen("5999") == HomeState()
    assert homes.seen("0") is None


@pytest.mark.parametrize(
    "state",
    [
        HomeState(),
        HomeState("team", "nordic", "touch", "mid-market", "at risk", 7),
        HomeState("all", "<!channel> " + "x" * 60, "name", None, "unknown", 10_000),
    ],
)
def test_a_state_survives_its_way_through_slack(state: HomeState) -> None:
    assert decode_home(state.encode()) == state
    assert len(state.encode()) < 2_000


@pytest.mark.parametrize(
    ("what", "action"),
    [
        ("sort", {}),
        ("sort", {"selected_option": {"value": "size"}}),
        ("sort", {"selected_option": "x"}),
        ("owner", {"selected_option": {"value": "@maya"}}),
        ("colour", {"selected_option": {"value": "red"}}),
        ("", {}),
    ],
)
def test_what_is_not_ours_changes_nothing(what: str, action: dict[str, object]) -> None:
    state = HomeState("team", "x", "touch", page=3)
    assert changed(state, what, action) == state


def test_a_long_or_odd_search_is_cut() -> None:
    found = changed(HomeState(), "search", {"value": " <!channel>  " + "x" * 9_000})
    assert found.search is not None
    assert len(found.search) <= 80
    assert changed(HomeState(search="x", page=4), "search", {"value": "  "}) == HomeState()
    assert changed(HomeState(search="x"), "search", {"value": None}) == HomeState()
