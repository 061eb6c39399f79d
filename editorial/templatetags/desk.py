"""What templates of the staff show of differences and pages."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from editorial.commenting import MENTION
from editorial.differences import Segment, render_segments
from editorial.impact import Page
from editorial.site import public_link

register = template.Library()


@register.filter
def difference(segments: Iterable[Segment]) -> SafeString:
    """The segments as safe HTML, added and removed words marked."""
    return render_segments(segments)


@register.filter
def public_url(page: Page) -> str:
    """The page's address as staff can open it."""
    return public_link(page.url)


@register.filter
def remark(text: str) -> SafeString:
    """The words of a comment as safe HTML, with the people whom it names marked."""
    return mark_safe(MENTION.sub(r'<strong class="mention">\g<0></strong>', escape(text)))
