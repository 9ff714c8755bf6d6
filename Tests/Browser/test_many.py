"""Five hundred pending actions: finding, grouping, and deciding about many at once."""

import re

import pytest
from playwright.sync_api import expect

from support.people import record
from support.stage import Stage

MOST_BYTES = 300_000


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """500 enables, and 20 of these people want to join a restricted group. The tests here only look."""
    stage = Stage(tmp_path_factory.mktemp("crowd"))
    engineers = {"memberOf": ["CN=Engineers"]}
    stage.file(*(record(number, **(engineers if number > 480 else {})) for number in range(1, 501)))
    stage.import_()
    yield stage
    stage.close()


def test_the_page_is_small_and_needs_no_new_import(crowd, visitor):
    """A session in which the list was shown ten times asks the directory what a plain import asks, and nothing more."""
    plain = crowd.import_().summary["run"]["directory_operations"]
    session = crowd.session()
    with crowd.writes_nothing():
        desk = visitor.enter(session)
        for _ in range(10):
            answer = desk.page.reload()
            assert len(answer.body()) < MOST_BYTES
        expect(desk.list.get_by_text("1–150 of 520")).to_be_visible()
        # Everything, the style and the script included.
        sizes = desk.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.decodedBodySize)")
        assert len(answer.body()) + sum(sizes) < MOST_BYTES
        desk.finish()
    assert session.ends(0).summary["run"]["directory_operations"] == plain


def test_search_filter_and_paging(crowd, visitor):
    desk = visitor.enter(crowd.session())
    expect(desk.rows).to_have_count(150)
    pages = desk.page.get_by_role("navigation", name="Pages")
    pages.get_by_role("link", name="4").click()
    expect(desk.list.get_by_text("451–520 of 520")).to_be_visible()
    expect(desk.rows).to_have_count(70)
    desk.search("web-p48")
    # 48, and 480 to 489, of whom nine ask for two things.
    expect(desk.rows).to_have_count(20)
    desk.list.get_by_label("Kind").select_option("join")
    expect(desk.rows).to_have_count(9)
    expect(desk.rows.first).to_contain_text("CN=Plant Admins")
    desk.search("nobody at all")
    expect(desk.page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    assert crowd.target.search(f"CN=Plant Admins,{crowd.target.group_path}", "(member=*)") == []


def test_grouping_by_user(crowd, visitor):
    desk = visitor.enter(crowd.session())
    desk.search("web-p49")
    expect(desk.rows).to_have_count(21)
    desk.list.get_by_label("Grouping").select_option("user")
    expect(desk.list.get_by_role("heading")).to_have_count(11)
    expect(desk.list.get_by_role("heading", name="Person 495")).to_contain_text("2")
    assert len(crowd.managed_users("cn")) == 500


def test_going_back_leads_to_the_search_as_it_was(crowd, visitor):
    desk = visitor.enter(crowd.session())
    desk.search("web-p49")
    expect(desk.rows).to_have_count(21)
    desk.open("Person 495", "Join")
    desk.page.go_back()
    expect(desk.rows).to_have_count(21)
    desk.page.reload()
    expect(desk.list.get_by_role("searchbox")).to_have_value("web-p49")
    expect(desk.rows).to_have_count(21)
    assert crowd.managed("web-p495").groups == {"Everyone Managed", "Plant Engineers"}
