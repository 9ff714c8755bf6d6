"""A name that another account holds: a new one, a take-over, no."""

import re

import pytest
from playwright.sync_api import expect

from support.people import CONAN, JANE

NAME_TAKEN = ("Jane Doe", "web-jdoe", "Name taken")


def begin(stage, **attributes) -> str:
    """Jane's account name is held by a local account.

    :returns: whose.
    """
    holder = stage.holder("Jane Doe", "web-jdoe", department="Accounting", **attributes)
    stage.people(JANE)
    return holder


def test_a_new_name(stage, visitor):
    """Checked while it is typed, taken, and kept as long as the account is there."""
    visitor.expects("status of 422")
    holder = begin(stage)
    before = stage.target.entry(holder)
    desk = visitor.enter(stage.session())
    action = desk.open(*NAME_TAKEN)
    expect(action).to_contain_text("OU=Browser Elsewhere")
    verdict = action.get_by_role("status")
    desk.new_name.fill("web-jdoe")
    expect(verdict).to_contain_text("held")
    desk.press("Use this name")
    expect(verdict).to_contain_text("held")
    assert stage.managed_users() == []
    desk.new_name.fill("web-jdoe2")
    expect(verdict).to_have_text("This name is free.")
    desk.press("Use this name")
    desk.tells("Jane Doe", "Done")
    jane = stage.managed("web-jdoe2")
    assert (jane.first("cn"), jane.is_disabled) == ("Jane Doe", True)
    assert jane.groups == {"Plant Operators", "Everyone Managed"}
    assert stage.target.entry(holder).first("uSNChanged") == before.first("uSNChanged")
    answer = stage.resolution("name", "Jane Doe")
    assert (answer["accept"], answer["new_name"]) == (True, "web-jdoe2")
    with stage.writes_nothing():
        stage.import_()
        stage.import_()
    assert stage.resolution("name", "Jane Doe")["new_name"] == "web-jdoe2"
    # And who came with the name can now be enabled.
    desk.open("Jane Doe", "Enable the account")
    password = desk.password.input_value()
    desk.press(re.compile("Enable with this password"))
    desk.tells("Jane Doe", "Done")
    assert stage.target.accepts("web-jdoe2", password)


def test_take_over(stage, visitor):
    """The stranger's account moves into the container; it is the same object."""
    holder = begin(stage)
    stage.target.delegate_take_over(holder)
    guid = stage.target.entry(holder).octets("objectGUID")
    desk = visitor.enter(stage.session())
    desk.open(*NAME_TAKEN)
    desk.press(re.compile("Take web-jdoe over"))
    desk.tells("Jane Doe", "Done")
    jane = stage.managed("web-jdoe")
    assert jane.octets("objectGUID") == guid
    assert jane.first("department") == "Operations"
    assert jane.first("adminDescription").startswith("ad-user-sync:")
    assert jane.groups == {"Plant Operators", "Everyone Managed"}
    assert stage.target.entry(holder) is None
    with stage.writes_nothing():
        stage.import_()


def test_take_over_without_the_right_to_it(stage, visitor):
    """Fails with the reason, changes nothing, and waits again."""
    holder = begin(stage)
    desk = visitor.enter(stage.session())
    desk.open(*NAME_TAKEN)
    with stage.writes_nothing():
        desk.press(re.compile("Take web-jdoe over"))
        desk.tells("Jane Doe", "Failed", "lacks the right")
        expect(desk.action).to_contain_text(re.compile("Last try:.*lacks the right"))
    assert stage.target.entry(holder).first("department") == "Accounting"
    assert stage.resolution("name", "Jane Doe")["accept"] is None


def test_take_over_of_an_account_that_serves_something(stage, visitor):
    """Only by typing its name."""
    holder = begin(stage, servicePrincipalName="HISTORIAN/browser")
    stage.target.delegate_take_over(holder)
    desk = visitor.enter(stage.session())
    action = desk.open(*NAME_TAKEN)
    typed = action.get_by_label("Type its account name")
    expect(action.get_by_role("region", name="Take the account over")).to_contain_text("service principal name")
    with stage.writes_nothing():
        typed.fill("web-somebody")
        desk.press("Take it over")
        desk.tells("Jane Doe", "Failed")
    assert stage.managed_users() == []
    typed.fill("web-jdoe")
    desk.press("Take it over")
    desk.tells("Jane Doe", "Done")
    assert stage.managed("web-jdoe").first("servicePrincipalName") == "HISTORIAN/browser"


def test_take_over_of_a_protected_account_is_refused_with_the_reason(stage, visitor):
    begin(stage, adminCount="1")
    desk = visitor.enter(stage.session())
    action = desk.open(*NAME_TAKEN)
    section = action.get_by_role("region", name="Take the account over")
    expect(section).to_contain_text("adminCount")
    expect(section.get_by_role("button")).to_have_count(0)
    assert stage.managed_users() == []


def test_reject(stage, visitor):
    """Nobody is created, everybody else is, and nobody asks again."""
    stage.holder("Jane Doe", "web-jdoe")
    stage.people(JANE, CONAN)
    desk = visitor.enter(stage.session())
    assert [user.first("cn") for user in stage.managed_users()] == ["Conan O'Brien"]
    desk.open(*NAME_TAKEN)
    with stage.writes_nothing():
        desk.press(re.compile("Reject"))
        desk.tells("Jane Doe", "rejected")
        kinds = [action["type"] for action in stage.import_().summary["required_interactions"]]
        assert kinds == ["enable"]
    assert stage.resolution("name", "Jane Doe")["accept"] is False


@pytest.mark.parametrize("name", ["web-jdoe3", "Web-JDoe3"])
def test_a_new_name_that_was_taken_at_the_last_moment(stage, visitor, name):
    """The live check said that it was free, and then somebody took it."""
    visitor.expects("status of 422")
    begin(stage)
    desk = visitor.enter(stage.session())
    action = desk.open(*NAME_TAKEN)
    desk.new_name.fill("web-jdoe3")
    expect(action.get_by_role("status")).to_have_text("This name is free.")
    stage.holder("Somebody Else", name)
    desk.press("Use this name")
    expect(action.get_by_role("status")).to_contain_text("held")
    assert stage.managed_users() == []
    assert stage.resolution("name", "Jane Doe")["accept"] is None
