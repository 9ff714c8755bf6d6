"""Brings a session into a state worth showing, and takes its pictures. Run by scripts/screenshots."""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from support import people
from support.crowd import Crowd
from support.desk import Desk
from support.lab import modify
from support.stage import Stage
from support.visitor import Visitor

# The same on every day the pictures are taken.
people.WRITTEN = "2026-11-20T08:15:07"
PASSWORD = "Lasumi-dorena-kifobe-73"

NAMES = """Jane Doe, Conan O'Brien, Clara Console, Erik Wolf, Jürgen Köhler, Sofia Rossi, Nora Newcomer, Piotr Zieliński,
Amélie Dubois, Hanna Lindqvist, Miguel Ángel Ruiz, Katarina Horvat, Tom Becker, Yusuf Demir, Ingrid Solberg, Oliver Braun,
Lucía Fernández, Mateusz Nowak, Eva Kristensen, Samuel Okafor, Anna Schwarz, Daniel Kowalski, Marta Costa, Felix Vogel,
Linh Nguyen, Ravi Sharma, Greta Hansen, Paul Leroy, Aisha Rahman, Viktor Petrov"""
DEPARTMENTS = [("Operations", "Operators"), ("Engineering", "Engineers"), ("Maintenance", "Maintenance"),
               ("Office", "Visitors")]
PLAIN = str.maketrans("üöäéńíÁ", "uoaeniA")


def person(number: int, name: str, **extra) -> dict:
    first, last = name.split(" ", 1)
    account = re.sub(r"[^a-z]", "", (first[0] + last).translate(PLAIN).lower())
    department, group = DEPARTMENTS[number % len(DEPARTMENTS)]
    return people.record(number, **{
        "cn": name, "sAMAccountName": account, "givenName": first, "sn": last, "displayName": f"{last}, {first}",
        "mail": f"{account}@source.test", "department": department, "memberOf": [f"CN={group}"], **extra})


class Plant(Stage):
    UNIT = "OU=Staff"

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.import_config |= {
            "expiration_time": "P50Y", "require_approval": ["disable", "leave"], "heartbeat_interval": 5,
            "group_map": {"CN=Operators": "CN=Plant Operators", "CN=Engineers": ["CN=Plant Engineers", "CN=Plant Admins"],
                          "CN=Maintenance": "CN=Plant Maintenance", "CN=Visitors": "CN=Plant Visitors",
                          "*": "CN=Everyone Managed"}}

    def live_through_two_days(self) -> None:
        names = [" ".join(name.split()) for name in NAMES.split(",")]
        crew = [person(number, name) for number, name in enumerate(names, 1)]
        veterans = crew[6:18]
        self.file(*veterans)
        self.import_()
        self.target.apply(*(modify(user.dn, "replace", "userAccountControl", "512") for user in self.managed_users()))
        crew[9]["memberOf"] = []
        crew[13]["department"] = "Quality"
        gone = crew.pop(10)
        crew[11]["disabled"] = True
        names_taken = [person(40, "Petra Novak"), person(41, "Michael Weber"),
                       person(42, "Historian Service", sAMAccountName="svc-historian", cn="Historian Service")]
        self.file(*crew, *names_taken, sequence=2)
        assert gone


class Camera:
    def __init__(self, browser: Browser, folder: Path, entrance):
        self._browser, self._folder, self._entrance = browser, folder, entrance

    def take(self, desk: Desk, name: str, subject: str = "approvals") -> None:
        desk.page.evaluate("""() => {
            document.activeElement.blur();
            // When it was decided, which is another time at every shot.
            for (const time of document.querySelectorAll("time[data-clock]")) time.textContent = "10:04:12"; }""")
        desk.page.mouse.move(0, 0)
        desk.page.screenshot(path=self._folder / f"{subject}-{name}.png", animations="disabled", caret="hide")


def show_password(desk: Desk) -> None:
    desk.password.fill(PASSWORD)
    expect(desk.action.get_by_role("status")).to_contain_text("accepts this password")


