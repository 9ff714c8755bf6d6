"""The people of the file: finding some, and importing just those."""

import re

import pytest
from playwright.sync_api import expect

from support.crowd import Crowd
from support.lab import modify
from support.people import record
from support.stage import Stage
from support.visitor import Visitor

OPERATORS, ENGINEERS = {"memberOf": ["CN=Operators"]}, {"memberOf": ["CN=Engineers"]}


def choosing(stage: Stage, visitor: Visitor) -> Crowd:
    """A session before which nobody is imported; it begins on this page."""
    crowd = Crowd(visitor.enter(stage.session("--choose")).page)
    expect(crowd.page).to_have_url(re.compile("/people$"))
    return crowd


def test_two_chosen_are_imported_and_enabled_and_nobody_else(stage, visitor):
    stage.file(*(record(number) for number in range(1, 6)))
    stage.import_()
    stage.enable("web-p3")
    # 1 and 3 stay as they are, 2 moves on, 4 and 5 are gone, 6 to 8 are new.
    stage.file(record(1), record(2, department="Quality"), record(3), *(record(number) for number in range(6, 9)),
               sequence=2)
    with stage.writes_nothing():
        crowd = choosing(stage, visitor)
        crowd.shows(8)
        for person, mark in [("Person 1", "Unchanged"), ("Person 2", "Changing"), ("Person 4", "Missing"),
                             ("Person 6", "New")]:
            expect(crowd.row(person)).to_contain_text(mark)
        expect(crowd.row("Person 4").get_by_role("checkbox")).to_have_count(0)
        expect(crowd.row("Person 2")).to_contain_text("department")
        crowd.choose("Person 6", "Person 7")
        crowd.ask()
        crowd.page.get_by_label("Enable after import").check()
    outcomes = crowd.perform(2)
    expect(outcomes.filter(has_text="Created")).to_have_count(2)
    expect(outcomes.filter(has_text="Enabled, with a new password")).to_have_count(2)
    # In the directory: these two, and nobody else.
    assert {user.first("cn") for user in stage.managed_users()} == {f"Person {number}" for number in range(1, 8)}
    assert not stage.managed("web-p6").is_disabled and not stage.managed("web-p7").is_disabled
    assert stage.managed("web-p6").groups == {"Plant Operators", "Everyone Managed"}
    assert stage.managed("web-p2").first("department") == "Operations"
    assert not stage.managed("web-p3").is_disabled
    # The passwords are handed over as all others are.
    crowd.page.get_by_role("link", name="Passwords").first.click()
    row = crowd.page.get_by_role("row").filter(has_text="Person 7")
    row.get_by_text("Show").click()
    assert stage.target.accepts("web-p7", row.get_by_role("code").inner_text())
    # The rows are fresh.
    crowd.page.get_by_role("navigation", name="Views").get_by_role("link", name="People").click()
    expect(crowd.row("Person 6")).to_contain_text("Unchanged")
    expect(crowd.row("Person 8")).to_contain_text("New")
    history = stage._run("history", stage.import_config, ("--config", "import-config.json")).output
    assert "a part" in history


def test_the_choice_goes_along_through_searches_and_pages(stage, visitor):
    stage.file(*(record(number) for number in range(1, 251)))
    crowd = choosing(stage, visitor)
    expect(crowd.list.get_by_text("1–100 of 250")).to_be_visible()
    crowd.search("web-p17")
    crowd.shows(11)
    crowd.choose("Person 171")
    crowd.search("web-p20")
    crowd.choose("Person 205")
    expect(crowd.list.get_by_role("combobox", name="For")).to_contain_text("2 selected")
    crowd.search("web-p171")
    expect(crowd.row("Person 171").get_by_role("checkbox")).to_be_checked()
    crowd.ask()
    crowd.perform(2)
    assert {user.first("cn") for user in stage.managed_users()} == {"Person 171", "Person 205"}
    assert {entry["user"] for entry in stage.resolutions} == {"Person 171", "Person 205"}


