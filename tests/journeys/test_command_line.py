"""The command line, from an accounting export to letters and e-mails."""

import json
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from domain.ledger.entry import SourceLine
from storage.outside import Outside
from tests.journeys.command import TODAY, Command, a_fec
from tests.third_party import third_party

FEC_FILES = ("fec/*.txt", "fec/*.TXT", "fec/*.csv")


def sums_of_411(file: Path) -> dict[str, int]:
    """Add up the customer lines of a FEC in the plainest way possible."""
    lines = file.read_bytes().decode("latin-1").splitlines()
    separator = "|" if "|" in lines[0] else "\t"
    heads = [h.strip() for h in lines[0].split(separator)]
    sums: dict[str, int] = defaultdict(int)
    for line in lines[1:]:
        fields = dict(
            zip(heads, (f.strip() for f in line.split(separator)), strict=False)
        )
        if fields["CompteNum"].startswith("411"):
            code = fields["CompAuxNum"] or fields["CompteNum"]
            sums[code] += cents(fields["Debit"]) - cents(fields["Credit"])
    return dict(sums)


def cents(amount: str) -> int:
    whole, _, rest = amount.partition(",")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


@pytest.mark.parametrize("file", third_party(*FEC_FILES), ids=lambda p: p.name)
def test_balances_of_a_real_export_are_those_of_its_411_lines(
    file: Path, command: Command
) -> None:
    told = command("import", str(file))
    clients = command("clients")["clients"]

    assert {c["code"]: c["balance_cents"] for c in clients} == sums_of_411(file)
    assert told["balance_after_cents"] == sum(sums_of_411(file).values())


@pytest.mark.parametrize("file", third_party(*FEC_FILES), ids=lambda p: p.name)
def test_importing_the_same_file_twice_changes_nothing(
    file: Path, command: Command
) -> None:
    first = command("import", str(file))
    before = command("items")
    second = command("import", str(file))

    assert first["new"] == first["entries"] > 0
    changes = {k: second[k] for k in ("new", "settled", "changed", "vanished")}
    assert changes == {"new": 0, "settled": 0, "changed": 0, "vanished": 0}
    assert command("items") == before


def test_a_dry_run_writes_nothing_not_even_the_firm(
    command: Command, tmp_path: Path
) -> None:
    file = a_fec(tmp_path)

    assert command("import", str(file), "--dry-run")["new"] == 3
    assert "société" in command.refused("clients")


