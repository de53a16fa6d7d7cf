"""What use cases need from outside, and nothing more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.basics.identifiers import (
    ActivityId,
    BatchId,
    CustomerId,
    DocumentId,
    EntityId,
    ImportId,
    ItemId,
    MessageId,
)
from domain.basics.tables import TableContent, TableFormat
from domain.customers.activity import Activity, ActivityItem
from domain.customers.agreements import Dispute, Hold, Note, Promise
from domain.customers.customer import Contact, Customer
from domain.customers.customer_line import CustomerFilter, CustomerPage, CustomerSort
from domain.dunning.letter import LetterBatch, LetterContent
from domain.dunning.outbox import (
    Batch,
    DeliveryReport,
    MessageState,
    OutboxItem,
    OutboxMessage,
)
from domain.dunning.position import LevelChange
from domain.dunning.profile import Profile
from domain.dunning.scenario import Scenario
from domain.dunning.texts import MessageText
from domain.files import Attachment, InvoiceFiles, WatchedFolder
from domain.ledger.allocation import Allocation
from domain.ledger.entity import DunningOptions, Entity
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import ImportRecord, SourceFile
from domain.ledger.mapping import Mapping as TableMapping
from domain.ledger.mapping import TableFile
from domain.ledger.open_item import OpenItem
from domain.ledger.workbook import WorkbookContent, WorkbookTab, WorkbookWritten


class EntityStore(Protocol):
    """Firms and the options they chose."""

    def all(self) -> list[Entity]: ...
    def get(self, entity_id: EntityId) -> Entity: ...
    def named(self, name: str) -> Entity | None: ...
    def save(self, entity: Entity) -> None: ...
    def options(self, entity_id: EntityId) -> DunningOptions: ...
    def save_options(self, entity_id: EntityId, options: DunningOptions) -> None: ...
    def automatic_payment_modes(self, entity_id: EntityId) -> frozenset[str]: ...
    def save_payment_mode(
        self, entity_id: EntityId, code: str, *, automatic: bool
    ) -> None: ...


class CustomerStore(Protocol):
    """Customers and their contacts."""

    def all(self, entity_id: EntityId) -> list[Customer]: ...
    def get(self, customer_id: CustomerId) -> Customer: ...
    def save_many(self, customers: Iterable[Customer]) -> None: ...
    def contacts(self, entity_id: EntityId) -> list[Contact]: ...
    def contacts_of(self, customer_id: CustomerId) -> list[Contact]: ...
    def save_contacts(self, contacts: Iterable[Contact]) -> None: ...
    def search(self, entity_id: EntityId, words: str, limit: int) -> list[Customer]: ...
    def page(
        self,
        entity_id: EntityId,
        today: date,
        *,
        search: str = "",
        sort: CustomerSort = CustomerSort.CODE,
        descending: bool = False,
        limit: int = 50,
        offset: int = 0,
        only: CustomerFilter = CustomerFilter.ALL,
    ) -> CustomerPage:
        """Read one page of customers, with the totals of the whole list."""
        ...


class LedgerStore(Protocol):
    """Entries as imported, and the open items that follow from them."""

    def entries(self, entity_id: EntityId) -> list[LedgerEntry]: ...
    def entries_of(self, customer_id: CustomerId) -> list[LedgerEntry]: ...
    def save_entries(self, entries: Iterable[LedgerEntry]) -> None: ...
    def remove_entries(self, ids: Iterable[ItemId]) -> None: ...
    def items(self, entity_id: EntityId) -> list[OpenItem]: ...
    def open_items(self, entity_id: EntityId) -> list[OpenItem]: ...
    def items_of(self, customer_id: CustomerId) -> list[OpenItem]: ...
    def get_items(self, ids: Iterable[ItemId]) -> list[OpenItem]: ...
    def replace_items(self, entity_id: EntityId, items: Iterable[OpenItem]) -> None: ...
    def replace_allocations(
        self, entity_id: EntityId, allocations: Iterable[Allocation]
    ) -> None: ...
    def allocations_of(self, customer_id: CustomerId) -> list[Allocation]: ...
    def excluded(self, entity_id: EntityId) -> frozenset[ItemId]: ...
    def set_excluded(self, item_id: ItemId, *, excluded: bool) -> None: ...


class AgreementStore(Protocol):
    """Holds, disputes, promises and notes."""

    def holds(self, entity_id: EntityId) -> list[Hold]: ...
    def save_hold(self, hold: Hold) -> None: ...
    def disputes(self, entity_id: EntityId) -> list[Dispute]: ...
    def save_dispute(self, dispute: Dispute) -> None: ...
    def promises(self, entity_id: EntityId) -> list[Promise]: ...
    def save_promise(self, promise: Promise) -> None: ...
    def notes_of(self, customer_id: CustomerId) -> list[Note]: ...
    def save_note(self, note: Note) -> None: ...


class ScenarioStore(Protocol):
    """Profiles, scenarios and the firm's wordings."""

    def profiles(self, entity_id: EntityId) -> list[Profile]: ...
    def save_profile(self, profile: Profile) -> None: ...
    def scenarios(self, entity_id: EntityId) -> list[Scenario]: ...
    def save_scenario(self, scenario: Scenario) -> None: ...
    def texts(self, entity_id: EntityId) -> list[MessageText]: ...
    def save_text(self, text: MessageText) -> None: ...


