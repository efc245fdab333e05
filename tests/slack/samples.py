"""Results as the use cases would answer with: one worked example of each, and hostile ones for hypothesis."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from bot.domain.ids import id_text
from bot.services.results import (
    AccountCard,
    Arr,
    Binding,
    BookPage,
    BookRow,
    Brought,
    Candidate,
    Contact,
    DataAge,
    DueCheckIn,
    DuePromise,
    DueRenewal,
    Entry,
    HealthInput,
    HealthReading,
    HealthWhy,
    KpiAnswer,
    KpiChart,
    KpiFigure,
    KpiFile,
    KpiLeftOut,
    KpiPart,
    KpiPicture,
    KpiRow,
    MissingInput,
    MyDay,
    News,
    NewsItem,
    Origin,
    Owner,
    PeoplePage,
    Promise,
    RenewalRow,
    RenewalsPage,
    Risk,
    Score,
    Section,
    Sum,
    Term,
    Tickets,
    TimelinePage,
    Touch,
    Trend,
    WayUp,
)

NOW = datetime(2026, 2, 19, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
ACME, NORDIC = 4_711, 4_712
DOLLARS = Sum(amount=Decimal("1200000.00"), currency="USD")
EUROS = Sum(amount=Decimal(300000), currency="EUR")

TERM = Term(
    contract="C-1",
    starts_on=date(2025, 6, 1),
    ends_on=date(2026, 5, 31),
    notice_on=date(2026, 3, 3),
    auto_renew=True,
    leads="notice",
    lead_on=date(2026, 3, 3),
    days_left=12,
    state="notice ahead",
    sentence="Notice deadline in 12 days",
)
HEALTH = HealthReading(
    score=72,
    band="watch",
    used=3,
    of=5,
    coverage_percent=70,
    reasons=("usage fell 23 %", "2 urgent tickets"),
    missing=("no survey since March",),
    model="v1",
)
CARD = AccountCard(
    id=id_text(ACME),
    name="Acme Corp",
    also_known_as=("ACME",),
    parent="Acme Holding",
    subsidiaries=2,
    owner=Owner(name="Maya Lindqvist", active=True, slack_user_id="U0MAYA"),
    kind="customer",
    segment="strategic",
    lifecycle="customer",
    industry="Manufacturing",
    arr=Arr(sums=(DOLLARS, EUROS), lines=4, left_out=1, notes=("1 line without a price left out",)),
    term=TERM,
    last_touch=Touch(at=NOW - timedelta(days=9), days_ago=9, kind="call", by="Maya Lindqvist", subject="QBR dates"),
    tickets=Tickets(open=3, urgent=1, oldest_on=date(2026, 1, 30), oldest_days=20, oldest_subject="Login loop"),
    usage=Trend(
        metric="active users",
        direction="down",
        change_percent=Decimal(-23),
        sentence="active users fell 23 % in 8 weeks",
        newest_on=date(2026, 2, 17),
    ),
    nps=Score(kind="nps", value=Decimal(42), answers=7, newest_on=date(2025, 12, 1), sentence="NPS 42 from 7 answers"),
    csat=None,
    health=HEALTH,
    risks=(
        Risk(kind="usage", severity=4, sentence="Usage fell a third"),
        Risk(kind="people", severity=5, sentence="The champion left"),
        Risk(kind="support", severity=3, sentence="An old ticket"),
        Risk(kind="silence", severity=2, sentence="Nobody called"),
    ),
    not_checked=("competitors",),
    promises=(
        Promise(quote="send the deck", by="us", owner="Maya", due_on=date(2026, 3, 1), days_overdue=None),
        Promise(quote="fix the export", by="us", owner="Jonas", due_on=date(2026, 2, 1), days_overdue=18),
    ),
    promises_open=2,
    data=(
        DataAge(data="CRM", source="salesforce", imported_at=NOW, newest_on=date(2026, 2, 17), age_days=2),
        DataAge(data="tickets", source="zendesk", imported_at=NOW - timedelta(hours=5), newest_on=None, age_days=None),
        DataAge(data="usage", source=None, imported_at=None, newest_on=None, age_days=None),
    ),
    url="https://crm.example/accounts/1",
    as_of=NOW,
)
UNKNOWN_CARD = AccountCard(
    id=id_text(NORDIC),
    name="Nordic Foods",
    also_known_as=(),
    parent=None,
    subsidiaries=0,
    owner=None,
    kind=None,
    segment=None,
    lifecycle=None,
    industry=None,
    arr=None,
    term=None,
    last_touch=None,
    tickets=None,
    usage=None,
    nps=None,
    csat=None,
    health=HealthReading(
        score=None,
        band="unknown",
        used=0,
        of=5,
        coverage_percent=0,
        reasons=(),
        missing=("no usage", "no survey"),
        model="v1",
    ),
    risks=(),
    not_checked=(),
    promises=(),
    promises_open=0,
    data=(),
    url=None,
    as_of=NOW,
)


def row(name: str = "Acme Corp", account_id: int = ACME) -> BookRow:
    return BookRow(
        id=id_text(account_id),
        name=name,
        owner="Maya Lindqvist",
        segment="strategic",
        arr=(DOLLARS,),
        leads="notice",
        lead_on=date(2026, 3, 3),
        days_left=12,
        term_state="notice ahead",
        health=72,
        band="watch",
        risks=2,
        worst_risk="The champion left",
        last_touch_days=9,
    )


def book(rows: int = 2, page: int = 1, pages: int = 3) -> BookPage:
    return BookPage(
        scope="Maya's book",
        search=None,
        sort="renewal",
        page=page,
        pages=pages,
        total=rows * pages,
        rows=tuple(row(f"Account {number}", ACME + number) for number in range(rows)),
        arr=(DOLLARS,),
        notes=("3 accounts have no contract",),
        as_of=NOW,
    )


def renewals(rows: int = 2, page: int = 1, pages: int = 2) -> RenewalsPage:
    line = RenewalRow(
        account_id=id_text(ACME),
        account="Acme Corp",
        owner="Maya Lindqvist",
        contract="C-1",
        arr=(DOLLARS,),
        ends_on=date(2026, 5, 31),
        notice_on=date(2026, 3, 3),
        auto_renew=True,
        leads="notice",
        lead_on=date(2026, 3, 3),
        days_left=12,
        state="notice ahead",
        sentence="Notice deadline in 12 days",
    )
    return RenewalsPage(
        scope="everyone",
        within_days=90,
        page=page,
        pages=pages,
        total=rows * pages,
        rows=(line,) * rows,
        passed=1,
        arr=(DOLLARS,),
        as_of=NOW,
    )


DAY = MyDay(
    scope="your accounts",
    notes=(),
    accounts=7,
    any_accounts=True,
    promises=(
        DuePromise(
            account_id=id_text(ACME),
            account="Acme Corp",
            quote="fix the export",
            by="us",
            owner="Jonas",
            due_on=date(2026, 2, 1),
            days_overdue=18,
        ),
    ),
    promises_total=1,
    renewals=(
        DueRenewal(
            account_id=id_text(ACME),
            account="Acme Corp",
            leads="notice",
            lead_on=date(2026, 3, 3),
            days_left=12,
            auto_renew=True,
        ),
    ),
    renewals_total=9,
    check_ins=(
        DueCheckIn(
            account_id=id_text(NORDIC),
            account="Nordic Foods",
            last_touch_on=date(2025, 12, 31),
            days_silent=50,
            cadence_days=30,
        ),
    ),
    check_ins_total=1,
    news=(
        News(
            account_id=id_text(ACME),
            account="Acme Corp",
            items=(
                NewsItem(kind="ticket", count=2, subject="Login loop", urgent=True),
                NewsItem(kind="left", count=1, subject="Ann Lee", by="champion"),
                NewsItem(kind="touch", count=1, subject="call", by="Jonas"),
            ),
        ),
    ),
    news_total=1,
    brought=(Brought(note="exports/", at=NOW - timedelta(hours=5), accounts=3, new=1),),
    since=datetime(2026, 2, 18, tzinfo=UTC),
    data=CARD.data,
    stale_days=14,
    importing=None,
    as_of=NOW,
)


def binding(channel: str, card: AccountCard = CARD, bookmark_id: str | None = None) -> Binding:
    return Binding(
        channel=channel,
        account_id=card.id,
        account=card.name,
        gone=False,
        url=card.url,
        bound_by="U0MAYA",
        bound_at=NOW,
        bookmark_id=bookmark_id,
    )


def entry(number: int = 1, **changes: object) -> Entry:
    at = NOW - timedelta(days=number)
    told = Entry(
        on=at.date(),
        at=at,
        timed=True,
        section="conversations",
        title="Call",
        who="Maya Lindqvist with Dana Whitfield",
        text=f"Topic {number}: they asked about the rollout",
        until=None,
        amount=None,
        internal=True,
        link=None,
        origin=Origin(source="salesforce", file="activities.csv", line=number, logged_by=None),
    )
    return told.model_copy(update=changes)


def timeline(account: str = "Acme Corp", section: Section = "all", page: int = 1, total: int = 23) -> TimelinePage:
    first, last = (page - 1) * 10 + 1, min(page * 10, total)
    due = entry(section="promises", title="Promise due", who="by us", text="“send the deck”", on=date(2026, 3, 1))
    return TimelinePage(
        account_id=id_text(ACME),
        account=account,
        section=section,
        page=page,
        pages=-(-total // 10),
        first=first,
        last=last,
        total=total,
        entries=tuple(entry(number) for number in range(first, last + 1)),
        ahead=(due,) if page == 1 else (),
        ahead_total=3 if page == 1 else 0,
        counts={"all": total, "conversations": 20, "tickets": 2, "promises": 1, "surveys": 0, "contracts": 0},
        as_of=NOW,
    )


def contact(name: str = "Dana Whitfield", **changes: object) -> Contact:
    told = Contact(
        name=name,
        title="Director of Procurement",
        department="Procurement",
        role="champion",
        active=True,
        left_on=None,
        involved_on=TODAY - timedelta(days=3),
        involved_in="conversation",
    )
    return told.model_copy(update=changes)


def contacts(account: str = "Acme Corp", page: int = 1) -> PeoplePage:
    gone = contact(
        "Ray Delgado", role=None, active=False, left_on=date(2026, 1, 15), involved_on=None, involved_in=None
    )
    return PeoplePage(
        account_id=id_text(ACME),
        account=account,
        page=page,
        pages=2,
        first=page * 10 - 9,
        last=min(page * 10, 12),
        total=12,
        active=1,
        contacts=(contact(), gone),
        gaps=("No economic buyer or decision maker is known.", "Single-threaded: Dana is the only active contact."),
        as_of=NOW,
    )


WHY = HealthWhy(
    account_id=id_text(ACME),
    account="Acme Corp",
    score=73,
    computed=73,
    band="watch",
    inputs=(
        HealthInput(
            component="engagement",
            value=Decimal("60.0"),
            weight_percent=Decimal("27.8"),
            points=Decimal("16.7"),
            sentence="Last touch 9 days ago, cadence 14 days.",
            age_days=0,
            source="csv",
        ),
        HealthInput(
            component="usage",
            value=Decimal("78.0"),
            weight_percent=Decimal("72.2"),
            points=Decimal("56.3"),
            sentence="Active users down 23 % against the 90 days before, as of 17 Feb 2026.",
            age_days=2,
            source="hubspot",
        ),
    ),
    missing=(
        MissingInput(
            component="sentiment",
            share_percent=Decimal("10.0"),
            why="no survey answers",
            fill="ask for an NPS or CSAT answer",
        ),
    ),
    coverage_percent=Decimal("90.0"),
    least_percent=Decimal("50.0"),
    next_band="healthy",
    to_next=7,
    ways_up=(WayUp(component="usage", now=Decimal("78.0"), needed=88),),
    model="v1",
    weights="default",
    as_of=NOW,
)


def kpi_figure(**changes: object) -> KpiFigure:
    told = KpiFigure(
        value=Decimal("96.1538"),
        unit="%",
        shown="96.2 %",
        numerator=Decimal(5000),
        denominator=Decimal(5200),
        counted=5,
        counted_what="customers",
        parts=(KpiPart(name="gained", value=Decimal("11.5"), unit="%", shown="11.5 %"),),
        left_out=(KpiLeftOut(count=2, why="lines without an amount"),),
        note="",
        currency="USD",
    )
    return told.model_copy(update=changes)


def kpi(page: int = 0, **changes: object) -> KpiAnswer:
    told = KpiAnswer(
        kpi="nrr",
        name="NRR",
        scope="your team's accounts",
        period="12 months to date",
        first=TODAY - timedelta(days=364),
        last=TODAY,
        figures=(kpi_figure(),),
        definition="revenue today / revenue then",
        version="nrr-1",
        source="B.1",
        notes=(),
        rows=(KpiRow(account_id=id_text(ACME), account="Acme Corp", text="1,000.00 → 900.00 USD a year"),) * bool(page),
        page=page,
        pages=3 * bool(page),
        total_rows=25 * bool(page),
        as_of=NOW,
    )
    return told.model_copy(update=changes)


def candidate(name: str = "Acme Corp", account_id: int = ACME) -> Candidate:
    return Candidate(id=id_text(account_id), name=name, hint="Maya Lindqvist · strategic", score=91)


HOSTILE = (
    "<!channel> <!here|x> <@U0MAYA> <#C1> <!subteam^S1>",
    "<https://evil.example|Open record> <http://evil.example> <mailto:a@b>",
    "\u202egnp.exe\u202c \u200b\u2066zero\u2069\ufeff",
    "*bold* _it_ ~s~ `code` ```block``` > quote\n\n# head",
    "&lt;!channel&gt; &amp;lt;",
    "\x00\x07\x1b[31m\r\n\t",
    "👩‍👩‍👧‍👦" * 40 + "🇸🇪" * 40 + "é" * 40 + "Z" + "\u0301" * 500,
    "@channel @here @everyone https://evil.example javascript:alert(1)",
    "\ud800 lone",
    "x" * 9_000,
    "&" * 5_000,
)
hostile_text = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=80), st.lists(st.sampled_from(HOSTILE), max_size=3).map(" ".join)
)
_days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))
_numbers = st.integers(min_value=0, max_value=10**12)
_ids = st.integers(min_value=0, max_value=2**63 - 1).map(id_text)
_sums = st.builds(
    Sum,
    amount=st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**15), max_value=10**15),
    currency=st.sampled_from(["USD", "EUR", "JPY", "CHF", "<!x"]),
)
_optional = st.none() | hostile_text
_maybe_number = st.none() | st.integers(min_value=-(10**6), max_value=10**6)


def _many(what: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(what, max_size=most).map(tuple)


def _model(model: type, /, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.builds(model, **fields)


_terms = _model(
    Term,
    contract=_optional,
    starts_on=st.none() | _days,
    ends_on=st.none() | _days,
    notice_on=st.none() | _days,
    auto_renew=st.none() | st.booleans(),
    leads=st.sampled_from([None, "notice", "end"]),
    lead_on=st.none() | _days,
    days_left=_maybe_number,
    state=hostile_text,
    sentence=hostile_text,
    others=_numbers,
)
_health = _model(
    HealthReading,
    score=st.none() | st.integers(0, 100),
    band=hostile_text,
    used=_numbers,
    of=_numbers,
    coverage_percent=_numbers,
    reasons=_many(hostile_text, 60),
    missing=_many(hostile_text, 60),
    model=hostile_text,
)
_scores = _model(
    Score,
    kind=st.sampled_from(["nps", "csat"]),
    value=st.none() | st.just(Decimal("7.5")),
    answers=_numbers,
    newest_on=st.none() | _days,
    sentence=hostile_text,
)
_promises = _model(
    Promise,
    quote=hostile_text,
    by=st.sampled_from(["us", "them"]),
    owner=_optional,
    due_on=st.none() | _days,
    days_overdue=_maybe_number,
)
_ages = _model(
    DataAge,
    data=hostile_text,
    source=_optional,
    imported_at=st.none() | st.just(NOW),
    newest_on=st.none() | _days,
    age_days=_maybe_number,
)
cards: st.SearchStrategy[AccountCard] = st.builds(
    AccountCard,
    id=_ids,
    name=hostile_text,
    also_known_as=_many(hostile_text, 30),
    parent=_optional,
    subsidiaries=_numbers,
    owner=st.none() | _model(Owner, name=hostile_text, active=st.booleans(), slack_user_id=_optional),
    kind=_optional,
    segment=_optional,
    lifecycle=_optional,
    industry=_optional,
    arr=st.none()
    | _model(Arr, sums=_many(_sums, 40), lines=_numbers, left_out=_numbers, notes=_many(hostile_text, 30)),
    term=st.none() | _terms,
    last_touch=st.none()
    | _model(Touch, at=st.just(NOW), days_ago=_numbers, kind=hostile_text, by=_optional, subject=_optional),
    tickets=st.none()
    | _model(
        Tickets,
        open=_numbers,
        urgent=_numbers,
        oldest_on=st.none() | _days,
        oldest_days=_maybe_number,
        oldest_subject=_optional,
    ),
    usage=st.none()
    | _model(
        Trend,
        metric=hostile_text,
        direction=st.sampled_from(["up", "flat", "down", "unknown"]),
        change_percent=st.none(),
        sentence=hostile_text,
        newest_on=st.none() | _days,
    ),
    nps=st.none() | _scores,
    csat=st.none() | _scores,
    health=_health,
    risks=_many(_model(Risk, kind=hostile_text, severity=_numbers, sentence=hostile_text), 80),
    not_checked=_many(hostile_text, 30),
    promises=_many(_promises, 80),
    promises_open=_numbers,
    data=_many(_ages, 40),
    url=_optional | st.just("https://crm.example/a?b=1"),
    channels=_many(hostile_text, 4),
    as_of=st.just(NOW),
)
_leads = {"leads": st.sampled_from([None, "notice", "end"]), "lead_on": st.none() | _days, "days_left": _maybe_number}
_rows = _model(
    BookRow,
    id=_ids | hostile_text,
    name=hostile_text,
    owner=_optional,
    segment=_optional,
    arr=_many(_sums, 9),
    term_state=hostile_text,
    health=st.none() | st.integers(0, 100),
    band=hostile_text,
    risks=_numbers,
    worst_risk=_optional,
    last_touch_days=_maybe_number,
    **_leads,
)
_pages = {"page": st.integers(1, 10**4), "pages": st.integers(0, 10**4), "total": _numbers}
books: st.SearchStrategy[BookPage] = st.builds(
    BookPage,
    scope=hostile_text,
    search=_optional,
    sort=st.sampled_from(["renewal", "risk", "touch", "name"]),
    rows=_many(_rows, 70),
    arr=_many(_sums, 9),
    notes=_many(hostile_text, 30),
    as_of=st.just(NOW),
    **_pages,
)
_renewal_rows = _model(
    RenewalRow,
    account_id=_ids | hostile_text,
    account=hostile_text,
    owner=_optional,
    contract=_optional,
    arr=_many(_sums, 9),
    ends_on=st.none() | _days,
    notice_on=st.none() | _days,
    auto_renew=st.none() | st.booleans(),
    state=hostile_text,
    sentence=hostile_text,
    **_leads,
)
renewal_pages: st.SearchStrategy[RenewalsPage] = st.builds(
    RenewalsPage,
    scope=hostile_text,
    within_days=_numbers,
    rows=_many(_renewal_rows, 70),
    passed=_numbers,
    arr=_many(_sums, 9),
    as_of=st.just(NOW),
    **_pages,
)
candidates: st.SearchStrategy[Candidate] = st.builds(
    Candidate, id=_ids | hostile_text, name=hostile_text, hint=hostile_text, score=_numbers
)


KPI_CHART = KpiChart(
    kpi="nrr",
    name="NRR",
    scope="your team's accounts",
    pictures=(
        KpiPicture(
            name="nrr.png",
            title="NRR: your team's accounts",
            png=b"\x89PNG\r\n\x1a\n",
            alt="NRR rose.",
            width=1440,
            height=800,
        ),
    ),
    version="nrr-1",
    notes=(),
    as_of=NOW,
)
KPI_FILE = KpiFile(name="nrr.xlsx", title="NRR: your team's accounts", content=b"PK")
