"""What an accept costs: counted, not timed. The summary says how many requests a run has sent (`directory_operations`), so
two sessions that differ by one accept tell what that one costs: opening the action, the password's rules, a fresh look,
the change, a look at what came of it."""

import re

import pytest
from playwright.sync_api import expect

from support.people import record

MOST = 12


def operations(stage, visitor, accept=None) -> int:
    session = stage.session()
    desk = visitor.enter(session)
    if accept:
        accept(desk)
    else:
        expect(desk.list).to_be_visible()
    desk.page.get_by_role("button", name="Finish", exact=True).click()
    # Asked for once more where a password was set.
    sure = desk.page.get_by_role("button", name="Finish all the same")
    ended = desk.page.get_by_role("heading", name="The session has ended")
    expect(sure.or_(ended)).to_be_visible()
    if sure.is_visible():
        sure.click()
    return session.ends(0).summary["run"]["directory_operations"]


def enable(desk) -> None:
    desk.search("web-seventh")
    expect(desk.rows.first).to_contain_text("Person 7")
    desk.rows.first.get_by_role("link").click()
    expect(desk.heading).to_contain_text("Person 7")
    desk.press(re.compile("Enable with this password"))
    desk.tells("Person 7", "Done")


def join(desk) -> None:
    desk.list.get_by_label("Kind").select_option("join")
    expect(desk.rows).to_have_count(1)
    desk.open("Person 3")
    desk.press("Add to the group")
    desk.tells("Person 3", "Done")


@pytest.mark.parametrize("size", [10, 1000])
def test_an_accept_costs_a_few_requests_whatever_the_size_of_the_container(stage, visitor, size):
    engineer = {"memberOf": ["CN=Engineers"]}
    special = {3: engineer, 7: {"sAMAccountName": "web-seventh"}}
    stage.file(*(record(number, **special.get(number, {})) for number in range(1, size + 1)))
    stage.import_()
    nothing = operations(stage, visitor)
    enabling, joining = operations(stage, visitor, enable), operations(stage, visitor, join)
    assert 1 <= enabling - nothing <= MOST
    assert 1 <= joining - nothing <= MOST
    # The very same for ten and for a thousand.
    assert (enabling - nothing, joining - nothing) == (4, 3)
    assert not stage.managed("web-seventh").is_disabled
    assert "Plant Admins" in stage.managed("web-p3").groups


def test_a_new_name_costs_a_few_requests(stage, visitor):
    stage.holder("Somebody", "web-p1")
    stage.file(record(1))
    stage.import_()
    nothing = operations(stage, visitor)

    def answer(desk) -> None:
        desk.open("Person 1", "Name taken")
        desk.new_name.fill("web-p1-new")
        expect(desk.action.get_by_role("status")).to_have_text("This name is free.")
        desk.press("Use this name")
        desk.tells("Person 1", "Done")

    # The live check, the check when it is sent, the look, the new account, two groups, a second look.
    assert 1 <= operations(stage, visitor, answer) - nothing <= MOST
    assert stage.managed("web-p1-new").is_disabled
