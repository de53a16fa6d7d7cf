"""The command line: the same use cases as the screens, for scheduled tasks."""

import json
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from domain.basics.errors import DunningError
from domain.ports import Outside
from ui.cli.arguments import make_parser
from ui.cli.context import Answer, Context
from ui.translation import _, refusal

DONE, REFUSED = 0, 1


def run(outside: Outside, arguments: Sequence[str] | None = None) -> None:
    """Do what the arguments ask, and leave with its exit code.

    0 done, 1 refused with a sentence on stderr, 2 wrong usage (argparse's own).
    """
    sys.exit(main(outside, arguments))


def main(outside: Outside, arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask, and return the exit code."""
    parsed = make_parser().parse_args(arguments)
    if parsed.command is None:
        from ui.launcher import LaunchOptions, launch

        launch(
            outside,
            LaunchOptions(
                folder=parsed.data,
                demo=parsed.demo,
                browser=parsed.browser,
                port=parsed.port,
                today=parsed.date,
            ),
        )
        return DONE
    try:
        with Context(outside, parsed) as context:
            answer: Answer = parsed.command(context)
        _tell(answer, as_json=parsed.json)
    except DunningError as problem:
        print(refusal(problem), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # whoever read us has left; nothing is wrong here
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception:  # noqa: BLE001 - a person sees a sentence, never a traceback
        log = _log_bug(outside, parsed)
        print(
            _("Relance stumbled, and nothing was saved. Details: {file}", file=log),
            file=sys.stderr,
        )
        return REFUSED
    return DONE


def _tell(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer.payload, ensure_ascii=False, indent=1), flush=True)
    else:
        print("\n".join(answer.lines), flush=True)


def _log_bug(outside: Outside, parsed: Namespace) -> Path:
    """Write what went wrong beside the books, and return where."""
    log = Path(outside.data_folder(parsed.data, demo=parsed.demo)) / "relance.log"
    with log.open("a", encoding="utf-8") as file:
        file.write(f"\n{datetime.now(UTC).isoformat()}\n{traceback.format_exc()}")
    return log
