"""A plan on both databases: written, read back, changed, undone; bad input and those who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.domain.audience import Actor, Audience, Clearance, Role, only_the_asker
from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadFields, NotAllowed, NotFound
from bot.services.plans.fields import cells_of, money_of
from bot.services.plans.parts import SPECS
from bot.services.plans.write import PlanEntry
from bot.services.results.plans import Part
from tests.services.clerk import SELF, Clerk

BOOK = {
    "accounts.csv": "id,name,owner_email,currency\n1,Acme,maya@x.example,EUR\n2,Nordwind,,EUR\n",
    "members.csv": "id,name,email,role,team\nM1,Maya Lind,maya@x.example,account manager,North\n",
    "people.csv": "id,account_id,name,email,role,stance\nP1,1,Ana Ruiz,ana@acme.example,champion,2\n",
    "contracts.csv": (
        "id,account_id,product,quantity,amount,period,currency,starts_on,ends_on\n"
        "C1,1,Folio,10,20000,year,EUR,2026-01-01,2026-12-31\n"
    ),
}


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    return clerk


def _acme(book: Clerk) -> int:
    return int(book.row("account", name="Acme").id)


def _add(book: Clerk, part: Part, **fields: str) -> PlanEntry:
    entry = PlanEntry(part, _acme(book), f"key-{part}-{sorted(fields.items())}", fields)
    book.desk.plans.change(SELF, entry)
    return entry


def test_a_plan_is_read_back_with_its_figures(book: Clerk) -> None:
    maya = id_text(book.row("member").id)
    _add(book, "profile", why_bought="fewer tools", visibility="client-safe", next_review_on="2026-05-01")
    _add(book, "objective", text="Close faster", measure="days", agreed_on="2026-02-01")
    goal = id_text(book.row("objective").id)
    _add(book, "outcome", what="Two days", worth="€30,000", reached_on="2026-02-01", confirmed_on="2026-02-02")
    _add(book, "action", quote="Train", metric="20", owner_id=maya, due_on="2026-04-01", objective_id=goal)
    _add(book, "person", name="Bo Berg", role="economic buyer", stance="-1")
    _add(book, "review", note="fine", next_review_on="2026-06-01")
    plan = book.desk.plans.plan(SELF, _acme(book))
    assert (plan.why_bought, plan.why_visibility) == ("fewer tools", "client-safe")
    assert [one.agreed_on is not None for one in plan.objectives] == [True]
    assert [(one.confirmed, one.paid, one.times) for one in plan.returns] == [
        (Decimal(30000), Decimal(20000), Decimal("1.50"))
    ]
    [action] = plan.actions
    assert (action.owner, action.objective, action.days_left) == ("Maya Lind", "Close faster", 28)
    assert {(one.name, one.role, one.stance) for one in plan.people} == {
        ("Ana Ruiz", "champion", 2),
        ("Bo Berg", "economic buyer", -1),
    }
    assert [one.note for one in plan.reviews] == ["fine"]
    assert str(plan.next_review_on) == "2026-06-01"
    assert plan.gaps == ()


def test_an_action_is_a_promise_and_internal_ones_say_so(book: Clerk) -> None:
    maya = id_text(book.row("member").id)
    _add(book, "action", quote="Find a sponsor", metric="a name", owner_id=maya, due_on="2026-04-01")
    row = book.row("commitment")
    assert (row.status, row.visibility, row.by) == ("open", "internal", "us")
    _add(book, "action", quote="Train", metric="20", owner_id=maya, due_on="2026-04-01", visibility="client-safe")
    assert [row.visibility for row in book.rows("commitment", quote="Train")] == [None]


def test_the_same_submission_twice_writes_once(book: Clerk) -> None:
    entry = _add(book, "objective", text="Close faster")
    again = book.desk.plans.change(SELF, entry)
    assert (again.repeated, again.change) == (True, None)
    assert len(book.rows("objective")) == 1


def test_a_row_is_changed_kept_whole_removed_and_brought_back(book: Clerk) -> None:
    _add(book, "objective", text="Close faster", measure="days")
    shown = book.desk.plans.row(SELF, "objective", _acme(book), book.row("objective").id)
    assert shown.fields["measure"] == "days"
    entry = PlanEntry("objective", _acme(book), "k2", shown.fields, parse_id(shown.id or ""), shown.version)
    assert book.desk.plans.change(SELF, entry).repeated
    done = book.desk.plans.change(SELF, replace(entry, fields={**shown.fields, "status": "met"}))
    assert book.row("objective").status == "met"
    with pytest.raises(BadFields, match="Somebody changed this"):
        book.desk.plans.change(SELF, replace(entry, fields={**shown.fields, "status": "missed"}))
    assert book.row("objective").status == "met"
    newer = book.desk.plans.row(SELF, "objective", _acme(book), entry.row_id)
    gone = book.desk.plans.change(SELF, replace(entry, remove=True, version=newer.version, fields={}))
    assert book.rows("objective") == []
    for change in (gone, done):
        book.desk.undo_change(SELF, change.change or "")
    assert (book.row("objective").status, book.row("objective").measure) == ("open", "days")


def test_an_account_has_one_profile(book: Clerk) -> None:
    _add(book, "profile", why_bought="fewer tools")
    held = book.desk.plans.row(SELF, "profile", _acme(book))
    entry = PlanEntry("profile", _acme(book), "k9", {"why_bought": "one tool"}, version=held.version)
    book.desk.plans.change(SELF, entry)
    assert book.row("account_plan").why_bought == "one tool"


@pytest.mark.parametrize("part", list(SPECS))
def test_every_part_has_an_empty_form_and_refuses_nonsense(book: Clerk, part: Part) -> None:
    assert book.desk.plans.row(SELF, part, _acme(book)).part == part
    typed = {one.name: "\x00nonsense" for one in SPECS[part].fields if one.kind not in ("line", "text")}
    with pytest.raises(BadFields) as error:
        book.desk.plans.change(SELF, PlanEntry(part, _acme(book), "k", typed))
    assert set(error.value.fields) >= set(typed)


def test_an_action_needs_owner_date_and_measure(book: Clerk) -> None:
    with pytest.raises(BadFields) as error:
        book.desk.plans.change(SELF, PlanEntry("action", _acme(book), "k", {"quote": "Train"}))
    assert set(error.value.fields) == {"metric", "due_on"}
    fields = {"quote": "Train", "metric": "20", "due_on": "2026-04-01"}
    with pytest.raises(BadFields) as error:
        book.desk.plans.change(SELF, PlanEntry("action", _acme(book), "k", fields))
    assert set(error.value.fields) == {"owner_id"}
    assert book.rows("commitment") == []


def test_nobody_reads_or_writes_who_may_not(book: Clerk) -> None:
    guest = only_the_asker(Actor(Role.GUEST, "slack", slack_user_id="U9"))
    looker = only_the_asker(Actor(Role.READ_ONLY, "slack", slack_user_id="U8"))
    outside = Audience(SELF.actor, Clearance.CLIENT_SAFE)
    for audience in (guest, outside):
        with pytest.raises(NotAllowed):
            book.desk.plans.plan(audience, _acme(book))
    for audience in (guest, outside, looker):
        with pytest.raises(NotAllowed):
            book.desk.plans.change(audience, PlanEntry("objective", _acme(book), "k", {"text": "x"}))
        with pytest.raises(NotAllowed):
            book.desk.plans.row(audience, "objective", _acme(book))
    assert book.rows("objective") == []


def test_what_belongs_to_another_account_is_not_found(book: Clerk) -> None:
    _add(book, "objective", text="Close faster")
    other = int(book.row("account", name="Nordwind").id)
    row = book.row("objective")
    with pytest.raises(NotFound):
        book.desk.plans.row(SELF, "objective", other, row.id)
    entry = PlanEntry("objective", other, "k", {"text": "mine"}, row.id, id_text(row.v_in))
    with pytest.raises(NotFound):
        book.desk.plans.change(SELF, entry)


def test_pictures_show_what_is_owned_wanted_and_not_known(book: Clerk) -> None:
    book.bring({"accounts.csv": "id,name,owner_email,parent\n3,Acme Ports,maya@x.example,Acme\n"})
    folio = id_text(book.row("product").id)
    _add(book, "idea", what="Plant", unit="Plant", product_id=folio, worth="5,000 EUR")
    _add(book, "idea", what="No", unit="Yard", product_id=folio, state="none")
    space = book.desk.plans.picture(SELF, _acme(book), "white space")
    for told in ("Acme: owned Folio (10)", "Acme Ports: not looked at Folio", "Plant: opportunity Folio (5,000 EUR)"):
        assert told in space.alt
    assert "Yard: no potential Folio" in space.alt
    people = book.desk.plans.picture(SELF, _acme(book), "people")
    assert "Ana Ruiz, champion, strongly for us, silent" in people.alt
    assert people.png.startswith(b"\x89PNG")
    with pytest.raises(NotAllowed):
        book.desk.plans.picture(Audience(SELF.actor, Clearance.CLIENT_SAFE), _acme(book), "people")


def test_an_account_that_is_gone_has_no_plan(book: Clerk) -> None:
    with pytest.raises(NotFound):
        book.desk.plans.plan(SELF, 77)


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("12,000 EUR", "12000", "EUR"),
        ("€1.200,50", "1200.50", "EUR"),
        ("300k CHF", "300000", "CHF"),
        ("1.5m USD", "1500000", "USD"),
        ("12 000 SEK", "12000", "SEK"),
        ("£12.5", "12.5", "GBP"),
    ],
)
def test_amounts_as_people_write_them(typed: str, amount: str, currency: str) -> None:
    assert money_of(typed) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "typed", ["12,000", "many EUR", "-5 EUR", "12.00.0 EUR", "1e30 EUR", "5 %", "99999999999999999 EUR"]
)
def test_amounts_that_say_nothing_certain_are_asked_about(typed: str) -> None:
    with pytest.raises(BadFields):
        cells_of(SPECS["outcome"], {"what": "x", "worth": typed})


def test_a_text_that_is_too_long_is_named(book: Clerk) -> None:
    with pytest.raises(BadFields, match="At most 200 characters"):
        cells_of(SPECS["objective"], {"text": "x", "measure": "y" * 201})


def test_a_day_is_a_day(book: Clerk) -> None:
    assert (
        cells_of(SPECS["review"], {"next_review_on": "2026-05-01"})["next_review_on"]
        == datetime(2026, 5, 1, tzinfo=UTC).date()
    )
