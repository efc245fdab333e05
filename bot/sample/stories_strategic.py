"""The written moments of the strategic accounts. Days are days ago."""

# ruff: noqa: E501 - a sentence is kept on one line, so that it can be read aloud

from __future__ import annotations

from typing import Final

from bot.sample.model import Beat, Case, Promise

BEATS: Final[dict[str, tuple[Beat, ...]]] = {
    "acme": (
        Beat(640, "meeting", ("Dana", "Helen"), "Where supplier files live", "Dana drew the path of one supplier file on the whiteboard: eleven stops, nineteen days, four of them spent in somebody's inbox. She wants it down to seven. Helen will only support it if the ERP stays the master."),
        Beat(415, "meeting", ("Susan", "Marcus"), "Executive review in Chicago", "Susan Brandt sat in for the first twenty minutes. She asked one question: what happens to suppliers who refuse the portal? Marcus said they still get a PDF, and that it is fine if they are few.", safe=True),
        Beat(298, "call", ("Dana",), "Onboarding time", "Dana has the first honest figure: 12 days on average for the suppliers of the second quarter. Nobody at Acme believed it, so she had it checked by finance. It is 12."),
        Beat(176, "email", ("Dana",), "Down to nine", "Hi Maya, a number for your collection: nine days, median, over 64 suppliers in the last quarter. Marcus has put it on his own slide. The two steps that are left are the credit check and us being slow to answer.", safe=True, by="them"),
        Beat(97, "call", ("Ray",), "Certificates that expire", "Ray wants to be told before a quality certificate runs out, not after. He showed a case where a batch stood on the dock for three days. This fits Flow and needs no new licence."),
        Beat(61, "call", ("Marcus", "Dana"), "Looking ahead to the renewal", "Marcus confirmed that they intend to renew. He wants the seats to follow the head count (420 now, perhaps 450) and asked for a three-year price. Dana was quiet on price and loud on the supplier portal."),
        Beat(33, "email", ("Marcus",), "Three-year figures", "Maya, before we talk price: procurement policy wants anything above half a million over the term to be seen by Susan. Please send one page for her, no product names on it if you can help it. Marcus", safe=True, by="them"),
        Beat(19, "meeting", ("Dana", "Helen", "Ray"), "Supplier portal, second wave", "Second wave agreed: 140 suppliers of packaging and steel from next month. Helen has a slot for the ERP change. Ray's certificate alert goes live with it."),
        Beat(9, "call", ("Dana",), "Seats before the renewal", "Went through the seats with Dana. She counts 31 people in accounts payable who should get their own login instead of sharing one. That would take them to about 450, which is what Marcus had in mind."),
        Beat(2, "call", ("Dana",), "One page for Susan", "Read the one-pager for Susan to Dana over the phone. She struck out two adjectives and added the nine days. Goes to Marcus tomorrow."),
    ),
    "halvorsen": (
        Beat(520, "meeting", ("Sigrid", "Anders"), "One archive for the group", "Sigrid wants one archive for the group, with Tankers and Ports as tenants that cannot look into each other. Anders asked for three months, she gave him two."),
        Beat(214, "call", ("Kristin",), "Sanctions checks", "Kristin needs to prove who approved a charter party and on what knowledge. The audit log does half of it. The other half is a field that says why."),
        Beat(71, "meeting", ("Anders", "Fatima"), "Group figures", "Anders showed the group figures: 94 percent of charter parties signed before departure, up from 61. Ports drags it down, because customs insists on wet ink for two forms."),
        Beat(6, "call", ("Anders",), "Ports and wet ink", "Anders has a letter from customs that allows electronic signatures from next quarter. He wants it announced by Sigrid, not by us."),
    ),
    "nordwind-energie": (
        Beat(330, "meeting", ("Ulrike", "Jana"), "Two working days", "Ulrike's aim is to answer an authority within two working days. Today they are at five, in good weeks at three. The leases are the slow part, because they sit with an outside lawyer."),
        Beat(151, "call", ("Jana",), "Site teams go quiet", "Jana says the site teams have started to keep inspection reports on a shared drive again. The reason is banal: the tablets were replaced and nobody installed the app."),
        Beat(92, "call", ("Matthias",), "Matthias on costs", "First talk with Matthias in half a year. He counts applications and wants to end up with fewer. Papyron was named as the one his former company uses. I asked for an hour with Ulrike in the room."),
        Beat(40, "meeting", ("Ulrike",), "Tablets", "Ulrike got the budget for the app on 120 tablets. It has been stuck with site services for four weeks, and she is losing patience with both of us."),
        Beat(11, "call", ("Ulrike",), "Before the notice date", "Told Ulrike about the notice date in so many words. She will speak to Henning, who has been asked by Matthias to compare offers. She would keep us, but she does not decide alone."),
    ),
    "brennan": (
        Beat(560, "meeting", ("Amelia", "Philip"), "After the merger", "The merger with Hale is digested at last; the old name leaves the letterhead this month. Amelia inherits eleven thousand matter files with names nobody understands."),
        Beat(240, "call", ("Amelia",), "Fifty minutes", "Amelia timed it: opening a new matter takes fifty minutes, it was half a day when we met. Philip has told the partners, who of course ask why not forty."),
        Beat(120, "email", ("Ngozi",), "Thank you from the partners", "Priya, the partners' meeting asked me to thank you and your engineer. We do not do this often, as you may have gathered. I am happy to say the same to anyone you send my way. Ngozi", safe=True, by="them"),
        Beat(15, "call", ("Gareth",), "Penetration test", "Gareth shared the result of their penetration test: two remarks on us, both minor, one already fixed. He was almost disappointed."),
    ),
    "kitamura": (
        Beat(300, "meeting", ("Tanaka-san", "Mori-san"), "Surveillance audit", "The auditor asked for 40 calibration records and got all of them from the screen. Tanaka-san bowed to the screen, which made even Mori-san laugh."),
        Beat(110, "call", ("Ishii-san",), "Drawings in two languages", "Ishii-san wants the Japanese and the English drawing to travel as one file. They do it with file names today, and one letter in the wrong place has cost them a shipment."),
        Beat(25, "call", ("Mori-san",), "Exchange rate", "Mori-san asked whether the price stays in yen. It does. He had expected a fight and relaxed visibly; after that we talked about export licences for half an hour."),
        Beat(12, "email", ("Tanaka-san",), "輸出許可の監査証跡", "いつもお世話になっております。輸出許可の監査証跡について、来月の会議の前に一度ご相談させてください。 Priya-san, in short: may we speak once before the meeting next month? Tanaka.", safe=True, by="them"),
    ),
    "meridian": (
        Beat(290, "meeting", ("Latoya", "Tom"), "Same-day billing", "Latoya's aim: a load delivered before four is invoiced before six. They manage 58 percent of loads, and the drivers' photographs are the weak spot."),
        Beat(130, "call", ("Latoya",), "Receipts that vanish", "Latoya reports delivery receipts that arrive without pages. It started with the dispatch update. Dispatch has told its people to keep paper copies “for now”, which is how these things end."),
        Beat(84, "call", ("Carla",), "Carla loses patience", "Carla held the phone away from her ear while her team shouted numbers: 212 invoices late, three customers withholding payment. She said that she never wanted us in the first place."),
        Beat(52, "call", ("Steve",), "Docuvia in the room", "Steve told me openly that Docuvia has been in the building twice and offers to take over the migration. He will compare prices before the notice date. I asked him for one meeting with Tom before that."),
        Beat(37, "meeting", ("Tom", "Latoya"), "Escalation meeting", "Ingrid joined. Tom wants the cause of the missing pages in writing, a named engineer, and a credit. We agreed to the first two on the spot. Latoya stays on our side but is tired of defending us.", author="ingrid"),
        Beat(22, "note", ("Latoya",), "Use is falling", "Half of dispatch is back on paper, you can see it in the weekly figures. If billing follows, the argument for us is gone. Latoya needs one visible fix this month."),
        Beat(10, "email", ("Carla",), "Still open", "Priya, the ticket about missing pages has been open for more than a month. I have been told “this week” three times. Please do not tell me a fourth time. Carla Jimenez", safe=True, by="them"),
        Beat(3, "call", ("Latoya",), "What the developers found", "Told Latoya that the developers can repeat the fault at last: it happens when a phone loses its network between two photographs. A test version is due next week, and I did not promise more than that."),
    ),
    "miraflor": (
        Beat(540, "meeting", ("Lucía", "Carmen"), "Kick-off in Madrid", "Lucía opened with the sentence “five visits for a mortgage is four too many”, then settled for three. Carmen gave her 40 branches for the first year."),
        Beat(300, "call", ("Lucía",), "Lucía carries it", "Lucía answers questions from branches herself, at night. It works because of her, and that worries me. Asked her to name a second person; she named Iñaki."),
        Beat(118, "call", ("Lucía",), "Two hundred branches", "Lucía wants all 200 branches on it within the year. Internal audit is slowing it down over powers of attorney. She will go to Carmen if it takes longer than a month."),
        Beat(66, "call", ("Lucía",), "Lucía is leaving", "Lucía told me in confidence that she has resigned and goes to an insurer in Valencia. Her last day is in three weeks. She will introduce me to whoever follows, but nobody has been named."),
        Beat(48, "email", ("Lucía",), "Goodbye, and thank you", "Querido Tomás, today is my last day at Miraflor. Iñaki knows where everything is, but he has not been given my job, so be patient with him. Thank you for picking up the phone at all hours. Lucía", safe=True, by="them"),
        Beat(30, "note", ("Iñaki",), "After Lucía", "Three branches have stopped since Lucía left. Iñaki is kind and has no mandate. Carmen has not answered two mails. We have no champion here at the moment."),
        Beat(9, "call", ("Rubén",), "IT risk asks questions", "Rubén asks what happens to the files if they leave us. A fair question, and one that nobody asked while Lucía was there. I sent him the exit chapter of the contract and told Ingrid."),
    ),
    "vasterled": (
        Beat(280, "meeting", ("Åsa", "Leila"), "48 hours", "Åsa's figure of the month: 71 percent of simple claims are settled within 48 hours. Leila knows each of the remaining reasons by name."),
        Beat(88, "call", ("Erik",), "More people than seats", "Erik has seen that more people work with us than they pay for. He was not upset: customer service joined without asking anyone. He wants to settle it in the next quarter, at the price of the contract."),
        Beat(4, "call", ("Leila",), "Storm week", "Leila had 1,900 claims in four days after the storm. The flows held. She counted eleven people who worked from borrowed logins and wants them regular."),
    ),
    "emporia": (
        Beat(160, "call", ("Corey",), "Forty stores a year", "Corey opens about forty stores a year and keeps each opening in a binder with 212 lines. They run on Docuvia today and the contract there ends next spring."),
        Beat(38, "meeting", ("Valerie", "Corey"), "Demonstration in Dallas", "Valerie watched with her arms crossed until Corey opened one of their own leases. Then she asked how long a move from Docuvia takes. I said a quarter, and that it is hard work."),
        Beat(4, "email", ("Corey",), "Offer under review", "Priya, legal has your offer. Valerie likes the checklist and dislikes the length of the term. Give us until the end of the month. Corey", safe=True, by="them"),
    ),
}  # fmt: skip

