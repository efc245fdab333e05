"""What people write to support, and what gets promised."""

# ruff: noqa: E501 - a sentence is kept on one line, so that it can be read aloud

from __future__ import annotations

from typing import Final

TICKETS: Final = {
    "folio": (
        ("Search does not find {doc} added this week", "New {doc} show up in the folder but not in the search. It has been like this since {weekday}."),
        ("Preview of {doc} stays blank", "The preview is a white page for about one file in ten. Downloading works."),
        ("Cannot share a folder with {team}", "The group {team} is missing in the list, although it exists in our directory."),
        ("Import from {system} stopped", "The last file came through at twenty past three. After that nothing, and no error message either."),
        ("Wrong date on {doc}", "The date of receipt is one day early for everything that arrives after eleven in the evening."),
        ("Duplicate {doc} after the nightly run", "{n2} files exist twice since last night. Can the second copies be removed for us?"),
        ("App logs out all the time", "Several people in {team} have to log in again every few minutes on their phones."),
        ("Question about deleting {doc}", "How do we delete {doc} that were filed in the wrong place, so that they are really gone?"),
        ("Report of accesses is empty", "The access report for last month has a header and no lines. We know there were accesses."),
        ("Export takes hours", "Exporting {doc} for one year ran for {n} hours and then stopped at 94 percent."),
        ("New colleague cannot log in", "The message is “account not found”. The address was changed on {weekday}."),
        ("Template ignores the second page", "When we create {doc} from the template, the second page is missing."),
        ("Notifications arrive twice", "Everybody in {team} gets two mails for each new file since the last release."),
        ("Special characters in file names", "Names with accents turn into question marks after the upload from {system}."),
        ("Very slow on Monday morning", "Between nine and ten it takes up to twelve seconds to open anything in {city}."),
        ("Move {doc} to another folder in bulk", "We have {n2}0 files in the wrong place. Moving them one by one is not an option."),
        ("Scanner upload fails", "The scanner in {city} reports “refused” since its certificate was renewed."),
        ("Version history missing", "For {doc} edited in {month_past} we only see the last version."),
        ("Print layout cut off", "{doc_cap} lose their right margin when printed from the browser."),
        ("Request: extra field for {doc}", "We need one more field for our own reference number. Who can add it?"),
    ),
    "flow": (
        ("Approval stuck with a person on leave", "{n2} {doc} wait for somebody who is on leave. How do we reassign them all?"),
        ("Flow runs twice", "The flow for {doc} was started twice for the same file this morning."),
        ("Step skipped without a reason", "The second approval was skipped for {n} cases. The limit had not been changed."),
        ("Flow fails when {system} is down", "All runs between two and three at night failed. They were not repeated."),
        ("Cannot edit a running flow", "The editor says “in use”, although nobody else has it open."),
    ),
    "sign": (
        ("Signer does not get the mail", "The other side has not received our request, and their spam folder is empty."),
        ("Signature page in the wrong language", "Our partner sees the signing page in a language they do not read."),
        ("Signed file not filed back", "{doc_cap} are signed but do not appear in their folder."),
        ("Code by text message does not arrive", "Signers abroad wait for a code that never comes."),
    ),
    "vault": (
        ("Archive search times out", "A search over more than five years ends in a time-out."),
        ("Hold cannot be lifted", "The hold on {doc} from {month_past} should have ended, but the button is grey."),
        ("Checksum report needed", "Our auditors ask for proof that archived {doc} were not changed."),
    ),
}  # fmt: skip

TICKET_TAILS: Final = (
    "Screenshot attached.", "A colleague in {city} sees the same.", "It began after the last release, I think.", "Tried in two browsers, no difference.",
    "Please call me if you need one of the files.", "We have a way around it, but it is tedious.", "About {n2} people are affected.", "Not urgent, but annoying.",
    "We saw it first with {doc2}.", "{n2} cases so far.", "The first time was on {weekday}, in {city}.", "{doc_cap} are hit most.", "It worked until {weekday}.", "Nothing was changed on our side.", "It holds up the {team} team.", "We would like to know before the end of the week.",
    "Only on the computers in {city}.", "I can show it in a call.", "Log file attached.", "This is the second time.", "The {team} team has several examples.", "",
)  # fmt: skip

