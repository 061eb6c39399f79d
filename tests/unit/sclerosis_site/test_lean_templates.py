"""Templates lose the spaces of their writers and nothing that readers would miss."""

import pytest

from sclerosis_site.lean_templates import thin


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("<ul>\n    <li>a</li>\n</ul>\n", "<ul>\n<li>a</li>\n</ul>\n"),
        ("<p>\n  One\n  two\n</p>", "<p>\nOne\ntwo\n</p>"),
        ("a\n  {% if x %}\n    b\n  {% endif %}\nc", "a\n{% if x %}b\n{% endif %}c"),
        ("{# Says what it is. #}\n<p>", "{# Says what it is. #}<p>"),
        ("a\n  {{ b }}\n  {% include 'c' %}\nd", "a\n{{ b }}\n{% include 'c' %}\nd"),
        ("a {% if x %}b{% endif %}\nc", "a {% if x %}b{% endif %}\nc"),
    ],
)
def test_indentation_and_silent_lines_go_and_words_keep_their_distance(source, left):
    assert thin(source) == left


def test_the_site_uses_it():
    from django.template.loader import get_template

    assert "\n  " not in get_template("base.html").template.source
