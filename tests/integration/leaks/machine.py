"""Random editors and reviewers at work, and after each step a reader who looks at everything."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import reversion
from django.db import transaction
from django.test import override_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from comparisons.models import Point, Section
from conditions.models import Condition, Fact, Measure, Subtype, Term
from editorial import actions, commenting, errors, preparing, previewing
from editorial.admin.copying import copy_item
from editorial.freezing import freeze, load_fresh
from editorial.impact import list_pages
from editorial.models import Edition, Review, ReviewedItem, User
from editorial.versions import list_versions
from editorial.workflow import Action, Status
from tests.cached_client import CachedClient
from tests.factories import (
    make_citation,
    make_comparison,
    make_condition,
    make_editor,
    make_fact,
    make_faq,
    make_reviewer,
    make_topic,
)
from tests.integration.leaks.canaries import fill, list_rows, new_canary
from tests.integration.leaks.crawl import find_leaks
from tests.integration.leaks.world import World
from tests.integration.leaks.writers import WITH_ADDRESS, WRITERS
from tests.steps import digests_now, review_of

PICKS = st.integers(min_value=0, max_value=10**6)
SOME = st.lists(PICKS, min_size=1, max_size=4)
SUBMITTABLE = (Status.DRAFT, Status.CHANGES_REQUESTED)


class Newsroom(RuleBasedStateMachine):
    """Each example works in a transaction of its own, which is rolled back at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._begin()
        self.world = World()
        self.reader = CachedClient()
        self.reads_from_cache = False
        self.now = datetime(2024, 1, 1, 9, tzinfo=UTC)
        self.items: list[ReviewedItem] = []
        self.shown: dict[ReviewedItem, str] = {}
        self.staff = [make_editor(), make_editor(), make_reviewer(), make_reviewer()]

    def _begin(self) -> None:
        self._atomic = transaction.atomic()
        self._atomic.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)

    # What there is

    @initialize()
    def open_the_site(self) -> None:
        """A small site with each kind of content and relation; all of it public, and one draft of each kind."""
        topic = make_topic(new_canary(), name=f"Topic {new_canary()}", question=f"Why {new_canary()}?")
        measure = Measure.objects.create(
            slug=new_canary(),
            name=f"M {new_canary()}",
            unit="years",
            plausible_low=0,
            plausible_high=9,
            display="range",
        )
        sources = [self._add(make_citation(key=new_canary())) for _ in range(2)]
        for number in range(2):
            condition = make_condition(slug=new_canary(), sources=sources)
            subtype = Subtype.objects.create(condition=self._add(condition), slug=new_canary(), name="S")
            self._add_words(subtype)
            values: dict[str, Any] = {"topic": topic, "sources": sources, "subtype": subtype, "prominence": "main"}
            self._add(make_fact(condition, key=new_canary(), **values))
            for value in (3, 4)[: 2 * number]:  # Two of them make a picture.
                self._add(
                    make_fact(condition, key=new_canary(), measure=measure, value=value, kind="quantity", **values)
                )
        conditions = [item for item in self.items if isinstance(item, Condition)]
        self._add(self._make_comparison(conditions, topic))
        faq = self._add(make_faq(*conditions, slug=new_canary(), sources=sources))
        faq.comparisons.add(self.items[-2])
        self._add(self._make_term(sources))
        self.publish_everything()
        # Else nothing would be public that could leak, or be missed.
        if set(self.world.live) != set(self.items):
            raise AssertionError(f"Not public: {set(self.items) - set(self.world.live)}")
        self._add_drafts(conditions, sources)

    def _make_comparison(self, conditions: Sequence[Condition], topic: Any) -> ReviewedItem:
        comparison = make_comparison(*conditions, slug=new_canary())
        section = Section.objects.create(comparison=comparison, heading="H", topic=topic)
        point = Point.objects.create(comparison=comparison, kind="difference", text="T")
        for part in (section, point):
            part.rests_on.set([item for item in self.items if isinstance(item, Fact)][:2])
        return comparison

    def _make_term(self, sources: Sequence[Any]) -> Term:
        term = Term.objects.create(slug=new_canary(), preferred="T")
        term.citations.set(sources)
        return term

    def _add_drafts(self, conditions: Sequence[Condition], sources: Sequence[Any]) -> None:
        """What is public rests on some of them: an approved page, an approved fact, a draft source."""
        draft = self._add(make_citation(key=new_canary()))
        for item in list(self.items):
            if isinstance(item, Fact):
                item.sources.create(citation=draft, position=5)
        self._add(make_condition(slug=new_canary(), sources=[draft], parent=conditions[0]))
        self._add(make_fact(conditions[0], key=new_canary(), sources=[*sources, draft]))

    def _add(self, item: Any) -> Any:
        for row in list_rows(item):
            self._add_words(row)
        self.items.append(item)
        return item

    def _add_words(self, row: Any) -> None:
        fill(row)
        row.save()

    def _pick(self, number: int) -> ReviewedItem:
        item = self.items[number % len(self.items)]
        return type(item)._base_manager.get(pk=item.pk)

    def _person(self, number: int) -> User:
        return User.objects.get(pk=self.staff[number % len(self.staff)].pk)

    def _word(self) -> str:
        word = new_canary()
        self.world.private.add(word)
        return f"Remark {word}"

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _try(self, act: Callable[[], Any]) -> bool:
        """Whether the act was done; a refusal changes nothing."""
        try:
            act()
        except errors.EditorialError:
            return False
        return True

    # What people do

    @rule(number=PICKS, by=PICKS, writer=st.sampled_from(sorted(WRITERS)))
    def write(self, number: int, by: int, writer: str) -> None:
        WRITERS[writer](self._pick(number), self._person(by))

    @rule(number=PICKS, by=PICKS)
    def write_an_address(self, number: int, by: int) -> None:
        items = [item for item in self.items if isinstance(item, WITH_ADDRESS)]
        item = items[number % len(items)]
        item.refresh_from_db()
        with reversion.create_revision():
            reversion.set_user(self._person(by))
            fill(item, ["slug"])
            item.save()

    @rule(number=PICKS, by=PICKS)
    def copy(self, number: int, by: int) -> None:
        item = self._pick(number)
        values: dict[str, object] = {item.KEY_FIELD: new_canary()}
        self.items.append(copy_item(item, by=self._person(by), values=values))

    @rule(word=st.sampled_from(["name", "question"]))
    def reword_the_topic(self, word: str) -> None:
        topic = make_topic_of(self.items)
        fill(topic, [word])
        topic.save()

    @rule(number=PICKS)
    def write_a_status_by_hand(self, number: int) -> None:
        item = self._pick(number)
        if review_of(item).is_live:
            Review.objects.filter(pk=item.review_id).update(status=Status.APPROVED, needs_recheck=False)

    @rule(numbers=SOME, by=PICKS)
    def submit(self, numbers: list[int], by: int) -> None:
        items = [self._pick(number) for number in numbers]
        self._try(lambda: actions.submit(items, by=self._person(by), comment=self._word(), at=self._tick()))

    @rule(number=PICKS)
    def look(self, number: int) -> None:
        """A reviewer opens an item and decides on it later, with the digest of now."""
        item = self._pick(number)
        self.shown[item] = review_of(item).digest

    @rule(numbers=SOME, by=PICKS, materiality=st.sampled_from(["clinical", "editorial"]), is_fresh=st.booleans())
    def approve(self, numbers: list[int], by: int, materiality: str, is_fresh: bool) -> None:
        items = list(dict.fromkeys(self._pick(number) for number in numbers))
        shown = digests_now(*items) if is_fresh else {**digests_now(*items), **self.shown}
        self._approve(items, self._person(by), digests=shown, materiality=materiality)

    def _approve(self, items: list[ReviewedItem], by: User, **options: Any) -> None:
        word = self._word()
        if self._try(lambda: actions.approve(items, by=by, comment=word, at=self._tick(), **options)):
            for item in items:
                self.world.approve(item)

    @rule()
    def publish_everything(self) -> None:
        """All that waits is submitted and approved together, by people who did not write it."""
        drafts = [i for i in self.items if review_of(i).status in SUBMITTABLE]
        for item in drafts:
            self._try(lambda item=item: actions.submit([item], by=make_editor(), at=self._tick()))
        waiting = [i for i in self.items if review_of(i).status == Status.IN_REVIEW]
        reviewer = make_reviewer()
        self._approve(waiting, reviewer, digests=digests_now(*waiting))
        for item in waiting:
            if review_of(item).status == Status.IN_REVIEW:
                self._approve([item], reviewer, digests=digests_now(item))

    @rule(numbers=SOME, by=PICKS)
    def request_changes(self, numbers: list[int], by: int) -> None:
        items = [self._pick(number) for number in numbers]
        self._try(lambda: actions.request_changes(items, by=self._person(by), comment=self._word(), at=self._tick()))

    @rule(number=PICKS, by=PICKS)
    def retire(self, number: int, by: int) -> None:
        item = self._pick(number)
        if self._try(lambda: actions.retire([item], by=self._person(by), reason=self._word(), at=self._tick())):
            self.world.retire(item)

    @rule(numbers=SOME, by=PICKS)
    def confirm(self, numbers: list[int], by: int) -> None:
        items = [self._pick(number) for number in numbers]
        self._try(lambda: actions.confirm(items, by=self._person(by), comment=self._word(), at=self._tick()))

    @rule(number=PICKS, which=PICKS, by=PICKS)
    def restore(self, number: int, which: int, by: int) -> None:
        item = self._pick(number)
        versions = list(list_versions(item))
        if versions:
            version = versions[which % len(versions)]
            self._try(lambda: actions.restore(item, version=version, by=self._person(by), at=self._tick()))

    @rule(number=PICKS, by=PICKS)
    def comment(self, number: int, by: int) -> None:
        """On the item as a whole or on its first field, and it names somebody who has no other part in the site."""
        item, word = self._pick(number), new_canary()
        self.world.private.add(word)
        make_reviewer(username=word)
        field = next(iter(commenting.list_fields(item.item_kind))) if number % 2 else ""
        body = f"{self._word()} @{word}"
        thread = commenting.add(item.review, by=self._person(by), body=body, field=field, at=self._tick())
        commenting.add(item.review, by=self._person(by), body=self._word(), thread=thread, at=self._tick())
        if number % 3:
            commenting.resolve(thread, by=self._person(by), at=self._tick())

    @rule(numbers=SOME, by=PICKS, action=st.sampled_from([Action.APPROVE, Action.RETIRE]))
    def preview(self, numbers: list[int], by: int, action: Action) -> None:
        items = list(load_fresh([self._pick(number) for number in numbers]).values())
        contents = {item.review_id: freeze(item) for item in items}
        page = next((p for p in list_pages(items, contents=contents) if p.subject_id is not None), None)
        if page is None:
            return
        with suppress(previewing.Impossible):
            previewing.preview(
                contents, page=(page.kind, page.subject_id), action=action, by=self._person(by), at=self._tick()
            )

    @rule()
    def next_day(self) -> None:
        self.now += timedelta(days=1)

    # What readers see

    @invariant()
    def readers_see_what_is_approved_and_nothing_else(self) -> None:
        for item in self.items:
            self.world.note_private(item)
        # In turn from Django and from the page cache: only the one shows a draft that leaks into a page made anew, only
        # the other a page that outlives its withdrawal.
        self.reads_from_cache = not self.reads_from_cache
        with override_settings(KEEPS_PARTS=self.reads_from_cache):
            leaks = find_leaks(self.world, client=self.reader if self.reads_from_cache else None)
            if self.reads_from_cache:
                # For the next time: what is kept ready of an edition must not outlive it.
                preparing.prepare(Edition.objects.current())
        if leaks:
            raise AssertionError("\n".join(leaks[:20]))


def make_topic_of(items: Sequence[ReviewedItem]) -> Any:
    return next(item for item in items if isinstance(item, Fact)).topic
