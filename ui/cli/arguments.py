"""What may be asked on the command line."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from domain.basics.errors import DunningError
from domain.ledger.workbook import WorkbookTab
from domain.usecases.travelling.records import Part
from ui.cli import words
from ui.translation import _
from ui.version import this_version


class UsageError(DunningError):
    """What was typed is no command."""

    message = "This command is not understood. What can be asked: {program} --help"


class DayNotUnderstoodError(UsageError):
    """A day must be written in the one way that cannot be mistaken."""

    message = "The day “{typed}” is not understood: write it as 2026-12-31."


class NumberNotUnderstoodError(UsageError):
    """A limit is a whole number."""

    message = "“{typed}” is not understood: write a whole number, from 1 on."


class _Parser(argparse.ArgumentParser):
    """Refuses as the other parts do: argparse says it in English, on many lines."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(program=self.prog) from ValueError(message)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Understand what was typed.

    Opening the app takes none of the commands, so it does not load them.

    Raises:
        UsageError: it is no command.
    """
    words.speak()
    opening = _program(add_help=False)
    options, others = opening.parse_known_args(arguments)
    return make_parser().parse_args(arguments) if others else options


def make_parser() -> argparse.ArgumentParser:
    """Describe every command; without one, the app opens."""
    words.speak()
    parser = _program()
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"))
    _add_files(commands)
    _add_looks(commands)
    _add_actions(commands)
    return parser


def _program(*, add_help: bool = True) -> _Parser:
    """Describe what opening the app takes."""
    parser = _Parser(
        prog="main.py",
        description=_("Relance: who owes you what, and whom to remind today."),
        epilog=_("Without a command, the app opens."),
        parents=[_common(top=True)],
        add_help=add_help,
    )
    parser.set_defaults(command=None, is_demo=False, is_apart=False)
    parser.add_argument(
        "--browser", action="store_true", help=_("open in the browser, not in a window")
    )
    parser.add_argument(
        "--open",
        nargs="?",  # a menu entry may be started without a file
        metavar=_("FILE"),
        help=_("show what an accounting file would change"),
    )
    version = f"Relance {this_version().number}"
    parser.add_argument(
        "--version", action="version", version=version, help=_("show the version")
    )
    parser.add_argument("--port", type=int, help=_("local port to serve on"))
    return parser


def _common(*, top: bool = False) -> _Parser:
    """Options that stand before or after the command alike."""
    none = None if top else argparse.SUPPRESS
    off = False if top else argparse.SUPPRESS
    common = _Parser(add_help=False)
    common.add_argument(
        "--data", metavar=_("FOLDER"), default=none, help=_("folder of the books")
    )
    common.add_argument(
        "--entity", metavar=_("NAME"), default=none, help=_("firm to work on")
    )
    common.add_argument(
        "--date",
        type=_day,
        metavar="YYYY-MM-DD",
        default=none,
        help=_("do as if today were that day"),
    )
    common.add_argument(
        "--json", action="store_true", default=off, help=_("print one JSON object")
    )
    common.add_argument(
        "--demo",
        action="store_true",
        default=off,
        help=_("work on the demonstration firm; nothing can leave"),
    )
    common.add_argument(
        "--full-log",
        action="store_true",
        default=off,
        help=_("write addresses and amounts in the log too, to look for a fault"),
    )
    return common


def _add_files(commands: "argparse._SubParsersAction[_Parser]") -> None:
    from ui.cli import moving, restoring, synchronising, verifying

    reading = _command(
        commands, "import", _("bring an accounting export in"), moving.import_file
    )
    reading.add_argument("file", metavar=_("FILE"))
    reading.add_argument(
        "--dry-run",
        action="store_true",
        help=_("show what would change, write nothing"),
    )
    _add_answers(reading)
    _command(
        commands,
        "sync",
        _("import the newest file of the watched folder, if nothing looks wrong"),
        synchronising.sync,
    )
    _add_watch(commands)
    workbook = _command(
        commands,
        "workbook",
        _("write or read the firm's workbook"),
        moving.workbook,
    )
    workbook.add_argument("direction", choices=["export", "import"])
    workbook.add_argument("file", metavar=_("FILE"))
    workbook.add_argument(
        "--tab",
        action="append",
        choices=[tab.value for tab in WorkbookTab],
        help=_("refresh this tab only, in a workbook that is there already"),
    )
    workbook.add_argument("--dry-run", action="store_true", help=argparse.SUPPRESS)
    _add_answers(workbook)
    backup = _command(
        commands, "backup", _("copy the books into a file"), moving.backup
    )
    backup.add_argument("file", metavar=_("FILE"))
    restoring_one = _command(
        commands,
        "restore",
        _("list the copies of the books, look at one, put it back"),
        restoring.restore,
    )
    restoring_one.set_defaults(is_apart=True)
    restoring_one.add_argument("file", metavar=_("FILE"), nargs="?")
    restoring_one.add_argument(
        "--yes", action="store_true", help=_("put it back, the present books kept")
    )
    _add_settings(commands)
    demo = _command(
        commands, "demo", _("fill the folder with the demonstration firm"), moving.demo
    )
    demo.set_defaults(is_demo=True)
    _command(commands, "check", _("verify that the books are sound"), moving.check)
    verify = _command(
        commands,
        "verify",
        _("read again the proofs of what was sent, and name what was altered"),
        verifying.verify,
    )
    verify.epilog = _(
        "The code is 1 where anything was altered, is missing or was added. --json"
        " gives: records, fingerprint (the hash of the last record: note it elsewhere"
        " to compare it later), documents, faults (about: record, message or file,"
        " fault, record, message, document, sentence) and stray_files."
    )


def _add_settings(commands: "argparse._SubParsersAction[_Parser]") -> None:
    from ui.cli import travelling

    travel = _command(
        commands,
        "settings",
        _("write all the settings into one file, or bring such a file in"),
        travelling.settings,
    )
    travel.add_argument("direction", choices=["export", "import", "undo"])
    travel.add_argument("file", metavar=_("FILE"), nargs="?", default="")
    travel.add_argument(
        "--part",
        action="append",
        choices=[part.value for part in Part],
        help=_("import this part only; may be repeated"),
    )
    travel.add_argument(
        "--dry-run",
        action="store_true",
        help=_("show what would change, write nothing"),
    )
    travel.epilog = _(
        "No password is in the file. In an empty folder, import makes the company."
        " “undo” puts back what the last import replaced. --json gives: parts (part,"
        " chosen, changes, refusal), created, entity."
    )


def _add_watch(commands: "argparse._SubParsersAction[_Parser]") -> None:
    from ui.cli import synchronising

    watch = _command(
        commands,
        "watch",
        _("choose the folder where the accounting package leaves its exports"),
        synchronising.watch,
    )
    folder = watch.add_mutually_exclusive_group()
    folder.add_argument(
        "--set", metavar=_("FOLDER"), help=_("watch this folder from now on")
    )
    folder.add_argument("--off", action="store_true", help=_("watch none any more"))
    watch.add_argument(
        "--names", metavar=_("NAMES"), help=_("take only such names, as *FEC*.txt")
    )
    watch.add_argument(
        "--automatic",
        choices=["yes", "no"],
        help=_("import by itself, or not, a file that raises no doubt"),
    )


def _add_answers(reading: _Parser) -> None:
    """What the sheet of movements would ask."""
    reading.add_argument(
        "--yes-other-firm",
        action="store_true",
        help=_("import the file although it seems to come from another firm"),
    )
    reading.add_argument(
        "--yes-older",
        action="store_true",
        help=_("import the file although it is older than what is known"),
    )


def _add_looks(commands: "argparse._SubParsersAction[_Parser]") -> None:
    from ui.cli import looking

    _command(commands, "status", _("show the key figures"), looking.status)
    _command(commands, "clients", _("list the customers"), looking.clients)
    items = _command(commands, "items", _("list invoices and credits"), looking.items)
    items.add_argument("--client", metavar="CODE")
    explain = _command(
        commands, "explain", _("say why a customer is reminded or not"), looking.explain
    )
    explain.add_argument("--client", metavar="CODE", required=True)
    _command(commands, "actions", _("list today's reminders"), looking.actions)
    _add_rehearsal(commands)


def _add_rehearsal(commands: "argparse._SubParsersAction[_Parser]") -> None:
    from ui.cli import rehearsing

    rehearse = _command(
        commands,
        "rehearse",
        _("list what would be sent in the days to come, if nobody paid"),
        rehearsing.rehearse,
    )
    rehearse.add_argument(
        "--days", type=_number, metavar="N", help=_("how many days, 60 unless told")
    )
    rehearse.add_argument(
        "--profile",
        metavar=_("NAME"),
        help=_("only the customers of this profile, its scenarios switched on"),
    )
    who = rehearse.add_mutually_exclusive_group()
    who.add_argument(
        "--client",
        action="append",
        metavar="CODE",
        help=_("only this customer, put on the profile given; may be repeated"),
    )
    who.add_argument(
        "--everyone",
        action="store_true",
        help=_("all customers, put on the profile given"),
    )
    rehearse.epilog = _(
        "Nothing is written. Each day, all that is proposed is supposed done; what"
        " waits in the outbox leaves first and is only counted. --json gives: profile,"
        " waiting_messages, days (day, no_email: why no e-mail leaves or null,"
        " catching_up, emails, letters, calls, others, formal_notices, totals:"
        " currency and cents, messages: client, step, media, items, total_cents,"
        " currency, formal_notice) and totals (the same counts, and clients)."
    )


def _add_actions(
    commands: "argparse._SubParsersAction[_Parser]",
) -> None:
    from ui.cli import acting, automatic, mailbox

    letters = _command(
        commands, "letters", _("make today's letters as one PDF"), acting.letters
    )
    letters.add_argument("--out", metavar=_("FILE.pdf"), required=True)
    letters.add_argument(
        "--confirm-printed",
        action="store_true",
        help=_("count the letters as posted at once"),
    )
    send = _command(commands, "send", _("send today's e-mails"), acting.send)
    send.add_argument("--max", type=_number, metavar="N", help=_("send no more than N"))
    send.add_argument(
        "--dry-run", action="store_true", help=_("show what would leave, send nothing")
    )
    send.add_argument(
        "--even-today",
        action="store_true",
        help=_("send although today is a Sunday, a holiday or a quiet period"),
    )
    _command(
        commands,
        "read-mailbox",
        _("read what came back to your e-mails"),
        mailbox.read_mailbox,
    ).epilog = _(
        "Nothing in the mailbox is changed. --json gives: account (or null), problem"
        " (or null), replies, bounces, receipts, absences, settled_doubts, is_more."
    )
    by_itself = _command(
        commands,
        "run-automatic",
        _("send the e-mails of the automatic steps, for a scheduled task"),
        automatic.run_automatic,
    )
    by_itself.epilog = _(
        "Nothing leaves outside the sending hours, on a day without sending, on old"
        " data, or while a message is to be checked; the code is 0 then too. --json"
        " gives: dry_run, messages (client, step, recipient, subject, items,"
        " total_cents), sent, kept (how many did not leave) and why (or null)."
    )
    by_itself.add_argument(
        "--dry-run", action="store_true", help=_("show what would leave, send nothing")
    )
    for command in (letters, send):
        command.add_argument(
            "--accept-old-data",
            action="store_true",
            help=_("go on although the last import is old"),
        )


def _command(
    commands: "argparse._SubParsersAction[_Parser]",
    name: str,
    help_text: str,
    command: object,
) -> _Parser:
    parser = commands.add_parser(
        name, help=help_text, description=help_text, parents=[_common()]
    )
    parser.set_defaults(command=command)
    return parser


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise DayNotUnderstoodError(typed=typed) from None


def _number(typed: str) -> int:
    if typed.isdecimal() and int(typed):
        return int(typed)
    raise NumberNotUnderstoodError(typed=typed)
