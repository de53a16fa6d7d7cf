"""Read all the settings of a firm, under names that mean something elsewhere."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.basics.identifiers import EntityId, PairId
from domain.ports import Books
from domain.usecases.automatic import automatic_settings
from domain.usecases.configuring import smtp_account
from domain.usecases.courtesy import courtesy_of
from domain.usecases.frame import chosen_page_sizes
from domain.usecases.free_fields import field_names
from domain.usecases.list_choices import read_choices
from domain.usecases.mailbox import imap_account
from domain.usecases.settings import show_settings
from domain.usecases.synchronising import sync_settings
from domain.usecases.text_files import texts_as_words
from domain.usecases.throttling import chosen_limits
from domain.usecases.travelling.records import (
    LOGO,
    SIGNATURE,
    CompanySettings,
    FileSettings,
    KeptColumns,
    LetterSettings,
    ListSettings,
    MailSettings,
    Part,
    PartRecord,
    PaymentSettings,
    ReminderSettings,
    ScenarioSettings,
    TemplateSettings,
    TextSetting,
    TravellingSettings,
)


def gather(books: Books, entity_id: EntityId) -> TravellingSettings:
    """Read all the settings of a firm; passwords are not among them."""
    return TravellingSettings(
        firm=books.entities.get(entity_id).name,
        parts={part: read(books, entity_id) for part, read in _READERS.items()},
        pictures=pictures_of(books, entity_id),
    )


def pictures_of(books: Books, entity_id: EntityId) -> dict[str, bytes]:
    """Read the pictures that letters bear."""
    names = {
        LOGO: books.entities.get(entity_id).logo,
        SIGNATURE: books.entities.letter_layout(entity_id).signature,
    }
    return {
        name: books.outbox.document(document_id)
        for name, document_id in names.items()
        if document_id
    }


def _company(books: Books, entity_id: EntityId) -> CompanySettings:
    return CompanySettings(entity=show_settings(books, entity_id).entity)


def _letters(books: Books, entity_id: EntityId) -> LetterSettings:
    return LetterSettings(layout=books.entities.letter_layout(entity_id))


def _templates(books: Books, entity_id: EntityId) -> TemplateSettings:
    return TemplateSettings(
        templates=tuple(
            sorted(
                (TextSetting(**words) for words in texts_as_words(books, entity_id)),
                key=lambda text: (text.key, text.channel, text.language),
            )
        )
    )


def _scenarios(books: Books, entity_id: EntityId) -> ScenarioSettings:
    columns = books.scenarios.scenarios(entity_id)
    names: dict[PairId | None, PairId] = {c.pair_id: PairId(c.name) for c in columns}
    return ScenarioSettings(
        profiles=tuple(
            replace(profile, pair_id=names.get(profile.pair_id))
            for profile in sorted(
                books.scenarios.profiles(entity_id), key=lambda p: p.name.casefold()
            )
        ),
        scenarios=tuple(
            replace(column, pair_id=PairId(column.name))
            for column in sorted(columns, key=lambda c: (c.name, not c.with_email))
        ),
    )


def _reminders(books: Books, entity_id: EntityId) -> ReminderSettings:
    return ReminderSettings(
        options=books.entities.options(entity_id),
        courtesy=courtesy_of(books, entity_id),
        hours=automatic_settings(books, entity_id).hours,
    )


def _payments(books: Books, entity_id: EntityId) -> PaymentSettings:
    modes = books.entities.payment_modes(entity_id)
    return PaymentSettings(
        modes=tuple(mode for mode in modes if mode.is_automatic or mode.terms),
        rates=tuple(rate for rate in books.rates.all() if rate.typed_on),
    )


def _mail(books: Books, entity_id: EntityId) -> MailSettings:
    return MailSettings(
        smtp=smtp_account(books, entity_id),
        imap=imap_account(books, entity_id),
        limits=chosen_limits(books, entity_id),
    )


def _lists(books: Books, entity_id: EntityId) -> ListSettings:
    names = [
        name.removeprefix("list ").removesuffix(f" {entity_id}")
        for name, value in books.settings.starting("list ").items()
        if name.endswith(f" {entity_id}") and value
    ]
    renamed = books.settings.get(f"renamed_families/{entity_id}", "{}")
    return ListSettings(
        field_names=field_names(books, entity_id),
        lists={name: read_choices(books, entity_id, name) for name in sorted(names)},
        page_sizes=dict(sorted(chosen_page_sizes(books).items())),
        renamed=json.loads(renamed),
    )


def _files(books: Books, entity_id: EntityId) -> FileSettings:
    prefix = f"columns:{entity_id}:"
    columns = {
        name.removeprefix(prefix): KeptColumns(
            kind=kept["kind"],
            columns=tuple(kept["columns"]),
            complete_state=bool(kept["complete_state"]),
        )
        for name, value in sorted(books.settings.starting(prefix).items())
        if value and (kept := json.loads(value))
    }
    return FileSettings(
        sync=sync_settings(books, entity_id),
        columns=columns,
        workbook=books.settings.get(f"workbook_file:{entity_id}"),
    )


_READERS: Mapping[Part, Callable[[Books, EntityId], PartRecord]] = MappingProxyType(
    {
        Part.COMPANY: _company,
        Part.LETTERS: _letters,
        Part.TEMPLATES: _templates,
        Part.SCENARIOS: _scenarios,
        Part.REMINDERS: _reminders,
        Part.PAYMENTS: _payments,
        Part.MAIL: _mail,
        Part.LISTS: _lists,
        Part.FILES: _files,
    }
)
