"""The queue with its limits off, beside plain smtplib, in one run.

All send messages with a PDF of 80 kB on one connection, to a real server in a process
of its own. The queue also looks at the books before each message, and has the disk
confirm once between two: what came of the one, and that the next is about to leave.
The second peer is smtplib with the least that a program needs to send nothing twice:
a line in a file before and after each message, both confirmed by the disk.
"""

import asyncio
import os
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from domain.basics.identifiers import customer_key
from domain.dunning.courtesy import Courtesy
from domain.files import Attachment
from domain.ports import Books, SmtpAccount
from domain.usecases.configuring import create_entity, save_smtp_account
from domain.usecases.courtesy import save_courtesy
from storage.database.books import open_books
from storage.outside import Outside
from tests.benchmarks.told import tell
from tests.builders import ENTITY_ID, TODAY, a_message, an_entity, an_outbox_item
from tests.journeys.stories import OUTSIDE, a_file, a_line, bring_in
from tests.storage.test_email_message import an_email
from ui.session import Session

COUNT = 150
ROUNDS = 5
SLOWEST = 0.25
ROOT = Path(__file__).parents[2]
SERVER = """
import sys, time
from tests.mail_server import smtp_server
with smtp_server() as server:
    print(server.port, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def account() -> Iterator[SmtpAccount]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        yield SmtpAccount(
            host="127.0.0.1",
            port=int(process.stdout.readline()),
            security="none",
            user="",
            sender_name="Société Exemple",
            sender_address="compta@example.com",
        )
        process.communicate("\n")


def prepare(books: Books, account: SmtpAccount) -> None:
    create_entity(books, an_entity(), OUTSIDE.documents.starting_texts())
    save_courtesy(books, ENTITY_ID, Courtesy())
    save_smtp_account(books, ENTITY_ID, account)
    codes = [f"C{n:03}" for n in range(COUNT)]
    day = TODAY - timedelta(60)
    lines = [a_line(f"F{c}", 120_00, day, code=c) for c in codes]
    bring_in(books, ENTITY_ID, a_file(*lines), TODAY)
    items = {item.customer_id: item for item in books.ledger.items(ENTITY_ID)}
    with books.atomic():
        for code in codes:
            customer = customer_key(ENTITY_ID, code)
            content = a_mail(code)
            message = a_message(
                customer_id=customer,
                recipient=f"{code.lower()}@client.example.com",
                document_id=books.outbox.save_document("m", "message/rfc822", content),
            )
            line = an_outbox_item(message, item_id=items[customer].id)
            books.outbox.add(message, [line])


def a_mail(code: str) -> bytes:
    pdf = Attachment(name="f.pdf", mime="application/pdf", content=os.urandom(80_000))
    return OUTSIDE.mail.build(
        an_email(message_id=f"{code}@example.com", attachments=(pdf,))
    )


def by_smtplib(account: SmtpAccount, mails: list[bytes]) -> float:
    started = perf_counter()
    with smtplib.SMTP(account.host, account.port, "[127.0.0.1]") as line:
        for mail in mails:
            line.sendmail(account.sender_address, ["c@client.example.com"], mail)
    return perf_counter() - started


def by_smtplib_with_notes(
    folder: Path, account: SmtpAccount, mails: list[bytes]
) -> float:
    started = perf_counter()
    with (
        smtplib.SMTP(account.host, account.port, "[127.0.0.1]") as line,
        (folder / "notes").open("ab", buffering=0) as notes,
    ):
        for number, mail in enumerate(mails):
            for what in (b"begins", b"left"):
                notes.write(b"%d %s\n" % (number, what))
                os.fsync(notes.fileno())
                if what == b"begins":
                    recipient = "c@client.example.com"
                    line.sendmail(account.sender_address, [recipient], mail)
    return perf_counter() - started


def by_queue(folder: Path, account: SmtpAccount) -> float:
    folder.mkdir()
    with closing(open_books(folder / "relance.db")) as books:
        prepare(books, account)
    session = Session(Outside(), str(folder), today=lambda: TODAY)

    async def send() -> float:
        await session.run(lambda books: books.entities.all())
        started = perf_counter()
        await session.postman.send(ENTITY_ID)
        assert session.postman.done == COUNT
        return perf_counter() - started

    try:
        return asyncio.run(send())
    finally:
        session.close()


def test_the_queue_beside_plain_smtplib(
    benchmark: BenchmarkFixture, account: SmtpAccount, tmp_path: Path
) -> None:
    mails = [a_mail(str(n)) for n in range(COUNT)]
    plain, noting, queue = [], [], []

    def run() -> None:
        for turn in range(ROUNDS):
            plain.append(COUNT / by_smtplib(account, mails))
            noting.append(COUNT / by_smtplib_with_notes(tmp_path, account, mails))
            queue.append(COUNT / by_queue(tmp_path / str(turn), account))

    benchmark.pedantic(run, rounds=1)  # type: ignore[no-untyped-call]

    each, alone = 1 / median(queue), 1 / median(plain)
    tell("e-mails", "an e-mail through the queue, beside smtplib", each, alone, "s")
    print(  # noqa: T201 - what the benchmark is for
        f"smtplib {median(plain):.0f}/s, with notes {median(noting):.0f}/s,"
        f" queue {median(queue):.0f}/s"
    )
    assert median(queue) >= median(plain) * SLOWEST
