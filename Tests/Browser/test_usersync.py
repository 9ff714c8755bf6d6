"""A resolutions file that UserSync 1.0 wrote: no ids, no anchors, times without a zone."""

import json
import re

from playwright.sync_api import expect

from support.people import record


def write(stage, *entries) -> None:
    timed = [{"timestamp": "2026-01-02T03:04:05.678901", **entry} for entry in entries]
    (stage.folder / "resolutions.json").write_text(json.dumps({"resolutions": timed}, indent=4))


def test_it_is_read_kept_and_honoured(stage, visitor):
    stage.holder("Somebody", "web-p3")
    stage.file(record(1), record(2, memberOf=["CN=Engineers"]), record(3), record(4))
    write(stage,
          {"type": "enable", "user": "Person 1", "accept": False},
          {"type": "join", "user": "Person 2", "accept": None, "group": "CN=Plant Admins"},
          {"type": "name", "user": "Person 3", "accept": True, "name": "web-p3", "new_name": "web-p3-usersync"},
          {"type": "enable", "user": "Person 4", "accept": True, "password": "Correct-Horse-7"})
    session = stage.session()
    desk = visitor.enter(session)
    # What was answered is done, and what was rejected is not asked again.
    assert stage.managed("web-p3-usersync").first("cn") == "Person 3"
    assert stage.target.accepts("web-p4", "Correct-Horse-7")
    expect(desk.row("Person 1")).to_have_count(0)
    expect(desk.row("Person 4")).to_have_count(0)
    desk.open("Person 2", "Join")
    desk.press("Add to the group")
    desk.tells("Person 2", "Done")
    assert "Plant Admins" in stage.managed("web-p2").groups
    desk.finish()
    session.ends(0)
    assert stage.managed("web-p1").is_disabled
    assert stage.resolution("enable", "Person 1")["accept"] is False
    assert stage.resolution("name", "Person 3")["new_name"] == "web-p3-usersync"
    assert stage.resolution("join", "Person 2") is None
    with stage.writes_nothing():
        stage.import_()


def test_a_rejection_of_usersync_can_be_taken_back(stage, visitor):
    stage.file(record(1))
    write(stage, {"type": "enable", "user": "Person 1", "accept": False})
    desk = visitor.enter(stage.session())
    expect(desk.page.get_by_role("heading", name="Nothing is waiting")).to_be_visible()
    desk.list.get_by_label("State").select_option("rejected")
    desk.open("Person 1")
    desk.press("Take the answer back")
    expect(desk.action.get_by_text("waiting", exact=True)).to_be_visible()
    password = desk.password.input_value()
    desk.press(re.compile("Enable with this password"))
    desk.tells("Person 1", "Done")
    assert stage.target.accepts("web-p1", password)
    assert stage.resolutions == []
