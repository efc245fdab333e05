"""Pictures of a plan: everything that they show is told in words, nothing that is drawn falls out of its field."""

from __future__ import annotations

import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts import theme
from bot.charts.grid import Cell, Grid, State, grid
from bot.charts.grid import words as grid_words
from bot.charts.people import COLUMNS, ROWS, PeopleMap, Somebody, people_map, placed
from bot.charts.people import words as people_words
from bot.charts.picture import ALT_MAX, Picture

STATES: tuple[State, ...] = ("owned", "opportunity", "none", "unknown")


def _size(picture: Picture) -> tuple[int, int]:
    assert picture.png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture.png[16:24])
    return width, height


def test_white_space_is_told_part_by_part() -> None:
    found = Grid(
        "White space at Acme",
        "2 products by 2 parts",
        ("Folio", "Sign"),
        ("Acme", "Plant"),
        {("Folio", "Acme"): Cell("owned", "420 seats"), ("Folio", "Plant"): Cell("none")},
    )
    assert grid_words(found) == (
        "Grid: White space at Acme, 2 products by 2 parts. Acme: owned Folio (420 seats); not looked at Sign. "
        "Plant: no potential Folio; not looked at Sign."
    )
    first, again = grid(found), grid(found)
    assert first.png == again.png
    assert _size(first) == (first.width, first.height)
    assert first.png != grid(Grid("x", "y", ("Folio",), ("Acme",), {})).png


def test_what_does_not_fit_is_said() -> None:
    many = Grid("w", "b", tuple(f"p{at}" for at in range(14)), tuple(f"u{at}" for at in range(11)), {})
    assert grid_words(many).endswith("Not shown: 3 parts more, 4 products more.")
    assert grid(many).width == 2 * theme.WIDTH


def test_who_decides_and_is_for_us_is_told_first() -> None:
    found = PeopleMap(
        "Relationships at Acme",
        "3 contacts",
        (
            Somebody("Ray", "user", 1),
            Somebody("Ana", "economic buyer", -2, silent=True),
            Somebody("Bo", "sponsor", 2),
            Somebody("Cy", None, None),
        ),
    )
    assert people_words(found) == (
        "Relationship map: Relationships at Acme, 3 contacts. Bo, sponsor, strongly for us; Ana, economic buyer, "
        "against us, silent; Ray, user, for us; Cy, role not known, stance not known."
    )
    assert people_map(found).png == people_map(found).png


def test_nobody_is_said_and_drawn() -> None:
    nobody = PeopleMap("Relationships at Acme", "0 contacts", ())
    assert people_words(nobody).endswith("Nobody is known.")
    assert _size(people_map(nobody))[0] == 2 * theme.WIDTH


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(max_size=60), st.none() | st.text(max_size=30), st.none() | st.integers(-5, 5), st.booleans()
        ),
        max_size=25,
    ),
    st.text(max_size=60),
)
def test_anybody_can_be_drawn(people: list[tuple[str, str | None, int | None, bool]], title: str) -> None:
    everybody = tuple(Somebody(*one) for one in people)
    fields = placed(everybody)
    assert sum(len(field) for field in fields.values()) == len(everybody)
    assert all(0 <= x < len(COLUMNS) and 0 <= y < len(ROWS) for x, y in fields)
    assert len(people_map(PeopleMap(title, "below", everybody)).alt) <= ALT_MAX


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(STATES), st.text(max_size=40))
def test_anything_can_be_named(product: str, unit: str, state: State, note: str) -> None:
    drawn = grid(Grid("t", "b", (product,), (unit,), {(product, unit): Cell(state, note)}))
    assert len(drawn.alt) <= ALT_MAX
