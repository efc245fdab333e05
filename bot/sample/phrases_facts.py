"""Sentences about things that are rows elsewhere in the book: tickets, answers, promises, terms, figures."""

# ruff: noqa: E501 - a sentence is kept on one line, so that it can be read aloud

from __future__ import annotations

from typing import Final

REVIEWS: Final = (
    "Quarterly review with {first} and {other}. {active} of {seats} seats active, {tickets}. {project_cap} took half of the time; {first} wants to {goal} and has the figures to show for it.",
    "Review of the quarter in {city}. We showed {active} active people out of {seats}. Support took five minutes ({tickets}). {other} asked for fewer slides next time.",
    "Business review, {first} and {other} present. Usage stands at {active} of {seats}. Discussed {doc} at length, {doc2} not at all. {tickets_cap} since the last one.",
    "Quarterly review. {first} opened with {project}, we followed with the figures: {seats} seats, {active} in use, {tickets}. {other} joined late and asked the best question: what would we stop doing?",
    "Sat down with {first} and {other} for the quarter. {tickets_cap}, {active} of {seats} seats used. Their priorities for the next one: {doc}, then {system}.",
    "Review meeting. No surprises in the figures ({active} of {seats} seats, {tickets}). The {team} team presented its own part, which was the best of it.",
)

RENEWAL_FAR: Final = (
    "First word about the renewal on {ends}. {first} expects {seats} seats again, {other} will ask for a better price.",
    "Mentioned the term that ends on {ends}, so that nobody is surprised. {first} wrote it down.",
    "Talked about the time after {ends}. {seats} seats are about right, {first} says, the {team} team may grow.",
    "Renewal on the horizon ({ends}). {first} wants to see the usage of {team} first: {active} of {seats} last week.",
)
RENEWAL_NEAR: Final = (
    "Offer for the next term sent: {seats} seats, {amount} a year. {first} passes it on to {other}.",
    "Went through the renewal offer of {amount} with {first}. The seats are agreed, the payment date is not.",
    "{other} came back on the renewal: {seats} seats are fine, {amount} has to go through purchasing.",
)
RENEWAL_DONE: Final = (
    "Renewed. {seats} seats until {ends}, {amount} a year. {first} sent the signed copy at lunch.",
    "Signature is in: next term to {ends} with {seats} seats for {amount} a year. Thanked {first} and {other}.",
    "The renewal is signed, {amount} a year until {ends}. It took one call fewer than last time.",
)

TICKET_TALK: Final = (
    "{first} raised the ticket “{ticket}”. It hits the {team} team most. I said where it stands and that Samir watches it.",
    "Talked about “{ticket}” ({number}). {first} was calmer on the telephone than in writing.",
    "“{ticket}” is what {first} wanted to speak about. I do not have a date yet and said so.",
    "{first} asked why {number} (“{ticket}”) was not marked urgent. Agreed on who calls whom next time.",
    "Followed up on {number}, “{ticket}”. The {team} team has a way around it; {first} wants the cause.",
)
TICKET_MAIL: Final = (
    "a short word on {number} (“{ticket}”): the developers have it, and I ask every morning. You hear from me by {weekday} in any case.",
    "you wrote to support about “{ticket}”. I have read the whole of {number} and put it in front of Samir. The {team} team need not write again.",
    "{number} (“{ticket}”) is on my list, too. If it holds up {doc}, call me and do not wait for the ticket.",
)

DETRACTOR: Final = (
    "thank you for answering our survey so frankly. You gave us a {score}, and I would like to understand it. Could I call you on {weekday}?",
    "a {score} is a clear word. I would rather hear the reasons from you than guess them. Twenty minutes on {weekday} would help me a great deal.",
    "I saw your answer to the survey ({score} out of 10). You need not be polite with me; what would have to change first?",
    "your answer ({score}) was lower than I expected, which says something about my expectations. When can I listen?",
    "{score} out of 10. I have read the tickets of the last months again with that in mind. May I bring Samir to our next call?",
)
PROMOTER: Final = (
    "thank you for the {score} in our survey. It was read aloud in our Monday meeting. Which part should we be careful not to break?",
    "your {score} is on our wall, without your name. What would have made it one better, or were you just being kind?",
    "I read your answer twice: {score}. If {other} ever doubts the budget, I know whom to quote.",
    "a {score} is not given lightly in your trade, so thank you. I will ask again in half a year.",
    "a {score} from you made my day. Would you say the same to a company that is just looking at us?",
    "thank you for the kind answer ({score} out of 10). I have passed it on to the people who look after {doc} in your account.",
)

