import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics.company_numbers import (
    IbanProblem,
    bic_valid,
    iban_grouped,
    iban_problem,
    siren_valid,
    siret_grouped,
    siret_valid,
)
from domain.basics.epc import (
    Transfer,
    TransferAccountError,
    TransferAmountError,
    TransferNameError,
    TransferReferenceError,
    TransferTextError,
    creditor_reference,
    payload,
    reference_grouped,
)
from domain.basics.errors import DunningError
from domain.basics.money import Money

SAMPLES = Path(os.environ.get("RELANCE_TEST_DATA", "../shared/data")) / "epc_iban"
TRANSFER = Transfer(
    name="Atelier Bois Clair",
    iban="FR76 3000 6000 0112 3456 7890 189",
    bic="AGRIFRPP",
    amount=Money(12_30),
    text="C001 FA-001",
)


def samples(name: str) -> Any:  # noqa: ANN401 - JSON
    file = SAMPLES / name
    if not file.exists():
        pytest.skip("third-party samples are not here")
    return json.loads(file.read_text(encoding="utf-8"))


def test_the_code_holds_the_fields_in_their_order() -> None:
    assert payload(TRANSFER).split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "AGRIFRPP",
        "Atelier Bois Clair",
        "FR7630006000011234567890189",
        "EUR12.30",
        "",
        "",
        "C001 FA-001",
    ]


def test_without_text_nor_bic_the_amount_comes_last() -> None:
    lines = payload(replace(TRANSFER, bic="", text="")).split("\n")

    assert lines[4] == ""
    assert lines[-1] == "EUR12.30"


def test_a_line_break_in_a_field_does_not_shift_the_others() -> None:
    lines = payload(replace(TRANSFER, name="Atelier\nBois\r\nClair")).split("\n")

    assert lines[5] == "Atelier Bois Clair"


@pytest.mark.parametrize(
    ("broken", "refusal"),
    [
        (replace(TRANSFER, name=" "), TransferNameError),
        (replace(TRANSFER, name="x" * 71), TransferNameError),
        (replace(TRANSFER, iban=""), TransferAccountError),
        (replace(TRANSFER, iban="FR7630006000011234567890188"), TransferAccountError),
        (replace(TRANSFER, bic="AGRI"), TransferAccountError),
        (replace(TRANSFER, amount=Money(0)), TransferAmountError),
        (replace(TRANSFER, amount=Money(-1)), TransferAmountError),
        (replace(TRANSFER, amount=Money(1_000_000_000_00)), TransferAmountError),
        (replace(TRANSFER, amount=Money(1, "USD")), TransferAmountError),
        (replace(TRANSFER, text="x" * 141), TransferTextError),
        (replace(TRANSFER, text="€" * 140), TransferTextError),
    ],
)
def test_what_the_standard_forbids_is_refused(
    broken: Transfer, refusal: type[DunningError]
) -> None:
    with pytest.raises(refusal):
        payload(broken)


@given(
    st.text(min_size=1, max_size=70),
    st.integers(1, 999_999_999_99),
    st.text(max_size=140),
)
def test_every_code_fits_in_331_bytes_or_is_refused(
    name: str, cents: int, text: str
) -> None:
    transfer = replace(TRANSFER, name=name, amount=Money(cents), text=text)
    try:
        result = payload(transfer)
    except DunningError:
        return

    assert len(result.encode()) <= 331
    assert len(result.split("\n")) <= 11


def test_the_invalid_samples_of_other_libraries_are_refused() -> None:
    vectors = samples("epc_vectors.json")

    assert not any(bic_valid(bic) for bic in vectors["invalid_bics"])
    assert all(iban_problem(iban) for iban in vectors["invalid_ibans"])


def test_the_fields_read_as_another_library_writes_them() -> None:
    sample = samples("epc_vectors.json")["qrcoder_v1"][0]["payload"].split("\n")
    ours = payload(
        Transfer(name=sample[5], iban=sample[6], bic=sample[4], amount=Money(10_00))
    ).split("\n")

    assert ours[3:8] == sample[3:8]


def _iban_cases() -> Iterator[dict[str, Any]]:
    for case in samples("iban_cases.json"):
        if case["valid"] is not None and not case.get("experimental"):
            yield case


def test_a_wrong_key_is_found_wherever_the_samples_find_one() -> None:
    # The samples judge some keys by national rules, which differ between libraries.
    missed = [
        case["iban"]
        for case in _iban_cases()
        if case["valid"] is False
        and not case["mod97"]
        and not iban_problem(case["iban"])
    ]

    assert missed == []


def test_an_iban_of_the_euro_area_that_the_samples_accept_is_accepted() -> None:
    euro_area = ("FR", "DE", "BE", "ES", "IT", "LU", "NL", "PT", "IE", "AT")
    refused = [
        case["iban"]
        for case in _iban_cases()
        if case["valid"] and case["iban"].startswith(euro_area)
        if iban_problem(case["iban"])
    ]

    assert refused == []


@pytest.mark.parametrize(
    ("iban", "problem"),
    [
        ("FR76 3000 6000 0112 3456 7890 189", None),
        ("fr7630006000011234567890189", None),
        ("FR76 3000 6000 0112 3456 7890 198", IbanProblem.KEY),
        ("ZZ76 3000 6000 0112 3456 7890 189", IbanProblem.KEY),
        ("AA110011123Z5678", IbanProblem.COUNTRY),
        ("GB01 BARC 2071 4583 6083 87", IbanProblem.KEY),
        ("", IbanProblem.SHAPE),
    ],
)
def test_what_is_wrong_with_an_iban_is_named(
    iban: str, problem: IbanProblem | None
) -> None:
    assert iban_problem(iban) is problem


def test_numbers_read_in_groups() -> None:
    assert iban_grouped("fr7630006000011234567890189") == (
        "FR76 3000 6000 0112 3456 7890 189"
    )
    assert siret_grouped("81234567800012") == "812 345 678 00012"
    assert siret_grouped("812345678") == "812 345 678"
    assert siret_grouped("") == ""


def test_la_poste_has_a_siret_of_its_own_kind() -> None:
    assert siret_valid("35600000049837")
    assert not siret_valid("35600000049838123")
    assert siren_valid("356000000")
    assert not siren_valid("356000001")


def test_a_structured_reference_stands_in_its_own_line_and_alone() -> None:
    reference = creditor_reference("FA20260012")
    alone = replace(TRANSFER, text="", reference=reference)

    assert reference == "RF20FA20260012"  # ISO 11649, worked out by python-stdnum
    assert reference_grouped(reference) == "RF20 FA20 2600 12"
    assert payload(alone).split("\n")[8:] == ["", "RF20FA20260012"]
    with pytest.raises(TransferReferenceError):
        payload(replace(TRANSFER, reference=reference))
    with pytest.raises(TransferReferenceError):
        payload(replace(alone, reference="RF21FA20260012"))


@given(st.text(max_size=60))
def test_any_name_makes_a_reference_that_banks_accept(name: str) -> None:
    reference = creditor_reference(name)

    assert len(reference) <= 25
    if reference:
        assert payload(replace(TRANSFER, text="", reference=reference))
