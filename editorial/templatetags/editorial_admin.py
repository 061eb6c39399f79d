from collections.abc import Iterable

from django import template
from django.db.models import Count, Q
from django.template import Template, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.safestring import SafeString

from editorial.models import Review
from editorial.word_diff import Segment, render_segments
from editorial.workflow import Status

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
def count_work() -> dict[str, int]:
    """How many items wait for somebody, by what they wait for. One query."""
    return Review.objects.aggregate(
        waiting=Count("pk", filter=Q(status=Status.IN_REVIEW)),
        sent_back=Count("pk", filter=Q(status=Status.CHANGES_REQUESTED)),
        recheck=Count("pk", filter=Q(needs_recheck=True, status=Status.APPROVED)),
        unconfirmed=Count("pk", filter=Q(needs_second_person=True)),
    )