def overview(browser: Browser, stage: Plant, camera: Camera) -> None:
    """One action open, at both widths, light and dark."""
    for shape, size, scale in [("wide", (1600, 1000), 1), ("narrow", (360, 780), 2)]:
        for scheme in ["light", "dark"]:
            visitor = Visitor(browser, viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale,
                              color_scheme=scheme)
            desk = visitor.enter(stage.session())
            if shape == "narrow":
                camera.take(desk, f"list-{scheme}")
            desk.row("Clara Console", "Enable").get_by_role("link").click()
            show_password(desk)
            camera.take(desk, f"{shape}-{scheme}")
            visitor.close()
            stage.close()


def details(browser: Browser, stage: Plant, camera: Camera) -> None:
    """A name conflict, bulk work on its way, passwords to hand over."""
    visitor = Visitor(browser, viewport={"width": 1280, "height": 860}, color_scheme="light")
    visitor.context.on("dialog", lambda dialog: dialog.accept())
    desk = visitor.enter(stage.session())
    desk.open("Petra Novak", "Name taken")
    desk.new_name.fill("pnovak2")
    expect(desk.action.get_by_role("status")).to_have_text("This name is free.")
    camera.take(desk, "name-conflict")
    desk.open("Historian Service", "Name taken")
    camera.take(desk, "take-over")
    desk.choose("Kind", "enable")
    desk.for_all("Enable, generate passwords")
    camera.take(desk, "bulk-question")
    desk.page.get_by_role("button", name=re.compile(r"Enable \d+ users")).click()
    expect(desk.page.get_by_text("finished")).to_be_visible()
    camera.take(desk, "bulk-outcomes")
    desk.go("Passwords")
    camera.take(desk, "passwords")
    visitor.close()
    stage.close()


def choosing(browser: Browser, stage: Plant, camera: Camera) -> None:
    """The people before anybody is imported: the list beside one of them, at both widths, and the question."""
    for shape, size, scale in [("wide", (1600, 1000), 1), ("narrow", (380, 780), 2)]:
        visitor = Visitor(browser, viewport={"width": size[0], "height": size[1]}, device_scale_factor=scale,
                          color_scheme="light")
        desk = visitor.enter(stage.session("--choose"))
        crowd = Crowd(desk.page)
        if shape == "narrow":
            camera.take(desk, "list-light", "people")
        crowd.row("Yusuf Demir").get_by_role("link").click()
        expect(crowd.person.get_by_role("heading", level=2)).to_contain_text("Yusuf Demir")
        camera.take(desk, f"{shape}-light", "people")
        if shape == "wide":
            crowd.choose("Jane Doe", "Erik Wolf", "Yusuf Demir")
            crowd.ask()
            desk.page.get_by_label("Memberships like").fill("rossi")
            expect(desk.page.get_by_role("radio")).to_have_count(2)
            camera.take(desk, "question", "people")
        visitor.close()
        stage.close()


def progress(browser: Browser, stage: Plant, camera: Camera) -> None:
    """Enough people for the bar to be seen on its way."""
    stage.clear()
    Plant.__init__(stage, Path(tempfile.mkdtemp(dir=stage.folder)))
    stage.file(*(person(number, f"{first} {last}") for number, (first, last) in enumerate(
        ((first, last) for last in ["Berg", "Lang", "Stein", "Wald", "Bach", "Feld", "Hof", "See", "Moor", "Holm"]
         for first in ["Ada", "Ben", "Cora", "Dirk", "Elsa", "Finn", "Gina", "Hugo", "Ines", "Jan", "Kira", "Lars"]), 1)))
    visitor = Visitor(browser, viewport={"width": 1280, "height": 860}, color_scheme="light")
    visitor.context.on("dialog", lambda dialog: dialog.accept())
    desk = visitor.enter(stage.session())
    desk.for_all("Enable, generate passwords")
    desk.page.get_by_role("button", name=re.compile(r"Enable \d+ users")).click()
    expect(desk.page.get_by_text(re.compile(r"^(20|40|60|80|100) of 120$"))).to_be_visible()
    camera.take(desk, "bulk-progress")
    visitor.close()
    stage.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        stage = Plant(Path(folder))
        camera = Camera(browser, Path(sys.argv[1]), stage)
        try:
            stage.live_through_two_days()
            choosing(browser, stage, camera)
            overview(browser, stage, camera)
            details(browser, stage, camera)
            progress(browser, stage, camera)
        finally:
            stage.close()
        browser.close()


main()
