"""Who may talk to the server: programs on this machine and this server's own page, no other web page.

A page from elsewhere could point its host name at loopback (DNS rebinding: the Host header gives it away) or post here
blindly (CSRF: Origin and Sec-Fetch-Site give it away). Programs such as the bot send neither of the latter two."""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = ("127.0.0.1", "localhost", "::1")
TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105 - a header's name
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def refusal(request: web.Request) -> str | None:
    """Why this request may not pass; None when it may."""
    host = request.headers.get("Host", "")
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        name = None
    if name not in LOOPBACK:
        return "This server answers to 127.0.0.1 and localhost only."
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return "Requests of other web pages are refused."
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        opened = request.path == "/" and request.headers.get("Sec-Fetch-Dest") == "document"
        if not (opened and request.method == "GET"):
            return "Requests of other web pages are refused."
    return None


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    why = refusal(request)
    return await handler(request) if why is None else web.Response(status=403, text=why, headers=HEADERS)


class Token:
    """A secret of this start, in the page and in every act of the page."""

    def __init__(self) -> None:
        self.value = secrets.token_urlsafe(24)

    def given_by(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), self.value.encode())
