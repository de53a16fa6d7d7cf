"""Start Relance."""

from multiprocessing import freeze_support


def main() -> None:
    """Introduce storage to the screens, then do what the arguments ask."""
    from ui.quick_start import collect_rarely  # here: the window's process need not

    collect_rarely()
    from storage.outside import Outside
    from ui.cli import run

    run(Outside())


if __name__ == "__main__":
    freeze_support()
    main()
