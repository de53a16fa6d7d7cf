"""A NiceGUI app that shows one line: the least that any of them takes to start."""

import sys

from nicegui import ui


def main() -> None:
    """Serve one line at the port given."""
    ui.run(
        lambda: ui.label("One line"),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        reload=False,
        show=False,
        show_welcome_message=False,
    )


if __name__ == "__main__":
    main()
