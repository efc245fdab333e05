"""Small accounts, a former customer and the prospects."""

from __future__ import annotations

from typing import Final

from bot.sample.model import Company, Line, Person, Usage

SMALL: Final = (
    Company(
        "acme-ltd", "Acme Ltd", "acme-ltd.example", "maya", "small", "Office interiors", "GB", "Leeds", "Europe/London",
        "GBP", 64, 9_400_000,
        people=(
            Person("Graham Sykes", "Owner", "economic buyer", 1),
            Person("Nisha Patel", "Office Manager", "champion", 1),
        ),
        docs=("fitting plans", "snag lists", "quotations"), teams=("fitting", "sales"), system="the quoting tool",
        project="the snag list on the phone", goal="get a snag list signed before the van leaves",
        lines=(Line("folio", 18, 208, before=1, notice=30, discount=0),),
        usage=Usage(72, 78, 30), mood=(8, 8), touches=26, tickets=6, last=25,
    ),
    Company(
        "lindgren", "Lindgren Arkitekter AB", "lindgrenark.example", "maya", "small", "Architecture", "SE", "Uppsala",
        "Europe/Stockholm", "SEK", 38, 52_000_000,
        people=(
            Person("Johanna Lindgren", "Founder", "economic buyer", 1),
            Person("Viktor Sund", "Studio Manager", "champion", 1),
        ),
        docs=("building permits", "drawing sets", "tender documents"), teams=("studio", "tender"),
        system="the project server", project="the permit folder", goal="send a complete permit application first time",
        lines=(Line("folio", 22, 346, before=1, notice=30, discount=0),),
        usage=Usage(80, 86, 30), mood=(9, 9), tone="warm", touches=28, tickets=5, last=14,
    ),
    Company(
        "hollerbusch", "Bäckerei Hollerbusch KG", "hollerbusch.example", "jonas", "small", "Bakery", "DE", "Bamberg",
        "Europe/Berlin", "EUR", 92, 7_800_000,
        people=(Person("Anton Hollerbusch", "Inhaber", "economic buyer", 0), Person("Gisela Kraus", "Büroleitung")),
        docs=("recipe cards", "hygiene logs", "shift plans"), teams=("bakery", "shop"), system="the till system",
        project="the hygiene log on a tablet", goal="survive a hygiene inspection without a folder",
        lines=(Line("folio", 12, 176, before=1, notice=None, discount=0),),
        touches=9, tickets=0, last=236,
    ),
    Company(
        "dubreuil", "Imprimerie Dubreuil SARL", "imprimerie-dubreuil.example", "tomás", "small", "Printing", "FR",
        "Nantes", "Europe/Paris", "EUR", 47, 6_100_000,
        people=(
            Person("Sylvie Dubreuil", "Gérante", "economic buyer", -1),
            Person("Kévin Marchand", "Prépresse", "user", -1),
        ),
        docs=("print orders", "proofs", "paper certificates"), teams=("prepress", "order desk"),
        system="the order book",
        project="proofing by e-mail", goal="get a proof approved the same day",
        lines=(Line("folio", 16, -194, before=1, auto=False, notice=30, discount=0, status="cancelled"),),
        mood=(6, 4), tone="tense", touches=24, tickets=8, last=188, kind="former", lifecycle="churned", rival="Papyron",
    ),
    Company(
        "dunmore", "Dunmore Vets Ltd", "dunmorevets.example", "", "small", "Veterinary", "GB", "Dunmore",
        "Europe/London", "GBP", 55, 5_200_000,
        people=(
            Person("Fiona McAteer", "Practice Manager", "champion", 0),
            Person("Colin Dunmore", "Principal Vet", "economic buyer", 0),
        ),
        docs=("consent forms", "lab results", "insurance claims"), teams=("reception", "nursing"),
        system="the practice software", project="consent on the tablet", goal="claim from insurers the same day",
        lines=(Line("folio", 20, 143, before=1, notice=30, discount=0),),
        usage=Usage(60, 58, 30), mood=(8, 7), touches=18, tickets=6, last=64,
    ),
    Company(
        "ironbridge", "Ironbridge Analytics Ltd", "ironbridge-analytics.example", "maya", "small", "Analytics", "GB",
        "Telford", "Europe/London", "GBP", 73, 8_900_000,
        people=(
            Person("Harriet Cole", "Chief of Staff", "champion", 1),
            Person("Devesh Rao", "Managing Director", "economic buyer", 1),
            Person("Ollie Marsh", "Data Engineer", "user", 1),
        ),
        docs=("statements of work", "data agreements", "client reports"), teams=("delivery", "finance"),
        system="the project tracker", project="the statement-of-work template",
        goal="send a statement of work on the day of the call",
        lines=(Line("folio", 30, 351, before=0, notice=30, discount=5),),
        usage=Usage(20, 47, 2), touches=7, tickets=3, last=2, lifecycle="onboarding",
    ),
    Company(
        "copperfinch", "Copper Finch Studio LLC", "copperfinch.example", "priya", "small", "Design", "US", "Portland",
        "America/Los_Angeles", "USD", 24, 3_600_000,
        people=(
            Person("Wren Calloway", "Studio Director", "economic buyer", 1),
            Person("Diego Marín", "Producer", "champion", 1),
        ),
        docs=("briefs", "release forms", "estimates"), teams=("production", "studio"), system="the project board",
        project="the release form on set", goal="collect every release form before the crew goes home",
        lines=(Line("folio", 10, 9, months=1, before=0, auto=False, notice=None, discount=100, trial=True,
            status="trial"),),
        usage=Usage(40, 72, 3), touches=8, tickets=2, since=21, last=3, kind="prospect", lifecycle="trial",
    ),
    Company(
        "ribeira", "Ateliê Ribeira Lda", "atelieribeira.example", "tomás", "small", "Ceramics", "PT", "Lisboa",
        "Europe/Lisbon", "EUR", 31, 2_700_000,
        people=(Person("Madalena Ribeira", "Founder", "economic buyer", 2),
            Person("Gonçalo Pires", "Orders", "user", 1)),
        docs=("order sheets", "glaze recipes", "export papers"), teams=("workshop", "orders"), system="the web shop",
        project="the order sheet without retyping", goal="answer an order on the day it comes in",
        lines=(Line("folio", 9, 269, before=1, notice=30, discount=0),),
        usage=Usage(78, 89, 30), mood=(9, 10), tone="warm", touches=22, tickets=3, last=18,
    ),
    Company(
        "solvik", "Solviks kommun", "solvik.example", "maya", "mid-market", "Public sector", "SE", "Solvik",
        "Europe/Stockholm", "SEK", 2100, 1_900_000_000,
        people=(
            Person("Gunilla Strand", "Kanslichef", "decision-maker", 1),
            Person("Ahmed Yassin", "Registrar", "champion", 1),
        ),
        docs=("council minutes", "building permits", "public records"), teams=("registry", "planning"),
        system="the case system", project="the open register", goal="answer a records request the same day",
        touches=14, tickets=0, since=140, last=5, kind="prospect", lifecycle="evaluation",
    ),
    Company(
        "thalassa", "Θάλασσα Γραμμές Α.Ε.", "thalassa-lines.example", "tomás", "mid-market", "Ferries", "GR", "Piraeus",
        "Europe/Athens", "EUR", 760, 150_000_000,
        people=(
            Person("Ελένη Παππά", "Operations Director", "decision-maker", 0, called="Eleni", mail="e.pappa"),
            Person("Nikos Vrettos", "IT Manager", "influencer", 1),
        ),
        docs=("passenger manifests", "port clearances", "crew rosters"), teams=("port desk", "crewing"),
        system="the booking system", project="clearance without fax", goal="clear a ferry in twenty minutes",
        touches=12, tickets=0, since=120, last=9, kind="prospect", lifecycle="evaluation", aliases=("Thalassa Lines",),
    ),
    Company(
        "emporia", "Emporia Retail Partners Inc.", "emporiaretail.example", "priya", "strategic", "Retail", "US",
        "Dallas",
        "America/Chicago", "USD", 5600, 1_700_000_000,
        people=(
            Person("Valerie Nash", "VP Store Operations", "decision-maker", 0),
            Person("Corey Hollins", "Director of Store Systems", "champion", 1),
        ),
        docs=("lease files", "store audits", "vendor agreements"), teams=("store operations", "real estate"),
        system="the lease database", project="the store opening checklist", goal="open a store with one checklist",
        touches=16, tickets=0, since=170, last=4, kind="prospect", lifecycle="evaluation", rival="Docuvia", tier="A",
    ),
    Company(
        "weidenbach", "Weidenbach Kliniken gGmbH", "weidenbach-kliniken.example", "jonas", "mid-market", "Health care",
        "DE", "Freiburg", "Europe/Berlin", "EUR", 1900, 165_000_000,
        people=(
            Person("Prof. Dr. Karsten Weil", "Ärztlicher Direktor", "decision-maker", 0, called="Prof. Weil",
                mail="k.weil"),
            Person("Simone Jäger", "Head of Patient Administration", "champion", 1),
        ),
        docs=("consent forms", "discharge letters", "device records"),
        teams=("patient administration", "medical technology"),
        system="the hospital system", project="consent on the ward",
        goal="have consent signed before the theatre list closes",
        touches=13, tickets=0, since=95, last=8, kind="prospect", lifecycle="evaluation",
    ),
)  # fmt: skip
