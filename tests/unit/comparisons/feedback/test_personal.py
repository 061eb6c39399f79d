"""What leads to a person is found, and a number that leads to nobody is left in peace."""

import pytest

from comparisons.feedback.personal import find_personal


@pytest.mark.parametrize(
    "written",
    [
        "jo@example.org",
        "jo.b+news@mail.example.co.uk",
        "josé@ejemplo.es",
        "+44 20 7946 0958",
        "+1 (555) 010-9999",
        "(555) 123-4567 8",
        "020 7946 0958",
        "06 12 34 56 78",
        "555.123.4567",
        "0171/1234567",
        "5551234567",
        "00 34 612 345 678",
        "612 345 678",
    ],
)
def test_an_address_of_mail_and_a_telephone_number_are_found(written: str) -> None:
    assert find_personal(f"Please write to me: {written}, thanks.") == [written]


@pytest.mark.parametrize(
    "written",
    [
        "1,250 people of 1,250,000",
        "7 000 000 000 people",
        "2.500.000 personas",
        "10.1212/WNL.0000000000200945",
        "https://doi.org/10.1016/S1474-4422(21)00281-8",
        "https://example.org/a/5551234567?id=00441234567890",
        "medium.com/@somebody",
        "PMID 12345678 and PMC1234567890",
        "NCT01234567890",
        "ISBN 978-3-16-148410-0",
        "ISSN 1474-4422",
        "2019-2021 and 1990 2000 2010",
        "2026-11-22 10:30 and 22/11/2026",
        "95% CI 1.02-2.45 3.10-4.55",
        "aged 20-40 50-60 70-80",
        "G35, M34.0, 8A40.0, 24700007",
        "ORCID 0000-0002-1825-0097",
        "10.5 to 12.75 per 100,000 (2010)",
    ],
)
def test_other_numbers_are_no_telephone_numbers(written: str) -> None:
    assert find_personal(f"The source says {written}.") == []


def test_each_is_named_once_in_the_order_of_the_text() -> None:
    assert find_personal("Call 020 7946 0958 or a@b.org, or a@b.org") == ["020 7946 0958", "a@b.org"]


def test_a_long_hostile_text_takes_no_time() -> None:
    for text in ("1 " * 2500, "a@" * 2500, "+" * 5000, "1-" * 2500, "a." * 2500, "(" * 5000, "1.1" * 1700):
        find_personal(text)
