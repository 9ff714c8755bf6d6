"""The directory goes away in the middle, and comes back. A relay stands between the program and the domain controller
and is cut like a cable."""

import re

import pytest
from playwright.sync_api import expect

from support.people import record
from support.relay import Relay

ENABLE = re.compile("Enable with this password")


@pytest.fixture
def relay(stage):
    relay = Relay(stage.target.address)
    # Pages do not try by themselves, but for the test that says so.
    stage.import_config |= {"server": relay.uri, "heartbeat_interval": 60}
    yield relay
    relay.close()


def lost(desk):
    return desk.page.get_by_role("alert").filter(has_text="The directory does not answer")


def test_an_accepted_answer_is_kept_and_performed_when_it_is_back(stage, visitor, relay):
    stage.file(record(1), record(2))
    desk = visitor.enter(stage.session())
    desk.open("Person 1")
    password = desk.password.input_value()
    relay.cut()
    with stage.writes_nothing():
        desk.press(ENABLE)
        desk.tells("Person 1", "Kept")
        expect(lost(desk)).to_be_visible()
    assert stage.resolution("enable", "Person 1")["accept"] is True
    # A rejection needs no directory.
    desk.open("Person 2")
    desk.press(re.compile("Reject"))
    desk.tells("Person 2", "rejected")
    assert stage.resolution("enable", "Person 2")["accept"] is False
    relay.mend()
    desk.page.get_by_role("button", name="Try again now").click()
    desk.tells("The directory is back.")
    expect(lost(desk)).to_have_count(0)
    assert stage.target.accepts("web-p1", password)
    assert stage.managed("web-p2").is_disabled
    assert [entry["user"] for entry in stage.resolutions] == ["Person 2"]
    desk.go("Passwords")
    expect(desk.page.get_by_role("row", name="Person 1")).to_contain_text("not yet")


def test_the_page_comes_back_by_itself(stage, visitor, relay):
    stage.import_config["heartbeat_interval"] = 0.5
    stage.file(record(1))
    desk = visitor.enter(stage.session())
    desk.open("Person 1")
    password = desk.password.input_value()
    relay.cut()
    desk.press(ENABLE)
    expect(lost(desk)).to_be_visible()
    relay.mend()
    expect(lost(desk)).to_have_count(0)
    expect(desk.page.get_by_role("status").filter(has_text="The directory is back.")).to_have_count(1)
    assert stage.target.accepts("web-p1", password)
    # What was done in the meantime is not shown as waiting any more.
    expect(desk.rows).to_have_count(0)


@pytest.mark.parametrize("answers", range(6))
def test_cut_at_any_point_of_an_accept(stage, visitor, relay, answers):
    """Whether the request was never sent, or only its answer lost: what the page says in the end is true, the user has
    the password that was shown, it can be handed over, and nothing of it is left in the file."""
    stage.file(record(1))
    desk = visitor.enter(stage.session())
    desk.open("Person 1")
    password = desk.password.input_value()
    relay.cut_after(answers)
    desk.press(ENABLE)
    desk.tells("Person 1")
    if relay.is_cut:
        relay.mend()
        if lost(desk).count():
            desk.page.get_by_role("button", name="Try again now").click()
            desk.tells("The directory is back.")
    assert stage.target.accepts("web-p1", password)
    assert stage.resolutions == []
    desk.go("Passwords")
    expect(desk.page.get_by_role("row", name="Person 1")).to_contain_text("not yet")
    desk.go("Done")
    expect(desk.page.get_by_role("listitem").filter(has_text="Enable the account").first).to_contain_text("Done")


def test_bulk_work_goes_on_when_it_is_back(stage, visitor, relay):
    stage.file(*map(record, range(1, 61)))
    desk = visitor.enter(stage.session())
    relay.cut_after(12)
    desk.for_all("Enable, generate passwords")
    desk.page.get_by_role("button", name="Enable 60 users").click()
    expect(desk.page.get_by_text("60 of 60, finished")).to_be_visible()
    assert relay.is_cut
    relay.mend()
    desk.page.get_by_role("button", name="Try again now").click()
    desk.tells("The directory is back.")
    assert not [user.first("cn") for user in stage.managed_users() if user.is_disabled]
    assert stage.resolutions == []
    desk.go("Passwords")
    expect(desk.page.get_by_text("60 passwords set in this session, 60 not handed over yet")).to_be_visible()
