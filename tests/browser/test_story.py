"""The story a team tries first, in a real browser, with the real bot on the sample book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser import keys
from tests.browser.workshop import Workshop

if TYPE_CHECKING:
    from tests.browser.window import Window

INTERNAL = ("ARR", "Health", "Open promises", "Notice deadline", "Only visible to you")


def test_the_story(window: Window, workshop: Workshop) -> None:
    window.open()
    window.find("#composer-main").send_keys("/acc")
    window.sees("The state of one account", "#suggest-main")
    window.press(keys.ENTER)
    window.type("acme")
    window.sees("Acme Corporation")
    window.sees("Only visible to you")
    window.sees("Open promises")
    window.shot("card-light")
    window.click(".btn", "Share in channel")
    window.sees("This is what everyone in this channel would see")
    window.click(".btn.primary", "Share")
    window.sees("Shared: everyone in this channel sees it now.")
    window.be("Jonas Berg")
    window.sees("Shared by Maya Lindqvist")
    assert "Only visible to you" not in window.text("#main")
    window.be("Maya Lindqvist")

    window.type("/account halv")
    window.sees("Which account is “halv”?")
    window.click(".btn", "Halvorsen Ports AS")
    window.sees("Halvorsen Ports AS · Maya Lindqvist", ".msg:last-of-type")

    window.type("/book")
    window.until(lambda: window.find(".combo-input").get_attribute("value") == "Most pressing first")
    window.click(".combo-input")
    window.click("[role=option]", "By name")
    window.until(lambda: window.find(".combo-input").get_attribute("value") == "By name")
    window.until(lambda: "Acme" in window.text(".msg:last-of-type .b-section + .b-section"))

    window.click("#sidebar a", "Home")
    window.sees("My day")
    window.sees("Renewals to work on")
    window.sees("Your accounts")
    window.click("#sidebar a", "Messages")
    window.click(".prompts .btn", "Renewals in 90 days")
    window.sees("Notice deadline")
    assert workshop.sandbox.failures == []


def test_what_is_said_is_kept_and_what_is_due_comes_back(window: Window, workshop: Workshop) -> None:
    """Log from the card, ask to be reminded, jump to the moment, and be done with it."""
    window.open("?as=U0MAYA&in=accounts")
    window.type("/account acme")
    window.sees("Only visible to you")
    window.click(".btn", "Log")
    window.click("#modal .combo-input[aria-label='What was it']")
    window.click("#modal [role=option]", "Call")
    window.find("#modal textarea").send_keys("Ana wants a quote for forty more seats")
    window.shot("log-form")
    window.click("#modal footer .primary")
    window.gone("#modal")
    window.sees("“Ana wants a quote for forty more seats”")
    window.click(".btn", "Show card")
    window.sees("Last touch today")

    window.type('/account remind acme "send the quote" in 10 minutes')
    window.sees("I will remind you: send the quote")
    window.until(lambda: workshop.sandbox.world.next_moment is not None)
    window.click("#clock-next")
    window.click("#sidebar a", "Messages")
    window.sees("send the quote")
    window.sees("You asked for this")
    window.shot("reminder")
    window.click(".btn", "Done")
    window.sees("✓ Done by Maya Lindqvist")
    assert workshop.sandbox.failures == []


def test_the_client_sees_nothing_internal(window: Window, workshop: Workshop) -> None:
    window.open("?as=U0MAYA&in=ext-halden-foods")
    window.type("/account acme")
    window.sees("Acme Corporation")
    window.click(".btn", "Share in channel")
    window.until(lambda: len(workshop.sandbox.messages("#ext-halden-foods", "maya")) > 1)
    window.type("Hello @elena")
    window.sees("Hello @Elena Marchetti")
    window.be("Elena Marchetti")
    window.sees("Hello @Elena Marchetti")
    assert "ext-halden-foods" in window.text("#sidebar")
    for name in ("general", "leads", "accounts", "Steward"):
        assert name not in window.text("#sidebar")
    for word in INTERNAL:
        assert word not in window.driver.page_source
    window.type("/account acme")
    window.sees("is not a valid command")


def test_who_may_see_what(window: Window) -> None:
    window.open("?as=U0NOOR")
    assert "acct-acme" in window.text("#sidebar")
    assert "leads" not in window.text("#sidebar")
    window.open("?as=U0INGRID")
    assert "board" in window.text("#sidebar")
    assert "ext-pending" in window.text("#sidebar")
    window.open("?as=U0WALTER")
    assert "deactivated and cannot sign in" in window.text("#main")
    assert not window.driver.find_elements("css selector", "#composer-main")


def test_with_the_keyboard_alone(window: Window) -> None:
    """From the first Tab to a shared card, a chosen sort and another user, without a mouse."""
    window.open("?as=U0MAYA&in=general")
    assert window.tab_to("a.skip").text == "Skip to the conversation"
    window.press(keys.ENTER)
    window.tab_to("#sidebar a", "accounts", back=True)
    window.press(keys.ENTER)
    window.until(lambda: window.focused().get_attribute("id") == "composer-main")
    window.press("/boo", keys.TAB, keys.ENTER)
    window.sees("Only visible to you")
    window.tab_to(".combo-input", back=True)
    window.press(keys.ENTER, keys.ARROW_DOWN, keys.ENTER)
    window.until(lambda: window.find(".combo-input").get_attribute("value") == "Renewal first")
    window.tab_to(".btn", "Next")
    window.press(keys.ENTER)
    window.sees("page 2 of")
    assert window.focused().tag_name != "body", "the focus stays near when its button is gone"
    window.tab_to("#who", back=True)
    window.press(keys.ENTER, keys.ARROW_DOWN)
    assert "Jonas Berg" in window.focused().text
    window.press(keys.ESCAPE)
    assert window.focused().get_attribute("id") == "who"
    window.press(keys.ENTER, keys.ARROW_DOWN, keys.ENTER)
    window.sees("Jonas Berg", "#who")
    window.tab_to("#theme")
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert window.driver.execute_script(outline) == "solid", "the focus is visible"


def test_light_dark_and_phone(window: Window) -> None:
    background = "return getComputedStyle(document.body).backgroundColor"
    window.open("?as=U0MAYA&in=accounts")
    light = window.driver.execute_script(background)
    window.prefer("dark")
    window.until(lambda: window.driver.execute_script(background) != light)
    window.type("/book")
    window.sees("Only visible to you")
    window.shot("book-dark")
    window.click("#theme")
    window.until(lambda: window.driver.execute_script(background) == light)
    window.open("?as=U0MAYA&in=accounts")
    assert window.driver.execute_script(background) == light, "the choice outlives a reload"
    window.click("#sidebar a", "Home")
    window.sees("My day")
    window.shot("home-light")
    window.size(390, 844)
    window.open("?as=U0MAYA&in=accounts")
    window.click("#drawer")
    window.click("#sidebar a", "Home")
    window.sees("My day")
    wide = "return [innerWidth, document.documentElement.scrollWidth]"
    assert window.driver.execute_script(wide) == [390, 390], "nothing is wider than the phone"
    window.shot("home-phone")


def test_two_windows_and_the_terminal_at_once(window: Window, workshop: Workshop) -> None:
    """What others do elsewhere appears by itself, and half-typed text stays."""
    window.open("?as=U0MAYA&in=accounts")
    window.find("#composer-main").send_keys("half a thou")
    workshop.do(workshop.sandbox.say("jonas", "#accounts", "Good morning @maya"))
    window.sees("Good morning @Maya Lindqvist")
    assert window.find("#composer-main").get_attribute("value") == "half a thou"
    workshop.do(workshop.sandbox.say("jonas", "#general", "Elsewhere"))
    window.sees("1", "#sidebar .unread")
    window.click("#clock-86400")
    window.until(lambda: not workshop.sandbox.world.activity.pending)
    window.find(".msg", "Good morning")
    assert window.text("#clock")
