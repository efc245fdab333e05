"""What people say in their own words: a command where it is one, a name where an account has it, else a question."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.asking.queries import Question, Status, account_of
from bot.domain.audience import Audience
from bot.domain.ids import parse_id
from bot.domain.names import squash
from bot.services.asking.ask import is_asked
from bot.services.asking.memory import Spot
from bot.services.errors import BadInput
from bot.services.results.asking import Answer, Reply
from bot.slack.asks import Ask, Book, Here
from bot.slack.asks import Status as StatusAsk
from bot.slack.desk import Desk
from bot.slack.mentioned import with_names
from bot.slack.ports import UseCases
from bot.slack.render.asking import replies_message
from bot.slack.render.parts import Message
from bot.slack.setting import Setting
from bot.slack.telling import Make

_A_NAME = 6
"""Words that a name may have; more are a sentence."""
_OPENS_A_SENTENCE = re.compile(
    r"(?:what|who|whose|when|where|why|how|which|is|are|do|does|did|can|could|tell|show|write|give)(?:'s|s)?\s+\S+\s+\S",
    re.IGNORECASE,
)


async def converse(desk: Desk, setting: Setting, words: str, ask: Ask | BadInput) -> Make | None:
    """What makes the answer where `words` are a question; None where they are the command `ask`, or its `BadInput`
    stands."""
    if setting.spot is None or not _may_be_a_question(ask):
        return None
    spot = await placed(desk, setting, setting.spot)
    text = await with_names(desk, words)
    if isinstance(ask, StatusAsk) and len(text.split()) <= _A_NAME:
        named = await desk.run(lambda use_cases: _named(use_cases, setting.audience, ask))
        if named is not None:
            name, account_id = named
            shown, chosen = Status(account=name), {squash(name): account_id}
            await desk.write(lambda use_cases: use_cases.asking.note(setting.audience, shown, chosen, spot))
            return None
    questions = await desk.run(lambda use_cases: use_cases.asking.reading(setting.audience, text, spot))
    may_be_read = desk.use_cases.model_seconds is not None and is_asked(text)
    if not may_be_read and not _is_question(questions, ask, text):
        return None
    return await _asked(desk, setting, text, spot)


async def answered(desk: Desk, setting: Setting, words: str) -> Make:
    """What makes the answer to what was said to be a question."""
    text = await with_names(desk, words)
    spot = await placed(desk, setting, setting.spot) if setting.spot is not None else None
    return await _asked(desk, setting, text, spot)


async def _asked(desk: Desk, setting: Setting, text: str, spot: Spot | None) -> Make:
    """Asked once, as the asker, and remembered; for others the questions as they were understood are answered anew."""
    # With a model set up, words that the parser cannot read wait for it.
    run = desk.write if desk.use_cases.model_seconds is None else desk.slowly
    found = await run(lambda use_cases: use_cases.asking.ask(setting.audience, text, spot))

    async def make(there: Setting) -> Message:
        if there.audience == setting.audience:
            return replies_message(found, there.days)
        replies = [await _seen_by(desk, there.audience, reply) for reply in found.replies]
        return replies_message(found.model_copy(update={"replies": tuple(replies)}), there.days)

    return make


async def _seen_by(desk: Desk, audience: Audience, reply: Reply) -> Reply:
    """The same answer, as others may see it."""
    if not isinstance(reply, Answer):
        return reply
    question, account_id = reply.question, parse_id(reply.account_id or "")
    name = account_of(question)
    chosen = {squash(name): account_id} if name and account_id is not None else {}
    again = await desk.write(lambda use_cases: use_cases.asking.again(audience, question, chosen))
    return again.replies[0]


def _may_be_a_question(ask: Ask | BadInput) -> bool:
    """Not what a command says in its own words; a name, a search or something unreadable may be one."""
    if isinstance(ask, Book):
        return ask.search is not None
    return isinstance(ask, StatusAsk | Here | BadInput)


def _named(use_cases: UseCases, audience: Audience, ask: StatusAsk) -> tuple[str, int] | None:
    """The account that has this name, to the letter."""
    for text in (ask.query, ask.whole):
        match = use_cases.find_account(audience, text) if text else None
        account_id = parse_id(match.account_id or "") if match is not None and match.outcome == "one" else None
        if text and account_id is not None:
            return text, account_id
    return None


def _is_question(questions: tuple[Question, ...], ask: Ask | BadInput, text: str) -> bool:
    if not questions:
        # A long sentence is no name: who says one hears that it was not understood.
        long = len(text.split()) > _A_NAME or text.rstrip().endswith("?") or _OPENS_A_SENTENCE.match(text) is not None
        return isinstance(ask, StatusAsk) and ask.show == "card" and long
    first = questions[0]
    if isinstance(ask, StatusAsk) and len(questions) == 1 and isinstance(first, Status) and first.focus == "all":
        return squash(first.account) not in (squash(ask.query), squash(ask.whole or ""))
    return not (isinstance(ask, Book) and first.query == "book")


async def placed(desk: Desk, setting: Setting, spot: Spot) -> Spot:
    """The spot with the account that its channel is about."""
    channel = setting.channel
    if channel is None:
        return spot
    bound = await desk.run(lambda use_cases: use_cases.account_of_channel(setting.audience, channel))
    return replace(spot, account=bound.account) if bound is not None and not bound.gone else spot
