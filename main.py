"""Start Relance."""

from multiprocessing import freeze_support


def main() -> None:
    """Introduce storage to the screens, then do what the arguments ask."""
    from storage.outside import Outside  # here: the window's process must not pay
    from ui.cli import run

    run(Outside())


if __name__ == "__main__":
    freeze_support()
    main()
