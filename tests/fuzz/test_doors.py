"""Both doors under thousands of payloads: forged, broken, hostile, replayed, out of order. Whatever comes in, nobody is
answered with an error of ours, nothing is done for whom Slack did not vouch, and the log keeps quiet.

`STEWARD_FUZZ=100000` tries that many, `STEWARD_FUZZ_SEED=7` others; a failure names its seed.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from random import Random
from urllib.parse import urlsplit

import pytest

from bot.slack import app
from bot.slack.asgi import MOST_BYTES
from bot.slack.commands import SLASHES
from bot.slack.socket_mode import SocketDoor
from tests.fuzz.broken import broken
from tests.fuzz.forged import forged
from tests.fuzz.ground import TYPES, Ground, Sent, resident, together
from tests.fuzz.mutants import Json, Mutants

pytestmark = pytest.mark.asyncio(loop_scope="session")
COUNT = int(os.environ.get("STEWARD_FUZZ", "10000"))
SEED = int(os.environ.get("STEWARD_FUZZ_SEED", "1"))
FORGED, BROKEN, HOSTILE, FRAMES, ORDER = (COUNT * share // 100 for share in (63, 20, 10, 5, 2))
AT_ONCE = 20
GROWTH = 60_000_000
"""Bytes that the process may grow by between the first third and the last: a body that is kept is two million."""


@pytest.fixture(params=[SEED], ids=lambda seed: f"seed-{seed}")
def random(request: pytest.FixtureRequest) -> Random:
    """Another one for each test; the seed stands in the test's name."""
    return Random(request.node.name)  # noqa: S311 - to be had again


async def test_every_listener_has_a_payload(it: Ground) -> None:
    """A new one without is not tried below: let `tour.py` come by it."""
    manifest = it.office.slack.world.manifest
    wanted = {f"action {name}" for name in app._ACTIONS}
    wanted |= {f"view_submission {name}" for name in app._FORMS}
    wanted |= {f"options {name}" for name in app._OPTIONS}
    wanted |= {f"event {name.partition('.')[0]}" for name in (*app._EVENTS, *manifest.events)}
    wanted |= {f"command {slash}" for slash in SLASHES}
    kinds = {"global": "shortcut", "message": "message_action"}
    wanted |= {f"{kinds[one.type]} {one.callback_id}" for one in manifest.features.shortcuts}
    assert wanted <= set(it.by_name) | {"action steward.record"}


