"""Has every sort of paper a name and an icon of its own?"""

from loyaldesk.models import DocumentKind
from loyaldesk.resources import resource
from loyaldesk.ui.papers.kinds import KINDS, icon_of_kind, kind_words


def test_every_kind_of_the_store_is_offered():
    assert set(KINDS) == {kind.value for kind in DocumentKind}


def test_no_two_kinds_have_the_same_name(dressed):
    assert len({kind_words(kind) for kind in KINDS}) == len(KINDS)


def test_every_icon_is_there():
    folder = resource("icons/lucide")
    assert [kind for kind in KINDS if not (folder / f"{icon_of_kind(kind)}.svg").exists()] == []


def test_a_kind_of_a_later_version_is_some_paper(dressed):
    assert kind_words("hologram") == "Other paper"
