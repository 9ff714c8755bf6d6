"""What an accept costs: counted, not timed. The summary says how many requests a run has sent (`directory_operations`), and a
session in which nothing is decided costs what a plain import costs (test_many.py). What it costs more is the accept's: the
password's rules, a fresh look, the change, a look at what came of it."""

import re

import pytest
from playwright.sync_api import expect

from support.people import record

MOST = 12


def operations(stage, visitor, accept) -> int:
    session = stage.session()
    desk = visitor.enter(session)
    accept(desk)
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
    desk.choose("Kind", "join")
    expect(desk.rows).to_have_count(1)
    desk.open("Person 3")
    desk.press("Add to the group")
    desk.tells("Person 3", "Done")


def enable_and_join(desk) -> None:
    enable(desk)
    desk.go("Approvals")
    join(desk)


@pytest.mark.parametrize("size", [10, 1000])
def test_an_accept_costs_a_few_requests_whatever_the_size_of_the_container(stage, visitor, size):
    engineer = {"memberOf": ["CN=Engineers"]}
    special = {3: engineer, 7: {"sAMAccountName": "web-seventh"}}
    stage.file(*(record(number, **special.get(number, {})) for number in range(1, size + 1)))
    stage.import_()
    nothing = stage.import_().summary["run"]["directory_operations"]
    both = operations(stage, visitor, enable_and_join) - nothing
    # For both of them together; and the very same for ten and for a thousand.
    assert both <= MOST
    assert both == 7
    assert not stage.managed("web-seventh").is_disabled
    assert "Plant Admins" in stage.managed("web-p3").groups


def test_a_new_name_costs_a_few_requests(stage, visitor):
    stage.holder("Somebody", "web-p1")
    stage.file(record(1))
    stage.import_()
    nothing = stage.import_().summary["run"]["directory_operations"]

    def answer(desk) -> None:
        desk.open("Person 1", "Name taken")
        desk.new_name.fill("web-p1-new")
        expect(desk.action.get_by_role("status")).to_have_text("This name is free.")
        desk.press("Use this name")
        desk.tells("Person 1", "Done")

    # The live check, the check when it is sent, the look, the new account, two groups, a second look.
    assert 1 <= operations(stage, visitor, answer) - nothing <= MOST
    assert stage.managed("web-p1-new").is_disabled
