"""The pictures that pages have where somebody shares their address."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from comparisons.share_pictures import of_comparison, of_faq
from conditions.responses import reads_editions
from conditions.share_pictures import of_condition
from editorial.query_names import reads_query
from editorial.share_drawing import draw
from editorial.sharing import SITE_PICTURE, SharePicture

_READERS: dict[str, Callable[[str], SharePicture]] = {
    "condition": of_condition,
    "comparison": of_comparison,
    "faq": of_faq,
}


@require_safe
@reads_query()
def site_picture(request: HttpRequest, digest: str) -> HttpResponse:
    return _answer(SITE_PICTURE, digest)


@require_safe
@reads_editions
@reads_query()
def share_picture(request: HttpRequest, kind: str, slug: str, digest: str) -> HttpResponse:
    """The picture with this digest, or a way to the one that the page has today."""
    if kind not in _READERS:
        raise Http404(f"No pictures of the kind {kind!r}.")
    return _answer(_READERS[kind](slug), digest)


def _answer(picture: SharePicture, digest: str) -> HttpResponse:
    if digest != picture.digest:
        return HttpResponseRedirect(picture.path)
    headers = {"ETag": f'"{digest}"'}  # Kept, but asked for again: the page may be withdrawn.
    return HttpResponse(draw(picture), content_type="image/png", headers=headers)
