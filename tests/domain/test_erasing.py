"""Where somebody is named in a text, and the text without them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.erasing import Span, Traces, marked_words, parts_of, shared, words_of

HOME, ELSEWHERE = 1, 2
DANA = Traces(
    names=("Dana O'Weiß",), emails=("dana.weiss@acme.example",), parts=("dana", "o'weiss"), accounts=frozenset({HOME})
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana O'Weiß called", "[erased] called"),
        ("DANA  OWEISS called", "[erased] called"),
        ("O’Weiss, Dana: yes", "[erased]: yes"),
        ("Dana K. O'Weiss", "[erased]"),
        ("dana.oweiss and dana_oweiss", "[erased] and [erased]"),
        ("Dána Ｏ'Weiss's note", "[erased]'s note"),
        ("Da\u0301na\nO'Weiß", "[erased]"),
        ("Write to DANA.WEISS@acme.example.", "Write to [erased]."),
        ("not dana.weiss@acme.example.org", "not dana.weiss@acme.example.org"),
        ("not my.dana.weiss@acme.example", "not my.dana.weiss@acme.example"),
        ("Jordana Weissmann", "Jordana Weissmann"),
        ("Dana and others", "Dana and others"),
        ("", ""),
    ],
)
def test_the_name_in_full_and_the_address_count_everywhere(text: str, expected: str) -> None:
    assert DANA.without(text, ELSEWHERE) == expected
    assert DANA.without(text, None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana said no, dana!", "[erased] said no, [erased]!"),
        ("Ask O'Weiss or D. OWeiss", "Ask [erased] or [erased]"),
        ("Bandana, danaher", "Bandana, danaher"),
        ("Dana Berg", "[erased] Berg"),
    ],
)
def test_parts_of_the_name_count_at_home_only(text: str, expected: str) -> None:
    assert DANA.without(text, HOME) == expected
    assert DANA.without(text, ELSEWHERE) == text


def test_a_namesake_elsewhere_keeps_the_name() -> None:
    careful = replace(DANA, namesakes=True)
    assert careful.without("Dana O'Weiss", ELSEWHERE) == "Dana O'Weiss"
    assert careful.without("Dana O'Weiss", HOME) == "[erased]"
    assert careful.without("dana.weiss@acme.example", ELSEWHERE) == "[erased]"


def test_a_name_that_is_a_word_has_to_look_like_a_name() -> None:
    will = Traces(names=("Will May",), parts=parts_of("Will May"), accounts=frozenset({HOME}))
    assert will.without("Will said they will sign in May. will may: no", HOME) == (
        "[erased] said they will sign in May. [erased]: no"
    )


def test_names_without_spaces_between_words_are_found() -> None:
    wang = Traces(names=("王小明", "김철수"), accounts=frozenset({HOME}))
    assert wang.without("昨天王小明说好。김철수는 갔다", HOME) == "昨天[erased]说好。[erased]는 갔다"
    assert wang.without("王小明", ELSEWHERE) == "王小明"


def test_a_colleague_gets_a_word_and_their_id_another() -> None:
    ida = Traces(names=("Ida Holm",), marks=("U123",), instead="a former colleague", marks_instead="UERASED")
    assert ida.without("Ida Holm: <@U123>, slack:U123, U1234", None) == (
        "a former colleague: <@UERASED>, slack:UERASED, U1234"
    )


def test_documents_are_written_without_the_name_keys_as_well() -> None:
    before = {"Dana O'Weiss": [1, None, {"said": "by dana.weiss@acme.example"}], "n": 2.5}
    assert DANA.without_in(before, None) == {"[erased]": [1, None, {"said": "by [erased]"}], "n": 2.5}


def test_words_titles_and_what_is_shared() -> None:
    assert words_of("Prof. Dr. Dana-Maria O’Weiß") == ("dana", "maria", "o'weiss")
    assert words_of("Dr.") == ("dr",)
    assert words_of("...") == ()
    assert parts_of("Al April Weiss") == ("weiss",)
    assert shared(("dana", "weiss"), ["Dana Berg", "Weiss & Sons"]) == {"dana", "weiss"}
    assert shared(("dana",), ["Jordana"]) == frozenset()


def test_marked_words_know_their_place() -> None:
    found = marked_words("Ü: Dána, dana", lambda word: word == "dana")
    assert [(one.number, one.span) for one in found] == [(1, Span(3, 7)), (2, Span(9, 13))]


_TEXT = st.text(alphabet=st.one_of(st.sampled_from("danaoweißDANAOWEISS'’.,@ -_\u0301\u200b"), st.characters()))


@settings(max_examples=200)
@given(_TEXT, st.sampled_from((HOME, ELSEWHERE, None)))
@example("Dana Dana O'Weiß O'Weiß", HOME)
@example("danaoweissdana.weiss@acme.example", None)
def test_nobody_is_named_in_what_is_left(text: str, about: int | None) -> None:
    left = DANA.without(text, about)
    assert DANA.spans(left, about) == []
    kept = [one for one in text if one not in "danoweißDANOWEISS"]
    assert len(left) <= len(text) + 8 * text.count("a") + 8 * len(kept) + 8


@settings(max_examples=100)
@given(st.text(max_size=60), st.text(max_size=60))
def test_what_stands_around_a_name_stays(before: str, after: str) -> None:
    quiet = replace(DANA, parts=())
    text = f"{before} | Dana O'Weiß | {after}"
    if quiet.spans(before, None) or quiet.spans(after, None):
        return
    assert quiet.without(text, None) == f"{before} | [erased] | {after}"
