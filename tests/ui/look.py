"""Open the sample pages for real, to look at them: python -m tests.ui.look PORT."""

import sys
from multiprocessing import freeze_support


def main(port: int) -> None:
    from nicegui import ui

    from tests.builders import TODAY
    from tests.ui.sample_pages import SAMPLE_PAGES, a_busy_firm
    from tests.ui.window import LOG, BooksInMemory
    from ui.app import Screens
    from ui.refusals import BugReports
    from ui.session import Session

    session = Session(BooksInMemory(a_busy_firm), "", today=lambda: TODAY)
    screens = Screens(session, BugReports(LOG), SAMPLE_PAGES)
    screens.register()
    ui.run(
        screens.unknown_page,
        host="127.0.0.1",
        port=port,
        dark=None,
        language="fr",
        tailwind=False,
        reload=False,
        show=False,
        show_welcome_message=False,
    )


if __name__ == "__main__":
    freeze_support()
    main(int(sys.argv[1]))
