"""Whether a form was sent from a page of ours, without the cookie that Django's own check needs."""

from django.conf import settings
from django.http import HttpRequest

_FROM_US = ("same-origin", "none")
"""`none`: the reader's own doing, such as loading the answer anew. No other site can bring it about."""


def comes_from_us(request: HttpRequest) -> bool:
    """False when the browser says that another site sent it.

    This is enough here. A forged request abuses the rights of somebody who is signed in; this form knows nobody,
    reads no cookie and changes nothing of anyone's, so whoever could forge it can as well send it. What is left is
    that readers of another site should not be made to write to us, and browsers have told where a form comes from for
    years: all of them send `Sec-Fetch-Site` or `Origin` with a POST. Who sends neither is no browser, and is held by
    the limits.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _FROM_US
    origin = request.headers.get("Origin")
    return origin is None or origin in (settings.SITE_URL, f"{request.scheme}://{request.get_host()}")
