"""From a question to what its page of results shows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comparisons import asking
from comparisons.asking import Asked, Part
from comparisons.highlighting import Highlighter
from comparisons.known import Known, slug_of
from editorial.languages import local_path
from editorial.searching import finding
from editorial.searching.finding import Counted, Found, Named, Question, Results

PAGE_LENGTH = 20
KINDS = {
    "condition": (gettext_lazy("Conditions"), gettext_lazy("Condition")),
    "comparison": (gettext_lazy("Comparisons"), gettext_lazy("Comparison")),
    "faq": (gettext_lazy("Questions"), gettext_lazy("Question")),
    "fact": (gettext_lazy("Facts"), gettext_lazy("Fact")),
    "form": (gettext_lazy("Forms of a condition"), gettext_lazy("Form of a condition")),
    "term": (gettext_lazy("Words explained"), gettext_lazy("Word explained")),
    "source": (gettext_lazy("Sources"), gettext_lazy("Source")),
}
"""What can be found, in the order of the filters: for all of a kind, and for one."""

LONG_KIND = "comparison"


class WrongFilter(Exception):
    """The filter or page is none. The message says so to readers."""


class NoSuchPage(Exception):
    """There are fewer pages of results."""


@dataclass(frozen=True)
class Wanted:
    """What is asked, and how it is narrowed."""

    asked: Asked
    kind: str = ""
    condition: str = ""
    page: int = 1
    has_one_kind: bool = False
    """The page lists one kind of results only, so there is no such filter."""


@dataclass(frozen=True)
class Hit:
    kind: str
    label: str
    url: str
    title: SafeString
    excerpt: SafeString
    context: str


@dataclass(frozen=True)
class Choice:
    """A filter as a link: how many results it leaves, when that is known."""

    label: str
    query: str
    count: int | None
    is_chosen: bool
    is_content: bool = False


@dataclass(frozen=True)
class Answer:
    """A page of results."""

    known: Known
    wanted: Wanted
    parts: list[Part]
    results: Results
    meant: Named | None
    """The condition that is asked for by its name and nothing else."""
    correction: str
    """What was probably meant, if that is something else."""
    compared: Sequence[Found] = ()
    """Comparisons with the condition that is meant, when this page shows it."""

    @property
    def page_count(self) -> int:
        return max(1, -(-self.results.count // PAGE_LENGTH))

    @property
    def found_count(self) -> int:
        """Without the filters."""
        about = sum(subject.count for subject in self.results.subjects)
        of_kinds = 0 if self.wanted.has_one_kind else sum(self.results.by_kind.values())
        return max(self.results.count, about, of_kinds)

    @property
    def is_meaningless(self) -> bool:
        """Only words that are everywhere were asked, or none at all."""
        return not self.results.stems

    @cached_property
    def hits(self) -> list[Hit]:
        highlighter = Highlighter(self.parts, self.results.stems)
        return [_hit(entry, highlighter) for entry in self.results.entries]

    @property
    def best(self) -> Hit | None:
        """The condition that is meant, when this page shows it."""
        return self.hits[0] if shows(self.meant, self.results) else None

    @property
    def others(self) -> list[Hit]:
        return self.hits[1:] if self.best else self.hits

    @property
    def comparisons(self) -> list[tuple[str, str]]:
        """(title, address) of the comparisons with the condition that is meant."""
        return [(comparison.title, local_path(comparison.address)) for comparison in self.compared]

    @property
    def kinds(self) -> list[Choice]:
        if self.wanted.has_one_kind:
            return []
        counts = self.results.by_kind
        shown = [kind for kind in KINDS if kind in counts or kind == self.wanted.kind]
        every = Choice(_("All"), self._query(kind=""), self._count(sum(counts.values())), not self.wanted.kind)
        return [every] + [
            Choice(
                str(KINDS[kind][0]), self._query(kind=kind), self._count(counts.get(kind, 0)), kind == self.wanted.kind
            )
            for kind in shown
        ]

    @property
    def conditions(self) -> list[Choice]:
        """Those that most results are about."""
        wanted = self.wanted.condition
        every = Choice(_("Any condition"), self._query(condition=""), None, not wanted)
        choices = [
            Choice(one.title, self._query(condition=slug_of(one)), self._count(one.count), slug_of(one) == wanted, True)
            for one in self._list_subjects()
        ]
        return [every, *choices] if choices else []

    def _list_subjects(self) -> list[Counted]:
        """With the one of the filter, of which there may be no result."""
        subjects, chosen = self.results.subjects, self.known.find_condition(self.wanted.condition)
        if chosen is None or any(one.id in chosen.about for one in subjects):
            return list(subjects)
        return [*subjects, Counted(chosen.about[0], chosen.title, chosen.address, 0)]

    @property
    def first_number(self) -> int:
        return (self.wanted.page - 1) * PAGE_LENGTH + 1

    @property
    def last_number(self) -> int:
        return self.first_number + len(self.results.entries) - 1

    @property
    def previous_query(self) -> str:
        return self._query(page=self.wanted.page - 1) if self.wanted.page > 1 else ""

    @property
    def next_query(self) -> str:
        return self._query(page=self.wanted.page + 1) if self.wanted.page < self.page_count else ""

    @property
    def correction_query(self) -> str:
        return urlencode({"q": self.correction})

    def _count(self, count: int) -> int | None:
        return None if self.results.is_capped else count

    def _query(self, **changed: str | int) -> str:
        """The query of this page with something changed; another filter starts at the first page."""
        kind = "" if self.wanted.has_one_kind else self.wanted.kind
        values = {"q": self.wanted.asked.text, "kind": kind, "condition": self.wanted.condition, **changed}
        return urlencode({name: value for name, value in values.items() if value and (name, value) != ("page", 1)})


def answer(known: Known, wanted: Wanted) -> Answer:
    """One query; two when a correction is looked for or a condition is meant. Raises WrongFilter and NoSuchPage."""
    condition = _check(known, wanted)
    parts = asking.divide(wanted.asked.words, known.named)
    meant = asking.find_meant(parts)
    written = asking.write_query(parts)
    question = Question(
        **asdict(written),
        long=LONG_KIND,
        kind=wanted.kind,
        about=condition.about[0] if condition else None,
        first=meant.id if meant else None,
        hidden=known.hidden_ids,
    )
    results = finding.find(question, start=(wanted.page - 1) * PAGE_LENGTH, length=PAGE_LENGTH)
    if wanted.page > 1 and not results.entries:
        raise NoSuchPage
    correction = "" if results.has_all else _correct(known, parts)
    compared = known.list_with(meant) if meant and shows(meant, results) else ()
    return Answer(known, wanted, parts, results, meant, correction, compared)


def shows(meant: Named | None, results: Results) -> bool:
    """Whether the entry is the first result of the page."""
    return meant is not None and bool(results.entries) and results.entries[0].id == meant.id


def _correct(known: Known, parts: list[Part]) -> str:
    doubtful = asking.list_doubtful(parts)
    if not doubtful:
        return ""
    return asking.correct(parts, finding.list_like(doubtful, reach=asking.REACH, hidden=known.hidden))


def _check(known: Known, wanted: Wanted) -> Named | None:
    """The condition of the filter, if there is one."""
    if wanted.kind and wanted.kind not in KINDS:
        raise WrongFilter(_("There is no such kind of result. Choose one from the list."))
    condition = known.find_condition(wanted.condition) if wanted.condition else None
    if wanted.condition and condition is None:
        raise WrongFilter(_("There is no such condition here. Choose one from the list."))
    return condition


def _hit(entry: Found, highlighter: Highlighter) -> Hit:
    return Hit(
        kind=entry.kind,
        label=str(KINDS[entry.kind][1]),
        url=local_path(entry.address),
        title=highlighter.mark(entry.title),
        excerpt=highlighter.excerpt(entry.text),
        context=entry.context,
    )
