"""Canvases: made, found by section, changed one operation at a time, shared, deleted."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Manifest, Sandbox, UserError
from bot.sandbox.api import canvases
from bot.sandbox.people import ACCOUNTS, MAYA
from tests.sandbox.conftest import failed

Json = dict[str, Any]
TEXT = "# Acme\nAn account.\n\n## Risks\n\n- one\n- two\n\n```\na\n\nb\n```"


@pytest.fixture(autouse=True)
def scopes(manifest: Manifest) -> None:
    manifest.scopes.extend(["canvases:read", "canvases:write"])


def content(markdown: str) -> Json:
    return {"type": "markdown", "markdown": markdown}


@pytest.fixture
async def canvas(client: AsyncWebClient) -> str:
    return str((await client.canvases_create(title="Acme", document_content=content(TEXT)))["canvas_id"])


async def test_sections_are_headings_and_paragraphs(slack: Sandbox, client: AsyncWebClient, canvas: str) -> None:
    made = slack.canvas(canvas)
    assert (made["title"], made["channel"]) == ("Acme", None)
    pieces = ["# Acme", "An account.", "## Risks", "- one\n- two", "```\na\n\nb\n```"]
    assert [s["markdown"] for s in made["sections"]] == pieces

    async def found(**criteria: Any) -> list[str]:
        answer = await client.canvases_sections_lookup(canvas_id=canvas, criteria=criteria)
        ids = [s["id"] for s in answer["sections"]]
        return [s["markdown"] for s in made["sections"] if s["id"] in ids]

    assert await found(section_types=["any_header"]) == ["# Acme", "## Risks"]
    assert await found(section_types=["h2"], contains_text="risk") == ["## Risks"]
    assert await found(contains_text="TWO") == ["- one\n- two"]


@pytest.mark.parametrize(
    ("operation", "at", "after"),
    [
        ("insert_after", True, ["# Acme", "new", "An account."]),
        ("insert_before", True, ["new", "# Acme", "An account."]),
        ("replace", True, ["new", "An account."]),
        ("delete", True, ["An account."]),
        ("insert_at_start", False, ["new", "# Acme", "An account."]),
        ("insert_at_end", False, ["# Acme", "An account.", "new"]),
        ("replace", False, ["new"]),
    ],
)
async def test_each_operation(
    slack: Sandbox, client: AsyncWebClient, operation: str, at: bool, after: list[str]
) -> None:
    made = await client.canvases_create(document_content=content("# Acme\n\nAn account."))
    key = str(made["canvas_id"])
    change: Json = {"operation": operation} | ({} if operation == "delete" else {"document_content": content("new")})
    change |= {"section_id": slack.canvas(key)["sections"][0]["id"]} if at else {}
    await client.canvases_edit(canvas_id=key, changes=[change])
    assert [s["markdown"] for s in slack.canvas(key)["sections"]] == after


async def test_renaming_access_and_the_end(slack: Sandbox, client: AsyncWebClient, canvas: str) -> None:
    change = {"operation": "rename", "title_content": content("Acme Ltd")}
    await client.canvases_edit(canvas_id=canvas, changes=[change])
    await client.canvases_access_set(canvas_id=canvas, access_level="write", user_ids=[MAYA.id])
    await client.canvases_access_set(canvas_id=canvas, access_level="read", channel_ids=[ACCOUNTS])
    made = slack.canvas(canvas)
    assert (made["title"], made["access"]) == ("Acme Ltd", {MAYA.id: "write", ACCOUNTS: "read"})
    await client.canvases_access_delete(canvas_id=canvas, user_ids=[MAYA.id])
    assert slack.canvas(canvas)["access"] == {ACCOUNTS: "read"}
    await client.canvases_delete(canvas_id=canvas)
    with pytest.raises(UserError, match="no canvas"):
        slack.canvas(canvas)


async def test_a_channel_has_one_canvas_of_its_own(slack: Sandbox, client: AsyncWebClient) -> None:
    made = await client.conversations_canvases_create(channel_id=ACCOUNTS, title="Plan", document_content=content("x"))
    assert slack.canvas(str(made["canvas_id"]))["channel"] == ACCOUNTS
    again: Json = {"channel_id": ACCOUNTS}
    assert (await failed(client, "conversations.canvases.create", again))["error"] == "channel_canvas_already_exists"
    await client.canvases_delete(canvas_id=made["canvas_id"])
    await client.conversations_canvases_create(channel_id=ACCOUNTS, document_content=content("x"))


TABLE = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 150
MANY = {"operation": "insert_at_end", "document_content": content("x")}


@pytest.mark.parametrize(
    ("method", "args", "error"),
    [
        ("canvases.create", {"document_content": content(TABLE)}, "canvas_creation_failed"),
        ("canvases.create", {"document_content": {"type": "html", "markdown": "x"}}, "invalid_arguments"),
        ("canvases.create", {"document_content": content("x") | {"more": 1}}, "invalid_arguments"),
        ("canvases.create", {"channel_id": "C0RANDOM"}, "not_in_channel"),
        ("canvases.edit", {"canvas_id": "F0", "changes": [MANY]}, "canvas_not_found"),
        ("canvases.edit", {"changes": [MANY, MANY]}, "invalid_arguments"),
        ("canvases.edit", {"changes": [{"operation": "shout"}]}, "invalid_arguments"),
        ("canvases.edit", {"changes": [{**MANY, "section_id": "x"}]}, "invalid_arguments"),
        ("canvases.edit", {"changes": [{**MANY, "operation": "insert_after"}]}, "invalid_arguments"),
        ("canvases.edit", {"changes": [{"operation": "delete", "section_id": "x"}]}, "canvas_editing_failed"),
        ("canvases.access.set", {"access_level": "read"}, "invalid_parameters"),
        ("canvases.access.set", {"access_level": "all", "user_ids": ["U0MAYA"]}, "invalid_parameters"),
        ("canvases.access.set", {"access_level": "owner", "channel_ids": [ACCOUNTS]}, "invalid_parameters"),
        ("canvases.access.set", {"access_level": "read", "user_ids": ["U0"]}, "user_not_found"),
        ("canvases.access.set", {"access_level": "read", "channel_ids": ["C0SECRET"]}, "channel_not_found"),
        ("canvases.sections.lookup", {"criteria": {}}, "invalid_arguments"),
        ("canvases.sections.lookup", {"criteria": {"section_types": ["h9"]}}, "invalid_arguments"),
    ],
)
async def test_errors(client: AsyncWebClient, canvas: str, method: str, args: Json, error: str) -> None:
    known = {} if method == "canvases.create" else {"canvas_id": canvas}
    assert (await failed(client, method, {**known, **args}))["error"] == error


async def test_the_size_of_a_canvas(client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(canvases, "MARKDOWN_BYTES", 4)
    await client.canvases_create(document_content=content("éé"))
    body = await failed(client, "canvases.create", {"document_content": content("ééé")})
    assert body["error"] == "canvas_creation_failed"


async def test_a_table_of_three_hundred_cells_fits(client: AsyncWebClient) -> None:
    await client.canvases_create(document_content=content(TABLE.removesuffix("| 1 | 2 |\n")))
