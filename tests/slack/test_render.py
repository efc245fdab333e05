"""Views: what they say, that unknown stays unknown, and that nothing in the data can break or ping."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.sandbox.render_text import render
from bot.services.results import Match, Sum
from bot.slack.asks import SORTS, Book, Renewals
from bot.slack.commands import BY_NAME
from bot.slack.limits import MESSAGE_BLOCKS, LimitError, fit, shorten, violations
from bot.slack.render.book import book_page
from bot.slack.render.card import account_card
from bot.slack.render.dates import Days
from bot.slack.render.errors import sorry
from bot.slack.render.help import help_page
from bot.slack.render.parts import Message, actions, section
from bot.slack.render.picker import choice, mistyped, nothing, options, search_results
from bot.slack.render.renewals import renewals_page
from bot.slack.render.text import away, clean, cut, md, money, percent, plain, safe_url
from tests.slack import samples
from tests.slack.oracle import needs_oracle, problems

monstrous = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
asked_books = st.builds(
    Book,
    st.none() | st.text(min_size=1, max_size=200),
    st.sampled_from(SORTS),
    st.none() | st.text(min_size=1, max_size=60),
    st.integers(1, 10_000),
)
DAYS = Days(samples.TODAY)
PING = re.compile(r"<[!@#]|<https?|<mailto")


def words(message: Message) -> str:
    return "\n".join([message.text, *_texts(message.blocks)])


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return []


def assert_sendable(message: Message) -> None:
    fitted = fit(message)
    assert not list(violations(fitted))
    assert len(fitted.blocks) <= MESSAGE_BLOCKS
    # Texts only: a button's value is never shown or parsed, and holds what was typed.
    assert not PING.search(words(fitted))
    for text in _texts(fitted.blocks):
        assert "\u202e" not in text
        assert "\x00" not in text
    json.dumps(list(fitted.blocks)).encode()
    assert problems("blocks", list(fitted.blocks)) == ()


def test_card_leads_with_the_notice_deadline() -> None:
    message = account_card(samples.CARD, DAYS)
    assert_sendable(message)
    said = words(message)
    assert message.text.startswith("Acme Corp · Notice deadline Tue 3 Mar 2026 (in 12 days); contract ends 31 May")
    for part in (
        "Maya Lindqvist · strategic · customer",
        "$1,200,000 + €300,000 ARR",
        "1 line without a price left out",
        "🟡 Health 72 (watch), from 3 of 5 inputs",
        "Why: usage fell 23 % · 2 urgent tickets",
        "Not counted: no survey since March",
        "CSAT not known",
        "Last touch 9 days ago, call by Maya Lindqvist: “QBR dates”",
        "3 open tickets, 1 urgent; oldest “Login loop” 20 days old",
        "↘ Usage: active users fell 23 %",
        "NPS 42 from 7 answers",
        "*Risks* (4)\n• The champion left",
        "and 1 more",
        "Jonas promised: “fix the export”, *18 days overdue*\n• Maya promised",
        "Data: CRM 2 d · tickets 5 h · usage none",
        "part of Acme Holding · 2 subsidiaries · also ACME",
    ):
        assert part in said


def test_a_card_names_its_channels_in_a_way_that_keeps_private_names() -> None:
    card = samples.CARD.model_copy(update={"channels": ("C0ACCTACME", "G1", "!channel", "C0A|x>")})
    message = account_card(card, DAYS)
    assert "· channel <#C0ACCTACME>" in words(message)
    assert words(message).count("<") == 1
    two = account_card(samples.CARD.model_copy(update={"channels": ("C0A", "C0B", "C0C", "C0D")}), DAYS)
    assert "channels <#C0A>, <#C0B>, <#C0C>" in words(two)
    assert "C0D" not in words(two)


def test_card_without_data_shows_no_figure() -> None:
    message = account_card(samples.UNKNOWN_CARD, DAYS)
    assert_sendable(message)
    said = words(message)
    for part in (
        "no contract on record",
        "ARR not known",
        "Health unknown: no usage; no survey",
        "Last touch not known",
    ):
        assert part in said
    for part in (
        "Tickets not known",
        "Usage not known",
        "NPS and CSAT not known",
        "Data: none imported yet",
        "no owner",
    ):
        assert part in said
    assert not re.search(r"\d", said.replace("As of Thu 19 Feb 2026, 09:30", ""))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"leads": "end", "notice_on": date(2026, 2, 1)}, "notice deadline passed on 1 Feb"),
        (
            {"leads": "end", "lead_on": date(2026, 2, 1), "days_left": -18},
            "Contract ended Sun 1 Feb 2026 (18 days ago), no",
        ),
        ({"leads": None, "sentence": "Open-ended, no end date"}, "Open-ended, no end date"),
        ({"auto_renew": None}, "renewal terms not known"),
        ({"auto_renew": False, "others": 2}, "does not renew by itself; 2 more contracts"),
        ({"ends_on": None}, "contract end not known"),
    ],
)
def test_terms(change: dict[str, object], expected: str) -> None:
    card = samples.CARD.model_copy(update={"term": samples.TERM.model_copy(update=change)})
    assert expected in words(account_card(card, DAYS))


def test_only_web_addresses_become_a_button() -> None:
    assert "https://crm.example" in json.dumps(account_card(samples.CARD, DAYS).blocks)
    for url in (
        "javascript:alert(1)",
        "http://",
        "https://a b",
        "https://a|b",
        "ftp://x",
        "https://x\u202e.y",
        "//x",
        None,
    ):
        assert safe_url(url) is None


def test_a_shared_card_names_the_sharer_and_offers_no_sharing() -> None:
    message = account_card(samples.CARD, DAYS, shared_by="Maya <!channel>")
    assert_sendable(message)
    assert "Shared by Maya &lt;!channel&gt;" in words(message)
    assert "Share in channel" not in words(message)


def test_book_and_renewals() -> None:
    book = book_page(samples.book(), Book(), DAYS)
    renewals = renewals_page(samples.renewals(), Renewals(), DAYS)
    for message in (book, renewals):
        assert_sendable(message)
    assert "Maya's book" in words(book)
    assert "Account 0* · $1,200,000 · Maya Lindqvist\nNotice deadline Tue 3 Mar 2026 (in 12 days)" in words(book)
    assert "1 notice deadline already passed" in words(renewals)
    assert "Next →" in words(book)
    assert "← Previous" not in words(book)
    assert "Nothing renews" in words(renewals_page(samples.renewals(0, pages=1), Renewals(), DAYS))
    assert "No accounts here" in words(book_page(samples.book(0, pages=1), Book(), DAYS))


def test_a_page_that_is_too_long_says_what_it_leaves_out() -> None:
    assert "and 20 more on this page" in words(book_page(samples.book(60), Book(), DAYS))
    assert "and 20 more on this page" in words(renewals_page(samples.renewals(60), Renewals(), DAYS))


def test_picker_offers_at_most_five_and_a_search() -> None:
    found = tuple(samples.candidate(f"Acme {number}", 100 + number) for number in range(9))
    message = choice(Match(query="acme", outcome="several", candidates=found))
    assert_sendable(message)
    assert len(message.blocks[1]["elements"]) == 5
    assert message.blocks[2]["elements"][0]["type"] == "external_select"
    assert_sendable(nothing("<!here>"))
    assert "No account is called" in search_results("zzz", ()).text


def test_help_names_every_command() -> None:
    for topic in (None, "nonsense", *BY_NAME):
        assert_sendable(help_page(topic))
    assert all(name in words(help_page()) for name in ("/account", "find", "/book", "/renewals", "@Steward"))


def test_help_fits_on_a_phone() -> None:
    """40 letters a line, 34 lines: a screen of 390 by 844."""
    lines = render(help_page().blocks).text.replace("`", "").splitlines()
    assert sum(-(-len(line) // 40) for line in lines) <= 34


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("setings", "Did you mean `/account settings`?"),
        ("Timline acme", "Did you mean `/account timeline acme`?"),
        ("renewls 30d", "Did you mean `/renewals 30d`?"),
        ("remindr <!here>", "Did you mean `/account remind &lt;!here&gt;`?"),
        ("people first", ""),
        ("nordwind", ""),
        ("", ""),
    ],
)
def test_a_mistyped_command_is_offered(typed: str, hint: str) -> None:
    assert mistyped(typed) == hint
    assert_sendable(nothing(typed))
    found = (samples.candidate(),)
    asked = words(choice(Match(query=typed, outcome="several", candidates=found)))
    assert hint in asked
    assert ("Did you mean" in asked) == bool(hint)


@monstrous
@given(samples.cards)
def test_monstrous_cards(card: Any) -> None:
    assert_sendable(account_card(card, DAYS))
    assert_sendable(account_card(card, DAYS, shared_by=card.name))


@monstrous
@given(samples.books, asked_books)
@example(samples.book().model_copy(update={"notes": ("",)}), Book())
def test_monstrous_books(page: Any, asked: Book) -> None:
    assert_sendable(book_page(page, asked, DAYS))


@monstrous
@given(samples.renewal_pages)
def test_monstrous_renewals(page: Any) -> None:
    assert_sendable(renewals_page(page, Renewals(), DAYS))


@monstrous
@given(st.lists(samples.candidates, max_size=120), samples.hostile_text)
def test_monstrous_choices(found: list[Any], query: str) -> None:
    assert_sendable(choice(Match(query=query, outcome="several", candidates=tuple(found))))
    assert all(len(one["text"]["text"]) <= 75 and len(one["value"]) <= 150 for one in options(found))
    assert_sendable(sorry(query or "x"))


@given(samples.hostile_text, st.integers(0, 300))
def test_cut_and_escape(text: str, length: int) -> None:
    assert len(cut(text, length)) <= length
    assert len(plain(text, max(length, 1))) <= max(length, 1)
    assert not re.search(r"[<>]", md(text, length))
    assert not re.search(r"&(?!amp;|lt;|gt;)", md(text, length))
    assert not re.search(r"&(?!amp;|lt;|gt;)", shorten(md(text, 300), max(length, 1)))
    assert clean(clean(text)) == clean(text)


def test_cut_keeps_letters_whole() -> None:
    assert cut("e\u0301" * 5, 6) == "e\u0301e\u0301…"
    assert cut("🇸🇪🇳🇴🇫🇮", 4) == "🇸🇪…"
    assert cut("abc", 3) == "abc"


def test_words_for_money_and_days() -> None:
    assert money(Sum(amount=Decimal("-1200.50"), currency="EUR")) == "-€1,200.50"
    assert money(Sum(amount=Decimal(5), currency="CHF")) == "CHF 5"
    assert [away(days) for days in (-3, -1, 0, 1, 12)] == ["3 days ago", "yesterday", "today", "tomorrow", "in 12 days"]
    assert [percent(Decimal(value)) for value in ("-20", "12.34")] == ["-20 %", "12.3 %"]


def test_what_cannot_be_shortened_is_refused() -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "x"}, "action_id": "a", "value": "v" * 2001}
    with pytest.raises(LimitError, match="value has 2001"):
        fit(Message("x", (actions([button]),)))
    assert fit(Message("x", (actions([]),))).blocks == ()
    many = fit(Message("", tuple(section(str(number)) for number in range(60))))
    assert (many.text, many.blocks[-1]["text"]["text"]) == ("—", "59")


@needs_oracle
def test_the_oracle_objects_to_nonsense() -> None:
    assert problems("blocks", [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}])


def test_a_ranked_row_says_why_it_stands_there() -> None:
    page = samples.book(1)
    row = page.rows[0].model_copy(update={"why": ("notice deadline in 36 days", "186,840 USD", "at risk")})
    ranked = page.model_copy(update={"rows": (row,), "sort": "rank"})
    text = render(list(book_page(ranked, Book(), DAYS).blocks)).text
    assert "Why here: notice deadline in 36 days, 186,840 USD, at risk" in text
    assert "Why here" not in render(list(book_page(page, Book(), DAYS).blocks)).text
