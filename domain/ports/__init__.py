"""What use cases need from outside, and nothing more."""

from domain.copies import BookCopies
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
    IncomingStore,
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
from domain.ports.mail_hosts import (
    MailHost,
    MailHosts,
    MailServer,
)
from domain.ports.mailbox import (
    ImapAccount,
    KeptCopies,
    MailboxGateway,
    MailboxMark,
    MailboxReading,
    SentCopy,
)
from domain.ports.outside import (
    Outside,
)
from domain.ports.sign_in import (
    OAuthClient,
    Provider,
    SignInGateway,
    SignInWords,
)

__all__ = (
    "ActivityStore",
    "AgreementStore",
    "BookCopies",
    "Books",
    "CallStore",
    "CustomerStore",
    "Documents",
    "EmailContent",
    "EntityStore",
    "ImapAccount",
    "ImportStore",
    "IncomingStore",
    "InvoiceFileStore",
    "JournalStore",
    "KeptCopies",
    "LedgerFiles",
    "LedgerStore",
    "MailGateway",
    "MailHost",
    "MailHosts",
    "MailServer",
    "MailboxGateway",
    "MailboxMark",
    "MailboxReading",
    "OAuthClient",
    "OutboxStore",
    "Outside",
    "Picture",
    "ProgressTold",
    "Provider",
    "RateStore",
    "ScenarioStore",
    "SentCopy",
    "SettingStore",
    "SignInGateway",
    "SignInWords",
    "SmtpAccount",
)
