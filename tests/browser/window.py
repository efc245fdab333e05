"""One browser window on the page: what a person sees and does, waiting on conditions and never on the clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

T = TypeVar("T")
SHOTS = Path(__file__).parent / "shots"


class Window:
    def __init__(self, driver: Chrome, url: str, *, shots: bool = False) -> None:
        self.driver, self._url, self._shots = driver, url, shots

    def open(self, query: str = "") -> None:
        self.driver.get(self._url + query)
        self.until(lambda: self.driver.find_elements(By.CSS_SELECTOR, "html[data-ready]"))

    def until(self, condition: Callable[[], T], what: str = "") -> T:
        """What `condition` returns as soon as it is true; elements replaced meanwhile are looked up again."""
        wait = WebDriverWait(self.driver, 40, 0.02, ignored_exceptions=[StaleElementReferenceException])
        return wait.until(lambda _driver: condition(), what or f"in {self.text()[-600:]!r}")

    def text(self, selector: str = "body") -> str:
        found = self.driver.find_elements(By.CSS_SELECTOR, selector)
        return found[0].text if found else ""

    def sees(self, words: str, selector: str = "#main") -> None:
        self.until(lambda: words in self.text(selector), f"no {words!r} in {selector}: {self.text(selector)[-600:]!r}")

    def find(self, selector: str, words: str = "") -> WebElement:
        """The last shown element of this kind with these words."""

        def look() -> WebElement | None:
            shown = [e for e in self.driver.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()]
            return next((e for e in reversed(shown) if words in e.text), None)

        found = self.until(look, f"no {selector} with {words!r}")
        assert found is not None
        return found

    def gone(self, selector: str) -> None:
        self.until(lambda: not self.driver.find_elements(By.CSS_SELECTOR, selector), f"{selector} stays")

    def click(self, selector: str, words: str = "") -> None:
        self.find(selector, words).click()

    def type(self, words: str, selector: str = "#composer-main") -> None:
        """Into the composer, and send."""
        self.find(selector).send_keys(words, Keys.ENTER)

    def fill(self, selector: str, value: str) -> None:
        """Replace what a field holds; the browser's own widgets for dates differ by locale."""
        script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))"
        self.driver.execute_script(script, self.find(selector), value)

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def focused(self) -> WebElement:
        return self.driver.switch_to.active_element

    def tab_to(self, selector: str, words: str = "", *, back: bool = False, most: int = 80) -> WebElement:
        """Press Tab until the focus is there, as someone without a mouse would."""
        for _ in range(most):
            here = self.focused()
            if here.is_displayed() and self._is(here, selector) and words in (here.text or here.accessible_name):
                return here
            if back:
                ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
            else:
                self.press(Keys.TAB)
        raise AssertionError(f"{most} times Tab did not lead to {selector} {words!r}")

    def _is(self, element: WebElement, selector: str) -> bool:
        return bool(self.driver.execute_script("return arguments[0].matches(arguments[1])", element, selector))

    def be(self, name: str) -> None:
        self.click("#who")
        self.click("[role=menuitemradio]", name)
        self.sees(name, "#who")

    def size(self, width: int, height: int) -> None:
        about = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", about)

    def prefer(self, scheme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def shot(self, name: str) -> None:
        """Keep a picture for README, when asked for by STEWARD_SHOTS=1."""
        if self._shots:
            SHOTS.mkdir(exist_ok=True)
            self.driver.save_screenshot(str(SHOTS / f"{name}.png"))

    def complaints(self) -> list[str]:
        """What the browser's console says is wrong: script errors, refused by policy, failed requests."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]  # selenium has no types here
