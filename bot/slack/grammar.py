"""From typed text to an `Ask`. Pure; anything that cannot be read becomes a `BadInput` with an example."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.kpi.catalogue import leading_entry
from bot.services.errors import BadInput
from bot.slack.asks import (
    MAX_DAYS,
    MAX_KPI_WORDS,
    MAX_OWNER,
    MAX_PAGE,
    SHOWS,
    SKILLS,
    SORTS,
    Ask,
    Bind,
    Book,
    Chart,
    Export,
    FileAsk,
    Find,
    Help,
    Here,
    Kpi,
    Log,
    MySettings,
    Question,
    Renewals,
    Review,
    Show,
    Sort,
    Status,
    Team,
    Unbind,
)
from bot.slack.command import Command
from bot.slack.commands import BY_NAME, SLASHES, main_verb, slash_example, spoken_example
from bot.slack.grammar_admin import READERS
from bot.slack.grammar_health import read_dismiss, read_health, split_since
from bot.slack.grammar_past import name_and_time
from bot.slack.grammar_reminders import read_own
from bot.slack.typed import plain_text, says_nothing
from bot.slack.words import Word, split, unescape

_OPENING = ":,;- \n\t\xa0"
_VERB = re.compile(r"\s*\S+[\s:,]*")
_SPAN = re.compile(r"(\d{1,9})\s*([a-z]*)")
_DAYS_PER_UNIT = {
    **dict.fromkeys(("", "d", "day", "days"), (1, 1)),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), (7, 1)),
    **dict.fromkeys(("m", "mo", "mon", "month", "months"), (365, 12)),
    **dict.fromkeys(("q", "quarter", "quarters"), (365, 4)),
    **dict.fromkeys(("y", "yr", "year", "years"), (365, 1)),
}
_OWN_VERBS = {"remind", "reminders", "promise", "promises", "why-reminded"}
_TIMED = {"diff", "asof"}
_MINE = {"mine", "my", "me"}
_FILLER = {"in", "within", "next", "the", "for", "of"}
_SORT_WORDS: dict[str, Sort] = {**{sort: sort for sort in SORTS}, "renewals": "renewal", "risks": "risk"}


def parse_slash(slash: str, typed: str) -> Ask:
    """What a slash command asks for. `/account` takes every verb; without one it shows an account."""
    if slash not in SLASHES:
        raise BadInput(f"I do not know {slash[:40]}. Try {' or '.join(SLASHES)}.")
    text = unescape(typed)
    words = split(text)
    if not words and slash == "/account":
        return Here()
    if slash == "/account" and _is_log(words):
        return Log(_after_verb(plain_text(typed, links=True)))
    if slash == "/account" and _is_question(words):
        return Question(_asked_for(_after_verb(plain_text(typed, links=True))))
    if slash == "/account" and (verb := _own_verb(words)) is not None:
        return read_own(verb, typed)
    if slash == "/account":
        return _by_verb(words, _Door(slash=True))
    if len(words) == 1 and words[0].key == "help":
        return Help(main_verb(slash).verb)
    return _read(main_verb(slash), words, _Door(slash=True))


def parse_spoken(typed: str, bot_user_id: str | None = None) -> Ask:
    """What a mention or a direct message asks for: a verb and its words, or simply a name. Empty means help."""
    text = unescape(typed, without=bot_user_id).lstrip(_OPENING)
    whole = plain_text(typed, without=bot_user_id, links=True).lstrip(_OPENING)
    for slash in SLASHES:
        # Slash commands do not run in threads, so people paste them as text.
        if text.casefold().startswith(f"{slash} ") or text.casefold() == slash:
            return parse_slash(slash, html.escape(whole[len(slash) :], quote=False))
    words = split(text) if words_said(typed, bot_user_id) else []
    if _is_log(words):
        return Log(_after_verb(whole))
    if _is_question(words):
        return Question(_asked_for(_after_verb(whole)))
    if (verb := _own_verb(words)) is not None:
        return read_own(verb, typed, bot_user_id)
    return _by_verb(words, _Door(slash=False)) if words else Here()


def _is_log(words: list[Word]) -> bool:
    return bool(words) and words[0].key.rstrip(":") in BY_NAME["log"].names


def _is_question(words: list[Word]) -> bool:
    return bool(words) and words[0].key.rstrip(":") in BY_NAME["ask"].names


def _asked_for(text: str) -> str:
    if not text:
        raise BadInput("What do you want to know? For example `/account ask who renews next month?`.")
    return text


def words_said(typed: str, bot_user_id: str | None = None) -> str:
    """What was said, as plain text, without the name of the bot; empty where it says nothing, as an emoji alone."""
    text = plain_text(typed, without=bot_user_id, links=True)
    return "" if says_nothing(text) else text.lstrip(_OPENING)


def _own_verb(words: list[Word]) -> str | None:
    """The verb about reminders and promises that these words begin with."""
    verb = words[0].key.rstrip(":") if words else ""
    return verb if verb in _OWN_VERBS else None


def _after_verb(text: str) -> str:
    """What is to be logged, with its lines, quotes and every character."""
    return _VERB.sub("", text, count=1).strip()


@dataclass(frozen=True, slots=True)
class _Door:
    slash: bool

    def example(self, command: Command) -> str:
        return slash_example(command) if self.slash else spoken_example(command)


def _by_verb(words: list[Word], door: _Door) -> Ask:
    if len(words) > 1 and words[0].key == "draft" and words[1].key.rstrip(":") in SKILLS:
        words = words[1:]  # "draft checkin acme" is "checkin acme"
    command = BY_NAME.get(words[0].key.rstrip(":")) if words else None
    status = BY_NAME["status"]
    if command is None:
        return _read(status, words, door)
    if command.verb == "help" and len(words) > 1 and words[1].key.lstrip("/") not in {*BY_NAME, *_MINE, "please"}:
        # "help scout" or "hello fresh" is a company, not a cry for help.
        return _read(status, words, door)
    if command.handler == "mysettings":
        # "settings" is for the asker; more words name a company.
        return MySettings() if len(words) == 1 else _read(status, words, door)
    if command.handler in _TIMED:
        return _timed(command, words, door)
    if len(words) == 1 and command.handler in ("status", *SHOWS):
        return Here(_show(command))
    ask = _read(command, words[1:], door)
    return replace(ask, whole=_phrase(words, command, door)) if isinstance(ask, Status) else ask


def _read(command: Command, words: list[Word], door: _Door) -> Ask:
    if command.handler == "help":
        topic = BY_NAME.get(words[0].key.lstrip("/")) if words else None
        return Help(topic.verb if topic else None)
    if command.handler in _LISTS:
        return _LISTS[command.handler](words, command, door)
    if command.handler == "kpi":
        return _kpi(words, door)
    if command.handler in READERS:
        return READERS[command.handler](words)
    if command.handler in ("sethealth", "dismissrisk"):
        return (read_dismiss if command.handler == "dismissrisk" else read_health)(words) or _why(words, door)
    words, since = split_since(words) if command.handler == "why" else (words, "")
    name = _phrase(words, command, door)
    if command.handler == "review":
        return Review(name)
    if command.handler == "bind":
        return Bind(name or None)
    if command.handler == "unbind":
        if name:
            raise BadInput("Unbinding takes no name: `/account unbind` ends the binding of the channel it is typed in.")
        return Unbind()
    if not name:
        raise BadInput(f"Which account? Type a name after it, for example `{door.example(command)}`.")
    if command.handler == "find":
        return Find(name)
    return Status(name, _show(command), time=since)


def _why(words: list[Word], door: _Door) -> Ask:
    return _read(BY_NAME["why"], words, door)


def _timed(command: Command, words: list[Word], door: _Door) -> Status | Here:
    """A name and a time of the past behind it; either may lack."""
    named, time = name_and_time(words[1:])
    name = _phrase(named, command, door)
    if command.handler == "asof" and not time:
        raise BadInput(f"As of which day of the past? For example `{door.example(command)}`.")
    return Status(name, _show(command), time=time) if name else Here(_show(command), time)


def _show(command: Command) -> Show:
    """Which view of an account a command asks for."""
    return next((show for show in SHOWS if show == command.handler), "card")


def _kpi(words: list[Word], door: _Door) -> Kpi | FileAsk:
    """The longest first words that name a figure, then whose and when; neither is taken apart here."""
    if not words:
        return Kpi()
    if words[0].key == "export":
        return _export(words[1:], door)
    found = leading_entry([word.text for word in words])
    if found is None:
        shown, example = _shown(words[0].text), door.example(BY_NAME["kpi"])
        raise BadInput(f"No figure is called “{shown}”. `/account kpi` lists them; for example `{example}`.")
    entry, rest = found
    text = " ".join(rest)
    if len(text) > MAX_KPI_WORDS:
        raise BadInput(f"That is too long for whose and when. For example `{door.example(BY_NAME['kpi'])}`.")
    return Chart(entry.key, text) if "over" in (word.casefold() for word in rest) else Kpi(entry.key, text)


def _export(words: list[Word], door: _Door) -> Export:
    """A figure's name may follow; whatever else does is whose and when."""
    found = leading_entry([word.text for word in words])
    key, rest = (found[0].key, found[1]) if found is not None else (None, [word.text for word in words])
    text = " ".join(rest)
    if len(text) > MAX_KPI_WORDS:
        raise BadInput(f"That is too long for whose and when. For example `{door.example(BY_NAME['kpi'])}`.")
    return Export(key, text)


