"""Why readers do not get the page that they asked for. The messages are for them."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.models import Edition


class NotPublished(Exception):
    """There is no such public page."""


class Withdrawn(Exception):
    """The page was public and is no more; readers get a notice (HTTP 410)."""

    def __init__(self, edition: Edition, *, at: datetime | None = None) -> None:
        self.edition = edition
        self.at = at or edition.published_at
        super().__init__(_("This page was withdrawn on %(day)s.") % {"day": date_format(self.at, "DATE_FORMAT")})


class Moved(Exception):
    """The subject is public under another slug."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(slug)


class NotYetPublished(Exception):
    """On that day the subject had no public page yet; `first` says since when it has one."""

    def __init__(self, first: datetime) -> None:
        self.first = first
        super().__init__(_("This page was first published on %(day)s.") % {"day": date_format(first, "DATE_FORMAT")})
