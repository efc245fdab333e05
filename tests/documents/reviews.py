"""Reviews to write: a small one, a typical one, and one with too much of everything."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.documents.model import (
    AnyBlock,
    Cell,
    Chart,
    Citation,
    Column,
    Columns,
    Definition,
    Figure,
    Figures,
    Marking,
    Missing,
    Paragraph,
    Period,
    Plan,
    PlanItem,
    Points,
    Promise,
    Promises,
    Quote,
    Quotes,
    Review,
    Row,
    Section,
    Series,
    Statement,
    Table,
    ToWrite,
    client_safe,
    internal,
)

MADE_AT = datetime(2026, 10, 2, 9, 30, tzinfo=UTC)
SHOWN = client_safe("shared with the customer before")
TEAM = internal("for the team only")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")


def cited(label: str, day: date, *, marking: Marking = SHOWN) -> Citation:
    return Citation(label=label, at=day, who="Maya Lind", url="https://crm.example.com/n/1", marking=marking)


def said(text: str, *citations: Citation, marking: Marking = SHOWN) -> Statement:
    return Statement(text=text, citations=citations, marking=marking)


def review(*blocks: AnyBlock, account: str = "Nordwind Logistics", **more: object) -> Review:
    """One section with these blocks."""
    section = Section(key="one", title="Usage and adoption", blocks=blocks, marking=SHOWN)
    return whole((section,), account=account, **more)


def whole(sections: tuple[Section, ...], account: str = "Nordwind Logistics", **more: object) -> Review:
    period = Period(label="Q3 2026", first=date(2026, 7, 1), last=date(2026, 9, 30))
    fields: dict[str, object] = {
        "title": "Quarterly business review",
        "account": account,
        "period": period,
        "made_at": MADE_AT,
        "prepared_by": "Maya Lind",
        "sections": sections,
        **more,
    }
    return Review.model_validate(fields)


def small() -> Review:
    return whole(
        (
            Section(
                key="summary",
                title="Executive summary",
                blocks=(Points(points=(said("The Hamburg depot went live."),), marking=SHOWN),),
                marking=SHOWN,
            ),
            Section(key="value", title="Outcomes and value", marking=SHOWN),
        )
    )


def summary() -> Columns:
    call, mail = cited("Call with Ana Ruiz", date(2026, 9, 3)), cited("Mail from Jens Petersen", date(2026, 8, 19))
    return Columns(
        says="Adoption is ahead of plan; response times are not yet where we want them",
        columns=(
            Points(
                heading="Wins",
                points=(
                    said("Two more depots work with route planning, three weeks before the agreed date.", call),
                    said("Dispatchers plan a day in 40 minutes; it took 95 when we started.", call),
                    said("The customs export runs without manual corrections since August.", mail),
                ),
                marking=SHOWN,
            ),
            Points(
                heading="Concerns",
                points=(
                    said("Urgent tickets took longer than agreed in July and August.", mail),
                    said("The Gdansk team has not had its training.", call),
                    said("Single sign-on is still open with your security team.", mail),
                ),
                marking=SHOWN,
            ),
            Points(
                heading="The ask",
                points=(said("Name a lead for Gdansk by 15 October, so that training can start in November.", call),),
                marking=SHOWN,
            ),
        ),
        marking=SHOWN,
    )


def adoption() -> Chart:
    users = (212, 224, 241, 260, 275, 291, 318, 336, 362)
    return Chart(
        says="362 people work with the product every month, 46 more than in June",
        form="line",
        categories=MONTHS,
        series=(
            Series(name="Active users", values=tuple(Decimal(value) for value in users), marking=SHOWN),
            Series(name="Seats bought", values=(Decimal(400),) * 9, marking=SHOWN),
        ),
        unit="people",
        source="Product usage",
        as_of=date(2026, 9, 30),
        meaning=(
            said("At this pace the seats are used up in February."),
            said("Decide in December whether to add seats or to share them between shifts."),
        ),
        marking=SHOWN,
    )


def value() -> Chart:
    moves = ((0, "Hours saved", 84), (1, "Fewer corrections", 31), (2, "Rollout costs", -22))
    return Chart(
        says="Outcomes you confirmed are worth EUR 93,000 this year",
        form="waterfall",
        categories=(*(name for _, name, _ in moves), "Net value"),
        series=(
            Series(
                name="EUR thousand",
                values=(*(Decimal(amount) for _, _, amount in moves), Decimal(93)),
                marking=SHOWN,
            ),
        ),
        totals=frozenset({"Net value"}),
        unit="EUR thousand",
        source="Outcomes confirmed by Jens Petersen",
        as_of=date(2026, 9, 12),
        marking=SHOWN,
    )


def tickets() -> Chart:
    return Chart(
        says="Fewer tickets each month, and the urgent ones are down to two",
        form="stacked",
        categories=("Apr", "May", "Jun", "Jul", "Aug", "Sep"),
        series=(
            Series(name="Urgent", values=tuple(map(Decimal, (4, 3, 5, 6, 4, 2))), marking=SHOWN),
            Series(name="High", values=tuple(map(Decimal, (9, 8, 7, 9, 6, 5))), marking=SHOWN),
            Series(name="Normal", values=tuple(map(Decimal, (21, 19, 22, 17, 15, 14))), marking=SHOWN),
        ),
        unit="tickets",
        source="Service desk",
        as_of=date(2026, 9, 30),
        meaning=(said("July's peak was one faulty release; it was withdrawn within a day."),),
        marking=SHOWN,
    )


def seats() -> Chart:
    return Chart(
        says="Gdansk has seats that nobody uses yet",
        form="bar",
        categories=("Hamburg", "Rotterdam", "Gdansk"),
        series=(
            Series(name="Bought", values=(Decimal(180), Decimal(140), Decimal(80)), marking=SHOWN),
            Series(name="Used", values=(Decimal(176), Decimal(139), None), marking=SHOWN),
        ),
        unit="seats",
        source="Product usage",
        as_of=date(2026, 9, 30),
        marking=SHOWN,
    )


def promises(count: int = 5) -> Promises:
    told = (
        ("Deliver the customs export", "kept", date(2026, 8, 1), date(2026, 7, 28)),
        ("Answer urgent tickets within an hour", "missed", date(2026, 9, 30), None),
        ("Train the Rotterdam dispatchers", "kept", date(2026, 7, 15), date(2026, 7, 14)),
        ("Send the security questionnaire", "late", date(2026, 8, 20), date(2026, 9, 1)),
        ("Show the roadmap for carbon reports", "open", date(2026, 10, 30), None),
    )
    rows = [told[at % len(told)] for at in range(count)]
    return Promises(
        says="Of five promises three are done, one of them late",
        promises=tuple(
            Promise.model_validate(
                {
                    "text": text,
                    "state": state,
                    "owner": "Maya Lind",
                    "due": due,
                    "settled": settled,
                    "citations": (cited("Review of Q2", date(2026, 7, 2)),),
                    "marking": SHOWN,
                }
            )
            for text, state, due, settled in rows
        ),
        marking=SHOWN,
    )


def plan(count: int = 4) -> Plan:
    told = (
        ("Train the Gdansk team", "Maya Lind, with Piotr Nowak", date(2026, 11, 20), "80 % of seats used in Gdansk"),
        ("Switch on single sign-on", "Jens Petersen", date(2026, 12, 4), "All people sign in through your directory"),
        ("Bring urgent tickets below one hour", "Support lead", date(2026, 12, 31), "Median first answer < 1 h"),
        ("Agree the seats for next year", "Ana Ruiz, Maya Lind", date(2026, 12, 11), "Decision in the steering group"),
    )
    rows = [told[at % len(told)] for at in range(count)]
    return Plan(
        says="Four things for the next quarter, each with an owner and a date",
        items=tuple(
            PlanItem(text=text, owner=owner, due=due, measure=measure, marking=SHOWN)
            for text, owner, due, measure in rows
        ),
        marking=SHOWN,
    )


def quotes() -> Quotes:
    return Quotes(
        says="The people who plan the routes trust the plan",
        quotes=(
            Quote(
                text="For the first time I go home knowing that tomorrow's routes are right.",
                who="Lena Vogt, lead dispatcher",
                at=date(2026, 8, 27),
                marking=SHOWN,
            ),
            Quote(text="Support was slow when it mattered.", who="Survey answer", at=date(2026, 7, 30), marking=SHOWN),
        ),
        marking=SHOWN,
    )


def numbers() -> Figures:
    return Figures(
        says="Planning a day takes less than half the time",
        figures=(
            Figure(label="Minutes to plan a day", value="40", change="95 at the start", marking=SHOWN),
            Figure(label="Depots live", value="5", change="+ 2 since June", marking=SHOWN),
            Figure(label="Seats in use", value="91 %", change="+ 12 points on Q2", marking=SHOWN),
            Figure(
                label="Value confirmed by you",
                value="EUR 93k",
                source="Outcomes",
                as_of=date(2026, 9, 12),
                marking=SHOWN,
            ),
        ),
        marking=SHOWN,
    )


def commercial() -> Table:
    cells = (
        ("Platform", "400 seats", "31 Dec 2026", "120,000 EUR"),
        ("Customs export", "1", "31 Dec 2026", "18,000 EUR"),
    )
    return Table(
        says="Both contracts end on 31 December; notice is due by 30 November",
        columns=(
            Column(title="Product", marking=SHOWN),
            Column(title="Quantity", is_number=True, marking=SHOWN),
            Column(title="Ends", marking=SHOWN),
            Column(title="Per year", is_number=True, marking=TEAM),
        ),
        rows=tuple(Row(cells=tuple(Cell(text=text, marking=SHOWN) for text in row), marking=SHOWN) for row in cells),
        source="Contracts",
        as_of=date(2026, 10, 1),
        marking=SHOWN,
    )


def risks() -> Points:
    return Points(
        says="Health is 43: the sponsor is leaving",
        points=(
            said("Jens told Maya in confidence that he leaves in January.", marking=TEAM),
            said("A competitor was at the Rotterdam depot in September.", marking=TEAM),
        ),
        marking=TEAM,
    )


def typical() -> Review:
    def section(key: str, title: str, *blocks: AnyBlock, marking: Marking = SHOWN) -> Section:
        return Section(key=key, title=title, blocks=blocks, marking=marking)

    intro = said("You chose route planning to cut planning time and empty kilometres; both were measured in January.")
    return whole(
        (
            section("context", "Where we started", Paragraph(statement=intro, marking=SHOWN)),
            section("summary", "Executive summary", summary()),
            section("promises", "Promises of the last review", promises()),
            section("value", "Outcomes and value", numbers(), value()),
            section("usage", "Usage and adoption", adoption(), seats()),
            section("service", "Service", tickets()),
            section("satisfaction", "Satisfaction", quotes()),
            section("risks", "Risks", risks(), marking=TEAM),
            section("strategy", "Strategy", ToWrite(prompt="What does the sponsor want to be true in a year?")),
            section("plan", "Joint plan", plan()),
            section("commercial", "Commercial", commercial()),
            section("roadmap", "Roadmap"),
        ),
        missing=(Missing(what="No survey since March", fills="Send the next survey in October"),),
        definitions=(
            Definition(term="Active user", meaning="Signed in on at least one day of the month", marking=SHOWN),
            Definition(term="Health", meaning="Weighted readings of usage, service and contact"),
        ),
    )


_LONG = (
    "The dispatchers of the night shift asked for a way to keep a route open until the last parcel of the evening has "
    "been scanned, because until now they close it at nine and correct it by hand afterwards, which costs them about "
    "half an hour on every evening and leads to mistakes that the drivers find only at the door of the customer."
)
LONG_NAME = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft m.b.H. & Co. KGaA 株式会社"
)
MIXED = (
    "顧客は新しいルート計画に満足しており、来年は拠点を増やす予定です。",
    "العميل راضٍ عن خطة المسارات الجديدة ويريد توسيعها في العام القادم.",
    "The team loves it 🎉👩‍🚒 and says so: “très bien”, naïve façade, Ωmega, Łódź.",
    "A\u200bzero\u202ewidth\x0b and control \x07 characters, <b>tags</b> & {braces} | pipes",
    "W" * 300,
)


def overloaded(points: int = 30) -> Review:
    texts = [*MIXED, *(f"{at}. {_LONG}" for at in range(points)), _LONG * 12]
    table = Table(
        says=_LONG,
        columns=tuple(Column(title=f"Column {at} {'x' * at}", is_number=at > 3, marking=SHOWN) for at in range(12)),
        rows=tuple(
            Row(
                cells=tuple(
                    Cell(text=f"{row * column:,} " + "long words " * (column % 4), marking=SHOWN)
                    for column in range(12)
                ),
                marking=SHOWN,
            )
            for row in range(40)
        ),
        marking=SHOWN,
    )
    many = Chart(
        says="Thirty-six months of many series with long names " + LONG_NAME,
        form="line",
        categories=tuple(f"{2024 + at // 12}-{at % 12 + 1:02}" for at in range(36)),
        series=tuple(
            Series(
                name=f"Series {line} {LONG_NAME[: line * 9]}",
                values=tuple(None if (at + line) % 7 == 0 else Decimal(at * line - 30) for at in range(36)),
                marking=SHOWN,
            )
            for line in range(8)
        ),
        unit="people",
        meaning=tuple(said(text) for text in texts[:6]),
        marking=SHOWN,
    )
    return whole(
        (
            Section(
                key="much",
                title="Everything at once, under a heading that itself is longer than any heading should be " * 2,
                headline=said(_LONG),
                blocks=(
                    Paragraph(statement=said(_LONG * 20), marking=SHOWN),
                    Points(points=tuple(said(text, cited(_LONG, date(2026, 9, 3))) for text in texts), marking=SHOWN),
                    Columns(
                        columns=tuple(
                            Points(heading=LONG_NAME, points=tuple(said(text) for text in texts[:9]), marking=SHOWN)
                            for _ in range(3)
                        ),
                        marking=SHOWN,
                    ),
                    promises(40),
                    plan(30),
                    table,
                    many,
                    Quotes(
                        quotes=tuple(Quote(text=_LONG, who=LONG_NAME, marking=SHOWN) for _ in range(9)), marking=SHOWN
                    ),
                    Figures(
                        figures=tuple(
                            Figure(label=LONG_NAME, value=f"{at * 1234567:,}", change=_LONG, marking=SHOWN)
                            for at in range(11)
                        ),
                        marking=SHOWN,
                    ),
                ),
                marking=SHOWN,
            ),
        ),
        account=LONG_NAME,
        missing=tuple(Missing(what=_LONG, fills=LONG_NAME) for _ in range(20)),
        definitions=tuple(Definition(term=LONG_NAME, meaning=_LONG, marking=SHOWN) for _ in range(20)),
    )
