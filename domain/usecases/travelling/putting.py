"""Write settings that came from elsewhere, as the firm's own gestures would."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from domain.basics.identifiers import EntityId
from domain.basics.plain import PlainValueError
from domain.dunning.letter_layout import check_layout
from domain.ledger.payment_modes import PaymentMode
from domain.ports import Books
from domain.usecases.automatic import automatic_settings, save_automatic
from domain.usecases.configuring import save_entity, save_options, save_smtp_account
from domain.usecases.courtesy import save_courtesy
from domain.usecases.frame import chosen_page_sizes, save_page_sizes
from domain.usecases.free_fields import save_field_names
from domain.usecases.letter_layouts import save_letter_layout
from domain.usecases.list_choices import keep_choices, read_choices
from domain.usecases.mailbox import imap_account, save_imap_account
from domain.usecases.payment_modes import save_payment_modes
from domain.usecases.synchronising import save_sync_settings
from domain.usecases.text_files import import_texts, texts_file
from domain.usecases.throttling import save_limits
from domain.usecases.travelling.putting_scenarios import put_scenarios
from domain.usecases.travelling.records import (
    CompanySettings,
    FileSettings,
    LetterSettings,
    ListSettings,
    MailSettings,
    Part,
    PartRecord,
    PaymentSettings,
    ReminderSettings,
    ScenarioSettings,
    TemplateSettings,
)

_MONTHS = range(1, 13)
_HALVES = (1, 2)
_YEARS = range(1990, 2100)
_PAGE = range(1, 1001)
_SECURITIES = ("ssl", "starttls", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Putting:
    """Where and when settings are written, and how."""

    entity_id: EntityId
    today: date
    now: datetime
    can_be_sent_to: Callable[[str], bool]
    is_exact: bool = False
    """Whether what is not among them goes; it stays where settings are brought in."""
    is_put_back: bool = False
    """They were this firm's own: what they share with others goes back too."""


def put(books: Books, where: Putting, record: PartRecord) -> None:
    """Write one part of the settings; business rules hold as on the screens.

    Raises:
        DunningError: it cannot be so, as the screen of this part would say.
    """
    match record:
        case CompanySettings():
            _put_company(books, where, record)
        case LetterSettings():
            check_layout(record.layout)
            save_letter_layout(books, where.entity_id, record.layout)
        case TemplateSettings():
            _put_templates(books, where, record)
        case ScenarioSettings():
            put_scenarios(
                books,
                where.entity_id,
                record,
                None if where.is_put_back else where.can_be_sent_to,
                is_exact=where.is_exact,
            )
        case ReminderSettings():
            _put_reminders(books, where, record)
        case PaymentSettings():
            _put_payments(books, where, record)
        case MailSettings():
            _put_mail(books, where, record)
        case ListSettings():
            _put_lists(books, where, record)
        case FileSettings():
            _put_files(books, where, record)


def _put_company(books: Books, where: Putting, record: CompanySettings) -> None:
    if record.entity.fiscal_year_start_month not in _MONTHS:
        raise _odd(Part.COMPANY, "fiscal_year_start_month")
    mine = books.entities.get(where.entity_id)
    chosen = replace(record.entity, id=mine.id, logo=mine.logo, demo=mine.demo)
    save_entity(books, chosen)


def _put_templates(books: Books, where: Putting, record: TemplateSettings) -> None:
    words = [asdict(text) for text in record.templates]
    if words:
        import_texts(books, where.entity_id, texts_file(words), where.now)
    if where.is_exact:
        kept = {(t.key, t.channel, t.language) for t in record.templates}
        for text in books.scenarios.texts(where.entity_id):
            if (text.key, text.channel.value, text.language) not in kept:
                books.scenarios.delete_text(text.id)


