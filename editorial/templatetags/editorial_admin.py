from collections.abc import Iterable

from django import template
from django.template import Template, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString

from editorial.models import User
from editorial.my_day import MyDay, build_my_day
from editorial.word_diff import Segment, render_segments

register = template.Library()


@register.filter
def marked(segments: Iterable[Segment]) -> SafeString:
    """The text with what was added and what was removed marked. It is safe HTML."""
    return render_segments(segments)


@register.simple_tag
def find_help(model_name: str) -> Template | None:
    """The help for editors of this model; None when nobody has written one."""
    try:
        return get_template(f"admin/editorial/help/{model_name}.html").template
    except TemplateDoesNotExist:
        return None


@register.simple_tag
def my_day(user: User) -> MyDay | None:
    """What waits for this person today; None for who may see no reviews."""
    return build_my_day(user, on=timezone.now().date())
