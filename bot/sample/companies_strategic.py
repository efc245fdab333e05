"""The strategic accounts: the ones the lead knows by heart."""

from __future__ import annotations

from typing import Final

from bot.sample.model import Company, Line, Person, Usage

STRATEGIC: Final = (
    Company(
        "acme", "Acme Corporation", "acme.example", "maya", "strategic", "Industrial supplies", "US", "Chicago",
        "America/Chicago", "USD", 3400, 910_000_000,
        people=(
            Person("Dana Whitfield", "Director of Procurement Operations", "champion", 2, department="Procurement"),
            Person("Marcus Oyelaran", "VP Operations", "economic buyer", 1, department="Operations"),
            Person("Helen Kowalczyk", "IT Applications Manager", "influencer", 0, department="IT"),
            Person("Ray Delgado", "Supplier Quality Lead", "user", 1, department="Quality"),
            Person("Susan Brandt", "Chief Operating Officer", "sponsor", 1, department="Executive"),
        ),
        docs=("supplier contracts", "purchase orders", "quality certificates"),
        teams=("procurement", "supplier quality", "accounts payable"), system="the ERP",
        project="the supplier portal", goal="cut supplier onboarding from 19 days to 7",
        lines=(
            Line("folio", 420, 104, before=2, notice=60), Line("flow", 180, 104, before=1, notice=60),
            Line("sign", 9000, 104, before=1, notice=60),
        ),
        usage=Usage(78, 91, 60), mood=(8, 9), tone="warm", touches=170, tickets=34, last=2,
        aliases=("Acme", "Acme Corp", "Acme Industrial Supply"), tier="A", lifecycle="renewing",
    ),
    Company(
        "halvorsen", "Halvorsen Shipping Group AS", "halvorsen-group.example", "maya", "strategic", "Shipping", "NO",
        "Oslo", "Europe/Oslo", "EUR", 5200, 1_450_000_000,
        people=(
            Person("Sigrid Halvorsen", "Chief Digital Officer", "economic buyer", 1, department="Digital"),
            Person("Anders Moe", "Head of Document Services", "champion", 2, department="Shared services"),
            Person("Fatima El Amrani", "Group Procurement Manager", "influencer", 0, department="Procurement"),
            Person("Kristin Dahl", "Compliance Director", "decision-maker", 1, department="Compliance"),
        ),
        docs=("charter parties", "bills of lading", "crew certificates"),
        teams=("chartering", "compliance", "crewing"), system="the voyage system",
        project="the group-wide archive", goal="have every charter party signed before the vessel leaves port",
        lines=(
            Line("folio", 610, 213, months=24, before=1, notice=90), Line("sign", 14000, 213, months=24, before=0),
            Line("vault", 2400, 213, months=24, before=0),
        ),
        usage=Usage(74, 79, 80), mood=(8, 9), tone="warm", touches=120, tickets=26,
        aliases=("Halvorsen", "Halvorsen Group"), tier="A",
    ),
    Company(
        "nordwind-energie", "Nordwind Energie AG", "nordwind-energie.example", "jonas", "strategic", "Energy", "DE",
        "Berlin", "Europe/Berlin", "EUR", 2800, 760_000_000,
        people=(
            Person("Dr. Ulrike Sandner", "Leiterin Genehmigungen", "champion", 1, called="Ulrike", mail="u.sandner"),
            Person("Matthias Kroll", "CIO", "economic buyer", -1, department="IT"),
            Person("Jana Petzold", "Project Manager Wind Parks", "user", 0, department="Projects"),
            Person("Henning Voss", "Head of Purchasing", "decision-maker", -1, department="Purchasing"),
        ),
        docs=("permit files", "lease agreements", "inspection reports"),
        teams=("permitting", "site services", "legal"), system="the asset register",
        project="the permit archive", goal="answer a permit authority within two working days",
        lines=(Line("folio", 340, 151, before=2, notice=90), Line("vault", 1800, 151, before=1, notice=90)),
        usage=Usage(76, 57, 22), mood=(8, 6), touches=112, tickets=30, last=11, tier="A", lifecycle="adopted",
        aliases=("NWE",), rival="Papyron",
    ),
    Company(
        "brennan", "Brennan & Okoye LLP", "brennanokoye.example", "priya", "strategic", "Legal services", "GB",
        "London", "Europe/London", "GBP", 1150, 240_000_000,
        people=(
            Person("Ngozi Okoye", "Managing Partner", "sponsor", 2, department="Partners"),
            Person("Philip Brennan-Shaw", "Chief Operating Officer", "economic buyer", 1, department="Operations"),
            Person("Amelia Thorne", "Head of Knowledge", "champion", 2, department="Knowledge"),
            Person("Gareth Pugh", "Information Security Manager", "influencer", 0, department="IT"),
        ),
        docs=("matter files", "engagement letters", "disclosure bundles"),
        teams=("litigation", "conveyancing", "knowledge"), system="the practice management system",
        project="the paperless matter", goal="open a new matter in under an hour",
        lines=(
            Line("folio", 520, 301, before=2, notice=90), Line("sign", 22000, 301, before=2),
            Line("vault", 3100, 301, before=1),
        ),
        usage=Usage(83, 94, 70), mood=(9, 10), tone="warm", touches=118, tickets=24, tier="A",
        aliases=("Brennan Hale LLP", "B&O"),
    ),
    Company(
        "kitamura", "北村精機株式会社", "kitamura-seiki.example", "priya", "strategic", "Precision machinery", "JP",
        "Osaka", "Asia/Tokyo", "JPY", 1900, 52_000_000_000,
        people=(
            Person("田中 美咲", "Quality Assurance Manager", "champion", 2, called="Tanaka-san", mail="m.tanaka"),
            Person("Kenji Mori", "General Manager, IT", "economic buyer", 0, called="Mori-san"),
            Person("Haruka Ishii", "Documentation Lead", "user", 1, called="Ishii-san"),
        ),
        docs=("inspection drawings", "calibration records", "supplier audits"),
        teams=("quality assurance", "engineering documentation", "export control"), system="the drawing store",
        project="the audit trail for export licences", goal="pass the ISO surveillance audit without a paper copy",
        lines=(Line("folio", 260, 128, before=2, notice=90), Line("flow", 90, 128, before=1)),
        usage=Usage(80, 82, 50), mood=(8, 8), touches=96, tickets=18, tier="A",
        aliases=("Kitamura Seiki", "Kitamura Precision"),
    ),
    Company(
        "meridian", "Meridian Freight Lines Inc.", "meridianfreight.example", "priya", "strategic", "Logistics", "US",
        "Atlanta", "America/New_York", "USD", 4100, 1_120_000_000,
        people=(
            Person("Carla Jimenez", "Director of Freight Billing", "detractor", -2, department="Finance"),
            Person("Tom Renfro", "CIO", "economic buyer", -1, department="IT"),
            Person("Latoya Briggs", "Operations Systems Manager", "champion", 1, department="Operations"),
            Person("Steve Halloran", "VP Procurement", "decision-maker", -1, department="Procurement"),
        ),
        docs=("delivery receipts", "freight invoices", "carrier agreements"),
        teams=("freight billing", "dispatch", "claims"), system="the dispatch system",
        project="same-day billing", goal="invoice a load on the day it is delivered",
        lines=(Line("folio", 480, 96, before=2, notice=60), Line("flow", 260, 96, before=1, notice=60)),
        usage=Usage(81, 49, 18), mood=(7, 3), tone="tense", touches=124, tickets=46, last=3, tier="A",
        aliases=("MFL", "Meridian"), lifecycle="at risk", rival="Docuvia",
    ),
    Company(
        "miraflor", "Banco Miraflor S.A.", "bancomiraflor.example", "tomás", "strategic", "Banking", "ES", "Madrid",
        "Europe/Madrid", "EUR", 6100, 1_900_000_000,
        people=(
            Person("Lucía Arrieta", "Head of Branch Operations", "champion", 2, left=47),
            Person("Iñaki Goñi", "Deputy Head of Branch Operations", "user", 0),
            Person("Carmen Valcárcel", "Chief Operating Officer", "economic buyer", 0),
            Person("Rubén Soto", "IT Risk Officer", "influencer", -1),
        ),
        docs=("mortgage files", "account opening forms", "powers of attorney"),
        teams=("branch operations", "mortgages", "internal audit"), system="the core banking system",
        project="the branch without paper", goal="close a mortgage file in three visits instead of five",
        lines=(
            Line("folio", 700, 168, months=24, before=0, notice=90),
            Line("sign", 31000, 168, months=24, before=0, notice=90),
        ),
        usage=Usage(72, 54, 12), mood=(9, 6), touches=110, tickets=32, last=9, tier="A",
        aliases=("Miraflor",), rival="Papyron",
    ),
    Company(
        "vasterled", "Västerled Försäkring AB", "vasterled.example", "maya", "strategic", "Insurance", "SE",
        "Stockholm", "Europe/Stockholm", "SEK", 1700, 6_400_000_000,
        people=(
            Person("Åsa Nyström", "Head of Claims", "champion", 2, department="Claims"),
            Person("Erik Wallin", "CFO", "economic buyer", 1, department="Finance"),
            Person("Leila Shirazi", "Process Owner Claims", "user", 2, department="Claims"),
            Person("Björn Ek", "IT Architect", "influencer", 0, department="IT"),
        ),
        docs=("claims files", "policy documents", "expert opinions"),
        teams=("claims", "underwriting", "customer service"), system="the policy system",
        project="the straight-through claim", goal="settle a simple claim within 48 hours",
        lines=(
            Line("folio", 300, 240, before=2, notice=90), Line("flow", 220, 240, before=2),
            Line("vault", 2600, 240, before=1),
        ),
        usage=Usage(84, 113, 58), mood=(9, 9), tone="warm", touches=116, tickets=22, tier="A",
        aliases=("Västerled", "Västerled Liv"),
    ),
)  # fmt: skip
