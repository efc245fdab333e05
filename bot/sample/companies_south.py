"""Mid-market accounts of the German-speaking countries and the south of Europe."""

from __future__ import annotations

from typing import Final

from bot.sample.model import Company, Line, Person, Usage

SOUTH: Final = (
    Company(
        "nordwind-logistik", "Nordwind Logistik GmbH", "nordwind-logistik.example", "jonas", "mid-market", "Logistics",
        "DE", "Hamburg", "Europe/Berlin", "EUR", 720, 190_000_000,
        people=(
            Person("Sabine Thiele", "Head of Contract Logistics", "champion", 2),
            Person("Frank Deters", "Geschäftsführer", "economic buyer", 1),
            Person("Kübra Aydın", "Customs Specialist", "user", 1, mail="k.aydin"),
        ),
        docs=("waybills", "warehouse contracts", "damage reports"), teams=("contract logistics", "customs", "claims"),
        system="the warehouse system", project="the driver terminal",
        goal="release a driver with papers in ten minutes",
        lines=(Line("folio", 130, 255, before=2), Line("sign", 5200, 255, before=1)),
        usage=Usage(79, 86, 50), mood=(9, 9), tone="warm", touches=66, tickets=14,
    ),
    Company(
        "mueller-soehne", "Müller & Söhne Maschinenbau GmbH", "mueller-soehne.example", "jonas", "mid-market",
        "Machinery", "DE", "Esslingen", "Europe/Berlin", "EUR", 560, 132_000_000,
        people=(
            Person("Heike Baumann", "Leiterin Technische Redaktion", "champion", 1),
            Person("Georg Müller", "Geschäftsführer", "economic buyer", 0),
            Person("Tobias Rapp", "Service Coordinator", "user", 0),
        ),
        docs=("operating manuals", "spare part lists", "acceptance protocols"),
        teams=("technical writing", "service", "sales"), system="the PLM system", project="the manual by serial number",
        goal="ship the right manual with every machine",
        lines=(Line("folio", 115, 58, before=2, notice=90), Line("flow", 35, 58, before=0, notice=90)),
        usage=Usage(72, 66, 30), mood=(8, 7), touches=60, tickets=14, last=17, lifecycle="renewing",
        aliases=("Müller + Söhne", "M&S Maschinenbau"),
    ),
    Company(
        "seefeld", "Seefeld Treuhand AG", "seefeld-treuhand.example", "jonas", "mid-market", "Professional services",
        "CH", "Zürich", "Europe/Zurich", "EUR", 240, 61_000_000,
        people=(
            Person("Regula Ammann", "Partner", "economic buyer", 0),
            Person("Luca Bianchi", "Head of Back Office", "champion", 0),
            Person("Corinne Favre", "Mandate Assistant", "user", 0),
        ),
        docs=("mandate files", "tax returns", "audit reports"), teams=("audit", "tax", "payroll"),
        system="the mandate system", project="the client safe", goal="close a client's year by the end of March",
        lines=(Line("folio", 90, 187, before=2),),
        usage=Usage(64, 60, 40), mood=(7, 7), touches=36, tickets=8, last=163,
    ),
    Company(
        "vychodni", "Východní Sklárny a.s.", "vychodnisklarny.example", "jonas", "mid-market", "Glass", "CZ",
        "Pardubice",
        "Europe/Prague", "EUR", 670, 74_000_000,
        people=(
            Person("Zdeňka Říhová", "Export Manager", "champion", 1, mail="rihova"),
            Person("Pavel Dušek", "Finance Director", "economic buyer", 0, mail="dusek"),
            Person("Tereza Malá", "Order Desk", "user", 1, mail="mala"),
        ),
        docs=("export declarations", "mould drawings", "order confirmations"),
        teams=("export", "tooling", "order desk"),
        system="the order system", project="the mould library", goal="confirm an export order the same day",
        lines=(Line("folio", 65, -68, before=1, notice=30), Line("vault", 500, -68, before=0, notice=30)),
        usage=Usage(70, 72, 30), mood=(8, 8), touches=48, tickets=11, last=13,
    ),
    Company(
        "ackermann", "Ackermann Spedition GmbH & Co. KG", "ackermann-spedition.example", "jonas", "mid-market",
        "Logistics", "DE", "Kassel", "Europe/Berlin", "EUR", 410, 83_000_000,
        people=(
            Person("Dirk Ackermann", "Geschäftsführer", "economic buyer", 1),
            Person("Nicole Heuser", "Leiterin Disposition", "champion", 1),
            Person("Marek Zielinski", "Fleet Manager", "user", 0),
        ),
        docs=("transport orders", "driver records", "toll statements"), teams=("dispatch", "fleet", "billing"),
        system="the transport management system", project="the driver app", goal="bill a trip within three days",
        lines=(Line("folio", 80, 222, before=1), Line("flow", 70, 222, before=1)),
        usage=Usage(58, 84, 40), mood=(7, 9), tone="warm", touches=58, tickets=14,
    ),
    Company(
        "rheinufer", "Rheinufer Stadtwerke GmbH", "rheinufer-sw.example", "jonas", "mid-market", "Utilities", "DE",
        "Neuwied", "Europe/Berlin", "EUR", 780, 260_000_000,
        people=(
            Person("Claudia Henn", "Leiterin Netzplanung", "champion", 1),
            Person("Bernd Kessler", "Kaufmännischer Leiter", "economic buyer", -1),
            Person("Yusuf Demir", "Network Documentation", "user", 0),
        ),
        docs=("connection requests", "easement files", "meter records"),
        teams=("network planning", "metering", "legal"),
        system="the GIS", project="the connection portal", goal="answer a connection request in ten working days",
        lines=(Line("folio", 150, 135, before=2, notice=60, business=True), Line("flow", 90, 135, before=0, notice=60)),
        usage=Usage(73, 52, 20), mood=(8, 6), touches=62, tickets=19, last=10, rival="Papyron", lifecycle="adopted",
    ),
    Company(
        "etoile", "Groupe Étoile-Lefèvre SAS", "etoile-lefevre.example", "tomás", "mid-market", "Hospitality", "FR",
        "Bordeaux", "Europe/Paris", "EUR", 890, 118_000_000,
        people=(
            Person("Hélène Lefèvre", "Directrice générale adjointe", "economic buyer", 1),
            Person("Baptiste Garnier", "Head of Purchasing", "champion", 1),
            Person("Inès Belkacem", "HR Administration", "user", 1),
        ),
        docs=("employment contracts", "franchise files", "supplier invoices"), teams=("purchasing", "HR", "franchise"),
        system="the payroll system", project="the season's contract run",
        goal="have every seasonal contract signed before the first shift",
        lines=(Line("folio", 160, 98, before=2, notice=90), Line("sign", 8000, 98, before=1, notice=90)),
        usage=Usage(77, 81, 40), mood=(8, 8), touches=64, tickets=15, last=6, lifecycle="renewing",
        aliases=("Étoile-Lefèvre", "Hôtels Lefèvre"),
    ),
    Company(
        "clairmont", "Clairmont Pharma SA", "clairmont-pharma.example", "tomás", "mid-market", "Pharmaceuticals", "FR",
        "Lyon", "Europe/Paris", "EUR", 1240, 420_000_000,
        people=(
            Person("Mathilde Roux", "Head of Quality Documentation", "champion", 2),
            Person("Olivier Chastain", "VP Quality", "economic buyer", 1),
            Person("Samantha Keane", "Site Quality Lead, New Jersey", "user", 1),
            Person("Thierry Mbaye", "Validation Manager", "influencer", 0),
        ),
        docs=("batch records", "deviation reports", "validation protocols"),
        teams=("quality", "validation", "regulatory"),
        system="the laboratory system", project="the electronic batch record",
        goal="release a batch in five days instead of eleven",
        lines=(
            Line("folio", 170, 275, before=2, notice=90), Line("vault", 1500, 275, before=1, notice=90),
            Line("sign", 4500, 246, before=0, currency="USD", contract="B"),
        ),
        usage=Usage(80, 85, 40), mood=(8, 9), touches=72, tickets=17, tone="warm",
    ),
    Company(
        "almeida", "Construções Almeida & Filhos S.A.", "almeida-filhos.example", "tomás", "mid-market", "Construction",
        "PT", "Porto", "Europe/Lisbon", "EUR", 950, 140_000_000,
        people=(
            Person("Rui Almeida", "Administrador", "economic buyer", -1),
            Person("Beatriz Faria", "Contracts Manager", "champion", 1),
            Person("Nuno Teixeira", "Site Administration", "detractor", -1),
        ),
        docs=("subcontracts", "site diaries", "safety plans"), teams=("contracts", "site administration", "safety"),
        system="the cost control system", project="the tablet roll-out",
        goal="have every subcontract signed before work starts",
        lines=(Line("folio", 125, 121, before=1, notice=60), Line("sign", 2800, 121, before=0)),
        usage=Usage(66, 43, 18), mood=(7, 5), tone="tense", touches=60, tickets=20, last=19, rival="Docuvia",
        lifecycle="at risk",
    ),
    Company(
        "cartagena", "Cartagena Puertos S.A.S.", "cartagenapuertos.example", "tomás", "mid-market", "Ports", "CO",
        "Cartagena", "America/Bogota", "USD", 610, 97_000_000,
        people=(
            Person("Mónica Restrepo", "Gerente de Operaciones", "champion", 1),
            Person("Andrés Villamil", "CFO", "economic buyer", 1),
            Person("Paola Nieto", "Customs Documentation", "user", 1),
        ),
        docs=("container releases", "customs manifests", "inspection orders"),
        teams=("gate control", "customs", "billing"),
        system="the terminal system", project="the electronic release", goal="release a container without a messenger",
        lines=(Line("folio", 100, 312, before=2),),
        usage=Usage(76, 76, 40), mood=(8, 8), touches=54, tickets=12, last=12,
    ),
)  # fmt: skip
