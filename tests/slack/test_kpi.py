"""Figures in Slack: typed, mentioned, explained page by page; four lines, and nothing in the data can break them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.kpi.catalogue import KEYS
from bot.services.errors import BadInput
from bot.services.kpi.ask import KpiQuestion
from bot.services.results import KpiAnswer, KpiEntry, KpiFigure, KpiLeftOut, KpiList, KpiPart, KpiRow
from bot.slack import values
from bot.slack.asks import MAX_KPI_WORDS, Kpi, Status
from bot.slack.grammar import parse_slash, parse_spoken
from bot.slack.render.kpi import kpi_list, kpi_page
from tests.slack import samples
from tests.slack.conftest import Bot, running, said
from tests.slack.samples import hostile_text
from tests.slack.test_account_views import captions
from tests.slack.test_render import DAYS, assert_sendable, words

optional = st.none() | hostile_text
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12)
parts = st.builds(KpiPart, name=hostile_text, value=numbers, unit=hostile_text, shown=hostile_text)
figures = st.builds(
    KpiFigure,
    value=numbers,
    unit=st.sampled_from(["%", "USD", "<!x"]),
    shown=hostile_text,
    numerator=numbers,
    denominator=numbers,
    counted=st.integers(0, 10**9),
    counted_what=hostile_text,
    parts=st.lists(parts, max_size=6).map(tuple),
    left_out=st.lists(st.builds(KpiLeftOut, count=st.integers(1, 10**9), why=hostile_text), max_size=8).map(tuple),
    note=hostile_text,
    currency=optional,
)
answers = st.builds(
    KpiAnswer,
    kpi=st.sampled_from(KEYS),
    name=hostile_text,
    scope=hostile_text,
    period=hostile_text,
    first=st.just(date(2025, 1, 1)),
    last=st.just(date(2025, 12, 31)),
    figures=st.lists(figures, max_size=7).map(tuple),
    definition=hostile_text,
    version=hostile_text,
    source=hostile_text,
    notes=st.lists(hostile_text, max_size=2).map(tuple),
    rows=st.lists(st.builds(KpiRow, account_id=optional, account=optional, text=hostile_text), max_size=10).map(tuple),
    page=st.integers(0, 9),
    pages=st.integers(1, 9),
    total_rows=st.integers(0, 10**9),
    as_of=st.just(samples.NOW),
)


@pytest.mark.parametrize(
    ("typed", "ask"),
    [
        ("kpi", Kpi()),
        ("kpis", Kpi()),
        ("kpi nrr", Kpi("nrr")),
        ("KPI NRR team 2026-Q1", Kpi("nrr", "team 2026-Q1")),
        ("kpi: net new mrr all", Kpi("net-new-mrr", "all")),
        ("kpi renewal rate Bank of Norway in 2025", Kpi("renewal-rate", "Bank of Norway in 2025")),
        ('kpi nps "North Sea" last quarter', Kpi("nps", "North Sea last quarter")),
        ('"kpi partners"', Status("kpi partners")),
    ],
)
def test_what_is_typed(typed: str, ask: object) -> None:
    assert parse_slash("/account", typed) == ask
    assert parse_spoken(f"<@U0BOT> {typed}", "U0BOT") == ask


def test_a_name_that_is_no_figure_says_where_the_names_are() -> None:
    for typed in ("kpi happiness", "kpi nrr " + "x" * 200):
        with pytest.raises(BadInput) as caught:
            parse_slash("/account", typed)
        assert "`/account kpi" in str(caught.value)


@given(st.none() | st.sampled_from(KEYS), hostile_text.map(lambda text: text[:MAX_KPI_WORDS]), st.integers(0, 10_000))
def test_a_button_brings_its_figure_back(key: object, typed: str, page: int) -> None:
    ask = Kpi(key, typed, page)  # type: ignore[arg-type]
    assert values.decode(values.encode(ask)) == ask


@pytest.mark.parametrize("value", ['["k","happiness","",0]', '["k","nrr",5,0]', '["k","nrr","",-1]', '["k","nrr",""]'])
def test_a_button_that_is_not_ours_is_refused(value: str) -> None:
    with pytest.raises(BadInput):
        values.decode(value)


def test_four_lines() -> None:
    message = kpi_page(samples.kpi(), Kpi("nrr", "team"), DAYS)
    assert_sendable(message)
    lines = message.blocks[0]["text"]["text"].split("\n")
    assert lines == [
        "*NRR 96.2 %* · your team's accounts · 12 months to date",
        "5,000 of 5,200 · from 5 customers · gained 11.5 %",
        "Left out: 2 lines without an amount",
    ]
    assert "nrr-1: revenue today / revenue then. " in words(message)
    assert captions(message) == ["Explain", "Chart", "Export", "All figures"]


def test_currencies_stand_side_by_side() -> None:
    euros = samples.kpi_figure(currency="EUR", shown="101.0 %", left_out=())
    said_now = words(kpi_page(samples.kpi(figures=(samples.kpi_figure(), euros)), Kpi("nrr"), DAYS))
    assert "NRR 96.2 % in USD, 101.0 % in EUR" in said_now
    assert "EUR: 5,000 of 5,200" in said_now


def test_what_is_not_available_says_why() -> None:
    nothing = samples.kpi_figure(
        value=None, shown="", note="not available: nobody answered in the period", counted=0, left_out=()
    )
    message = kpi_page(samples.kpi(name="NPS", figures=(nothing,)), Kpi("nps"), DAYS)
    assert "*NPS not available: nobody answered in the period*" in words(message)
    assert "Left out: nothing" in words(message)


@given(answers)
def test_monstrous_figures(found: KpiAnswer) -> None:
    assert_sendable(kpi_page(found, Kpi("nrr", "x" * MAX_KPI_WORDS, found.page), DAYS))


@given(st.lists(st.builds(KpiEntry, kpi=st.sampled_from(KEYS), name=hostile_text, also=st.just(()),
                          definition=hostile_text, version=hostile_text, needs=hostile_text), max_size=25))  # fmt: skip
def test_a_monstrous_list(entries: list[KpiEntry]) -> None:
    assert_sendable(kpi_list(KpiList(entries=tuple(entries))))


async def test_a_figure_is_asked_for_explained_and_turned(bot: Bot) -> None:
    (message,) = await bot.ask("maya", "#accounts", "/account kpi nrr team 2025")
    assert "*NRR 96.2 %*" in said([message])
    assert bot.use_cases.last() == ("kpi", KpiQuestion("nrr", rest="team 2025"))
    assert "Acme Corp" in said(await bot.click("maya", "Explain"))
    assert bot.use_cases.last() == ("kpi", KpiQuestion("nrr", rest="team 2025", page=1))
    assert "page 2 of 3" in said(await bot.click("maya", "Next →"))
    assert "*NRR 96.2 %*" in said(await bot.click("maya", "← Figure"))
    listed = said(await bot.click("maya", "All figures"))
    assert all(f"`{key}`" in listed for key in KEYS)


async def test_figures_by_mention_and_of_a_colleague() -> None:
    async with running("socket") as bot:
        (message,) = await bot.ask("maya", "#accounts", "@Steward kpi nps")
        assert "NRR" in said([message])
        bot.use_cases.members["U0JONAS"] = samples.ACME
        await bot.ask("maya", "#accounts", "/account kpi arr @jonas 2025")
        name, asked = bot.use_cases.last()
        assert name == "kpi"
        assert isinstance(asked, KpiQuestion)
        assert (asked.rest or "").startswith("member:")
        assert (asked.rest or "").endswith(" 2025")
        (listed,) = await bot.ask("maya", "#accounts", "/account kpi")
        assert "`nrr` NRR, from contracts" in said([listed])


def test_exact_amounts_are_shown_to_the_cent() -> None:
    odd = samples.kpi_figure(numerator=Decimal("5000.5"), denominator=Decimal(6000))
    assert "5,000.50 of 6,000.00" in words(kpi_page(samples.kpi(figures=(odd,)), Kpi("nrr"), DAYS))