class ActivityStore(Protocol):
    """The history; only ever added to."""

    def record(self, activity: Activity, items: Sequence[ActivityItem] = ()) -> None:
        """Add an activity and the items it names."""
        ...

    def of(self, customer_id: CustomerId) -> list[Activity]: ...
    def all(self, entity_id: EntityId) -> list[Activity]: ...
    def all_items(self, entity_id: EntityId) -> list[ActivityItem]: ...
    def items_of(self, activity_id: ActivityId) -> list[ActivityItem]: ...
    def last_contacts(self, entity_id: EntityId) -> Mapping[CustomerId, date]: ...
    def record_levels(self, changes: Iterable[LevelChange]) -> None: ...
    def level_history(
        self, entity_id: EntityId
    ) -> Mapping[ItemId, list[LevelChange]]: ...


class OutboxStore(Protocol):
    """Messages on their way, batches, and the files made of them."""

    def add(self, message: OutboxMessage, items: Sequence[OutboxItem]) -> bool:
        """Queue a message; False when the same one is already there."""
        ...

    def get(self, message_id: MessageId) -> OutboxMessage: ...
    def save(self, message: OutboxMessage) -> None: ...
    def take(self, message_id: MessageId, now: datetime) -> bool:
        """Mark a queued message as being sent; False when someone else did."""
        ...

    def all(
        self, entity_id: EntityId, states: Sequence[MessageState]
    ) -> list[OutboxMessage]: ...
    def in_state(self, state: MessageState) -> list[OutboxMessage]: ...
    def items_of(self, message_id: MessageId) -> list[OutboxItem]: ...
    def pending_items(self, entity_id: EntityId) -> frozenset[ItemId]: ...
    def of_batch(self, batch_id: BatchId) -> list[OutboxMessage]: ...
    def save_batch(self, batch: Batch) -> None: ...
    def get_batch(self, batch_id: BatchId) -> Batch: ...
    def batches(self, entity_id: EntityId) -> list[Batch]: ...
    def save_document(self, name: str, mime: str, content: bytes) -> DocumentId: ...
    def document(self, document_id: DocumentId) -> bytes: ...


class ImportStore(Protocol):
    """Accepted imports and how to take the last one back."""

    def record(
        self,
        imported: ImportRecord,
        before: Mapping[ItemId, LedgerEntry | None],
    ) -> None:
        """Keep an import, with what each entry it touched was before."""
        ...

    def last(self, entity_id: EntityId) -> ImportRecord | None: ...
    def all(self, entity_id: EntityId) -> list[ImportRecord]: ...
    def before(self, import_id: ImportId) -> Mapping[ItemId, LedgerEntry | None]: ...
    def save(self, imported: ImportRecord) -> None: ...


class SettingStore(Protocol):
    """Choices of the app itself, as text by name."""

    def get(self, name: str, default: str = "") -> str: ...
    def set(self, name: str, value: str) -> None: ...


