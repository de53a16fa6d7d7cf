import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest

from domain.basics.errors import UnreadableFileError
from domain.basics.identifiers import EntityId, PairId, ProfileId
from domain.basics.money import Money
from domain.customers.free_fields import FieldNames
from domain.dunning.courtesy import Courtesy, QuietPeriod
from domain.dunning.letter_layout import LetterLayout
from domain.dunning.profile import Profile
from domain.dunning.rates import PublishedRate, RateKind
from domain.dunning.scenario import Channel
from domain.dunning.scenario_pair import pairs_of
from domain.dunning.texts import Tone
from domain.dunning.throttle import SendingLimits
from domain.ledger.entity import DunningOptions
from domain.ledger.payment_modes import PaymentMode
from domain.ports import Books, ImapAccount, SmtpAccount
from domain.usecases.configuring import save_entity, save_logo, save_smtp_account
from domain.usecases.courtesy import courtesy_of, save_courtesy
from domain.usecases.editing_texts import save_text
from domain.usecases.frame import save_page_sizes
from domain.usecases.free_fields import field_names, save_field_names
from domain.usecases.letter_layouts import save_letter_layout
from domain.usecases.list_choices import ListChoices, SavedFilter, keep_choices
from domain.usecases.mailbox import save_imap_account
from domain.usecases.scenarios import copy_scenario
from domain.usecases.synchronising import SyncSettings, save_sync_settings
from domain.usecases.throttling import save_limits
from domain.usecases.travelling.bringing import (
    PartPreview,
    Visitor,
    can_take_back,
    create_from_settings,
    export_settings,
    import_settings,
    preview_settings,
    read_settings,
    take_back_settings,
)
from domain.usecases.travelling.files import (
    NotSettingsError,
    SettingsPartRefusedError,
    SettingsTooRecentError,
)
from domain.usecases.travelling.records import PART_NAMES, Part
from storage.database.books import SqliteBooks, open_books
from storage.files.archive import LARGEST
from tests.builders import NOW, TODAY, an_entity
from tests.journeys.command import Command
from tests.journeys.stories import OUTSIDE, books_of

FILES, DOCUMENTS = OUTSIDE.files, OUTSIDE.documents
VISITOR = Visitor(today=TODAY, now=NOW, can_be_sent_to=OUTSIDE.mail.can_be_sent_to)
NAME = "atelier.relance-reglages"
LOGO = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


def a_firm_that_chose_everything() -> tuple[SqliteBooks, EntityId]:
    """Change every part of the settings from what ships."""
    books, firm = books_of()
    entity = books.entities.get(firm)
    save_entity(
        books, replace(entity, city="Nîmes", penalty_rate=Decimal("12.5"), rcs="Nîmes")
    )
    save_logo(books, firm, "logo.svg", "image/svg+xml", LOGO)
    save_letter_layout(books, firm, LetterLayout(margin_left=25, head="Depuis 1950"))
    _choose_texts_and_scenarios(books, firm)
    books.entities.save_options(firm, DunningOptions(item_threshold=Money(15_00)))
    august = QuietPeriod(
        first_on=date(2026, 8, 1), last_on=date(2026, 8, 16), reason="Congés"
    )
    save_courtesy(books, firm, Courtesy(spares_sundays=True, periods=(august,)))
    modes = [PaymentMode(code="LCR", is_automatic=True, terms="60 jours")]
    books.entities.save_payment_modes(firm, modes)
    typed = PublishedRate(
        year=2026, half=1, kind=RateKind.ECB, rate=Decimal("2.15"), typed_on=TODAY
    )
    books.rates.save(typed)
    _choose_mail(books, firm)
    save_field_names(books, firm, FieldNames(customer=("Agence", "")))
    late = SavedFilter(name="Gros retards", words={"overdue": ("1000..",)})
    keep_choices(books, firm, "customers", ListChoices(saved=(late,), sort="name"))
    save_page_sizes(books, {"customers": 100})
    save_sync_settings(
        books, firm, SyncSettings(folder="/exports", pattern="*FEC*"), TODAY
    )
    kept = {"kind": "items", "columns": ["code"], "complete_state": True}
    books.settings.set(f"columns:{firm}:abc", json.dumps(kept))
    return books, firm


def _choose_texts_and_scenarios(books: Books, firm: EntityId) -> None:
    text = next(t for t in books.scenarios.texts(firm) if t.key == "reminder_1")
    save_text(books, text.id, Tone.FIRM, "Votre retard", text.body, NOW)
    (pair,) = pairs_of(books.scenarios.scenarios(firm))
    copy = copy_scenario(books, pair, "Export")
    books.scenarios.save_profile(
        Profile(
            id=ProfileId("export"),
            entity_id=firm,
            name="Étranger",
            pair_id=PairId(copy.id),
        )
    )