def _put_reminders(books: Books, where: Putting, record: ReminderSettings) -> None:
    save_options(books, where.entity_id, record.options)
    save_courtesy(books, where.entity_id, record.courtesy)
    automatic = {
        (one.step.scenario_id, one.step.id)
        for one in automatic_settings(books, where.entity_id).steps
        if one.step.is_automatic
    }
    save_automatic(books, where.entity_id, automatic, record.hours)


def _put_payments(books: Books, where: Putting, record: PaymentSettings) -> None:
    modes = {mode.code: mode for mode in record.modes}
    known = {rate.half_year: rate for rate in record.rates}
    if any(one.half not in _HALVES or one.year not in _YEARS for one in known):
        raise _odd(Part.PAYMENTS, "rates")
    if where.is_exact:
        for mode in books.entities.payment_modes(where.entity_id):
            modes.setdefault(mode.code, PaymentMode(code=mode.code))
    if where.is_put_back:
        for rate in books.rates.all():
            if rate.typed_on and rate not in record.rates:
                books.rates.remove(rate.kind, rate.year, rate.half)
    save_payment_modes(
        books, where.entity_id, list(modes.values()), where.today, where.now
    )
    for rate in record.rates:
        books.rates.save(rate)


def _put_mail(books: Books, where: Putting, record: MailSettings) -> None:
    for name, account in (("smtp", record.smtp), ("imap", record.imap)):
        if account and account.security not in _SECURITIES:
            raise _odd(Part.MAIL, f"{name}.security")
    if record.smtp:
        save_smtp_account(books, where.entity_id, record.smtp)
    elif where.is_exact:
        books.settings.set(f"smtp/{where.entity_id}", "")
    mine = imap_account(books, where.entity_id)
    if record.imap:
        copies = mine.copies_since if mine else ""
        account = replace(record.imap, copies_since=copies)
        save_imap_account(books, where.entity_id, account)
    elif where.is_exact:
        save_imap_account(books, where.entity_id, None)
    if record.limits or where.is_exact:
        save_limits(books, where.entity_id, record.limits)


def _put_lists(books: Books, where: Putting, record: ListSettings) -> None:
    if any(size not in _PAGE for size in record.page_sizes.values()):
        raise _odd(Part.LISTS, "page_sizes")
    save_field_names(books, where.entity_id, record.field_names)
    for name, choices in record.lists.items():
        mine = read_choices(books, where.entity_id, name)
        brought = {one.name for one in choices.saved}
        others = tuple(one for one in mine.saved if one.name not in brought)
        saved = choices.saved if where.is_exact else (*choices.saved, *others)
        keep_choices(books, where.entity_id, name, replace(choices, saved=saved))
    sizes = {} if where.is_put_back else chosen_page_sizes(books)
    save_page_sizes(books, {**sizes, **record.page_sizes})
    renamed = {family: dict(names) for family, names in record.renamed.items()}
    _keep(books, f"renamed_families/{where.entity_id}", renamed)
    if where.is_exact:
        _forget_others(books, "list ", f" {where.entity_id}", record.lists)


def _put_files(books: Books, where: Putting, record: FileSettings) -> None:
    save_sync_settings(books, where.entity_id, record.sync, where.today)
    prefix = f"columns:{where.entity_id}:"
    for signature, columns in record.columns.items():
        _keep(books, f"{prefix}{signature}", asdict(columns))
    if record.workbook or where.is_exact:
        books.settings.set(f"workbook_file:{where.entity_id}", record.workbook)
    if where.is_exact:
        _forget_others(books, prefix, "", record.columns)


def _forget_others(
    books: Books, start: str, end: str, kept: Mapping[str, object]
) -> None:
    for name in books.settings.starting(start):
        is_mine = name.endswith(end)
        if is_mine and name.removeprefix(start).removesuffix(end) not in kept:
            books.settings.set(name, "")


def _keep(books: Books, name: str, values: dict[str, Any]) -> None:
    books.settings.set(name, json.dumps(values, ensure_ascii=False) if values else "{}")


def _odd(part: Part, field: str) -> PlainValueError:
    return PlainValueError(place=f"{part}.{field}")
