"""What a channel's copy of a list leaves out, told to who shares it and to nobody else."""

from __future__ import annotations

from bot.domain.audience import Audience, only_the_asker
from bot.domain.ids import parse_id
from bot.services.errors import NotAllowed
from bot.slack.asks import Book, Card, Shareable
from bot.slack.desk import Desk
from bot.slack.ports import UseCases
from bot.slack.render.text import count, md
from bot.slack.views import owner_of

_NAMED = 5


async def require_seen(desk: Desk, audience: Audience, view: Shareable) -> None:
    """Raises `NotAllowed` where the one account that is shared is not for everyone in the channel."""
    if not isinstance(view, Card):
        return
    mine = only_the_asker(audience.actor)
    hidden = await desk.run(lambda use: not use.sees(audience, [view.account_id]) and use.sees(mine, [view.account_id]))
    if hidden:
        raise NotAllowed("Not everybody in this channel may see this account, so I keep it between us.")


async def what_is_left_out(desk: Desk, audience: Audience, view: Shareable) -> str:
    """A sentence with the accounts that the sharer sees in the list and not everyone in the channel; empty for none."""
    mine = only_the_asker(audience.actor)
    if isinstance(view, Card) or audience == mine:
        return ""
    owner = await owner_of(desk, view.owner)

    def look(use: UseCases) -> tuple[list[str], int]:
        found = []
        for whose in (mine, audience):
            if isinstance(view, Book):
                book = use.book(whose, owner=owner, search=view.search, sort=view.sort, page=view.page)
                found.append((book.total, [(row.id, row.name) for row in book.rows]))
            else:
                page = use.renewals(whose, within_days=view.within_days, owner=owner, page=view.page)
                found.append((page.total, [(row.account_id, row.account) for row in page.rows]))
        (all_of_them, rows), (shown, _) = found
        hidden = [name for one, name in rows if not use.sees(audience, [parse_id(one) or 0])]
        return list(dict.fromkeys(hidden)), all_of_them - shown

    names, number = await desk.aside(look)
    if number <= 0:
        return ""
    named = ", ".join(md(name, 80) for name in names[:_NAMED])
    what = count(number, "line" if not isinstance(view, Book) else "account")
    examples = f": {named}{' and others' if len(names) > _NAMED or not names else ''}" if named else ""
    return f"Left out, since not everybody here may see it: {what}{examples}."
