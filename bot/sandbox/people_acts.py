"""What people do in the workspace: type, click, pick, fill in and submit, open Home; each as Slack's client does it."""

import asyncio
import secrets
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.sandbox import payloads, typed
from bot.sandbox.api.chat import emit_message
from bot.sandbox.api.files import file_json
from bot.sandbox.api.surfaces import view_json
from bot.sandbox.choices import conversations_for, offered, people_for
from bot.sandbox.delivery import Ack, Delivery, Dispatcher, UndeliveredError
from bot.sandbox.elements_at import Spot, action_of, find_spot
from bot.sandbox.entries import Offer, value_of
from bot.sandbox.errors import Json, UserError
from bot.sandbox.grants import ResponseUrl
from bot.sandbox.limits import check_options
from bot.sandbox.links import announce_links
from bot.sandbox.messages import Message
from bot.sandbox.replies import ack_reply
from bot.sandbox.views import View
from bot.sandbox.workspace import Channel, Person
from bot.sandbox.world import Upload, World

MAX_BYTES = 10 * 1024 * 1024
Place = Literal["message", "modal", "home"]
TROUBLE = "We had some trouble connecting. Try again?"


@dataclass
class Turn:
    """What one act started: the message's ts if one was written, and deliveries that can be awaited."""

    ts: str | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def acked(self) -> None:
        """Return when every delivery was acked or has failed."""
        if self.tasks:
            await asyncio.wait(self.tasks)


@dataclass(frozen=True)
class Touched:
    """Where an element was found: a message (perhaps in one of its attachments) or a view, never both."""

    spot: Spot
    channel: Channel | None = None
    message: Message | None = None
    view: View | None = None
    attachment: Json | None = None

    def picks(self, user_id: str) -> dict[str, Json]:
        """This person's current values beside the element, by block id and action id."""
        if self.view is not None:
            return self.view.picks
        return self.message.picks.setdefault(user_id, {}) if self.message is not None else {}


