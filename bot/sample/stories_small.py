"""The written moments of the small accounts. Days are days ago."""

# ruff: noqa: E501 - a sentence is kept on one line, so that it can be read aloud

from __future__ import annotations

from typing import Final

from bot.sample.model import Beat, Case, Promise

BEATS: Final[dict[str, tuple[Beat, ...]]] = {
    "acme-ltd": (
        Beat(130, "call", ("Graham",), "Which Acme?", "Graham is amused that there are three Acmes in our book. His fits kitchens for offices in Leeds and has never met the other two."),
        Beat(25, "call", ("Nisha",), "Snag lists", "Nisha's fitters get the snag list signed on the phone in nine cases out of ten. The tenth is Graham."),
    ),
    "lindgren": (Beat(90, "email", ("Viktor",), "First time right", "Hej Maya, the last three permit applications went through without a single question back. That has not happened since I started here. Viktor", safe=True, by="them"),),
    "hollerbusch": (
        Beat(420, "call", ("Anton",), "Between two doughs", "Anton speaks to us between two doughs, about four minutes a year. He is satisfied, he says, and Gisela does the computer."),
        Beat(236, "email", ("Gisela",), "Rechnung", "Guten Tag Herr Berg, the invoice has been paid. We need nothing at the moment. Kind regards, Gisela Kraus", safe=True, by="them"),
    ),
    "dubreuil": (
        Beat(290, "call", ("Sylvie",), "Sylvie is giving notice", "Sylvie gives notice. Two big customers are gone, the price was never the point, but every franc is, as she put it, ignoring thirty years of euros."),
        Beat(188, "email", ("Sylvie",), "Our files", "Bonjour Tomás, the export of our files has arrived and is complete. It was a fair ending. If the shop picks up again, I know your number. Sylvie Dubreuil", safe=True, by="them"),
    ),
    "dunmore": (
        Beat(64, "email", ("Fiona",), "Insurance claims", "Hello, our insurer accepts claims only as one file now. Can we merge the lab results and the form into one? Nobody has been in touch for months, so I am writing to the general address. Fiona McAteer", safe=True, by="them"),
    ),
    "ironbridge": (
        Beat(44, "call", ("Harriet",), "From a recommendation", "Harriet heard of us from a former colleague at Strandbury. They write forty statements of work a quarter, each from an old one, each with the wrong customer name somewhere."),
        Beat(29, "meeting", ("Harriet", "Devesh"), "Demonstration", "Devesh asked three good questions and signed off the budget in the meeting. Thirty seats for a year; he wants it live before the next big bid."),
        Beat(13, "meeting", ("Harriet", "Ollie"), "Kick-off", "Kick-off done. Ollie has the templates ready. They want the first statement of work out of Folio within ten days. Expectations are clear: no migration of old files, two trainings, one person to call."),
        Beat(7, "email", ("Ollie",), "Template fields", "Hi Maya, the project tracker gives us the client name with a trailing comma. Can the template cut it off, or should I do it on our side? Ollie", safe=True, by="them"),
        Beat(2, "call", ("Harriet",), "First one out", "The first statement of work went out yesterday, the same day as the call with the client. Harriet sent me a photograph of the clock."),
    ),
    "copperfinch": (
        Beat(19, "call", ("Wren",), "Trial starts", "Wren's crew came home from a shoot with 61 release forms, two of them unreadable. A month's trial with ten seats. She decides at the end of it and not a day later."),
        Beat(10, "email", ("Diego",), "On set", "Hi Priya, first shoot with the tablet: 34 forms, all readable, all signed before lunch. The sun is the only enemy, the screen is hard to read at noon. Diego", safe=True, by="them"),
        Beat(3, "call", ("Wren",), "What it would cost", "Wren asked for the price of ten seats without the word “platform” in it. Sent two lines. She thinks aloud about monthly payment."),
    ),
    "ribeira": (Beat(70, "call", ("Madalena",), "Orders", "Madalena answers orders in the evening of the same day, and Gonçalo has stopped retyping. She wanted to pay for one more seat than she needs, I talked her out of it."),),
}  # fmt: skip

CASES: Final[dict[str, tuple[Case, ...]]] = {
    "ironbridge": (
        Case(
            6,
            "low",
            "Trailing comma in the client name",
            "The client name from the project tracker ends with a comma. Where can we cut it off?",
            solved=5,
        ),
    ),
}

PROMISES: Final[dict[str, tuple[Promise, ...]]] = {
    "ironbridge": (
        Promise(13, 6, "Two trainings before the end of next week.", kept=7, status="kept"),
        Promise(13, -9, "The template for statements of work will be reviewed after the first ten."),
    ),
    "copperfinch": (Promise(3, -4, "Wren gets an offer for monthly payment."),),
    "dunmore": (Promise(64, 50, "We will look into merging files for the insurer."),),
}  # fmt: skip
