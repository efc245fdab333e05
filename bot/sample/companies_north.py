"""Mid-market accounts of the north and of Britain and Ireland."""

from __future__ import annotations

from typing import Final

from bot.sample.model import Company, Line, Person, Usage

NORTH: Final = (
    Company(
        "halvorsen-tankers", "Halvorsen Tankers AS", "halvorsen-tankers.example", "maya", "mid-market", "Shipping",
        "NO",
        "Bergen", "Europe/Oslo", "EUR", 640, 310_000_000,
        people=(
            Person("Terje Aase", "Vetting Manager", "champion", 1),
            Person("Marit Solheim", "HSEQ Director", "economic buyer", 1),
            Person("Joao Pinheiro", "Fleet Document Controller", "user", 1),
        ),
        docs=("vetting reports", "cargo certificates", "crew contracts"), teams=("vetting", "HSEQ", "fleet"),
        system="the fleet database", project="shore-to-ship sync", goal="pass a SIRE inspection without a paper folder",
        lines=(Line("folio", 95, 213, notice=90), Line("vault", 600, 213, before=0)),
        usage=Usage(70, 78, 40), mood=(8, 8), touches=58, tickets=13, parent="halvorsen",
    ),
    Company(
        "halvorsen-ports", "Halvorsen Ports AS", "halvorsen-ports.example", "maya", "mid-market", "Ports", "NO",
        "Stavanger", "Europe/Oslo", "EUR", 480, 145_000_000,
        people=(
            Person("Silje Brekke", "Terminal Administration Lead", "champion", 1),
            Person("Odd Rune Haugen", "Port Director", "economic buyer", 0, called="Odd Rune"),
            Person("Nadia Kowalska", "Customs Coordinator", "user", 0),
        ),
        docs=("berth bookings", "customs declarations", "safety permits"),
        teams=("terminal services", "customs", "pilotage"),
        system="the port community system", project="the paperless gate",
        goal="clear a lorry at the gate in under four minutes",
        lines=(Line("folio", 70, 213, before=1, notice=90),),
        usage=Usage(65, 65, 20), mood=(7, 7), touches=44, tickets=10, parent="halvorsen",
    ),
    Company(
        "omalley", "O’Malley’s Provisions Ltd", "omalleys.example", "maya", "mid-market", "Food wholesale", "IE",
        "Cork", "Europe/Dublin", "EUR", 390, 88_000_000,
        people=(
            Person("Siobhán O’Malley", "Managing Director", "economic buyer", 1, mail="siobhan"),
            Person("Declan Roche", "Quality Manager", "champion", 1),
            Person("Ania Nowak", "Goods-in Supervisor", "user", 1),
        ),
        docs=("delivery dockets", "allergen sheets", "supplier declarations"), teams=("quality", "goods-in", "buying"),
        system="the stock system", project="the allergen register", goal="trace a batch in fifteen minutes",
        lines=(Line("folio", 85, 196), Line("flow", 40, 196, before=0)),
        usage=Usage(71, 80, 44), mood=(8, 9), tone="warm", touches=60, tickets=14, aliases=("O'Malley's", "OMP Foods"),
    ),
    Company(
        "quayside", "Quayside Housing Association", "quaysidehomes.example", "daniel", "mid-market", "Housing", "GB",
        "Newcastle", "Europe/London", "GBP", 520, 96_000_000,
        people=(
            Person("Janet Robson", "Head of Tenancy Services", "champion", 1),
            Person("Imran Chaudhry", "Finance Director", "economic buyer", 0),
            Person("Becky Lowes", "Lettings Team Leader", "user", 0),
        ),
        docs=("tenancy agreements", "repair orders", "gas safety certificates"),
        teams=("lettings", "repairs", "income"), system="the housing system", project="tenancy sign-up on a tablet",
        goal="hand over keys on the day a tenancy is offered",
        lines=(Line("folio", 140, 117, notice=60), Line("sign", 3500, 117, before=0)),
        usage=Usage(75, 71, 16), mood=(8, 7), touches=56, tickets=15, last=38,
    ),
    Company(
        "pemberton", "Pemberton Water plc", "pembertonwater.example", "maya", "mid-market", "Utilities", "GB",
        "Exeter", "Europe/London", "GBP", 980, 270_000_000,
        people=(
            Person("Oliver Tregenza", "Information Governance Manager", "champion", 1),
            Person("Rachel Adeyemi", "Director of Asset Management", "economic buyer", 0),
            Person("Callum Burridge", "Systems Analyst", "user", 0),
            Person("Yvonne Pascoe", "Procurement Category Lead", "decision-maker", 0),
        ),
        docs=("abstraction licences", "site drawings", "sampling reports"),
        teams=("asset management", "water quality", "legal"), system="the asset system",
        project="the drawings migration",
        goal="find any site drawing in under a minute",
        lines=(
            Line("folio", 210, 264, before=1), Line("folio", 60, 141, before=0, contract="B", discount=4),
            Line("vault", 1400, 264, before=1),
        ),
        usage=Usage(67, 73, 30), mood=(7, 8), touches=68, tickets=17,
        aliases=("Pemberton & District Water",),
    ),
    Company(
        "snofjall", "Snöfjäll Outdoor AB", "snofjall.example", "maya", "mid-market", "Retail", "SE", "Östersund",
        "Europe/Stockholm", "SEK", 310, 720_000_000,
        people=(
            Person("Linnéa Forsberg", "E-commerce Operations Manager", "champion", 1),
            Person("Gustav Hedin", "CFO", "economic buyer", -1),
            Person("Petra Åkesson", "Supplier Coordinator", "user", 0),
        ),
        docs=("supplier agreements", "product test reports", "warranty claims"),
        teams=("supplier", "warranty", "e-commerce"), system="the product database", project="the supplier handbook",
        goal="answer a warranty claim within a day",
        lines=(Line("folio", 75, -23, before=1, auto=False, notice=None, status="expired"),),
        usage=Usage(68, 39, 14), mood=(7, 6), touches=54, tickets=12, last=8, lifecycle="renewing", rival="Papyron",
    ),
    Company(
        "bergslagen", "Bergslagen Stål & Smide AB", "bergslagensmide.example", "maya", "mid-market", "Steel", "SE",
        "Örebro", "Europe/Stockholm", "SEK", 860, 2_100_000_000,
        people=(
            Person("Karin Ljung", "Quality and Environment Manager", "champion", 1),
            Person("Mats Öberg", "Plant Director", "economic buyer", 1),
            Person("Amir Hosseini", "Production Engineer", "user", 1),
        ),
        docs=("mill certificates", "welding procedures", "safety rounds"), teams=("quality", "maintenance", "sales"),
        system="the production system", project="the digital mill certificate",
        goal="send the certificate with the steel, not a week later",
        lines=(Line("folio", 120, 330, before=2), Line("flow", 60, 330, before=1)),
        usage=Usage(74, 83, 36), mood=(8, 9), tone="warm", touches=62, tickets=13,
    ),
    Company(
        "strandbury", "Strandbury University", "strandbury.example", "maya", "mid-market", "Education", "GB",
        "Brighton",
        "Europe/London", "GBP", 2300, 310_000_000,
        people=(
            Person("Dr Miriam Falk", "Academic Registrar", "economic buyer", 1, called="Miriam", mail="m.falk"),
            Person("Peter Nwosu", "Head of Student Records", "champion", 2),
            Person("Lorna Greig", "Admissions Systems Officer", "user", 1),
        ),
        docs=("student files", "exam board minutes", "placement agreements"),
        teams=("admissions", "student records", "placements"), system="the student system", project="clearing week",
        goal="confirm an offer on the day the grades arrive",
        lines=(Line("folio", 180, 283, before=2), Line("sign", 6000, 283, before=1)),
        usage=Usage(69, 72, 40), mood=(8, 8), touches=58, tickets=15,
    ),
)  # fmt: skip
