"""{% glance table %}, {% topics sections level %} and {% help_topic section level %}: the large parts of a page."""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from comparisons.page import Table, TopicSection
from comparisons.topic_html import draw_help, draw_table, draw_topics
from conditions.section_ends import SectionEnds

register = template.Library()


@register.simple_tag
def glance(table: Table) -> SafeString:
    return draw_table(table)


@register.simple_tag(takes_context=True)
def topics(context: Context, sections: Sequence[TopicSection], level: int) -> SafeString:
    return draw_topics(sections, level=level, ends=_find_ends(context), is_old=bool(context["day"]))


@register.simple_tag(takes_context=True)
def help_topic(context: Context, section: TopicSection, level: int) -> SafeString:
    return draw_help(section, level=level, ends=_find_ends(context), is_old=bool(context["day"]))


def _find_ends(context: Context) -> SectionEnds:
    return SectionEnds("" if context["day"] else context["page"].path)
