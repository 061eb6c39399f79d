"""The end of a section of a page: a link to it, the way back to the top, and the way to say that something is wrong."""

from urllib.parse import quote

from django.utils.html import escape
from django.utils.translation import gettext

from editorial.languages import interface_lang, local_path


class SectionEnds:
    """Of one page, whose words it asks for once. `path` is that of the page; empty for an old version, of which
    nobody reports anything."""

    def __init__(self, path: str) -> None:
        self._lang = interface_lang()
        self._link = escape(gettext("Link to this section"))
        self._top = escape(gettext("Back to the top"))
        self._wrong = escape(gettext("Is something wrong here?"))
        self._report = f"{local_path('/feedback/')}?about={escape(quote(path))}" if path else ""

    def draw(self, anchor: str) -> str:
        place = escape(anchor)
        report = (
            f' <a rel="nofollow" href="{self._report}&amp;section={place}">{self._wrong}</a>' if self._report else ""
        )
        return (
            f'<p class="section-links"{self._lang}><a class="copy-link" href="#{place}">{self._link}</a>'
            f' <a href="#content">{self._top}</a>{report}</p>'
        )
