"""Mid-market accounts of the Americas, Japan and New Zealand."""

from __future__ import annotations

from typing import Final

from bot.sample.model import Company, Line, Person, Usage

WEST: Final = (
    Company(
        "acme-labs", "Acme Labs", "acmelabs.example", "priya", "mid-market", "Biotechnology", "US", "Boston",
        "America/New_York", "USD", 260, 74_000_000,
        people=(
            Person("Dr. Vivian Cho", "Director of Research Operations", "champion", 1, called="Vivian", mail="vcho"),
            Person("Eric Lindholm", "CFO", "economic buyer", 0),
            Person("Tasha Greene", "Lab Compliance Specialist", "user", 0),
        ),
        docs=("study protocols", "material transfer agreements", "lab notebooks"),
        teams=("research operations", "compliance", "grants"), system="the sample database",
        project="the electronic lab notebook", goal="sign a material transfer agreement within a week",
        lines=(Line("folio", 88, 178, before=1), Line("sign", 2400, 178, before=0)),
        usage=Usage(75, 61, 20), mood=(8, 7), touches=56, tickets=14, last=21,
    ),
    Company(
        "tidewater", "Tidewater Community Health", "tidewaterhealth.example", "priya", "mid-market", "Health care",
        "US",
        "Norfolk", "America/New_York", "USD", 1350, 210_000_000,
        people=(
            Person("Denise Fontaine", "Director of Health Information", "detractor", -1),
            Person("Alan Petrakis", "Chief Administrative Officer", "economic buyer", 0),
            Person("Monique Harris", "Release of Information Supervisor", "champion", 1),
            Person("Kevin Strand", "Interface Analyst", "user", 0),
        ),
        docs=("referral letters", "consent forms", "release requests"),
        teams=("health information", "registration", "compliance"), system="the patient record system",
        project="consent at the bedside", goal="answer a release request within five days",
        lines=(Line("folio", 190, 203, before=1), Line("sign", 12000, 203, before=1)),
        usage=Usage(70, 62, 24), mood=(7, 4), tone="tense", touches=70, tickets=24, last=7, aliases=("TCH",),
    ),
    Company(
        "larkspur", "Larkspur Hotels Group", "larkspurhotels.example", "priya", "mid-market", "Hospitality", "US",
        "Denver", "America/Denver", "USD", 1800, 195_000_000,
        people=(
            Person("Brooke Castellano", "VP People", "champion", 2),
            Person("Jerome Waite", "SVP Operations", "economic buyer", 1),
            Person("Mei Santos", "HR Systems Manager", "user", 2),
        ),
        docs=("offer letters", "event contracts", "property inspections"), teams=("people", "events", "property"),
        system="the payroll platform", project="day-one paperwork", goal="hire a seasonal worker in two days",
        lines=(Line("folio", 150, 292, before=2, was=70), Line("sign", 16000, 292, before=1, was=60)),
        usage=Usage(61, 93, 60), mood=(8, 10), tone="warm", touches=64, tickets=13,
    ),
    Company(
        "hikari", "Hikari Foods Co., Ltd.", "hikarifoods.example", "priya", "mid-market", "Food", "JP", "Tokyo",
        "Asia/Tokyo", "JPY", 830, 31_000_000_000,
        people=(
            Person("Yuki Hayashi", "Manager, Quality Planning", "champion", 1, called="Hayashi-san"),
            Person("小林 誠", "Director of Administration", "economic buyer", 0, called="Kobayashi-san",
                mail="m.kobayashi"),
            Person("Emi Okada", "Label Approval", "user", 1, called="Okada-san"),
        ),
        docs=("label approvals", "recipe sheets", "plant audits"),
        teams=("quality planning", "packaging", "purchasing"),
        system="the recipe system", project="the label approval line", goal="approve a label in four days",
        lines=(Line("folio", 72, 232, before=1), Line("flow", 30, 232, before=0)),
        usage=Usage(73, 77, 40), mood=(8, 8), touches=50, tickets=11, aliases=("ひかりフーズ",),
    ),
    Company(
        "orchard", "Kererū Orchards Cooperative", "kereruorchards.example", "priya", "mid-market", "Agriculture", "NZ",
        "Hastings", "Pacific/Auckland", "USD", 340, 68_000_000,
        people=(
            Person("Hemi Paewai", "Grower Services Manager", "champion", 1),
            Person("Catherine Blundell", "Chief Executive", "economic buyer", 0),
            Person("Ravi Menon", "Packhouse Compliance", "user", 1),
        ),
        docs=("grower contracts", "spray diaries", "export certificates"),
        teams=("grower services", "packhouse", "export"),
        system="the packhouse system", project="the spray diary on the phone",
        goal="have every spray diary in before the first pick",
        lines=(Line("folio", 78, 160, before=1),),
        usage=Usage(62, 70, 26), mood=(7, 8), touches=46, tickets=9, last=15, aliases=("Kereru Orchards",),
    ),
    Company(
        "bluestem", "Bluestem Credit Union", "bluestemcu.example", "priya", "mid-market", "Banking", "US", "Omaha",
        "America/Chicago", "USD", 420, 58_000_000,
        people=(
            Person("Gail Norquist", "SVP Member Services", "economic buyer", 0),
            Person("Trevor Lang", "Loan Operations Manager", "champion", 1),
            Person("Sofia Aguilar", "Branch Operations", "user", 0),
        ),
        docs=("loan files", "membership cards", "wire forms"), teams=("loan operations", "branch operations", "audit"),
        system="the loan platform", project="loan closing by video", goal="close a car loan in one visit",
        lines=(Line("folio", 105, 67, before=1, notice=60), Line("sign", 7000, 67, before=0)),
        usage=Usage(70, 74, 30), mood=(8, 8), touches=56, tickets=13, last=5, lifecycle="renewing",
    ),
)  # fmt: skip
