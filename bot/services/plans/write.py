"""Writing into a plan: each change is one edit that can be taken back; nothing is written over unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.domain.audience import Audience
from bot.domain.ids import id_text, parse_id
from bot.services.errors import BadFields, NotFound
from bot.services.existing import require_account
from bot.services.lookup import require_member
from bot.services.plans.fields import cells_of
from bot.services.plans.parts import SPECS
from bot.services.results.plans import Part, PlanChanged
from bot.services.writing import writing
from bot.storage import acts, audit, edits
from bot.storage.database import AnyRow, Database, Writer
from bot.storage.edits import Edit
from bot.storage.queries import plans
from bot.storage.tables import Table, account_plan, commitment, metadata, plan_review

_GONE = "That entry is gone from the plan. See what stands there with `/account plan`."
_MEANWHILE = "Somebody changed this while your form was open. Copy what you typed, close the form, and open it anew."


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """What a form says. `fields` as typed, by name; `row_id` and `version` name what it changes, None for something
    new; `key` is the same for a submission that comes twice."""

    part: Part
    account_id: int
    key: str
    fields: Mapping[str, str] = field(default_factory=dict)
    row_id: int | None = None
    version: str | None = None
    remove: bool = False


def change_plan(database: Database, audience: Audience, entry: PlanEntry, now: datetime, today: date) -> PlanChanged:
    """Write an entry into a plan. The same submission again writes nothing.

    Raises BadFields for what is wrong with it, NotFound when the account or the entry is gone, NotAllowed, Busy.
    """
    require_member(audience)
    spec = SPECS[entry.part]
    cells = {} if entry.remove else _checked(entry, cells_of(spec, entry.fields))
    with writing(database, audience, now) as writer:
        edits.wait_for_turn(writer)
        account = require_account(writer, entry.account_id)
        table = metadata.tables[spec.table]
        row = _row(writer, table, entry)
        if entry.part == "review":
            return _reviewed(writer, account, entry, cells, row)
        if row is None and entry.row_id is None and edits.added_before(writer, table, entry.key) is not None:
            return _same(account, entry)
        if row is None and entry.row_id is not None:
            raise NotFound(_GONE)
        changes = _changes(entry, row, cells, today)
        if row is not None and not entry.remove and not changes:
            return _same(account, entry)
        if row is not None and parse_id(entry.version or "") != row.v_in:
            raise BadFields({spec.fields[0].name: _MEANWHILE})
        with edits.edit(writer, f"{spec.noun} of {account.name}") as edit:
            _write(edit, table, row, entry, changes)
        if table is commitment and row is not None and row.owner_id is not None:
            acts.stale_mornings(writer, [row.owner_id])
        audit.append(writer, "plan", entry.account_id, edit.summary(), edit.values)
        return _done(account, entry, edit.change_id, row)


def _row(writer: Writer, table: Table, entry: PlanEntry) -> AnyRow | None:
    """What the entry changes. An account has one profile, whoever writes it first."""
    if table is account_plan or table is plan_review:
        return _profile(writer, entry.account_id)
    found = edits.current(writer, table, entry.row_id) if entry.row_id is not None else None
    return found if found is not None and found.account_id == entry.account_id else None


def _profile(writer: Writer, account_id: int) -> AnyRow | None:
    found = plans.plans(writer, [account_id]).get(account_id)
    return edits.current(writer, account_plan, found.id) if found is not None else None


def _checked(entry: PlanEntry, cells: dict[str, Any]) -> dict[str, Any]:
    """What no single field shows."""
    if entry.part == "action" and entry.row_id is None and cells["by"] == "us" and cells["owner_id"] is None:
        raise BadFields({"owner_id": "Say who of us sees to it: an action without an owner is nobody's."})
    return cells


def _changes(entry: PlanEntry, row: AnyRow | None, cells: dict[str, Any], today: date) -> dict[str, Any]:
    """What the row is to say differently; of a new one everything."""
    wanted = dict(cells)
    if entry.part == "action" and cells:
        wanted["visibility"] = "internal" if cells["visibility"] == "internal" else None
        wanted["owner_id"] = cells["owner_id"] or (row.owner_id if row is not None else None)
        kept = row.kept_on if row is not None and row.status == "kept" else today
        wanted["kept_on"] = kept if cells["status"] == "kept" else None
    if entry.part == "person" and cells:
        wanted["active"] = cells["left_on"] is None or cells["left_on"] > today
    if row is None:
        made = {"made_on": today} if entry.part == "action" else {}
        return {"account_id": entry.account_id, **made, **wanted}
    return {name: value for name, value in wanted.items() if getattr(row, name) != value}


def _write(edit: Edit, table: Table, row: AnyRow | None, entry: PlanEntry, changes: dict[str, Any]) -> None:
    if row is None:
        edit.add(table, changes, entry.key)
    elif entry.remove:
        edit.end(table, row.id)
    else:
        edit.revise(table, row, changes)


def _reviewed(
    writer: Writer, account: AnyRow, entry: PlanEntry, cells: dict[str, Any], profile: AnyRow | None
) -> PlanChanged:
    """A review, and when the next one is: that stands in the profile."""
    if edits.added_before(writer, plan_review, entry.key) is not None:
        return _same(account, entry)
    next_on = {"next_review_on": cells["next_review_on"]}
    with edits.edit(writer, f"a review of the plan of {account.name}") as edit:
        made = {"reviewed_at": writer.now, "reviewed_by": writer.actor.name, "note": cells["note"]}
        edit.add(plan_review, {"account_id": entry.account_id, **made}, entry.key)
        if profile is None:
            edit.add(account_plan, {"account_id": entry.account_id, "visibility": "internal", **next_on})
        elif profile.next_review_on != cells["next_review_on"]:
            edit.revise(account_plan, profile, next_on)
    audit.append(writer, "plan", entry.account_id, edit.summary(), edit.values)
    return _done(account, entry, edit.change_id, None)


def _done(account: AnyRow, entry: PlanEntry, change_id: int, row: AnyRow | None) -> PlanChanged:
    spec = SPECS[entry.part]
    verb = "Removed" if entry.remove else "Added" if row is None and spec.removable else "Saved"
    return _answer(account, entry, id_text(change_id), f"{verb} {spec.noun} of {account.name}", repeated=False)


def _same(account: AnyRow, entry: PlanEntry) -> PlanChanged:
    return _answer(account, entry, None, f"The plan of {account.name} said so already", repeated=True)


def _answer(account: AnyRow, entry: PlanEntry, change: str | None, sentence: str, *, repeated: bool) -> PlanChanged:
    return PlanChanged(
        change=change,
        account_id=id_text(entry.account_id),
        account=account.name,
        sentence=sentence,
        repeated=repeated,
    )
