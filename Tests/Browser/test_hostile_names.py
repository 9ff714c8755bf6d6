"""Names that would like to be more than text."""

import re

import pytest
from playwright.sync_api import expect

from support.people import record
from support.visitor import Visitor

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"
RLO = "evil \u202Egnp.exe\u202C end"
LONG = "W" * 200
TAGS = "<b>Bold</b> & \"Quoted\" {{name}}"


@pytest.mark.parametrize("width", [360, 1600])
def test_they_are_text(stage, chromium, width):
    stage.import_config["group_map"]["CN=Operators"] = "CN=Plant Operators"
    stage.file(record(1, cn=TAGS, displayName=SCRIPT), record(2, cn="X" * 60, displayName=LONG),
               record(3, displayName=RLO))
    visitor = Visitor(chromium, viewport={"width": width, "height": 800})
    visitor.context.on("dialog", lambda dialog: visitor.complaints.append(f"a dialog: {dialog.message}"))
    desk = visitor.enter(stage.session())
    page = desk.page
    assert stage.managed("web-p1").first("cn") == TAGS
    for number, (name, shown) in enumerate([(TAGS, SCRIPT), ("X" * 60, LONG), ("Person 3", None)], 1):
        page.goto(re.sub(r"/(actions/.*)?$", "/", page.url))
        desk.row(f"web-p{number}").get_by_role("link").click()
        expect(desk.heading).to_contain_text(name)
        cell = desk.action.get_by_role("row", name="displayName").get_by_role("cell").first
        if shown:
            expect(cell).to_have_text(shown)
        else:
            # Whatever is shown, no character that turns what follows around.
            assert "\u202E" not in cell.inner_text() or cell.locator("bdi").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it is wider than the window"
    assert "owned" not in page.title()
    assert page.locator("main script, main img, main b").count() == 0
    # Nor in what is told, in the list of outcomes, and on a sheet.
    page.goto(re.sub(r"/(actions/.*)?$", "/", page.url))
    desk.row("web-p1").get_by_role("link").click()
    desk.press(re.compile("Enable with this password"))
    desk.tells(TAGS, "Done")
    desk.go("Done")
    expect(page.get_by_role("main")).to_contain_text(TAGS)
    desk.go("Passwords")
    expect(page.get_by_role("rowheader", name=TAGS)).to_be_visible()
    page.get_by_role("button", name="Printable sheets of the selected").click()
    expect(page.get_by_role("article").get_by_role("heading")).to_have_text(TAGS)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visitor.close()
    assert not stage.managed("web-p1").is_disabled
