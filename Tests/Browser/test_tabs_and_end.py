"""Several tabs, of which one decides; and the ways in which a session ends."""

import re
import time

import pytest
from playwright.sync_api import expect

from support.people import record
from support.waiting import until

ENABLE = re.compile("Enable with this password")
# Of a page whose session has ended.
GONE = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE")


def elsewhere(desk):
    return desk.page.get_by_role("alertdialog", name="This session goes on in another tab")


def enable(desk, person: str) -> str:
    desk.open(person)
    password = desk.password.input_value()
    desk.press(ENABLE)
    desk.tells(person, "Done")
    return password


def test_the_newest_tab_is_the_active_one_and_another_can_take_over(stage, visitor):
    stage.file(record(1), record(2))
    first = visitor.enter(stage.session())
    first.open("Person 1")
    second = visitor.another_tab(first)
    expect(elsewhere(first)).to_be_visible()
    expect(first.page.get_by_role("button", name="Continue here")).to_be_focused()
    expect(elsewhere(second)).to_be_hidden()
    first.page.get_by_role("button", name="Continue here").click()
    expect(elsewhere(first)).to_be_hidden()
    expect(elsewhere(second)).to_be_visible()
    password = enable(first, "Person 1")
    assert stage.target.accepts("web-p1", password)
    # When the active one is closed, the other goes on by itself.
    visitor.context.on("dialog", lambda dialog: dialog.accept())
    visitor.leave(first.page)
    expect(elsewhere(second)).to_be_hidden()
    assert stage.managed("web-p2").is_disabled


def test_what_an_inactive_tab_sends_is_refused(stage, visitor):
    """Whatever its cover says: the server decides."""
    visitor.expects("status of 409")
    stage.file(record(1))
    first = visitor.enter(stage.session())
    first.open("Person 1")
    button = first.action.get_by_role("button", name=ENABLE).element_handle()
    visitor.another_tab(first)
    expect(elsewhere(first)).to_be_visible()
    with stage.writes_nothing(), first.page.expect_response(re.compile("/accept$")) as answer:
        button.evaluate("button => button.click()")
    assert answer.value.status == 409
    assert stage.managed("web-p1").is_disabled
    assert stage.resolution("enable", "Person 1")["accept"] is None


def test_finish(stage, visitor):
    stage.file(record(1), record(2))
    session = stage.session()
    desk = visitor.enter(session)
    desk.open("Person 1")
    desk.press(re.compile("Reject"))
    desk.tells("rejected")
    desk.finish()
    run = session.ends(0)
    summary = run.summary
    assert summary["created"] == ["Person 1", "Person 2"]
    assert [action["user"] for action in summary["required_interactions"]] == ["Person 2"]
    assert all(user.is_disabled for user in stage.managed_users())


def test_finish_asks_before_passwords_are_lost(stage, visitor):
    stage.file(record(1))
    session = stage.session()
    desk = visitor.enter(session)
    password = enable(desk, "Person 1")
    desk.page.get_by_role("button", name="Finish", exact=True).click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Finish now?")
    expect(desk.page.get_by_role("main")).to_contain_text("1 password")
    assert session.is_running
    desk.page.get_by_role("button", name="Finish all the same").click()
    expect(desk.page.get_by_role("heading", name="The session has ended")).to_be_visible()
    assert session.ends(0).summary["enabled"] == ["Person 1"]
    assert stage.target.accepts("web-p1", password)


def test_closing_the_last_page_ends_the_session_unless_told_otherwise(stage, visitor, chromium):
    """Two sessions side by side: the page of the one that stays is closed first, so when the other has ended, the first
    would have, too."""
    stage.file(record(1))
    stage.import_config["terminate_on_browser_close"] = False
    staying = stage.session()
    desk = visitor.enter(staying)
    expect(desk.rows).to_have_count(1)
    address = desk.page.url
    visitor.leave(desk.page)
    stage.import_config["terminate_on_browser_close"] = True
    ending = stage.session()
    with stage.writes_nothing():
        visitor.leave(visitor.enter(ending).page)
        assert ending.ends(0).summary["required_interactions"][0]["user"] == "Person 1"
    assert staying.is_running
    page = visitor.context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Approvals")


def test_closing_the_last_page_with_passwords_not_handed_over(stage, visitor):
    """The browser warns, the terminal calls back, and its new address leads to where one was."""
    stage.file(record(1))
    session = stage.session()
    desk = visitor.enter(session)
    password = enable(desk, "Person 1")
    warnings = []
    visitor.context.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    visitor.leave(desk.page)
    session.says("1 password was not exported yet")
    assert warnings == ["beforeunload"]
    again = visitor.enter(session, 2)
    again.go("Passwords")
    row = again.page.get_by_role("row", name="Person 1")
    row.get_by_text("Show").click()
    expect(row.get_by_role("code")).to_have_text(password)
    assert stage.target.accepts("web-p1", password)
    assert session.is_running


def pause() -> None:
    """Between two keys that a hand presses: what comes faster is taken for an echo of the first."""
    pressed = time.monotonic()
    until(lambda: time.monotonic() - pressed > 0.15, "time to pass")


@pytest.mark.parametrize("exported", ["nothing to export", "a password to export"])
def test_ctrl_c_asks_once_and_leaves_the_second_time(stage, visitor, exported):
    visitor.expects(*GONE)
    stage.file(record(1), record(2))
    session = stage.session()
    desk = visitor.enter(session)
    if exported == "a password to export":
        enable(desk, "Person 1")
    session.interrupt()
    session.says("Press Ctrl-C again")
    assert ("1 password was not exported yet" in session.log) == (exported == "a password to export")
    # It goes on as if nothing had been pressed.
    desk.open("Person 2")
    assert session.is_running
    pause()
    session.interrupt()
    summary = session.ends(130).summary
    assert summary["created"] == ["Person 1", "Person 2"]
    assert summary["enabled"] == (["Person 1"] if exported == "a password to export" else [])
    assert stage.managed("web-p1").is_disabled == (exported == "nothing to export")


def test_a_page_whose_session_has_ended_says_so(stage, visitor):
    visitor.expects(*GONE)
    stage.file(record(1))
    session = stage.session()
    desk = visitor.enter(session)
    expect(desk.rows).to_have_count(1)
    session.stop()
    expect(desk.page.get_by_role("alertdialog", name="The session has ended")).to_be_visible()
    assert stage.managed("web-p1").is_disabled
