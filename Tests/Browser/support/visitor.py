"""Somebody at a browser, and the watch over what his browser does."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from .desk import Desk
from .program import Session


class Visitor:
    """A browser profile of its own. At its end no page may have complained, nor asked any host but the session's."""

    def __init__(self, browser: Browser, **options: Any):
        options = {"locale": "en-GB", "timezone_id": "UTC", "viewport": {"width": 1400, "height": 900}, **options}
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(8_000)
        self.complaints: list[str] = []
        self.expected = [r"/favicon\.ico"]
        self.hosts: set[str] = set()
        self.own: set[str] = set()
        self.context.on("console", lambda message: self._complain(message.type, f"{message.text} ({message.location['url']})"))
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.on("request", lambda request: self._remember(request.url))

    def _complain(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _remember(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("blob", "data"):
            self.hosts.add(parts.netloc)

    def enter(self, session: Session, number: int = 1) -> Desk:
        """By the address that the terminal shows."""
        address = session.entrance(number)
        self.own.add(urlsplit(address).netloc)
        page = self.context.new_page()
        page.goto(address)
        page.wait_for_url(lambda url: "/enter" not in url)
        return Desk(page)

    def another_tab(self, desk: Desk) -> Desk:
        page = self.context.new_page()
        page.goto(desk.page.url)
        return Desk(page)

    def expects(self, *patterns: str) -> None:
        """Complaints that belong to the test: a browser writes every refusal to its console."""
        self.expected += patterns

    def leave(self, page: Page) -> None:
        """Closes a page as a hand does: it may ask whether one means it."""
        with page.expect_event("close"):
            page.close(run_before_unload=True)

    def close(self) -> None:
        self.context.close()
        unexpected = [text for text in self.complaints
                      if not any(re.search(pattern, text) for pattern in self.expected)]
        assert not unexpected, unexpected
        assert self.hosts <= self.own, f"asked {self.hosts - self.own}"
