"""What somebody's accounts ask of them today, and what changed about them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.domain.audience import Actor, Audience, Role, Sharing, everyone_in, only_the_asker
from bot.domain.preferences import Choices, resolve
from bot.importers import SourceFile
from bot.services.errors import NotAllowed
from bot.services.my_day import my_day, since_when
from bot.services.results import MyDay, NewsItem
from bot.storage.types import instant_text
from tests.services.clerk import NOW, Clerk

TODAY = NOW.date()
YESTERDAY = NOW - timedelta(hours=34)

PEOPLE = (
    "id,name,email,team,manager,slack user id\nM1,Ida Holm,ida@us.example,North,Ole Berg,U1\n"
    "M2,Ole Berg,ole@us.example,North,,U2\nM3,Zoe Fell,zoe@us.example,South,,U3\n"
)
ACCOUNTS = (
    "id,name,domain,segment,owner email,currency\n1,Acme Corp,acme.example,mid-market,ida@us.example,USD\n"
    "2,Nordic Foods,nordic.example,strategic,ida@us.example,USD\n3,Zebra Ltd,zebra.example,small,ole@us.example,USD\n"
)
CONTRACTS = "contract number,account id,product,mrr,start date,end date,auto renew,notice days\n"
CALLS = "call_id,account_id,activity date,activity type,subject,owner email\n"
PROMISES = "id,account_id,quote,by,owner_email,due_on,kept_on\n"
TICKETS = "id,account_id,opened_at,solved_at,status,priority,subject\n"


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def who(clerk: Clerk, member: str) -> Audience:
    row = clerk.row("member", external_id=member)
    return only_the_asker(Actor(Role.MEMBER, "slack", member_id=row.id, slack_user_id=row.slack_user_id))


def settle(clerk: Clerk) -> None:
    """Everything so far was there a month ago."""
    with clerk.database.writing(only_the_asker(Actor(Role.ADMIN, "shell")), NOW) as writer:
        old = NOW - timedelta(days=30)
        value = instant_text(old) if clerk.database.is_sqlite else old
        writer.execute(sa.text("UPDATE change SET published_at = :old"), {"old": value})


@pytest.fixture
def book(clerk: Clerk) -> Clerk:
    clerk.bring({"members.csv": PEOPLE, "accounts.csv": ACCOUNTS})
    settle(clerk)
    return clerk


def seen_by(clerk: Clerk, audience: Audience, since: datetime = YESTERDAY) -> MyDay:
    return my_day(clerk.database, audience, clerk.desk.policies, NOW, TODAY, since)


def asked(clerk: Clerk, member: str = "M1", since: datetime = YESTERDAY) -> MyDay:
    return seen_by(clerk, who(clerk, member), since)


def test_overdue_promises_lead_with_the_oldest(book: Clerk) -> None:
    book.bring({
        "promises.csv": PROMISES
        + f"P1,1,send pricing,us,ida@us.example,{day(-5)},\nP2,2,sign it,them,,{day(-18)},\n"
        + f"P3,1,kept,us,,{day(-9)},{day(-9)}\nP4,1,due today,us,,{day(0)},\nP5,3,not mine,us,,{day(-4)},\n"
        + "P6,1,some day,us,,,\n"
    })  # fmt: skip
    found = asked(book)
    assert [(one.account, one.quote, one.by, one.days_overdue) for one in found.promises] == [
        ("Nordic Foods", "sign it", "them", 18),
        ("Acme Corp", "send pricing", "us", 5),
    ]
    assert (found.promises_total, found.promises[1].owner) == (2, "Ida Holm")


def test_renewals_stand_inside_the_ladder_of_their_segment(book: Clerk) -> None:
    book.bring({
        "contracts.csv": CONTRACTS
        + f"MID,1,Folio,100,{day(-300)},{day(150)},false,40\nBIG,2,Folio,100,{day(-200)},{day(175)},true,\n"
    })  # fmt: skip
    assert [(one.account, one.leads, one.days_left, one.auto_renew) for one in asked(book).renewals] == [
        ("Acme Corp", "notice", 110, False),
        ("Nordic Foods", "end", 175, True),
    ]
    book.bring({"contracts.csv": CONTRACTS + f"MID,1,Folio,100,{day(-300)},{day(161)},false,40\n"})
    assert [one.account for one in asked(book).renewals] == ["Nordic Foods"]


def test_check_ins_are_due_when_the_silence_is_longer_than_the_cadence(book: Clerk) -> None:
    assert asked(book).check_ins == ()
    running = "".join(f"K{n},{n},Folio,100,{day(-100)},{day(900)},false,\n" for n in (1, 2))
    book.bring({
        "contracts.csv": CONTRACTS + running,
        "calls.csv": CALLS + f"C1,1,{day(-30)},call,a,\nC2,1,{day(-2)},note,b,\nC3,3,{day(-300)},call,c,\n",
    })  # fmt: skip
    found = asked(book)
    assert [(one.account, one.days_silent, one.cadence_days, one.last_touch_on) for one in found.check_ins] == [
        ("Nordic Foods", 100, 14, None),
        ("Acme Corp", 30, 30, TODAY - timedelta(days=30)),
    ]
    book.bring({"calls.csv": CALLS + f"C4,1,{day(-29)},call,d,\n"})
    assert [one.account for one in asked(book).check_ins] == ["Nordic Foods"]


def test_nobody_checks_in_on_a_customer_who_left(book: Clerk) -> None:
    book.bring({
        "contracts.csv": CONTRACTS + f"K1,1,Folio,100,{day(-800)},{day(-400)},false,\n",
        "calls.csv": CALLS + f"C1,1,{day(-300)},call,a,\nC2,2,{day(-300)},call,a,\n",
    })  # fmt: skip
    assert asked(book).check_ins == ()


def _items(found: MyDay, account: str = "Acme Corp") -> list[NewsItem]:
    return [item for one in found.news if one.account == account for item in one.items]


def test_what_changed_since_yesterday_comes_from_what_was_written_since(book: Clerk) -> None:
    book.bring({"contracts.csv": CONTRACTS + f"K1,1,Folio,100,{day(-100)},{day(200)},false,\n"})
    settle(book)
    assert asked(book).news == ()
    book.bring({
        "contracts.csv": CONTRACTS
        + f"K1,1,Folio,100,{day(-100)},{day(300)},false,\nK2,1,Folio,100,{day(-1)},{day(360)},false,\n",
        "tickets.csv": TICKETS
        + f"T1,1,{day(-1)}T10:00:00Z,,open,normal,Slow\nT2,1,{day(-2)}T10:00:00Z,,open,urgent,Login <!channel>\n"
        + f"T3,1,{day(-90)}T10:00:00Z,,open,urgent,Old\nT4,3,{day(-1)}T10:00:00Z,,open,urgent,Not mine\n"
        + f"T5,1,{day(-1)}T10:00:00Z,{day(-1)}T11:00:00Z,solved,urgent,Done\n",
        "calls.csv": CALLS
        + f"C1,1,{day(-1)},call,a,ole@us.example\nC2,1,{day(-1)},call,mine,ida@us.example\n"
        + f"C3,1,{day(-60)},call,old,ole@us.example\nC4,1,{day(-1)},note,n,ole@us.example\n",
        "people.csv": f"id,account_id,name,email,title,role,left_on\nP1,1,Ann Lee,a@x.example,CFO,champion,{day(-3)}\n"
        + f"P2,1,Bo Ek,b@x.example,CTO,user,{day(-90)}\n",
        "surveys.csv": "id,account_id,person_email,survey,score,scale_min,scale_max,at\n"
        + f"S1,2,,nps,3,0,10,{day(-1)}\nS2,2,,nps,9,0,10,{day(-1)}\n",
    })  # fmt: skip
    found = asked(book)
    assert [one.account for one in found.news] == ["Acme Corp", "Nordic Foods"]
    assert found.news_total == 2
    told = {item.kind: item for item in _items(found)}
    assert list(told) == ["ticket", "left", "contract", "new contract", "touch"]
    assert told["ticket"] == NewsItem(kind="ticket", count=2, subject="Login <!channel>", urgent=True)
    assert told["left"] == NewsItem(kind="left", count=1, subject="Ann Lee", by="champion")
    assert (told["contract"].subject, told["contract"].on) == ("K1", TODAY + timedelta(days=300))
    assert told["new contract"].subject == "K2"
    assert told["touch"] == NewsItem(kind="touch", count=1, subject="call", by="Ole Berg")
    assert _items(found, "Nordic Foods") == [NewsItem(kind="answer", count=2, subject="NPS 3 of 10", urgent=True)]
    [import_] = found.brought
    assert (import_.accounts, import_.new) == (2, 0)
    assert "contracts.csv" in import_.note
    assert asked(book, since=NOW + timedelta(hours=1)).news == ()


def test_a_new_account_is_told_once_and_not_row_by_row(book: Clerk) -> None:
    more = "4,Fresh Co,fresh.example,small,ida@us.example,USD\n1,Acme Corp,acme.example,mid-market,ida@us.example,EUR\n"
    head = ACCOUNTS.partition("\n")[0] + "\n"
    book.bring({"accounts.csv": head + more, "tickets.csv": TICKETS + f"T1,4,{day(-1)},,open,urgent,x\n"})
    found = asked(book)
    assert found.news == ()
    assert [(one.accounts, one.new) for one in found.brought] == [(2, 1)]


def test_accounts_that_came_to_me_are_news(book: Clerk) -> None:
    book.bring({"accounts.csv": ACCOUNTS.replace("small,ole@", "small,ida@")})
    found = asked(book)
    assert [(one.account, [item.kind for item in one.items]) for one in found.news] == [("Zebra Ltd", ["yours"])]


def test_an_undone_import_is_no_news(book: Clerk) -> None:
    report = book.bring({"tickets.csv": TICKETS + f"T1,1,{day(-1)},,open,urgent,x\n"})
    assert len(asked(book).news) == 1
    book.undo(report)
    assert (asked(book).news, asked(book).brought) == ((), ())


def test_each_list_shows_the_first_five_and_counts_the_rest(book: Clerk) -> None:
    book.bring({"promises.csv": PROMISES + "".join(f"P{n},1,p{n},us,,{day(-n)},\n" for n in range(1, 9))})
    found = asked(book)
    assert [one.days_overdue for one in found.promises] == [8, 7, 6, 5, 4]
    assert found.promises_total == 8


def test_whose_day_it_is(book: Clerk) -> None:
    assert (asked(book).scope, asked(book).accounts) == ("your accounts", 2)
    lead = asked(book, "M2")
    assert (lead.scope, lead.accounts) == ("your accounts", 1)
    alone = asked(book, "M3")
    assert (alone.accounts, alone.any_accounts) == (0, True)
    assert "No account has you as its owner" in alone.notes[0]
    unknown = only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U9"))
    nobody = seen_by(book, unknown)
    assert nobody.accounts is None
    assert "by the team list" in nobody.notes[0]
    outsiders = (
        only_the_asker(Actor(Role.GUEST, "slack")),
        everyone_in(Sharing.EXTERNAL, unknown.actor),
        everyone_in(Sharing.UNKNOWN, unknown.actor),
    )
    for outsider in outsiders:
        with pytest.raises(NotAllowed):
            seen_by(book, outsider)
        with pytest.raises(NotAllowed):
            book.desk.my_day(outsider)


def test_an_empty_installation_says_so(clerk: Clerk) -> None:
    found = clerk.desk.my_day(only_the_asker(Actor(Role.MEMBER, "slack", slack_user_id="U1")), "Europe/Oslo")
    assert (found.any_accounts, found.importing) == (False, None)
    assert {one.imported_at for one in found.data} == {None}


def test_data_ages_name_kind_source_and_day(book: Clerk) -> None:
    book.bring({"calls.csv": CALLS + f"C1,1,{day(-20)},call,a,\n"})
    ages = {one.data: one for one in asked(book).data}
    assert ages["interactions"].age_days == 20
    assert ages["accounts"].imported_at == NOW - timedelta(days=30)
    assert ages["usage"].source is None
    assert asked(book).stale_days == 14


def test_an_import_under_way_is_named(book: Clerk) -> None:
    seen: list[MyDay] = []

    def look(file: SourceFile, done: int) -> None:
        seen.append(asked(book))

    rows = "".join(f"C{n},1,{day(-40)},call,a,\n" for n in range(3_000))
    book.bring({"calls.csv": CALLS + rows}, progress=look)
    assert "calls.csv" in {one.importing for one in seen}
    assert asked(book).importing is None


@pytest.mark.parametrize(
    ("at", "chosen", "since"),
    [
        ("2026-03-04T10:15", Choices(), "2026-03-03T00:00+01:00"),  # a Wednesday
        ("2026-03-02T10:15", Choices(), "2026-02-27T00:00+01:00"),  # a Monday: since Friday
        ("2026-04-07T06:00", Choices(country="SE"), "2026-04-02T00:00+02:00"),  # the Tuesday after Easter
        ("2026-03-04T23:30", Choices(), "2026-03-04T00:00+01:00"),  # their Thursday has begun
        ("2026-03-04T10:15", Choices(away_from=date(2026, 2, 2)), "2026-02-25T00:00+01:00"),
        ("2026-03-30T10:15", Choices(working_days=frozenset({7})), "2026-03-29T00:00+01:00"),  # clocks change
    ],
)
def test_news_go_back_to_the_last_day_somebody_worked(at: str, chosen: Choices, since: str) -> None:
    held = resolve(chosen, "Europe/Stockholm", ZoneInfo("UTC"))
    assert since_when(held, datetime.fromisoformat(f"{at}+00:00")) == datetime.fromisoformat(since)
