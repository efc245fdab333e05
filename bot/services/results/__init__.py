"""What use cases answer with: frozen, complete, ready to render or to print as JSON.

The JSON of `--json` is exactly these models; names are stable. None means "not in the data", never zero. Days are
`YYYY-MM-DD`, instants ISO 8601 in UTC, money exact decimal text with its currency, ids opaque text.
"""

from __future__ import annotations

from bot.services.results.account import (
    AccountCard,
    Arr,
    DataAge,
    HealthReading,
    Owner,
    Promise,
    Risk,
    Score,
    Term,
    Tickets,
    Touch,
    Trend,
)
from bot.services.results.base import Result, Sum
from bot.services.results.binding import Binding, Bound
from bot.services.results.checks import Check
from bot.services.results.kpi import (
    KpiAnswer,
    KpiChart,
    KpiEntry,
    KpiFigure,
    KpiFile,
    KpiLeftOut,
    KpiList,
    KpiPart,
    KpiPicture,
    KpiRow,
)
from bot.services.results.lists import BookPage, BookRow, RenewalRow, RenewalsPage
from bot.services.results.logbook import Logged, LoggedPromise, Undone
from bot.services.results.matching import Candidate, Leading, Match
from bot.services.results.my_day import (
    Brought,
    DueCheckIn,
    DuePromise,
    DueRenewal,
    MyDay,
    News,
    NewsItem,
    NewsKind,
)
from bot.services.results.people import Contact, PeoplePage
from bot.services.results.timeline import SECTIONS, Entry, Origin, Section, TimelinePage
from bot.services.results.why import HealthInput, HealthWhy, MissingInput, WayUp

__all__ = [
    "SECTIONS",
    "AccountCard",
    "Arr",
    "Binding",
    "BookPage",
    "BookRow",
    "Bound",
    "Brought",
    "Candidate",
    "Check",
    "Contact",
    "DataAge",
    "DueCheckIn",
    "DuePromise",
    "DueRenewal",
    "Entry",
    "HealthInput",
    "HealthReading",
    "HealthWhy",
    "KpiAnswer",
    "KpiChart",
    "KpiEntry",
    "KpiFigure",
    "KpiFile",
    "KpiLeftOut",
    "KpiList",
    "KpiPart",
    "KpiPicture",
    "KpiRow",
    "Leading",
    "Logged",
    "LoggedPromise",
    "Match",
    "MissingInput",
    "MyDay",
    "News",
    "NewsItem",
    "NewsKind",
    "Origin",
    "Owner",
    "PeoplePage",
    "Promise",
    "RenewalRow",
    "RenewalsPage",
    "Result",
    "Risk",
    "Score",
    "Section",
    "Sum",
    "Term",
    "Tickets",
    "TimelinePage",
    "Touch",
    "Trend",
    "Undone",
    "WayUp",
]
