"""How notes and mails begin and end, whatever they are about."""

# ruff: noqa: E501 - a sentence is kept on one line, so that it can be read aloud

from __future__ import annotations

from typing import Final

CALL_OPENERS: Final = (
    "Half an hour with {first}.", "{first} called from {city}.", "Regular call with {first} and {other}.",
    "Caught {first} between two meetings.", "Quick call with {first}, mostly about {doc}.", "{first} and {other} on the line.",
    "Rang {first} back.", "Call with {first}, video off, train noise.", "Our fortnightly slot with {first}.",
    "{first} asked for ten minutes and took forty.", "Spoke to {first} at the end of a long day.", "Check-in with {first}.",
    "Short one with {first} today.", "Call moved twice, now held with {first}.", "{first} dialled in from the {team} office.",
    "Talked to {first}; {other} joined for the last part.", "{first} had asked for this one.",
    "Caught up with {first} over a bad line.", "{first} had a list ready.", "Unplanned call from {first}.",
)  # fmt: skip

MEETING_OPENERS: Final = (
    "In {city} with {first} and the {team} team.", "Working session with {first} and {other}.",
    "Sat with the {team} team for two hours; {first} chaired.", "On site in {city}.", "Workshop with {first}, six people in the room.",
    "Monthly meeting with {first} and {other}.", "Met {first} at their office, {other} dropped in later.",
    "Screen-sharing session with {first}'s team.", "Steering meeting, {first} in the chair.", "Lunch with {first} in {city}.",
    "Walked through {project} with {first}.", "Planning session with {first} and two people from {team}.",
)  # fmt: skip

CLOSERS: Final = (
    "Next call in two weeks.", "I owe nothing from this one.", "No action on our side.", "Will raise it again at the next review.",
    "{first} sends us an example by {weekday}.", "I asked Aoife to have a look.", "{first} wants to see it before {month}.",
    "Mood was good.", "{first} was in a hurry, so I kept it short.", "We left it there.", "I will write it up for {other}.",
    "{first} will ask {other} and come back to me.", "Agreed to look at the figures together in {month}.", "Worth remembering.",
    "Nothing urgent.", "To be continued in {month}.", "I promised to think about it, not to do it.", "{other} should hear this from us too.",
    "Sent the help page afterwards.", "The rest was small talk about {city}.", "Follow-up is in my calendar for {weekday}.", "",
    "", "", "", "",
)  # fmt: skip

GREETINGS: Final = (
    "Hi {first},",
    "Hello {first},",
    "Dear {first},",
    "Good morning {first},",
    "{first},",
    "Hi {first} and {other},",
)

OUT_ENDS: Final = (
    "Let me know if {weekday} suits you for a quick call.", "Happy to show it to the {team} team as well.",
    "Shout if anything is unclear.", "Have a good weekend when it comes.", "No rush from our side.", "Does that answer it?",
    "I will call you on {weekday} to hear what you think.", "Thanks for your patience with this one.",
    "If {other} should be copied, tell me.", "Speak soon.", "A one-line answer is enough.", "Tell me if the {team} team sees it differently.",
    "I have kept a slot on {weekday} just in case.", "Best wishes to {other}.", "Thank you again for the openness.",
    "You can also reach Aoife directly about this.", "See you in {month}.", "And greetings to {city}.", "Grateful for a short reply either way.",
)  # fmt: skip

IN_GREETINGS: Final = ("Hi {am},", "Hello {am},", "{am},", "Good morning {am},", "Dear {am},", "Hi {am}, quick one.")

IN_ENDS: Final = (
    "Thanks in advance.", "No hurry, this month would do.", "It would be good to know before {weekday}.",
    "{other} is asking me, so a short answer would save my day.", "Thank you!", "Call me if that is easier.",
    "Let me know what you need from us.", "Regards from {city}.", "I am out on {weekday}, otherwise any time.",
    "A line is enough.", "Many thanks.", "Could we talk about it on {weekday}?", "Appreciate it.",
)  # fmt: skip

CHAT_OPENERS: Final = (
    "{first} in the shared channel:", "Message from {first}:", "{first} pinged me:", "From the chat with {first}:",
    "{first}, by text:", "Shared channel, {first}:",
)  # fmt: skip

CHATS: Final = (
    "“Is it just us or is search slow on {doc} this morning?” Cleared by itself within the hour.",
    "“Can you resend the link to the recording? {other} missed it.” Sent.",
    "“The {team} team says thank you for yesterday.” Nice.",
    "“Who do I ask about a new starter in {team}?” Pointed to the admin page.",
    "“Running ten minutes late, start without me.” We waited.",
    "“{other} is back from leave, can we pick up {project} again?” Yes, {weekday}.",
    "“Quick check: the retention rule also covers {doc2}?” It does, since the change in {month_past}.",
    "“Do you have the invoice for the add-on? Finance cannot find it.” Forwarded.",
    "“Our auditor is here on {weekday}, anything I should print?” Told them the audit log is enough.",
    "“Thumbs up from {team}, the import of {doc} went through.” {n2} thousand files, no rejects.",
    "“Please move our call, the {team} team has stocktaking.” Moved to {weekday}.",
    "“The template for {doc} lost its logo again.” Aoife put it back within the hour.",
    "“Is the maintenance window on {weekday} our evening or yours?” Theirs; said so.",
    "“Two people in {team} cannot log in.” Their identity provider had the hiccup, not us.",
    "“Could you tell {other} what we said about {system}? I keep getting it wrong.” Wrote three lines.",
    "“We found the missing {doc}, they were filed under {doc2}.” Case closed.",
    "“Is there a shortcut for approving many {doc} at once?” There is; sent a screenshot.",
    "“Coffee in {city} when you are around?” Put it in for {month}.",
    "“{other} says the report on {doc} is the first one she believes.” I will take that.",
    "“Can I give the new colleague in {team} my seat while I am away?” Explained how delegation works.",
    "“The phone app logged me out three times today.” Known bug, fix is in this week's release.",
    "“Please ignore my mail about {doc2}, I had the wrong filter on.” Ignored.",
)  # fmt: skip
