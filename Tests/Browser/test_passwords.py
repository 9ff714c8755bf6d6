"""Handing over: an encrypted archive, printed sheets; and nothing left behind."""

import base64
import re
import subprocess

import pytest
from playwright.sync_api import expect

from support.people import record

KEY = "the key of 2026!"
ENABLE = re.compile("Enable with this password")


def enable(desk, *people: str) -> dict[str, str]:
    """:returns: the password of each."""
    passwords = {}
    for person in people:
        desk.open(person)
        passwords[person] = desk.password.input_value()
        desk.press(ENABLE)
        desk.tells(person, "Done")
    return passwords


def save(desk, path, key: str = KEY) -> None:
    desk.page.get_by_label("Key, at least 12 characters").fill(key)
    desk.page.get_by_label("The same again").fill(key)
    with desk.page.expect_download() as download:
        desk.page.get_by_role("button", name="Save passwords.zip").click()
    assert download.value.suggested_filename == "passwords.zip"
    download.value.save_as(path)


def opened(path, key: str) -> subprocess.CompletedProcess:
    return subprocess.run(["/usr/bin/7zz", "x", "-so", f"-p{key}", str(path)], capture_output=True, timeout=20)


def test_the_archive_opens_with_its_key_and_with_no_other(stage, visitor, tmp_path_factory):
    path = tmp_path_factory.mktemp("downloads") / "passwords.zip"
    stage.file(*map(record, range(1, 4)))
    desk = visitor.enter(stage.session())
    passwords = enable(desk, "Person 1", "Person 2", "Person 3")
    desk.go("Passwords")
    # Not that of the second.
    desk.page.get_by_role("row", name="Person 2").get_by_role("checkbox").uncheck()
    save(desk, path)
    listing = subprocess.run(["/usr/bin/7zz", "l", "-slt", str(path)], capture_output=True, text=True, timeout=20)
    assert "Encrypted = +" in listing.stdout and "AES-256" in listing.stdout
    right, wrong = opened(path, KEY), opened(path, "the key of 2025!")
    assert right.returncode == 0
    for person in ("Person 1", "Person 3"):
        assert passwords[person] in right.stdout.decode()
        assert stage.target.accepts(f"web-p{person[-1]}", passwords[person])
    assert passwords["Person 2"] not in right.stdout.decode()
    assert wrong.returncode != 0 and wrong.stdout == b""
    # Marked as handed over, but for the second.
    expect(desk.page.get_by_role("row").filter(has_text="not yet")).to_have_count(1)
    expect(desk.page.get_by_role("row", name="Person 2")).to_contain_text("not yet")


@pytest.mark.parametrize("key, again, problem", [
    ("short", "short", None), (KEY, "another key of 2026!", "not the same"),
    ("Schlüssel für 2026", "Schlüssel für 2026", "accents"),
])
def test_a_key_that_is_no_good(stage, visitor, key, again, problem):
    visitor.expects("status of 422")
    stage.file(record(1))
    desk = visitor.enter(stage.session())
    enable(desk, "Person 1")
    desk.go("Passwords")
    desk.page.get_by_label("Key, at least 12 characters").fill(key)
    desk.page.get_by_label("The same again").fill(again)
    desk.page.get_by_role("button", name="Save passwords.zip").click()
    if problem:
        expect(desk.page.get_by_role("alert").filter(has_text=problem)).to_be_visible()
    else:
        expect(desk.page.get_by_label("Key, at least 12 characters")).to_be_focused()
    expect(desk.page.get_by_role("row", name="Person 1")).to_contain_text("not yet")
    assert not stage.managed("web-p1").is_disabled


def test_one_printed_page_for_each_user(stage, visitor):
    stage.file(*map(record, range(1, 4)))
    desk = visitor.enter(stage.session())
    passwords = enable(desk, "Person 1", "Person 2", "Person 3")
    desk.go("Passwords")
    desk.page.get_by_role("row", name="Person 3").get_by_role("checkbox").uncheck()
    desk.page.get_by_role("button", name="Printable sheets of the selected").click()
    expect(desk.page.get_by_role("heading", name="Password sheets")).to_be_visible()
    sheets = desk.page.get_by_role("main").get_by_role("article")
    expect(sheets).to_have_count(2)
    expect(sheets.nth(0)).to_contain_text(passwords["Person 1"])
    expect(sheets.nth(0)).to_contain_text("web-p1@target.test")
    expect(sheets.nth(1)).to_contain_text(passwords["Person 2"])
    pdf = desk.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    desk.page.get_by_role("button", name="They are printed").click()
    desk.tells("2 passwords are marked as handed over.")
    expect(desk.page.get_by_role("row").filter(has_text="not yet")).to_have_count(1)
    assert stage.target.accepts("web-p2", passwords["Person 2"])


def test_no_password_is_left_anywhere(stage, visitor, tmp_path_factory):
    """Not in the resolutions file, the state, the log (of level DEBUG), the folder for temporary files, nor in what was
    said; nor any key that was typed."""
    visitor.expects("status of 422")
    stage.file(*map(record, range(1, 3)))
    session = stage.session("--log-level", "debug")
    desk = visitor.enter(session)
    secrets = [KEY, "Weak-1", "Own-Password-77", *enable(desk, "Person 1").values()]
    desk.open("Person 2")
    desk.password.fill("Weak-1")
    desk.press(ENABLE)
    expect(desk.action.get_by_role("status")).to_contain_text("at least 7")
    desk.password.fill("Own-Password-77")
    desk.press(ENABLE)
    desk.tells("Person 2", "Done")
    desk.go("Passwords")
    save(desk, tmp_path_factory.mktemp("downloads") / "passwords.zip")
    expect(desk.page.get_by_role("row").filter(has_text="not yet")).to_have_count(0)
    desk.finish()
    run = session.ends(0)
    assert stage.target.accepts("web-p2", "Own-Password-77")
    files = {str(path.relative_to(stage.folder)): path.read_bytes()
             for path in stage.folder.rglob("*") if path.is_file()}
    assert {"resolutions.json", "import.log"} <= files.keys()
    assert any(name.startswith("state/") for name in files)
    token = session.ENTRANCE.findall(run.log)[0].split("token=")[1]
    places = {**files, "stdout": run.output.encode(), "stderr": run.log.encode()}
    for secret in secrets:
        for form in (secret.encode(), secret.encode("utf-16-le"), base64.b64encode(secret.encode())):
            assert not [name for name, content in places.items() if form in content]
    # The way in stands in the terminal alone.
    assert not [name for name, content in places.items() if token.encode() in content and name != "stderr"]
