"""Who hears of what, by our data alone: the team list and what people chose. Slack is not asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.policy import AccessPolicy
from bot.domain.preferences import resolve
from bot.domain.reminders.presence import Addressee, Part, Presence
from bot.domain.reminders.sight import Chain
from bot.domain.reminders.wanted import OWNER
from bot.services.preferences import Usual
from bot.services.reminders.addressing import AddressBook, Known
from bot.storage.database import AnyRow, Reader
from bot.storage.queries import preferences


class People:
    """The team, and who may hear of a set of accounts."""

    def __init__(self, reader: Reader, account_ids: Sequence[int], usual: Usual, access: AccessPolicy) -> None:
        self._usual = usual
        self._book = AddressBook(reader, account_ids, access)
        self._choices = preferences.all_choices(reader)
        self._rows = {key: row for row in self._book.team.values() for key in (row.email, self._user(row)) if key}
        self._made: dict[tuple[Known, ...], Chain] = {}
        self._chains: dict[tuple[str, int | None], Chain] = {}

    def look_ahead(self) -> None:
        """Read now what may be asked when the reader is gone."""
        self._book.look_ahead()

    def chain(self, recipient: str, account_id: int | None) -> Chain:
        """Who may hear of it, in the order in which they are tried. Accounts with the same people share one chain."""
        key = (recipient, account_id)
        if key not in self._chains:
            known = self._book.chain(recipient, account_id)
            if known not in self._made:
                self._made[known] = tuple(self._with_backups(known))
            self._chains[key] = self._made[known]
        return self._chains[key]

    def of_round(self, member_id: int) -> Chain:
        """Who may hear what comes round for one of us."""
        return tuple(self._with_backups(self._book.chain(OWNER, None, member_id)))

    def of_member(self, member_id: int) -> Addressee | None:
        """One of us; None for who is in the team list no more."""
        row = self._book.team.get(member_id)
        return self._addressee("owner", row.name, row.slack_user_id, row.email) if row is not None else None

    def _with_backups(self, known: tuple[Known, ...]) -> Iterator[Addressee]:
        """Whoever stands in for somebody comes right after them, as when it is sent."""
        seen = set[str]()
        for one in known:
            found = [self._addressee(one.part, one.name, one.slack_user_id, one.email)]
            backup = self._rows.get(found[0].preferences.backup_id)
            if backup is not None and one.part != "lead":
                found.append(self._addressee("backup", backup.name, backup.slack_user_id, backup.email))
            for each in found:
                if each.presence.slack_user_id not in seen:
                    seen.add(each.presence.slack_user_id)
                    yield each

    def _addressee(self, part: Part, name: str, slack_user_id: str | None, email: str | None) -> Addressee:
        row = self._rows.get(slack_user_id or email)
        user = slack_user_id or (self._user(row) if row is not None else None)
        presence = Presence(
            slack_user_id=user or email or name,
            name=name or (row.name if row is not None else slack_user_id or ""),
            reachable=row.active if row is not None else True,
            tz=row.timezone if row is not None else None,
            busy_until=None,
        )
        chosen = self._choices.of(row) if row is not None else self._choices.by_user.get(user or "")
        return Addressee(part, presence, resolve(chosen, presence.tz, self._usual.zone, self._usual.locale))

    def _user(self, row: AnyRow) -> str | None:
        """Their Slack user, as far as we know it: the team list may have an e-mail address only."""
        user: str | None = row.slack_user_id or self._choices.users.get(row.id)
        return user
