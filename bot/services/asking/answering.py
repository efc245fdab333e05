"""Which use case answers which question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias, assert_never

from bot.domain.asking import queries as q
from bot.services.asking import figures, lists, one, said, work
from bot.services.asking.ground import Ground
from bot.services.results.asking import Answer, Reply, Said
from bot.storage.database import Reader

EXAMPLES: Final = (
    "which of my accounts renew next month and are at risk?",
    "what did Acme say about pricing?",
    "who haven't I talked to in 60 days?",
    "open tickets for Acme",
    "NRR of my team last quarter",
)


def answered(ground: Ground, question: q.Question, ids: Sequence[int]) -> Reply:
    """The answer to a question of the closed set; `ids` are the accounts that its names mean, in their order."""
    first = ids[0] if ids else None
    match question:
        case q.Help():
            return Said(about="help", sentence="Ask me about your accounts in your own words.", examples=EXAMPLES)
        case q.Talk():
            return Said(about=question.kind, sentence=_TALK[question.kind])
        case q.Elsewhere():
            return Said(about="elsewhere", sentence=_ELSEWHERE[question.way])
        case q.Metric():
            return figures.metric(ground, question, first)
        case q.Compare():
            return one.compare(ground, question, tuple(ids))
        case q.Status() | q.Owner() | q.Contacts() | q.Touch() | q.Timeline():
            return _of_one(ground, question, ids[0])
        case _:
            with ground.database.reading(ground.audience) as reader:
                return _looked_up(reader, ground, question, first)


def _of_one(ground: Ground, question: q.AboutOne, account_id: int) -> Answer:
    match question:
        case q.Status():
            return one.status(ground, question, account_id)
        case q.Owner():
            return one.owner(ground, question, account_id)
        case q.Contacts():
            return one.contacts(ground, question, account_id)
        case q.Touch():
            return one.touch(ground, question, account_id)
        case q.Timeline():
            return one.happened(ground, question, account_id)
        case _:
            assert_never(question)


_Looks: TypeAlias = (
    q.Renewals | q.Book | q.AtRisk | q.Silent | q.Tickets | q.Usage | q.Promises | q.Steps | q.Gaps | q.Said
)


def _looked_up(reader: Reader, ground: Ground, question: _Looks, account_id: int | None) -> Answer:
    match question:
        case q.Renewals():
            return lists.renewals(reader, ground, question)
        case q.Book():
            return lists.book(reader, ground, question)
        case q.AtRisk():
            return lists.at_risk(reader, ground, question)
        case q.Silent():
            return lists.silent(reader, ground, question)
        case q.Tickets():
            return work.tickets(reader, ground, question, account_id)
        case q.Usage():
            return work.usage(reader, ground, question, account_id)
        case q.Promises():
            return work.promises(reader, ground, question, account_id)
        case q.Steps():
            return work.steps(reader, ground, question, account_id)
        case q.Gaps():
            return work.gaps(reader, ground, question, account_id)
        case q.Said():
            return said.said(reader, ground, question, account_id)
        case _:
            assert_never(question)


_TALK: Final = {"thanks": "You are welcome.", "hello": "Hello. Ask me about your accounts in your own words."}
_ELSEWHERE: Final = {
    "remind": 'For a reminder, say it as a command: `remind acme "call Ana" tue 9:00`.',
    "log": "To log it, begin with the word: `log acme met Ana about pricing`.",
    "promise": 'To track a promise: `promise acme "send the quote" by fri`.',
    "draft": "I draft on command: `/account help` lists what I can draft.",
    "send": "I send nothing to customers. `/account help` lists what I can draft for you to send.",
    "change": "I change nothing by conversation. Commands do, and can be undone: see `/account help`.",
}