CASES: Final[dict[str, tuple[Case, ...]]] = {
    "acme": (
        Case(210, "high", "Purchase orders from the ERP arrive without attachments", "Since the ERP update the attachments of purchase orders are missing in Folio. The order itself is there.", solved=204),
        Case(12, "medium", "Alert for expiring certificates sends to the wrong group", "The test of the certificate alert went to purchasing instead of supplier quality.", status="pending"),
    ),
    "meridian": (
        Case(43, "urgent", "Delivery receipts arrive with missing pages", "Receipts photographed by drivers reach us with one page out of three. It affects several hundred invoices, and customers withhold payment.", escalated=True),
        Case(16, "high", "Flow for claims stops at the second approval", "Claims above the limit do not reach the second approver since the weekend.", status="pending"),
    ),
    "miraflor": (
        Case(21, "high", "Branches cannot open powers of attorney", "Since the change of the administrator account three branches cannot open powers of attorney.", status="open"),
    ),
    "nordwind-energie": (
        Case(45, "high", "App missing on the new tablets", "The app is not offered on the tablets that site services received in the last delivery.", status="pending"),
    ),
}  # fmt: skip

PROMISES: Final[dict[str, tuple[Promise, ...]]] = {
    "acme": (
        Promise(61, 34, "I will send a three-year price with the seats following the head count.", kept=36, status="kept"),
        Promise(19, -6, "The certificate alert will be live together with the second wave."),
        Promise(9, -12, "We will name the 31 people in accounts payable.", by="them"),
    ),
    "meridian": (
        Promise(37, 23, "You will have the cause of the missing pages in writing.", status="open"),
        Promise(37, 30, "A named engineer will look after Meridian until this is over.", kept=31, status="kept"),
        Promise(84, 60, "The missing pages will be fixed before the end of the quarter.", status="missed"),
        Promise(3, -5, "Latoya gets the test version for ten phones."),
    ),
    "miraflor": (Promise(66, 41, "I will introduce you to my successor before I go.", by="them", status="missed"),),
    "nordwind-energie": (Promise(40, 26, "We will hand site services an installation guide for the new tablets.", status="open"),),
}  # fmt: skip
