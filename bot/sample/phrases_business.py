"""What is talked about: people, money, plans and the seasons of an office."""

# ruff: noqa: E501 - a sentence is kept on one line, so that it can be read aloud

from __future__ import annotations

from typing import Final

from bot.sample.topics import Topic

BUSINESS: Final = (
    Topic("Seats", call=(
        ("Went through the seat list: {active} of {seats} were used last week.", "{first} asked how many seats are really in use; I said {active} of {seats}.",
         "Seat list with {first}, {seats} bought, {active} active."),
        ("Some of the rest are leavers nobody removed.", "The {team} team would take more if {other} agreed.", "They do it once a quarter now, without being asked.",
         "{first} will go through the names with {team}.")),
        out=(("The seat list as of today: {active} people were active last week, {seats} seats are in the contract.", "You asked for the seat figures: {seats} in the contract, {active} in use."),
             ("Names that did not log in for ninety days are in the second sheet.", "I would not change anything before the figures of {month} are in.")),
        inn=(("Could you send me the list of people who have not logged in for three months?", "How many of our {seats} seats are in use?"),
             ("I want to move some seats from {team} to another team.", "{other} asks every quarter."))),
    Topic("Budget", months=(8, 9, 10, 11), call=(
        ("Budget round: {first} has to defend every line above last year.", "{other} has frozen new spending until {month}."),
        ("Folio is safe, the add-ons are not mentioned.", "A page with hours saved in the {team} team would help.", "They will decide after the half-year figures.")),
        out=(("For your budget talks, here are the figures for next year at unchanged volume.", "I hear budgets are being cut, so here is what can wait and what cannot."),
             ("Prices hold until the end of {month}.", "Only the part for {team} is new.")),
        inn=(("I have to hand in my budget by the end of {month}.", "Finance asks for next year's figures already."),
             ("A rough number is fine.", "Please split it by team, the {team} team pays its own share."))),
    Topic("Reorganisation", call=(
        ("The {team} team will be split in two from {month}, says {first}.", "Another reorganisation in {city}: {other} takes over {team}."),
        ("For us it means a second administrator.", "{first} keeps the budget.", "Nothing changes for the next {n} weeks.", "I asked for an introduction.")),
        out=(("Thank you for the early word on the reorganisation.", "So that nothing gets lost when the {team} team is split, I made a list of owners for {doc}."),
             ("I would like to meet whoever takes over {doc2} in the first week.", "Three lines have a question mark; you will know.")),
        inn=(("From {month} on {other} will be responsible for {team}.", "You may have heard that the {team} team is being reorganised."),
             ("I stay in charge of {doc}.", "Please copy {other} and me until it is settled."))),
    Topic("Holiday cover", months=(6, 7, 12), call=(
        ("{first} is away for two weeks.", "Summer plans: {first} out first, {other} after."),
        ("{other} decides in the meantime.", "Nothing new will start before they are both back.", "I hand over to Ingrid for the first week of my own leave.")),
        out=(("Before you leave: nothing is open on our side.", "A quiet reminder that I am on leave in the second week of {month}."),
             ("Support answers as always.", "Ingrid covers for me and knows about {project}.")),
        inn=(("I am away until the middle of {month}.", "A short note before the holidays: the {team} team works with half its people."),
             ("{other} has the keys to everything.", "Only {doc2} go on as usual."))),
    Topic("Audit", call=(
        ("External auditors were in {city} and asked for {n2} {doc} at random.", "{first} told me how the audit went."),
        ("All found within the hour, {first} was visibly proud.", "Two were missing their signature page.", "The audit log got more attention than the files.", "Next time {other} wants a dress rehearsal with us.")),
        out=(("For your audit: the log for the whole year as a file, nothing removed.", "I have prepared the audit export for {doc}."),
             ("Every line says who opened what, and when.", "The auditors usually ask for {doc2} next, so I added them.")),
        inn=(("The auditors come in the first week of {month}.", "Audit is over."), ("They would like a copy of the log for {doc}.", "They had no remarks on {doc}, one on {doc2}."))),
    Topic("Security questionnaire", call=(
        ("A security questionnaire with 1{n2} questions is on its way.", "{other} asked about where {doc} are stored and who can read them."),
        ("Most of it is in our standard answers.", "Encryption keys and the list of subprocessors are what they care about.", "Aoife takes the technical half.")),
        out=(("The questionnaire is back, all but {n} questions answered.", "On where your data is kept: in the region of your contract, copies included."),
             ("The open ones need a signature from our side, which takes until {weekday}.", "The current list of subprocessors is attached.")),
        inn=(("Please find our yearly security questionnaire attached.", "Our data protection officer has a question about {doc}."),
             ("We need it back by the end of {month}.", "Which of your people can open them, and is it logged?"))),
    Topic("Release news", call=(
        ("Showed {first} the new comparison view.", "{first} had read the release notes, which almost nobody does."),
        ("It fits {doc} better than I thought.", "It should go to {team} only, at first.", "The change to the approval screen annoys {team}: one click more than before.", "{other} asked for the old view as an option.")),
        out=(("The new release goes live on {weekday}.", "One thing in this month's release is for you: two versions of {doc} can be compared side by side."),
             ("Nothing needs to be switched on.", "The {team} team asked for it a year ago.")),
        inn=(("The new approval screen needs one click more than the old one.", "Is the comparison of two versions included in what we have?"),
             ("With {n2} {doc} a day that adds up.", "The {team} team would use it at once."))),
    Topic("Wish: reading tables", call=(
        ("Product wish from {first}: read the tables inside {doc}.", "{first} repeated the wish for reading tables out of {doc}."),
        ("Others have asked for it; I logged it with their name.", "Today the {team} team types {n2} lines per file.", "I said honestly that it is not on this year's plan.")),
        out=(("I have put your wish to read tables out of {doc} on the product list.", "A word on the wish from {team}: product has looked at it."),
             ("It is not planned for this year, and I would rather tell you so.", "They would like to see five real examples.")),
        inn=(("Any news on reading tables out of {doc}?", "The {team} team asks whether it can ever stop typing numbers from {doc}."),
             ("It would save us about {n} hours a week.", "Another supplier claims to do it."))),
    Topic("Reference", tones=("warm",), call=(
        ("{first} would speak to a prospect for us.", "Asked {first} about a reference call; a clear yes."),
        ("Not more than one per quarter, please.", "{other} has to agree to the name being used.", "It was a pleasure to be asked, I was told.")),
        out=(("Thank you for speaking to the other company last week.", "The draft of the case study is attached."),
             ("They said it was the most useful half hour of their search.", "Nothing goes out before {other} has agreed.")),
        inn=(("The reference call went well, I think.", "I have read the draft of the case study."),
             ("They asked mostly about {doc} and the first month.", "Please take out the sentence about {system}."))),
    Topic("Response times", tones=("neutral", "tense"), call=(
        ("{first} feels that support answers fast and solves slowly.", "{first} had printed the ticket list and went through it line by line."),
        ("I brought Samir in for the last ten minutes.", "{n} of them were waiting for an answer from their side.", "We agreed on a weekly list until it is better.", "Fair criticism, on the whole.")),
        out=(("Samir and I have been through your open tickets.", "You asked for honest figures on support, so here they are."),
             ("The two that block {team} are with the developers now.", "First answers came within the hour, solutions took {n} days on average.")),
        inn=(("I get a polite answer within the hour and then nothing for a week.", "Who decides what is urgent on your side?"),
             ("The {team} team has stopped reporting problems altogether.", "For us {doc} are urgent by definition."))),
    Topic("Competition", tones=("tense",), call=(
        ("{other} has had a demonstration from {rival}.", "{first} mentioned {rival} twice without being asked."),
        ("Price was the argument, not function.", "I asked what they saw there that they miss here: the answer was speed.", "Nothing signed, but they are evaluating.")),
        out=(("You asked how we differ from others in the field.", "I would rather you compare with open eyes, so here is a list of questions to ask anyone."),
             ("The migration is what most people underestimate.", "The third one, about {doc2}, is where offers differ most.")),
        inn=(("Purchasing wants a second offer before we talk about next year.", "We have been shown {rival} and I will not pretend otherwise."),
             ("It is a formality, I am told.", "Some of it looked good, {doc} in particular."))),
    Topic("Thanks", tones=("warm",), call=(
        ("{first} opened with praise for {team}'s last month.", "Good news only: the backlog of {doc} is gone."),
        ("It took them {n} weeks instead of a quarter.", "{other} noticed and said so in front of everybody.", "I passed it on to Samir's people.")),
        out=(("That is good to hear, and I have passed it on to the people who did the work.",), ("The backlog of {doc} was their idea, not ours.", "I would like to hear in {month} whether it lasted.")),
        inn=(("A word of thanks from {team}.", "I wanted you to know that the backlog of {doc} is gone."), ("The new filter saves everybody a quarter of an hour a day.", "{other} has noticed, too."))),
    Topic("Invoice", call=(
        ("Invoice question: they need the order number on it.", "{first} forwarded a reminder from our finance people that should not have gone out."),
        ("Their new invoice portal refuses files without it. Corrected the same day.", "I apologised; the payment had arrived two days before.")),
        out=(("The corrected invoice is attached.", "Please disregard the reminder."), ("The order number is now on the first page.", "It crossed with your payment, and I am sorry for the noise.")),
        inn=(("Your invoice came back from our portal because the order number is missing.", "We received a reminder although the invoice is paid."),
             ("Please send it again as a new document.", "Our finance people are not amused."))),
)  # fmt: skip
