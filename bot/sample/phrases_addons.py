"""What is talked about: the add-ons, the first weeks of a customer, and the time before there is a contract."""

# ruff: noqa: E501 - a sentence is kept on one line, so that it can be read aloud

from __future__ import annotations

from typing import Final

from bot.sample.topics import Topic

ADDONS: Final = (
    Topic(
        "Approval workflow",
        product="flow",
        call=(
            (
                "The approval flow for {doc} has one step too many, {first} says.",
                "Looked at the flow for {doc}: half of the cases wait for one person.",
                "{first} built a flow for {doc2} without asking anyone, and it works.",
            ),
            (
                "A deputy rule would halve the waiting.",
                "{other} insists on seeing everything above a limit.",
                "We cut it from {n} steps to three.",
                "It handles {n2} cases a day now.",
            ),
        ),
        out=(
            (
                "I have drawn the approval flow as it runs today, not as it was meant.",
                "The deputy rule for {doc} is ready to be switched on.",
            ),
            (
                "The longest wait is at step three.",
                "If {other} is away for more than a day, the next in line is asked.",
            ),
        ),
        inn=(
            ("Can a flow skip a step when the amount is small?", "{n2} {doc} are stuck because {other} is on leave."),
            ("Nobody here dares to change it.", "We would like a deputy rule."),
        ),
    ),
    Topic(
        "Failed runs",
        product="flow",
        call=(
            (
                "Some flow runs fail when {system} is down at night.",
                "{first} gets an alert for every failed run and has stopped reading them.",
            ),
            (
                "They now retry in the morning.",
                "One summary a day would be enough.",
                "{n} failed last week, all for the same reason.",
            ),
        ),
        out=(
            ("The failed runs of last week all have one cause: {system} was not reachable between two and three.",),
            ("They are repeated at six from now on.", "You will get one summary instead of {n2} alerts."),
        ),
        inn=(
            ("We had {n} failed runs overnight.", "The alerts about failed runs are too many to be read."),
            ("Were the {doc} processed or not?", "One mail a day would do."),
        ),
    ),
    Topic(
        "Signing order",
        product="sign",
        call=(
            (
                "Signatures: {doc} need two signers in a fixed order, and the second is usually travelling.",
                "{first} measured it: {doc} come back signed after {n} days on average.",
            ),
            (
                "Signing on the phone has helped most.",
                "It was over two weeks before.",
                "{other} still prints them out, and nobody says a word.",
            ),
        ),
        out=(
            (
                "Reminders for unsigned {doc} now go out after two days instead of five.",
                "The figures for signatures: {n} days on average from sending to the last signature.",
            ),
            ("The second signer can delegate while travelling.", "A third of the delay is the weekend."),
        ),
        inn=(
            ("The second signer never sees our requests.", "Can somebody outside the company sign without an account?"),
            ("They land in the spam folder.", "We send about {n2} a week."),
        ),
    ),
    Topic(
        "Envelopes",
        product="sign",
        call=(
            ("They send more envelopes than planned.", "{first} asked what happens when the envelopes run out."),
            (
                "Nothing stops; it is settled at the renewal.",
                "the {team} team alone sends {n2} a day.",
                "I showed where the count is.",
            ),
        ),
        out=(
            ("On your question about the envelopes: nothing stops when the number is reached.",),
            ("The count is on the administration page, upper right.", "We look at it together before the renewal."),
        ),
        inn=(
            ("What happens when our envelopes are used up?",),
            ("the {team} team sends more than we thought.", "I do not want to find out on a Friday evening."),
        ),
    ),
    Topic(
        "Archive volume",
        product="vault",
        call=(
            (
                "The archive grows by about {n} percent a month.",
                "{first} wants the old scans of {doc} in Vault before {month}.",
                "Talked about what belongs in the archive and what is just kept.",
            ),
            (
                "Video files from {team} are the reason.",
                "{n2} boxes are still in a cellar in {city}.",
                "{other} prefers to pay for space rather than to argue about it.",
            ),
        ),
        out=(
            (
                "The figures for the archive: what grows are scans of {doc} in colour.",
                "The scanning company can deliver in our format.",
            ),
            (
                "Switching to grey would halve it, and nobody would see the difference.",
                "The first {n2} boxes would take {n} days.",
            ),
        ),
        inn=(
            ("How much space do we have left in Vault?", "We want to empty the cellar in {city} at last."),
            ("the {team} team has started to file videos.", "It is {n2} boxes, some of them from before my time."),
        ),
    ),
)

