"""The Home tab stays within Slack's limits and pings nobody, whatever stands in the data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, time, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.audience import SYSTEM, Actor, Role, only_the_asker
from bot.domain.ids import id_text
from bot.domain.preferences import LOCALES, Choices, Preferences, resolve
from bot.services.results import (
    Brought,
    DataAge,
    DueCheckIn,
    DuePromise,
    DueRenewal,
    MyDay,
    News,
    NewsItem,
)
from bot.services.results.my_day import NewsKind
from bot.slack.asks import SORTS
from bot.slack.home_state import OWNERS, HomeState
from bot.slack.render.dates import Days
from bot.slack.render.freshness import freshness
from bot.slack.render.home import Page, home_view, refusal
from bot.slack.render.my_day import my_day
from bot.slack.render.settings import country_name, settings_lines, working_days
from tests.services.clerk import NOW, Clerk
from tests.services.conftest import sqlite_clerk
from tests.slack import samples
from tests.slack.oracle import problems
from tests.slack.test_render import PING, _texts

__all__ = ["sqlite_clerk"]

DAYS = Days(samples.TODAY)
HELD = resolve(None, "Europe/Stockholm", ZoneInfo("UTC"))
_ids = st.integers(0, 2**62).map(id_text) | st.just("not an id!")
_days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
_text = samples.hostile_text
_small = st.integers(0, 10**9)
_items = st.builds(
    NewsItem,
    kind=st.sampled_from(get_args(NewsKind)),
    count=st.integers(1, 10**6),
    subject=st.none() | _text,
    by=st.none() | _text,
    on=st.none() | _days,
    urgent=st.booleans(),
)
_lists: dict[str, st.SearchStrategy[Any]] = {
    "promises": st.builds(
        DuePromise,
        account_id=_ids, account=_text, quote=_text, by=st.sampled_from(["us", "them"]), owner=st.none() | _text,
        due_on=_days, days_overdue=_small,
    ),
    "renewals": st.builds(
        DueRenewal,
        account_id=_ids, account=_text, leads=st.sampled_from(["notice", "end"]), lead_on=_days, days_left=_small,
        auto_renew=st.none() | st.booleans(),
    ),
    "check_ins": st.builds(
        DueCheckIn, account_id=_ids, account=_text, last_touch_on=st.none() | _days, days_silent=_small,
        cadence_days=_small,
    ),
    "news": st.builds(News, account_id=_ids, account=_text, items=st.lists(_items, min_size=1, max_size=7).map(tuple)),
    "brought": st.builds(
        Brought, note=_text, at=st.datetimes(timezones=st.just(UTC)), accounts=_small, new=_small
    ),
}  # fmt: skip
_monstrous_days = st.fixed_dictionaries(
    {
        **{name: st.lists(rows, max_size=5).map(tuple) for name, rows in _lists.items()},
        **{f"{name}_total": _small for name in _lists if name != "brought"},
        "scope": _text,
        "notes": st.lists(_text, max_size=6).map(tuple),
        "accounts": st.none() | _small,
        "any_accounts": st.booleans(),
        "importing": st.none() | _text,
        "faults": st.lists(_text, max_size=3).map(tuple),
    }
).map(lambda changes: samples.DAY.model_copy(update=changes))
_states = st.builds(
    HomeState,
    st.sampled_from(OWNERS),
    st.none() | st.text(min_size=1, max_size=80),
    st.sampled_from(SORTS),
    st.none() | st.text(min_size=1, max_size=60),
    st.none() | st.text(min_size=1, max_size=30),
    st.integers(1, 10_000),
)
_held = st.builds(
    Choices,
    timezone=st.sampled_from([None, "Asia/Kolkata", "Nowhere"]),
    locale=st.sampled_from([None, *LOCALES]),
    country=st.sampled_from([None, "SE", "ZZ"]),
    working_days=st.none() | st.frozensets(st.integers(1, 7)),
    digest=st.none() | st.booleans(),
    digest_at=st.none() | st.times(),
    away_from=st.none() | _days,
    away_until=st.none() | _days,
    backup_id=st.none() | st.sampled_from(["U0MAYA", "<!channel>"]),
).map(lambda chosen: resolve(chosen, None, ZoneInfo("UTC")))


def assert_publishable(view: dict[str, Any]) -> None:
    assert problems("view", view) == ()
    assert problems("blocks", view["blocks"]) == ()
    assert len(view["blocks"]) <= 100
    assert len(json.dumps(view)) < 250_000
    assert len(view["private_metadata"]) <= 3_000
    for text in _texts(view["blocks"]):
        assert len(text) <= 3_000
        assert not PING.search(text.replace("<@U0MAYA> stands in", ""))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_monstrous_days, samples.books, _held, _states, st.lists(_text, max_size=120))
def test_monstrous_homes(day: MyDay, book: Any, held: Preferences, state: HomeState, segments: list[str]) -> None:
    wide = book.model_copy(update={"segments": tuple(one[:60] for one in segments if one), "bands": ("a", "b")})
    assert_publishable(home_view(Page(day, wide, held, state), replace(DAYS, locale=held.locale, zone=held.zone)))


def test_a_refusal_is_one_sentence() -> None:
    assert_publishable(refusal("No. " + "<!channel>" * 900))


async def test_twenty_thousand_accounts_of_one_owner(sqlite_clerk: Clerk) -> None:
    long = "<!channel> *" + "n" * 2_980
    today = sqlite_clerk.desk.today()
    sqlite_clerk.bring({
        "members.csv": "id,name,email,slack user id\nM1,Ida Holm,ida@us.example,U1\n",
        "accounts.csv": "id,name,domain,segment,owner email\n"
        + "".join(f"{n},Firm {n},d{n}.example,s{n % 150},ida@us.example\n" for n in range(20_000)),
        "contracts.csv": "contract number,account id,product,mrr,start date,end date,auto renew,notice days\n"
        + "".join(f"K{n},{n},Folio,100,2025-01-01,2026-0{4 + n % 5}-10,false,30\n" for n in range(3_000)),
        "promises.csv": "id,account_id,quote,by,owner_email,due_on,kept_on\n"
        + "".join(f"P{n},{n},{long},us,,2026-01-0{1 + n % 9},\n" for n in range(60)),
    })  # fmt: skip
    with sqlite_clerk.database.writing(only_the_asker(SYSTEM), NOW) as writer:
        writer.execute(
            sa.text("UPDATE account SET name = :long WHERE CAST(external_id AS INTEGER) < 50"), {"long": long}
        )
    actor = Actor(Role.MEMBER, "slack", member_id=sqlite_clerk.row("member").id, slack_user_id="U1")
    desk, audience = sqlite_clerk.desk, only_the_asker(actor)
    day = desk.my_day(audience)
    assert day.accounts == 20_000
    assert "2,000 accounts whose contracts end first" in " ".join(day.notes)
    assert (day.promises_total > 5, day.renewals_total > 5) == (True, True)
    for state in (HomeState(), HomeState(page=9_999), HomeState(search="firm"), HomeState(sort="risk")):
        book = desk.book(audience, owner=state.owner, search=state.search, sort=state.sort, page=state.page)
        view = home_view(Page(day, book, HELD, state), Days(today))
        assert_publishable(view)
        assert "Only the 1,000 accounts" in json.dumps(view)


@pytest.mark.parametrize(
    ("chosen", "lines"),
    [
        (
            Choices(),
            [
                "Time zone Europe/Stockholm, as in Slack · dates like Thu 19 Feb 2026 (English (UK))",
                "Working days Mon to Fri · no public holidays",
                "Morning message at 08:30 · quiet hours 19:00 to 08:00",
                "Not away · nobody stands in",
            ],
        ),
        (
            Choices(
                "Asia/Kolkata", "de", "IN", frozenset({1, 2, 4}), False, None, time(0), time(0),
                date(2026, 3, 2), date(2026, 3, 6), "U0JONAS",
            ),
            [
                "Time zone Asia/Kolkata · dates like Do., 19. Feb. 2026 (Deutsch)",
                "Working days Mon, Tue, Thu · free on public holidays in India",
                "No morning message · no quiet hours",
                "Away 2. März to 6. März · <@U0JONAS> stands in when you are away",
            ],
        ),
        (
            Choices(away_from=date(2026, 1, 2), away_until=date(2026, 1, 6), backup_id="<!here>"),
            [
                "Time zone Europe/Stockholm, as in Slack · dates like Thu 19 Feb 2026 (English (UK))",
                "Working days Mon to Fri · no public holidays",
                "Morning message at 08:30 · quiet hours 19:00 to 08:00",
                "Not away · nobody stands in",
            ],
        ),
    ],
)  # fmt: skip
def test_settings_in_four_lines(chosen: Choices, lines: list[str]) -> None:
    held = resolve(chosen, "Europe/Stockholm", ZoneInfo("UTC"))
    assert settings_lines(held, replace(DAYS, locale=held.locale)) == lines


def test_words_of_the_settings() -> None:
    assert working_days(frozenset({6, 7})) == "Sat, Sun"
    assert working_days(frozenset(range(1, 8))) == "Mon to Sun"
    assert (country_name("SE"), country_name("ZZZ")) == ("Sweden", "ZZZ")
    away = resolve(Choices(away_from=date(2026, 2, 1)), None, ZoneInfo("UTC"))
    assert "Away from 1 Feb on" in settings_lines(away, DAYS)[3]


def test_a_line_without_a_known_account_has_no_button() -> None:
    [promise] = samples.DAY.promises
    day = samples.DAY.model_copy(update={"promises": (promise.model_copy(update={"account_id": "not an id!"}),)})
    assert "accessory" not in my_day(day, DAYS)[1]


def test_data_says_what_is_stale_in_bold_and_each_import_once() -> None:
    at = samples.NOW - timedelta(hours=2)
    ages = [
        DataAge(data="accounts", source="csv", imported_at=at, newest_on=None, age_days=0),
        DataAge(data="tickets", source="csv", imported_at=at, newest_on=date(2026, 1, 31), age_days=19),
        DataAge(data="usage", source="csv", imported_at=at, newest_on=date(2026, 2, 5), age_days=14),
        DataAge(data="surveys", source=None, imported_at=None, newest_on=None, age_days=None),
        DataAge(data="<!here>", source="<!channel>", imported_at=at, newest_on=None, age_days=20),
    ]
    text = freshness(samples.DAY.model_copy(update={"data": tuple(ages)}), DAYS)["text"]["text"]
    assert text.splitlines() == [
        "*Data*",
        "*&lt;!here&gt;: stale, 20 days old*: from &lt;!channel&gt;, imported Thu 19 Feb 2026, 07:30",
        "Accounts, *tickets until 31 Jan: stale, 19 days old*, usage until 5 Feb: from csv, imported Thu 19 Feb 2026, "
        "07:30",
        "*Not imported: surveys*",
    ]


@pytest.mark.parametrize(
    ("accounts", "new", "said"),
    [
        (14, 14, "brought 14 of your accounts."),
        (14, 0, "changed 14 of your accounts."),
        (3, 1, "changed 3 of your acc"),
    ],
)
def test_an_import_brought_or_changed(accounts: int, new: int, said: str) -> None:
    [one] = samples.DAY.brought
    day = samples.DAY.model_copy(update={"brought": (one.model_copy(update={"accounts": accounts, "new": new}),)})
    assert f"Import of exports/ (Thu 19 Feb 2026, 04:30) {said}" in str(my_day(day, DAYS))


@pytest.mark.parametrize(
    ("leads", "left", "auto", "step"),
    [
        ("notice", 12, True, "Talk to them now: until then they can still cancel."),
        ("notice", 61, True, "Prepare the talk: until then they can cancel."),
        ("notice", 61, False, "Agree on the renewal: it ends otherwise."),
        ("notice", 60, None, "Ask whether they stay: until then they can still leave."),
        ("end", 5, False, "Send the offer: it ends otherwise."),
        ("end", 5, True, "It renews by itself: confirm scope and price."),
        ("end", 99, None, "Prepare the talk about the next term."),
    ],
)
def test_the_next_step_of_a_renewal(leads: str, left: int, auto: bool | None, step: str) -> None:
    [one] = samples.DAY.renewals
    changed = one.model_copy(update={"leads": leads, "days_left": left, "auto_renew": auto})
    assert step in str(my_day(samples.DAY.model_copy(update={"renewals": (changed,)}), DAYS))
