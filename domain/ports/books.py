"""What the books keep, store by store."""

from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol, TypeVar

from domain.basics.identifiers import (
    ContactId,
    CustomerId,
    EntityId,
    ImportId,
    ItemId,
)
from domain.basics.listing import ListPage, ListQuery
from domain.basics.progress import Count, uncounted
from domain.copies import CopyReason
from domain.customers.activity_line import SendingLine
from domain.customers.agreement_lines import DisputeLine, PromiseLine
from domain.customers.customer import Contact, Customer
from domain.customers.customer_line import CustomerLine
from domain.customers.free_fields import ItemFields
from domain.customers.item_line import ItemLine
from domain.customers.people_changes import PeopleChanges
from domain.dunning.letter_layout import LetterLayout
from domain.ledger.allocation import Allocation
from domain.ledger.entity import DunningOptions, Entity
from domain.ledger.entry import LedgerEntry
from domain.ledger.import_report import ImportRecord
from domain.ledger.invoice_file import InvoiceFile
from domain.ledger.open_item import OpenItem
from domain.ledger.payment_modes import PaymentMode
from domain.ledger.receipt import Receipt
from domain.ports.dunning_stores import (
    ActivityStore,
    AgreementStore,
    CallStore,
    IncomingStore,
    JournalStore,
    OutboxStore,
    RateStore,
    ScenarioStore,
)
from domain.ports.figures import FigureStore
from domain.ports.personal import PersonalStore

T = TypeVar("T")


class EntityStore(Protocol):
    """Firms and the options they chose."""

    def all(self) -> list[Entity]: ...
    def get(self, entity_id: EntityId) -> Entity: ...
    def named(self, name: str) -> Entity | None: ...
    def save(self, entity: Entity) -> None: ...
    def options(self, entity_id: EntityId) -> DunningOptions: ...
    def save_options(self, entity_id: EntityId, options: DunningOptions) -> None: ...
    def letter_layout(self, entity_id: EntityId) -> LetterLayout:
        """Tell how a firm's letters look; the layout that ships, unless changed."""
        ...

    def save_letter_layout(self, entity_id: EntityId, layout: LetterLayout) -> None: ...
    def automatic_payment_modes(self, entity_id: EntityId) -> frozenset[str]: ...
    def payment_modes(self, entity_id: EntityId) -> list[PaymentMode]: ...
    def save_payment_modes(
        self, entity_id: EntityId, modes: Iterable[PaymentMode]
    ) -> None: ...
    def payment_modes_met(self, entity_id: EntityId) -> Mapping[str, int]:
        """Count the open invoices of each payment mode that the books name."""
        ...


class CustomerStore(Protocol):
    """Customers and their contacts."""

    def all(self, entity_id: EntityId) -> list[Customer]: ...
    def get(self, customer_id: CustomerId) -> Customer: ...
    def save_many(self, customers: Iterable[Customer]) -> None: ...
    def contacts(self, entity_id: EntityId) -> list[Contact]: ...
    def contacts_of(self, customer_id: CustomerId) -> list[Contact]: ...
    def save_contacts(self, contacts: Iterable[Contact]) -> None: ...
    def removed_contacts(self, entity_id: EntityId) -> frozenset[ContactId]: ...
    def item_fields(self, entity_id: EntityId) -> list[ItemFields]: ...
    def item_fields_of(self, customer_id: CustomerId) -> list[ItemFields]: ...
    def save_item_fields(self, fields: ItemFields) -> None: ...
    def remove_contacts(self, ids: Iterable[ContactId]) -> None: ...
    def remove_unused(self, ids: Collection[CustomerId]) -> None:
        """Remove those of these customers that nothing in the books names."""
        ...

    def search(self, entity_id: EntityId, words: str, limit: int) -> list[Customer]: ...


class LedgerStore(Protocol):
    """Entries as imported, and the open items that follow from them."""

    def entries(self, entity_id: EntityId) -> list[LedgerEntry]: ...
    def each_entry(self, entity_id: EntityId) -> Iterator[LedgerEntry]:
        """Read the entries one at a time: there may be a million."""
        ...

    def entries_of(self, customer_id: CustomerId) -> list[LedgerEntry]: ...
    def save_entries(self, entries: Iterable[LedgerEntry]) -> None: ...
    def remove_entries(self, ids: Iterable[ItemId]) -> None: ...
    def items(self, entity_id: EntityId) -> list[OpenItem]: ...
    def open_items(self, entity_id: EntityId) -> list[OpenItem]: ...
    def live_items(self, entity_id: EntityId, since: date) -> list[OpenItem]:
        """List the items open, or settled since a day, customer by customer."""
        ...

    def items_of(self, customer_id: CustomerId) -> list[OpenItem]: ...
    def open_items_of(self, customers: Iterable[CustomerId]) -> list[OpenItem]: ...
    def items_since(
        self, entity_id: EntityId, customers: Iterable[CustomerId], since: date
    ) -> list[OpenItem]:
        """List what is open or promised, and since a day, credits and what settled."""
        ...

    def get_items(self, ids: Iterable[ItemId]) -> list[OpenItem]: ...
    def replace_items(
        self,
        entity_id: EntityId,
        items: Iterable[OpenItem],
        each: Count = uncounted,
    ) -> None: ...
    def replace_allocations(
        self,
        entity_id: EntityId,
        allocations: Iterable[Allocation],
        each: Count = uncounted,
    ) -> None: ...
    def allocations_of(self, customer_id: CustomerId) -> list[Allocation]: ...
    def allocations_to(self, items: Iterable[ItemId]) -> list[Allocation]:
        """List what settled some items."""
        ...

    def excluded(self, entity_id: EntityId) -> frozenset[ItemId]: ...
    def set_excluded(self, item_id: ItemId, *, excluded: bool) -> None: ...