FIRST_WEEKS: Final = (
    Topic(
        "Kick-off",
        stage="new",
        call=(
            ("Kick-off with {first} and {other}.", "Second session of the onboarding with {first}."),
            (
                "They want to {goal}, in that wording.",
                "First {doc} are in; the {team} team starts on {weekday}.",
                "Single sign-on waits for their IT.",
            ),
        ),
        out=(
            ("Welcome aboard, and thank you for a lively kick-off.", "The plan for the first thirty days is attached."),
            ("We start with {doc} and leave {doc2} for later.", "Your own part in it is about two hours a week."),
        ),
        inn=(
            ("Thanks for the kick-off.", "We have named our administrator."),
            (
                "Can we invite {n} more people to the training?",
                "{other} will be the person for all technical questions.",
            ),
        ),
    ),
    Topic(
        "First import",
        stage="new",
        call=(
            ("The first import of {doc} is through.", "{first} has cleaned up the folder names before the import."),
            ("{n2} files were refused because of their names.", "{other} did it in an evening."),
        ),
        out=(
            ("Your first import is through, with {n2} files refused.",),
            (
                "All of them have a slash in the name; the list is attached.",
                "Rename and repeat, nothing is counted twice.",
            ),
        ),
        inn=(
            ("Our first import stopped after a few minutes.",),
            ("Does the order of the columns matter?", "The file has umlauts in it, could that be it?"),
        ),
    ),
)

PROSPECTS: Final = (
    Topic("First talks", stage="prospect", phase=(0.0, 0.5), call=(
        ("Discovery call with {first}: {doc} are still moved around by e-mail and on paper.", "{first} described how {team} handles {doc} today.", "Met {first} after the trade fair."),
        ("What they want is to {goal}.", "Budget is not there yet, interest is.", "{other} decides, {first} prepares.", "They have looked at {rival} before.")),
        out=(("Thank you for the open talk about {doc}.", "As promised, two examples from companies of your size."), ("If I understood you, the aim is to {goal}; tell me where that is too simple.", "The second one is closer to your case. I left the prices out on purpose, we should first agree on the scope.")),
        inn=(("We are looking for a way to handle {doc} without paper.", "Your colleague gave me your name at the fair."), ("About {n2}0 people would work with it.", "{other} would like to see it once before we talk about money."))),
    Topic("Demonstration", stage="prospect", phase=(0.3, 0.8), call=(
        ("Demonstration for {team}, nine people.", "Showed Folio to {first} and {other} with their own {doc}."), ("The search made the difference.", "Questions about {system} took half the time.", "{other} stayed to the end, which I take as a good sign.")),
        out=(("Thank you for bringing so many people to the demonstration.", "The recording of the demonstration is attached."), ("I have answered the {n} open questions in the document.", "The part about {system} begins at minute twelve.")),
        inn=(("The feedback from {team} was good.", "After the demonstration we have some questions about {system}."), ("People liked that nothing has to be retyped.", "Can we try it with real {doc}?"))),
    Topic("Offer", stage="prospect", phase=(0.6, 1.0), call=(
        ("{first} has the offer and no complaints about the price.", "Talked through the offer with {first}.", "Purchasing has its own conditions, {first} sends them."),
        ("{other} wants a way out after the first year.", "A decision is expected in {month}.", "The comparison with {rival} is still on the table.")),
        out=(("The offer for {team} is attached.", "I have changed the offer as we discussed."), ("It holds until the end of {month}.", "The second page says what is not included.")),
        inn=(("We have received the offer, thank you.", "Purchasing asks for our own terms to apply."), ("It goes to {other} this week.", "Is there room in the price if we sign for two years?"))),
)  # fmt: skip