class Books(Protocol):
    """One file of books: its stores, and the transaction that binds them."""

    def atomic(self) -> AbstractContextManager[None]: ...
    @property
    def entities(self) -> EntityStore: ...
    @property
    def customers(self) -> CustomerStore: ...
    @property
    def ledger(self) -> LedgerStore: ...
    @property
    def agreements(self) -> AgreementStore: ...
    @property
    def scenarios(self) -> ScenarioStore: ...
    @property
    def activities(self) -> ActivityStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def imports(self) -> ImportStore: ...
    @property
    def settings(self) -> SettingStore: ...
    def backup(self, file: str) -> None:
        """Copy the books into a file, checked, whole or not at all."""
        ...

    def keep_copy(self) -> None:
        """Keep a dated copy beside the books, the last ten; between transactions."""
        ...

    def check(self) -> list[str]:
        """Verify structure, links and sums; list what is wrong."""
        ...

    def close(self) -> None: ...


class LedgerFiles(Protocol):
    """Reads accounting files, and writes workbooks and tables."""

    def read(self, name: str, content: bytes) -> SourceFile:
        """Recognise and read a file.

        Raises:
            UnreadableFileError: it is none of the formats known, or damaged.
        """
        ...

    def table(self, name: str, content: bytes) -> TableFile:
        """Open any table, its meaning not known yet.

        Raises:
            UnreadableFileError: it holds no table, or it is damaged.
        """
        ...

    def read_mapped(
        self, table: TableFile, mapping: TableMapping, name: str
    ) -> SourceFile:
        """Read a table as its mapping says; bad rows are told."""
        ...

    def invoices(self, folder: str) -> InvoiceFiles:
        """List the folder of a firm's invoices; an empty name finds nothing."""
        ...

    def write_workbook(self, workbook: WorkbookContent) -> bytes: ...
    def update_workbook(
        self, file: str, workbook: WorkbookContent, tabs: Collection[WorkbookTab]
    ) -> WorkbookWritten:
        """Refresh tabs of the user's own workbook; refused, it stays as it was."""
        ...

    def write_table(self, table: TableContent, kind: TableFormat) -> bytes: ...


class ProgressTold(Protocol):
    """Called after each letter; returning False stops."""

    def __call__(self, done: int, total: int) -> bool: ...


class Documents(Protocol):
    """Makes what customers receive."""

    def letter_batch(
        self, letters: Sequence[LetterContent], progress: ProgressTold | None = None
    ) -> LetterBatch: ...
    def pictures(self, pdf: bytes) -> list[bytes]:
        """Draw each page as a PNG, to be read on screen."""
        ...

    def letter_html(self, letter: LetterContent) -> str: ...
    def email_html(self, letter: LetterContent) -> str: ...
    def email_text(self, letter: LetterContent) -> str: ...
    def printable_logo(self, content: bytes) -> tuple[bytes, str]:
        """Reduce a picture to what letters print; give its kind (MIME) too.

        Raises:
            LogoUnreadableError: it is no picture, or too large a one.
        """
        ...

    def starting_texts(self) -> Mapping[tuple[str, str, str], tuple[str, str]]:
        """Read the wordings that ship: (key, channel, language) → subject, body."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailContent:
    """An e-mail before it becomes bytes."""

    message_id: str
    """Without angle brackets."""
    sender_name: str
    sender_address: str
    recipient: str
    copies: tuple[str, ...] = ()
    subject: str
    text: str
    html: str
    date: datetime
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccount:
    """How to reach the firm's mail server; the password is elsewhere."""

    host: str
    port: int
    security: str
    """"ssl", "starttls" or "none" (loopback only)."""
    user: str
    sender_name: str
    sender_address: str


class MailGateway(Protocol):
    """Builds and hands over e-mails."""

    def build(self, email: EmailContent) -> bytes: ...
    def check_address(self, address: str) -> str:
        """Say what is odd about an address; empty when nothing is."""
        ...

    def deliver(
        self, account: SmtpAccount, message: bytes, recipients: Sequence[str]
    ) -> DeliveryReport:
        """Make one attempt; the connection may be reused by the next one."""
        ...

    def test(self, account: SmtpAccount) -> DeliveryReport:
        """Log in, send nothing."""
        ...

    def close(self) -> None: ...
    def password(self, account: SmtpAccount) -> str: ...
    def save_password(self, account: SmtpAccount, password: str) -> None: ...


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

    def data_folder(self, chosen: str | None, *, demo: bool) -> str:
        """Tell where the books live: as chosen, else the platform's own place."""
        ...

    @property
    def files(self) -> LedgerFiles: ...
    @property
    def watched_folder(self) -> WatchedFolder: ...
    @property
    def documents(self) -> Documents: ...
    @property
    def mail(self) -> MailGateway: ...
