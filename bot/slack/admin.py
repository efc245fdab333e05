"""What leads and admins ask for: who may see an account, who did and who changed it."""

from __future__ import annotations

from bot.domain.ids import parse_id
from bot.services.errors import BadInput
from bot.slack.asks import Trail
from bot.slack.asks_admin import AdminAsk, Audit, ErasePerson, Restrict, Unrestrict, WhoSees
from bot.slack.desk import Desk
from bot.slack.erasing import ask_first
from bot.slack.mentioned import with_names
from bot.slack.render.access import restricted, restricted_accounts, who_may_see
from bot.slack.render.parts import Message
from bot.slack.render.trail import slack_users, trail_page
from bot.slack.setting import Setting


async def answer(desk: Desk, setting: Setting, ask: AdminAsk) -> Message:
    """Raises BadInput when it cannot be told about which account, NotAllowed for who may not decide."""
    match ask:
        case WhoSees(""):
            found = await desk.run(lambda use: use.access.restricted(setting.audience))
            return restricted_accounts(found, setting.days)
        case WhoSees(query):
            account_id = await one_account(desk, setting, query)
            seen = await desk.aside(lambda use: use.access.who_may_see(setting.audience, account_id))
            return who_may_see(seen, setting.days)
        case Restrict():
            return await _restrict(desk, setting, ask)
        case Unrestrict(query):
            account_id = await one_account(desk, setting, query)
            done = await desk.write(lambda use: use.access.lift(setting.audience, account_id))
            return restricted(done)
        case ErasePerson(query, who):
            account_id = await one_account(desk, setting, query)
            return await ask_first(desk, setting, account_id, await with_names(desk, who))
        case Audit(query, since):
            return await trail(desk, setting, Trail(await one_account(desk, setting, query), since))


async def trail(desk: Desk, setting: Setting, ask: Trail) -> Message:
    """Who saw an account and who changed it; people that only Slack knows by the names they have there."""
    found = await desk.aside(
        lambda use: use.trail.account_trail(setting.audience, ask.account_id, since=ask.since, page=ask.page)
    )
    strangers = {user for line in found.lines for user in slack_users(f"{line.who} {line.did}")}
    names = {user: await _name_of(desk, user) for user in strangers}
    return trail_page(found, ask, names, setting.days)


async def _name_of(desk: Desk, user: str) -> str:
    return (await desk.people.actor(user)).name or (await desk.people.person(user)).called or user


async def _restrict(desk: Desk, setting: Setting, ask: Restrict) -> Message:
    account_id = await one_account(desk, setting, ask.query)
    named = [await _known(desk, one) for one in ask.named]
    reason = await with_names(desk, ask.reason)
    done = await desk.write(lambda use: use.access.restrict(setting.audience, account_id, named, reason))
    return restricted(done)


async def _known(desk: Desk, mention: str) -> str:
    """The Slack user of a mention, or their name where the team list knows them by an e-mail address only."""
    person = await desk.people.person(mention.lstrip("@")) if mention[1:2] in ("U", "W") else None
    if person is None or not person.called:
        return mention
    actor = await desk.people.actor(person.user_id)
    return actor.name or person.called


async def one_account(desk: Desk, setting: Setting, query: str) -> int:
    """Raises BadInput when the name is nobody's or several's: this is about one account."""
    name = await with_names(desk, query)
    match = await desk.run(lambda use: use.find_account(setting.audience, name))
    account_id = parse_id(match.account_id) if match.outcome == "one" and match.account_id else None
    if account_id is None:
        names = ", ".join(one.name for one in match.candidates[:5])
        raise BadInput(f"Which account is “{name[:80]}”? {f'It could be {names}. ' if names else ''}Say its full name.")
    return account_id
