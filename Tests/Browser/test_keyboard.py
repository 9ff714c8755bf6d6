"""A whole decision of each kind without the mouse."""


import pytest
from playwright.sync_api import expect

from support.people import record


@pytest.fixture
def keys(visitor):
    """Presses keys, one after the other."""
    def press(desk, *names: str) -> None:
        for name in names:
            desk.page.keyboard.press(name)

    return press


def begin(stage, visitor):
    desk = visitor.enter(stage.session())
    expect(desk.rows.first).to_be_visible()
    return desk


def test_enable(stage, visitor, keys):
    stage.file(record(1), record(2))
    desk = begin(stage, visitor)
    keys(desk, "j", "j", "Enter")
    expect(desk.heading).to_contain_text("Person 2")
    expect(desk.heading).to_be_focused()
    password = desk.password.input_value()
    keys(desk, "a")
    desk.tells("Person 2", "Done")
    assert stage.target.accepts("web-p2", password)
    assert stage.managed("web-p1").is_disabled


def test_enable_with_ones_own_password(stage, visitor, keys):
    stage.file(record(1))
    desk = begin(stage, visitor)
    keys(desk, "j", "Enter")
    expect(desk.heading).to_be_focused()
    keys(desk, "Tab")
    expect(desk.password).to_be_focused()
    keys(desk, "Control+a")
    desk.page.keyboard.type("Correct-Horse-7")
    expect(desk.action.get_by_role("status")).to_contain_text("accepts this password")
    keys(desk, "Enter")
    desk.tells("Person 1", "Done")
    assert stage.target.accepts("web-p1", "Correct-Horse-7")


def test_disable(stage, visitor, keys):
    stage.import_config["require_approval"] = ["disable"]
    stage.file(record(1))
    stage.import_()
    stage.enable("web-p1")
    stage.file(record(1, disabled=True), sequence=2)
    desk = begin(stage, visitor)
    keys(desk, "o")
    expect(desk.heading).to_be_focused()
    keys(desk, "a")
    desk.tells("Person 1", "Done")
    assert stage.managed("web-p1").is_disabled


def test_join_and_reject(stage, visitor, keys):
    stage.file(record(1, memberOf=["CN=Engineers"]), record(2, memberOf=["CN=Engineers"]))
    desk = begin(stage, visitor)
    keys(desk, "/")
    expect(desk.list.get_by_role("searchbox")).to_be_focused()
    desk.page.keyboard.type("join")
    expect(desk.rows).to_have_count(2)
    keys(desk, "Escape", "j", "Enter")
    expect(desk.heading).to_contain_text("Person 1")
    keys(desk, "a")
    desk.tells("Person 1", "Done")
    # It is on the next already.
    expect(desk.heading).to_contain_text("Person 2")
    expect(desk.heading).to_be_focused()
    keys(desk, "r")
    desk.tells("Person 2", "rejected")
    assert "Plant Admins" in stage.managed("web-p1").groups
    assert "Plant Admins" not in stage.managed("web-p2").groups
    assert stage.resolution("join", "Person 2")["accept"] is False


def test_leave(stage, visitor, keys):
    stage.import_config["require_approval"] = ["leave"]
    stage.file(record(1))
    stage.import_()
    stage.enable("web-p1")
    stage.file(record(1, memberOf=[]), sequence=2)
    desk = begin(stage, visitor)
    desk.search("leave")
    expect(desk.rows).to_have_count(1)
    keys(desk, "Escape", "ArrowDown", "Enter")
    expect(desk.heading).to_be_focused()
    keys(desk, "a")
    desk.tells("Person 1", "Done")
    assert stage.managed("web-p1").groups == {"Everyone Managed"}


def test_new_name(stage, visitor, keys):
    stage.holder("Somebody", "web-p1")
    stage.file(record(1))
    desk = begin(stage, visitor)
    keys(desk, "j", "Enter")
    expect(desk.heading).to_be_focused()
    keys(desk, "a")
    expect(desk.new_name).to_be_focused()
    desk.page.keyboard.type("web-p1-new")
    expect(desk.action.get_by_role("status")).to_have_text("This name is free.")
    keys(desk, "Enter")
    desk.tells("Person 1", "Done")
    assert stage.managed("web-p1-new").first("cn") == "Person 1"


def test_take_over(stage, visitor, keys):
    holder = stage.holder("Person 1", "web-p1")
    stage.target.delegate_take_over(holder)
    stage.file(record(1))
    desk = begin(stage, visitor)
    keys(desk, "j", "Enter")
    expect(desk.heading).to_be_focused()
    button = desk.action.get_by_role("button", name="Take web-p1 over")
    for _ in range(6):
        keys(desk, "Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    expect(button).to_be_focused()
    keys(desk, "Enter")
    desk.tells("Person 1", "Done")
    assert stage.target.entry(holder) is None
    assert stage.managed("web-p1").first("adminDescription").startswith("ad-user-sync:")


def test_select_two_and_enable_them(stage, visitor, keys):
    stage.file(*map(record, range(1, 4)))
    desk = begin(stage, visitor)
    keys(desk, "j", "x", "j", "x")
    button = desk.list.get_by_role("button", name="Enable, generate passwords")
    expect(button).to_be_enabled()
    for _ in range(20):
        if button.evaluate("button => button === document.activeElement"):
            break
        keys(desk, "Shift+Tab")
    keys(desk, "Enter")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Enable 2 users with generated passwords")
    keys(desk, "a")
    expect(desk.page.get_by_text("2 of 2, finished")).to_be_visible()
    assert {user.first("cn") for user in stage.managed_users() if not user.is_disabled} == {"Person 1", "Person 2"}


def test_keys_are_explained_and_do_nothing_meanwhile(stage, visitor, keys):
    stage.file(record(1))
    desk = begin(stage, visitor)
    keys(desk, "j", "Enter")
    expect(desk.heading).to_be_focused()
    with stage.writes_nothing():
        keys(desk, "?")
        help = desk.page.get_by_role("dialog", name="Keys")
        expect(help).to_be_visible()
        keys(desk, "a", "r", "Escape")
        expect(help).to_be_hidden()
    assert stage.resolution("enable", "Person 1")["accept"] is None
