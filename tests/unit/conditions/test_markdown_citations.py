"""Markdown as others get it: with citations of public sources only."""

from conditions.markdown import keep_citations


def test_citations_of_other_sources_leave_no_trace() -> None:
    text = "One [@known]. Two [@secret]. Three [@secret; @known]."

    assert keep_citations(text, {"known"}) == "One [@known]. Two. Three [@known]."


def test_text_without_citations_stays_as_it_is() -> None:
    assert keep_citations("- A *list*\n- of [links](/x)", {"known"}) == "- A *list*\n- of [links](/x)"
