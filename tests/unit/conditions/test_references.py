"""References as readers see them: AMA style, one line."""

from conditions.content import FrozenCitation
from conditions.references import csl_json, format_reference


def record(**values) -> FrozenCitation:
    names = dict.fromkeys(FrozenCitation.model_fields, "")
    defaults = {"type": "article-journal", "title": "On hardening", "authors": [], "authors_complete": True}
    return FrozenCitation(**{**names, "key": "k", "accessed": None, **defaults, **values})


def test_a_journal_article_has_authors_title_journal_year_and_doi():
    text = format_reference(
        record(
            authors=[{"family": "Arnett", "given": "Frank C."}],
            container_title="Arthritis & Rheumatism",
            issued="2001-06",
            volume="44",
            issue="6",
            page="1359-1362",
            doi="10.1000/182",
        )
    )

    assert text == "Arnett FC. On hardening. Arthritis & Rheumatism. 2001;44(6):1359-1362. doi:10.1000/182"


def test_a_record_without_authors_has_its_title_once():
    text = format_reference(record(type="webpage", title="Who gets it", url="https://example.org/who"))

    assert text.count("Who gets it") == 1


def test_a_title_that_is_a_question_is_not_ended_twice():
    text = format_reference(record(type="webpage", title="Who gets it?", authors=[{"literal": "An Association"}]))

    assert "?." not in text
    assert text.startswith("An Association. Who gets it?")


def test_an_address_is_left_out_where_a_doi_says_it():
    item = csl_json(record(doi="10.1000/182", url="https://doi.org/10.1000/182"))

    assert "URL" not in item
    assert item["DOI"] == "10.1000/182"


def test_a_date_may_be_a_year_a_month_or_a_day():
    assert csl_json(record(issued="2001-06"))["issued"] == {"date-parts": [[2001, 6]]}
