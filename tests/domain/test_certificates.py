"""Whether people are told in their words what is wrong with a certificate."""

import pytest

from loyaldesk.domain.certificates import why_untrusted


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (10, "has expired"),
        (62, "belongs to another name"),
        (64, "belongs to another name"),
        (18, "is not signed by anybody whom this computer trusts"),
        (20, "is not signed by anybody whom this computer trusts"),
    ],
)
def test_each_code_of_openssl_has_its_words(code, said):
    assert why_untrusted(code) == said
