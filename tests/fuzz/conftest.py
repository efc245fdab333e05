"""One ground for all of them: making it takes longer than a thousand payloads."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.fuzz.ground import Ground, ground


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def it(sqlite_template: bytes, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ground]:
    async with ground(sqlite_template, tmp_path_factory.mktemp("ground")) as found:
        yield found
