"""What takes a plain yes: disabling one or many, joining and leaving groups; and no, and its taking back."""

import json
import re

import pytest
from playwright.sync_api import expect

from support.lab import modify
from support.people import JÜRGEN, record


@pytest.mark.parametrize("second", [None, record(2, disabled=True)], ids=["missing from the file", "disabled there"])
def test_disable(stage, visitor, second):
    stage.import_config["require_approval"] = ["disable"]
    stage.file(record(1), record(2))
    stage.import_()
    stage.enable("web-p1", "web-p2")
    stage.file(*filter(None, [record(1), second]), sequence=2)
    desk = visitor.enter(stage.session())
    assert not stage.managed("web-p2").is_disabled
    action = desk.open("Person 2", "Disable")
    expect(action.get_by_role("region", name="Accepting does this")).to_contain_text("ACCOUNTDISABLE")
    desk.press("Disable")
    desk.tells("Person 2", "Done")
    assert stage.managed("web-p2").is_disabled
    assert not stage.managed("web-p1").is_disabled
    assert stage.resolutions == []


@pytest.fixture
def cut_short(stage):
    """Five at work, and a file that names but two of them: more than the limit lets go."""
    stage.import_config["deactivation_limit"] = {"percent": 20, "count": 2}
    stage.file(*map(record, range(1, 6)))
    stage.import_()
    stage.enable(*(f"web-p{number}" for number in range(1, 6)))
    stage.file(record(1), record(2), sequence=2)
    return stage


def working(stage) -> set[str]:
    return {user.first("cn") for user in stage.managed_users() if not user.is_disabled}


def test_one_decision_about_many_disables_them_all(cut_short, visitor):
    session = cut_short.session()
    desk = visitor.enter(session)
    action = desk.open("3 people", "Disable 3 accounts")
    expect(action.get_by_role("region", name="3 people").get_by_role("listitem")).to_have_count(3)
    # It takes a tick beside the button.
    tick = action.get_by_role("checkbox", name="Yes, all of the 3 people below")
    desk.press("Disable")
    expect(tick).to_be_focused()
    assert len(working(cut_short)) == 5
    tick.check()
    desk.press("Disable")
    desk.tells("3 people", "Done")
    assert working(cut_short) == {"Person 1", "Person 2"}
    expect(desk.rows).to_have_count(0)
    desk.finish()
    assert sorted(session.ends(0).summary["disabled"]) == ["Person 3", "Person 4", "Person 5"]


def test_one_decision_about_many_that_is_rejected_keeps_them_all(cut_short, visitor):
    desk = visitor.enter(cut_short.session())
    desk.open("3 people")
    with cut_short.writes_nothing():
        desk.press(re.compile("Reject"))
        desk.tells("rejected")
        cut_short.import_()
    assert len(working(cut_short)) == 5


def test_join_of_a_restricted_group(stage, visitor):
    stage.people(JÜRGEN)
    desk = visitor.enter(stage.session())
    action = desk.open("Jürgen Köhler", "CN=Plant Admins")
    assert stage.managed("web-jkoehler").groups == {"Plant Engineers", "Everyone Managed"}
    expect(action).to_contain_text("restricted_groups")
    desk.press("Add to the group")
    desk.tells("Jürgen Köhler", "Done")
    assert stage.managed("web-jkoehler").groups == {"Plant Engineers", "Everyone Managed", "Plant Admins"}
    assert [entry["type"] for entry in stage.resolutions] == ["enable"]


def test_leave(stage, visitor):
    stage.import_config["require_approval"] = ["leave"]
    stage.file(record(1))
    stage.import_()
    stage.file(record(1, memberOf=[]), sequence=2)
    desk = visitor.enter(stage.session())
    desk.open("Person 1", "CN=Plant Operators")
    assert stage.managed("web-p1").groups == {"Plant Operators", "Everyone Managed"}
    desk.press("Remove from the group")
    desk.tells("Person 1", "Done")
    assert stage.managed("web-p1").groups == {"Everyone Managed"}
    assert stage.resolution("leave", "Person 1") is None


@pytest.fixture
def mapped_anew(stage):
    """Five operators, whom a changed group_map gives to another group: more than the limit lets leave theirs."""
    stage.import_config["leave_limit"] = {"percent": 20, "count": 2}
    stage.file(*map(record, range(1, 6)))
    stage.import_()
    stage.import_config["group_map"] = {
        "CN=Operators": ["CN=Plant Maintenance", "CN=Plant Admins"], "CN=Visitors": "CN=Plant Operators",
        "*": "CN=Everyone Managed"}
    return stage


