"""Does `envelope-test` write the page of any envelope, in the company's name?"""

import pytest

from loyaldesk.pdf.envelopes import envelope, envelope_names
from tests.pdf.reading import page_count, text_of


@pytest.mark.parametrize("name", envelope_names())
def test_page_of_each_envelope_is_written(loyaldesk, tmp_path, name):
    out = tmp_path / "test.pdf"
    answer = loyaldesk("envelope-test", name, "--out", out, "--json")
    assert answer.data == {"envelope": name, "file": str(out)}
    assert page_count(out.read_bytes()) == 1
    assert envelope(name).name in text_of(out.read_bytes())


def test_page_speaks_the_language_asked_for(loyaldesk, tmp_path):
    out = tmp_path / "test.pdf"
    loyaldesk("envelope-test", "din-5008-a", "--language", "de", "--out", out)
    assert "Testseite" in text_of(out.read_bytes())


def test_unknown_envelope_is_refused_and_nothing_written(loyaldesk, tmp_path):
    out = tmp_path / "test.pdf"
    answer = loyaldesk("envelope-test", "c4", "--out", out)
    assert answer.code == 1
    assert "din-5008-a" in answer.err
    assert not out.exists()
