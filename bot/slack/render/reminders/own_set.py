"""Reminders that people set: read back in plain words, asked about, listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.ids import parse_id
from bot.services.reminders.own import Wish
from bot.services.results import Candidate
from bot.services.results.own import OwnList, OwnReminder, Question
from bot.slack.own_values import OWN, Change, ChangeOwn, ListOwn, NewOwn, Pressed, SetWish, encode
from bot.slack.render.dates import Days
from bot.slack.render.parts import Block, Element, Message, actions, context, joined, option, section
from bot.slack.render.text import count, md, plain
from bot.slack.values import MENU, menu_value

PAGE = 8
_MOST = 5
_LABELS: dict[Change, str] = {
    "delete": "Delete",
    "restore": "Undo",
    "pause": "Pause",
    "resume": "Resume",
    "edit": "Edit",
}


def own_set(own: OwnReminder, days: Days, *, changed: bool = False) -> Message:
    """What was set, with its next dates, and the way back."""
    whom = f"everybody in <#{own.channel}>" if own.channel else "you"
    about = f" ({md(own.account, 80)})" if own.account else ""
    said = f"{'Changed: I' if changed else 'I'} will remind {whom}: *{md(own.text, 300)}*{about}"
    lines = [said, when(own, days)]
    first = [] if changed else [own_button("Undo", ChangeOwn(_id(own), "delete"))]
    buttons = [*first, own_button("Edit", ChangeOwn(_id(own), "edit")), own_button("My reminders", ListOwn())]
    blocks = (section(lines), *_small(own), actions(buttons))
    return Message(joined([said, when(own, days)], "\n"), blocks, title="Reminder")


def when(own: OwnReminder, days: Days) -> str:
    """In plain words, with the concrete days."""
    dates = " · ".join(f"*{days.moment(at)}*" for at in own.next)
    if own.state == "paused":
        return f"{md(own.when, 160)} ({md(own.zone, 40)}), paused"
    if not own.repeats and not own.anchored:
        return f"{dates or md(own.when, 160)} ({md(own.zone, 40)})"
    if own.anchored:
        moves = f"{md(own.when, 160)}: {dates}" if dates else f"{md(own.when, 160)}, of which the day is not known now"
        return f"{moves} ({md(own.zone, 40)}); it moves with that date"
    return f"{md(own.when, 160)} ({md(own.zone, 40)}): {dates}"


def _small(own: OwnReminder) -> list[Block]:
    return [context(md(own.note, 200))] if own.note else []


def own_gone(own: OwnReminder) -> Message:
    """After deleting it."""
    text = f"Deleted: {md(own.text, 300)}"
    return Message(text, (section(text), actions([own_button("Undo", ChangeOwn(_id(own), "restore"))])))


def question(asked: Question, wish: Wish) -> Message:
    """Which of several times is meant: each choice sets it."""
    title = f"{md(asked.question, 200)} For: *{md(wish.text, 300)}*"
    found = [
        own_button(words, SetWish(replace(wish, phrase=words)), suffix=str(place))
        for place, words in enumerate(asked.choices)
    ]
    blocks: list[Block] = [section(title)]
    if found:
        blocks.append(actions(found))
    blocks.append(context("Nothing is set yet. Press what you meant, or say it in other words."))
    return Message(title, tuple(blocks), title="Reminder")


def which_account(name: str, candidates: Sequence[Candidate], wish: Wish) -> Message:
    """Which account a reminder is about: each choice sets it."""
    known = [(account_id, one) for one in candidates[:_MOST] if (account_id := parse_id(one.id)) is not None]
    title = f"Which account is “{md(name, 80)}”? For: *{md(wish.text, 300)}*"
    found = [
        own_button(one.name, SetWish(replace(wish, account_id=account_id)), suffix=str(place))
        for place, (account_id, one) in enumerate(known)
    ]
    lines = [joined([f"• *{md(one.name, 100)}*", md(one.hint, 120) or None]) for _, one in known]
    blocks = (section([title, *lines]), actions(found), context("Nothing is set yet."))
    return Message(title, blocks, title="Reminder")


def own_list(found: OwnList, page: int, days: Days, *, done: OwnReminder | None = None) -> Message:
    """A page of what is set; `done` was just deleted."""
    rows = [*((own, "") for own in found.mine), *((own, f" · in <#{own.channel}>") for own in found.channel)]
    pages = max(1, -(-len(rows) // PAGE))
    page = min(page, pages)
    title = f"*Your reminders* ({len(found.mine):,})"
    if found.channel:
        title = f"{title}, and {count(len(found.channel), 'reminder')} for this channel"
    blocks: list[Block] = [section(title)]
    if done is not None:
        blocks += own_gone(done).blocks
    blocks += [_row(own, where, days) for own, where in rows[(page - 1) * PAGE : page * PAGE]]
    if not rows:
        blocks.append(section('None yet. For example `/account remind acme "send pricing" tue 9:00`.'))
    blocks.append(actions(_pagers(page, pages)))
    first = f"; next: {md(rows[0][0].text, 80)}" if rows else ""
    return Message(f"{title}{first}", tuple(blocks), title="Reminders")


def _row(own: OwnReminder, where: str, days: Days) -> Block:
    about = f" · {md(own.account, 80)}" if own.account else ""
    by = f" · set by {md(own.set_by_name, 60)}" if where and own.set_by_name else ""
    next_at = f"next *{days.moment(own.next[0])}*" if own.next and own.state == "active" else ""
    state = "paused" if own.state == "paused" else "" if own.next else "its day is not known now"
    again = md(own.when, 120) if own.repeats or own.anchored else ""
    text = [f"*{md(own.text, 200)}*{about}{where}{by}", joined([again, next_at, state])]
    return section(text, _menu(own))


def _menu(own: OwnReminder) -> Element:
    switch: Change = "resume" if own.state == "paused" else "pause"
    changes: Sequence[Change] = ("edit", switch, "delete")
    lines = [
        option(_LABELS[change], menu_value(OWN, encode(ChangeOwn(_id(own), change, listed=True)))) for change in changes
    ]
    return {"type": "overflow", "action_id": MENU, "options": lines}


def _pagers(page: int, pages: int) -> list[Element]:
    found = [own_button("← Previous", ListOwn(page - 1), suffix="previous")] if page > 1 else []
    found += [own_button("Next →", ListOwn(page + 1), suffix="next")] if page < pages else []
    return [*found, own_button("New reminder", NewOwn(), suffix="new")]


def own_button(label: str, pressed: Pressed, *, suffix: str = "") -> Element:
    name = suffix or label.split(" ")[0].casefold()
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": plain(label), "emoji": False},
        "action_id": f"{OWN}:{name}",
        "value": encode(pressed),
    }


def _id(own: OwnReminder) -> int:
    found = parse_id(own.id)
    if found is None:
        raise ValueError(f"the reminder's id {own.id!r} is not one of ours")
    return found
