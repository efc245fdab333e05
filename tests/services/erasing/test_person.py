"""A person is gone from everything: every column of every table, every version, the indexes and the file."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.domain.audience import Actor, Role, only_the_asker
from bot.domain.erasing import Traces
from bot.domain.ids import id_text
from bot.services.erasing.person import erase_person, plan_person
from bot.services.erasing.whom import Whom
from bot.services.erasing.work import Work
from bot.services.errors import BadInput, Busy, NotAllowed
from bot.services.importing.batch import abandon, begin
from bot.services.kpi.ask import KpiQuestion
from bot.services.results.erasing import Choice, Erased, ErasurePlan
from bot.storage.chain import Look
from bot.storage.erasing import holdings, rewriting
from bot.storage.erasing.files import bytes_left
from bot.storage.tables import metadata
from tests.services.clerk import NOW, SELF, Clerk, clock
from tests.services.erasing.planting import Planter

BOOK = {
    "members.csv": "id,name,email,team,slack user id\nM1,Ida Holm,ida@us.example,North,U1\n"
    "M2,Ole Berg,ole@us.example,North,U2\n",
    "accounts.csv": "id,name,domain,owner email\n1,Acme,acme.example,ida@us.example\n"
    "2,Globex,globex.example,ole@us.example\n",
    "people.csv": "contact_id,account_id,name,email,title\nP1,1,Dana Quibblethorpe,dana.q@acme.example,CFO\n"
    "P2,1,Ana Ruiz,ana@acme.example,CTO\nP3,2,Joe Dana,joe@globex.example,CTO\n",
    "calls.csv": "call_id,account_id,activity date,activity type,subject,notes\n"
    "C1,1,2026-01-01,call,Hello,Dana and Ana want a discount\nC2,2,2026-01-02,call,Hello,Dana was not there\n",
    "surveys.csv": "response_id,account_id,person_email,survey,score,scale_min,scale_max,at,comment\n"
    "S1,1,dana.q@acme.example,nps,9,0,10,2026-02-01,I love it\nS2,1,ana@acme.example,nps,3,0,10,2026-02-02,So so\n",
}
DANA = Whom("Dana Quibblethorpe")


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring(BOOK)
    return clerk


def work(clerk: Clerk, **more: bool) -> Work:
    return Work(clerk.database, SELF, clock, **more)


def erased(clerk: Clerk, whom: Whom = DANA, **more: bool) -> Erased:
    found = erase_person(work(clerk, **more), whom)
    assert isinstance(found, Erased)
    return found


def account(clerk: Clerk, key: str = "1") -> int:
    return int(clerk.row("account", external_id=key).id)


def texts(clerk: Clerk) -> list[str]:
    return [row.text for row in clerk.rows("interaction")]


def test_every_text_column_is_decided_about() -> None:
    assert holdings.undecided() == []


def test_a_column_without_a_decision_is_seen() -> None:
    column = sa.Column("nickname", sa.Text())
    table = sa.Table("pet", sa.MetaData(), column)
    assert [one.name for one in holdings.texts(table)] == ["nickname"]
    assert holdings.why_fixed("pet", "nickname") is None


def test_nothing_is_left_in_any_column_of_any_version(book: Clerk) -> None:
    planter = Planter(book.database, account(book))
    planted = planter.everywhere()
    whole = Traces(("Dana Quibblethorpe",), ("dana.q@acme.example",), parts=("quibblethorpe",),
                   accounts=frozenset({account(book)}))  # fmt: skip
    with book.database.reading(SELF) as reader:
        before = {(one.table, one.column): one.rows for one in rewriting.residue(reader, whole)}
    assert {place for place in planter.planted if place not in before} == set()
    assert planted == len(planter.planted) > 100
    done = erased(book, compact=True)
    assert [one for one in done.remains if one.why is None] == []
    assert {(one.table, one.column) for one in done.remains} == set()
    with book.database.reading(SELF) as reader:
        assert rewriting.residue(reader, whole) == []
        assert list(Look(reader).faults()) == []
    spelled = ["Quibblethorpe", "quibblethorpe", "QUIBBLETHORPE", "dana.q@"]
    assert not any(word in repr(book.dump()) for word in spelled)
    book.database.close()
    assert bytes_left(book.database, spelled) in (0, None)


def test_the_index_of_words_has_none_of_them(book: Clerk) -> None:
    Planter(book.database, account(book)).everywhere()
    erased(book)
    with book.database.engine.begin() as connection:
        if book.database.is_sqlite:
            connection.execute(sa.text("CREATE VIRTUAL TABLE temp.seen USING fts5vocab(main, note_search, row)"))
            query = sa.text("SELECT count(*) FROM temp.seen WHERE term LIKE 'quibble%' OR term LIKE 'dana%'")
            expected = 1  # Globex's Dana, of whom nobody asked
        else:
            query = sa.text("SELECT count(*) FROM note_search WHERE words::text LIKE '%quibble%'")
            expected = 0
        assert connection.execute(query).scalar_one() == expected


def test_answers_count_on_and_others_stay(book: Clerk) -> None:
    figure = book.desk.kpi(SELF, KpiQuestion("nps", "all"))
    before = [(row.score, row.at) for row in book.rows("survey_answer")]
    erased(book)
    assert [(row.score, row.at) for row in book.rows("survey_answer")] == before
    assert [(row.person_id is None, row.comment) for row in book.rows("survey_answer")] == [
        (True, None), (False, "So so"),
    ]  # fmt: skip
    assert figure.figures[0].counted == 2
    assert book.desk.kpi(SELF, KpiQuestion("nps", "all")) == figure
    assert sorted(row.name for row in book.rows("person")) == ["Ana Ruiz", "Joe Dana"]
    assert sorted(texts(book)) == ["Dana was not there", "[erased] and Ana want a discount"]


def test_a_first_name_that_others_there_have_is_not_taken_alone(sqlite_clerk: Clerk) -> None:
    book = sqlite_clerk
    book.bring(BOOK)
    book.bring({"more.csv": "contact_id,account_id,name,email\nP9,1,Dana Berg,berg@acme.example\n"})
    plan = plan_person(book.database, SELF, DANA)
    assert isinstance(plan, ErasurePlan)
    assert (plan.alone, plan.shared) == (("quibblethorpe",), ("dana",))
    erased(book)
    assert "Dana and Ana want a discount" in texts(book)


def test_a_namesake_elsewhere_keeps_their_name(sqlite_clerk: Clerk) -> None:
    book = sqlite_clerk
    book.bring(BOOK)
    book.bring({
        "more.csv": "contact_id,account_id,name,email\nP9,2,Dana Quibblethorpe,dq@globex.example\n",
        "notes.csv": "call_id,account_id,activity date,activity type,notes\n"
        "C7,2,2026-01-03,call,Dana Quibblethorpe agreed\nC8,1,2026-01-03,call,Dana Quibblethorpe agreed\n",
    })  # fmt: skip
    found = erase_person(work(book), DANA)
    assert isinstance(found, Choice)
    assert [(one.account, one.email) for one in found.candidates] == [
        ("Acme", "dana.q@acme.example"), ("Globex", "dq@globex.example"),
    ]  # fmt: skip
    assert len(book.rows("person")) == 4
    done = erased(book, Whom(found.candidates[0].id))
    assert "Dana Quibblethorpe agreed" in texts(book)
    assert "[erased] agreed" in texts(book)
    assert [one for one in done.remains if one.why is None] == []
    assert [row.email for row in book.rows("person", name="Dana Quibblethorpe")] == ["dq@globex.example"]


@pytest.mark.parametrize(
    "whom", [Whom("dana.q@acme.example"), Whom(email="DANA.Q@acme.example"), Whom("  dana   QUIBBLETHORPE ")]
)
def test_somebody_is_found_by_address_and_by_name(sqlite_clerk: Clerk, whom: Whom) -> None:
    sqlite_clerk.bring(BOOK)
    assert {one.table: one.rows for one in erased(sqlite_clerk, whom).own}["person"] == 1


def test_a_colleague_becomes_nobody_and_their_work_stays(book: Clerk) -> None:
    book.bring({
        "notes.csv": "call_id,account_id,activity date,activity type,author_email,notes\n"
        "C7,1,2026-01-03,call,ida@us.example,Ida Holm promised a quote\n",
    })  # fmt: skip
    ida = book.row("member", folded="ida holm").id
    done = erased(book, Whom("Ida Holm"), compact=True)
    assert done.kind == "colleague"
    (row,) = book.rows("member", id=ida)
    assert (row.name, row.email, row.slack_user_id) == (f"a former colleague {id_text(ida)}", None, None)
    assert "a former colleague promised a quote" in texts(book)
    assert [one.member_id for one in book.rows("assignment", account_id=account(book))] == [ida]
    assert not any(word in repr(book.dump()) for word in ("Ida Holm", "ida@us", "'U1'"))


def test_somebody_whom_the_book_does_not_know_is_erased_from_texts(sqlite_clerk: Clerk) -> None:
    book = sqlite_clerk
    book.bring(BOOK)
    book.bring(
        {"notes.csv": "call_id,account_id,activity date,activity type,notes\nC7,1,2026-01-03,call,Met Zoe Okafor\n"}
    )
    found = erase_person(work(book), Whom("Zoe Okafor"))
    assert isinstance(found, Choice)
    assert (found.candidates, found.mentions) == ((), 1)
    assert "Met Zoe Okafor" in texts(book)
    erased(book, Whom("Zoe Okafor", unlisted=True))
    assert "Met [erased]" in texts(book)


def test_what_stands_in_slack_about_it_is_drawn_anew(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK | {
        "promises.csv": "id,account_id,quote,by,owner_email,due_on\nQ1,1,A quote for Dana,us,ida@us.example,2026-03-06"
        "\nQ2,1,A plan,us,ida@us.example,2026-03-06\n",
    })  # fmt: skip
    sqlite_clerk.desk.reminders.plan()
    reminder = metadata.tables["reminder"]
    with sqlite_clerk.database.writing(SELF, NOW) as writer:
        writer.execute(sa.update(reminder).values(state="sent", channel="D1", ts="1.1"))
    erased(sqlite_clerk)
    named = sqlite_clerk.row("commitment", external_id="Q1")
    assert named.quote == "A quote for [erased]"
    stale = {row.anchor_id for row in sqlite_clerk.rows_of("reminder") if row.redraw is not None}
    assert stale == {named.id}


def test_nobody_is_erased_while_an_import_loads(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK)
    batch = begin(sqlite_clerk.database, SELF, clock, "calls.csv")
    with pytest.raises(Busy, match="Another import"):
        erase_person(work(sqlite_clerk), DANA)
    assert sqlite_clerk.rows_of("erasure") == []
    abandon(sqlite_clerk.database, SELF, clock, batch.change_id)
    erased(sqlite_clerk)


@pytest.mark.parametrize("text", ["", "  ", "?!", "x" * 201])
def test_no_name_is_refused(sqlite_clerk: Clerk, text: str) -> None:
    with pytest.raises(BadInput, match="Whom"):
        erase_person(work(sqlite_clerk), Whom(text))


def test_only_admins_erase(sqlite_clerk: Clerk) -> None:
    sqlite_clerk.bring(BOOK)
    lead = only_the_asker(Actor(Role.LEAD, "slack", name="Lea"))
    before = sqlite_clerk.dump()
    for attempt in (
        lambda: erase_person(replace(work(sqlite_clerk), audience=lead), DANA),
        lambda: plan_person(sqlite_clerk.database, lead, DANA),
    ):
        with pytest.raises(NotAllowed, match="Only an admin"):
            attempt()
    assert sqlite_clerk.dump() == before
