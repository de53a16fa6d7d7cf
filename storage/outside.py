"""Everything beyond the rules and the screens, in one object."""

from functools import cached_property
from pathlib import Path

from domain.copies import BookCopies
from domain.files import SharedPlace, WatchedFolder
from domain.ports import (
    Books,
    Documents,
    LedgerFiles,
    MailboxGateway,
    MailGateway,
    MailHosts,
    SignInGateway,
)


class Outside:
    """Opens books, reads files, makes documents, hands over mail.

    Heavy libraries are imported when a member is first used: a window that only
    shows figures never loads the PDF engine.
    """

    def open_books(self, folder: str) -> Books:
        """Open the books kept in a folder, made if need be; own thread only."""
        from storage.database.books import open_books

        return open_books(Path(folder) / "relance.db")

    def copies(self, folder: str) -> BookCopies:
        """Find the copies of the books of a folder, which may be closed or damaged."""
        from storage.database.restoring import FileCopies

        return FileCopies(Path(folder) / "relance.db")

    def data_folder(self, chosen: str | None, *, demo: bool) -> str:
        """Tell where the books live: as chosen, else the platform's own place."""
        from storage.app_folder import data_folder

        return str(data_folder(chosen, demo=demo and chosen is None))

    def shared_place(self, folder: str) -> SharedPlace | None:
        """Tell who else may write to a folder, if anybody."""
        from storage.shared_places import shared_place

        return shared_place(Path(folder)) if folder else None

    @cached_property
    def files(self) -> LedgerFiles:
        """Reads accounting files."""
        from storage.files.reading import AccountingFiles

        return AccountingFiles()

    @cached_property
    def watched_folder(self) -> WatchedFolder:
        """Finds the accounting files put in a folder."""
        from storage.files.watched_folder import PolledFolder

        return PolledFolder()

    @cached_property
    def documents(self) -> Documents:
        """Makes letters and e-mails."""
        from storage.documents.maker import DocumentMaker

        return DocumentMaker()

    @cached_property
    def mail(self) -> MailGateway:
        """Builds and hands over e-mails."""
        from storage.mail.smtp import SmtpGateway

        return SmtpGateway(sign_in=self.sign_in)

    @cached_property
    def mailbox(self) -> MailboxGateway:
        """Reads the firm's mailbox, and never changes it."""
        from storage.mail.imap import ImapGateway

        return ImapGateway(sign_in=self.sign_in)

    @cached_property
    def mail_hosts(self) -> MailHosts:
        """Tell the mail hosts that are known."""
        from storage.mail.hosts import known_hosts

        return known_hosts()

    @cached_property
    def sign_in(self) -> SignInGateway:
        """Signs in by the browser."""
        from storage.mail.sign_in import SignIns

        return SignIns()
