"""Everything one can click, with a bot that shows every block and input."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser import keys
from tests.browser.showroom import Showroom
from tests.browser.workshop import Workshop
from tests.sandbox.samples import BLOCKS

if TYPE_CHECKING:
    from tests.browser.window import Window


def test_every_block(stage_window: Window, stage: Workshop) -> None:
    stage_window.open("?as=U0MAYA&in=accounts")
    stage_window.type("/show")
    stage_window.until(lambda: len(stage.sandbox.messages("#accounts", "maya")) >= len(BLOCKS) - 1)
    for kind in BLOCKS:
        if kind != "input":
            stage_window.find(f".b-{kind}")
    assert "[unknown" not in stage_window.driver.page_source
    assert stage.sandbox.failures == []


def test_a_form_from_open_to_submitted(stage_window: Window, showroom: Showroom, stage: Workshop) -> None:
    stage_window.open("?as=U0MAYA&in=accounts")
    stage_window.type("/form")
    note = stage_window.find("#modal textarea")
    stage_window.until(lambda: stage_window.focused() == note)
    stage_window.click("#modal footer .primary")
    stage_window.sees("Please complete this required field.", "#modal")
    assert len(stage_window.driver.find_elements("css selector", "#modal .complaint")) == 3
    note.send_keys("Spoke with <b>Ada</b>")
    account, kind, tags = stage_window.driver.find_elements("css selector", "#modal .combo-input")[:3]
    account.send_keys("a")
    stage_window.sees("Type at least 2 letters", "#modal .menu:not([hidden])")
    account.send_keys("cm")
    stage_window.click("#modal [role=option]", "Found acm 2")
    kind.click()
    kind.send_keys("vis", keys.ENTER)
    tags.send_keys("x")
    stage_window.click("#modal [role=option]", "Found x 1")
    stage_window.sees("Found x 1", "#modal .chips")
    tags.send_keys("y")
    stage_window.click("#modal [role=option]", "Found y 2")
    stage_window.until(lambda: len(stage_window.driver.find_elements("css selector", "#modal .chip")) == 2)
    stage_window.click("#modal .choice", "mail")
    stage_window.shot("form")
    stage_window.click("#modal footer .primary")
    stage_window.gone("#modal")
    stage_window.until(lambda: showroom.seen)
    values = showroom.seen[-1]["view"]["state"]["values"]
    assert values["note"]["note_in"]["value"] == "Spoke with <b>Ada</b>"
    assert values["account"]["account_in"]["selected_option"]["value"] == "acm-2"
    assert values["kind"]["kind_in"]["selected_option"]["value"] == "visit"
    assert [o["value"] for o in values["tags"]["tags_in"]["selected_options"]] == ["x-1", "y-2"]
    assert values["day"]["day_in"]["selected_date"] == "2026-03-02"
    assert values["time"]["time_in"]["selected_time"] == "09:30"
    assert stage.sandbox.failures == []


def test_the_rarer_inputs(stage_window: Window, showroom: Showroom, stage: Workshop, tmp_path: Path) -> None:
    for name in ("notes.md", "usage.csv", "run.exe"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    stage_window.open("?as=U0MAYA&in=accounts")
    stage_window.type("/inputs")
    chooser = stage_window.find("#modal input[type=file]")
    assert chooser.get_attribute("accept") == ".md,.csv"
    chooser.send_keys(f"{tmp_path}/run.exe")
    stage_window.sees("only md, csv files", "#toast")
    assert ["page/act/pick" in complaint for complaint in stage_window.complaints()] == [True]
    stage_window.find("#modal input[type=file]").send_keys(f"{tmp_path}/notes.md\n{tmp_path}/usage.csv")
    stage_window.sees("usage.csv", "#modal .chips")
    stage_window.click("#modal .chip", "notes.md")
    stage_window.until(lambda: "notes.md" not in stage_window.text("#modal .chips"))
    stage_window.click("#modal footer .primary")
    stage_window.sees("Please complete this required field.", "#modal")
    stage_window.fill("#modal input[type=datetime-local]", "2026-03-09T14:30")
    _, link, mail = [stage_window.find(f"#modal [data-action={name}_in]") for name in ("count", "link", "mail")]
    stage_window.find("#modal [data-action=count_in]").send_keys("0")
    link.send_keys("acme")
    mail.send_keys("ada@acme.example")
    stage_window.click("#modal .combo-input[aria-label=Where]")
    offered = stage_window.text("#modal .menu:not([hidden])")
    assert "#leads" in offered
    assert "#ext-halden-foods" not in offered
    stage_window.click("#modal [role=option]", "#leads")
    stage_window.click("#modal .combo-input[aria-label=Who]")
    stage_window.click("#modal [role=option]", "Jonas Berg")
    stage_window.click("#modal .combo-input[aria-label=Kind]")
    stage_window.click("#modal [role=option]", "call")
    stage_window.until(lambda: showroom.seen)
    assert showroom.seen[0]["view"]["state"]["values"]["who"]["who_in"]["selected_user"] == "U0JONAS"
    stage_window.click("#modal footer .primary")
    stage_window.sees("Enter a number of at least 1.", "#modal")
    stage_window.sees("Enter a valid URL.", "#modal")
    stage_window.fill("#modal [data-action=count_in]", "13")
    stage_window.fill("#modal [data-action=link_in]", "https://acme.example/a")
    stage_window.click("#modal footer .primary")
    stage_window.sees("Instead", "#modal-title")
    values = showroom.seen[-1]["view"]["state"]["values"]
    assert [file["name"] for file in values["file"]["file_in"]["files"]] == ["usage.csv"]
    assert values["moment"]["moment_in"]["selected_date_time"] == 1_773_063_000, "Maya is in Stockholm"
    assert values["place"]["place_in"]["selected_conversation"] == "C0LEADS"
    assert stage.sandbox.failures == []


def test_an_open_suggestion_outlives_what_arrives(stage_window: Window, stage: Workshop) -> None:
    """A list holds still while somebody chooses from it, and is up to date when it opens again."""
    stage_window.open("?as=U0MAYA&in=accounts")
    box = stage_window.find("#composer-main")
    box.send_keys("/inp")
    stage_window.sees("The rarer inputs", "#suggest-main")
    shown = "return [...document.querySelectorAll('#suggest-main li:not([hidden])')].map(li => li.innerText).join()"
    before = stage_window.driver.execute_script(shown), stage_window.find("#suggest-main").rect
    stage.do(stage.sandbox.say("jonas", "#accounts", "Something arrives"))
    stage_window.sees("Something arrives")
    assert (stage_window.driver.execute_script(shown), stage_window.find("#suggest-main").rect) == before
    stage_window.press(keys.ENTER)
    assert box.get_attribute("value") == "/inputs "
    box.clear()
    box.send_keys("@wa")
    assert "Walter" not in stage_window.text("#suggest-main")
    stage.call(lambda: stage.sandbox.changes.deactivate("walter", active=True))
    stage.call(lambda: stage.sandbox.changes.join("walter", "#accounts"))
    box.clear()
    stage_window.sees("7 members", "#main header")
    box.send_keys("@wa")
    stage_window.sees("Walter Quist", "#suggest-main")


def test_an_open_select_and_a_tall_draft_outlive_what_arrives(stage_window: Window, stage: Workshop) -> None:
    stage_window.open("?as=U0MAYA&in=accounts")
    stage_window.type("/form")
    kind = stage_window.find("#modal .combo-input[aria-label=Kind]")
    kind.click()
    kind.send_keys("vis")
    stage_window.sees("visit", "#modal .menu:not([hidden])")
    stage.do(stage.sandbox.say("jonas", "#accounts", "Something arrives"))
    stage_window.sees("Something arrives")
    assert stage_window.text("#modal .menu:not([hidden])") == "visit"
    stage_window.press(keys.ENTER)
    assert kind.get_attribute("value") == "visit"
    stage_window.press(keys.ESCAPE)
    stage_window.gone("#modal")
    draft = stage_window.find("#composer-main")
    for _ in range(4):
        draft.send_keys("line", keys.SHIFT_ENTER)
    tall = draft.rect["height"]
    stage.do(stage.sandbox.say("jonas", "#accounts", "And more"))
    stage_window.sees("And more")
    assert draft.rect["height"] == tall


def test_pausing_and_stopping(stage_window: Window, stage: Workshop, showroom: Showroom) -> None:
    stage_window.open("?as=U0MAYA&in=accounts")
    stage_window.click("#who")
    stage_window.click("[role=menuitem]", "Pause notifications for an hour")
    stage_window.until(lambda: stage_window.driver.find_elements("css selector", "#who [title='not to be disturbed']"))
    stage_window.click("#clock-3600")
    stage_window.gone("#who [title='not to be disturbed']")
    said = stage.do(stage.sandbox.say("maya", "#accounts", "draft a QBR"))
    stage_window.find(".msg", "draft").find_element("css selector", "[data-menu]").send_keys(keys.ENTER)
    stage_window.click("[role=menuitem]", "Reply in thread")
    stage.do(stage.work(said.ts))
    stage_window.sees("Steward is working", "#thread .statuses")
    stage_window.click("#thread .statuses .btn", "Stop")
    stage_window.until(lambda: showroom.seen)
    stage_window.until(lambda: "Stop" not in stage_window.text("#thread .statuses"))


def _fill(window: Window, note: str) -> None:
    box = window.find("#modal textarea")
    box.clear()
    box.send_keys(note)
    combos = window.driver.find_elements("css selector", "#modal .combo-input")
    combos[0].send_keys("acm")
    window.click("#modal [role=option]", "Found acm 1")
    combos[1].click()
    combos[1].send_keys("call", keys.ENTER)


def test_the_apps_own_complaint_and_a_second_view(stage_window: Window, showroom: Showroom) -> None:
    stage_window.open("?as=U0MAYA&in=accounts")
    stage_window.type("/form")
    _fill(stage_window, "bad")
    stage_window.click("#modal footer .primary")
    stage_window.sees("Say more", "#modal .complaint")
    assert stage_window.find("#modal textarea").get_attribute("value") == "bad"
    stage_window.click("#modal .btn", "Go")
    stage_window.sees("Second", "#modal-title")
    stage_window.until(lambda: showroom.seen[-1]["type"] == "block_actions")
    kept = showroom.seen[-1]["view"]["state"]["values"]
    assert kept["note"]["note_in"]["value"] == "bad", "a touch carries what was typed so far"
    stage_window.press(keys.ESCAPE)
    stage_window.sees("Log", "#modal-title")
    stage_window.click("#modal header .icon-btn")
    stage_window.gone("#modal")


def test_shortcuts_threads_and_a_question_first(stage_window: Window, showroom: Showroom, stage: Workshop) -> None:
    stage_window.open("?as=U0MAYA&in=accounts")
    stage_window.type("@Steward hello")
    stage_window.click(".thread-line", "1 reply")
    stage_window.sees("Delete", "#thread")
    stage_window.click("#thread .btn", "Delete")
    stage_window.sees("Really?", "dialog.confirm")
    stage_window.click("dialog.confirm .btn", "No")
    stage_window.gone("dialog.confirm")
    assert showroom.seen == []
    stage_window.click("#thread .btn", "Delete")
    stage_window.click("dialog.confirm .btn", "Do it")
    stage_window.until(lambda: showroom.seen)
    assert showroom.seen[-1]["actions"][0]["action_id"] == "danger"
    stage_window.type("In the thread", "#composer-thread")
    stage_window.sees("In the thread", "#thread")
    stage_window.press(keys.ESCAPE)
    stage_window.gone("#thread")
    stage_window.find(".msg", "hello").find_element("css selector", "[data-menu]").send_keys(keys.ENTER)
    stage_window.click("[role=menuitem]", "Log to account")
    stage_window.sees("Log", "#modal-title")
    assert showroom.seen[-1]["message"]["text"].endswith("hello")
    stage_window.press(keys.ESCAPE)
    stage_window.gone("#modal")
    stage_window.click("#plus-main")
    stage_window.click("[role=menuitem]", "Open the form")
    stage_window.find("#modal")
    assert stage.sandbox.failures == []


def test_slow_apps_are_told_about(stage_window: Window, stage: Workshop) -> None:
    stage_window.open("?as=U0MAYA&in=accounts")
    stage_window.type("/slow")
    stage_window.until(lambda: stage.sandbox.world.activity.pending)
    stage_window.click("#clock-3600")
    stage_window.sees("/slow failed")
    stage_window.click("#failures summary")
    stage_window.sees("/slow", "#failures .popover")


def test_hostile_text_stays_text(stage_window: Window) -> None:
    """Nothing runs, nothing is fetched, no address but http(s) can be followed; the console stays empty."""
    stage_window.open("?as=U0MAYA&in=accounts")
    stage_window.type("/hostile")
    stage_window.find(".b-markdown")
    stage_window.find(".file")
    script = "return [...document.querySelectorAll('#main img, #main script, #main [onerror]')].length"
    assert stage_window.driver.execute_script(script) == 0
    links = "return [...document.querySelectorAll('#main a')].map(a => a.protocol)"
    assert set(stage_window.driver.execute_script(links)) <= {"http:", "https:"}
    assert "\u202e" not in stage_window.driver.page_source
    assert "<script>alert(1)</script>" in stage_window.text("#main")


def test_home_shows_and_acts(stage_window: Window, showroom: Showroom) -> None:
    stage_window.open("?as=U0MAYA&in=home")
    stage_window.click("#home-body .icon-btn")
    stage_window.click("[role=menuitem]", "one")
    stage_window.until(lambda: showroom.seen)
    assert showroom.seen[-1]["actions"][0]["type"] == "overflow"
    assert showroom.seen[-1]["container"]["type"] == "view"
