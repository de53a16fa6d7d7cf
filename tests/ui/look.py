"""Serve the sample pages, to look at them: ``python -m tests.ui.look``."""

from multiprocessing import freeze_support
from pathlib import Path
from tempfile import TemporaryDirectory


def main() -> None:
    from tests.builders import TODAY
    from tests.ui.sample_pages import SAMPLE_PAGES, a_busy_firm
    from tests.ui.window import BooksInMemory
    from ui.instance import Instance
    from ui.launcher import LaunchOptions, free_port
    from ui.local_guard import Door
    from ui.serving import serve

    with TemporaryDirectory() as folder:
        serve(
            BooksInMemory(a_busy_firm),
            Path(folder),
            LaunchOptions(browser=True, today=TODAY),
            Instance(Path(folder)),
            Door(free_port()),
            SAMPLE_PAGES,
        )


if __name__ == "__main__":
    freeze_support()
    main()
