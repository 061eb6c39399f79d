"""What stands in the same place for the other subjects, and the public sentences that rest on the item. One query."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q

from editorial.cells import Resting
from editorial.dependencies import name_of_review
from editorial.desk.dossier import Dossier
from editorial.models import Decision
from editorial.registry import get_kind, list_kinds


def fill(dossiers: Sequence[Dossier]) -> None:
    comparable = [dossier for dossier in dossiers if dossier.kind.cells is not None]
    if not comparable:
        return
    decisions = _load(comparable)
    kinds = [dossier.kind for dossier in comparable]
    is_cut = {kind.name: kind.cells.leaves_out(kinds.count(kind), decisions) for kind in set(kinds)}
    for dossier in comparable:
        name = name_of_review(dossier.review)
        found = [d for d in decisions if d.review.kind == dossier.kind.name and d.review_id != dossier.review.pk]
        table = dossier.kind.cells.compare(dossier.item, dossier.content, found)
        dossier.cells = [replace(table, is_cut=is_cut[dossier.kind.name])]
        dossier.resting = [row for d in decisions if name in d.stands_on for row in _list_resting(d, name)]


def _load(dossiers: Sequence[Dossier]) -> list[Decision]:
    """All live approvals that are needed, in one query."""
    names = [name_of_review(dossier.review) for dossier in dossiers]
    wanted, notes = [Q(stands_on__overlap=names, review__kind__in=_list_writers())], {}
    for kind in {dossier.kind for dossier in dossiers}:
        wanted.append(kind.cells.find([d.content for d in dossiers if d.kind is kind]))
        notes.update(kind.cells.notes)
    # One after the other, each by its index: joined with “or” all decisions would be read.
    found = [Decision.objects.live().filter(where).order_by().values("pk") for where in wanted]
    decisions = Decision.objects.live().filter(pk__in=found[0].union(*found[1:]))
    # They are hundreds, and nothing else of them is looked at.
    decisions = decisions.select_related("review").only("content", "stands_on", "review__kind", "review__key")
    return list(decisions.annotate(**notes).in_order())


def _list_writers() -> list[str]:
    return [kind.name for kind in list_kinds() if kind.sentences is not None]


def _list_resting(decision: Decision, name: str) -> list[Resting]:
    kind, content = get_kind(decision.review.kind), decision.content["content"]
    title = content.get("title") or decision.review.key
    return [Resting(title, sentence, decision.review_id) for sentence in (kind.sentences or list)(content, name)]
