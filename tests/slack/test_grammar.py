"""What people type, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.services.errors import BadInput
from bot.slack.asks import Ask, Bind, Book, Find, Help, Here, Log, Renewals, Status, Team, Unbind
from bot.slack.commands import BY_NAME, COMMANDS, SLASHES, slash_example, spoken_example
from bot.slack.grammar import parse_slash, parse_spoken
from bot.slack.values import decode, encode
from bot.slack.words import unescape
from tests.slack.samples import HOSTILE


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("acme", Status("acme")),
        ("  Acme   Corp ", Status("Acme Corp")),
        ("“Acme Corp”", Status("Acme Corp")),
        ("status book depository", Status("book depository", whole="status book depository")),
        ("timeline acme", Status("acme", "timeline", "timeline acme")),
        ("people first", Status("first", "people", "people first")),
        ('"people first"', Status("people first")),
        ("why: acme", Status("acme", "why", "why: acme")),
        ("help scout", Status("help scout")),
        ("Smith &amp; Sons", Status("Smith & Sons")),
        ("<http://acme.com|acme.com>", Status("acme.com")),
        ("", Here()),
        ("status", Here()),
        ("help", Help()),
        ("help me", Help()),
        ("help book", Help("book")),
        ("help /renewals", Help("renewals")),
        ("find nordic", Find("nordic")),
        ("search  nor dic", Find("nor dic")),
        ("book sort:risk", Book(sort="risk")),
        ("renewals 60d", Renewals(60)),
        ('"book"', Status("book")),
        ("bind acme corp", Bind("acme corp")),
        ("bind", Bind(None)),
        ('"bind" acme', Status("bind acme")),
        ("unbind", Unbind()),
        ("log", Log("")),
        ("log acme", Log("acme")),
        ("LOG: acme  met <@U0ANA|ana>\nand “Bo” &amp; co", Log("acme  met @U0ANA\nand “Bo” & co")),
        ('log "Acme Corp" met', Log('"Acme Corp" met')),
        ("log acme see <https://x.example/a|the plan> <https://y.example|y.example>",
         Log("acme see the plan (https://x.example/a) y.example")),
        (f"log acme {'x' * 5000}", Log(f"acme {'x' * 5000}")),
        ('"log" acme', Status("log acme")),
        ("logmein", Status("logmein")),
    ],
)  # fmt: skip
def test_account(typed: str, asked: Ask) -> None:
    assert parse_slash("/account", typed) == asked


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", Book()),
        ("team", Team()),
        ("team page 2", Book(owner="team", page=2)),
        ("all sort:touch page 3", Book(sort="touch", owner="all", page=3)),
        ("nordic foods", Book("nordic foods")),
        ("<@U0JONAS|jonas> sort:risk", Book(sort="risk", owner="@U0JONAS")),
        ("@jonas", Book(owner="jonas")),
        ("owner:jonas", Book(owner="jonas")),
        ("mine", Book()),
        ('"team nordic"', Book("team nordic")),
        ("sort risk p2", Book(sort="risk", page=2)),
        ("help", Help("book")),
    ],
)
def test_book(typed: str, asked: Ask) -> None:
    assert parse_slash("/book", typed) == asked


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", Renewals()),
        ("90d", Renewals(90)),
        ("90", Renewals(90)),
        ("in the next 12 w", Renewals(84)),
        ("3 months", Renewals(92)),
        ("1y mine", Renewals(365, None)),
        ("team 2q page 2", Renewals(183, "team", 2)),
    ],
)
def test_renewals(typed: str, asked: Ask) -> None:
    assert parse_slash("/renewals", typed) == asked


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("<@U0STEWARD> acme", Status("acme")),
        ("hey <@U0STEWARD>", Status("hey")),
        ("<@U0STEWARD>", Here()),
        ("<@U0STEWARD> log acme met\nAna", Log("acme met\nAna")),
        ("<@U0STEWARD>: /account log acme met\nAna &lt;!channel&gt;", Log("acme met\nAna <!channel>")),
        ("<@U0STEWARD>: renewals 60d", Renewals(60)),
        ("/account acme", Status("acme")),
        ("<@U0STEWARD> /book team", Team()),
        ("book <@U0JONAS>", Book(owner="@U0JONAS")),
        ("hi", Help()),
    ],
)
def test_spoken(typed: str, asked: Ask) -> None:
    assert parse_spoken(typed, "U0STEWARD") == asked


@pytest.mark.parametrize(
    ("slash", "typed"),
    [
        ("/book", "sort:size"),
        ("/book", "page 0"),
        ("/book", "page two"),
        ("/book", "x" * 300),
        ("/renewals", "soonish"),
        ("/renewals", "0d"),
        ("/renewals", "400 years"),
        ("/renewals", "²d"),
        ("/account", "find"),
        ("/account", "unbind acme"),
        ("/account", "bind " + "x" * 300),
        ("/unknown", "x"),
    ],
)
def test_unreadable_gets_a_sentence_with_an_example(slash: str, typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_slash(slash, typed)
    assert any(known in caught.value.sentence for known in SLASHES)
    assert len(caught.value.sentence) < 200


words = st.lists(
    st.sampled_from(
        ["book", "sort:", "page", "90", "d", "@", "<@U1>", "<!here>", '"', "team", "page 99999999999", "sort"]
    )
    | st.sampled_from(HOSTILE)
    | st.text(max_size=20),
    max_size=8,
).map(" ".join)


@given(st.sampled_from([*SLASHES, "/x"]), words)
@example("/renewals", "٣d")
def test_any_text_yields_an_ask_or_a_sentence(slash: str, typed: str) -> None:
    for asked in (_read(parse_slash, slash, typed), _read(parse_spoken, typed, "U1")):
        if isinstance(asked, Book | Renewals):
            assert decode(encode(asked)) == asked
        elif isinstance(asked, BadInput):
            assert asked.sentence


def _read(parse: Callable[[str, str], Ask], first: str, second: str) -> Ask | BadInput:
    try:
        return parse(first, second)
    except BadInput as error:
        return error


@given(st.text())
def test_unescaped_text_is_one_clean_line(typed: str) -> None:
    text = unescape(typed)
    assert text == " ".join(text.split())
    assert text.isprintable() or not text


def test_every_example_and_name_reaches_its_own_command() -> None:
    for command in COMMANDS:
        slash, _, typed = slash_example(command).partition(" ")
        asked = parse_slash(slash, typed)
        reached = asked.show if isinstance(asked, Status) and asked.show != "card" else type(asked).__name__.casefold()
        assert reached == command.handler
        assert parse_spoken(spoken_example(command, "")) == asked
    assert len(BY_NAME) == sum(len(command.names) for command in COMMANDS)
