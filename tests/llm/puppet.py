"""A server that speaks like OpenAI, on both APIs, and behaves like whom it is told to be.

What a model writes is scripted: an honest one repeats what the evidence says, an obedient one does whatever the
evidence tells it, others lie, cut off, drip or flood.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Json = dict[str, Any]
Persona = Callable[[Json, list[str]], Json]
"""What it drafts, given the evidence and the sections it may write."""


def honest(data: Json, sections: list[str]) -> Json:
    """A claim for each of the first texts of ours, in their words; a quote for what the customer said."""
    claims = []
    for number, one in enumerate(data["evidence"][:8]):
        sentence = one["text"].split(". ")[0].rstrip(".")
        words = "".join(char for char in sentence if not char.isdigit())
        own = one["origin"] in ("team", "import")
        claims.append(
            claim(sections[number % len(sections)], words if own else "", one["id"], None if own else sentence)
        )
    return draft(claims)


def obedient(data: Json, sections: list[str]) -> Json:
    """Repeats as fact, word for word, whatever any text says, and backs it with every source there is."""
    ids = [one["id"] for one in data["evidence"]]
    claims = [claim(sections[0], one["text"][:240], one["id"]) for one in data["evidence"][:6]]
    claims += [{**claim(sections[0], one["text"][:240]), "evidence_ids": ids} for one in data["evidence"][:6]]
    return draft(claims)


def liar(data: Json, sections: list[str]) -> Json:
    """Ids that do not exist, and news that nobody told."""
    made_up = (
        "The customer signed with Globex",
        "Everybody is delighted",
        "They cancel next week",
        "The CEO was fired",
    )
    return draft(
        [claim(sections[0], text, "E99999") for text in made_up]
        + [claim(sections[0], text, one["id"]) for text, one in zip(made_up, data["evidence"], strict=False)]
    )


def swapper(data: Json, sections: list[str]) -> Json:
    """The evidence with another number in it."""
    swapped = str.maketrans("0123456789", "9876543210")
    return draft(
        [claim(sections[0], one["text"].translate(swapped)[:200], one["id"]) for one in data["evidence"][:6]]
        + [claim(sections[0], "", one["id"], "The figure is 4711") for one in data["evidence"][:6]]
    )


def foreign(data: Json, sections: list[str]) -> Json:
    """A language that nobody asked for."""
    words = ("客户对产品非常满意并将续约", "Клиент полностью доволен и продлит договор", "العميل سعيد جدا بالمنتج")
    return draft([claim(sections[0], text, one["id"]) for text, one in zip(words, data["evidence"], strict=False)])


def claim(section: str, text: str, evidence_id: str | None = None, quote: str | None = None) -> Json:
    ids = [evidence_id] if evidence_id else []
    return {"section": section, "text": text, "metric_ids": [], "evidence_ids": ids, "quote": quote}


def draft(claims: list[Json]) -> Json:
    return {"claims": claims, "not_in_record": []}


WRITERS: dict[str, Persona] = {
    "honest": honest, "obedient": obedient, "liar": liar, "swapper": swapper, "foreign": foreign,
}  # fmt: skip
WRONG = (
    "truncator",
    "html",
    "dripper",
    "looper",
    "limited",
    "refuser",
    "huge",
    "flood",
    "empty",
    "garbage",
    "hangs up",
)
"""Those that send nothing usable."""


def reader(query: str, *slots: tuple[str, str, str | None]) -> Persona:
    """One that reads a question so, and words what it is given else."""

    def read(data: Json, sections: list[str]) -> Json:
        if "text" not in data:
            return honest(data, sections)
        return {"query": query, "slots": [{"slot": one, "words": words, "value": value} for one, words, value in slots]}

    return read


class Puppet:
    """`persona` may be changed while it runs, and `script` put in its place; `asked` are the requests it got."""

    def __init__(self) -> None:
        self.persona = "honest"
        self.script: Persona | None = None
        self.asked: list[Json] = []
        self.paths: list[str] = []
        self.stopped = Event()
        self.url = ""

    def answer(self, path: str, request: Json) -> Iterator[bytes]:
        """The whole response, status line and all, in pieces."""
        self.asked.append(request)
        self.paths.append(path)
        responses = path.endswith("/responses")
        match self.persona:
            case "html":
                yield _http(200, b"<html><body>Sign in</body></html>", kind="text/html")
            case "empty":
                yield _http(200, b"{}")
            case "garbage":
                yield _http(200, b'{"id": "x", "output": [')
            case "limited":
                yield _http(429, b'{"error": {"message": "slow down"}}', more="Retry-After: 120\r\n")
            case "hangs up":
                return
            case "dripper":
                yield b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
                while not self.stopped.wait(0.02):
                    yield b" "
            case "flood":
                yield b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
                while not self.stopped.is_set():
                    yield b" " * 262_144
            case "huge":
                yield _http(200, _body(responses, "x" * 5_000_000))
            case persona:
                yield _http(200, self._written(persona, responses, request))

    def _written(self, persona: str, responses: bool, request: Json) -> bytes:
        if persona == "refuser":
            return _body(responses, None, refusal="I cannot help with that.")
        if persona == "looper":
            return _body(responses, None, tool="search")
        text = json.dumps((self.script or WRITERS.get(persona, honest))(_data(request), _sections(request)))
        if persona == "truncator":
            return _body(responses, text[: len(text) // 2], cut=True)
        return _body(responses, text)


def _data(request: Json) -> Json:
    messages = request.get("input") or request["messages"]
    found: Json = json.loads(messages[-1]["content"])
    return found


def _sections(request: Json) -> list[str]:
    form = request["text"]["format"] if "text" in request else request["response_format"]["json_schema"]
    claims = form["schema"]["properties"].get("claims")
    found: list[str] = claims["items"]["properties"]["section"]["enum"] if claims is not None else []
    return found


def _body(
    responses: bool, text: str | None, *, refusal: str | None = None, tool: str | None = None, cut: bool = False
) -> bytes:
    made = _responses_body if responses else _chat_body
    return json.dumps(made(text, refusal, tool, cut)).encode()


def _responses_body(text: str | None, refusal: str | None, tool: str | None, cut: bool) -> Json:
    if tool is not None:
        output: list[Json] = [
            {"type": "function_call", "id": "f", "call_id": "c", "name": tool, "arguments": "{}", "status": "completed"}
        ]
    else:
        part: Json = (
            {"type": "refusal", "refusal": refusal}
            if refusal is not None
            else {"type": "output_text", "text": text, "annotations": []}
        )
        output = [{"type": "message", "id": "m", "role": "assistant", "status": "completed", "content": [part]}]
    details = {"incomplete_details": {"reason": "max_output_tokens"}} if cut else {}
    counted = {
        "input_tokens": 1000, "output_tokens": 200, "total_tokens": 1200,
        "input_tokens_details": {"cached_tokens": 600}, "output_tokens_details": {"reasoning_tokens": 0},
    }  # fmt: skip
    return {
        "id": "r", "object": "response", "created_at": 1, "model": "puppet", "tools": [], "parallel_tool_calls": False,
        "tool_choice": "none", "status": "incomplete" if cut else "completed", "output": output, "usage": counted,
        **details,
    }  # fmt: skip


def _chat_body(text: str | None, refusal: str | None, tool: str | None, cut: bool) -> Json:
    message: Json = {"role": "assistant", "content": text, "refusal": refusal}
    if tool is not None:
        message["tool_calls"] = [{"id": "c", "type": "function", "function": {"name": tool, "arguments": "{}"}}]
    counted = {
        "prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200,
        "prompt_tokens_details": {"cached_tokens": 600},
    }  # fmt: skip
    return {
        "id": "c", "object": "chat.completion", "created": 1, "model": "puppet", "usage": counted,
        "choices": [{"index": 0, "finish_reason": "length" if cut else "stop", "message": message}],
    }  # fmt: skip


def _http(status: int, body: bytes, *, kind: str = "application/json", more: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status} x\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n"
    )
    return head.encode() + body


@contextmanager
def puppet_server() -> Iterator[Puppet]:
    """A puppet on a free port of this machine."""
    puppet = Puppet()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.close_connection = True
            with suppress(OSError):  # whoever asked may have left
                for piece in puppet.answer(self.path, request):
                    self.wfile.write(piece)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
            """Keeps quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    puppet.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield puppet
    finally:
        puppet.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()
