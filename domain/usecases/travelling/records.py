"""What each part of a file of settings holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from domain.basics.sentences import N_
from domain.customers.free_fields import FieldNames
from domain.dunning.courtesy import Courtesy
from domain.dunning.letter_layout import LetterLayout
from domain.dunning.profile import Profile
from domain.dunning.rates import PublishedRate
from domain.dunning.scenario import DunningStep, Scenario
from domain.dunning.throttle import SendingLimits
from domain.ledger.entity import DunningOptions, Entity
from domain.ledger.payment_modes import PaymentMode
from domain.ports import ImapAccount, SmtpAccount
from domain.usecases.automatic import SendingHours
from domain.usecases.list_choices import ListChoices
from domain.usecases.synchronising import SyncSettings


class Part(StrEnum):
    """A part of the settings, and of a file of settings; in the order of writing."""

    COMPANY = "company"
    LETTERS = "letters"
    TEMPLATES = "templates"
    SCENARIOS = "scenarios"
    REMINDERS = "reminders"
    PAYMENTS = "payments"
    MAIL = "mail"
    LISTS = "lists"
    FILES = "files"


PART_NAMES: Mapping[Part, str] = MappingProxyType(
    {
        Part.COMPANY: N_("Company: identity, address, bank, terms"),
        Part.LETTERS: N_("Letters: layout, logo, signature"),
        Part.TEMPLATES: N_("Templates of messages"),
        Part.SCENARIOS: N_("Scenarios and profiles"),
        Part.REMINDERS: N_("Reminders: thresholds, courtesy, sending hours"),
        Part.PAYMENTS: N_("Payment modes and rates of interest"),
        Part.MAIL: N_("Mail: servers and limits, without any password"),
        Part.LISTS: N_("Lists: columns, filters, colours, free fields"),
        Part.FILES: N_("Files: watched folder, known columns"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanySettings:
    """Who the firm is, and how it is paid."""

    entity: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSettings:
    """How letters look; their pictures stand in files of their own."""

    layout: LetterLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioSettings:
    """Profiles, and the scenarios that they follow, known by their names."""

    profiles: tuple[Profile, ...]
    scenarios: tuple[Scenario, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSettings:
    """The limits within which reminders are proposed, and when they leave."""

    options: DunningOptions
    courtesy: Courtesy
    hours: SendingHours


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSettings:
    """Payment modes, and the rates of interest that a person typed."""

    modes: tuple[PaymentMode, ...]
    rates: tuple[PublishedRate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The firm's servers; passwords are in the keyring, and never leave it."""

    smtp: SmtpAccount | None = None
    imap: ImapAccount | None = None
    limits: SendingLimits | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSettings:
    """Columns, saved filters, colours of levels, names of free fields."""

    field_names: FieldNames
    lists: Mapping[str, ListChoices] = field(default_factory=dict)
    page_sizes: Mapping[str, int] = field(default_factory=dict)
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names of families chosen here, by those that files give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptColumns:
    """What was said of the columns of one kind of file."""

    kind: str
    columns: tuple[str, ...]
    complete_state: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSettings:
    """How files are followed and read."""

    sync: SyncSettings
    columns: Mapping[str, KeptColumns] = field(default_factory=dict)
    """By signature of the headings."""
    workbook: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSetting:
    """A template, as its own file holds it."""

    key: str
    channel: str
    language: str
    tone: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSettings:
    """What messages say."""

    templates: tuple[TextSetting, ...]


PartRecord = (
    CompanySettings
    | LetterSettings
    | TemplateSettings
    | ScenarioSettings
    | ReminderSettings
    | PaymentSettings
    | MailSettings
    | ListSettings
    | FileSettings
)

RECORDS: Mapping[Part, type[PartRecord]] = MappingProxyType(
    {
        Part.COMPANY: CompanySettings,
        Part.LETTERS: LetterSettings,
        Part.TEMPLATES: TemplateSettings,
        Part.SCENARIOS: ScenarioSettings,
        Part.REMINDERS: ReminderSettings,
        Part.PAYMENTS: PaymentSettings,
        Part.MAIL: MailSettings,
        Part.LISTS: ListSettings,
        Part.FILES: FileSettings,
    }
)

_BLANK_STEP: Mapping[str, object] = {"id": "", "scenario_id": ""}
_BLANK: Mapping[str, object] = {"id": "", "entity_id": ""}
OMITTED: Mapping[type, Mapping[str, object]] = MappingProxyType(
    {
        Entity: {"id": "", "logo": None, "demo": False},
        LetterLayout: {"signature": None},
        Profile: _BLANK,
        Scenario: _BLANK,
        DunningStep: _BLANK_STEP,
        Courtesy: {"open_on": None},
        SyncSettings: {"since": None},
        ImapAccount: {"copies_since": ""},
        ListChoices: {"last_used": ""},
    }
)
"""What has no meaning in other books: identifiers, pictures, days of here."""

LOGO, SIGNATURE = "logo", "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class TravellingSettings:
    """The settings of a firm, or the parts of them that a file holds."""

    firm: str
    parts: Mapping[Part, PartRecord]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The logo and the signature, where there are any; part of the letters."""
