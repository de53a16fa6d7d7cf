"""Start Relance."""

import gc
from multiprocessing import freeze_support

# A large ledger makes millions of lasting objects: looking for cycles among them as
# often as Python does would take a tenth of an import, and freeze the window meanwhile.
OBJECTS_BETWEEN_COLLECTIONS = (100_000, 20, 50)


def main() -> None:
    """Introduce storage to the screens, then do what the arguments ask."""
    gc.set_threshold(*OBJECTS_BETWEEN_COLLECTIONS)
    from storage.outside import Outside  # here: the window's process must not pay
    from ui.cli import run

    run(Outside())


if __name__ == "__main__":
    freeze_support()
    main()