def test_a_file_that_is_no_export_is_refused_and_leaves_no_firm(
    command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "photo.txt"
    file.write_bytes(bytes(range(256)) * 20)

    assert "photo.txt" in command.refused("import", str(file))
    assert "société" in command.refused("clients")


def test_an_export_without_any_customer_is_refused_with_what_to_do(
    command: Command, tmp_path: Path
) -> None:
    text = a_fec(tmp_path).read_text().replace("411000", "401000")
    (tmp_path / "FEC2.txt").write_text(text)

    said = command.refused("import", str(tmp_path / "FEC2.txt"))

    assert "411" in said
    assert "FEC2.txt" in said


@pytest.mark.parametrize("days", [0, 9, 40])
def test_every_open_item_of_the_demo_stands_exactly_once(
    demo: Command, days: int
) -> None:
    day = (date.fromisoformat(TODAY) + timedelta(days=days)).isoformat()
    told = demo("actions", "--date", day)
    items = demo("items", "--date", day)["items"]

    stood = Counter(
        item["id"]
        for group in told["messages"] + told["left_out"]
        for item in group["items"]
    )
    assert stood == Counter(i["id"] for i in items if i["state"] != "settled")


def test_totals_of_the_demo_agree_from_one_command_to_the_other(demo: Command) -> None:
    status = demo("status", "--date", TODAY)
    clients = demo("clients", "--date", TODAY)["clients"]
    items = demo("items", "--date", TODAY)["items"]
    messages = demo("actions", "--date", TODAY)["messages"]

    owed = sum(c["balance_cents"] for c in clients if c["balance_cents"] > 0)
    assert status["owed_cents"] == owed
    assert status["owed_cents"] == status["overdue_cents"] + status["to_come_cents"]
    left = sum(i["left_cents"] for i in items)
    assert left == sum(c["balance_cents"] for c in clients)
    assert messages
    for message in messages:
        assert message["total_cents"] == sum(i["left_cents"] for i in message["items"])


def test_letters_confirmed_printed_are_not_proposed_again(
    demo: Command, tmp_path: Path
) -> None:
    file = tmp_path / "lettres.pdf"

    told = demo("letters", "--out", str(file), "--confirm-printed", "--date", TODAY)

    assert told["confirmed"]
    assert len(pypdfium2.PdfDocument(file)) == told["pages"] >= len(told["letters"])
    again = demo("actions", "--date", TODAY)["messages"]
    assert not [m for m in again if m["media"] == "letter"]
    levels = {i["id"]: i["level"] for i in demo("items", "--date", TODAY)["items"]}
    for letter in told["letters"]:
        if letter["step"].startswith("R"):
            raised = [levels[i["id"]] for i in letter["items"] if i["left_cents"] > 0]
            assert set(raised) == {int(letter["step"][1:])}


def test_letters_not_confirmed_count_for_nothing_but_wait(
    demo: Command, tmp_path: Path
) -> None:
    before = {i["id"]: i["level"] for i in demo("items")["items"]}

    demo("letters", "--out", str(tmp_path / "l.pdf"), "--date", TODAY)

    assert {i["id"]: i["level"] for i in demo("items")["items"]} == before
    left_out = demo("actions", "--date", TODAY)["left_out"]
    assert "pending_message" in {group["reason"] for group in left_out}


def test_nothing_of_the_demo_leaves_the_machine_though_all_is_shown_sent(
    demo: Command,
) -> None:
    due = [
        m for m in demo("actions", "--date", TODAY)["messages"] if m["media"] == "email"
    ]

    told = demo("send", "--date", TODAY)

    assert told["sent"] == len(due) > 0
    assert demo("send", "--date", TODAY)["sent"] == 0


@pytest.mark.parametrize("limit", [(), ("--max", "4")])
def test_a_dry_run_lists_exactly_what_the_real_run_then_sends(
    demo: Command, limit: tuple[str, ...]
) -> None:
    demo("send", "--max", "2", "--date", TODAY)  # the others wait in the outbox
    with_more = demo("send", "--dry-run", *limit, "--date", TODAY)["messages"]
    sent = demo("send", *limit, "--date", TODAY)["messages"]

    assert json.dumps(with_more) == json.dumps(sent)
    assert len(sent) == 4 if limit else len(sent) > 4


def test_a_dry_run_of_a_fresh_day_lists_what_the_real_run_sends(demo: Command) -> None:
    would = demo("send", "--dry-run", "--date", TODAY)["messages"]

    assert json.dumps(would) == json.dumps(demo("send", "--date", TODAY)["messages"])


def test_no_email_is_sent_on_a_sunday_unless_asked_even_today(demo: Command) -> None:
    sunday = ("--date", "2026-11-22")

    assert demo("send", "--dry-run", "--even-today", *sunday)["messages"]
    for dry_run in ((), ("--dry-run",)):
        sentence = demo.refused("send", *dry_run, *sunday)
        assert "dimanche" in sentence
        assert "23/11/2026" in sentence
    assert demo("send", "--even-today", *sunday)["sent"] > 0


def test_letters_are_printed_on_a_sunday(demo: Command, tmp_path: Path) -> None:
    made = demo("letters", "--out", str(tmp_path / "c.pdf"), "--date", "2026-11-22")

    assert made["letters"]


def test_sending_stops_at_the_number_asked(demo: Command) -> None:
    assert demo("send", "--max", "3", "--date", TODAY)["sent"] == 3


def test_sending_without_a_mail_server_is_refused_with_what_to_do(
    command: Command, tmp_path: Path
) -> None:
    command("import", str(a_fec(tmp_path)), "--entity", "Menuiserie Exemple")

    assert "Menuiserie Exemple" in command.refused("send")


def test_old_data_are_refused_unless_accepted(demo: Command, tmp_path: Path) -> None:
    later = (date.fromisoformat(TODAY) + timedelta(days=11)).isoformat()
    out = str(tmp_path / "l.pdf")

    assert "20/11/2026" in demo.refused("letters", "--out", out, "--date", later)
    demo("letters", "--out", out, "--date", later, "--accept-old-data")


def test_explanations_name_a_reason_for_all_but_what_is_proposed(
    demo: Command,
) -> None:
    for client in demo("clients")["clients"][:30]:
        told = demo("explain", "--client", client["code"], "--date", TODAY)
        for item in told["items"]:
            assert bool(item["reasons"]) != item["proposed"]


def test_an_unknown_customer_or_firm_is_named_in_the_refusal(demo: Command) -> None:
    assert "ZZZ" in demo.refused("explain", "--client", "ZZZ")
    assert "Personne" in demo.refused("status", "--entity", "Personne")


def test_the_workbook_written_then_read_gives_the_same_books(
    command: Command, demo: Command, tmp_path: Path
) -> None:
    file = tmp_path / "classeur.xlsx"
    demo("workbook", "export", str(file), "--date", TODAY)
    other = Command(tmp_path / "other", command.capsys)
    told = other(
        "workbook", "import", str(file), "--entity", "Reprise", "--date", TODAY
    )
    again = tmp_path / "classeur2.xlsx"
    other("workbook", "export", str(again), "--date", TODAY)

    demo_balances = {c["code"]: c["balance_cents"] for c in demo("clients")["clients"]}
    balances = {c["code"]: c["balance_cents"] for c in other("clients")["clients"]}
    assert balances == {k: v for k, v in demo_balances.items() if k in balances}
    assert sum(balances.values()) == sum(demo_balances.values())
    assert told["faults"] == []
    files = Outside().files
    first = files.read("1.xlsx", file.read_bytes())
    second = files.read("2.xlsx", again.read_bytes())
    assert second.past_reminders == first.past_reminders
    assert nameless(second.lines) == nameless(first.lines)


def nameless(lines: list[SourceLine]) -> list[SourceLine]:
    """Forget names: no tab gives that of a customer with a recipient, never chased."""
    return [replace(line, customer_name="") for line in lines]


def test_a_backup_is_the_same_books(demo: Command, tmp_path: Path) -> None:
    copy = tmp_path / "copy" / "relance.db"
    copy.parent.mkdir()

    demo("backup", str(copy))

    restored = Command(copy.parent, demo.capsys)
    assert restored("clients") == demo("clients")
    assert restored("check")["problems"] == []
