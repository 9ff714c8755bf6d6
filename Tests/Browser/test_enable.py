"""Enabling: a new user, a returned one, and passwords that are not taken."""

import re

from playwright.sync_api import expect

from support.people import CONAN, JANE, record

GOOD = "Correct-Horse-7"


def test_with_the_generated_password(stage, visitor):
    """The whole road: source, file, page, target. Only the one who was accepted is enabled."""
    stage.people(JANE, CONAN)
    desk = visitor.enter(stage.session())
    action = desk.open("Jane Doe")
    password = desk.password.input_value()
    expect(action.get_by_role("row", name="department")).to_contain_text("Operations")
    expect(action.get_by_role("region", name="Accepting does this")).to_contain_text("userAccountControl")
    desk.press(re.compile("Enable with this password"))
    desk.tells("Jane Doe", "Done")
    assert not stage.managed("web-jdoe").is_disabled
    assert stage.target.accepts("web-jdoe", password)
    assert stage.managed("web-cobrien").is_disabled
    assert [entry["user"] for entry in stage.resolutions] == ["Conan O'Brien"]
    # It goes on to the next.
    expect(desk.heading).to_contain_text("Conan O'Brien")
    with stage.writes_nothing():
        stage.import_()
