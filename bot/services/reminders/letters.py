"""From what is due to what is sent: who gets it, whether now is the moment, what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.clock import Clock
from bot.domain.audience import SYSTEM, only_the_asker
from bot.domain.policy import Policies, Rules
from bot.domain.preferences import Choices, Preferences, resolve
from bot.domain.reminders import moment as moments
from bot.domain.reminders.budget import COUNTED, is_pressing
from bot.domain.reminders.moment import matter_of, moment
from bot.domain.reminders.presence import Addressee, Part, Presence
from bot.domain.reminders.reminder import Reminder
from bot.domain.reminders.wanted import OWNER, to_person
from bot.domain.when.wall import local_day
from bot.services.preferences import Usual
from bot.services.reminders.addressing import PERSON, Known, channel_of, known_addressees
from bot.services.reminders.matters import Facts, facts, matter
from bot.services.reminders.outcomes import Ended, Later
from bot.services.reminders.rounds import Rounds
from bot.services.reminders.standing import LATE
from bot.services.results.matters import Reminding, Says, Unasked
from bot.storage.database import Database
from bot.storage.queries.preferences import choices_among

_EVERYTHING = only_the_asker(SYSTEM)
_DAY = timedelta(days=1)
GONE = "what it is about is no longer so"
NO_ALERTS = "whoever it would go to wants no alerts"
NOTHING = "there was nothing to say"
NOT_THEIRS = "whoever it is for may not see the account any more"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be posted: to a person's direct messages or to a channel. It says one reminder, or several of one
    account that are due together.

    `tell` is the recipient who hears of it when it cannot be posted; `pressing` when tomorrow morning is too late;
    `carried` are the lines of a morning message, which nobody claimed.
    """

    reminders: tuple[Reminder, ...]
    user: str | None
    channel: str | None
    says: Says
    preferences: Preferences
    tell: str | None = None
    pressing: bool = False
    carried: tuple[int, ...] = ()

    @property
    def first(self) -> Reminder:
        return self.reminders[0]


Verdict: TypeAlias = Letter | Later | Ended


@dataclass(frozen=True)
class Correspondence:
    """Reads only. `present` is what Slack says of the addressees that our data knows, in their order."""

    database: Database
    clock: Clock
    rules: Rules
    usual: Usual

    def known(self, due: Sequence[Reminder]) -> dict[int, tuple[Known, ...]]:
        with self.database.reading(_EVERYTHING) as reader:
            return known_addressees(reader, due, self.rules.policies.access)

    def stand_ins(self, slack_user_ids: Sequence[str]) -> dict[str, str]:
        """Who stands in for whom while they are away, both as Slack users."""
        with self.database.reading(_EVERYTHING) as reader:
            chosen = choices_among(reader, slack_user_ids)
        return {one: own.backup_id for one, own in chosen.items() if own.backup_id}

    def compose(self, due: Sequence[Reminder], present: Mapping[int, Sequence[tuple[Part, Presence]]]) -> list[Verdict]:
        """What becomes of each of them; of those that go into one message the letter has them all."""
        now, policies = self.clock(), self.rules.policies
        with self.database.reading(_EVERYTHING) as reader:
            known = facts(reader, due, policies, now, local_day(now, self.usual.zone))
            chosen = choices_among(reader, {one.slack_user_id for chain in present.values() for _, one in chain})
            rounds = Rounds(reader, policies, self.usual, now)
            desk = _Desk(known, chosen, policies, self.usual, now, rounds)
            return _joined([desk.verdict(one, present.get(one.id, ())) for one in due])


