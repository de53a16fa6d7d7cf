"""The app as a process, and a real browser, for the journeys too."""

from tests.ui.conftest import browser, page, start_app

__all__ = ["browser", "page", "start_app"]
