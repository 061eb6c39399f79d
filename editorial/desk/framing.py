"""A public page within the desk: a bar on top, never indexed, and addresses that work in a process of the staff."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from lxml.html import HtmlElement, fragments_fromstring
from lxml.html.builder import LINK, META

from editorial.site import absolute_url

_PICTURES = "/pictures/"


def frame(document: HtmlElement, bar: str) -> None:
    """Puts the bar (HTML) behind the skip link of the page."""
    head, body = document.find("head"), document.find("body")
    for meta in head.findall("meta[@name='robots']"):
        head.remove(meta)
    head.append(META(name="robots", content="noindex"))
    head.append(LINK(rel="stylesheet", href=static("editorial/preview.css")))
    for part in reversed(fragments_fromstring(bar.strip(), no_leading_text=True)):
        body.insert(1, part)
    _lead_links(document)


def _lead_links(document: HtmlElement) -> None:
    for image in document.iter("img"):
        source = image.get("src", "")
        if source.startswith(_PICTURES):
            # Readers have no picture that no public page shows yet; staff see it at an address of their own.
            name = source.removeprefix(_PICTURES).strip("/")
            image.set("src", reverse("admin:editorial_picture_show", args=[name]))
    if settings.SITE_TIER == "all":
        return
    for link in document.find(".//main").iter("a"):
        if link.get("href", "").startswith("/"):
            link.set("href", absolute_url(link.get("href")))