def _choose_mail(books: Books, firm: EntityId) -> None:
    save_smtp_account(
        books,
        firm,
        SmtpAccount(
            host="smtp.example.com",
            port=465,
            security="ssl",
            user="compta@example.com",
            sender_name="Atelier",
            sender_address="compta@example.com",
        ),
    )
    save_imap_account(
        books,
        firm,
        ImapAccount(host="imap.example.com", port=993, security="ssl", user="compta"),
    )
    save_limits(books, firm, SendingLimits(per_hour=50))


def exported(books: Books, firm: EntityId) -> bytes:
    return export_settings(books, FILES, firm)


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bring_in(
    books: Books, firm: EntityId, content: bytes, chosen: tuple[Part, ...] = tuple(Part)
) -> None:
    settings = read_settings(FILES, DOCUMENTS, NAME, content)
    import_settings(books, firm, NAME, settings, chosen, VISITOR, FILES)


def previews(books: Books, firm: EntityId, content: bytes) -> dict[Part, PartPreview]:
    settings = read_settings(FILES, DOCUMENTS, NAME, content)
    found = preview_settings(books, firm, settings, VISITOR)
    return {one.part: one for one in found}


def test_settings_brought_into_an_empty_folder_are_exported_as_the_same_bytes() -> None:
    books, firm = a_firm_that_chose_everything()
    file = exported(books, firm)
    empty = open_books()
    made = create_from_settings(
        empty,
        NAME,
        read_settings(FILES, DOCUMENTS, NAME, file),
        DOCUMENTS.starting_texts(),
        VISITOR,
    )

    assert parts_of(exported(empty, made.id)) == parts_of(file)
    assert exported(empty, made.id) == file
    assert empty.check() == []


def test_every_part_changes_in_a_firm_that_chose_nothing_and_goes_back() -> None:
    books, firm = a_firm_that_chose_everything()
    file = exported(books, firm)
    other, mine = books_of(an_entity(name="Autre Maison"))
    before = exported(other, mine)

    seen = previews(other, mine, file)
    assert exported(other, mine) == before  # looking writes nothing
    assert [part for part, one in seen.items() if not one.changes] == []
    bring_in(other, mine, file)
    assert previews(other, mine, file) == {
        part: replace(one, changes=(), is_chosen=False) for part, one in seen.items()
    }
    take_back_settings(other, mine, VISITOR, FILES, DOCUMENTS)

    assert parts_of(exported(other, mine)) == parts_of(before)
    assert can_take_back(other, mine) is None
    assert other.check() == []


def test_only_the_chosen_parts_are_brought_in() -> None:
    books, firm = a_firm_that_chose_everything()
    other, mine = books_of()

    bring_in(other, mine, exported(books, firm), (Part.REMINDERS,))

    assert courtesy_of(other, mine).spares_sundays
    assert field_names(other, mine) == FieldNames()


def test_the_identity_and_servers_of_another_firm_are_not_proposed() -> None:
    books, firm = a_firm_that_chose_everything()
    other, mine = books_of(an_entity(name="Autre Maison"))

    seen = previews(other, mine, exported(books, firm))

    left = {part for part, one in seen.items() if not one.is_chosen}
    assert left == {Part.COMPANY, Part.MAIL, Part.FILES}


def test_what_the_firm_has_and_the_file_has_not_stays() -> None:
    books, firm = a_firm_that_chose_everything()
    other, mine = books_of()
    own = SavedFilter(name="À moi", words={})
    keep_choices(other, mine, "customers", ListChoices(saved=(own,)))
    (pair,) = pairs_of(other.scenarios.scenarios(mine))
    copy_scenario(other, pair, "Doux")

    bring_in(other, mine, exported(books, firm))

    kept = previews(books, firm, exported(other, mine))
    added = [c.place for c in kept[Part.LISTS].changes if c.before is None]
    assert ("lists", "lists", "customers", "saved", "À moi", "name") in added
    assert {c.name for c in other.scenarios.scenarios(mine)} == {
        "Standard",
        "Export",
        "Doux",
    }


def test_no_password_nor_anything_of_customers_is_in_the_file() -> None:
    books, firm = a_firm_that_chose_everything()

    names = set(parts_of(exported(books, firm)))

    assert names == {
        "relance.json",
        "pictures/logo",
        *(f"{part}.json" for part in Part),
    }


def changed(content: bytes, **files: bytes) -> bytes:
    """Write a file of settings again with other contents, by name before « .json »."""
    kept = parts_of(content)
    kept.update({f"{name}.json": data for name, data in files.items()})
    return FILES.pack(kept)