def _book(words: list[Word], command: Command, door: _Door) -> Book | Team:
    """`team` alone is the roll-up; with more words the team's accounts."""
    if [word.key for word in words] == ["team"]:
        return Team()
    book, rest, pending = Book(), [], list(words)
    while pending:
        word = pending.pop(0)
        label, mark, value = word.key.partition(":") if ":" in word.key else word.key.partition("=")
        if label == "sort" and (mark or (pending and pending[0].key in _SORT_WORDS)):
            chosen = value or (pending.pop(0).key if pending else "")
            book = replace(book, sort=_sort(chosen, command, door))
        elif (page := _page(word, pending)) is not None:
            book = replace(book, page=_checked_page(page, command, door))
        elif (owner := _owner(word)) is not None:
            book = replace(book, owner=owner or None)
        else:
            rest.append(word)
    return replace(book, search=_phrase(rest, command, door) or None)


def _renewals(words: list[Word], command: Command, door: _Door) -> Renewals:
    asked, pending = Renewals(), [word for word in words if word.key not in _FILLER]
    while pending:
        word = pending.pop(0)
        if (page := _page(word, pending)) is not None:
            asked = replace(asked, page=_checked_page(page, command, door))
        elif (days := _days(word, pending)) is not None:
            asked = replace(asked, within_days=_checked_days(days, command, door))
        elif (owner := _owner(word)) is not None:
            asked = replace(asked, owner=owner or None)
        else:
            shown = _shown(word.text)
            raise BadInput(f"I cannot read “{shown}” here. Give a time span, for example `{door.example(command)}`.")
    return asked


