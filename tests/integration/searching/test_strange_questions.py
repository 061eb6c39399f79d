"""Questions that find nothing, or are none: empty, long, mistyped and hostile ones."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse

from tests.integration.searching.site import Site
from tests.reading import get_words, list_links

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "Write a word, a name or a short question"),
        ("   ", "Write a word, a name or a short question"),
        ("!!! ??? 🧠", "There is no word in this question."),
        ("the of and", "These words stand nearly everywhere."),
        ("zzzzzz", "Nothing was found."),
        ("word " * 10_000, "only its beginning was looked for"),
        ("x" * 5_000, "only its beginning was looked for"),
        ("\x00", "Write a word"),
        ("a\x00zzzb", "Nothing was found."),
        ("' OR 1=1 --", "Nothing was found."),
        ("tremor:* & (leg | ", "1 result"),
        ("<script>alert(1)</script>", "Nothing was found."),
        ("%s %(all)s {0}", "Nothing was found."),
        ("日本語 العربية", "Nothing was found."),
        ("1e400 0x1f 3.14 -5", "Nothing was found."),
        ("zzabout1", "These words stand nearly everywhere."),
    ],
)
def test_a_strange_question_gets_a_helpful_page(
    site: Site, search: Callable[..., HttpResponse], question: str, said: str
) -> None:
    response = search(question)

    assert response.status_code == 200
    assert said in get_words(response)
    assert "<script>alert" not in response.content.decode()


def test_a_page_without_results_shows_the_conditions_and_the_picker(
    site: Site, search: Callable[..., HttpResponse]
) -> None:
    response = search("zzzzzz")

    assert {"/conditions/stiffness/", "/conditions/hardness/", "/faqs/"} <= set(list_links(response))
    assert "Choose two to four." in get_words(response)


def test_a_typing_error_is_answered_with_what_was_meant(site: Site, search: Callable[..., HttpResponse]) -> None:
    response = search("tremro")

    assert "Did you mean tremor ?" in get_words(response)
    assert "?q=tremor" in list_links(response)


def test_a_site_without_content_says_so_kindly(search: Callable[..., HttpResponse]) -> None:
    assert search("anything").status_code == 200
