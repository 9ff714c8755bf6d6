"""Deciding about many at once: each single outcome is told."""

import re

from playwright.sync_api import expect

from support.lab import modify
from support.people import record


def test_enable_all_that_match_with_generated_passwords(stage, visitor):
    stage.file(*map(record, range(1, 61)))
    desk = visitor.enter(stage.session())
    desk.search("web-p5")
    expect(desk.rows).to_have_count(11)
    desk.for_all("Enable, generate passwords")
    page = desk.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Enable 11 users with generated passwords")
    assert all(user.is_disabled for user in stage.managed_users())
    page.get_by_role("button", name="Enable 11 users").click()
    expect(page.get_by_text("11 of 11, finished")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "11")
    expect(page.get_by_role("main").get_by_role("listitem").filter(has_text="Done")).to_have_count(11)
    matching = {"Person 5", *(f"Person {number}" for number in range(50, 60))}
    assert {user.first("cn") for user in stage.managed_users() if not user.is_disabled} == matching
    assert len(stage.resolutions) == 60 - 11
    desk.go("Passwords")
    rows = page.get_by_role("row").filter(has_text="not yet")
    expect(rows).to_have_count(11)
    row = rows.filter(has_text="Person 57")
    row.get_by_text("Show").click()
    assert stage.target.accepts("web-p57", row.get_by_role("code").inner_text())


def test_progress_is_shown_while_the_work_goes_on(stage, visitor):
    stage.file(*map(record, range(1, 201)))
    desk = visitor.enter(stage.session())
    desk.for_all("Enable, generate passwords")
    desk.page.get_by_role("button", name="Enable 200 users").click()
    # In pieces: at least once it is seen on its way.
    expect(desk.page.get_by_text(re.compile(r"^(20|40|60|80|100|120|140|160|180) of 200$"))).to_be_visible()
    # Meanwhile another view says so, and leads back.
    desk.go("Done")
    expect(desk.banners).to_contain_text("Enabling 200 users")
    desk.banners.get_by_role("link", name=re.compile("Show")).click()
    expect(desk.page.get_by_text("200 of 200, finished")).to_be_visible()
    assert not any(user.is_disabled for user in stage.managed_users("userAccountControl"))
    assert stage.resolutions == []


def test_accept_and_reject_of_selected_ones(stage, visitor):
    """Those that need an answer of their own are passed over, and the page says so."""
    stage.file(*(record(number, memberOf=["CN=Engineers"]) for number in range(1, 5)))
    desk = visitor.enter(stage.session())
    desk.row("Person 1", "Join").get_by_role("checkbox").check()
    desk.row("Person 2", "Join").get_by_role("checkbox").check()
    desk.row("Person 3", "Enable").get_by_role("checkbox").check()
    desk.for_selected("Accept")
    expect(desk.page.get_by_role("main")).to_contain_text("1 action need an answer of their own")
    desk.page.get_by_role("button", name="Accept 2 actions").click()
    expect(desk.page.get_by_text("2 of 2, finished")).to_be_visible()
    desk.page.get_by_role("link", name="Back to the list").click()
    desk.list.get_by_label("Kind").select_option("enable")
    desk.for_all("Reject")
    with stage.writes_nothing():
        desk.page.get_by_role("button", name="Reject 4 actions").click()
        expect(desk.page.get_by_text("4 of 4, finished")).to_be_visible()
    admins = {user.first("cn") for user in stage.managed_users() if "Plant Admins" in user.groups}
    assert admins == {"Person 1", "Person 2"}
    assert all(user.is_disabled for user in stage.managed_users())
    answers = sorted((entry["type"], entry["accept"]) for entry in stage.resolutions if entry["accept"] is not None)
    assert answers == [("enable", False)] * 4


def test_a_single_failure_among_many_is_told(stage, visitor):
    stage.file(*map(record, range(1, 4)))
    desk = visitor.enter(stage.session())
    stage.target.apply(modify(stage.managed("web-p2").dn, "replace", "adminCount", "1"))
    desk.for_all("Enable, generate passwords")
    desk.page.get_by_role("button", name="Enable 3 users").click()
    expect(desk.page.get_by_text("3 of 3, finished")).to_be_visible()
    outcomes = desk.page.get_by_role("main").get_by_role("listitem")
    expect(outcomes.filter(has_text="Done")).to_have_count(2)
    expect(outcomes.filter(has_text="Person 2")).not_to_contain_text("Done")
    assert {user.first("cn") for user in stage.managed_users() if not user.is_disabled} == {"Person 1", "Person 3"}


def test_copy_group_memberships(stage, visitor):
    """A restricted group included: a person approves it here. The next import keeps what group_map does not give."""
    stage.file(record(1, memberOf=["CN=Engineers"]), record(2), record(3), record(4))
    stage.import_()
    admins = f"CN=Plant Admins,{stage.target.group_path}"
    stage.target.apply(modify(admins, "add", "member", stage.managed("web-p1").dn))
    desk = visitor.enter(stage.session())
    desk.select("Person 2", "Person 3")
    desk.for_selected("Copy groups…")
    page = desk.page
    page.get_by_label("Whose memberships?").fill("Person 1")
    expect(page.get_by_role("radio")).to_have_count(1)
    page.get_by_role("radio", name="Person 1").check()
    page.get_by_role("button", name="Copy group memberships to the people of 2 actions").click()
    expect(page.get_by_text("2 of 2, finished")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("listitem").filter(has_text="Plant Admins")).to_have_count(2)
    everything = {"Plant Engineers", "Plant Admins", "Plant Operators", "Everyone Managed"}
    for account in ("web-p2", "web-p3"):
        assert stage.managed(account).groups == everything
    assert stage.managed("web-p4").groups == {"Plant Operators", "Everyone Managed"}
    grants = sorted((entry["user"], entry["group"]) for entry in stage.resolutions if entry["type"] == "grant")
    assert grants == [(f"Person {number}", group) for number in (2, 3)
                      for group in ("CN=Plant Admins", "CN=Plant Engineers")]
    with stage.writes_nothing():
        stage.import_()
    assert stage.managed("web-p2").groups == everything
