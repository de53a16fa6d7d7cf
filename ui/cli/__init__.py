"""The command line: the same use cases as the screens, for scheduled tasks."""

import json
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Sequence
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from domain.basics.errors import BooksUnreadableError, DunningError
from domain.ports import Outside
from ui.cli.arguments import UsageError, parse
from ui.cli.context import Answer, Context, data_folder
from ui.logs import LOG, discreet
from ui.translation import _, refusal

DONE, REFUSED, MISUSED = 0, 1, 2


def run(outside: Outside, arguments: Sequence[str] | None = None) -> None:
    """Do what the arguments ask, and leave with its exit code.

    0 done, 1 refused with a sentence on stderr, 2 wrong usage, told likewise.
    """
    for stream in (sys.stdout, sys.stderr):
        # Redirected on Windows they lack letters, and a command would fail after
        # having done its work; a windowed app has none at all.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(outside, arguments))


def main(outside: Outside, arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments ask, and return the exit code."""
    try:
        parsed = parse(arguments)
    except UsageError as problem:
        return _refuse(refusal(problem), MISUSED)
    if parsed.command:
        return _obey(outside, parsed)
    from ui.launcher import LaunchOptions, launch

    launch(
        outside,
        LaunchOptions(
            folder=parsed.data,
            demo=parsed.demo,
            browser=parsed.browser,
            port=parsed.port,
            today=parsed.date,
            opened=str(Path(parsed.open).absolute()) if parsed.open else "",
            full_log=parsed.full_log,
        ),
    )
    return DONE


def _obey(outside: Outside, parsed: Namespace) -> int:
    try:
        answer = _answer(outside, parsed)
        _tell(answer, as_json=parsed.json)
    except BooksUnreadableError as problem:
        hint = _("To see the copies of the books: main.py restore")
        return _refuse(f"{refusal(problem)} {hint}")
    except DunningError as problem:
        return _refuse(refusal(problem))
    except KeyboardInterrupt:
        return _refuse(_("Interrupted."))
    except BrokenPipeError:  # whoever read us has left; nothing is wrong here
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:  # noqa: BLE001 - a person sees a sentence, never a traceback
        return _refuse(_log_bug(outside, parsed))
    return answer.code


def _answer(outside: Outside, parsed: Namespace) -> Answer:
    """Do what a command asks; one of them works on books that cannot be opened."""
    answer: Answer
    if parsed.is_apart:
        answer = parsed.command(outside, parsed)
        return answer
    with Context(outside, parsed) as context:
        answer = parsed.command(context)
    return answer


def _refuse(sentence: str, code: int = REFUSED) -> int:
    """Say why on one line, whatever a file's name holds."""
    print(" ".join(sentence.splitlines()), file=sys.stderr)
    return code


def _tell(answer: Answer, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(answer.payload, ensure_ascii=False, indent=1), flush=True)
    else:
        print("\n".join(answer.lines), flush=True)


def _log_bug(outside: Outside, parsed: Namespace) -> str:
    """Write what went wrong beside the books, and say where."""
    told = traceback.format_exc()
    details = told if parsed.full_log else discreet(told)
    try:
        log = Path(data_folder(outside, parsed)) / LOG
        with log.open("a", encoding="utf-8") as file:
            file.write(f"\n{datetime.now(UTC).isoformat()}\n{details}")
    except (OSError, DunningError):  # a full disk, most often
        problem = told.splitlines()[-1]
        return _("Relance stumbled and did not finish: {problem}", problem=problem)
    return _("Relance stumbled and did not finish. Details: {file}", file=log)
