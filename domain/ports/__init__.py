"""What use cases need from outside, and nothing more."""

from domain.ports.books import (
    Books,
    CustomerStore,
    EntityStore,
    ImportStore,
    InvoiceFileStore,
    LedgerStore,
    SettingStore,
)
from domain.ports.documents import (
    Documents,
    ProgressTold,
)
from domain.ports.dunning_stores import (
    ActivityStore,
    AgreementStore,
    CallStore,
    JournalStore,
    OutboxStore,
    RateStore,
    ScenarioStore,
)
from domain.ports.files import (
    LedgerFiles,
)
from domain.ports.mail import (
    EmailContent,
    MailGateway,
    Picture,
    SmtpAccount,
)
from domain.ports.outside import (
    Outside,
)

__all__ = (
    "ActivityStore",
    "AgreementStore",
    "Books",
    "CallStore",
    "CustomerStore",
    "Documents",
    "EmailContent",
    "EntityStore",
    "ImportStore",
    "InvoiceFileStore",
    "JournalStore",
    "LedgerFiles",
    "LedgerStore",
    "MailGateway",
    "OutboxStore",
    "Outside",
    "Picture",
    "ProgressTold",
    "RateStore",
    "ScenarioStore",
    "SettingStore",
    "SmtpAccount",
)
