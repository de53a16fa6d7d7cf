"""Scenarios, profiles and families are changed; whom it concerns is told before."""

from dataclasses import replace
from datetime import date

import pytest

from domain.basics.identifiers import EntityId, customer_key
from domain.dunning.outbox import MessageState
from domain.dunning.profile import Grouping
from domain.dunning.scenario import Channel
from domain.dunning.scenario_pair import ScenarioPair, with_step
from domain.ledger.import_report import SourceCustomer
from domain.ports import Books
from domain.usecases.changing_many import CustomerField
from domain.usecases.families import (
    FamilyNameMissingError,
    remove_family,
    rename_family,
    restore_families,
    show_families,
)
from domain.usecases.importing import undo_last_import
from domain.usecases.profiles import (
    NoDefaultProfileError,
    ProfileInUseError,
    ProfileNameTakenError,
    delete_profile,
    new_profile,
    save_profile,
    show_profiles,
)
from domain.usecases.rehearsing import Trial, show_rehearsal
from domain.usecases.scenario_effects import effect_of_columns, effect_of_profile
from domain.usecases.scenarios import (
    ScenarioFaultyError,
    ScenarioInUseError,
    ScenarioNameTakenError,
    copy_scenario,
    delete_scenario,
    rename_scenario,
    restore_setup,
    save_scenario,
    setup_of,
    show_scenarios,
)
from tests.journeys.stories import (
    OUTSIDE,
    a_file,
    a_line,
    books_of,
    bring_in,
    give_address,
    give_email,
    moment,
    prepare_all,
)

JAN = date(2026, 1, 10)
TODAY = date(2026, 3, 31)
CHECK = OUTSIDE.mail.check_address
MAY_SEND = OUTSIDE.mail.can_be_sent_to
Firm = tuple[Books, EntityId]


@pytest.fixture
def firm() -> Firm:
    """Two customers that owe, one with an e-mail address, one without."""
    books, entity_id = books_of()
    lines = (a_line("F1", 100_00, JAN), a_line("F2", 200_00, JAN, code="C002"))
    bring_in(books, entity_id, a_file(*lines), TODAY)
    give_email(books, entity_id, "a@example.com")
    give_address(books, entity_id, "C002")
    return books, entity_id


def standard(firm: Firm) -> ScenarioPair:
    books, entity_id = firm
    return next(
        line.pair
        for line in show_scenarios(books, entity_id)
        if line.pair.name == "Standard"
    )


def first_by(pair: ScenarioPair, channel: Channel, **others: object) -> ScenarioPair:
    """Let the first reminder of customers with an address go by another means."""
    column = pair.with_email
    first = column.reminders[0]
    changed = replace(first, channel=channel, **others)  # type: ignore[arg-type]
    return pair.with_column(with_step(column, changed))


def test_a_change_tells_whom_it_concerns_and_what_today_becomes(firm: Firm) -> None:
    books, entity_id = firm
    pair = standard(firm)
    before = setup_of(books, entity_id)

    found = effect_of_columns(
        books, entity_id, CHECK, TODAY, pair.id, first_by(pair, Channel.PHONE).columns
    )

    assert (found.customers, found.changed) == (2, 1)
    assert found.before == {("R1", Channel.EMAIL): 1, ("R1", Channel.LETTER): 1}
    assert found.after == {("R1", Channel.PHONE): 1, ("R1", Channel.LETTER): 1}
    assert setup_of(books, entity_id) == before


def test_a_draft_is_rehearsed_before_it_is_saved(firm: Firm) -> None:
    pair = first_by(standard(firm), Channel.PHONE)

    found = show_rehearsal(*firm, CHECK, TODAY, Trial(columns=pair.columns), 3)

    assert [m.channel for m in found.days[0].messages] == [
        Channel.PHONE,
        Channel.LETTER,
    ]