async def test_nobody_else_speaks_as_slack(it: Ground, random: Random) -> None:
    sizes = []
    before, calls = it.changes(), it.calls()
    for first in range(0, FORGED, AT_ONCE):
        sent = [forged(it, random) for _ in range(AT_ONCE)]
        await together(it.post(one, chunks=random.choice((1, 1, 3, 50))) for one in sent)
        assert {one.status for one in sent} <= {401, 413}, (first, [one.body[:100] for one in sent])
        assert not it.office.app.background.busy
        sizes.append(resident())
    assert it.faults() == []
    assert (it.changes(), it.calls()) == (before, calls)
    assert max(sizes[-len(sizes) // 3 :]) - max(sizes[: len(sizes) // 3]) < GROWTH


async def test_what_slack_signed_and_is_no_payload(it: Ground, random: Random) -> None:
    """Its signing secret may be known, or Slack have a bad day: refused all the same, and nothing is done."""
    before, calls = it.changes(), it.calls()
    for first in range(0, BROKEN, AT_ONCE):
        sent = [broken(it, random) for _ in range(AT_ONCE)]
        await together(it.post(one, chunks=random.choice((1, 1, 50))) for one in sent)
        assert {one.status for one in sent} <= {400, 401, 413}, (first, [one.body[:100] for one in sent])
        assert all((one.status == 413) == (len(one.body) > MOST_BYTES) for one in sent)
    await it.settle()
    assert it.faults() == []
    assert (it.changes(), it.calls()) == (before, calls)


async def test_what_slack_signed_and_would_never_say(it: Ground, random: Random) -> None:
    sizes = []
    mutants = Mutants(random, [one["payload"] for one in it.corpus])
    statuses: Counter[int] = Counter()
    for first in range(0, HOSTILE, AT_ONCE // 2):
        drawn = [it.any(random) for _ in range(AT_ONCE // 2)]
        sent = [
            it.signed(it.encoded(one["kind"], mutants.of(it.fresh(one["payload"]))), TYPES[one["kind"]])
            for one in drawn
        ]
        await checked(it, first, sent)
        statuses.update(one.status for one in sent)
        sizes.append(resident())
    assert set(statuses) <= {200, 400, 404, 413}
    assert statuses[200] > HOSTILE // 2
    assert max(sizes[-len(sizes) // 3 :]) - max(sizes[: len(sizes) // 3]) < GROWTH


async def checked(it: Ground, first: int, sent: list[Sent]) -> None:
    await together(it.post(one) for one in sent)
    await it.settle()
    faults = it.faults(sent)
    assert faults == [], "\n".join((f"from {first} on:", *faults, *(repr(one.body[:400]) for one in sent)))


async def test_the_same_request_twice_is_done_once(it: Ground) -> None:
    """Within five minutes a request that somebody recorded still has a good signature. Who did it may be told that it
    was done before."""
    again: dict[str, tuple[list[str], list[str]]] = {}
    for name, known in sorted(it.by_name.items()):
        one = known[0]
        sent = it.signed(it.encoded(one["kind"], it.fresh(one["payload"])), TYPES[one["kind"]])
        await checked(it, 0, [sent])
        before = it.content()
        sent.headers.append(("x-slack-retry-num", "1"))
        await it.post(sent)
        await it.settle()
        written = [table for table, found in it.content().items() if found != before[table]]
        told = [
            call.method
            for call in it.office.slack.calls()
            if call.method in ("chat.postMessage", "views.open")
            and call.args.get("channel") not in ("U0MAYA", "D0MAYA")
        ]
        if written or told:
            again[name] = written, told
        it.forget()
    assert again == {}


async def test_in_any_order_by_anybody(it: Ground, random: Random) -> None:
    """Submitted before it was opened, clicked where nothing stands any more, by people who never saw it; and answers
    to be sent to a server of somebody else."""
    people = [person.id for person in it.office.slack.world.workspace.people]
    async with stranger() as (address, heard):
        for first in range(0, ORDER, AT_ONCE // 2):
            sent = []
            for one in (it.any(random) for _ in range(AT_ONCE // 2)):
                payload = json.loads(json.dumps(one["payload"]).replace("U0MAYA", random.choice(people)))
                made = it.fresh(payload)
                if "response_url" in made and random.random() < 0.5:
                    made["response_url"] = f"{address}{made['response_url'].partition('/response/')[2]}"
                sent.append(it.signed(it.encoded(one["kind"], made), TYPES[one["kind"]]))
            await checked(it, first, sent)
        assert heard == []


@asynccontextmanager
async def stranger() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server of somebody else, and what it hears."""
    heard: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(1_000))
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/response/", heard


async def test_frames_of_any_kind(it: Ground, random: Random) -> None:
    mutants = Mutants(random, [one["payload"] for one in it.corpus])
    door = SocketDoor(it.office.app, it.office.slack.app_token, ping_interval=60)
    acked: Counter[str] = Counter()

    async def send(message: str) -> None:
        acked[json.loads(message)["envelope_id"]] += 1

    door.client.send_message = send  # type: ignore[method-assign]  # nobody is connected
    assert door.client.message_processor is not None
    door.client.message_processor.cancel()
    whole = set()
    for first in range(0, FRAMES, AT_ONCE):
        for number in range(first, first + AT_ONCE):
            one = it.any(random)
            envelope = {"envelope_id": f"e{number}", "type": one["kind"], "payload": it.fresh(one["payload"])}
            text = frame(random, mutants, envelope)
            if text == json.dumps(envelope):
                whole.add(f"e{number}")
            await door.client.message_queue.put(text)
            await door.client.process_message()
        await together(list(door.client.under_way))
        await it.settle()
        faults = it.faults()
        assert faults == [], "\n".join((f"from {first} on:", *faults))
    await door.client.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it untyped
    assert set(acked.values()) == {1}
    assert whole <= set(acked)


def frame(random: Random, mutants: Mutants, envelope: Json) -> str:
    """Half of them as they are; the others changed within, around, or cut."""
    ways: tuple[Callable[[], str], ...] = (
        lambda: json.dumps({**envelope, "payload": mutants.of(envelope["payload"])}),
        lambda: json.dumps(mutants.of(envelope)),
        lambda: json.dumps({key: one for key, one in envelope.items() if random.random() < 0.6}),
        lambda: json.dumps(envelope)[: random.randrange(2_000)],
        lambda: json.dumps({**envelope, "type": random.choice(("hello", "unheard_of", "", "interactive"))}),
        lambda: random.choice(("", "{}", "[]", "{", "null", '{"a":' * 5_000, '{"type":NaN}', "x" * MOST_BYTES)),
    )
    return json.dumps(envelope) if random.random() < 0.3 else random.choice(ways)()


async def test_bytes_of_any_kind(it: Ground, random: Random) -> None:
    """Over the network, to the server that stands before the door."""
    port = urlsplit(it.office.slack.webhooks.request_url if it.office.slack.webhooks else "").port
    for number in range(60):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(noise(random, number))
        writer.write_eof()
        with suppress(ConnectionError):
            async with asyncio.timeout(60):
                answer = await reader.read()
            assert not answer or answer.split(b" ")[1] in (b"400", b"401", b"404", b"405", b"408", b"413", b"431")
        writer.close()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
    assert (await reader.read()).startswith(b"HTTP/1.1 200")
    writer.close()
    assert it.faults() == []


def noise(random: Random, number: int) -> bytes:
    """Bytes that are hardly HTTP."""
    post = b"POST /slack/events HTTP/1.1\r\nhost: x\r\n"
    return (
        random.randbytes(random.randrange(1, 3_000)),
        post + b"".join(b"x-%d: %s\r\n" % (n, b"y" * 60) for n in range(random.choice((200, 20_000)))) + b"\r\n",
        post + b"content-length: -1\r\n\r\n",
        post + b"content-length: 5\r\ncontent-length: 7\r\n\r\n1234567",
        post + b"transfer-encoding: chunked\r\n\r\nfffffffff\r\n" + random.randbytes(500),
        post + b"transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n",
        post + b"content-length: 900\r\n\r\nshort",
        post * 50,
        b"GET " + b"/x" * 40_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /slack/events HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
    )[number % 10]
