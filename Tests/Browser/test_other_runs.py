"""Other runs while a session is open: nothing is locked between two answers."""

import json
import re

from playwright.sync_api import expect

from support.people import record

ENABLE = re.compile("Enable with this password")


def test_import_again_takes_the_file_as_it_is_now(stage, visitor):
    stage.file(record(1))
    desk = visitor.enter(stage.session())
    expect(desk.rows).to_have_count(1)
    stage.file(record(1), record(2), sequence=2)
    desk.page.get_by_role("button", name="Import again").click()
    desk.tells("imported again")
    expect(desk.rows).to_have_count(2)
    assert stage.managed("web-p2").is_disabled


def test_another_import_of_another_file(stage, visitor):
    """What is decided on what was seen is not performed on what nobody saw, neither now nor by a later import."""
    stage.file(record(1))
    desk = visitor.enter(stage.session())
    desk.open("Person 1")
    stage.file(record(1, department="Engineering"), record(2), sequence=2)
    stage.import_()
    with stage.writes_nothing():
        desk.press(ENABLE)
        desk.tells("Person 1", "Failed", "import again")
    assert stage.resolution("enable", "Person 1")["accept"] is None
    desk.page.get_by_role("button", name="Import again").click()
    desk.tells("imported again")
    assert stage.managed("web-p1").is_disabled
    expect(desk.row("Person 2")).to_have_count(1)
    desk.open("Person 1")
    desk.press(ENABLE)
    desk.tells("Person 1", "Done")
    assert not stage.managed("web-p1").is_disabled


def test_an_answer_given_in_the_file_meanwhile_is_not_lost(stage, visitor):
    stage.file(record(1), record(2))
    desk = visitor.enter(stage.session())
    desk.open("Person 1")
    entries = [{**entry, "accept": False} if entry["user"] == "Person 2" else entry for entry in stage.resolutions]
    (stage.folder / "resolutions.json").write_text(json.dumps({"resolutions": entries}))
    desk.press(ENABLE)
    desk.tells("Person 1", "Done")
    assert stage.resolution("enable", "Person 2")["accept"] is False
    assert stage.resolution("enable", "Person 1") is None
    assert not stage.managed("web-p1").is_disabled
