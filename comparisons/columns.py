"""Other ways to set out a comparison: another order, a condition less, a condition more. Plain links, no state."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from comparisons.forms import LEAST
from conditions.composing import Name
from editorial.languages import local_path


@dataclass(frozen=True)
class Change:
    text: str
    url: str


def list_changes(names: Sequence[Name]) -> list[Change]:
    """What a reader can do with these columns; two have one other order, more have each of the others first."""
    slugs = [name.slug for name in names]
    if len(names) == LEAST:
        changes = [Change(_("Swap the columns"), _address(slugs[::-1]))]
    else:
        changes = [_put_first(name, slugs) for name in names[1:]] + [_leave_out(name, slugs) for name in names]
    return [*changes, Change(_("Add or change conditions"), _address(slugs, ("change", "1")))]


def _put_first(name: Name, slugs: Sequence[str]) -> Change:
    others = [slug for slug in slugs if slug != name.slug]
    return Change(_("%(name)s first") % {"name": name.brief}, _address([name.slug, *others]))


def _leave_out(name: Name, slugs: Sequence[str]) -> Change:
    text = _("Without %(name)s") % {"name": name.brief}
    return Change(text, _address([slug for slug in slugs if slug != name.slug]))


def _address(slugs: Sequence[str], *more: tuple[str, str]) -> str:
    return f"{local_path('/compare/')}?{urlencode([*more, *(('with', slug) for slug in slugs)])}"
