from tests.bench.pages import mix_pages

SLUGS = {"condition": ["a", "b", "c", "d"], "citation": ["x", "y"]}


def test_pages_are_of_each_kind_in_turn():
    assert mix_pages(SLUGS, 3) == ["/conditions/a/", "/sources/x/", "/compare/?with=a&with=d"]


def test_each_page_is_named_once():
    pages = mix_pages(SLUGS, 100)

    assert len(pages) == len(set(pages)) == 7
