"""The approvals page as somebody sees it who hears it read out: regions, headings, labels, buttons."""

import re
from urllib.parse import quote_plus

from playwright.sync_api import Locator, Page, expect


class Desk:
    def __init__(self, page: Page):
        self.page = page

    # The list

    @property
    def list(self) -> Locator:
        return self.page.get_by_role("region", name="Actions")

    @property
    def rows(self) -> Locator:
        return self.list.get_by_role("listitem").filter(has=self.page.get_by_role("checkbox"))

    def row(self, *words: str) -> Locator:
        found = self.rows
        for word in words:
            found = found.filter(has_text=word)
        return found

    def open(self, *words: str) -> Locator:
        """Chooses the action whose row has these words.

        :returns: what is shown of it.
        """
        link = self.row(*words).get_by_role("link")
        expect(link).to_be_visible()
        if not link.get_attribute("aria-current"):
            link.click()
        expect(link).to_have_attribute("aria-current", "true")
        expect(self.heading).to_contain_text(words[0])
        return self.action

    def search(self, text: str) -> None:
        """Types it, and waits until the list is the one that was found."""
        self.list.get_by_role("searchbox").fill(text)
        expect(self.page).to_have_url(re.compile(rf"[?&]q={re.escape(quote_plus(text))}(&|$)"))

    def select(self, *people: str) -> None:
        for person in people:
            self.row(person).get_by_role("checkbox").check()

    def for_selected(self, button: str) -> None:
        self.list.get_by_role("button", name=button).click()

    def for_all(self, button: str) -> None:
        """All that match, on every page."""
        self.list.get_by_role("combobox", name=re.compile("^For")).select_option("all")
        self.for_selected(button)

    # The action that is open

    @property
    def action(self) -> Locator:
        return self.page.get_by_role("region", name="Chosen action")

    @property
    def heading(self) -> Locator:
        return self.action.get_by_role("heading", level=2)

    @property
    def password(self) -> Locator:
        return self.action.get_by_label("Password", exact=True)

    @property
    def new_name(self) -> Locator:
        return self.action.get_by_label("A new name")

    def press(self, name: str | re.Pattern[str]) -> None:
        self.action.get_by_role("button", name=name).click()

    # What is told

    @property
    def banners(self) -> Locator:
        return self.page.locator("#banners")

    def tells(self, *words: str) -> None:
        """Waits for the page to say what became of the last thing that was asked for."""
        for word in words:
            expect(self.banners).to_contain_text(word)

    def go(self, view: str) -> None:
        self.page.get_by_role("navigation", name="Views").get_by_role("link", name=re.compile(view)).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(view)

    def finish(self) -> None:
        self.page.get_by_role("button", name="Finish", exact=True).click()
        expect(self.page.get_by_role("heading", name="The session has ended")).to_be_visible()
