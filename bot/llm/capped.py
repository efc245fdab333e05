"""An HTTP client that stops reading when an answer is larger than any draft."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2


class TooLargeError(Exception):
    """More came than is taken in."""


class _CappedStream(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
        self._stream, self._most = stream, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > self._most:
                raise TooLargeError
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Capped(httpx2.AsyncHTTPTransport):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        response = await super().handle_async_request(request)
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _CappedStream(response.stream, self._most)
        return response


def capped_client(most: int, connect: float) -> httpx2.AsyncClient:
    """No answer beyond `most` bytes, no redirects. Time is limited by whoever waits, as a whole."""
    return httpx2.AsyncClient(transport=_Capped(most), timeout=httpx2.Timeout(None, connect=connect))
