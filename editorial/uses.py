"""What rests on an item: in what is public, and in the working copy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Field, ManyToManyField, Model, Q, QuerySet
from django.utils.text import capfirst

from editorial.dependencies import find_dependent_reviews
from editorial.differences import find_review_ids, load_reviews
from editorial.models import Review, ReviewedItem
from editorial.registry import Child, list_kinds


@dataclass
class Use:
    """An item that rests on another."""

    review: Review
    item: ReviewedItem
    is_public: bool
    """Whether the text that readers see rests on it."""
    drafts: list[str] = field(default_factory=list)
    """As what the working copy names it."""


def find_uses(item: ReviewedItem) -> QuerySet[Review]:
    """The Reviews of all that rests on the item, sorted by kind and key."""
    public = Review.objects.filter(pk__in=find_dependent_reviews([item])).order_by().values("pk")
    # One after the other, each by its index: joined with “or” all Reviews would be read.
    found = public.union(*(link.rows(item).values(link.path) for link in _list_links(type(item))))
    return Review.objects.filter(pk__in=found).exclude(pk=item.review_id).order_by("kind", "key")


def load_uses(item: ReviewedItem, reviews: Iterable[Review]) -> list[Use]:
    """What `find_uses` found, in this order, with how. The number of queries depends on the kinds."""
    pks = [review.pk for review in reviews]
    loaded = {review.pk: review for review in load_reviews(Q(pk__in=pks))}
    public = find_dependent_reviews([item])
    uses = {
        pk: Use(review, found, pk in public or _is_named(item, review))
        for pk, review in loaded.items()
        if (found := getattr(review, review.kind, None)) is not None
    }
    for link in _list_links(type(item)):
        for pk, name in link.describe(item, pks):
            uses[pk].drafts.append(name)
    return [uses[pk] for pk in pks if pk in uses]


@dataclass(frozen=True)
class _Link:
    """A relation by which the rows of a model name the item."""

    model: type[Model]
    relation: Field
    child: Child | None

    @property
    def path(self) -> str:
        return f"{self.child.parent}__review" if self.child else "review"

    def rows(self, item: ReviewedItem) -> QuerySet[Model]:
        return self.model._default_manager.filter(**{self.relation.name: item}).order_by()

    def describe(self, item: ReviewedItem, pks: Iterable[int]) -> Iterator[tuple[int, str]]:
        """(Review id, as what) for each row."""
        # The rows' own titles may be made of what they point to.
        related = [f.name for f in self.model._meta.concrete_fields if f.is_relation]
        rows = self.rows(item).filter(**{f"{self.path}__in": list(pks)}).select_related(*related)
        for row in rows:
            owner = getattr(row, self.child.parent) if self.child else row
            yield owner.review_id, self._name(row)

    def _name(self, row: Model) -> str:
        label = str(self.relation.verbose_name)
        if self.child is None:
            return capfirst(label)
        noun = capfirst(str(self.model._meta.verbose_name))
        # A row that stands for the item is called by that alone.
        is_item = self.child.identity == getattr(self.relation, "attname", "")
        return noun if is_item else f"{noun} “{row}”: {label}"


def _list_links(model: type[ReviewedItem]) -> Iterator[_Link]:
    for kind in list_kinds():
        for source, child in ((kind.model, None), *((child.model, child) for child in kind.children)):
            for relation in (*source._meta.concrete_fields, *source._meta.many_to_many):
                is_owner = child is not None and relation.name == child.parent
                if relation.related_model is model and not is_owner and not _has_rows_between(relation):
                    yield _Link(source, relation, child)


def _has_rows_between(relation: Field) -> bool:
    """Whether rows of a model of its own make the relation; those are looked at themselves."""
    return isinstance(relation, ManyToManyField) and not relation.remote_field.through._meta.auto_created


def _is_named(item: ReviewedItem, review: Review) -> bool:
    """Whether the approved content names the item as what it belongs to, such as its condition or its parent."""
    if review.approval is None:
        return False
    content = review.approval.content["content"]
    is_parent = review.kind == item.item_kind and content.get("parent") == item.key_value
    return is_parent or item.review_id in find_review_ids([content])