class ImportStore(Protocol):
    """Accepted imports and how to take the last one back."""

    def record(
        self,
        imported: ImportRecord,
        touched: Iterable[ItemId],
        before: Mapping[ItemId, LedgerEntry],
    ) -> None:
        """Keep an import, with what the entries it touched were before, if at all."""
        ...

    def record_people(self, import_id: ImportId, changes: PeopleChanges) -> None: ...
    def people_changes(self, import_id: ImportId) -> PeopleChanges: ...
    def last(self, entity_id: EntityId) -> ImportRecord | None:
        """Find the latest import of entries that was not taken back."""
        ...

    def all(self, entity_id: EntityId) -> list[ImportRecord]: ...
    def before(self, import_id: ImportId) -> Mapping[ItemId, LedgerEntry | None]: ...
    def save(self, imported: ImportRecord) -> None: ...


class InvoiceFileStore(Protocol):
    """What was read in the PDFs of each firm's invoices."""

    def marks(self, entity_id: EntityId) -> Mapping[str, tuple[int, int]]:
        """Tell the size and the date of each file when it was read."""
        ...

    def all(self, entity_id: EntityId) -> list[InvoiceFile]: ...
    def with_keys(self, entity_id: EntityId, keys: Iterable[str]) -> list[InvoiceFile]:
        """Read the files that bear one of these keys of invoice_matching."""
        ...

    def named(self, entity_id: EntityId, name: str) -> InvoiceFile | None: ...
    def save(self, files: Iterable[InvoiceFile]) -> None: ...
    def remove(self, entity_id: EntityId, names: Iterable[str]) -> None: ...


class ListStore(Protocol):
    """Pages of lists, with the totals of whole lists."""

    def customers(
        self,
        entity_id: EntityId,
        today: date,
        query: ListQuery,
        *,
        options: DunningOptions,
        limits: Sequence[int],
        only_owing: bool,
    ) -> ListPage[CustomerLine]:
        """Read customers; ``limits`` part what is overdue by age."""
        ...

    def receipts(
        self, entity_id: EntityId, today: date, query: ListQuery
    ) -> ListPage[Receipt]: ...
    def promises(
        self, entity_id: EntityId, today: date, query: ListQuery
    ) -> ListPage[PromiseLine]: ...
    def disputes(
        self, entity_id: EntityId, today: date, query: ListQuery
    ) -> ListPage[DisputeLine]: ...
    def sendings(self, entity_id: EntityId, query: ListQuery) -> ListPage[SendingLine]:
        """Read messages, those of the outbox included."""
        ...

    def items(
        self,
        entity_id: EntityId,
        today: date,
        query: ListQuery,
        options: DunningOptions,
    ) -> ListPage[ItemLine]:
        """Read open items."""
        ...

    def filter_values(self, entity_id: EntityId) -> Mapping[str, Sequence[str]]:
        """List what customers can be filtered by, by name of filter."""
        ...


class SettingStore(Protocol):
    """Choices of the app itself, as text by name."""

    def get(self, name: str, default: str = "") -> str: ...
    def set(self, name: str, value: str) -> None: ...
    def starting(self, start: str) -> Mapping[str, str]:
        """Read those whose name starts so."""
        ...


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
    def calls(self) -> CallStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def journal(self) -> JournalStore: ...
    @property
    def incoming(self) -> IncomingStore: ...
    @property
    def imports(self) -> ImportStore: ...
    @property
    def invoice_files(self) -> InvoiceFileStore: ...
    @property
    def lists(self) -> ListStore: ...
    @property
    def personal(self) -> PersonalStore: ...
    @property
    def rates(self) -> RateStore: ...
    @property
    def settings(self) -> SettingStore: ...
    @property
    def figures(self) -> FigureStore: ...
    def remembered(self, question: Hashable, find: Callable[[], T]) -> T:
        """Find an answer, unless it was found and nothing was written since.

        What is remembered must be small, and follow from the books and the question.
        """
        ...

    def backup(self, file: str) -> None:
        """Copy the books into one file, with what was sent, checked, or not at all."""
        ...

    def take_documents_out(self) -> None:
        """Move files that an older version, or a copy, keeps inside the books."""
        ...

    def keep_copy(self, reason: CopyReason = CopyReason.IMPORT) -> None:
        """Keep a dated copy, and of the older ones some; between transactions.

        Raises:
            FileNotWrittenError: there is no room for it, or no way to write there.
        """
        ...

    def keep_daily_copy(self) -> bool:
        """Keep a dated copy if today has none; tells whether one was made."""
        ...

    def check(self) -> list[str]:
        """Verify structure, links and sums; list what is wrong."""
        ...

    def close(self) -> None: ...
