"""What is talked about: the platform, the documents, the systems around them.

A topic has beginnings and continuations for three voices: `call` (we report), `out` (we write), `inn` (they write).
"""

# ruff: noqa: E501 - a sentence is kept on one line, so that it can be read aloud

from __future__ import annotations

from typing import Final

from bot.sample.topics import Topic

PLATFORM: Final = (
    Topic("Search in old files", call=(
        ("{first} says the {team} team still searches by file name out of habit.", "People in {team} cannot find {doc} from before the migration.",
         "Search came up again: {doc} scanned years ago have no text layer."),
        ("Showed the filter by date and type, which was news to everybody.", "About {n2} percent of the old scans are affected.",
         "A run of text recognition over the archive would fix most of it.", "{other} would rather have fewer, better results.")),
        out=(("I looked into the search for {doc}: the older scans were stored without text, so only their names can be found.",
              "Here is the short version about search: use the type filter first, then the words."),
             ("We can run text recognition over them at night, {n} nights should be enough.", "The {team} team can start with {doc2} and see whether the difference is worth it.")),
        inn=(("The {team} team keeps telling me that they cannot find {doc} from two years ago.", "Search gives us four hundred hits for a simple supplier name."),
             ("I am fairly sure the files are there.", "Is there a trick, or do we need to tag them?", "Yesterday it took {n2} minutes to find a single file."))),
    Topic("Connection to {system}", call=(
        ("The link to {system} is what {other} looks at first.", "We went through the connection to {system} field by field.",
         "{first} wants {doc} to appear in {system} without anybody copying numbers."),
        ("The nightly run is fine; what hurts is that corrections take a day to arrive.", "Their vendor charges for every interface, so they want to keep it to one.",
         "Aoife sketched a version with our webhooks that needs no change on their side.", "It has run for {n} weeks without a failed night.")),
        out=(("Aoife has tested the connection to {system} with your sample of {doc}.", "As discussed, the transfer to {system} now runs every hour instead of every night."),
             ("{n} records were refused because the reference number was missing; the list is attached.", "Please ask the {team} team to check the first day by hand.")),
        inn=(("Since the update of {system} on {weekday} no {doc} have come through.", "Our IT asks which fields you read from {system}."),
             ("I count {n2} files that should be there and are not.", "They are planning a change in {month} and do not want to break anything."))),
    Topic("Access rights", call=(
        ("{first} found that temporary staff in {team} could open {doc2}.", "Rights came up: {other} wants a list of who can see {doc}.",
         "Long talk about roles, since {team} was reorganised in {month_past}."),
        ("We cleaned it up together in {n2} minutes.", "They had copied a role years ago and never looked at it again.",
         "The audit report answers this, nobody knew where it was.", "Their new structure needs {n} roles instead of eleven.")),
        out=(("The report on access to {doc} is ready, sorted by role.", "I have drafted the new roles for {team} as we discussed."),
             ("Two shared accounts are still on it, you may want to close them.", "Nobody loses anything on the day of the switch; we only take away what was not used for a year.")),
        inn=(("Internal audit wants to know who opened {doc} during the last quarter.", "We have a new structure in {team} and I would like to rebuild the roles from scratch."),
             ("Is there a report for that?", "It affects about {n2} people, and I would rather do it before {month}."))),
    Topic("Retention rules", call=(
        ("Retention: {doc} have to go after ten years, {doc2} after six, and nobody has ever deleted anything.", "{first} is nervous about the first deletion run."),
        ("We agreed on a dry run with a list that {other} signs.", "Their lawyer wants a hold on everything touching the dispute from {month_past}.",
         "I suggested starting with the oldest year only.", "The rule as it stands would catch {n2} thousand files.")),
        out=(("The dry run for {doc} is done: nothing has been deleted, the list is in your folder.", "I have put the retention rules for {doc} and {doc2} on one page."),
             ("Files on hold are marked and stay where they are.", "{other} only needs to sign at the bottom.")),
        inn=(("Our lawyer asks whether a file under retention can still be moved.", "Before we switch on deletion for {doc}, I need to be sure about holds."),
             ("A wrong deletion would be on my desk for years.", "Could we see the list first?"))),
    Topic("Templates", call=(
        ("The {team} team has {n2} templates for {doc} and uses four of them.", "{first} wants one template for {doc} instead of one per site."),
        ("{other} volunteered to throw out the rest.", "The argument is about who may change the wording, not about the tool.", "We tried it on three real cases and it held.")),
        out=(("The new template for {doc} is in your test area.", "Attached are the two versions of the template side by side."),
             ("I left the old one in place until {other} says it can go.", "The fields from {system} fill in by themselves.")),
        inn=(("The template for {doc} puts the date in the American order.", "Can a template pull the address from {system}?"),
             ("It is a small thing but customers notice.", "At the moment somebody types it in, {n2} times a day."))),
    Topic("Single sign-on", call=(
        ("Their IT is moving to a new identity provider in {month}.", "{first} reports that people still have two passwords."),
        ("We need a test tenant and one evening.", "{other} fears a Monday morning with nobody able to log in.", "I sent the checklist; {n} of nine points are already done.")),
        out=(("The test with the new sign-on worked for all {n} accounts.", "For the change of identity provider we need two things from your IT."),
             ("The old way stays open for a week as a fallback.", "The certificate and the name of somebody we can call that evening.")),
        inn=(("We change our identity provider on the second weekend of {month}.", "Three people in {team} get an error after the password change."),
             ("What do you need from us, and when?", "They can work through the browser, but not with the app."))),
    Topic("Mobile app", call=(
        ("The {team} team works standing up, so the phone app decides whether they use us.", "{first} tried the app in a basement without reception."),
        ("Offline drafts were kept, which surprised everyone.", "What they miss is a bigger button for photographs.", "Half of them have company phones, the other half refuse to use their own.")),
        out=(("The new version of the app keeps drafts when there is no reception.", "I asked about larger buttons for gloves, as the {team} team wished."),
             ("It is in the store since {weekday}.", "It is on the list for the summer, not promised.")),
        inn=(("The app asks for the password every single time since {weekday}.", "Can the {team} team take a photograph of {doc} with the phone and have it filed?"),
             ("They are about to give up on it.", "We would start with {n2} people."))),
    Topic("Training", call=(
        ("{first} has {n} new starters in {team} and no time to train them.", "Training: the recordings from last year show the old screens."),
        ("We agreed on two short sessions instead of one long one.", "{other} will act as the person to ask.", "The question is always the same one: where do I put {doc2}?")),
        out=(("The two training dates for {team} are set, ninety minutes each.", "Here are the new recordings, {n2} minutes in total."),
             ("I made the examples with your own {doc}.", "Please let the newcomers try the exercise before the session.")),
        inn=(("We have a new group in {team} from {month} and would like to book a training.", "Is there a short guide for people who only approve {doc}?"),
             ("The last one was good, just too long.", "Nobody reads more than a page, including me."))),
    Topic("Speed", call=(
        ("{first} complains about waiting times on Monday mornings.", "Opening large {doc} is slow from {city}, fine from home."),
        ("Samir is looking at the logs with their network people.", "It looks like their proxy, but I will not say so before we know.", "They timed it: {n} seconds on average, twelve at worst.")),
        out=(("Samir compared the slow mornings with our logs.", "A first answer on speed, so that you are not left waiting for that as well."),
             ("The time is lost before the request reaches us, which points to the proxy in {city}.", "We have moved your previews to a faster node; please watch next Monday.")),
        inn=(("It is slow again, since about nine o'clock.", "Opening {doc} takes {n} to ten seconds in {city} today."),
             ("The {team} team is standing behind me.", "Other websites are fine."))),
    Topic("{project}", phase=(0.0, 0.3), call=(
        ("{first} explained where {project} comes from: they want to {goal}.", "First proper talk about {project}.", "{project} has a sponsor now, {other}."),
        ("The pilot is meant to run in {team} with {n2} people.", "No budget of its own yet, it hangs on this year's savings.", "I think the date is optimistic.")),
        out=(("Thank you for explaining {project} so patiently.", "I have tried to put {project} on one page."),
             ("If I understood you right, success means to {goal}.", "Please strike out whatever is wrong.")),
        inn=(("As promised, our paper on {project}.", "{other} has approved the pilot for {project}."),
             ("The aim is to {goal}.", "We would begin with {team} and {doc}."))),
    Topic("{project}: pilot", phase=(0.2, 0.6), call=(
        ("The pilot for {project} runs in {team}.", "Looked at the first weeks of {project} together.", "{first} showed the numbers from the pilot."),
        ("{doc} work, {doc2} do not yet.", "People who were against it in {month_past} are now asking when it is their turn.", "The one thing missing is the link to {system}.",
         "{other} wants to see it hold for a full month before anything is rolled out.")),
        out=(("Here are the figures from the pilot of {project}.", "After the session on {project} I went through the open points."),
             ("The {team} team handled {n2} cases without paper.", "{n} of them are settled, two wait for {system}.")),
        inn=(("Short report on {project}: the {team} team likes it, the others are jealous.", "In the pilot for {project} we have trouble with {doc2}."),
             ("I would like to widen it from {month}.", "Two of {n2} cases went to the wrong person."))),
    Topic("{project}: in daily use", phase=(0.5, 1.0), tones=("warm", "neutral"), call=(
        ("{project} is no longer a project, says {first}, it is how the {team} team works.", "Progress on {project}: they can show that it helps to {goal}.",
         "{first} presented {project} to the board."),
        ("Two more teams want in.", "The next step is {doc2}.", "{other} asked for a figure in money, which we should work out together.", "What is left is the exceptions, about one case in {n2}.")),
        out=(("Congratulations on the board meeting.", "I have collected what {project} changed since last year."),
             ("May I use it, without your name, in a talk?", "The step that saves most time is the one nobody planned.")),
        inn=(("{project} was praised in the management meeting.", "We would like to bring {doc2} into {project} as well."),
             ("You and Aoife were mentioned by name.", "Could you sketch what that means for the {team} team?"))),
    Topic("{project}: behind plan", phase=(0.5, 1.0), tones=("tense",), call=(
        ("{project} is behind plan and {first} does not hide it.", "{other} asked what {project} has cost so far."),
        ("The {team} team went back to e-mail for {doc2}.", "They do not blame us alone, but they do blame us.", "Without {system} the last step is still done by hand.")),
        out=(("I do not want to argue about whose delay it is; here is what we can do for {project} in the next {n} weeks.",),
             ("Aoife is reserved for you every {weekday}.", "We start with {doc}, as that is where the {team} team loses most time.")),
        inn=(("We are {n} weeks late with {project} and I have to explain it to {other}.",), ("I need dates, not intentions.", "At present it looks as if we will not {goal} this year."))),
)  # fmt: skip