class People:
    def __init__(self, world: World, dispatcher: Dispatcher) -> None:
        self.world = world
        self.dispatcher = dispatcher
        self._suggested: dict[tuple[str, str], list[Json]] = {}

    def upload(self, user: str, name: str, content: bytes) -> str:
        """Choose a file from one's computer; its id is what a file input takes."""
        person = self.who(user)
        if not content or len(content) > MAX_BYTES:
            raise UserError(f"{name} is {'empty' if not content else 'larger than 10 MB'}.")
        upload = Upload(f"F{next(self.world.ids):08d}", name, len(content), secrets.token_urlsafe(12), content)
        upload.user, upload.shared = person.id, True
        self.world.uploads[upload.id] = upload
        return upload.id

    def offer(self, person: Person, spot: Spot, picks: Mapping[str, Json]) -> Offer:
        """What this element may take from this person."""
        world, element = self.world, spot.element
        listed = offered(element, people_for(world, person), conversations_for(world, person))
        files = [file_json(world, one) for one in world.uploads.values() if one.user == person.id]
        ids = {choice.value: choice.label for choice in listed}
        return Offer(self._suggestions(person.id, spot, picks), ids, files, ZoneInfo(person.tz))

    def _suggestions(self, user_id: str, spot: Spot, picks: Mapping[str, Json]) -> list[Json]:
        """The options an external select may take: those last offered this person, and those it already holds."""
        held = (picks.get(spot.block_id) or {}).get(spot.action_id) or {}
        several = [*(held.get("selected_options") or []), *(spot.element.get("initial_options") or [])]
        chosen = [one for one in (held.get("selected_option"), spot.element.get("initial_option"), *several) if one]
        return [*self._suggested.get((user_id, spot.action_id), []), *chosen]

    def who(self, user: str) -> Person:
        person = self.world.workspace.person(user)
        if person.deleted:
            raise UserError(f"{person.real_name} is deactivated and cannot do anything.")
        return person

    def where(self, person: Person, channel: str) -> Channel:
        """A channel this person is in; "dm" or the bot's name is the conversation with the bot."""
        bot = self.world.bot
        if channel in ("dm", bot.id, bot.name, f"@{bot.name}"):
            return self.world.workspace.dm(person.id)
        found = self.world.workspace.channel(channel)
        if person.id not in found.members:
            raise UserError(f"{person.real_name} is not a member of #{found.name}.")
        return found

    def _start(self, label: str, work: Coroutine[object, object, None], turn: Turn) -> Turn:
        turn.tasks.append(self.dispatcher.start(label, work))
        return turn

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Turn:
        """Type and send: a slash command, or a message with its mentions."""
        person = self.who(user)
        place = self.where(person, channel)
        if text.startswith("/"):
            return self._command(person, place, text, thread_ts)
        if place.is_archived:
            raise UserError(f"#{place.name} is archived.")
        home = self.world.manifest.features.app_home
        if place.kind == "im" and (home.messages_tab_read_only_enabled or not home.messages_tab_enabled):
            raise UserError("Sending messages to this app has been turned off.")
        if thread_ts is not None and self.world.messages.find(place.id, thread_ts) is None:
            raise UserError("There is no such thread.")
        written = typed.encode(self.world.workspace, text)
        message = Message(place.id, self.world.messages.next_ts(), person.id, written, person.team_id)
        message.blocks, message.thread_ts = typed.rich_text(written), thread_ts
        self.world.messages.add(message)
        self.world.activity.touch()
        self._announce(place, message)
        return Turn(message.ts)

    def _announce(self, channel: Channel, message: Message) -> None:
        emit_message(self.world, channel, message)
        announce_links(self.world, message)
        if channel.kind != "im" and f"<@{self.world.bot.id}>" in message.text:
            body = message.to_api(with_metadata=False)
            self.world.emit({**body, "type": "app_mention", "channel": channel.id, "event_ts": message.ts})

    def _command(self, person: Person, channel: Channel, text: str, thread_ts: str | None) -> Turn:
        name, _, rest = text.partition(" ")
        known = self.world.manifest.command_or_none(name)
        outsider = self.world.workspace.is_external(person)
        if known is None or outsider or "commands" not in self.world.manifest.scopes:
            self.world.slackbot_says(channel.id, person.id, f"`{name}` is not a valid command.")
            return Turn()
        if thread_ts is not None:
            self.world.slackbot_says(channel.id, person.id, f"`{name}` is not supported in threads. Sorry!")
            return Turn()
        written = typed.encode(self.world.workspace, rest.strip(), named=True, mentions=known.should_escape)
        payload = payloads.command(self.world, person, channel, name, written)
        delivery = Delivery("slash_commands", name, payload)
        return self._start(
            f"command {name}", self._run_command(delivery, ResponseUrl(person.id, channel.id, 0.0)), Turn()
        )

    async def _run_command(self, delivery: Delivery, grant: ResponseUrl) -> None:
        name = delivery.target
        try:
            ack = await self.dispatcher.attempt(delivery)
        except UndeliveredError as problem:
            why = "operation timed out" if problem.reason == "timeout" else problem.reason
            self.world.slackbot_says(grant.channel, grant.user, f"{name} failed: {why}")
        else:
            ack_reply(self.world, grant, name, ack.body)

    def find(
        self, user: str, action: str, place: Place, channel: str | None, ts: str | None, block_id: str | None
    ) -> Touched:
        """The element as this user sees it: in their newest message that has it, their top modal, or their Home."""
        person = self.who(user)
        if place != "message":
            view = self.world.views.top(person.id) if place == "modal" else self.world.views.homes.get(person.id)
            spot = find_spot(view.body["blocks"], action, person.id, block_id) if view else None
            if view is None or spot is None:
                raise UserError(f"{person.real_name} sees no {action!r} in {place}.")
            return Touched(spot, view=view)
        if channel is None:
            raise UserError("Say in which channel the message is.")
        conversation = self.where(person, channel)
        for message in reversed(self.world.messages.visible(conversation.id, person.id)):
            for blocks, attachment in message.touchable if ts in (None, message.ts) else []:
                spot = find_spot(blocks, action, person.id, block_id)
                if spot is not None:
                    return Touched(spot, conversation, message, attachment=attachment)
        raise UserError(f"{person.real_name} sees no {action!r} in #{conversation.name}.")

    def touch(self, user: str, found: Touched, entry: Json | None) -> Turn:
        """Use an element: remember its value and send block_actions unless it is a silent input."""
        person, spot = self.who(user), found.spot
        if entry is not None:
            found.picks(person.id).setdefault(spot.block_id, {})[spot.action_id] = entry
        if spot.is_input and not spot.dispatches:
            self.world.activity.touch()
            return Turn()
        actions = [action_of(spot, entry, self.world.messages.next_ts())]
        if found.message is not None and found.channel is not None:
            where = (found.channel, found.message, found.attachment)
            payload = payloads.actions_in_message(self.world, person, *where, actions)
        elif found.view is not None:
            payload = payloads.actions_in_view(self.world, person, found.view, actions)
        return self._interact(Delivery("interactive", "block_actions", payload), person, found.channel)

    def _interact(self, delivery: Delivery, person: Person, channel: Channel | None) -> Turn:
        if not self.world.manifest.settings.interactivity.is_enabled:
            raise UserError("This app has interactivity switched off in its manifest.")
        return self._start(delivery.target, self._run_interaction(delivery, person, channel), Turn())

    async def _run_interaction(self, delivery: Delivery, person: Person, channel: Channel | None) -> None:
        try:
            await self.dispatcher.attempt(delivery)
        except UndeliveredError as problem:
            why = "operation timed out" if problem.reason == "timeout" else TROUBLE
            view = self.world.views.top(person.id)
            if channel is not None:
                self.world.slackbot_says(channel.id, person.id, why)
            elif view is not None:
                view.notice = why
                self.world.activity.touch()

    def click(self, user: str, found: Touched) -> Turn:
        kind = found.spot.element["type"]
        if kind == "feedback_buttons":
            raise UserError("Pick positive or negative instead of clicking.")
        return self.touch(user, found, None)

    def pick(self, user: str, found: Touched, choice: Any) -> Turn:
        """Choose in a select, menu, radio group, checkboxes or picker, or type into an input."""
        element = found.spot.element
        if element["type"] == "overflow":
            entry = {"selected_option": value_of({**element, "type": "static_select"}, choice)["selected_option"]}
        elif element["type"] == "feedback_buttons":
            button = element[f"{choice}_button"]
            entry = {"text": button["text"], "value": button["value"]}
        else:
            person = self.who(user)
            entry = value_of(element, choice, self.offer(person, found.spot, found.picks(person.id)))
        return self.touch(user, found, entry)

    async def suggest(self, user: str, found: Touched, query: str) -> list[Json]:
        """Type into an external select: the options the app offers (groups flattened), [] below min_query_length."""
        person, element = self.who(user), found.spot.element
        if "external" not in element["type"]:
            raise UserError(f"A {element['type']} does not ask the app for options.")
        if len(query) < int(element.get("min_query_length", 3)):
            return []
        if found.view is not None:
            container = payloads.view_container(self.world, found.view)
        elif found.channel is not None and found.message is not None:
            container = payloads.message_container(found.channel, found.message)
        spot = found.spot
        payload = payloads.suggestion(self.world, person, container, spot.block_id, spot.action_id, query)
        with self.world.activity.busy("block_suggestion"):
            try:
                ack = await self.dispatcher.attempt(Delivery("interactive", "block_suggestion", payload))
            except UndeliveredError:
                return []
        options = self._checked_options(ack, spot.action_id)
        self._suggested[(person.id, spot.action_id)] = options
        return options

    def _checked_options(self, ack: Ack, action_id: str) -> list[Json]:
        found = check_options(ack.body)
        if found:
            self.world.fail("bad_ack", action_id, "; ".join(violation.slack() for violation in found))
            return []
        groups: Sequence[Json] = ack.body.get("option_groups") or []
        return [*(ack.body.get("options") or []), *(option for group in groups for option in group["options"])]

    def shortcut(self, user: str, callback_id: str, channel: str | None = None, ts: str | None = None) -> Turn:
        """Run a global shortcut, or a message shortcut on a message."""
        person, known = self.who(user), self.world.manifest.shortcut_or_none(callback_id)
        if known is None:
            raise UserError(f"The manifest has no shortcut {callback_id!r}.")
        if known.type == "global":
            payload = payloads.shortcut(self.world, person, callback_id)
            return self._interact(Delivery("interactive", "shortcut", payload), person, None)
        place = self.where(person, channel or "")
        message = self.world.messages.find(place.id, ts or "")
        if message is None or message.audience is not None:
            raise UserError("A message shortcut needs a message: pass channel and ts.")
        payload = payloads.message_shortcut(self.world, person, callback_id, place, message)
        return self._interact(Delivery("interactive", "message_action", payload), person, place)

    def open_home(self, user: str, tab: Literal["home", "messages"] = "home") -> Turn:
        person = self.who(user)
        channel = self.world.workspace.dm(person.id)
        event: Json = {"type": "app_home_opened", "user": person.id, "channel": channel.id, "tab": tab}
        event["event_ts"] = self.world.messages.next_ts()
        view = self.world.views.homes.get(person.id)
        if tab == "home" and view is not None:
            event["view"] = view_json(self.world, view)
        self.world.emit(event)
        return Turn()

    def stop_session(self, user: str, channel: str, thread_ts: str) -> Turn:
        """Press Stop while the agent works: what it is writing ends; the app is told and has to leave `processing`."""
        person = self.who(user)
        place = self.where(person, channel)
        if self.world.threads.get((place.id, thread_ts), {}).get("session_status") != "processing":
            raise UserError("Nothing is being worked on in this thread.")
        growing = [m for m in self.world.messages.thread(place.id, thread_ts) if m.streaming]
        for message in growing:
            message.streaming, message.stopped = False, True
        event: Json = {"type": "agent_session_stopped", "channel": place.id, "user": person.id, "thread_ts": thread_ts}
        event |= {"streaming_message_ts": [m.ts for m in growing], "event_ts": self.world.messages.next_ts()}
        self.world.emit(event)
        self.world.activity.touch()
        return Turn()