def operators(stage) -> set[str]:
    return {user.first("cn") for user in stage.managed_users() if "Plant Operators" in user.groups}


def test_one_decision_about_many_memberships_ends_them_all(mapped_anew, visitor):
    session = mapped_anew.session()
    desk = visitor.enter(session)
    # The brake is told on top, the harmless part is done.
    expect(desk.page.get_by_text("5 of 5 memberships would end").first).to_be_visible()
    assert all("Plant Maintenance" in user.groups for user in mapped_anew.managed_users())
    action = desk.open("5 people", "End 5 memberships")
    members = action.get_by_role("region", name="5 memberships").get_by_role("listitem")
    expect(members).to_have_count(5)
    expect(members.first).to_contain_text("Person 1")
    expect(members.first).to_contain_text("Plant Operators")
    expect(action).to_contain_text("Plant Operators 5 of 5")
    desk.press("Remove from the groups")
    assert len(operators(mapped_anew)) == 5
    action.get_by_role("checkbox", name="Yes, all of the 5 memberships below").check()
    desk.press("Remove from the groups")
    desk.tells("5 people", "Done")
    assert operators(mapped_anew) == set()
    assert mapped_anew.resolution("leave", "*") is None
    desk.finish()
    assert len(session.ends(0).summary["left"]) == 5


def test_one_decision_about_many_memberships_that_is_rejected_keeps_them_all(mapped_anew, visitor):
    desk = visitor.enter(mapped_anew.session())
    desk.open("5 people", "End 5 memberships")
    with mapped_anew.writes_nothing():
        desk.press(re.compile("Reject"))
        desk.tells("rejected")
        mapped_anew.import_()
    assert len(operators(mapped_anew)) == 5


def test_a_session_that_leaves_the_decision_open_ends_with_the_brakes_status(mapped_anew, visitor):
    session = mapped_anew.session()
    desk = visitor.enter(session)
    desk.finish()
    summary = session.ends(3).summary
    assert len(summary["brakes"]) == 1
    assert [action["type"] for action in summary["required_interactions"] if action["user"] == "*"] == ["leave"]


def test_a_file_that_contradicts_itself_is_told_and_offers_nothing_to_accept(mapped_anew, visitor):
    users = mapped_anew.folder / "users.json"
    file = json.loads(users.read_text())
    file["sequence"], file["completeness"]["users"] = 2, 6
    users.write_text(json.dumps(file))
    desk = visitor.enter(mapped_anew.session())
    expect(desk.page.get_by_text("says that it holds 6 users, and holds 5").first).to_be_visible()
    expect(desk.page.get_by_text("End 5 memberships")).to_have_count(0)
    assert len(operators(mapped_anew)) == 5


def test_a_rejection_changes_nothing_is_not_asked_again_and_can_be_taken_back(stage, visitor):
    stage.people(JÜRGEN)
    desk = visitor.enter(stage.session())
    desk.open("Jürgen Köhler", "CN=Plant Admins")
    with stage.writes_nothing():
        desk.press(re.compile("Reject"))
        desk.tells("rejected")
        assert stage.resolution("join", "Jürgen Köhler")["accept"] is False
        assert stage.import_().summary["required_interactions"][0]["type"] == "enable"
    desk.go("Approvals")
    expect(desk.rows).to_have_count(1)
    desk.choose("State", "rejected")
    desk.open("Jürgen Köhler", "CN=Plant Admins")
    desk.press("Take the answer back")
    expect(desk.action.get_by_text("waiting", exact=True)).to_be_visible()
    assert stage.resolution("join", "Jürgen Köhler")["accept"] is None
    desk.press("Add to the group")
    desk.tells("Jürgen Köhler", "Done")
    assert "Plant Admins" in stage.managed("web-jkoehler").groups


def test_what_somebody_else_changed_meanwhile_is_not_asked_any_more(stage, visitor):
    stage.people(JÜRGEN)
    desk = visitor.enter(stage.session())
    desk.open("Jürgen Köhler", "CN=Plant Admins")
    user = stage.managed("web-jkoehler").dn
    stage.target.apply(modify(f"CN=Plant Admins,{stage.target.group_path}", "add", "member", user))
    with stage.writes_nothing():
        desk.press("Add to the group")
        desk.tells("Not asked any more")
    assert "Plant Admins" in stage.managed("web-jkoehler").groups
