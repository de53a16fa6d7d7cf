"""The command line: the same use cases as the screens, for scheduled tasks."""

import json
import sys
from collections.abc import Sequence

from domain.basics.errors import DunningError
from domain.ports import Outside
from ui.cli.arguments import make_parser
from ui.cli.context import Answer, Context
from ui.translation import refusal

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
    except DunningError as problem:
        print(refusal(problem), file=sys.stderr)
        return REFUSED
    if parsed.json:
        print(json.dumps(answer.payload, ensure_ascii=False, indent=1))
    else:
        print("\n".join(answer.lines))
    return answer.exit_code