_LISTS: dict[str, Callable[[list[Word], Command, _Door], Book | Team | Renewals]] = {
    "book": _book,
    "renewals": _renewals,
}


def _owner(word: Word) -> str | None:
    """Empty text for the asker, None when the word names no owner."""
    key = word.key
    if key in _MINE:
        return ""
    if key in ("team", "all"):
        return key
    if key == "everyone":
        return "all"
    name = word.text.partition(":")[2] if key.startswith("owner:") else ""
    if key.startswith("@") and len(key) > 1:
        is_id = re.fullmatch(r"@[UW][A-Z0-9]{2,20}", word.text) is not None
        name = word.text if is_id else word.text[1:]
    return name[:MAX_OWNER] or None


def _page(word: Word, pending: list[Word]) -> int | None:
    """The page asked for; 0 when it cannot be read as one."""
    match = re.fullmatch(r"(?:page|p)[:=]?(\d{1,9})", word.key)
    if match:
        return int(match.group(1))
    if word.key in ("page", "page:") and pending:
        number = pending[0].key
        if re.fullmatch(r"\d{1,9}", number):
            pending.pop(0)
            return int(number)
        return 0
    return None


def _checked_page(page: int, command: Command, door: _Door) -> int:
    if not 1 <= page <= MAX_PAGE:
        raise BadInput(f"Pages start at 1, for example `{door.example(command)} page 2`.")
    return page


def _days(word: Word, pending: list[Word]) -> int | None:
    match = _SPAN.fullmatch(word.key)
    if match is None or not word.key.isascii() or match.group(2) not in _DAYS_PER_UNIT:
        return None
    unit = match.group(2)
    if not unit and pending and pending[0].key in _DAYS_PER_UNIT:
        unit = pending.pop(0).key
    days, parts = _DAYS_PER_UNIT[unit]
    return -(-int(match.group(1)) * days // parts)


def _checked_days(days: int, command: Command, door: _Door) -> int:
    if not 1 <= days <= MAX_DAYS:
        raise BadInput(f"I look 1 to {MAX_DAYS} days ahead, for example `{door.example(command)}`.")
    return days


def _sort(word: str, command: Command, door: _Door) -> Sort:
    chosen = _SORT_WORDS.get(word)
    if chosen is None:
        raise BadInput(f"I sort by {', '.join(SORTS)}. For example `{door.example(command)}`.")
    return chosen


def _phrase(words: list[Word], command: Command, door: _Door) -> str:
    text = " ".join(word.text for word in words).strip()
    if len(text) > 200:
        raise BadInput(f"That is too long to be a name. A word or two will do, for example `{door.example(command)}`.")
    return text


def _shown(text: str) -> str:
    return text[:40].replace("`", "'")
