"""Is the contrast with white that of WCAG 2?"""

import pytest

from loyaldesk.domain.contrast import contrast_on_white


@pytest.mark.parametrize(
    ("digits", "contrast"),
    [("FFFFFF", 1.0), ("000000", 21.0), ("767676", 4.54), ("FF0000", 4.0), ("17506b", 8.76)],
)
def test_known_colours_have_their_contrast(digits, contrast):
    assert contrast_on_white(digits) == pytest.approx(contrast, abs=0.01)
