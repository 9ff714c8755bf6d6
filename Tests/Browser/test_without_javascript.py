"""JavaScript switched off: nothing but links and forms."""

import re

import pytest
from playwright.sync_api import expect

from support.people import record
from support.visitor import Visitor


@pytest.fixture
def visitor(chromium):
    visitor = Visitor(chromium, java_script_enabled=False)
    yield visitor
    visitor.close()


def test_accept_reject_bulk_hand_over_and_finish(stage, visitor):
    stage.file(*map(record, range(1, 7)))
    session = stage.session()
    desk = visitor.enter(session)
    expect(desk.page.locator("noscript").get_by_role("paragraph")).to_be_visible()
    # Accept: the next one that waits is shown.
    desk.open("Person 1")
    password = desk.password.input_value()
    desk.press(re.compile("Enable with this password"))
    desk.tells("Person 1", "Done")
    assert stage.target.accepts("web-p1", password)
    # A weak password comes back with the reasons.
    expect(desk.heading).to_contain_text("Person 2")
    visitor.expects("status of 422")
    desk.password.fill("short")
    desk.press(re.compile("Enable with this password"))
    expect(desk.action.get_by_role("status")).to_contain_text("asks for at least 7")
    # Reject.
    desk.press(re.compile("Reject"))
    desk.tells("Person 2", "rejected")
    assert stage.resolution("enable", "Person 2")["accept"] is False
    # Many, by a search.
    desk.go("Approvals")
    desk.list.get_by_role("searchbox").fill("web-p4")
    desk.list.get_by_role("button", name="Show").click()
    expect(desk.rows).to_have_count(1)
    desk.go("Approvals")
    desk.select("Person 3", "Person 4")
    desk.for_selected("Enable, generate passwords")
    desk.page.get_by_role("button", name="Enable 2 users").click()
    # The page looks again by itself.
    expect(desk.page.get_by_text("2 of 2, finished")).to_be_visible()
    enabled = {user.first("cn") for user in stage.managed_users() if not user.is_disabled}
    assert enabled == {"Person 1", "Person 3", "Person 4"}
    # Hand over.
    desk.go("Passwords")
    desk.page.get_by_label("Key, at least 12 characters").fill("the key of 2026!")
    desk.page.get_by_label("The same again").fill("the key of 2026!")
    with desk.page.expect_download() as download:
        desk.page.get_by_role("button", name="Save passwords.zip").click()
    assert download.value.suggested_filename == "passwords.zip"
    desk.go("Passwords")
    expect(desk.page.get_by_role("row").filter(has_text="not yet")).to_have_count(0)
    desk.finish()
    assert session.ends(0).summary["enabled"] == ["Person 1", "Person 3", "Person 4"]


def test_new_name(stage, visitor):
    visitor.expects("status of 422")
    stage.holder("Somebody", "web-p1")
    stage.file(record(1))
    desk = visitor.enter(stage.session())
    desk.open("Person 1")
    desk.new_name.fill("web-p1")
    desk.press("Use this name")
    expect(desk.action.get_by_role("status")).to_contain_text("held")
    desk.new_name.fill("web-p1-new")
    desk.press("Use this name")
    desk.tells("Person 1", "Done")
    assert stage.managed("web-p1-new").first("cn") == "Person 1"
