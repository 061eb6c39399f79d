"""Long lists in pages, and lists that name a few and say where the rest is. Small sites see neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from conditions.alphabet import Letter

MOST_LISTED = 60
"""No page lists more conditions than these beside other things."""
_FEW = 10
"""So many pages are turned one by one."""
Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A stretch of a list, and the way to the next one."""

    items: Sequence[Item]
    number: int
    count: int
    query: str
    """What else the address asks."""

    @property
    def previous_query(self) -> str:
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next_query(self) -> str:
        return self._address(self.number + 1) if self.number < self.count else ""

    @property
    def jumps(self) -> list[tuple[int, str]]:
        """(number, query) of some pages that are further away, so that none of very many is many steps off."""
        if self.count <= _FEW:
            return []
        near = range(self.number - 1, self.number + 2)
        found = {1, self.count, *(self.number + step for step in (-100, -10, 10, 100))}
        return [(n, self._address(n)) for n in sorted(found) if 1 <= n <= self.count and n not in near]

    def _address(self, number: int) -> str:
        page = urlencode({"page": number}) if number > 1 else ""
        return "&".join(filter(None, (self.query, page)))


def read_number(data: QueryDict) -> int:
    """The page that the address asks for, from 1 on. Raises Http404 for what is none."""
    asked = data.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 6 and int(asked) > 0):
        raise Http404(_("There is no such page of this list."))
    return int(asked)


def count_pages(count: int, length: int, number: int) -> int:
    """How many pages so many entries make. Raises Http404 when there is no page with this number."""
    pages = max(1, -(-count // length))
    if number > pages:
        raise Http404(_("There is no such page of this list."))
    return pages


def cut_page(entries: Sequence[Item], length: int, data: QueryDict, *, query: str = "") -> Page[Item]:
    """The page that the address asks for; `query` is what else it says. Raises Http404 when there is none."""
    number = read_number(data)
    shown = entries[(number - 1) * length : number * length]  # Before the count, which may come along with it.
    return Page(shown, number, count_pages(len(entries), length, number), query)


def cut_letter(letter: Letter[Item], data: QueryDict, *, also: Sequence[tuple[str, str]] = ()) -> Page[Item]:
    """Of what is listed under one letter, the page that the address asks for; `also` is what else it says.

    Raises Http404 when there is none.
    """
    return cut_page(letter.entries, MOST_LISTED, data, query=urlencode([("letter", letter.letter), *also]))
