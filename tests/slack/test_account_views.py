"""The views behind a card: what they say, unknown stays unknown, and nothing in the data can break or ping."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.results import (
    SECTIONS,
    Contact,
    Entry,
    HealthInput,
    HealthWhy,
    MissingInput,
    Origin,
    PeoplePage,
    Sum,
    TimelinePage,
    WayUp,
)
from bot.slack.asks import People, Timeline, Why
from bot.slack.limits import fit
from bot.slack.render.card import account_card
from bot.slack.render.dates import Days
from bot.slack.render.parts import Message, Offer, toolbar
from bot.slack.render.people import people_page
from bot.slack.render.record import record
from bot.slack.render.timeline import timeline_page
from bot.slack.render.why import why_page
from bot.slack.stamps import Stamp, difference
from bot.slack.values import MENU, RECORD
from tests.slack import samples
from tests.slack.samples import hostile_text
from tests.slack.test_render import DAYS, assert_sendable, monstrous, words

ACME = samples.ACME
DRAFTS = ["Prepare a call", "Why at risk", "Draft a check-in", "Hand-over"]
optional = st.none() | hostile_text
numbers = st.integers(0, 10**9)
days_known = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))
figures = st.decimals(allow_nan=False, allow_infinity=False, places=1, min_value=0, max_value=100)
links = optional | st.just("https://crm.example/a?b=1")
entries = st.builds(
    Entry,
    on=days_known,
    at=st.just(samples.NOW),
    timed=st.booleans(),
    section=st.sampled_from(SECTIONS),
    title=hostile_text,
    who=optional,
    text=optional,
    until=st.none() | days_known,
    amount=st.none() | st.builds(Sum, amount=figures, currency=st.sampled_from(["USD", "<!x"])),
    internal=st.booleans(),
    link=links,
    origin=st.builds(Origin, source=optional, file=optional, line=st.none() | numbers, logged_by=optional),
)
timelines = st.builds(
    TimelinePage,
    account_id=st.just("1"),
    account=hostile_text,
    section=st.sampled_from(SECTIONS),
    page=st.integers(1, 50),
    pages=st.integers(1, 50),
    first=numbers,
    last=numbers,
    total=numbers,
    entries=st.lists(entries, max_size=12).map(tuple),
    ahead=st.lists(entries, max_size=3).map(tuple),
    ahead_total=numbers,
    counts=st.dictionaries(st.sampled_from(SECTIONS), numbers),
    as_of=st.just(samples.NOW),
)
contacts = st.builds(
    Contact,
    name=hostile_text,
    title=optional,
    department=optional,
    role=optional,
    active=st.booleans(),
    left_on=st.none() | days_known,
    involved_on=st.none() | days_known,
    involved_in=st.sampled_from([None, "survey", "conversation"]),
)
people = st.builds(
    PeoplePage,
    account_id=st.just("1"),
    account=hostile_text,
    page=st.integers(1, 9),
    pages=st.integers(1, 9),
    first=numbers,
    last=numbers,
    total=numbers,
    active=numbers,
    contacts=st.lists(contacts, max_size=12).map(tuple),
    gaps=st.lists(hostile_text, max_size=6).map(tuple),
    as_of=st.just(samples.NOW),
)
inputs = st.builds(
    HealthInput,
    component=hostile_text,
    value=figures,
    weight_percent=figures,
    points=figures,
    sentence=hostile_text,
    age_days=st.none() | st.integers(-5, 10**6),
    source=optional,
)
missing = st.builds(MissingInput, component=hostile_text, share_percent=figures, why=hostile_text, fill=hostile_text)
whys = st.builds(
    HealthWhy,
    account_id=st.just("1"),
    account=hostile_text,
    score=st.none() | st.integers(0, 100),
    band=hostile_text,
    inputs=st.lists(inputs, max_size=5).map(tuple),
    missing=st.lists(missing, max_size=5).map(tuple),
    coverage_percent=figures,
    least_percent=figures,
    next_band=optional,
    to_next=st.none() | st.integers(1, 100),
    ways_up=st.lists(st.builds(WayUp, component=hostile_text, now=figures, needed=st.integers(0, 100)), max_size=5).map(
        tuple
    ),
    model=hostile_text,
    weights=hostile_text,
    as_of=st.just(samples.NOW),
)


def captions(message: Message) -> list[str]:
    """Every button and line of a menu."""
    found = []
    for block in message.blocks:
        for element in block.get("elements", ()) if block["type"] == "actions" else ():
            offered = element.get("options", [element])
            found += [one["text"]["text"] for one in offered]
    return found


def test_a_timeline_says_when_what_who_and_where_from() -> None:
    message = timeline_page(samples.timeline(), Timeline(ACME), DAYS)
    assert_sendable(message)
    said = words(message)
    for part in (
        "*Acme Corp* · Timeline\n1-10 of 23 · newest first",
        "Ahead\n• 1 Mar Promise due: “send the deck” (in 10 days)\n• and 2 more",
        "*18 Feb* · Call · Maya Lindqvist with Dana Whitfield · from Salesforce\nTopic 1: they asked about the rollout",
        "Conversations (20)",
        "As of Thu 19 Feb 2026, 09:30",
    ):
        assert part in said
    assert captions(message)[-10:] == [
        "Contracts (0)",
        "Older →",
        "← Card",
        "Why this health",
        "People",
        "Plan",
        *DRAFTS,
    ]
    assert "← Newer" in captions(timeline_page(samples.timeline(page=2), Timeline(ACME, page=2), DAYS))
    last = timeline_page(samples.timeline(page=3), Timeline(ACME, page=3), DAYS)
    assert "21-23 of 23" in words(last)
    assert "Older →" not in captions(last)


def test_where_an_entry_is_from() -> None:
    def said(**origin: Any) -> str:
        known = Origin(**{"source": None, "file": None, "line": None, "logged_by": None, **origin})
        page = samples.timeline(total=1).model_copy(update={"entries": (samples.entry(origin=known),)})
        return words(timeline_page(page, Timeline(ACME), DAYS))

    assert "from activities.csv" in said(source="csv", file="activities.csv", line=7)
    assert "from HubSpot" in said(source="hubspot", file="x.csv")
    assert "logged by Maya" in said(logged_by="Maya", source=None)
    assert "source not known" in said()


def test_links_are_buttons_and_only_web_addresses_are_links() -> None:
    for url, opens in (("https://crm.example/1", True), ("javascript:alert(1)", False), ("https://a b", False)):
        page = samples.timeline(total=1).model_copy(update={"entries": (samples.entry(link=url),)})
        message = timeline_page(page, Timeline(ACME), DAYS)
        assert_sendable(message)
        assert (url in json.dumps(message.blocks)) is opens


def test_an_empty_timeline_says_what_would_fill_it() -> None:
    empty = samples.timeline(total=0).model_copy(update={"ahead": (), "pages": 1, "section": "tickets"})
    message = timeline_page(empty, Timeline(ACME, "tickets"), DAYS)
    assert_sendable(message)
    assert "Nothing is on record under Tickets. Import" in words(message)


def test_people_lead_with_who_is_missing() -> None:
    message = people_page(samples.contacts(), People(ACME), DAYS)
    assert_sendable(message)
    said = words(message)
    for part in (
        "12 people, 1 active · 1-10 of 12",
        "⚠ No economic buyer or decision maker is known.\n⚠ Single-threaded",
        "*Dana Whitfield* · *champion* · Director of Procurement, Procurement",
        "last involved 3 days ago (conversation, 16 Feb)",
        "*Ray Delgado* · role not known",
        "left on 15 Jan · involvement not known",
    ):
        assert part in said
    assert captions(message) == ["Next →", "← Card", "Timeline", "Why this health", "Plan", *DRAFTS]


def test_why_adds_up_and_says_what_lifts_it() -> None:
    message = why_page(samples.WHY, Why(ACME), DAYS)
    assert_sendable(message)
    said = words(message)
    for part in (
        "🟡 Health 73 (watch) · +7 points to healthy",
        "*Usage* · 78 x 72.2 % = 56.3 points · HubSpot data 2 days old\nActive users down 23 % against the 90 days",
        "as of 17 Feb.",
        "*Engagement* · 60 x 27.8 % = 16.7 points · data of today",
        "• Sentiment (10 % of the weight): no survey answers. To fill it: ask for an NPS or CSAT answer.",
        "*One of these alone reaches healthy*\n• Usage from 78 to 88",
        "90 % of the weight is known, 50 % are needed. Model v1, weights for default.",
    ):
        assert part in said
    assert said.index("*Usage*") < said.index("*Engagement*")


def test_why_without_a_score_says_how_much_is_lacking_and_adds_up_nothing() -> None:
    unknown = {
        "score": None,
        "band": "unknown",
        "coverage_percent": Decimal("45.0"),
        "next_band": None,
        "to_next": None,
    }
    message = why_page(samples.WHY.model_copy(update={**unknown, "ways_up": ()}), Why(ACME), DAYS)
    assert_sendable(message)
    assert "Health unknown: 5 % more of the weight must be known" in words(message)
    assert "78 of 100" in words(message)
    assert "points" not in words(message)


def test_when_no_single_input_is_enough_it_says_so() -> None:
    message = why_page(samples.WHY.model_copy(update={"ways_up": ()}), Why(ACME), DAYS)
    assert "No single input reaches healthy: it takes several." in words(message)


@monstrous
@given(timelines)
def test_monstrous_timelines(page: TimelinePage) -> None:
    assert_sendable(timeline_page(page, Timeline(2**63 - 1, page.section, page.page), DAYS))


@monstrous
@given(people)
def test_monstrous_people(page: PeoplePage) -> None:
    assert_sendable(people_page(page, People(2**63 - 1), DAYS))


@monstrous
@given(whys)
def test_monstrous_whys(why: HealthWhy) -> None:
    assert_sendable(why_page(why, Why(2**63 - 1), DAYS))


def test_four_buttons_and_a_menu() -> None:
    offers = [Offer(f"Do {number}", "steward.turn", str(number)) for number in range(8)]
    *buttons, menu = toolbar(offers)
    assert [one["text"]["text"] for one in buttons] == ["Do 0", "Do 1", "Do 2", "Do 3"]
    assert len({one["action_id"] for one in buttons}) == 4
    assert (menu["type"], menu["action_id"]) == ("overflow", MENU)
    assert [one["value"] for one in menu["options"]] == [f"steward.turn {number}" for number in range(4, 8)]
    assert [one["type"] for one in toolbar(offers[:4])] == ["button"] * 4


@pytest.mark.parametrize("can_share", [True, False])
def test_a_card_offers_each_action_once(can_share: bool) -> None:
    message = account_card(samples.CARD, DAYS, can_share=can_share)
    assert_sendable(message)
    share = ["Share in channel"] if can_share else []
    assert captions(message) == [
        "Log",
        "Remind me",
        "Timeline",
        *share,
        "Draft QBR",
        "Why this health",
        "People",
        "Plan",
        "Open record",
        "Refresh",
    ]
    assert captions(account_card(samples.CARD, DAYS, shared_by="Maya")) == ["Show me", "Open record"]


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://eu5.lightning.force.com/lightning/r/Account/1/view", "Open in Salesforce"),
        ("https://na1.salesforce.com/0011", "Open in Salesforce"),
        ("https://app.hubspot.com/contacts/1/company/2", "Open in HubSpot"),
        ("https://hubspot.com.evil.example/1", "Open record"),
        ("https://nothubspot.com/1", "Open record"),
        ("https://crm.example/1", "Open record"),
    ],
)
def test_the_link_is_named_by_its_host(url: str, label: str) -> None:
    assert record(url) == [Offer(label, RECORD, url=url)]


def test_what_is_no_web_address_is_no_link() -> None:
    assert record("javascript:alert(1)") == record(None) == record("https://[broken") == []


SEEN = Stamp.of(samples.NOW, "one")


@pytest.mark.parametrize(
    ("later", "content", "sentence"),
    [
        ("2026-02-19T09:59", "one", ""),
        ("2026-02-19T10:30", "one", "This card was 1 hour old; nothing has changed since."),
        ("2026-02-22T09:30", "one", "This card was 3 days old; nothing has changed since."),
        ("2026-02-19T09:31", "two", "This card has changed since you saw it; here it is as of now."),
        ("2026-02-22T09:30", "two", "This card was 3 days old and has changed since; here it is as of now."),
        ("2026-02-18T09:30", "one", ""),
    ],
)
def test_what_is_said_of_an_old_card(later: str, content: str, sentence: str) -> None:
    shown = Stamp.of(datetime.fromisoformat(later).replace(tzinfo=UTC), content)
    assert difference("card", SEEN, shown) == sentence
    assert difference("card", None, shown) == ""


def test_a_card_is_stamped_by_what_it_says_and_not_by_the_hour() -> None:
    later = samples.CARD.model_copy(update={"as_of": datetime(2026, 2, 19, 9, 40, tzinfo=UTC), "data": ()})
    other = later.model_copy(update={"promises_open": 3})
    stamps = [account_card(one, DAYS).stamp for one in (samples.CARD, later, other)]
    assert stamps[0] is not None
    assert [one.print == stamps[0].print for one in stamps if one] == [True, True, False]


def test_days_in_our_sentences_are_written_as_the_reader_writes_them() -> None:
    assert DAYS.said("Ends on 6 Mar 2026, then renews.") == "Ends on 6 Mar, then renews."
    assert DAYS.said("Ends on 6 Mar 2027.") == "Ends on 6 Mar 2027."
    assert Days(samples.TODAY, "de").said("Ends on 6 Mar 2027.") == "Ends on 6. März 2027."
    assert Days(samples.TODAY, "iso").said("Ends on 6 Mar 2027.") == "Ends on 2027-03-06."
    assert DAYS.said("31 Feb 2026 and 6 Mars 2026") == "31 Feb 2026 and 6 Mars 2026"


def test_a_note_stands_above_and_the_message_stays_sendable() -> None:
    noted = account_card(samples.CARD, DAYS).noting("This card was 3 days old; nothing has changed since.")
    assert_sendable(noted)
    assert "3 days old" in fit(noted).blocks[0]["elements"][0]["text"]
    assert account_card(samples.CARD, DAYS).noting("") == account_card(samples.CARD, DAYS)