PROMISE_MADE: Final = (
    "{first} asked about it twice, so I said: “{quote}” By {due}.",
    "Promise from the call with {first}: “{quote}” Due {due}.",
    "I told {first}: “{quote}” {first} noted {due}, so it had better be true.",
    "One thing for us out of the talk with {first}. “{quote}” Date: {due}.",
)
PROMISE_THEIRS: Final = (
    "{first} said: “{quote}” By {due}. I will remind, kindly.",
    "For once the work is theirs. {first}: “{quote}” Due {due}.",
    "{first} took something with them: “{quote}” We agreed on {due}.",
)
PROMISE_KEPT: Final = (
    "done, as promised on {made}: “{quote}” The {team} team can check it.",
    "on {made} I told you: “{quote}” Here it is. Tell me if anything is missing.",
    "you have waited since {made}, so without further words: it is done. “{quote}” That line can be crossed out.",
)
PROMISE_MISSED: Final = (
    "We did not keep it: “{quote}” was due on {due}. {first} has noticed. Apologised and said why; no new date before I am sure of it.",
    "Missed the date for “{quote}” ({due}). {first} was polite about it, which is worse.",
)

USAGE_NOTES: Final = (
    "Looked at the week: {active} of {seats} people active. {trend}",
    "Usage check before the call: {active} active, {seats} paid for. {trend}",
    "{active} active people last week at {seats} seats. {trend}",
    "For the file: weekly actives stand at {active}, seats at {seats}. {trend}",
)
TREND_WORDS: Final = {
    "up": (
        "The {team} team is the reason.",
        "More than a quarter ago, and nobody had to push.",
        "A good argument for the next talk with {other}.",
        "Growing since {month_past}.",
    ),
    "flat": (
        "As always.",
        "No change worth a word.",
        "Steady; the {team} team carries most of it.",
        "Flat since {month_past}.",
    ),
    "down": (
        "That is fewer than a quarter ago and I do not like it.",
        "The {team} team has nearly vanished from the list.",
        "Need to ask {first} what happened in {team}.",
        "Falling since {month_past}, slowly enough that nobody complains.",
    ),
}
QUIET_NOTES: Final = (
    "Read up on {company} before the next call. They are hiring in {team}, and {project} is in their own newsletter.",
    "Saw {other} at a trade evening. No talk about us, friendly.", "Updated the contact list: everyone still in place, {other} has a new telephone number.",
    "the {team} team closed its books this week, so no calls before {weekday}.", "Ingrid asked where we stand here. My answer: {project} decides it.",
    "Prepared the figures on {doc} for the next call with {first}.", "Their annual report is out. {city} gets a new site, which may mean people for {team}.",
    "Handed Aoife the list of questions about {system}.", "Support mentions that {first} now answers tickets for colleagues. A hidden champion.",
    "Filed the signed data agreement.", "Checked who has not been spoken to for a while: {other}. Will change that in {month}.",
    "A press note says {company} wants to {goal}. That sentence is ours, more or less.", "Cleaned up our own notes on {doc2}; two were about another customer.",
    "Compared how {team} here and two other customers treat {doc}. These are ahead.", "Nothing from {first} this week, which is unusual but fits the season.", "Product asked for companies that would test reading tables. Put {company} on the list because of {doc}.",
    "Went through the open points of the last two calls. One left, and it is with {system}.", "A competitor of theirs has signed with us. Nothing to say to {first} before it is public.", "{first} was quoted in a trade paper about {project}. Sent congratulations.",
    "Wrote down who decides what here: {first} starts things, {other} ends them.", "Two of our mails to {other} were read and not answered. I take it as a no for this month.", "Checked the notes from {month_past}: the worry then was {doc2}, nobody speaks of it now.",
    "The {team} team gets a new head in {month}. I do not have a name yet.", "Their fiscal year ends in {month}. Anything that costs money has to be said before.", "Samir's people like working with {team}: good descriptions, no shouting.",
    "Asked finance: invoices are paid, on average {n2} days after the date.", "Shortened the account plan to one page. {project_cap} first, {doc} second, everything else can wait.", "A former colleague of {first} works for {rival}. No sign that it matters.",
    "{city} was closed for two days because of the weather, so the week's figures mean little.", "Thought about who could follow {first} one day. There is nobody yet, and that should change.", "{company} and another customer asked the same question about {doc} in one week. Told product.",
    "Aoife reports that {system} gets a new version in {month}. We should test before they do.", "Introduced Ingrid to {other} by mail, so that there is a second line between the houses.",
)  # fmt: skip
