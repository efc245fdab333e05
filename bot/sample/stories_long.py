"""One very long note: the minutes of a workshop, pasted as people paste them."""
# ruff: noqa: E501 - a sentence is kept on one line, so that it can be read aloud

from __future__ import annotations

from typing import Final

from bot.sample.model import Beat

MINUTES: Final = """Minutes of the day in Brighton, unedited, because Miriam wants everything on record.

1. Where we stand. Peter opened with last year's clearing week: 2,300 offers in four days, 61 of them confirmed late, every one of the 61 because a placement agreement lay in the wrong tray. Miriam reminded everybody that late means a student who has already packed. Lorna added that the student system closes at six and people do not.

2. What hurts. Admissions works with three lists: the one in the student system, the one in Folio, and the one on Lorna's second screen, which is the one everybody trusts. Student records would give up its own list if the other two agreed by nine in the morning. They agree on four mornings out of five. On the fifth, somebody has entered a decision by hand after the nightly run. Nobody wants to stop that somebody, because it is usually Miriam.

3. What was tried. Two years ago a contractor built a bridge between the lists. It worked until the certificate expired, on a Saturday in August, and the contractor had moved to Portugal. Since then the word “bridge” is not used in this building.

4. What we proposed. Run the transfer every hour during clearing and every night for the rest of the year. Show the age of the list on the screen, in large letters. If it is older than an hour, say so in red rather than pretend. Aoife showed a version with their own data from the year before. Lorna switched off her second screen for ten minutes, which Peter photographed.

5. Placement agreements. 412 agreements a year, 38 partner organisations, and eleven ways to write “the University”. The template reduces eleven to one. The partners' lawyers will want it back to eleven. Miriam will write to them herself. Signing by phone is accepted by all but two hospitals, and one of these two accepts it if the request comes from a nurse.

6. Exam board minutes. Out of scope for this year. Peter asked for it to be written down that he objects. It is hereby written down.

7. Rights. Temporary staff get access from the first to the last day of clearing, not longer. Last year eleven accounts stayed open until Christmas. The report that shows this exists; nobody had been told who should read it. From now on Lorna reads it, on the first Monday of each month, and sends one line to Miriam even if there is nothing to say.

8. Training. Two mornings in the last week before clearing, with real cases from the year before, names removed. The people who answer the telephone come to the second morning, not the first. There will be sandwiches, which according to Peter is the only reason anybody came today.

9. What could go wrong. The student system is updated before that, and the supplier's word for “before” is flexible. The network in the old library is weak on hot days. Miriam is on leave in the first week of it and has promised to be reachable, which her family may see differently.

10. Decisions. Hourly transfer: yes. Age of the list on screen: yes. Exam boards: not this year. One template: yes, Miriam writes to the partners. Access ends with clearing: yes. Dress rehearsal with 200 invented offers ten days before clearing: yes, everybody in this room takes part, including Miriam.

11. Anything else. Lorna asked whether the search could find a student whose name was typed without its accents. It can. She tried her own three favourites and was content. Peter asked what we would do if everything failed at once. We answered truthfully: telephone, paper, and an apology, in this order. He thought that was a better answer than the last supplier gave.

Next meeting in four weeks, same room, without the fire alarm if possible."""

LONG: Final[dict[str, tuple[Beat, ...]]] = {
    "strandbury": (
        Beat(268, "meeting", ("Miriam", "Peter", "Lorna"), "Workshop on clearing week", MINUTES, safe=True),
        Beat(100, "call", ("Peter",), "Clearing week", "Peter's summary of clearing week: 2,300 offers, 2,260 confirmed the same day, one fire alarm. Miriam brought cake."),
    ),
}  # fmt: skip
