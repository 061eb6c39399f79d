"""Sources that no text should rest on any more, and that still are cited."""

from datetime import date

from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, JSONObject

from conditions.models import Bearing, Citation, FactCitation, Integrity
from editorial.models import Decision, User
from editorial.workflow import Status
from editorial.worklists import Worklist, may_submit

_SOUND = (Integrity.CURRENT, Integrity.CORRECTED)


def find_unsound() -> QuerySet[Citation]:
    """Sources that are retracted, superseded, in doubt or retired, and cited by a text, be it public or a draft."""
    # Two questions, each with an index that finds the few: with an “or” between tables all sources would be read.
    retired = Citation.objects.filter(review__kind="citation", review__status=Status.RETIRED).order_by().values("pk")
    doubtful = Citation.objects.exclude(integrity__in=_SOUND).order_by().values("pk")
    unsound = Citation.objects.filter(pk__in=retired.union(doubtful))
    return unsound.filter(_is_cited_by_a_draft() | Q(Exists(_public_texts()))).order_by()


def _is_cited_by_a_draft() -> Q:
    # Also by models of the apps above, which this one does not know by name. Not joined: the rows would multiply.
    relations = {relation.name for relation in Citation._meta.related_objects} - {"supersedes", "facts", "uses"}
    cited = Q(Exists(FactCitation.objects.filter(bearing=Bearing.SUPPORTS, citation=OuterRef("pk"))))
    for name in sorted(relations):
        cited |= Q(Exists(Citation.objects.filter(pk=OuterRef("pk"), **{f"{name}__isnull": False}).order_by()))
    return cited


def _public_texts() -> QuerySet[Decision]:
    """Of a fact only where the source supports it: it may well name one that contradicts it or was superseded."""
    name = Cast(Concat(Value("citation:"), OuterRef("key")), CharField(max_length=120))
    supporting = JSONObject(key=OuterRef("key"), bearing=Value(Bearing.SUPPORTS.value))
    is_support = Q(content__content__sources__contains=Func(supporting, function="jsonb_build_array"))
    texts = Decision.objects.live().exclude(review__kind="citation").filter(stands_on__contains=[name])
    return texts.filter(~Q(review__kind="fact") | is_support)


def _where(user: User, on: date) -> Q:
    return Q(pk__in=find_unsound().values("review"))


def _explain(citation: Citation) -> str:
    if citation.review.status == Status.RETIRED:
        return "The source is retired, and something still cites it."
    return f"{citation.get_integrity_display()}, and something still cites it."


UNSOUND_SOURCES = Worklist(
    "sources",
    "Sources with a problem",
    "Every source that is cited is sound.",
    _where,
    ("key",),
    concerns=may_submit,
    explain=_explain,
)
