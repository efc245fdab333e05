"""A headless Chromium and workspaces to open in it. Without either the tests say why they are skipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.showroom import Showroom
from tests.browser.workshop import Workshop, sample_database, steward

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from tests.browser.window import Window

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
SHOTS = os.environ.get("STEWARD_SHOTS") == "1"
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,860",
)


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pip install selenium")
    if BROWSER is None or DRIVER is None:
        pytest.skip("no Chromium or no chromedriver here: apt-get install chromium chromium-driver")
    options = selenium.ChromeOptions()
    options.binary_location = BROWSER
    for argument in (*QUIET, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver: Chrome = selenium.Chrome(options=options, service=selenium.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_database(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def workshop(sample: Path, tmp_path: Path) -> Iterator[Workshop]:
    """Steward on its own copy of the sample book."""
    own = shutil.copy(sample, tmp_path / "steward.db")
    with Workshop(steward(Path(own))) as running:
        yield running


@pytest.fixture
def showroom() -> Showroom:
    return Showroom()


@pytest.fixture
def stage(showroom: Showroom) -> Iterator[Workshop]:
    """A workspace with the bot that shows everything."""
    with Workshop(showroom.run, Path(__file__).with_name("manifest.yml")) as running:
        yield running


def _window(chrome: Chrome, url: str) -> Iterator[Window]:
    from tests.browser.window import Window  # selenium may be missing where this file is read

    window = Window(chrome, url, shots=SHOTS)
    chrome.delete_all_cookies()
    window.size(1280, 860)
    window.prefer("light")
    window.complaints()
    yield window
    complaints = window.complaints()
    chrome.get("about:blank")
    assert complaints == []


@pytest.fixture
def window(chrome: Chrome, workshop: Workshop) -> Iterator[Window]:
    """On Steward's workspace; nothing may be in the console afterwards."""
    yield from _window(chrome, workshop.url)


@pytest.fixture
def stage_window(chrome: Chrome, stage: Workshop) -> Iterator[Window]:
    yield from _window(chrome, stage.url)
