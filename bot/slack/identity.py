"""Who somebody is: the bot's own workspace, and the people who talk to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.audience import Actor, Role
from bot.slack.calls import Clock, Sleep, code_of, monotonic, patiently
from bot.slack.ports import Runner, SlackPerson, UseCases

TTL = 300.0
_MOST_CACHED = 20_000
_PAGE = 1000
# Up to so many people are asked about one by one, more by listing the workspace.
_ONE_BY_ONE = 15


@dataclass(frozen=True, slots=True)
class Me:
    """The bot and the workspace it is installed in, as auth.test tells."""

    team_id: str
    enterprise_id: str | None
    bot_id: str
    bot_user_id: str


class Workspace(AsyncAuthorize):
    """Asks auth.test once and remembers: Bolt's authorisation of every later request costs no call."""

    def __init__(self, client: AsyncWebClient, sleep: Sleep = asyncio.sleep) -> None:
        self._client, self._sleep = client, sleep
        self._me: Me | None = None
        self._asking = asyncio.Lock()

    async def me(self) -> Me:
        """Raises `SlackApiError` when the token is not accepted."""
        if self._me is None:
            async with self._asking:
                if self._me is None:
                    self._me = await self._ask()
        return self._me

    async def _ask(self) -> Me:
        found = await patiently(lambda: self._client.auth_test(), self._sleep)
        return Me(
            team_id=str(found["team_id"]),
            enterprise_id=found.get("enterprise_id"),
            bot_id=str(found.get("bot_id") or ""),
            bot_user_id=str(found["user_id"]),
        )

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,  # noqa: ARG002 - Bolt's signature; there is one workspace, so one answer
        enterprise_id: str | None,  # noqa: ARG002 - the same
        team_id: str | None,  # noqa: ARG002 - the same
        user_id: str | None,  # noqa: ARG002 - the same
        actor_enterprise_id: str | None = None,  # noqa: ARG002 - the same
        actor_team_id: str | None = None,  # noqa: ARG002 - the same
        actor_user_id: str | None = None,  # noqa: ARG002 - the same
    ) -> AuthorizeResult:
        me = await self.me()
        return AuthorizeResult(
            enterprise_id=me.enterprise_id,
            team_id=me.team_id,
            bot_user_id=me.bot_user_id,
            bot_id=me.bot_id,
            bot_token=self._client.token,
        )


class People:
    """Slack's people, remembered for five minutes, and the actors they are to us."""

    def __init__(
        self,
        workspace: Workspace,
        client: AsyncWebClient,
        use_cases: UseCases,
        runner: Runner,
        *,
        clock: Clock = monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._workspace, self._client, self._use_cases, self._runner = workspace, client, use_cases, runner
        self._clock, self._sleep = clock, sleep
        self._known: dict[str, tuple[float, SlackPerson]] = {}
        self._emails: dict[str, tuple[float, SlackPerson | None]] = {}

    async def actor(self, user_id: str) -> Actor:
        """Who asks. The role is looked up every time, so that a change of rights counts at once."""
        person = await self.person(user_id)
        if person.is_guest or person.is_external or person.is_bot or person.deleted:
            # The use case decides the same; nobody from outside gets in by a mistake on either side alone.
            return Actor(Role.GUEST, via="slack", slack_user_id=user_id, name=person.name)
        return await self._runner(lambda: self._use_cases.identify(person))

    async def person(self, user_id: str) -> SlackPerson:
        found = self._known.get(user_id)
        return found[1] if found is not None and self._is_fresh(found) else await self._ask(user_id)

    async def read(self, user_ids: Iterable[str]) -> list[SlackPerson]:
        """These people as Slack knows them now, past the cache. Who is not found is external."""
        wanted = list(dict.fromkeys(user_ids))
        if len(wanted) <= _ONE_BY_ONE:
            return list(await asyncio.gather(*(self._ask(user_id) for user_id in wanted)))
        listed = await self._list()
        return [listed.get(user_id) or await self._ask(user_id) for user_id in wanted]

    async def with_emails(self, emails: Iterable[str]) -> dict[str, SlackPerson]:
        """Who in this workspace has these e-mail addresses; whoever nobody has is left out. Remembered like people."""
        wanted = {email.casefold() for email in emails}
        unknown = [email for email in wanted if not self._is_fresh(self._emails.get(email))]
        if len(unknown) > _ONE_BY_ONE:
            listed = {one.email.casefold(): one for one in (await self._list()).values() if one.email}
            self._emails.update({email: (self._clock(), listed.get(email)) for email in unknown})
        else:
            found = await asyncio.gather(*(self._with_email(email) for email in unknown))
            self._emails.update({email: (self._clock(), one) for email, one in zip(unknown, found, strict=True)})
        known = {email: self._emails[email][1] for email in wanted}
        return {email: one for email, one in known.items() if one is not None}

    async def _with_email(self, email: str) -> SlackPerson | None:
        me = await self._workspace.me()
        try:
            response = await patiently(lambda: self._client.users_lookupByEmail(email=email), self._sleep)
        except SlackApiError as error:
            if code_of(error) not in ("users_not_found", "user_not_found"):
                raise
            return None
        return self._remember(person_of(response["user"], me))

    async def these(self, user_ids: Iterable[str]) -> dict[str, SlackPerson]:
        """These people, from memory where it is fresh."""
        wanted = list(dict.fromkeys(user_ids))
        stale = [one for one in wanted if not self._is_fresh(self._known.get(one))]
        read = {person.user_id: person for person in await self.read(stale)} if stale else {}
        return {one: read.get(one) or self._known[one][1] for one in wanted}

    async def learn(self, user: dict[str, Any]) -> None:
        """Slack says that somebody changed: who is remembered is as they are now."""
        if user.get("id") in self._known:
            self._remember(person_of(user, await self._workspace.me()))

    def _is_fresh(self, found: tuple[float, object] | None) -> bool:
        return found is not None and self._clock() - found[0] < TTL

    async def _ask(self, user_id: str) -> SlackPerson:
        me = await self._workspace.me()
        try:
            response = await patiently(lambda: self._client.users_info(user=user_id), self._sleep)
        except SlackApiError as error:
            if code_of(error) not in ("user_not_found", "user_not_visible", "users_not_found"):
                raise
            return self._remember(person_of({"id": user_id}, me))
        return self._remember(person_of({"id": user_id, **(response.get("user") or {})}, me))

    async def _list(self) -> dict[str, SlackPerson]:
        me = await self._workspace.me()
        people: dict[str, SlackPerson] = {}
        cursor = ""
        while True:
            page = await patiently(partial(self._client.users_list, limit=_PAGE, cursor=cursor), self._sleep)
            for user in page.get("members") or ():
                person = self._remember(person_of(user, me))
                people[person.user_id] = person
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return people

    def _remember(self, person: SlackPerson) -> SlackPerson:
        if len(self._known) >= _MOST_CACHED:
            self._known.clear()
        self._known[person.user_id] = (self._clock(), person)
        return person


def person_of(user: dict[str, Any], me: Me) -> SlackPerson:
    """Slack's user object as a person. Of another workspace, a stranger, or without a workspace: external."""
    profile = user.get("profile") or {}
    return SlackPerson(
        user_id=str(user["id"]),
        name=str(profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user["id"]),
        email=profile.get("email") or None,
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_external=user.get("team_id") != me.team_id or bool(user.get("is_stranger")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        deleted=bool(user.get("deleted")),
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        tz=user.get("tz") or None,
    )
