"""Gestures made in a real browser, counted as they are made."""

from playwright.sync_api import Locator, Page, expect


class Gestures:
    """The browser, and how many gestures were made in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.locator(".q-dialog")
        self.gestures = 0

    def click(self, target: Locator) -> None:
        """Click what is there."""
        expect(target).to_be_enabled()
        target.click()
        self.gestures += 1