def a_file() -> bytes:
    return exported(*books_of())


def test_a_file_of_a_later_version_is_refused() -> None:
    manifest = json.loads(parts_of(a_file())["relance.json"])
    later = changed(a_file(), relance=json.dumps({**manifest, "version": 2}).encode())

    with pytest.raises(SettingsTooRecentError):
        read_settings(FILES, DOCUMENTS, NAME, later)


@pytest.mark.parametrize(
    ("part", "old", "new", "place"),
    [
        ("scenarios", '"delay_days": 8', '"delay_days": "8"', "delay_days"),
        ("letters", '"window": "dl_right"', '"window": "round"', "letters.layout"),
        ("company", '"name": ', '"colour": "", "name": ', "company.entity.colour"),
        ("reminders", '"cents": 0', '"cents": 1e9', "item_threshold.cents"),
        ("mail", '"limits": null', '"limits": []', "mail.limits"),
        ("lists", '"page_sizes": {}', '"page_sizes": {"": true}', "page_sizes"),
    ],
)
def test_a_wrong_value_is_refused_by_its_part_and_place(
    part: str, old: str, new: str, place: str
) -> None:
    text = parts_of(a_file())[f"{part}.json"].decode()
    assert old in text
    wrong = changed(a_file(), **{part: text.replace(old, new, 1).encode()})

    with pytest.raises(SettingsPartRefusedError) as refused:
        read_settings(FILES, DOCUMENTS, NAME, wrong)

    assert refused.value.details["part"] == PART_NAMES[Part(part)]
    assert place in str(refused.value.details["why"])


def test_a_value_that_the_screens_refuse_is_refused_and_nothing_is_written() -> None:
    books, firm = books_of()
    before = exported(books, firm)
    text = parts_of(before)["company.json"].decode()
    entity = json.loads(text)
    entity["entity"]["iban"] = "FR7630006000011234567890180"
    wrong = changed(before, company=json.dumps(entity).encode())

    with pytest.raises(SettingsPartRefusedError, match="IBAN"):
        bring_in(books, firm, wrong)

    assert previews(books, firm, wrong)[Part.COMPANY].refusal
    assert exported(books, firm) == before


def _zip(*files: tuple[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 cut",
        _zip(("../relance.db", b"x")),
        _zip(("/etc/passwd", b"x")),
        _zip(("relance.json", b"0" * (LARGEST + 1))),
        b"PK" + b"\0" * LARGEST,
    ],
)
def test_a_hostile_archive_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_settings(FILES, DOCUMENTS, NAME, content)


@pytest.mark.parametrize(
    "manifest", [b"{", b"[]", b"[" * 100_000, b'{"format": "other"}', b"\xff"]
)
def test_an_archive_that_says_nothing_of_settings_is_refused(manifest: bytes) -> None:
    with pytest.raises(NotSettingsError):
        read_settings(FILES, DOCUMENTS, NAME, changed(a_file(), relance=manifest))


def test_a_step_made_automatic_by_a_file_is_told_before() -> None:
    books, firm = books_of()
    for column in books.scenarios.scenarios(firm):
        steps = tuple(
            replace(s, is_automatic=s.channel is Channel.EMAIL) for s in column.steps
        )
        books.scenarios.save_scenario(replace(column, steps=steps))
    other, mine = books_of()

    seen = previews(other, mine, exported(books, firm))

    places = [change.place[-1] for change in seen[Part.SCENARIOS].changes]
    assert set(places) == {"is_automatic"}


def test_the_command_line_carries_settings_from_one_folder_to_another(
    command: Command, tmp_path: Path
) -> None:
    file = tmp_path / NAME
    books, firm = a_firm_that_chose_everything()
    file.write_bytes(exported(books, firm))

    made = command("settings", "import", str(file))
    assert made == {"entity": books.entities.get(firm).name, "created": True}
    again = command("settings", "import", str(file), "--dry-run")
    assert [part["changes"] for part in again["parts"]] == [[]] * len(Part)
    copy = tmp_path / "copy.relance-reglages"
    command("settings", "export", str(copy))
    assert copy.read_bytes() == file.read_bytes()
    assert "Aucun import" in command.refused("settings", "undo")


def test_the_command_line_names_the_part_of_a_wrong_file(
    command: Command, tmp_path: Path
) -> None:
    file = tmp_path / NAME
    file.write_bytes(changed(a_file(), mail=b"[]"))

    refused = command.refused("settings", "import", str(file))

    assert NAME in refused
    assert "Messagerie" in refused
