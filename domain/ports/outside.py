"""Everything beyond the rules and the screens, in one object."""

from typing import Protocol

from domain.copies import BookCopies
from domain.files import SharedPlace, WatchedFolder
from domain.ports.books import Books
from domain.ports.documents import Documents
from domain.ports.files import LedgerFiles
from domain.ports.mail import MailGateway
from domain.ports.mail_hosts import MailHosts
from domain.ports.mailbox import MailboxGateway
from domain.ports.sign_in import SignInGateway


class Outside(Protocol):
    """Everything beyond the rules and the screens, in one object.

    Heavy libraries are imported when a member is first used.
    """

    def open_books(self, folder: str) -> Books:
        """Open the books kept in a folder, made if need be; own thread only.

        Raises:
            BooksUnreadableError: the file is damaged or from a newer version.
        """
        ...

    def copies(self, folder: str) -> BookCopies:
        """Find the copies of the books of a folder, which may be closed or damaged."""
        ...

    def data_folder(self, chosen: str | None, *, demo: bool) -> str:
        """Tell where the books live: as chosen, else the platform's own place."""
        ...

    def shared_place(self, folder: str) -> SharedPlace | None:
        """Tell who else may write to a folder, if anybody."""
        ...

    @property
    def files(self) -> LedgerFiles: ...
    @property
    def watched_folder(self) -> WatchedFolder: ...
    @property
    def documents(self) -> Documents: ...
    @property
    def mail(self) -> MailGateway: ...
    @property
    def mailbox(self) -> MailboxGateway: ...
    @property
    def mail_hosts(self) -> MailHosts: ...
    @property
    def sign_in(self) -> SignInGateway: ...
