"""Generating: a condition at a time, each in one transaction, all of it through the actions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import reset_queries, transaction
from django.db.models import Count

from comparisons.generating.conditions import ConditionMaker, Generated
from comparisons.generating.names import Keys
from comparisons.generating.pairs import PairMaker
from comparisons.generating.shapes import Shapes
from conditions.models import Condition
from editorial import actions, tracking
from editorial.loading import ItemEntry
from editorial.loading.writing import Writer, find_on_site
from editorial.models import Review, ReviewedItem, User
from editorial.progress import Progress

COMMENT = "Generated for measuring."


@dataclass(frozen=True)
class Plan:
    """How much there is to be in the end."""

    seed: int
    conditions: int
    facts: int

    def count_facts(self, number: int) -> int:
        """So many facts has the condition of this number: the first ones have one more where they do not divide."""
        each, left = divmod(self.facts, self.conditions)
        return each + (number <= left)

    def find_conflict(self) -> str | None:
        """A sentence when a condition is there with another number of facts; None when the plan can be carried out."""
        counted = Condition.objects.annotate(count=Count("facts")).order_by("pk").values_list("slug", "count")
        there = dict(counted)
        for number in range(1, self.conditions + 1):
            slug, wanted = Keys(self.seed, number).condition, self.count_facts(number)
            if there.get(slug, wanted) != wanted:
                return f"{slug} has {there[slug]} facts, and {wanted} are asked for."
        return None


def generate(plan: Plan, shapes: Shapes, *, editor: User, reviewer: User, progress: Progress) -> int:
    """Makes public what of the plan is not there yet; how many facts that was."""
    known = set(Condition.objects.values_list("slug", flat=True))
    step = progress("Generating", plan.facts)
    count = 0
    for number in range(1, plan.conditions + 1):
        facts = plan.count_facts(number)
        if Keys(plan.seed, number).condition not in known:
            with transaction.atomic():
                _publish(_list_entries(plan, shapes, number), editor=editor, reviewer=reviewer)
            count += facts
            reset_queries()  # With DEBUG on, Django keeps every statement.
        for _ in range(facts):
            step()
    return count


def _list_entries(plan: Plan, shapes: Shapes, number: int) -> list[ItemEntry]:
    """The condition of that number; with every second one, what compares it with the one before."""
    made = _make(plan, shapes, number)
    entries: list[ItemEntry] = [*made.sources, *made.terms, made.condition, *made.facts]
    if number % 2 == 0:
        # Made again rather than kept: a run may begin here.
        pair = PairMaker(shapes, (_make(plan, shapes, number - 1), made), seed=plan.seed)
        entries += [pair.make_comparison(), *pair.make_questions()]
    return entries


def _make(plan: Plan, shapes: Shapes, number: int) -> Generated:
    return ConditionMaker(shapes, seed=plan.seed, number=number, facts=plan.count_facts(number)).make()


def _publish(entries: Iterable[ItemEntry], *, editor: User, reviewer: User) -> None:
    """Saved and submitted by one person, approved by another."""
    items = _save(entries, by=editor)
    actions.submit(items, by=editor, comment=COMMENT)
    digests = dict(Review.objects.filter(pk__in=[item.review_id for item in items]).values_list("pk", "digest"))
    shown = {item: digests[item.review_id] for item in items}
    actions.approve(items, by=reviewer, digests=shown, comment=COMMENT)


def _save(entries: Iterable[ItemEntry], *, by: User) -> list[ReviewedItem]:
    rows = {row.link: row for row in (entry.to_row() for entry in entries)}
    found = find_on_site({link for row in rows.values() for link, _ in row.all_links()})
    writer = Writer(rows, found, {}, by=by, comment=COMMENT, done=lambda: None)
    with tracking.together():
        writer.write_all()
    return [row for row in writer.instances.values() if isinstance(row, ReviewedItem)]
