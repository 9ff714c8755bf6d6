"""The page of the people, as somebody sees it who hears it read out."""

import re
from urllib.parse import quote_plus

from playwright.sync_api import Locator, Page, expect


class Crowd:
    def __init__(self, page: Page):
        self.page = page

    @property
    def list(self) -> Locator:
        return self.page.get_by_role("region", name="People")

    def row(self, *words: str) -> Locator:
        found = self.list.locator("li.person")
        for word in words:
            found = found.filter(has_text=word)
        return found

    @property
    def person(self) -> Locator:
        return self.page.get_by_role("region", name="Chosen person")

    def shows(self, count: int) -> None:
        expect(self.list.locator("li.person")).to_have_count(count)

    def search(self, text: str) -> None:
        """Types it, and waits until the list is the one that was found."""
        self.list.get_by_role("searchbox").fill(text)
        expect(self.page).to_have_url(re.compile(rf"[?&]q={re.escape(quote_plus(text, safe='*'))}(&|$)"))

    def mark(self, word: str) -> None:
        self.list.get_by_role("navigation", name="Marks").get_by_role("link", name=re.compile(f"^{word}")).click()

    def choose(self, *people: str) -> None:
        for person in people:
            self.row(person).get_by_role("checkbox").check()

    def ask(self) -> None:
        """For what was chosen; nothing is done yet."""
        self.list.get_by_role("button", name="Import…").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile("^Import "))

    def perform(self, count: int) -> Locator:
        """:returns: what became of each."""
        self.page.get_by_role("main").get_by_role("button", name=re.compile("^Import")).click()
        expect(self.page.get_by_text(f"{count} of {count}, finished")).to_be_visible()
        return self.page.get_by_role("main").get_by_role("listitem")