def test_an_ldap_filter_finds_and_a_wrong_one_is_told_beside_the_box(stage, visitor):
    stage.file(record(1, **ENGINEERS), record(2, department="Quality"), record(3))
    crowd = choosing(stage, visitor)
    crowd.search("(|(memberOf=Engineers)(department=q*))")
    crowd.shows(2)
    crowd.list.get_by_role("searchbox").fill("(department=")
    problem = crowd.list.get_by_role("status")
    expect(problem).to_have_text("at character 13: the filter ends before its ')'")
    expect(crowd.list.get_by_role("searchbox")).to_have_value("(department=")
    expect(crowd.list.get_by_role("searchbox")).to_be_focused()
    crowd.list.get_by_role("searchbox").fill("(title=*)")
    expect(problem).to_contain_text("the file does not carry title")


def test_memberships_like_somebody_elses(stage, visitor):
    """What nobody has to approve comes at once, the restricted group is asked about; the next import keeps both."""
    stage.file(record(1, **ENGINEERS))
    stage.import_()
    stage.target.apply(modify(f"CN=Plant Admins,{stage.target.group_path}", "add", "member",
                              stage.managed("web-p1").dn))
    stage.file(record(1, **ENGINEERS), record(2), record(3), sequence=2)
    crowd = choosing(stage, visitor)
    crowd.choose("Person 2")
    crowd.ask()
    page = crowd.page
    page.get_by_label("Enable after import").check()
    page.get_by_label("Memberships like").fill("web-p1")
    expect(page.get_by_role("radio")).to_have_count(2)
    expect(page.get_by_label("Enable after import")).to_be_checked()
    page.get_by_role("radio", name=re.compile("Person 1")).check()
    outcomes = crowd.perform(1)
    expect(outcomes.filter(has_text="Plant Admins waits for an approval")).to_have_count(1)
    everything = {"Plant Operators", "Everyone Managed", "Plant Engineers"}
    assert stage.managed("web-p2").groups == everything
    grants = {entry["group"]: entry["accept"] for entry in stage.resolutions if entry["type"] == "grant"}
    assert grants == {"CN=Plant Engineers": True, "CN=Plant Admins": None}
    page.get_by_role("navigation", name="Views").get_by_role("link", name=re.compile("Approvals")).click()
    page.get_by_role("region", name="Actions").get_by_role("link", name=re.compile("Plant Admins")).click()
    page.get_by_role("button", name=re.compile("Add to the group")).click()
    expect(page.locator("#banners")).to_contain_text("Added to Plant Admins")
    assert stage.managed("web-p2").groups == everything | {"Plant Admins"}
    stage.import_()
    assert stage.managed("web-p2").groups == everything | {"Plant Admins"}
    assert stage.managed("web-p3").groups == {"Plant Operators", "Everyone Managed"}


def test_after_an_import_of_everybody_the_page_shows_what_is_left(stage, visitor):
    """A name taken by an account that is not ours; and a change that came since is seen when the person is imported."""
    stage.holder("Local Petra", "web-p2")
    stage.file(record(1), record(2), record(3))
    desk = visitor.enter(stage.session())
    crowd = Crowd(desk.page)
    desk.go("People")
    expect(crowd.row("Person 2")).to_contain_text("Name taken")
    crowd.row("Person 2").get_by_role("link").click()
    expect(crowd.person.get_by_role("heading", level=2)).to_contain_text("Person 2")
    expect(crowd.person).to_contain_text("is held by CN=Local Petra")
    crowd.person.get_by_role("link", name="Answer it").click()
    expect(desk.heading).to_contain_text("Person 2")
    stage.target.apply(modify(stage.managed("web-p1").dn, "replace", "department", "Somewhere else"))
    desk.go("People")
    crowd.choose("Person 1")
    crowd.ask()
    crowd.perform(1)
    assert stage.managed("web-p1").first("department") == "Operations"


