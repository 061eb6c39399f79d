"""The bytes of a picture, while a public page shows it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from editorial import editions, pictures
from editorial.query_names import reads_query

# The bytes under a name never change, but a picture can be withdrawn: caches ask again after an hour.
_CACHE = "public, max-age=3600"


@require_safe
@reads_query()
def picture_detail(request: HttpRequest, sha256: str) -> HttpResponse:
    try:
        picture = pictures.get_public(sha256)
    except editions.NotPublished as missing:
        raise Http404 from missing
    response = HttpResponse(bytes(picture.content), content_type=picture.media_type)
    response["Cache-Control"] = _CACHE
    etag = response["ETag"] = quote_etag(sha256)
    return get_conditional_response(request, etag=etag, response=response)
