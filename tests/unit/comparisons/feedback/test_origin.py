"""A form that another site sent is told from one of ours by what browsers say."""

import pytest
from django.test import RequestFactory

from comparisons.feedback.origin import comes_from_us


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://127.0.0.1:8000"}, True),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
        ({}, True),
    ],
)
def test_where_a_form_comes_from(headers: dict[str, str], expected: bool) -> None:
    assert comes_from_us(RequestFactory().post("/feedback/", headers=headers)) is expected
