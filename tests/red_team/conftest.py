"""What attacks stand on: commands, the app, a real browser."""

from tests.journeys.conftest import command
from tests.ui.conftest import browser, page, start_app

__all__ = ["browser", "command", "page", "start_app"]
