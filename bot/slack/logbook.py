"""Logging by words: `/account log acme talked to Ana`, the buttons that follow, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ids import id_text, new_id, parse_id
from bot.services.logbook.entry import LogEntry
from bot.services.logbook.hints import kind_of
from bot.services.results import Candidate
from bot.slack.asks import Log
from bot.slack.desk import Desk
from bot.slack.errors import caught
from bot.slack.log_values import LogTo, Undo
from bot.slack.mentioned import with_names
from bot.slack.ports import UseCases
from bot.slack.render.log_form import Draft
from bot.slack.render.logged import logged_message, not_logged, undone_message, which_account
from bot.slack.render.parts import Message
from bot.slack.setting import Setting


@dataclass(frozen=True, slots=True)
class Meant:
    """What a line to log says: for which account (id and name), or which it may be, and the words."""

    account: tuple[int, str] | None
    text: str
    name: str = ""
    candidates: tuple[Candidate, ...] = ()


async def log(desk: Desk, setting: Setting, ask: Log) -> Message | Draft:
    """What was logged, or a choice of accounts; a draft for the form when there are no words to log yet."""
    text = await with_names(desk, ask.text)
    meant = await desk.run(lambda use_cases: _meant(use_cases, setting, text))
    key = id_text(new_id())
    if meant.account is None and (meant.name or meant.text):
        return which_account(meant.name, meant.candidates, meant.text, key)
    if meant.account is None or not meant.text:
        return Draft(at=desk.use_cases.now(), account=meant.account)
    return await log_to(desk, setting, LogTo(meant.account[0], key, meant.text))


def _meant(use_cases: UseCases, setting: Setting, text: str) -> Meant:
    """An account that is named wins over the one that the channel is about."""
    bound = use_cases.account_of_channel(setting.audience, setting.channel) if setting.channel else None
    bound_id = parse_id(bound.account_id) if bound is not None and not bound.gone else None
    here = (bound_id, bound.account) if bound is not None and bound_id is not None else None
    if not text.strip():
        return Meant(here, "")
    leading = use_cases.find_leading(setting.audience, text)
    account_id = parse_id(leading.match.account_id or "") if leading.match.outcome == "one" else None
    if account_id is not None and leading.account is not None:
        return Meant((account_id, leading.account), leading.rest)
    if here is not None:
        return Meant(here, text.strip())
    return Meant(None, leading.rest, leading.match.query, leading.match.candidates)


async def log_to(desk: Desk, setting: Setting, ask: LogTo) -> Message:
    """Log these words for this account. Whatever fails, they come back."""
    failed: list[str] = []

    async def tell(sentence: str) -> None:
        failed.append(sentence)

    hint, words = kind_of(ask.text)
    async with caught("logging", tell):
        entry = LogEntry(ask.key, hint or "note", desk.use_cases.now(), words)
        done = await desk.write(lambda use_cases: use_cases.log_touch(setting.audience, ask.account_id, entry))
        return logged_message(done, setting.days)
    return not_logged(failed[0], ask.text, ask.account_id, ask)


async def undo(desk: Desk, setting: Setting, ask: Undo) -> Message:
    done = await desk.write(lambda use_cases: use_cases.undo_change(setting.audience, ask.change))
    return undone_message(done)
