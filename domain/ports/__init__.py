"""What use cases need from outside, and nothing more."""

from domain.ports.books import (
    ActivityStore,
    AgreementStore,
    Books,
    CallStore,
    CustomerStore,
    EntityStore,
    ImportStore,
    InvoiceFileStore,
    LedgerStore,
    OutboxStore,
    RateStore,
    ScenarioStore,
    SettingStore,
)
from domain.ports.documents import (
    Documents,
    ProgressTold,
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
