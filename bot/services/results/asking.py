"""Answers to questions in people's own words: what was understood, what was found, and what it rests on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from bot.domain.asking.queries import Question
from bot.services.results.account import AccountCard
from bot.services.results.base import AccountId, Result, Sum
from bot.services.results.kpi import KpiPicture
from bot.services.results.matching import Candidate
from bot.services.results.skills import DraftPoint


class AnswerRow(Result):
    """One line of an answer: of which account, what there is to say, and where it can be read. `quoted` text is
    somebody's words. `internal` None where nobody said who may see it."""

    account_id: AccountId | None = None
    account: str | None = None
    text: str
    arr: tuple[Sum, ...] = ()
    on: date | None = None
    who: str | None = None
    quoted: bool = False
    internal: bool | None = None
    link: str | None = None


class Receipts(Result):
    """What an answer rests on: what was read, how new the newest of it is, and what was not there to be read."""

    read: str
    newest_on: date | None = None
    missing: tuple[str, ...] = ()


class Condensed(Result):
    """What the passages come to, in a model's words, each point with what it rests on; none where `note` says why."""

    points: tuple[DraftPoint, ...]
    note: str
    withheld: str | None = None


class Answer(Result):
    """`understood` says the question back in plain words; `headline` is the answer in one sentence, with its sums
    beside it. `rows` are those shown of `total`. `card` is set when a whole account was asked for. `can_condense` where
    a model may sum the rows up, `condensed` where it did."""

    kind: Literal["answer"] = "answer"
    question: Question
    understood: str
    headline: str
    sums: tuple[Sum, ...] = ()
    rows: tuple[AnswerRow, ...] = ()
    total: int = 0
    account_id: AccountId | None = None
    account: str | None = None
    card: AccountCard | None = None
    can_condense: bool = False
    condensed: Condensed | None = None
    receipts: Receipts


class Drawn(Result):
    """An answer's series as pictures. `below` says whose it is; `account_ids` are those that it counts."""

    title: str
    below: str
    pictures: tuple[KpiPicture, ...]
    notes: tuple[str, ...] = ()
    account_ids: tuple[AccountId, ...] = ()


class Choice(Result):
    """Which account is meant has to be said; nothing was looked up. `candidates` is empty when none is like it."""

    kind: Literal["choice"] = "choice"
    question: Question
    name: str
    candidates: tuple[Candidate, ...]


class Said(Result):
    """A sentence that is no look at data: help, thanks, what a command does, or that it was not understood."""

    kind: Literal["said"] = "said"
    about: Literal["help", "thanks", "hello", "elsewhere", "unclear", "account", "refused"]
    sentence: str
    examples: tuple[str, ...] = ()


Reply = Answer | Choice | Said


class Replies(Result):
    """What a text is answered with, one reply for each question in it. `turn` names it in the conversation; `read_by`
    is the model that chose which question it was, None where the words themselves said it."""

    text: str
    replies: tuple[Reply, ...]
    turn: str | None = None
    read_by: str | None = None
    as_of: datetime