@dataclass(frozen=True, slots=True)
class _Desk:
    facts: Facts
    chosen: Mapping[str, Choices]
    policies: Policies
    usual: Usual
    now: datetime
    rounds: Rounds

    def verdict(self, one: Reminder, present: Sequence[tuple[Part, Presence]]) -> Verdict:
        if one.rule in {"morning", "weekly"}:
            return self._round(one, present)
        said = matter(one, self.facts, self.policies)
        if said is None:
            return Ended(one, "cancelled", GONE)
        says = Reminding(matters=(said,), late_since=self._late_since(one))
        chain = [self._addressee(part, presence) for part, presence in present]
        channel = channel_of(one)
        if channel is not None:
            return Letter((one,), None, channel, says, self._workspace(), _first(chain, None))
        return self._to_person(one, says, chain)

    def _round(self, one: Reminder, present: Sequence[tuple[Part, Presence]]) -> Verdict:
        """What it says is looked up only once it is to be said now."""
        chain = [self._addressee(part, presence) for part, presence in present]
        verdict = self._to_person(one, Reminding(matters=(), late_since=self._late_since(one)), chain)
        if not isinstance(verdict, Letter):
            return verdict
        found = self.rounds.of(one)
        if found is None:
            return Ended(one, "cancelled", NOTHING)
        says, carried = found
        around = {name: getattr(verdict.says, name) for name in Unasked.model_fields}
        return replace(verdict, says=says.model_copy(update=around), carried=carried)

    def _to_person(self, one: Reminder, says: Reminding, chain: Sequence[Addressee]) -> Verdict:
        if not chain and one.recipient.startswith(PERSON):
            return Ended(one, "cancelled", NOT_THEIRS)
        at = max(self.now, one.due_at)  # it is claimed a moment ahead, and said at its instant
        match moment(chain, matter_of(one), self.policies.reminders.wait_days, at):
            case moments.Send(to) | moments.Instead(to) if one.rule == "alert" and not to.preferences.alerts:
                return Ended(one, "cancelled", NO_ALERTS)
            case moments.Send(to):
                return self._letter(one, says, to, chain)
            case moments.Instead(to, why):
                owner = chain[0].presence.name
                return self._letter(one, says.model_copy(update={"instead_of": owner, "because": why}), to, chain)
            case moments.Wait(until, why):
                return Later(one, until, why)
            case moments.Nobody(why) if one.recipient == OWNER:
                return Later(one, self.now + _DAY, why)  # somebody may be made responsible; orphans are listed
            case moments.Nobody(why) | moments.Hold(why):
                return Ended(one, "failed", why)

    def _letter(self, one: Reminder, says: Reminding, to: Addressee, chain: Sequence[Addressee]) -> Letter:
        user, pressing = to.presence.slack_user_id, is_pressing(one, to, self.now)
        return Letter((one,), user, None, says, to.preferences, _first(chain, user), pressing)

    def _late_since(self, one: Reminder) -> datetime | None:
        """When it should have come, if that is long ago; waiting for a better moment is not being late."""
        due_at = one.wanted_at if one.reason is None else one.due_at
        return due_at if self.now - due_at > LATE else None

    def _addressee(self, part: Part, presence: Presence) -> Addressee:
        chosen = self.chosen.get(presence.slack_user_id) if presence.reachable else None
        return Addressee(part, presence, resolve(chosen, presence.tz, self.usual.zone, self.usual.locale))

    def _workspace(self) -> Preferences:
        return resolve(None, None, self.usual.zone, self.usual.locale)


def _joined(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Letters about one account to one person become one letter, unless they asked for them by themselves."""
    found: list[Verdict] = []
    places: dict[tuple[str | None, int], int] = {}
    for one in verdicts:
        account_id = one.first.account_id if isinstance(one, Letter) and one.first.rule in COUNTED else None
        if not isinstance(one, Letter) or account_id is None:
            found.append(one)
            continue
        key = (one.user or one.channel, account_id)
        before = found[places[key]] if key in places else None
        if isinstance(before, Letter):
            found[places[key]] = _both(before, one)
        else:
            places[key] = len(found)
            found.append(one)
    return found


def _both(before: Letter, one: Letter) -> Letter:
    late = [at for at in (before.says.late_since, one.says.late_since) if at is not None]
    matters = tuple(said for each in (before.says, one.says) if isinstance(each, Reminding) for said in each.matters)
    return replace(
        before,
        reminders=(*before.reminders, *one.reminders),
        says=before.says.model_copy(update={"matters": matters, "late_since": min(late, default=None)}),
        pressing=before.pressing or one.pressing,
    )


def _first(chain: Sequence[Addressee], but: str | None) -> str | None:
    """The first who can be told, other than who was tried."""
    others = (one.presence for one in chain if one.presence.reachable and one.presence.slack_user_id != but)
    return next((to_person(one.slack_user_id) for one in others), None)
