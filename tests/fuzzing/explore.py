"""Look for bytes that bring a reader down: ``python -m tests.fuzzing.explore mail``.

Needs atheris (``pip install atheris``), which is not installed with the others: the
suite only tries again what it found (``test_readers.py``). What follows the reader's
name goes to libFuzzer: a corpus folder, ``-max_total_time=600``.
"""

import sys

import atheris  # type: ignore[import-untyped, import-not-found, unused-ignore]

with atheris.instrument_imports(include=["storage", "domain"]):
    from tests.fuzzing.readers import READERS


def main() -> None:
    """Hand the reader named first over to libFuzzer."""
    reader = READERS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, reader)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