def test_a_scenario_saved_is_followed_and_taken_back_in_one_gesture(firm: Firm) -> None:
    books, entity_id = firm
    pair = standard(firm)
    known = setup_of(books, entity_id)

    before = save_scenario(books, first_by(pair, Channel.PHONE), MAY_SEND)
    assert standard(firm).with_email.reminders[0].channel is Channel.PHONE

    restore_setup(books, entity_id, before)
    assert setup_of(books, entity_id) == known


def test_a_scenario_that_cannot_be_followed_is_not_saved(firm: Firm) -> None:
    books, entity_id = firm
    known = setup_of(books, entity_id)
    impossible = first_by(standard(firm), Channel.EMAIL, delay_days=0)

    with pytest.raises(ScenarioFaultyError):
        save_scenario(books, impossible, MAY_SEND)

    assert setup_of(books, entity_id) == known


def test_copies_of_a_step_receive_its_e_mails(firm: Firm) -> None:
    books, entity_id = firm
    copied = first_by(standard(firm), Channel.EMAIL, copies="b@example.com")
    save_scenario(books, copied, MAY_SEND)

    prepare_all(books, entity_id, TODAY)

    (email,) = (
        m
        for m in books.outbox.all(entity_id, [MessageState.QUEUED])
        if m.channel is Channel.EMAIL
    )
    assert email.copies == "b@example.com"
    assert email.document_id
    assert b"Cc: b@example.com" in books.outbox.document(email.document_id)


def test_a_scenario_in_use_goes_only_once_its_profiles_follow_another(
    firm: Firm,
) -> None:
    books, entity_id = firm
    pair = standard(firm)
    known = setup_of(books, entity_id)
    with pytest.raises(ScenarioInUseError):
        delete_scenario(books, entity_id, pair.id, None)
    copy = copy_scenario(books, pair, "Doux")

    before = delete_scenario(books, entity_id, pair.id, copy.id)

    (line,) = show_scenarios(books, entity_id)
    assert (line.pair.name, line.customers) == ("Doux", 2)
    assert [p.name for p in line.profiles] == ["Standard"]
    restore_setup(books, entity_id, before)
    delete_scenario(books, entity_id, copy.id, None)
    assert setup_of(books, entity_id) == known


def test_two_scenarios_have_two_names(firm: Firm) -> None:
    books, _ = firm
    copy = copy_scenario(books, standard(firm), "Doux")

    with pytest.raises(ScenarioNameTakenError):
        rename_scenario(books, copy, "standard")
    rename_scenario(books, copy, "Ferme")

    names = [line.pair.name for line in show_scenarios(*firm)]
    assert names == ["Ferme", "Standard"]


def test_a_profile_shares_a_scenario_and_its_customers_are_told(firm: Firm) -> None:
    books, entity_id = firm
    whole = replace(
        new_profile(entity_id),
        name="Grand compte",
        pair_id=standard(firm).id,
        grouping=Grouping.WHOLE_ACCOUNT,
    )
    save_profile(books, whole)
    silent = replace(new_profile(entity_id), name="Interne")
    save_profile(books, silent)

    usual = next(p for p in books.scenarios.profiles(entity_id) if p.is_default)
    effect = effect_of_profile(books, entity_id, CHECK, TODAY, usual, silent)

    (line,) = show_scenarios(books, entity_id)
    assert [p.name for p in line.profiles] == ["Standard", "Grand compte"]
    assert (effect.customers, effect.changed, effect.after) == (2, 2, {})
    with pytest.raises(ProfileNameTakenError):
        save_profile(books, replace(silent, name="STANDARD"))


def test_a_profile_goes_only_once_its_customers_take_another(firm: Firm) -> None:
    books, entity_id = firm
    known = setup_of(books, entity_id)
    export = replace(new_profile(entity_id), name="Export", pair_id=standard(firm).id)
    save_profile(books, export)
    customer = books.customers.get(customer_key(entity_id, "C001"))
    books.customers.save_many([replace(customer, profile_id=export.id)])
    usual = known.profiles[0]

    with pytest.raises(NoDefaultProfileError):
        delete_profile(books, entity_id, usual.id, export.id)
    with pytest.raises(ProfileInUseError):
        delete_profile(books, entity_id, export.id, None)
    before = delete_profile(books, entity_id, export.id, usual.id)

    assert setup_of(books, entity_id).profiles == known.profiles
    assert books.customers.get(customer.id).profile_id == usual.id
    restore_setup(books, entity_id, before)
    assert books.customers.get(customer.id).profile_id == export.id


