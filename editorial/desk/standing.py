"""The other items that the items on the desk name: sources, what they rest on, conditions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from editorial import differences
from editorial.desk.dossier import Dossier, Ground, Source, approved_content, find_item
from editorial.extracts import Passage
from editorial.freezing import freeze, load_fresh
from editorial.models import Review
from editorial.registry import Frozen, get_kind


@dataclass(frozen=True)
class Standing:
    """The other items that these contents name: by their Review, or by kind and key."""

    by_id: Mapping[int, Review]
    by_name: Mapping[str, Review]
    drafts: Mapping[int, Frozen]
    """What is not approved yet, frozen as it is now."""

    def fill(self, dossier: Dossier) -> None:
        names = {pk: differences.title_of(review) for pk, review in self.by_id.items()}
        old = approved_content(dossier.review)
        dossier.changes = differences.list_changes(old, dossier.content, kind=dossier.kind.name, names=names)
        dossier.places = [names[pk] for pk in _condition_ids(dossier) if pk in names]
        dossier.sources = [self._source(passage, dossier) for passage in dossier.kind.passages(dossier.content)]
        cited = {source.passage.name for source in dossier.sources}
        others = sorted(dossier.kind.stands_on(dossier.content) - cited)
        dossier.grounds = [self._ground(self.by_name[name]) for name in others if name in self.by_name]

    def _source(self, passage: Passage, dossier: Dossier) -> Source:
        kind, _, key = passage.name.partition(":")
        describe = get_kind(kind).describe
        review = self.by_name.get(passage.name)
        if review is None or describe is None:
            return Source(passage, key, None, is_public=False)
        if review.pk == dossier.review.pk:
            return Source(passage, key, describe(dossier.content, {}), is_public=review.is_live)
        approved = approved_content(review)
        if approved is None:
            content = self.drafts.get(review.pk)
            return Source(passage, key, describe(content, {}) if content else None, is_public=False)
        return Source(passage, key, describe(approved, review.approval.content["derived"]), is_public=True)

    def _ground(self, review: Review) -> Ground:
        content = approved_content(review) or self.drafts.get(review.pk, {})
        text = next((content[name] for name in ("text", "answer", "definition") if content.get(name)), "")
        label = get_kind(review.kind).label
        return Ground(label, differences.title_of(review), text, review.pk, is_public=review.is_live)


def load_standing(dossiers: Sequence[Dossier]) -> Standing:
    contents = [content for d in dossiers for content in (d.content, approved_content(d.review)) if content]
    ids = differences.find_review_ids(contents)
    names = {passage.name for d in dossiers for passage in d.kind.passages(d.content)}
    names.update(name for d in dossiers for name in d.kind.stands_on(d.content))
    where = Q(pk__in=ids | {int(n.partition(":")[2]) for n in names if not _has_key(n)})
    for kind, keys in _group_keys(names).items():
        where |= Q(kind=kind, key__in=keys)
    reviews = list(differences.load_reviews(where)) if dossiers else []
    by_name = {f"{r.kind}:{r.key if get_kind(r.kind).has_stable_key else r.pk}": r for r in reviews}
    return Standing({review.pk: review for review in reviews}, by_name, _freeze_drafts(reviews, names, by_name))


def _freeze_drafts(reviews: Iterable[Review], names: Iterable[str], by_name: Mapping[str, Review]) -> dict[int, Frozen]:
    wanted = {by_name[name].pk for name in names if name in by_name}
    drafts = [review for review in reviews if review.approval_id is None and review.pk in wanted]
    items = [item for item in map(find_item, drafts) if item is not None]
    return {item.review_id: freeze(loaded) for item, loaded in load_fresh(items).items()}


def _has_key(name: str) -> bool:
    return get_kind(name.partition(":")[0]).has_stable_key


def _group_keys(names: Iterable[str]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for name in filter(_has_key, names):
        kind, _, key = name.partition(":")
        groups.setdefault(kind, set()).add(key)
    return groups


def _condition_ids(dossier: Dossier) -> list[int]:
    if dossier.kind.name == "condition":
        return []
    found = dossier.content.get("condition", dossier.content.get("conditions", []))
    return found if isinstance(found, list) else [found]
