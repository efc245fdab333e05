"""Nothing internal reaches the customer's copy, in any format; what a person pastes into it is found."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from bot.services.errors import NotAllowed
from bot.services.qbr.editing import Edits
from bot.services.qbr.secrets import untold
from bot.services.results.qbr import Qbr, Reader
from tests.services.clerk import SELF
from tests.services.qbr.book import BOOK, SECRETS
from tests.services.qbr.conftest import Room, id_of

OUTSIDE: tuple[Reader, ...] = ("exec", "champion")
FORBIDDEN = (
    *SECRETS,
    "Otto Inside",
    "Zeppelin",
    "73,456",
    "73456",
    "31337",
    "Rivalsoft",
    "health",
    "drinking",
    "renews",
)
OTHER_TIMES = (
    f"{BOOK['interactions.csv'].splitlines()[0]}\n"
    "I8,A1,2025-06-03T09:00:00Z,note,,,Old,Ana told me privately she hates the new owner of their firm.,false,\n"
    "I9,A1,2026-01-03T09:00:00Z,note,,,New,Karl will be replaced by a new director soon.,false,\n"
    "I7,A1,2025-11-03T09:00:00Z,note,,,,Karl wants to churn soon,false,\n"
)
"""Internal notes before and after the period of the review, and a short one of it."""
MINE = "People like it a lot."


def _text(content: bytes) -> str:
    """Everything in a file: of a package each entry, packages within it as well; without markup."""
    if not content.startswith(b"PK"):
        return re.sub(r"<[^>]*>", "", content.decode(errors="ignore"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join([*package.namelist(), *(_text(package.read(name)) for name in package.namelist())])


@pytest.mark.parametrize("readers", OUTSIDE)
def test_nothing_internal_is_in_a_customers_files(quick_room: Room, readers: Reader) -> None:
    files = quick_room.files(quick_room.draft(), readers)
    assert set(files) >= {"pptx", "docx", "md"}
    for ending, content in files.items():
        text = _text(content).casefold()
        assert "rollout in hamburg" in text, ending
        assert [one for one in FORBIDDEN if one.casefold() in text] == [], ending


def test_the_teams_files_have_what_the_customers_have_not(quick_room: Room) -> None:
    """The same look finds it where it is: otherwise it would find nothing anywhere."""
    for content in quick_room.files(quick_room.draft(), "internal").values():
        text = _text(content).casefold()
        assert [one for one in ("rivalsoft", "73,456", "zeppelin", "health") if one not in text] == []


def test_only_the_sponsor_reads_of_the_contract(quick_room: Room) -> None:
    qbr = quick_room.draft()
    sponsor, champion = (_text(quick_room.files(qbr, readers)["docx"]) for readers in OUTSIDE)
    assert "C-77" in sponsor
    assert "C-77" not in champion


def _with(room: Room, section: str, words: str) -> Qbr:
    qbr = room.draft()
    return room.desk.reviews.edit(SELF, id_of(qbr), Edits(qbr.version, section, {}, words))


@pytest.mark.parametrize(
    "pasted",
    [
        "Note that their CFO wants to leave us for Rivalsoft.",
        "we would GO down to eleven\u200b percent discount, as I said",
        "Your ARR is 73.456 EUR",
        "We see your health score at 58",
        "Karl will be replaced by a new director soon",
        "So Karl wants to churn soon, right?",
        "As told privately, she hates the new owner of their firm",
        "The upsell: Zeppelin module is on its way",
        "You would pay 31 337 for it",
    ],
)
def test_what_somebody_pastes_into_the_customers_copy_is_found_and_refused(quick_room: Room, pasted: str) -> None:
    quick_room.clerk.bring({"interactions.csv": OTHER_TIMES})
    score = quick_room.desk.account_card(SELF, quick_room.account()).health.score
    qbr = _with(quick_room, "wins", pasted.replace("58", str(score)))
    for readers in OUTSIDE:
        with pytest.raises(NotAllowed, match="held back"):
            quick_room.desk.reviews.approve(SELF, id_of(qbr), qbr.version, readers)
    assert quick_room.desk.reviews.read(SELF, id_of(qbr)).state == "edited"
    assert quick_room.desk.reviews.approve(SELF, id_of(qbr), qbr.version, "internal").state == "approved"


def test_what_a_person_writes_is_in_every_copy_but_in_the_teams_sections(quick_room: Room) -> None:
    assert MINE in _text(quick_room.files(_with(quick_room, "wins", MINE), "champion")["md"])
    assert MINE not in _text(quick_room.files(_with(quick_room, "risks", MINE), "exec")["md"])


def test_an_edit_takes_the_approval_back(quick_room: Room) -> None:
    qbr = quick_room.draft()
    approved = quick_room.desk.reviews.approve(SELF, id_of(qbr), 1, "champion")
    edited = quick_room.desk.reviews.edit(SELF, id_of(qbr), Edits(approved.version, "wins", {}, MINE))
    assert (edited.state, edited.body.approved_for) == ("edited", None)
    with pytest.raises(NotAllowed, match="Approve it first"):
        quick_room.desk.reviews.note_shared(SELF, id_of(qbr), edited.version, "#there")


def test_a_long_name_is_no_secret_of_the_deal_that_begins_with_it(quick_room: Room) -> None:
    name = "Ackermann Spedition GmbH & Co. KG"
    accounts, deals = (BOOK[one].splitlines()[0] for one in ("accounts.csv", "opportunities.csv"))
    quick_room.clerk.bring(
        {
            "accounts.csv": f"{accounts}\nA8,{name},spedition.example,maya.lindqvist@steward.example,small,DE,EUR\n",
            "opportunities.csv": f"{deals}\nO8,A8,{name}: 20 more seats,upsell,proposal,900,EUR,2025-11-01,\n",
        }
    )
    copies = quick_room.files(quick_room.draft(name=name), "exec")
    assert "20 more seats" not in _text(copies["md"])


def test_words_that_the_customer_knows_are_no_secret() -> None:
    told = frozenset({("we", "will", "repeat", "the", "training")})
    note = "Ana was angry and asked twice, so I said: We will repeat the training"
    assert list(untold(note, told)) == ["ana was angry and asked twice so i said"]
    assert list(untold("too short to know", told)) == []


def test_what_was_marked_internal_after_the_draft_is_refused(quick_room: Room) -> None:
    """Who may see a conversation is read again when a copy is approved."""
    qbr = quick_room.draft()
    marked = BOOK["interactions.csv"].replace('each month.",true,', 'each month.",false,')
    assert marked != BOOK["interactions.csv"]
    quick_room.clerk.bring({"interactions.csv": marked})
    with pytest.raises(NotAllowed, match="internal note"):
        quick_room.desk.reviews.approve(SELF, id_of(qbr), qbr.version, "champion")
    again = quick_room.draft()
    assert quick_room.desk.reviews.approve(SELF, id_of(again), 1, "champion").state == "approved"