def test_details_from_what_to_what_and_by_keys_alone(stage, visitor):
    stage.file(record(1), record(2))
    stage.import_()
    stage.file(record(1, department="Quality"), record(2), sequence=2)
    crowd = choosing(stage, visitor)
    press = crowd.page.keyboard.press
    press("j")
    press("Enter")
    expect(crowd.person.get_by_role("heading", level=2)).to_contain_text("Person 1")
    row = crowd.person.get_by_role("table").first.get_by_role("row", name=re.compile("department"))
    expect(row.get_by_role("cell")).to_have_text(["Operations", "Quality"])
    press("/")
    expect(crowd.list.get_by_role("searchbox")).to_be_focused()
    press("Escape")
    press("j")
    expect(crowd.person.get_by_role("heading", level=2)).to_contain_text("Person 2")
    press("a")
    expect(crowd.page.get_by_role("heading", level=1)).to_have_text("Import Person 2")
    press("a")
    expect(crowd.page.get_by_text("1 of 1, finished")).to_be_visible()


@pytest.mark.parametrize("width", [360, 380])
def test_narrow_pages_scroll_one_way_only(stage, chromium, width):
    stage.file(record(1, cn="Wolfeschlegelsteinhausenbergerdorff Hubert Blaine von und zu Altona und"),
               record(2, cn="Conan <O'Brien>", displayName="مريم حداد"), record(3, cn="مريم حداد"))
    visitor = Visitor(chromium, viewport={"width": width, "height": 800})
    crowd = choosing(stage, visitor)
    crowd.shows(3)

    def holds() -> None:
        assert crowd.page.evaluate("document.documentElement.scrollWidth") <= width, crowd.page.url

    holds()
    crowd.search("(cn=")
    expect(crowd.list.get_by_role("status")).to_be_visible()
    holds()
    crowd.list.get_by_role("searchbox").fill("Conan <O'Brien>")
    crowd.shows(1)
    crowd.row("Conan <O'Brien>").get_by_role("link").click()
    expect(crowd.person.get_by_role("heading", level=2)).to_contain_text("Conan <O'Brien>")
    holds()
    crowd.person.get_by_role("button", name=re.compile("Import")).click()
    crowd.page.get_by_label("Memberships like").fill("مريم")
    # Nobody, the one who is called so, and the one who is displayed so.
    expect(crowd.page.get_by_role("radio")).to_have_count(3)
    holds()
    visitor.close()


def test_without_javascript(stage, chromium):
    stage.file(*map(record, range(1, 4)))
    visitor = Visitor(chromium, java_script_enabled=False)
    crowd = choosing(stage, visitor)
    crowd.list.get_by_role("searchbox").fill("person")
    crowd.list.get_by_role("button", name="Search").click()
    crowd.shows(3)
    crowd.choose("Person 1", "Person 3")
    crowd.ask()
    crowd.page.get_by_label("Memberships like").fill("Person 2")
    crowd.page.get_by_role("button", name="Search").click()
    expect(crowd.page.get_by_role("radio")).to_have_count(2)
    crowd.perform(2)
    assert {user.first("cn") for user in stage.managed_users()} == {"Person 1", "Person 3"}
    visitor.close()


def test_ten_thousand_are_found_quickly(stage, visitor):
    """By the program itself. The limit is for a build for debugging, on a machine that does other things, too."""
    stage.file(*(record(number) for number in range(1, 10_001)))
    # The first page waits for a plan of everybody, which takes a build for debugging its time.
    visitor.context.set_default_timeout(60_000)
    crowd = Crowd(visitor.enter(stage.session("--choose")).page)
    expect(crowd.list.get_by_text("1–100 of 10000")).to_be_visible(timeout=60_000)
    crowd.search("web-p777")
    crowd.shows(11)
    crowd.search("(cn=Person 99*)")
    expect(crowd.list.get_by_text("1–100 of 111")).to_be_visible()
    timing = crowd.page.evaluate("""async () => {
        const start = performance.now();
        const answer = await fetch("/people?q=person+5&mark=new");
        const text = await answer.text();
        return [performance.now() - start, text.length]; }""")
    print(f"a search among 10,000: {timing[0]:.0f} ms, {timing[1]} bytes")
    assert timing[0] < 5_000 and timing[1] < 150_000
