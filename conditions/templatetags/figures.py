"""{% figure figure level %}: numbers as a picture with their table."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from conditions.figure_html import draw_figure
from conditions.figures import Figure

register = template.Library()


@register.simple_tag(takes_context=True)
def figure(context: Context, figure: Figure, level: int) -> SafeString:
    """A page of another day leads to no numbers of today."""
    return draw_figure(figure, level=level, has_data=not context.get("day"))