CSAT_GOOD: Final = (
    "Quick and friendly.", "Solved on the first try, thank you.", "{agent} understood at once what I meant.", "Good, although I had to send the file twice.",
    "Exactly what I needed.", "Fast answer, and it worked for {team} as well.", "Explained well, even to me.", "No ping-pong, just an answer.", "{agent} called back, which I had not expected.", "The short film helped.", "Fixed while I was still on the line.",
    "Solved before {team} noticed.", "Good answer. The button is still in an odd place.", "Thank you, {doc} are back.", "Faster than our own IT.", "Clear steps, no jargon.", "{agent} even found a second error.",
)  # fmt: skip
CSAT_BAD: Final = (
    "Nice people, no solution.", "I had to explain it three times to three people.", "Took far too long for {doc}.",
    "Closed before it was solved.", "The answer did not fit the question.", "I was sent a link I had already read.", "The {team} team had to help itself in the end.", "Four days for a setting.", "Solved, but nobody told me why it happened.",
)  # fmt: skip
NPS_HIGH: Final = (
    "My team finds {doc} in seconds now. I would not want to go back.", "It does what was promised, and {am} picks up the phone.",
    "{project_cap} would not have happened without you.", "Reliable. In our trade that is the highest praise.",
    "Simple enough that the {team} team learned it without me.", "I already recommended you to a former colleague.",
    "The audit took one morning. Need I say more?", "Good product, better people.", "The {team} team would protest if you took it away.", "I have seen worse at ten times the price.", "Questions are answered by people who know it.", "{doc_cap} used to be my nightmare. Now they are just work.",
    "You listened about {system}. That is rare.", "It is boring in the best sense.", "Our new people need a morning to learn it.", "Everything in one place, as we were told.", "{am} knows our business.",
    "We passed the inspection with it.", "The phone app won over the {team} team.", "Every wish I had last year is in, but one.", "It has paid for itself with {doc} alone.", "I sleep better during audits.",
)  # fmt: skip
NPS_MIDDLE: Final = (
    "Works. Search could be better.", "Good for {doc}, clumsy for everything else.", "Solid, but the connection to {system} needs attention.",
    "I like it, my colleagues in {team} less so.", "Fine so far. Ask me again when we are through with {project}.", "Does its job. Not exciting, not meant to be.", "Good people, slow Mondays.", "For {team} a nine, for the rest a six.", "I would like to see more of {doc2} in it.", "Fewer mails from the system, please.",
    "Better than a year ago.", "The price is at the upper end of what it does.", "The export could be friendlier.", "Happy with support, waiting for the phone app.", "It took longer than planned, now it runs.",
    "We do not use half of it, which is our fault.",
)  # fmt: skip
NPS_LOW: Final = (
    "Too slow on the days that matter.", "Our tickets are answered but not solved.", "The {team} team works around it rather than with it.",
    "We pay for many seats and use half.", "Nobody has asked us for months how it goes.", "The connection to {system} breaks with every update.",
    "It was sold to us as simple.", "I spend more time explaining it than using it.", "{doc_cap} get stuck and nobody knows where.", "Three contacts in two years.", "What we were promised for {project} is still missing.", "People in {team} have gone back to e-mail.",
    "We only hear from you when money is due.", "Support is friendly and powerless.", "{rival} showed us the same for less.", "Search finds everything except what I need.", "The last update cost us two days.",
)  # fmt: skip

PROMISES_US: Final = (
    "I will send you the list of inactive people in {team}.", "You get the corrected template for {doc} from us.",
    "Aoife will check the connection to {system} and write down what she finds.", "I will find out whether holds can be set on {doc} in bulk.",
    "I will bring somebody from product to our next call.", "We will run text recognition over the old {doc}.",
    "I will send {other} a summary of where {project} stands.", "You will have the security questionnaire back.",
    "We will repeat the training for the newcomers in {team}.", "I will get you a date for the fix of the preview.",
    "Samir will go through your open tickets with you in person.", "I will send two companies of your size you can call about {doc}.",
    "We will test the new sign-on with three of your people first.", "I will put the hours saved in {team} on one page for your budget talk.",
    "You get an export of the access log for {doc2}.", "I will check with finance why the reminder went out.",
    "We will set up a test area where the {team} team can break things.", "I will draft the roles for the new structure.",
    "I will send you the wording on data storage for {doc}.", "We will show {other} the figures in person, in {city}.",
)  # fmt: skip
PROMISES_THEM: Final = (
    "We will name a second administrator for {team}.", "I will send you twenty {doc} as examples.", "Our IT will open the port for {system}.",
    "You will have our comments on the offer.", "I will ask {other} for the sign-off on the deletion list.",
    "We will clean up the groups for {team} before the training.", "I will introduce you to the new head of {team}.", "We will report every slow morning with the time and the site.",
)  # fmt: skip