def test_one_profile_is_the_default_one(firm: Firm) -> None:
    books, entity_id = firm
    export = replace(new_profile(entity_id), name="Export", is_default=True)
    before = save_profile(books, export)

    lines = show_profiles(books, entity_id).lines
    assert [(x.profile.name, x.customers, x.by_default) for x in lines] == [
        ("Export", 2, 2),
        ("Standard", 0, 0),
    ]
    with pytest.raises(NoDefaultProfileError):
        save_profile(books, replace(export, is_default=False))
    restore_setup(books, entity_id, before)
    assert [x.profile.name for x in show_profiles(books, entity_id).lines] == [
        "Standard"
    ]


def described(code: str, **details: str) -> SourceCustomer:
    return SourceCustomer(customer_code=code, customer_name=code, details=details)


def families(firm: Firm) -> list[tuple[str, int]]:
    found = show_families(*firm, CustomerField.CATEGORY)
    return [(line.name, line.customers) for line in found]


def test_a_category_renamed_stays_so_when_the_file_comes_again(firm: Firm) -> None:
    books, entity_id = firm
    people = [described("C001", category="BTP"), described("C002", category="Santé")]
    source = a_file(customers=people)
    bring_in(books, entity_id, source, TODAY)
    known = families(firm)

    before = rename_family(
        books, entity_id, CustomerField.CATEGORY, "BTP", " Bâtiment "
    )
    bring_in(books, entity_id, replace(source, sha256="again"), TODAY)
    assert families(firm) == [("Bâtiment", 1), ("Santé", 1)]

    restore_families(books, entity_id, before)
    assert families(firm) == known == [("BTP", 1), ("Santé", 1)]


def test_a_file_gives_customers_the_profile_that_it_names(firm: Firm) -> None:
    books, entity_id = firm
    export = replace(new_profile(entity_id), name="Export")
    save_profile(books, export)
    people = [
        described("C001", profile=" export "),
        described("C002", profile="Inconnu"),
    ]

    bring_in(books, entity_id, a_file(customers=people), TODAY)

    found = {c.code: c.profile_id for c in books.customers.all(entity_id)}
    assert found == {"C001": export.id, "C002": None}


def test_an_import_taken_back_does_not_bring_a_deleted_profile_back(
    firm: Firm,
) -> None:
    books, entity_id = firm
    export = replace(new_profile(entity_id), name="Export")
    other = replace(new_profile(entity_id), name="Interne")
    for profile in (export, other):
        save_profile(books, profile)
    customer = books.customers.get(customer_key(entity_id, "C001"))
    books.customers.save_many([replace(customer, profile_id=export.id)])
    people = [described("C001", profile="Interne")]
    bring_in(books, entity_id, a_file(customers=people), TODAY)
    delete_profile(books, entity_id, export.id, None)

    undo_last_import(books, entity_id, TODAY, moment(TODAY))

    assert books.customers.get(customer.id).profile_id is None
    assert books.check() == []


def test_categories_merged_and_taken_away_follow_each_other(firm: Firm) -> None:
    books, entity_id = firm
    people = [described("C001", category="BTP"), described("C002", category="Santé")]
    source = a_file(customers=people)
    bring_in(books, entity_id, source, TODAY)
    field = CustomerField.CATEGORY

    rename_family(books, entity_id, field, "BTP", "Santé")
    (line,) = show_families(books, entity_id, field)
    assert (line.name, line.customers, line.read_as) == ("Santé", 2, ("BTP",))
    remove_family(books, entity_id, field, "Santé", "")
    bring_in(books, entity_id, replace(source, sha256="again"), TODAY)

    assert families(firm) == []
    with pytest.raises(FamilyNameMissingError):
        rename_family(books, entity_id, field, "BTP", "  ")
