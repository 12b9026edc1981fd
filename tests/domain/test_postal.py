"""Are addresses written as their country writes them, and in which language and envelope?"""

import pytest

from loyaldesk.domain.postal import Place, envelope_for, letter_locale, postal_lines


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("DE", ("Kai 1", "20457 Hamburg")),
        ("FR", ("Kai 1", "20457 Hamburg")),
        ("", ("Kai 1", "20457 Hamburg")),
        ("US", ("Kai 1", "Hamburg, NY 20457")),
        ("CA", ("Kai 1", "Hamburg, NY 20457")),
        ("GB", ("Kai 1", "Hamburg", "20457")),
        ("JP", ("Kai 1", "Hamburg", "20457")),
    ],
)
def test_the_town_line_follows_the_country_of_destination(country, lines):
    place = Place(street="Kai 1", postcode="20457", town="Hamburg", region="NY", country=country)
    assert postal_lines(place) == lines


def test_the_department_stands_above_the_street():
    place = Place(street="Kai 1", postcode="20457", town="Hamburg", extra="Einkauf")
    assert postal_lines(place) == ("Einkauf", "Kai 1", "20457 Hamburg")


@pytest.mark.parametrize("country", ["DE", "US", "GB", ""])
def test_an_empty_address_has_no_lines_at_all(country):
    assert postal_lines(Place(country=country)) == ()


@pytest.mark.parametrize("country", ["DE", "US", "GB"])
@pytest.mark.parametrize("field", ["street", "postcode", "town", "extra"])
def test_a_single_known_part_is_written_without_stray_spaces_or_commas(country, field):
    assert postal_lines(Place(country=country, **{field: "Alone"})) == ("Alone",)


@pytest.mark.parametrize(
    ("language", "country", "locale"),
    [
        ("de", "DE", "de-DE"),
        ("de", "AT", "de-AT"),
        ("de-CH", "DE", "de-CH"),
        ("de", "US", "de-DE"),
        ("en", "US", "en-US"),
        ("en", "CA", "en-US"),
        ("en", "DE", "en-GB"),
        ("en-GB", "US", "en-GB"),
        ("en-US", "DE", "en-US"),
        ("fr", "FR", "fr-FR"),
        ("fr", "CH", "fr-CH"),
        ("fr", "BE", "fr-BE"),
        ("fr-CA", "US", "fr-CA"),
        ("fr", "DE", "fr-FR"),
        ("es", "ES", "es-ES"),
        ("es", "MX", "es-MX"),
        ("es", "BO", "es-ES"),
        ("it", "IT", "en-GB"),
        ("", "", "en-GB"),
    ],
)
def test_a_letter_is_written_in_a_language_that_has_texts(language, country, locale):
    assert letter_locale(language, country) == locale


@pytest.mark.parametrize(
    ("wanted", "home", "envelope"),
    [
        ("", "DE", "din-5008-b"),
        ("", "US", "us-10"),
        ("", "CA", "us-10"),
        ("", "GB", "uk-dl"),
        ("", "FR", "french"),
        ("", "CH", "swiss-right"),
        ("", "LI", "swiss-right"),
        ("", "AT", "din-5008-b"),
        ("", "", "din-5008-b"),
        ("swiss-left", "CH", "swiss-left"),
        ("us-10", "DE", "us-10"),
    ],
)
def test_the_customers_envelope_wins_over_what_the_company_has_in_stock(wanted, home, envelope):
    assert envelope_for(wanted, home) == envelope
